"""An axis of time to scale, and days to write on it that do not touch. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

# How much room the words of a day, a month, a year take.
_ROOM_OF_DAY, _ROOM_OF_MONTH, _ROOM_OF_YEAR = 62, 66, 42


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to the end of `last`, between two edges of a picture."""

    first: date
    last: date
    left: float
    right: float

    @property
    def days(self) -> int:
        """How many days it shows."""
        return (self.last - self.first).days + 1

    @property
    def per_day(self) -> float:
        """How wide a day is."""
        return (self.right - self.left) / self.days

    def x(self, day: date, part: float = 0) -> float:
        """The place of a day; `part` is how much of that day has gone."""
        return self.left + ((day - self.first).days + part) * self.per_day


def ticks(axis: Axis) -> list[tuple[date, str]]:
    """The days to write, from the left: as many as have room, on round days, months or years."""
    wanted = _by_days(axis) or _by_months(axis) or _by_years(axis)
    return [(day, words) for day, words, room in wanted if axis.x(day) + room <= axis.right + 8]


_Tick = tuple[date, str, int]


def _by_days(axis: Axis) -> list[_Tick]:
    for step in (1, 2, 7, 14):
        if axis.per_day * step >= _ROOM_OF_DAY:
            days = (axis.first + timedelta(days=at) for at in range(0, axis.days, step))
            return [(day, f"{day.day} {day:%b}", _ROOM_OF_DAY) for day in days]
    return []


def _by_months(axis: Axis) -> list[_Tick]:
    for step in (1, 2, 3, 6):
        if axis.per_day * 28 * step >= _ROOM_OF_MONTH:
            months = _months(axis, step)
            return [(day, f"{day:%b %Y}", _ROOM_OF_MONTH) for day in months]
    return []


def _by_years(axis: Axis) -> list[_Tick]:
    step = next((one for one in (1, 2, 5, 10) if axis.per_day * 365 * one >= _ROOM_OF_YEAR), 20)
    years = range(axis.first.year + (axis.first > date(axis.first.year, 1, 1)), axis.last.year + 1)
    return [(date(year, 1, 1), str(year), _ROOM_OF_YEAR) for year in years if year % step == 0]


def _months(axis: Axis, step: int) -> Iterator[date]:
    for at in range(axis.first.year * 12 + axis.first.month - 1, axis.last.year * 12 + axis.last.month):
        day = date(at // 12, at % 12 + 1, 1)
        if (at % 12) % step == 0 and day >= axis.first:
            yield day
