"""Secrets that the database keeps only in sealed form: seeds of authenticator apps and of recovery codes.

The keys are outside the database, in `settings.FIELD_KEYS`, newest first. New secrets are sealed with the first key;
any of the keys opens what is stored, so a key is changed by putting a new one in front.
See docs/decisions/0007-sign-in.md.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PURPOSE = b"trefoil field encryption 1"


class LostKeyError(ImproperlyConfigured):
    """A stored secret was sealed with a key that is no longer in TREFOIL_FIELD_KEYS."""


def derived_key(key: str) -> bytes:
    """A Fernet key (32 bytes, base64) from a configured key of any length. HKDF, RFC 5869, with SHA-256."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))


def _box() -> MultiFernet:
    return MultiFernet([Fernet(derived_key(key)) for key in settings.FIELD_KEYS])


def seal_text(text: str) -> str:
    """`text` sealed with the newest key."""
    return _box().encrypt(text.encode()).decode()


def open_text(sealed: str) -> str:
    """What `seal_text` was given. Raises LostKeyError when none of the keys opens it."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise LostKeyError(
            "a stored secret cannot be opened with any key in TREFOIL_FIELD_KEYS: put the key that it was sealed with "
            "back at the end of the list, or run `trefoil remove_second_factor EMAIL` so that the person can set it up "
            "again"
        ) from error


def sealed_again(sealed: str) -> str:
    """The same secret under the newest key, for a change of keys. Raises LostKeyError."""
    return seal_text(open_text(sealed))
