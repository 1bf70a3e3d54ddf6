"""What a clock's columns come to when something about it changes. Called by operations, inside their transactions."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.people.models import Partnership, Person

from .enums import ClockMoveKind
from .models import Clock, ClockMove
from .queries import HeldLimit, limit_held, pauses_of, terms_of
from .reckoning.calendar import OutsideCalendarError
from .reckoning.days import end_of
from .reckoning.due import Pause, due_moment, soon_moment
from .reckoning.kinds import Kind, Limit, MonthEnds, Unit
from .reckoning.school import Term, TermDatesMissingError
from .rulebook.loader import RuleNotInForceError, rulebook

MOMENTS = ["due_at", "soon_at", "next_at", "paused_at", "stopped_at", "withdrawn_at"]
LIMIT = ["edition", "kind", "length", "unit", "local_limit", "due_on", "started_at"]

# A limit before an event has no start of its own to take its notice from.
LOOK_AHEAD = timedelta(days=30)


def held_or_refused(partnership: Partnership, rule_id: str, day: date) -> HeldLimit:
    """The limit for what starts on a day. Raises NotAllowedError when no edition held, LookupError for no such rule."""
    try:
        return limit_held(partnership, rule_id, day)
    except RuleNotInForceError as error:
        raise NotAllowedError(str(error)) from error


def hold_to(clock: Clock, *, started_at: datetime, due_on: date | None) -> None:
    """Put the clock under the limit in force where it starts. Raises NotAllowedError for a date that it cannot take."""
    held = held_or_refused(clock.partnership, clock.rule_id, timezone.localdate(started_at))
    rule = held.found.rule
    if due_on is not None and not rule.dated_by_record:
        raise NotAllowedError(f"the date of “{rule.name}” is worked out, and cannot be given")
    if due_on is None and rule.kind is Kind.FIXED and not rule.fixed_day:
        raise NotAllowedError(f"“{rule.name}” needs the date that the record sets")
    limit = held.limit
    clock.edition, clock.local_limit, clock.started_at, clock.due_on = (
        held.found.edition.id,
        held.local,
        started_at,
        due_on,
    )
    clock.kind, clock.length, clock.unit = limit.kind, limit.length, limit.unit or ""


def limit_of(clock: Clock) -> Limit:
    """The limit as the clock keeps it; what has no column comes from its rule."""
    national = rulebook().of_edition(clock.rule_id, clock.edition).rule.limit
    unit = Unit(clock.unit) if clock.unit else None
    month_ends = national.month_ends if unit is Unit.MONTHS else MonthEnds.SAME_DAY
    return Limit(Kind(clock.kind), clock.length, unit, month_ends, national.fixed_day)


def reckon(clock: Clock) -> None:
    """Work out its moments anew from its start, limit and pauses. Raises NotAllowedError outside the calendar."""
    pauses = pauses_of(clock) if clock.pk else []
    terms = terms_of(clock.partnership) if clock.unit == Unit.SCHOOL_DAYS else ()
    try:
        clock.due_at = due_of(clock, pauses, terms)
    except OutsideCalendarError as error:
        raise NotAllowedError(str(error)) from error
    clock.soon_at = None
    if clock.due_at is not None:
        before = clock.due_at - LOOK_AHEAD if clock.kind == Kind.BEFORE else clock.started_at
        clock.soon_at = soon_moment(min(before, clock.due_at), clock.due_at)
    wind(clock)


def due_of(clock: Clock, pauses: list[Pause], terms: tuple[Term, ...]) -> datetime | None:
    """When it is due; None where no number is known or the school terms do not reach."""
    if clock.due_on is not None:
        return end_of(clock.due_on)
    try:
        return due_moment(limit_of(clock), clock.started_at, pauses=pauses, terms=terms)
    except TermDatesMissingError:
        return None


def wind(clock: Clock) -> None:
    """Set when `run_clocks` has something to say of it next: when it is due soon, then when it is late."""
    says = clock.is_open and clock.paused_at is None and clock.due_at is not None
    clock.next_at = (clock.due_at if clock.kind == Kind.MIN else clock.soon_at) if says else None


def note(
    clock: Clock,
    kind: ClockMoveKind,
    *,
    happened_at: datetime,
    by: Person | None,
    now: datetime,
    due_before: datetime | None = None,
    reason: str = "",
    words: str = "",
) -> ClockMove:
    """Write down one thing done to a clock. What is due after it is what the clock says now."""
    return ClockMove.objects.create(
        clock=clock,
        kind=kind,
        happened_at=happened_at,
        due_before=due_before,
        due_after=clock.due_at,
        reason=reason,
        words=words,
        written_at=now,
        written_by=by,
    )


def end_pause(clock: Clock, *, ended_at: datetime, by: Person | None, now: datetime) -> None:
    """Let a paused clock go on from a moment, and work out what is due anew."""
    due_before, clock.paused_at = clock.due_at, None
    move = note(clock, ClockMoveKind.RESUMED, happened_at=ended_at, by=by, now=now, due_before=due_before)
    reckon(clock)
    ClockMove.objects.filter(pk=move.pk).update(due_after=clock.due_at)


def reckon_again(clocks: QuerySet[Clock], by: Person | None, now: datetime, words: str) -> int:
    """Work each out anew and say so where its date has moved. Returns how many have."""
    moved = 0
    for clock in clocks.select_for_update(of=("self",)).select_related("partnership"):
        due_before = clock.due_at
        hold_to(clock, started_at=clock.started_at, due_on=clock.due_on)
        reckon(clock)
        clock.save(update_fields=[*LIMIT, *MOMENTS])
        if clock.due_at != due_before:
            note(clock, ClockMoveKind.RECKONED, happened_at=now, by=by, now=now, due_before=due_before, words=words)
            moved += 1
    return moved
