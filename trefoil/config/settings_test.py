"""Settings of the test suite: the same as everywhere, in test mode, with quick password hashing."""

import os

os.environ.setdefault("TREFOIL_MODE", "test")

from .settings import *  # noqa: F403  the mode has to be set before the settings are read
from .settings import DATABASES, ENVIRONMENT

# A file, so that the live server's threads and a child process see what the test wrote, as they would in earnest.
if not ENVIRONMENT.database_url.startswith("postgres"):
    DATABASES["default"]["TEST"] = {"NAME": ENVIRONMENT.home / f"test-{os.getpid()}.sqlite3"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "charts": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "charts"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
