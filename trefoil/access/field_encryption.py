"""What the database keeps only in sealed form: seeds of authenticator apps, drafts, who a review is about.

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


def derived_key(key: str, purpose: bytes = PURPOSE) -> bytes:
    """A Fernet key (32 bytes, base64) from a configured key of any length. HKDF, RFC 5869, with SHA-256.

    Another `purpose` gives another key: what is sealed for one purpose does not open as if it were for another.
    """
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))


def _box(purpose: bytes) -> MultiFernet:
    return MultiFernet([Fernet(derived_key(key, purpose)) for key in settings.FIELD_KEYS])


def seal_text(text: str, purpose: bytes = PURPOSE) -> str:
    """`text` sealed with the newest key."""
    return _box(purpose).encrypt(text.encode()).decode()


def seal_bytes(data: bytes, purpose: bytes) -> bytes:
    """A file's content sealed with the newest key: a third longer than it was."""
    return _box(purpose).encrypt(data)


def open_record(sealed: str, purpose: bytes) -> str:
    """What a sealed column of a record holds. Raises LostKeyError: never a text that is not what was written."""
    return open_bytes(sealed.encode(), purpose).decode()


def open_bytes(sealed: bytes, purpose: bytes) -> bytes:
    """What a sealed file or column holds. Raises LostKeyError: never something that is not what was stored."""
    try:
        return _box(purpose).decrypt(sealed)
    except InvalidToken as error:
        raise LostKeyError(
            "a sealed record cannot be opened with any key in TREFOIL_FIELD_KEYS: put the key that it was sealed with "
            "back at the end of the list; without that key nobody can read it"
        ) from error


def open_text(sealed: str) -> str:
    """What `seal_text` was given. Raises LostKeyError when none of the keys opens it."""
    try:
        return _box(PURPOSE).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise LostKeyError(
            "a stored secret cannot be opened with any key in TREFOIL_FIELD_KEYS: put the key that it was sealed with "
            "back at the end of the list, or run `trefoil remove_second_factor EMAIL` so that the person can set it up "
            "again"
        ) from error


def sealed_again(sealed: str) -> str:
    """The same secret under the newest key, for a change of keys. Raises LostKeyError."""
    return seal_text(open_text(sealed))
