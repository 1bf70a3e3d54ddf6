"""Every page about accounts, ours and the sign-in library's, each with who may open it.

The library would include many more (sign-up, e-mail addresses, joined accounts). What is not listed does not exist.
"""

from allauth.account import views as account_pages
from allauth.mfa.base import views as second_factor_pages
from allauth.mfa.recovery_codes import views as recovery_pages
from allauth.mfa.totp import views as app_pages
from allauth.mfa.webauthn import views as passkey_pages
from allauth.socialaccount import views as organisation_pages
from allauth.socialaccount.providers.openid_connect import views as openid_pages
from django.conf import settings
from django.urls import URLPattern, path, re_path

from . import account_views
from .demo import demo_sign_in
from .url_rules import PUBLIC, SIGNED_IN, Rule, View, access_rule


def _page(route: str, view: View, name: str, rule: Rule) -> URLPattern:
    return path(route, access_rule(rule)(view), name=name)


PUBLIC_PAGES = [
    _page("login/", account_views.SignInView.as_view(), "account_login", PUBLIC),
    _page("logout/", account_pages.logout, "account_logout", PUBLIC),
    _page("inactive/", account_pages.account_inactive, "account_inactive", PUBLIC),
    _page("password/reset/", account_pages.password_reset, "account_reset_password", PUBLIC),
    _page("password/reset/sent/", account_pages.password_reset_done, "account_reset_password_done", PUBLIC),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        access_rule(PUBLIC)(account_pages.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    _page(
        "password/reset/done/",
        account_pages.password_reset_from_key_done,
        "account_reset_password_from_key_done",
        PUBLIC,
    ),
    _page("second-factor/check/", second_factor_pages.authenticate, "mfa_authenticate", PUBLIC),
    _page("passkeys/sign-in/", passkey_pages.login_webauthn, "mfa_login_webauthn", PUBLIC),
    _page("<slug:provider_id>/login/", account_views.organisation_sign_in, "openid_connect_login", PUBLIC),
    _page("<slug:provider_id>/login/callback/", openid_pages.callback, "openid_connect_callback", PUBLIC),
    _page("organisation/cancelled/", organisation_pages.login_cancelled, "socialaccount_login_cancelled", PUBLIC),
    _page("organisation/error/", organisation_pages.login_error, "socialaccount_login_error", PUBLIC),
]

SIGNED_IN_PAGES = [
    _page("password/change/", account_pages.password_change, "account_change_password", SIGNED_IN),
    _page("password/set/", account_pages.password_set, "account_set_password", SIGNED_IN),
    _page("confirm/", account_pages.reauthenticate, "account_reauthenticate", SIGNED_IN),
    _page("second-factor/", second_factor_pages.index, "mfa_index", SIGNED_IN),
    _page("second-factor/confirm/", second_factor_pages.reauthenticate, "mfa_reauthenticate", SIGNED_IN),
    _page("second-factor/app/add/", app_pages.activate_totp, "mfa_activate_totp", SIGNED_IN),
    _page("second-factor/app/remove/", app_pages.deactivate_totp, "mfa_deactivate_totp", SIGNED_IN),
    _page("recovery-codes/", recovery_pages.view_recovery_codes, "mfa_view_recovery_codes", SIGNED_IN),
    _page("recovery-codes/new/", recovery_pages.generate_recovery_codes, "mfa_generate_recovery_codes", SIGNED_IN),
    _page("recovery-codes/file/", recovery_pages.download_recovery_codes, "mfa_download_recovery_codes", SIGNED_IN),
    _page("passkeys/", passkey_pages.list_webauthn, "mfa_list_webauthn", SIGNED_IN),
    _page("passkeys/add/", passkey_pages.add_webauthn, "mfa_add_webauthn", SIGNED_IN),
    _page("passkeys/confirm/", passkey_pages.reauthenticate_webauthn, "mfa_reauthenticate_webauthn", SIGNED_IN),
    _page("passkeys/<int:pk>/remove/", passkey_pages.remove_webauthn, "mfa_remove_webauthn", SIGNED_IN),
    _page("passkeys/<int:pk>/name/", passkey_pages.edit_webauthn, "mfa_edit_webauthn", SIGNED_IN),
]

OUR_PAGES = [
    path("", account_views.account, name="account"),
    path("session/keep/", account_views.keep_session, name="session_keep"),
    path("session/", account_views.session_ending, name="session_ending"),
    path("session/end-all/", account_views.sign_out_everywhere, name="sign_out_everywhere"),
]

# Not merely refused elsewhere: outside the demo there is no such address.
DEMO_PAGES = [path("demo/sign-in/", demo_sign_in, name="demo_sign_in")] if settings.DEMO else []

urlpatterns = [*PUBLIC_PAGES, *SIGNED_IN_PAGES, *OUR_PAGES, *DEMO_PAGES]
