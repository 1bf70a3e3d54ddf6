"""What is done to a clock while it runs, and afterwards: pause, go on, hand over, explain, withdraw."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Person

from ..enums import ClockMoveKind
from ..keeping import MOMENTS, end_pause, note, wind
from ..models import Clock
from ..reckoning.kinds import Kind
from ..rules import check_may, check_may_answer, check_open, check_reason, why_no_explanation, why_no_pause
from .clocks import start_clock, stop_clock


@transaction.atomic
def pause_clock(*, clock: Clock, reason: str, by: Person | None, now: datetime) -> None:
    """Stop counting, with a reason. Raises NotAllowedError when the rule knows no pause or it hangs on a date."""
    check_may(Permission.MANAGE_CLOCKS, by, clock.partnership, now)
    reason = check_reason(reason, "say why it pauses")
    held = Clock.objects.select_for_update().get(pk=clock.pk)
    if why := why_no_pause(held, now):
        raise NotAllowedError(why)
    if now < held.started_at:
        raise NotAllowedError("it has not started yet")
    held.paused_at = now
    wind(held)
    held.save(update_fields=MOMENTS)
    note(held, ClockMoveKind.PAUSED, happened_at=now, by=by, now=now, due_before=held.due_at, reason=reason)
    _record(EventType.CLOCK_PAUSED, held, by=by, now=now, reason=reason)
    clock.refresh_from_db()


@transaction.atomic
def resume_clock(*, clock: Clock, by: Person | None, now: datetime) -> None:
    """Count again. What is due moves by what the pause lasted. Raises NotAllowedError when it is not paused."""
    check_may(Permission.MANAGE_CLOCKS, by, clock.partnership, now)
    held = Clock.objects.select_for_update().get(pk=clock.pk)
    check_open(held)
    if held.paused_at is None:
        raise NotAllowedError("this clock is not paused")
    end_pause(held, ended_at=now, by=by, now=now)
    held.save(update_fields=MOMENTS)
    _record(EventType.CLOCK_RESUMED, held, by=by, now=now)
    clock.refresh_from_db()


@transaction.atomic
def stop_and_start_next(*, clock: Clock, stopped_at: datetime, by: Person | None, now: datetime) -> Clock:
    """What comes again was done: this clock stops, and the next one starts from there, for the same owner."""
    if clock.kind != Kind.INTERVAL:
        raise NotAllowedError("this does not come again, so there is no next clock to start")
    stop_clock(clock=clock, stopped_at=stopped_at, by=by, now=now)
    return start_clock(
        partnership=clock.partnership,
        rule_id=clock.rule_id,
        subject=clock.subject,
        label=clock.label,
        started_at=stopped_at,
        by=by,
        now=now,
        agency=clock.agency,
        person=clock.person,
        is_restricted=clock.is_restricted,
    )


@transaction.atomic
def hand_over_clock(
    *,
    clock: Clock,
    by: Person | None,
    now: datetime,
    agency: Agency | None = None,
    person: Person | None = None,
    reason: str = "",
) -> None:
    """Somebody else owes it from now on: an agency, a person, or both. Raises NotAllowedError when it has ended."""
    check_may(Permission.READ_CLOCKS, by, clock.partnership, now)
    if agency is None and person is None:
        raise NotAllowedError("say who owes it from now on")
    held = Clock.objects.select_for_update(of=("self",)).select_related("agency", "person").get(pk=clock.pk)
    check_open(held)
    words = f"From {_owner(held.agency, held.person)} to {_owner(agency, person)}."
    held.agency, held.person = agency, person
    held.save(update_fields=["agency", "person"])
    reason = reason.strip()
    note(held, ClockMoveKind.HANDED_OVER, happened_at=now, by=by, now=now, reason=reason, words=words[:300])
    _record(EventType.CLOCK_HANDED_OVER, held, by=by, now=now, reason=reason)
    clock.refresh_from_db()


def _owner(agency: Agency | None, person: Person | None) -> str:
    names = [str(one) for one in (person, agency) if one is not None]
    return ", ".join(names) or "nobody"


@transaction.atomic
def explain_breach(*, clock: Clock, reason: str, by: Person | None, now: datetime) -> None:
    """Say why it was late, or too early. Later words are added, none is overwritten."""
    check_may_answer(clock, by, now)
    reason = check_reason(reason, "say why it was late")
    held = Clock.objects.select_for_update().get(pk=clock.pk)
    if why := why_no_explanation(held, now):
        raise NotAllowedError(why)
    held.explained_at = now
    held.save(update_fields=["explained_at"])
    note(held, ClockMoveKind.EXPLAINED, happened_at=now, by=by, now=now, due_before=held.due_at, reason=reason)
    _record(EventType.CLOCK_EXPLAINED, held, by=by, now=now, reason=reason)
    clock.refresh_from_db()


@transaction.atomic
def withdraw_clock(*, clock: Clock, reason: str, by: Person | None, now: datetime) -> None:
    """It should not have run, or what it was about is gone. It stays to read, with the reason, and counts nowhere."""
    check_may(Permission.READ_CLOCKS, by, clock.partnership, now)
    reason = check_reason(reason, "say why it is withdrawn")
    held = Clock.objects.select_for_update().get(pk=clock.pk)
    check_open(held)
    held.withdrawn_at, held.paused_at = now, None
    wind(held)
    held.save(update_fields=MOMENTS)
    note(held, ClockMoveKind.WITHDRAWN, happened_at=now, by=by, now=now, due_before=held.due_at, reason=reason)
    _record(EventType.CLOCK_WITHDRAWN, held, by=by, now=now, reason=reason)
    clock.refresh_from_db()


def _record(event: EventType, clock: Clock, *, by: Person | None, now: datetime, reason: str = "") -> None:
    due = timezone.localtime(clock.due_at).isoformat() if clock.due_at else ""
    record(
        event=event,
        by=by,
        now=now,
        partnership=clock.partnership.slug,
        subject=clock.reference,
        detail={"rule": clock.rule_id, "about": clock.subject, "due": due},
        reason=reason,
    )
