"""Days as numbers, England's working days, and how likely an event is on each day. Pure.

A day is an int64 count of days since 1 January 1970.
"""

from datetime import date
from functools import lru_cache

import numpy as np

from trefoil.clocks.reckoning.calendar import bank_holidays as england

from .profile import stated
from .rows import Array

EPOCH = date(1970, 1, 1)
NEVER = 10**6
"""A day that has not come: an open episode's end."""
YEAR = 365.25


def number(day: date) -> int:
    """A day as a number."""
    return (day - EPOCH).days


def as_days(numbers: Array) -> Array:
    """Numbers as NumPy's own days."""
    return numbers.astype("datetime64[D]")


@lru_cache(maxsize=4)
def bank_holidays(first: int, last: int) -> Array:
    """England's bank holidays of these years."""
    days = sorted(day for day in england() if first <= day.year <= last)
    return np.array(days, dtype="datetime64[D]")


class Calendar:
    """Days from `first` to `last` (numbers): working days, and days drawn as seasons and weekdays have them."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        days = as_days(np.arange(first, last + 1))
        years = days.astype("datetime64[Y]").astype(int) + 1970
        self.working = np.busdaycalendar(holidays=bank_holidays(int(years[0]) - 1, int(years[-1]) + 2))
        months = days.astype("datetime64[M]").astype(int) % 12
        weekdays = (np.arange(first, last + 1) + 3) % 7
        seasons = stated()["seasons"]
        likely = np.array(seasons["months"])[months] * np.array(seasons["weekdays"])[weekdays]
        likely[~np.is_busday(days, busdaycal=self.working) & (weekdays < 5)] *= 0.08
        self._reached = np.cumsum(likely)

    def spread(self, places: Array, *, since: int | None = None) -> Array:
        """Days for places from 0 (the first day, or `since`) to 1 (the last), thicker where events are likelier."""
        begin = 0.0 if since is None or since <= self.first else self._reached[since - self.first - 1]
        found = np.searchsorted(self._reached, begin + places * (self._reached[-1] - begin), side="right")
        drawn: Array = self.first + np.minimum(found, len(self._reached) - 1)
        return drawn

    def after(self, days: Array, working_days: Array) -> Array:
        """The day so many working days after each day; 0 is the day itself or the next working day."""
        moved = np.busday_offset(as_days(days), working_days, roll="forward", busdaycal=self.working)
        return moved.astype(np.int64)

    def working_from(self, days: Array) -> Array:
        """Each day, or the next working day."""
        return self.after(days, np.zeros(len(days), dtype=np.int64))

    def between(self, starts: Array, ends: Array) -> Array:
        """Working days from each start to each end."""
        return np.busday_count(as_days(starts), as_days(ends), busdaycal=self.working)
