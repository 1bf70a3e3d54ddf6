"""Settings about signing in, sessions and what a browser may do. Imported by `settings`."""

from csp.constants import NONE, SELF

from .environment import read_environment
from .outside_services import mail_settings, organisation_origins, organisation_sign_in, second_factor_claims

_environment = read_environment()
_https = _environment.is_production

# Passwords: the length that the National Cyber Security Centre's advice leads to, and none of the rules it warns of.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 2 * 24 * 60 * 60

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "trefoil.access.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A stranger who asks for a reset under an unknown address causes no mail, and sees the same page.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _https else "http"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "trefoil.access.forms.SignInForm",
    "reset_password": "trefoil.access.forms.ForgottenPasswordForm",
    "reset_password_from_key": "trefoil.access.forms.NewPasswordForm",
    "set_password": "trefoil.access.forms.SetPasswordForm",
    "change_password": "trefoil.access.forms.ChangePasswordForm",
    "reauthenticate": "trefoil.access.forms.ConfirmPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = _environment.proxies

# Second factor: TREFOIL_SECOND_FACTOR is required or optional; required is what production says when nothing is said.
SECOND_FACTOR_REQUIRED = _environment.second_factor_required
MFA_ADAPTER = "trefoil.access.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "trefoil.access.forms.CodeForm",
    "reauthenticate": "trefoil.access.forms.ConfirmCodeForm",
    "activate_totp": "trefoil.access.forms.SetUpAppForm",
    "add_webauthn": "trefoil.access.forms.AddPasskeyForm",
    "edit_webauthn": "trefoil.access.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# The library's own record of addresses calls each one unverified; here a manager gave it and the first link went to it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https
MFA_TOTP_TOLERANCE = 1

# Sign-in by the organisation's own identity provider (OpenID Connect), when the environment names one.
SOCIALACCOUNT_ADAPTER = "trefoil.access.adapters.OrganisationAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": organisation_sign_in(_environment)}}
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_SECOND_FACTOR = second_factor_claims(_environment)

# Sessions. Django's own age is a little longer than ours, so that ours ends it and can say why.
SESSION_IDLE_SECONDS = 60 * 60
SESSION_LONGEST_SECONDS = 12 * 60 * 60
SESSION_WARNING_SECONDS = 5 * 60
SESSION_COOKIE_AGE = SESSION_IDLE_SECONDS + 5 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
CSRF_COOKIE_SECURE = _https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

PUBLIC_ADDRESS = _environment.public_address
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_CONTENT_TYPE_NOSNIFF = True
# Putting a domain on the browsers' preload list is its owner's decision, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Only where TREFOIL_PROXIES says that a proxy is in front: otherwise anybody could claim to have come by HTTPS.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _environment.proxies else None
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = {
    "accelerometer": "()",
    "camera": "()",
    "display-capture": "()",
    "geolocation": "()",
    "gyroscope": "()",
    "magnetometer": "()",
    "microphone": "()",
    "midi": "()",
    "payment": "()",
    "publickey-credentials-create": "(self)",
    "publickey-credentials-get": "(self)",
    "usb": "()",
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A browser also holds the redirect after a form to this list, and one leads to the identity provider.
        "form-action": [SELF, *organisation_origins(_environment)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Counts that are read together with the reader's duties, for the frame of every page: no question of their own.
STANDING_COUNTS = {"unread": "trefoil.notifications.queries.unread_messages"}
# In the chair of which groups somebody is on a day: takes a standing and a day, gives groups.
GROUPS_CHAIRED = "trefoil.meetings.chairs.groups_chaired_by"
# What references of records are called, and where each leads for this reader: takes references and a standing.
RECORDS_NAMED = "trefoil.workspace.subjects.subjects_of"
# What stands on calendars.
CALENDAR_SOURCES = "trefoil.config.calendar_sources.SOURCES"
# What the worker does about once a minute, beside its tasks: each takes nothing, and says what it did, or nothing.
# First what comes due is told of, then the letters that tell of it go.
WORKER_ROUNDS = (
    "trefoil.clocks.rounds.round_of_clocks",
    "trefoil.reviews.rounds.round_of_parts",
    "trefoil.child_deaths.rounds.round_of_answers",
    "trefoil.notifications.sending.send_due_now",
    "trefoil.website.keeping.round_of_sites",
)
# What it does when it starts and on each new day: what was kept for as long as it may be goes. Reading every document,
# to see that it is whole, comes last.
WORKER_NIGHTLY = (
    "trefoil.extracts.retention.round_of_expired",
    "trefoil.editing.rounds.round_of_drafts",
    "trefoil.notifications.old.round_of_messages",
    "trefoil.extracts.tasks.round_of_results",
    "trefoil.documents.sweeping.round_of_documents",
)

# What `trefoil seal_again` puts under a new key: each takes nothing, and gives how many.
SEALED_AGAIN = (
    "trefoil.access.sign_in.seal_second_factors_again",
    "trefoil.editing.sealing.seal_drafts_again",
    "trefoil.reviews.sealing.seal_reviews_again",
    "trefoil.child_deaths.sealing.seal_child_deaths_again",
    "trefoil.documents.sealing.seal_files_again",
)
# Records for named readers alone: which clocks they read (beginning of the reference -> references read), who is told
# of them, which documents they read, and which events of the trail everybody else does not read.
RESTRICTED_CLOCKS = {
    "review:": "trefoil.reviews.rules.references_read_by",
    "death:": "trefoil.child_deaths.rules.references_read_by",
}
RESTRICTED_CLOCKS_TELL = {
    "review:": "trefoil.reviews.telling.heard_by",
    "death:": "trefoil.child_deaths.telling.heard_by",
}
RESTRICTED_DOCUMENTS = {
    "review:": "trefoil.reviews.rules.references_read_by",
    "review_full:": "trefoil.reviews.rules.full_papers_read_by",
}
TRAIL_HIDES = ("trefoil.reviews.rules.events_hidden_from", "trefoil.child_deaths.rules.events_hidden_from")

globals().update(mail_settings(_environment))

# Every page of a library is listed in `access.account_urls` with its rule, so none is named here.
THIRD_PARTY_RULES: dict[str, object] = {}
