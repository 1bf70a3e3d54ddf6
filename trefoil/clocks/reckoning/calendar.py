"""England's working days, 2000 to 2060. Pure.

A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England (Banking and
Financial Dealings Act 1971; days proclaimed once and substitute days as the `holidays` package knows them).

Day 0 is the day of the event, whatever the hour. Day 1 is the first working day after it. An event on a day that is not
a working day is no different: after a Saturday day 1 is Monday. It is the shorter of the two readings in use, and the
one that the figures worked out from extracts use too.
"""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cache

import holidays

FIRST, LAST = date(2000, 1, 1), date(2060, 12, 31)


class OutsideCalendarError(ValueError):
    """A day before 2000 or after 2060."""


@cache
def bank_holidays() -> frozenset[date]:
    """Every bank holiday in England within the calendar, with Christmas Day and Good Friday."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 1)))


def is_working_day(day: date) -> bool:
    """Whether a day is neither a weekend nor a bank holiday. Raises OutsideCalendarError."""
    check_within(day)
    return day.weekday() < 5 and day not in bank_holidays()


def check_within(day: date) -> None:
    """Raises OutsideCalendarError for a day whose holidays are not known here."""
    if not FIRST <= day <= LAST:
        raise OutsideCalendarError(f"{day:%-d %B %Y} lies outside the calendar, which runs from 2000 to 2060")


@cache
def _working_days() -> tuple[date, ...]:
    days = (FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1))
    return tuple(day for day in days if is_working_day(day))


def add_working_days(day: date, number: int) -> date:
    """The working day that is `number` after `day` (day 0), or before it when negative; 0 gives the day itself.

    Raises OutsideCalendarError.
    """
    check_within(day)
    if number == 0:
        return day
    days = _working_days()
    place = bisect_right(days, day) + number - 1 if number > 0 else bisect_left(days, day) + number
    if not 0 <= place < len(days):
        raise OutsideCalendarError(f"{abs(number)} working days from {day:%-d %B %Y} lies outside the calendar")
    return days[place]


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` comes first.

    Raises OutsideCalendarError.
    """
    check_within(start)
    check_within(end)
    days = _working_days()
    return bisect_right(days, end) - bisect_right(days, start)


def holidays_between(start: date, end: date) -> list[date]:
    """Bank holidays on a weekday after `start` up to and including `end`, in order."""
    return sorted(day for day in bank_holidays() if start < day <= end and day.weekday() < 5)
