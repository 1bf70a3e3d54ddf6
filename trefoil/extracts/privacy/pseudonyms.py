"""Keyed pseudonyms: the same identifier of the same domain and area gives the same number, and only with the key. Pure.

HMAC-SHA256 (RFC 2104, FIPS 198-1) over area, domain and identifier; the first 63 bits as a whole number from 1 up.
"""

import hashlib
from collections.abc import Iterable

import numpy

_BLOCK = 64
_WORDS = 4  # of 64 bits, in a digest
_SPARE = 1  # of 64 bits, 63 are used, so that the number is never below 0
SHORTEST_KEY = 32


class CollisionError(Exception):
    """Two identifiers of one domain fell on one number. Names the domain and no identifier."""

    def __init__(self, domain: str) -> None:
        super().__init__(f"Two identifiers of the domain {domain} gave the same pseudonym.")
        self.domain = domain


class Pseudonyms:
    """Pseudonyms of one area under one key.

    `key`: at least 32 bytes, kept outside the store. `number` and `numbers` give integers from 1 to 2^63 - 1.
    Identifiers are compared as they stand, so trim them first; an empty one has no pseudonym and raises ValueError.
    """

    def __init__(self, key: bytes, area: str) -> None:
        if len(key) < SHORTEST_KEY:
            raise ValueError(f"The key of the pseudonyms has {len(key)} bytes; at least {SHORTEST_KEY} are needed.")
        if len(key) > _BLOCK:
            key = hashlib.sha256(key).digest()
        padded = key.ljust(_BLOCK, b"\0")
        self._area = area
        # The two states of HMAC after the key are made once and copied: twice as quick as hmac.digest.
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    def number(self, domain: str, identifier: str) -> int:
        """The pseudonym of one identifier."""
        return self.numbers(domain, [identifier])[0]

    def numbers(self, domain: str, identifiers: Iterable[str]) -> list[int]:
        """The pseudonym of each identifier, in their order. Whether two fell on one number is for the caller to see,
        who has all of an extract."""
        inner, outer = self._inner.copy(), self._outer
        # The length goes before each part, so that ("a", "bc") and ("ab", "c") differ.
        inner.update(b"".join(_part(text) for text in (self._area, domain)))
        found: list[bytes] = []
        start, end, keep = inner.copy, outer.copy, found.append
        for identifier in identifiers:
            if not identifier:
                raise ValueError("An empty identifier has no pseudonym.")
            first, last = start(), end()
            first.update(identifier.encode())
            last.update(first.digest())
            keep(last.digest())
        # All at once: to cut and read each digest for itself takes as long as to make it.
        first_words = numpy.frombuffer(b"".join(found), dtype=">u8").reshape(-1, _WORDS)[:, 0]
        # 0 would need 63 zero bits; it is never used, so it moves to 1.
        numbers: list[int] = numpy.maximum(first_words >> numpy.uint64(_SPARE), 1).tolist()
        return numbers


def _part(text: str) -> bytes:
    data = text.encode()
    return b"%d:%b;" % (len(data), data)
