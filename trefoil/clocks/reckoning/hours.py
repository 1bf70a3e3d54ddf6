"""Hours that pass, and hours in which an office is open. Pure.

Hours that pass are counted in universal time: in the night when the clocks go back an hour passes twice. Both count.
"""

from datetime import UTC, date, datetime, time, timedelta

from .calendar import add_working_days, is_working_day
from .days import LONDON, day_of

OPENS, CLOSES = time(9), time(17)
"""The working hours that are assumed: nine to five on working days."""


def add_hours(moment: datetime, number: int) -> datetime:
    """The moment when `number` hours have passed, the clock change included."""
    return moment.astimezone(UTC) + timedelta(hours=number)


def elapsed(start: datetime, end: datetime) -> timedelta:
    """What has passed between two moments, counted in universal time."""
    return end.astimezone(UTC) - start.astimezone(UTC)


def add_working_time(moment: datetime, length: timedelta) -> datetime:
    """The moment when so much working time has passed since `moment`. Raises OutsideCalendarError.

    Working time is a matter of one day's clock, on which it never changes: the clocks change at night and on a Sunday.
    """
    here, left = _into_hours(moment.astimezone(LONDON)), length
    while True:
        closes = _at(here.date(), CLOSES)
        room = closes - here
        if left <= room:
            return here + left
        left -= room
        here = _at(add_working_days(here.date(), 1), OPENS)


def working_time_between(start: datetime, end: datetime) -> timedelta:
    """The working time from one moment to a later one."""
    day, last, total = day_of(start), day_of(end), timedelta()
    while day <= last:
        if is_working_day(day):
            begun = max(_at(day, OPENS), start.astimezone(LONDON))
            ended = min(_at(day, CLOSES), end.astimezone(LONDON))
            total += max(ended - begun, timedelta())
        day += timedelta(days=1)
    return total


def _into_hours(here: datetime) -> datetime:
    """The same moment, or the next opening when the office is shut."""
    day = here.date()
    if not is_working_day(day) or here >= _at(day, CLOSES):
        return _at(add_working_days(day, 1), OPENS)
    return max(here, _at(day, OPENS))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=LONDON)
