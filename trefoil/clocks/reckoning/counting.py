"""Limits about more than one event: the nth within a window, days in a row, the share of a cohort in time. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .days import day_of, days_later


def nth_in_window(moments: Iterable[datetime], *, count: int, days: int) -> datetime | None:
    """The earliest moment at which `count` events lie within `days` days of each other, or None.

    The window is counted in days of England: an event on day 0 and one on day 90 lie within 90 days.
    """
    found = sorted(moments)
    for place in range(count - 1, len(found)):
        first, last = found[place - count + 1], found[place]
        if day_of(last) <= days_later(day_of(first), days):
            return last
    return None


def nth_in_a_row(days: Iterable[date], *, count: int, counts: Callable[[date], bool]) -> date | None:
    """The day that completes `count` of these days in a row, or None. Days that do not count break nothing.

    `counts` says which days of the calendar count at all (school days, working days).
    """
    run, before = 0, None
    for day in sorted({day for day in days if counts(day)}):
        run = run + 1 if before is not None and not _any_between(before, day, counts) else 1
        if run == count:
            return day
        before = day
    return None


def _any_between(start: date, end: date, counts: Callable[[date], bool]) -> bool:
    return any(counts(start + timedelta(days=offset)) for offset in range(1, (end - start).days))


@dataclass(frozen=True)
class Timed:
    """One member of a cohort: when it is due, and when it was done, if it was."""

    due_at: datetime
    stopped_at: datetime | None


@dataclass(frozen=True)
class CohortShare:
    """How many of a cohort were in time. `decided` are those done, or not done with their time over."""

    in_time: int
    decided: int
    still_open: int
    target_percent: int | None

    @property
    def percent(self) -> Decimal | None:
        """One place; None where nothing is decided yet."""
        if not self.decided:
            return None
        return (Decimal(self.in_time * 100) / self.decided).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def is_met(self) -> bool | None:
        """Whether the share reaches the target, compared before rounding; None without either."""
        if self.target_percent is None or not self.decided:
            return None
        return self.in_time * 100 >= self.target_percent * self.decided


def share_in_time(cohort: Sequence[Timed], *, now: datetime, target_percent: int | None = None) -> CohortShare:
    """The share of a cohort in time at a moment. One that is open with time left is in neither count."""
    decided = [one for one in cohort if one.stopped_at is not None or now > one.due_at]
    in_time = sum(one.stopped_at is not None and one.stopped_at <= one.due_at for one in decided)
    return CohortShare(in_time, len(decided), len(cohort) - len(decided), target_percent)
