"""What a limit comes to: the last moment in time, worked out from its start and its pauses. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .calendar import add_working_days, working_days_between
from .days import add_months, day_of, days_later, end_of, next_fixed, start_of
from .hours import add_hours, add_working_time, elapsed, working_time_between
from .kinds import FORWARD_KINDS, Kind, Limit, Unit
from .school import Term, add_school_days, school_days_between


@dataclass(frozen=True)
class Pause:
    """A stretch that does not count, from a moment to a moment."""

    began_at: datetime
    ended_at: datetime


def due_moment(
    limit: Limit, started_at: datetime, *, pauses: Sequence[Pause] = (), terms: Sequence[Term] = ()
) -> datetime | None:
    """The last moment in time; for `min` the first moment at which it may happen. None where no number is known.

    Limits in days, weeks and months end with a day of England. A pause moves what counts forward: hours by what passed,
    working and school days by such days, other units by calendar days. For `before` the start is the event itself.
    Raises TermDatesMissingError and OutsideCalendarError.
    """
    if limit.kind is Kind.FIXED:
        return end_of(next_fixed(day_of(started_at), limit.fixed_day)) if limit.fixed_day else None
    if limit.length is None or limit.unit is None or limit.kind is Kind.NONE:
        return None
    counts = pauses if limit.kind in FORWARD_KINDS else ()
    if limit.unit in {Unit.HOURS, Unit.WORKING_HOURS}:
        return _hours_due(limit, started_at, counts)
    day = _day_due(limit, day_of(started_at), counts, terms)
    return start_of(day) if limit.kind is Kind.MIN else end_of(day)


def _hours_due(limit: Limit, started_at: datetime, pauses: Sequence[Pause]) -> datetime:
    number = _signed(limit)
    if limit.unit is Unit.HOURS:
        paused = sum((elapsed(pause.began_at, pause.ended_at) for pause in pauses), timedelta())
        return add_hours(started_at, number) + paused
    paused = sum((working_time_between(pause.began_at, pause.ended_at) for pause in pauses), timedelta())
    return add_working_time(started_at, timedelta(hours=number) + paused)


def _day_due(limit: Limit, day: date, pauses: Sequence[Pause], terms: Sequence[Term]) -> date:
    number, spans = _signed(limit), [(day_of(pause.began_at), day_of(pause.ended_at)) for pause in pauses]
    if limit.unit is Unit.WORKING_DAYS:
        return add_working_days(day, number + _counted(spans, working_days_between))
    if limit.unit is Unit.SCHOOL_DAYS:
        return add_school_days(day, number + _counted(spans, lambda a, b: school_days_between(a, b, terms)), terms)
    shift = sum((end - start).days for start, end in spans)
    if limit.unit is Unit.MONTHS:
        return days_later(add_months(day, number, limit.month_ends), shift)
    return days_later(day, number * (7 if limit.unit is Unit.WEEKS else 1) + shift)


def _signed(limit: Limit) -> int:
    length = limit.length or 0
    return -length if limit.kind is Kind.BEFORE else length


def _counted(spans: Sequence[tuple[date, date]], between: Callable[[date, date], int]) -> int:
    return sum(between(start, end) for start, end in spans)


def soon_moment(from_at: datetime, due_at: datetime) -> datetime:
    """From when it is due soon: the last quarter of less than 4 days; else some working days before the day it is due.

    Three of them for less than six weeks, ten for less than 200 days, twenty for longer. Never before `from_at`.
    """
    span = elapsed(from_at, due_at)
    if span < timedelta(days=4):
        return due_at - max(span, timedelta()) / 4
    notice = 3 if span < timedelta(days=42) else 10 if span < timedelta(days=200) else 20
    return max(from_at, start_of(add_working_days(day_of(due_at), -notice)))
