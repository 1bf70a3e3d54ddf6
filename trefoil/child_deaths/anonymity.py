"""What in a text would tell a panel who the child is. Pure.

A paper for the panel names nobody. Looked for: each part of the child's name, the date of birth in the ways in which
dates are written, the numbers that agencies know the child by, and the postcode. A text without them can still give a
child away; so a person reads it too.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# Shorter pieces of a name stand in too many words, and are no name by themselves.
SHORTEST_NAME, SHORTEST_NUMBER = 2, 6
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b")


@dataclass(frozen=True)
class GivenAway:
    """What was found, and on which line of the text. Never the words themselves."""

    what: str
    line: int

    def __str__(self) -> str:
        return f"{self.what} on line {self.line}"


def plain(text: str) -> str:
    """Small letters without accents, so that Zoë is found in zoe."""
    split = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def name_parts(name: str) -> set[str]:
    """The words of a name, also those between hyphens, that are long enough to look for."""
    whole = re.findall(r"[\w'-]+", plain(name))
    parts = {part.removesuffix("'s") for word in whole for part in (word, *word.split("-"))}
    return {part.strip("'-") for part in parts if len(part.strip("'-")) >= SHORTEST_NAME}


def gives_away(text: str, *, name: str, born_on: date | None, numbers: str = "", address: str = "") -> list[GivenAway]:
    """What of the child stands in the text, in its order; each kind once a line."""
    patterns = list(_patterns(name, born_on, numbers, address))
    return [
        GivenAway(what, number)
        for number, line in enumerate(plain(text).splitlines(), start=1)
        for what in dict.fromkeys(what for what, pattern in patterns if pattern.search(line))
    ]


def _patterns(name: str, born_on: date | None, numbers: str, address: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    for part in sorted(name_parts(name)):
        yield "a part of the child’s name", re.compile(rf"(?<!\w){re.escape(part)}(?!\w)")
    if born_on is not None:
        yield "the date of birth", re.compile("|".join(_written(born_on)))
    for digits in _numbers(numbers):
        yield "a number that the child is known by", re.compile(r"[\s-]*".join(digits))
    for postcode in POSTCODE.findall(plain(address)):
        letters = re.sub(r"\s", "", postcode)
        yield "the postcode", re.compile(rf"\b{re.escape(letters[:-3])}\s*{re.escape(letters[-3:])}\b")


def _numbers(numbers: str) -> list[str]:
    """Runs of digits, with the blanks and hyphens inside them left out."""
    found = (re.sub(r"\D", "", one) for one in re.findall(r"\d[\d\s-]*\d", numbers))
    return [one for one in found if len(one) >= SHORTEST_NUMBER]


def _written(day: date) -> Iterator[str]:
    """2025-01-10, 10/1/25, 1.10.2025, 10th January 2025, January 10, 2025, 10 Jan 25 and the like."""
    between, name = r"\s*[-/. ]\s*", MONTHS[day.month - 1]
    year = rf"(?:{day.year}|{day.year % 100:02d})"
    number, month = rf"0?{day.day}", rf"0?{day.month}"
    said = rf"{number}(?:st|nd|rd|th)?"
    called = rf"(?:{name}|{name[:3]}|{name[:4]})\.?"
    comma = r"[\s,-]*"
    yield rf"(?<!\d){day.year}{between}{month}{between}{number}(?!\d)"
    yield rf"(?<!\d){number}{between}{month}{between}{year}(?!\d)"
    yield rf"(?<!\d){month}{between}{number}{between}{year}(?!\d)"
    yield rf"(?<!\d){said}\s*(?:of\s+)?[-/]?{called}{comma}{year}(?!\d)"
    yield rf"\b{called}\s*{said}{comma}{year}(?!\d)"
    yield rf"(?<!\d){day:%Y%m%d}(?!\d)"
