"""Starting and stopping clocks, attempts, and a start that turns out to be another. Called by rooms for their records.

A room has checked that the person may do what starts or stops the clock, so here it is only asked whether they belong
to the partnership. `by` is None for a command.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Partnership, Person

from ..enums import ClockMoveKind
from ..keeping import LIMIT, MOMENTS, end_pause, hold_to, note, reckon, wind
from ..models import Clock
from ..queries import limit_held, terms_of
from ..reckoning.calendar import is_working_day
from ..reckoning.counting import nth_in_a_row, nth_in_window
from ..reckoning.days import day_of, end_of
from ..reckoning.kinds import FORWARD_KINDS, Kind, Unit
from ..reckoning.school import is_school_day
from ..rulebook.schema import Trigger
from ..rules import check_may, check_may_answer, check_open


@transaction.atomic
def start_clock(
    *,
    partnership: Partnership,
    rule_id: str,
    subject: str,
    label: str,
    started_at: datetime,
    by: Person | None,
    now: datetime,
    agency: Agency | None = None,
    person: Person | None = None,
    due_on: date | None = None,
    is_restricted: bool = False,
) -> Clock:
    """Start a clock under the edition in force on the start's day, or under the partnership's own length.

    `subject` is a reference (`action:12`); `label` names no child. For a limit `before` an event, `started_at` is the
    event. `due_on` is for rules whose date the record sets. Where no number is known it runs without a date and says
    so. Raises NotAllowedError; LookupError for an unknown rule.
    """
    check_may(Permission.READ_CLOCKS, by, partnership, now)
    clock = Clock(
        partnership=partnership,
        rule_id=rule_id,
        subject=subject,
        label=label,
        agency=agency,
        person=person,
        is_restricted=is_restricted,
    )
    hold_to(clock, started_at=started_at, due_on=due_on)
    reckon(clock)
    clock.save()
    note(clock, ClockMoveKind.STARTED, happened_at=started_at, by=by, now=now)
    _record(EventType.CLOCK_STARTED, clock, by=by, now=now)
    return clock


@transaction.atomic
def start_triggered_clock(
    *,
    partnership: Partnership,
    rule_id: str,
    subject: str,
    label: str,
    moments: Iterable[datetime],
    by: Person | None,
    now: datetime,
    agency: Agency | None = None,
    person: Person | None = None,
    is_restricted: bool = False,
) -> Clock | None:
    """Start the clock of a `trigger` rule once these events come to its count; None before that or when it runs.

    Raises NotAllowedError when the rule has no trigger.
    """
    check_may(Permission.READ_CLOCKS, by, partnership, now)
    trigger = limit_held(partnership, rule_id, timezone.localdate(now)).found.rule.trigger
    if trigger is None:
        raise NotAllowedError(f"{rule_id} is not started by events that add up")
    reached = _reached(trigger, moments, partnership)
    held = Clock.objects.about(subject).under(rule_id).filter(partnership=partnership, withdrawn_at__isnull=True)
    if reached is None or held.filter(started_at__gte=reached).exists() or held.open().exists():
        return None
    return start_clock(
        partnership=partnership,
        rule_id=rule_id,
        subject=subject,
        label=label,
        started_at=reached,
        by=by,
        now=now,
        agency=agency,
        person=person,
        is_restricted=is_restricted,
    )


def _reached(trigger: Trigger, moments: Iterable[datetime], partnership: Partnership) -> datetime | None:
    if trigger.within_days is not None:
        return nth_in_window(moments, count=trigger.count, days=trigger.within_days)
    terms = terms_of(partnership)
    counts = {
        Unit.SCHOOL_DAYS: lambda day: is_school_day(day, terms),
        Unit.WORKING_DAYS: is_working_day,
    }.get(trigger.in_a_row or Unit.CALENDAR_DAYS, lambda _day: True)
    day = nth_in_a_row((day_of(moment) for moment in moments), count=trigger.count, counts=counts)
    return end_of(day) if day else None


@transaction.atomic
def stop_clock(*, clock: Clock, stopped_at: datetime, by: Person | None, now: datetime) -> None:
    """What was owed is done. A pause that is still open ends there. Raises NotAllowedError for one that has ended."""
    check_may(Permission.READ_CLOCKS, by, clock.partnership, now)
    held = Clock.objects.select_for_update().get(pk=clock.pk)
    check_open(held)
    if stopped_at > now:
        raise NotAllowedError("it cannot have been done in the future")
    if Kind(held.kind) in FORWARD_KINDS and stopped_at < held.started_at:
        raise NotAllowedError("it cannot have been done before it started")
    due_before = held.due_at
    if held.paused_at is not None:
        end_pause(held, ended_at=stopped_at, by=by, now=now)
    held.stopped_at = stopped_at
    wind(held)
    held.save(update_fields=MOMENTS)
    note(held, ClockMoveKind.STOPPED, happened_at=stopped_at, by=by, now=now, due_before=due_before)
    _record(EventType.CLOCK_STOPPED, held, by=by, now=now, status=held.status_at(now).value)
    clock.refresh_from_db()


@transaction.atomic
def record_attempt(
    *, clock: Clock, succeeded: bool, attempted_at: datetime, by: Person | None, now: datetime, words: str = ""
) -> None:
    """Something was tried. What failed is written down and stops nothing; what succeeded stops the clock."""
    check_may_answer(clock, by, now)
    if succeeded:
        stop_clock(clock=clock, stopped_at=attempted_at, by=by, now=now)
        return
    held = Clock.objects.select_for_update().get(pk=clock.pk)
    check_open(held)
    if attempted_at > now:
        raise NotAllowedError("it cannot have been tried in the future")
    note(held, ClockMoveKind.ATTEMPTED, happened_at=attempted_at, by=by, now=now, reason=words.strip())
    _record(EventType.CLOCK_ATTEMPTED, held, by=by, now=now, reason=words.strip())


@transaction.atomic
def move_start(
    *,
    clock: Clock,
    by: Person | None,
    now: datetime,
    started_at: datetime | None = None,
    due_on: date | None = None,
    reason: str = "",
) -> None:
    """The start, or the date that the record sets, was another. It is worked out anew; the old date stays to read.

    It may take a clock into another edition. One that has stopped is judged anew. Raises NotAllowedError when it is
    withdrawn.
    """
    check_may(Permission.READ_CLOCKS, by, clock.partnership, now)
    held = Clock.objects.select_for_update().get(pk=clock.pk)
    if held.withdrawn_at is not None:
        raise NotAllowedError("this clock was withdrawn")
    began, due_before = held.started_at, held.due_at
    hold_to(held, started_at=started_at or began, due_on=due_on or held.due_on)
    reckon(held)
    held.save(update_fields=[*LIMIT, *MOMENTS])
    words = "" if held.started_at == began else f"Started {_day(began)} before, {_day(held.started_at)} now."
    note(
        held,
        ClockMoveKind.MOVED,
        happened_at=now,
        by=by,
        now=now,
        due_before=due_before,
        reason=reason.strip(),
        words=words,
    )
    _record(EventType.CLOCK_MOVED, held, by=by, now=now, reason=reason.strip(), was=_iso(due_before))
    clock.refresh_from_db()


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M}"


def _iso(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat() if moment else ""


def _record(
    event: EventType, clock: Clock, *, by: Person | None, now: datetime, reason: str = "", **detail: str
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=clock.partnership.slug,
        subject=clock.reference,
        detail={"rule": clock.rule_id, "about": clock.subject, "due": _iso(clock.due_at), **detail},
        reason=reason,
    )
