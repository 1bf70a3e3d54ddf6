"""What two notifications of one death have in common, worked out of a name and two dates. Pure.

The words never leave: `fingerprints` turns each into a number that says nothing without the key.
"""

import re
from collections.abc import Iterator
from datetime import date

from .anonymity import plain
from .enums import Likeness

# Soundex: letters that are heard alike share a digit; vowels are left out.
_SOUNDS = {
    letter: digit
    for letters, digit in (("bfpv", "1"), ("cgjkqsxz", "2"), ("dt", "3"), ("l", "4"), ("mn", "5"), ("r", "6"))
    for letter in letters
}


def words_of(name: str) -> list[str]:
    """The words of a name in the order of the alphabet: some forms put the family name first."""
    return sorted(re.findall(r"[a-z]+", plain(name).replace("'", "")))


def sound_of(word: str) -> str:
    """Soundex of one word: its first letter and up to three digits, `r163` for Rupert and Robert."""
    digits = [_SOUNDS.get(letter, "" if letter in "hw" else "0") for letter in word]
    heard = [digit for digit in digits if digit]
    kept = [digit for at, digit in enumerate(heard) if at == 0 or digit != heard[at - 1]]
    if kept and digits[0]:
        kept = kept[1:]
    return (word[:1] + "".join(digit for digit in kept if digit != "0") + "000")[:4]


def turned(day: date) -> date | None:
    """The date with day and month exchanged, where there is such a one and it is another."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def likenesses(name: str, born_on: date | None, died_on: date) -> Iterator[tuple[Likeness, str]]:
    """Each thing by which another notification may be known as of the same child."""
    words = words_of(name)
    if not words:
        return
    whole = " ".join(words)
    yield Likeness.NAME, whole
    if born_on is None:
        return
    yield Likeness.SAME, f"{whole} {born_on}"
    yield Likeness.SOUND, f"{' '.join(sorted(map(sound_of, words)))} {born_on}"
    yield Likeness.BORN, f"{born_on} {died_on}"
    # Both dates give one and the same value: those that are alike when turned meet there.
    other = turned(born_on)
    if other is not None:
        yield Likeness.TURNED, f"{whole} {min(born_on, other)} {max(born_on, other)}"
