"""Days, months and working days, by counting them out."""

from datetime import date, timedelta
from functools import cache

ONE_DAY = timedelta(days=1)


def last_of_month(year: int, month: int) -> date:
    """The last day of a calendar month."""
    return date(year + month // 12, month % 12 + 1, 1) - ONE_DAY


def add_months(day: date, months: int) -> date:
    """The same day so many months later (or, below 0, earlier); the last of the month when it has no such day."""
    number = day.year * 12 + day.month - 1 + months
    last = last_of_month(number // 12, number % 12 + 1)
    return last if day.day > last.day else last.replace(day=day.day)


def completed_months(start: date, day: date) -> int:
    """The most months that can be added to `start` without going past `day`; `start` is not after `day`."""
    months = 0
    while add_months(start, months + 1) <= day:
        months += 1
    return months


def months_apart(start: date, end: date) -> int:
    """Calendar months from the month of one day to that of another: from 31 January to 1 February is one."""
    return (end.year - start.year) * 12 + end.month - start.month


def easter_sunday(year: int) -> date:
    """Easter Day of a year (the anonymous Gregorian rule)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _first_monday(year: int, month: int) -> date:
    day = date(year, month, 1)
    while day.weekday() != 0:
        day += ONE_DAY
    return day


# Days that were moved, and days that were added, by proclamation.
_EARLY_MAY = {2020: date(2020, 5, 8)}
_SPRING = {2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
_ADDED = {date(2011, 4, 29), date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Bank holidays in England from 2010 on: the Banking and Financial Dealings Act 1971, and common law.

    New Year's Day, Christmas Day and Boxing Day that fall on a weekend give the next days that are not.
    """
    easter = easter_sunday(year)
    last_of_may, last_of_august = date(year, 5, 31), date(year, 8, 31)
    days = {
        easter - 2 * ONE_DAY,
        easter + ONE_DAY,
        _EARLY_MAY.get(year, _first_monday(year, 5)),
        _SPRING.get(year, last_of_may - last_of_may.weekday() * ONE_DAY),
        last_of_august - last_of_august.weekday() * ONE_DAY,
    } | {day for day in _ADDED if day.year == year}
    for feast in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = feast
        while day.weekday() >= 5 or day in days:
            day += ONE_DAY
        days.add(day)
    return frozenset(days)


@cache
def is_working_day(day: date) -> bool:
    """Neither a Saturday, a Sunday nor a bank holiday in England."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; below 0 when `end` is earlier."""
    if end < start:
        return -working_days(end, start)
    return sum(is_working_day(start + number * ONE_DAY) for number in range(1, (end - start).days + 1))


def working_day_after(start: date, number: int) -> date:
    """The `number`-th working day after `start`; day 1 is the next one."""
    day, found = start, 0
    while found < number:
        day += ONE_DAY
        found += is_working_day(day)
    return day
