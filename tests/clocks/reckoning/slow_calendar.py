"""A slow and obvious calendar of England, by hand and without a library: what the quick one is held against.

Rules of the Banking and Financial Dealings Act 1971 with the days that were proclaimed once or moved. It counts day by
day and knows no table.
"""

from collections.abc import Callable
from datetime import date, timedelta

DAY = timedelta(days=1)

# Moved or added by proclamation since 2000: what was taken away in a year, and what was given.
TAKEN = {date(2002, 5, 27), date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)}
GIVEN = {
    date(2002, 6, 3),
    date(2002, 6, 4),
    date(2011, 4, 29),
    date(2012, 6, 4),
    date(2012, 6, 5),
    date(2020, 5, 8),
    date(2022, 6, 2),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
}


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computation."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    last = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * last) // 451
    month, day = divmod(h + last - 7 * m + 114, 31)
    return date(year, month, day + 1)


def first_monday(year: int, month: int) -> date:
    day = date(year, month, 1)
    while day.weekday() != 0:
        day += DAY
    return day


def last_monday(year: int, month: int) -> date:
    day = date(year, month, 31)
    while day.weekday() != 0:
        day -= DAY
    return day


def holidays_of(year: int) -> set[date]:
    """The weekdays of a year on which England does not work, from the rules."""
    found = {
        _next_free(date(year, 1, 1), set()),
        easter(year) - 2 * DAY,
        easter(year) + DAY,
        first_monday(year, 5),
        last_monday(year, 5),
        last_monday(year, 8),
    }
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    # Each that falls on a weekend moves to the next weekday that neither has taken.
    taken = {day for day in (christmas, boxing) if day.weekday() < 5}
    for day in (christmas, boxing):
        if day.weekday() >= 5:
            taken.add(_next_free(day, taken))
    return {day for day in (found | taken) - TAKEN | GIVEN if day.year == year}


def _next_free(day: date, taken: set[date]) -> date:
    while day.weekday() >= 5 or day in taken:
        day += DAY
    return day


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays_of(day.year)


def count_on(day: date, number: int, counts: Callable[[date], bool] = works) -> date:
    """Walk on from `day`, which is day 0, until `number` days that count have gone by; backwards when negative."""
    step = DAY if number > 0 else -DAY
    for _ in range(abs(number)):
        day += step
        while not counts(day):
            day += step
    return day


def months_on(day: date, number: int) -> date:
    """The same day of a later month, or the last day that the month has."""
    year, month = day.year, day.month
    for _ in range(number):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    last = day.day
    while True:
        try:
            return date(year, month, last)
        except ValueError:
            last -= 1
