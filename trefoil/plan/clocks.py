"""The plan's clocks: the only place where this room starts, moves or stops one.

PL-ACTION runs from the day an action is given to its own date; PL-UPDATE asks for a word on it each quarter once it is
taken on; PL-RETEST runs to the day of a test. Each is about the action (`action:12`).
"""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from trefoil.clocks.models import Clock
from trefoil.clocks.operations.clocks import move_start, start_clock, stop_clock
from trefoil.clocks.operations.keeping import hand_over_clock, withdraw_clock
from trefoil.people.models import Person

from .models import Action, Retest

ACTION, WORD, RETEST = "PL-ACTION", "PL-UPDATE", "PL-RETEST"
WORD_EVERY = timedelta(days=92)
LONGEST_LABEL = 160


def action_given(action: Action, *, by: Person, now: datetime) -> None:
    """The clock to the action's date starts; one that runs already is handed to who has the action now."""
    if not _running(action, ACTION).exists():
        _start(action, ACTION, due_on=action.due_on, by=by, now=now)
    for clock in [*_running(action, ACTION), *_running(action, WORD)]:
        if (clock.agency_id, clock.person_id) != (action.agency_id, action.person_id):
            hand_over_clock(clock=clock, agency=action.agency, person=action.person, by=by, now=now)


def word_awaited(action: Action, *, by: Person, now: datetime) -> None:
    """The last word is told, if one was waited for, and the next is due in a quarter."""
    _stop(_running(action, WORD), by=by, now=now)
    _start(action, WORD, due_on=timezone.localdate(now) + WORD_EVERY, by=by, now=now)


def action_date_moved(action: Action, *, reason: str, by: Person, now: datetime) -> None:
    """The action's clock runs to its new date, and keeps the old one to read."""
    for clock in _running(action, ACTION):
        move_start(clock=clock, due_on=action.due_on, reason=reason[:500], by=by, now=now)


def action_done(action: Action, *, by: Person, now: datetime) -> None:
    """Its own clock and the one for a word stop."""
    _stop(_running(action, ACTION), by=by, now=now)
    _stop(_running(action, WORD), by=by, now=now)


def action_dropped(action: Action, *, reason: str, by: Person, now: datetime) -> None:
    """Nobody owes it any more: refused, or withdrawn. Every clock about it is withdrawn."""
    for clock in Clock.objects.about(action.reference).open():
        withdraw_clock(clock=clock, reason=reason[:500], by=by, now=now)


def word_not_awaited(action: Action, *, reason: str, by: Person, now: datetime) -> None:
    """It has gone to another agency, which owes a word once it has accepted."""
    for clock in _running(action, WORD):
        withdraw_clock(clock=clock, reason=reason[:500], by=by, now=now)


def retest_awaited(retest: Retest, *, by: Person, now: datetime) -> None:
    """The clock to the day of a test starts."""
    _start(retest.action, RETEST, due_on=retest.due_on, by=by, now=now)


def retest_made(retest: Retest, *, by: Person, now: datetime) -> None:
    """The clock to the day of a test stops."""
    _stop(_running(retest.action, RETEST).filter(due_on=retest.due_on), by=by, now=now)


def retest_dropped(retest: Retest, *, reason: str, by: Person, now: datetime) -> None:
    """The test will not be made."""
    for clock in _running(retest.action, RETEST).filter(due_on=retest.due_on)[:1]:
        withdraw_clock(clock=clock, reason=reason[:500], by=by, now=now)


def _running(action: Action, rule_id: str) -> QuerySet[Clock]:
    return Clock.objects.about(action.reference).under(rule_id).open().order_by("pk")


def _start(action: Action, rule_id: str, *, due_on: date, by: Person, now: datetime) -> None:
    start_clock(
        partnership=action.partnership,
        rule_id=rule_id,
        subject=action.reference,
        label=action.title[:LONGEST_LABEL],
        started_at=now,
        due_on=due_on,
        agency=action.agency,
        person=action.person,
        by=by,
        now=now,
    )


def _stop(clocks: QuerySet[Clock], *, by: Person, now: datetime) -> None:
    for clock in clocks[:1]:
        stop_clock(clock=clock, stopped_at=now, by=by, now=now)
