"""Keyed pseudonyms."""

import hmac
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.privacy import Pseudonyms

KEY = b"k" * 32
TEXTS = st.text(min_size=1, max_size=20)


@settings(max_examples=30)
@given(key=st.binary(min_size=32, max_size=100), area=TEXTS, domain=TEXTS, identifier=TEXTS)
def test_number_is_the_first_63_bits_of_hmac_sha256(key: bytes, area: str, domain: str, identifier: str) -> None:
    message = b"".join(b"%d:%b;" % (len(part.encode()), part.encode()) for part in (area, domain)) + identifier.encode()
    expected = int.from_bytes(hmac.digest(key, message, "sha256")[:8], "big") >> 1

    assert Pseudonyms(key, area).number(domain, identifier) == expected


@settings(max_examples=30)
@given(identifiers=st.lists(TEXTS, unique=True, max_size=20))
def test_numbers_are_above_zero_and_differ_by_identifier_domain_area_and_key(identifiers: list[str]) -> None:
    ways = [
        Pseudonyms(key, area).numbers(domain, identifiers)
        for key in (KEY, b"l" * 32)
        for area in ("E09000003", "E09000004")
        for domain in ("person", "contact")
    ]
    flat = [number for way in ways for number in way]

    assert len(set(flat)) == len(flat)
    assert all(0 < number < 2**63 for number in flat)
    assert ways[0] == Pseudonyms(KEY, "E09000003").numbers("person", identifiers)


def test_number_where_two_parts_run_together_differs() -> None:
    assert Pseudonyms(KEY, "a").number("bc", "d") != Pseudonyms(KEY, "ab").number("c", "d")


def test_pseudonyms_with_a_short_key_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 32"):
        Pseudonyms(b"short", "E09000003")


def test_number_of_an_empty_identifier_is_refused() -> None:
    with pytest.raises(ValueError, match="empty identifier"):
        Pseudonyms(KEY, "E09000003").number("person", "")


def test_numbers_cost_at_most_twice_what_plain_keyed_digests_cost() -> None:
    """A bound that does not depend on how busy the machine is."""
    identifiers = [f"CH{at:06d}" for at in range(20_000)]
    start = time.process_time()
    for one in identifiers:
        hmac.digest(KEY, one.encode(), "sha256")
    plain = time.process_time() - start
    start = time.process_time()
    Pseudonyms(KEY, "E09000003").numbers("person", identifiers)

    assert time.process_time() - start < 2 * plain
