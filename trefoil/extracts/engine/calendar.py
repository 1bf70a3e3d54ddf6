"""The England working-day calendar. Pure: no database, no files.

What a working day is, `clocks.reckoning.calendar` says: figures and time limits count by the same one. Day 0 is the
day of the event, day 1 the next working day. Each date has a number, the working days from `FIRST` up to and including
it; the difference of two numbers is the working days after the one up to and including the other.
"""

from datetime import date, timedelta
from functools import cache

import pyarrow as pa

from trefoil.clocks.reckoning.calendar import bank_holidays, is_working_day

__all__ = ["bank_holidays", "days_table", "is_working_day", "working_days_between"]

FIRST, LAST = date(2000, 1, 1), date(2040, 12, 31)


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
