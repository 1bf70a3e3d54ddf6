"""Days on which nobody meets, and working days before and after a day. England's bank holidays."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _of_year(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_day_off(day: date) -> bool:
    """A Saturday, a Sunday or a bank holiday in England."""
    return day.weekday() >= 5 or day in _of_year(day.year)


def working_days_from(day: date, number: int) -> date:
    """The working day that is `number` after `day` (day 0), or before it when negative."""
    step = timedelta(days=1 if number > 0 else -1)
    while number:
        day += step
        if not is_day_off(day):
            number -= 1 if number > 0 else -1
    return day
