"""The days of a cycle. Pure: it is told which days are no working days."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

IsWorkingDay = Callable[[date], bool]
WEEK = timedelta(days=7)
# More weeks than any run of days off. A calendar that never ends is a fault of the caller.
MOST_WEEKS_LATER = 4


@dataclass(frozen=True)
class CycleRule:
    """`every` so many `unit` ("weeks" or "months") on a `weekday` (0 is Monday), counted from `starts_on`.

    For months `nth` says which of the month's such weekdays: 1 to 4, or -1 for the last. For weeks it is not read.
    """

    every: int
    unit: str
    weekday: int
    nth: int
    starts_on: date


@dataclass(frozen=True)
class CycleDay:
    """A day to meet on; `instead_of` is the day of the cycle when that was a day off."""

    on: date
    instead_of: date | None = None


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month (1 to 4), or its last (-1)."""
    if nth == -1:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7) + (nth - 1) * WEEK


def cycle_days(rule: CycleRule, start: date, end: date, is_working_day: IsWorkingDay) -> list[CycleDay]:
    """The days from `start` to `end`, both included. One that is a day off is met a week later, or two.

    Whether a day lies in the span is told from the cycle, not from where it was moved to: so two spans side by side
    give each day once.
    """
    days = _weekly(rule, start, end) if rule.unit == "weeks" else _monthly(rule, start, end)
    return [_on_a_working_day(day, is_working_day) for day in days]


def _weekly(rule: CycleRule, start: date, end: date) -> Iterator[date]:
    day = rule.starts_on + timedelta(days=(rule.weekday - rule.starts_on.weekday()) % 7)
    step = rule.every * WEEK
    if start > day:
        day += -((day - start) // step) * step
    while day <= end:
        yield day
        day += step


def _monthly(rule: CycleRule, start: date, end: date) -> Iterator[date]:
    number = rule.starts_on.year * 12 + rule.starts_on.month - 1
    while number <= end.year * 12 + end.month - 1:
        day = nth_weekday(number // 12, number % 12 + 1, rule.weekday, rule.nth)
        if max(start, rule.starts_on) <= day <= end:
            yield day
        number += rule.every


def _on_a_working_day(day: date, is_working_day: IsWorkingDay) -> CycleDay:
    for weeks in range(MOST_WEEKS_LATER + 1):
        if is_working_day(day + weeks * WEEK):
            return CycleDay(day + weeks * WEEK, day if weeks else None)
    raise ValueError(f"{day:%A} is a day off for more than {MOST_WEEKS_LATER} weeks")


@dataclass(frozen=True)
class Turn:
    """A year in the chair, from a day to a day (both included)."""

    place: int
    starts_on: date
    ends_on: date


def turns(starts_on: date, how_many: int) -> list[Turn]:
    """Years one after the other from `starts_on`, numbered from 0. A year from 29 February ends on 28 February."""
    begins = [_years_later(starts_on, years) for years in range(how_many + 1)]
    return [Turn(place, begins[place], begins[place + 1] - timedelta(days=1)) for place in range(how_many)]


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
