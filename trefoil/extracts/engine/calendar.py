"""The England working-day calendar. Pure: no database, no files.

A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England (Banking and
Financial Dealings Act 1971; proclaimed days as known to the `holidays` package). Day 0 is the day of the event, day
1 the next working day. Each date has a number, the working days from `FIRST` up to and including it; the difference of
two numbers is the working days after the one up to and including the other.
"""

from datetime import date, timedelta
from functools import cache

import holidays
import pyarrow as pa

FIRST, LAST = date(2000, 1, 1), date(2040, 12, 31)


@cache
def bank_holidays() -> frozenset[date]:
    """Every bank holiday in England from 2000 to 2040."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST.year, LAST.year + 1)))


def is_working_day(day: date) -> bool:
    """Whether a day is neither a weekend nor a bank holiday."""
    return day.weekday() < 5 and day not in bank_holidays()


@cache
def _numbers() -> dict[date, int]:
    numbers, number = {}, 0
    for offset in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=offset)
        number += is_working_day(day)
        numbers[day] = number
    return numbers


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier.

    Raises KeyError for a day before 2000 or after 2040.
    """
    return _numbers()[end] - _numbers()[start]


@cache
def days_table() -> pa.Table:
    """Every date from 2000 to 2040 with its working-day number: columns `day` (date32), `number` (int64)."""
    numbers = _numbers()
    return pa.table({"day": pa.array(numbers, pa.date32()), "number": pa.array(numbers.values(), pa.int64())})
