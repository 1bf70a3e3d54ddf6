"""Django's settings. What differs from place to place comes from the environment (`environment.py`)."""

from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .environment import database_settings, read_environment

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.hosts or ["127.0.0.1", "localhost", "[::1]", "testserver"]
DEMO = ENVIRONMENT.is_demo
PSEUDONYM_KEY = ENVIRONMENT.pseudonym_key
FIELD_KEYS = ENVIRONMENT.field_keys or [SECRET_KEY]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "trefoil.access",  # before the sign-in library, so that our templates are found first
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_tasks_db",
    "trefoil.design",
    "trefoil.audit",
    "trefoil.people",
    "trefoil.editing",
    "trefoil.documents",
    "trefoil.notifications",
    "trefoil.indicators",
    "trefoil.clocks",
    "trefoil.plan",
    "trefoil.meetings",
    "trefoil.budget",
    "trefoil.extracts",
    "trefoil.reviews",
    "trefoil.publishing",
    "trefoil.child_deaths",
    "trefoil.website",
    "trefoil.workspace",
    "trefoil.config",
]

if not ENVIRONMENT.is_production:
    # Invented people and figures: their commands do not exist in production.
    INSTALLED_APPS += ["trefoil.demo"]

MIDDLEWARE = [
    "trefoil.website.middleware.PublicSiteMiddleware",  # first: what a public site is asked for goes no further
    "trefoil.config.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "trefoil.config.request_size.RequestSizeMiddleware",  # before anything that reads what was sent
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trefoil.config.request_size.UploaderMiddleware",  # still before anything that reads a large file
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "trefoil.access.session.SessionLimitsMiddleware",
    "trefoil.access.middleware.DenyByDefaultMiddleware",
    "trefoil.access.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "trefoil.config.urls"
WSGI_APPLICATION = "trefoil.config.wsgi.application"
DATABASES = {"default": database_settings(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trefoil.config.page.page_context",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.Person"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

FORM_RENDERER = "trefoil.design.forms.GovukFormRenderer"

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    "charts": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": ENVIRONMENT.home / "charts",
        "TIMEOUT": timedelta(days=30).total_seconds(),
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}

# Child-level extracts: the folders they are stored in, and where a raw file waits until it is checked.
EXTRACT_STORE = ENVIRONMENT.home / "extracts"
EXTRACT_SPOOL = ENVIRONMENT.home / "spool"
EXTRACT_PLANS = ENVIRONMENT.home / "plans"
EXTRACT_MAX_BYTES = 200 * 1024 * 1024

# Documents: the folder of their files, how large one may be, and the list of what they can be attached to.
DOCUMENT_STORE = ENVIRONMENT.home / "documents"
DOCUMENT_MAX_BYTES = 20 * 1024 * 1024
DOCUMENT_SUBJECTS = "trefoil.config.document_subjects.SUBJECTS"

# Public sites: the folder of what is built, which a web server may serve by itself.
SITE_STORE = ENVIRONMENT.home / "sites"

FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "trefoil.extracts.uploads.SpoolUploadHandler",  # a large file goes to the spool, never to the machine's /tmp
]
FILE_UPLOAD_PERMISSIONS = 0o600
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

if ENVIRONMENT.is_demo and not {*ALLOWED_HOSTS} <= {"127.0.0.1", "localhost", "[::1]", "testserver"}:
    raise ImproperlyConfigured("the demo is served on this machine alone; unset TREFOIL_HOSTS")

from .settings_security import *  # noqa: E402, F403  the second half of one file, split by subject
