"""The clocks of a meeting: papers are out before it, minutes go round after it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.clocks.models import Clock
from trefoil.clocks.operations.clocks import start_clock, stop_clock
from trefoil.clocks.operations.keeping import withdraw_clock
from trefoil.clocks.reckoning.calendar import add_working_days
from trefoil.people.models import Person

from ..models import Meeting
from ..queries import cycle_of, day_of

PAPERS, MINUTES = "MT-PAPERS", "MT-MINUTES"
# Working days where the group has set no cycle of its own: the custom that the local rule pack names.
USUAL_PAPERS_DAYS, USUAL_MINUTES_DAYS = 5, 10


def _papers_due_on(meeting: Meeting, days: int) -> date:
    """The day on which the papers have to be out: so many working days before."""
    return add_working_days(day_of(meeting), -days)


@transaction.atomic
def await_papers(*, meeting: Meeting, by: Person, now: datetime) -> Clock:
    """Start the clock of its papers. Whatever clock of papers still ran for it goes."""
    _withdraw_open(meeting, PAPERS, "The meeting was moved to another day.", by=by, now=now)
    cycle = cycle_of(meeting.group)
    return start_clock(
        partnership=meeting.partnership,
        rule_id=PAPERS,
        subject=f"meeting:{meeting.pk}",
        label=f"Papers for {meeting}"[:200],
        started_at=meeting.starts_at,
        due_on=_papers_due_on(meeting, cycle.papers_days if cycle else USUAL_PAPERS_DAYS),
        by=by,
        now=now,
    )


@transaction.atomic
def await_minutes(*, meeting: Meeting, by: Person, now: datetime) -> Clock:
    """Start the clock of its minutes."""
    cycle = cycle_of(meeting.group)
    days = cycle.minutes_days if cycle else USUAL_MINUTES_DAYS
    return start_clock(
        partnership=meeting.partnership,
        rule_id=MINUTES,
        subject=f"meeting:{meeting.pk}",
        label=f"Minutes of {meeting}"[:200],
        started_at=meeting.starts_at,
        due_on=add_working_days(timezone.localdate(meeting.starts_at), days),
        by=by,
        now=now,
    )


@transaction.atomic
def papers_are_out(*, meeting: Meeting, by: Person, now: datetime) -> None:
    """Stop the clock of its papers."""
    for clock in _open(meeting, PAPERS):
        stop_clock(clock=clock, stopped_at=now, by=by, now=now)


@transaction.atomic
def minutes_are_out(*, meeting: Meeting, by: Person, now: datetime) -> None:
    """Stop the clock of its minutes."""
    for clock in _open(meeting, MINUTES):
        stop_clock(clock=clock, stopped_at=now, by=by, now=now)


@transaction.atomic
def papers_are_not_awaited(*, meeting: Meeting, reason: str, by: Person, now: datetime) -> None:
    """Withdraw the clock of its papers: it was cancelled, or held without an agenda that was sent."""
    _withdraw_open(meeting, PAPERS, reason, by=by, now=now)


def _withdraw_open(meeting: Meeting, rule_id: str, reason: str, *, by: Person, now: datetime) -> None:
    for clock in _open(meeting, rule_id):
        withdraw_clock(clock=clock, reason=reason, by=by, now=now)


def _open(meeting: Meeting, rule_id: str) -> list[Clock]:
    known = Clock.objects.filter(partnership=meeting.partnership_id, subject=f"meeting:{meeting.pk}", rule_id=rule_id)
    return list(known.filter(stopped_at__isnull=True, withdrawn_at__isnull=True).select_related("partnership"))
