"""Sealed fields: rotation of keys, and a lost key."""

import base64
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.access.field_encryption import LostKeyError, derived_key, open_text, seal_text, sealed_again

OLD, NEW = "the old key, long enough to be one", "the new key, long enough to be one"


@given(st.text(max_size=200))
def test_seal_text_opens_to_the_same_text(text):
    sealed = seal_text(text)
    assert open_text(sealed) == text
    assert sealed != text


def test_seal_text_differs_each_time():
    assert seal_text("seed") != seal_text("seed")


def test_old_key_still_opens_behind_a_new_one(settings):
    settings.FIELD_KEYS = [OLD]
    sealed = seal_text("seed")
    settings.FIELD_KEYS = [NEW, OLD]
    assert open_text(sealed) == "seed"
    renewed = sealed_again(sealed)
    settings.FIELD_KEYS = [NEW]
    assert open_text(renewed) == "seed"


def test_lost_key_is_a_clear_error(settings):
    settings.FIELD_KEYS = [OLD]
    sealed = seal_text("seed")
    settings.FIELD_KEYS = [NEW]
    with pytest.raises(LostKeyError, match="cannot be opened with any key in TREFOIL_FIELD_KEYS"):
        open_text(sealed)


def test_changed_text_is_refused():
    sealed = seal_text("seed")
    spoiled = sealed[:-10] + ("A" if sealed[-10] != "A" else "B") + sealed[-9:]
    with pytest.raises(LostKeyError):
        open_text(spoiled)


def test_derived_key_is_hkdf_of_the_configured_key():
    """Computed with another implementation: HMAC-SHA256 twice, as RFC 5869 says."""
    extracted = hmac.digest(b"\0" * 32, OLD.encode(), "sha256")
    expected = hmac.digest(extracted, b"trefoil field encryption 1" + b"\x01", "sha256")
    assert derived_key(OLD) == base64.urlsafe_b64encode(expected)
