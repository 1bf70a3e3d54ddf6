"""When something happened, as exactly as it is known: a moment, a day, a month, a year, or between two days. Pure.

What is not known is not made up: a month stays a month, and sorts at its first day, after what is known to the day.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum


class Precision(StrEnum):
    """How exactly it is known."""

    MOMENT = "moment"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    BETWEEN = "between"


PRECISIONS = {
    Precision.MOMENT: "A day and a time",
    Precision.DAY: "A day",
    Precision.MONTH: "A month",
    Precision.YEAR: "A year",
    Precision.BETWEEN: "Between two days",
}


class Shown(StrEnum):
    """How exactly a redacted copy says when things were."""

    AS_ENTERED = "entered"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


SHOWN = {
    Shown.AS_ENTERED: "Days and times as they were entered",
    Shown.DAYS: "Days, without times",
    Shown.MONTHS: "Months",
    Shown.YEARS: "Years",
}
EARLIEST = date(1900, 1, 1)
HOW_TO_WRITE = "3 March 2025, 3 March 2025 14:30, March 2025, 2025, or between 3 March 2025 and 9 March 2025"


class UnclearError(ValueError):
    """It does not say when. The words say what is wrong and how to write it."""


@dataclass(frozen=True, slots=True)
class When:
    """From `first` to `last`, both included. A moment has its time, `is_about` says that it was remembered roughly."""

    precision: Precision
    first: date
    last: date
    at: time | None = None
    is_about: bool = False

    @property
    def day(self) -> date | None:
        """The one day, where it is known to the day."""
        return self.first if self.precision in {Precision.MOMENT, Precision.DAY} else None

    @property
    def order(self) -> tuple[date, bool, time, date]:
        """By the first day it can be; there, what has a time first, and the vaguest last."""
        return self.first, self.at is None, self.at or time.min, self.last

    def __str__(self) -> str:
        """In words that `read_when` understands again."""
        words = _WORDS[self.precision](self)
        return f"about {words}" if self.is_about else words


def day_words(day: date) -> str:
    """`3 March 2025`."""
    return f"{day.day} {day:%B} {day.year}"


_WORDS: dict[Precision, Callable[[When], str]] = {
    Precision.MOMENT: lambda one: f"{day_words(one.first)}, {one.at:%H:%M}",
    Precision.DAY: lambda one: day_words(one.first),
    Precision.MONTH: lambda one: f"{one.first:%B} {one.first.year}",
    Precision.YEAR: lambda one: str(one.first.year),
    Precision.BETWEEN: lambda one: f"between {day_words(one.first)} and {day_words(one.last)}",
}

_ABOUT = re.compile(r"^(about|around|approximately|approx\.?|circa|c\.|ca\.|~)\s*", re.IGNORECASE)
_RANGE = (
    re.compile(r"^between\s+(.+?)\s+and\s+(.+)$", re.IGNORECASE),
    re.compile(r"^(?:from\s+)?(.+?)\s+(?:to|until|till)\s+(.+)$", re.IGNORECASE),
    re.compile(r"^(.+?)\s+[-–—]\s+(.+)$"),
)
_TIME = re.compile(
    r"^(?P<rest>.*?\d)(?:T|,?\s+(?:at\s+)?)(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::\d{2})?\s*(?P<half>[ap]\.?m\.?)?$",
    re.IGNORECASE,
)
_ISO = re.compile(r"^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$")
_SLASHED = re.compile(r"^(?:(\d{1,2})[/.])?(\d{1,2})[/.](\d{4})$")
_NAMED = re.compile(r"^(?:(?:[a-z]+day,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+)?([a-z]+)\.?,?\s+(\d{4})$", re.IGNORECASE)
_YEAR = re.compile(r"^(\d{4})$")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def read_when(text: str) -> When:
    """What somebody wrote in a cell. Day before month, years in full. Raises UnclearError with the cure."""
    plain = " ".join(text.split())
    about = _ABOUT.match(plain)
    found = _read(plain[about.end() :] if about else plain)
    return When(found.precision, found.first, found.last, found.at, is_about=about is not None)


def _read(plain: str) -> When:
    for pattern in _RANGE:
        if two := pattern.match(plain):
            return between(_one(two[1]).first, _one(two[2]).last)
    if timed := _TIME.match(plain):
        return moment(_day_of(timed["rest"]), _clock(timed))
    return _one(plain)


def _one(plain: str) -> When:
    """A day, month or year."""
    if found := _ISO.match(plain):
        return _made(found[1], found[2], found[3], plain)
    if found := _SLASHED.match(plain):
        return _made(found[3], found[2], found[1], plain)
    if found := _NAMED.match(plain):
        return _made(found[3], _month(found[2], plain), found[1], plain)
    if found := _YEAR.match(plain):
        return whole_year(int(found[1]))
    raise UnclearError(_unclear(plain))


_SEASONS = {
    "spring": "between 1 March {0} and 31 May {0}",
    "summer": "between 1 June {0} and 31 August {0}",
    "autumn": "between 1 September {0} and 30 November {0}",
    "winter": "between 1 December {0} and 28 February {1}",
}
_SEASON = re.compile(
    r"^(?:the\s+)?(?:early\s+|late\s+|mid[\s-]+)?(spring|summer|autumn|winter)\s+(?:of\s+)?(\d{4})$", re.IGNORECASE
)


def _unclear(plain: str) -> str:
    """What is wrong with it and how to write it; for a season, with the days it may mean."""
    if found := _SEASON.match(plain):
        days = _SEASONS[found[1].casefold()].format(found[2], int(found[2]) + 1)
        return f"“{plain[:60]}” can mean different days. Write the days that you mean, such as “{days}”."
    return f"“{plain[:60]}” does not say when. Write {HOW_TO_WRITE}."


def _month(name: str, plain: str) -> int:
    told = [at for at, one in enumerate(_MONTHS, start=1) if len(name) > 2 and one.startswith(name.casefold())]
    if not told and name.casefold() == "sept":
        return 9
    if not told:
        raise UnclearError(
            _unclear(plain) if _SEASON.match(plain) else f"“{plain[:60]}” names no month. Write {HOW_TO_WRITE}."
        )
    return told[0]


def _made(year: str, month: str | int, day: str | None, plain: str) -> When:
    try:
        return one_day(date(int(year), int(month), int(day))) if day else whole_month(int(year), int(month))
    except ValueError as wrong:
        raise UnclearError(f"“{plain[:60]}” is no day there is. Write the day before the month: 27/3/2025.") from wrong


def _day_of(plain: str) -> date:
    found = _one(plain)
    if found.day is None:
        raise UnclearError(f"“{plain[:60]}” has a time but no day. Write it as 3 March 2025 14:30.")
    return found.day


def _clock(found: re.Match[str]) -> time:
    hour, minute, half = int(found["hour"]), int(found["minute"]), (found["half"] or "").lower()
    try:
        if half and not 1 <= hour <= 12:
            raise ValueError(hour)
        return time(hour % 12 + 12 * half.startswith("p") if half else hour, minute)
    except ValueError as wrong:
        raise UnclearError(f"{found['hour']}:{found['minute']} is no time of day. Write 14:30.") from wrong


def moment(day: date, at: time, *, is_about: bool = False) -> When:
    """A day with a time."""
    return When(Precision.MOMENT, day, day, at, is_about)


def one_day(day: date, *, is_about: bool = False) -> When:
    """A day."""
    return When(Precision.DAY, day, day, None, is_about)


def whole_month(year: int, month: int, *, is_about: bool = False) -> When:
    """Some time in a month. Raises UnclearError where there is no such month."""
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        raise UnclearError(f"{month}/{year} is no month there is. Write March 2025.")
    return When(Precision.MONTH, date(year, month, 1), date(year, month, monthrange(year, month)[1]), None, is_about)


def whole_year(year: int, *, is_about: bool = False) -> When:
    """Some time in a year."""
    if not 1 <= year <= 9999:
        raise UnclearError(f"{year} is no year there is. Write it in full: 2025.")
    return When(Precision.YEAR, date(year, 1, 1), date(year, 12, 31), None, is_about)


def between(first: date, last: date, *, is_about: bool = False) -> When:
    """Some time between two days. Raises UnclearError when the second is not after the first."""
    if last <= first:
        raise UnclearError(f"{day_words(last)} is not after {day_words(first)}. Write the earlier day first.")
    return When(Precision.BETWEEN, first, last, None, is_about)


def check_known(when: When, today: date) -> None:
    """Raises UnclearError for a time that has not come, or that nobody living can have been in."""
    if when.first > today:
        raise UnclearError(f"{when} has not come yet. A chronology says what happened: look at the year.")
    if when.first < EARLIEST:
        raise UnclearError(f"{when} is before 1900. Look at the year.")


def shown_as(when: When, shown: Shown) -> When:
    """The same no more exactly than a copy shows it: a day becomes its month, a span of days a span of months."""
    if shown is Shown.AS_ENTERED or when.precision is Precision.YEAR:
        return when
    first, last = when.first, when.last
    if shown is Shown.DAYS:
        return one_day(first, is_about=when.is_about) if when.precision is Precision.MOMENT else when
    if first.year == last.year and (shown is Shown.YEARS or first.month == last.month):
        if shown is Shown.YEARS:
            return whole_year(first.year, is_about=when.is_about)
        return whole_month(first.year, first.month, is_about=when.is_about)
    ends = (1, 12) if shown is Shown.YEARS else (first.month, last.month)
    last_day = monthrange(last.year, ends[1])[1]
    return between(date(first.year, ends[0], 1), date(last.year, ends[1], last_day), is_about=when.is_about)


_NAMES = "|".join([*_MONTHS, *(name[:3] for name in _MONTHS), "sept"])
_DAY_TOLD = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_NAMES})\b(?:\s+\d{{4}})?"
    r"|\b\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}:\d{2}\b",
    re.IGNORECASE,
)


def days_told(text: str) -> list[str]:
    """Days and times that stand in the words, each once: they tell what a copy that shows months alone hides."""
    return list(dict.fromkeys(_DAY_TOLD.findall(text)))
