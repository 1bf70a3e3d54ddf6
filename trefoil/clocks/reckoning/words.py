"""A limit, a date and a distance in words, and how a date is worked out, sentence by sentence. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from .calendar import add_working_days, holidays_between, is_working_day
from .days import LONDON, day_of, end_of
from .due import Pause, due_moment
from .hours import elapsed
from .kinds import Kind, Limit, MonthEnds, Unit
from .school import Term, TermDatesMissingError, add_school_days

_BY_THE_END = "It is due by the end of that day."


def day_words(day: date) -> str:
    """`3 March 2026`."""
    return f"{day:%-d %B %Y}"


def weekday_words(day: date) -> str:
    """`Tuesday 3 March 2026`."""
    return f"{day:%A %-d %B %Y}"


def moment_words(moment: datetime) -> str:
    """The day alone where a moment is its first or last; else with the time in England: `3 March 2026, 14:05`."""
    here = moment.astimezone(LONDON)
    whole = here == end_of(here.date()) or (here.hour, here.minute, here.second) == (0, 0, 0)
    return day_words(here.date()) if whole else f"{here:%-d %B %Y, %H:%M}"


def distance_words(due_at: datetime, now: datetime) -> str:
    """How far off something is: `in 3 days`, `today`, `2 days late`; hours for what is due at an hour within a day."""
    days = (day_of(due_at) - day_of(now)).days
    if due_at != end_of(day_of(due_at)) and abs(elapsed(now, due_at)) < timedelta(hours=24):
        hours = int(abs(elapsed(now, due_at)) // timedelta(hours=1))
        said = f"{hours} hour{'s' * (hours != 1)}" if hours else "less than an hour"
        return f"in {said}" if due_at >= now else f"{said} late"
    if days < 0:
        return f"{-days:,} day{'s' * (days != -1)} late"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days:,} days")


def how_worked_out(
    limit: Limit, started_at: datetime, *, pauses: Sequence[Pause] = (), terms: Sequence[Term] = ()
) -> list[str]:
    """The way from the start to the date, a sentence a step. Raises OutsideCalendarError."""
    if limit.kind is Kind.FIXED:
        due_at = due_moment(limit, started_at)
        start = f"It starts on {weekday_words(day_of(started_at))}."
        if due_at is None:
            return [start, "The record that it is about sets the date."]
        return [start, f"The next such day of a year is {weekday_words(day_of(due_at))}. {_BY_THE_END}"]
    if limit.kind is Kind.NONE or limit.length is None or limit.unit is None:
        return ["No number is known, so there is no date. A local limit gives it one."]
    try:
        due_at = due_moment(limit, started_at, pauses=pauses, terms=terms)
    except TermDatesMissingError as missing:
        return [f"School days are counted, and {missing}. There is no date until somebody enters the terms."]
    assert due_at is not None
    return [_begins(limit, started_at), *_steps(limit, started_at, due_at, terms), *_paused(pauses)]


def _begins(limit: Limit, started_at: datetime) -> str:
    day = weekday_words(day_of(started_at))
    if limit.unit in {Unit.HOURS, Unit.WORKING_HOURS}:
        return f"It starts on {day} at {started_at.astimezone(LONDON):%H:%M}."
    return f"Day 0 is {day}, the day of the event." if limit.kind is Kind.BEFORE else f"Day 0 is {day}, when it starts."


def _steps(limit: Limit, started_at: datetime, due_at: datetime, terms: Sequence[Term]) -> list[str]:
    start, end = day_of(started_at), day_of(due_at)
    if limit.unit is Unit.WORKING_DAYS:
        return [*_counted_days(limit, start, end), *_left_out(start, end), _last(limit, end)]
    if limit.unit is Unit.SCHOOL_DAYS:
        first = weekday_words(add_school_days(start, 1, terms))
        return [f"Day 1 is the next school day, {first}. Days outside the terms do not count.", _last(limit, end)]
    if limit.unit in {Unit.HOURS, Unit.WORKING_HOURS}:
        return [_hours(limit, due_at)]
    return [_plain_days(limit, start), _last(limit, end)]


def _counted_days(limit: Limit, start: date, end: date) -> list[str]:
    step = -1 if limit.kind is Kind.BEFORE else 1
    way = "the last working day before it" if step < 0 else "the first working day after it"
    said = [] if is_working_day(start) else ["That is not a working day, which changes nothing."]
    if end == start:
        return said
    return [*said, f"Day 1 is {way}, {weekday_words(add_working_days(start, step))}."]


def _left_out(start: date, end: date) -> list[str]:
    first, last = min(start, end), max(start, end) - timedelta(days=start > end)
    found = [f"{day:%-d %B}" for day in holidays_between(first, last)]
    if not found:
        return ["Saturdays and Sundays do not count."]
    listed = " and ".join(filter(None, [", ".join(found[:-1]), found[-1]]))
    fall = "falls" if len(found) == 1 else "fall"
    return [f"Saturdays, Sundays and bank holidays do not count; of these, {listed} {fall} between."]


def _plain_days(limit: Limit, start: date) -> str:
    words, before = limit.words, limit.kind is Kind.BEFORE
    if limit.unit is not Unit.MONTHS:
        return f"{words} {'back from' if before else 'on from'} that day, every day counted."
    if limit.month_ends is MonthEnds.END_OF_MONTH:
        return f"It runs to the last day of the month that is {words} later."
    said = f"{words} {'before' if before else 'later'} is the same day of the month"
    return f"{said}; where a month has no such day, its last day." if start.day > 28 else f"{said}."


def _hours(limit: Limit, due_at: datetime) -> str:
    end = due_at.astimezone(LONDON)
    in_office = limit.unit is Unit.WORKING_HOURS
    how = "of nine to five on working days" if in_office else "that pass, nights and weekends too,"
    return f"{limit.words} {how} end on {weekday_words(end.date())} at {end:%H:%M}."


def _last(limit: Limit, end: date) -> str:
    if limit.kind is Kind.MIN:
        return f"That is {weekday_words(end)}. It may happen from that day on."
    if limit.unit in {Unit.WORKING_DAYS, Unit.SCHOOL_DAYS}:
        return f"Day {limit.length} is {weekday_words(end)}. {_BY_THE_END}"
    return f"That is {weekday_words(end)}. {_BY_THE_END}"


def _paused(pauses: Sequence[Pause]) -> list[str]:
    if not pauses:
        return []
    stretches = [f"{moment_words(pause.began_at)} to {moment_words(pause.ended_at)}" for pause in pauses]
    return [f"What passed while it was paused does not count: {'; '.join(stretches)}."]
