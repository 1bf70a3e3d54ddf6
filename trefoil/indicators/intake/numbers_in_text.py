"""Reads a number that somebody typed, and says in plain words why a text is not one. Pure.

Nothing is repaired: `12,5` may be twelve and a half or a slip for 125, so it is named and sent back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from ..rows import Finding, Place
from .sheets import error, short

_NUMBER = re.compile(r"^-?\d{1,12}(\.\d{1,20})?$", re.ASCII)
_MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NOT_GIVEN = {
    "n/a",
    "na",
    "-",
    "--",
    "~",
    "*",
    ".",
    "..",
    "...",
    "x",
    "c",
    "z",
    ":",
    "nil",
    "null",
    "none",
    "tbc",
}
_UNUSUAL = str.maketrans({"−": "-", "–": "-", "\u00a0": " "})
_DATE = re.compile(
    r"^(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{4}-\d{2}"
    rf"|\d{{1,2}}[ -]{_MONTH}([ -]\d{{2,4}})?|{_MONTH}[ -]\d{{2,4}})"
    r"([ t]\d{1,2}:\d{2}.*)?$",
    re.IGNORECASE,
)
_FORMS: tuple[tuple[str, re.Pattern[str], Callable[[str], str], str], ...] = (
    (
        "number-thousands",
        re.compile(r"^-?£?\d{1,3}(,\d{3})+(\.\d+)?$"),
        lambda text: text.replace(",", "").replace("£", ""),
        "has a comma between thousands; write {}.",
    ),
    (
        "number-decimal-comma",
        re.compile(r"^-?\d+,\d+$"),
        lambda text: text.replace(",", "."),
        "has a comma where a decimal point is expected; write {}.",
    ),
    (
        "number-percent-sign",
        re.compile(r"^-?\d+(\.\d+)?\s*%$"),
        lambda text: text.rstrip("% "),
        "has a percent sign; write {}.",
    ),
    (
        "number-money-sign",
        re.compile(r"^-?£\s*\d+(\.\d+)?$"),
        lambda text: text.replace("£", "").replace(" ", ""),
        "has a pound sign; write {}.",
    ),
    ("number-is-date", _DATE, lambda _: "a number", "is a date where {} is expected."),
    ("number-sign", _NUMBER, str, "has a dash that is not a minus sign, or a hard space; write {}."),
)


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number with the decimal places it was written to, or the finding that says why there is none."""

    value: Decimal | None = None
    places: int = 0
    finding: Finding | None = None


NO_NUMBER = ReadNumber()


def read_number(text: str, place: Place) -> ReadNumber:
    """Read the text of a number cell. Blank gives no number and no finding."""
    text = text.strip()
    if not text:
        return NO_NUMBER
    if _NUMBER.match(text):
        _, _, decimals = text.partition(".")
        return ReadNumber(Decimal(text), len(decimals))
    rule, expected, why = _why_not(text)
    message = f"“{short(text)}” in column {place.column} {why}"
    return ReadNumber(finding=error(rule, place, short(text), expected, message))


def _why_not(text: str) -> tuple[str, str, str]:
    """The rule, what is expected, and why the text is not a number, from the first form that fits."""
    plain = text.translate(_UNUSUAL).strip()
    if plain.casefold() in _NOT_GIVEN:
        why = "stands for a missing figure; leave the cell blank and give the reason in missing_reason."
        return "number-not-given", "a blank cell and a reason", why
    for rule, form, mend, why in _FORMS:
        if form.match(plain):
            mended = mend(plain)
            return rule, mended, why.format(mended)
    if plain.strip("-").replace(".", "", 1).isdecimal() and plain.isascii():
        most = "at most 12 digits before the point and 20 after it"
        return "number-too-long", most, "is too long to be a figure."
    return (
        "number-text",
        "a number such as 1390 or 12.5",
        "is not a number; write digits and a decimal point.",
    )
