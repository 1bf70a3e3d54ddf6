"""Moving the dates of a return: who may, when, in which order, and what the trail keeps."""

from datetime import date, datetime

import pytest

from tests.indicators.returns_made import entered, opened, whole
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.returns import approve_return, hand_in_published, move_dates, submit_return
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

WHY = "The new system was down for a week."
DUE, CLOSES = date(2026, 11, 10), date(2026, 11, 15)
LATER, LAST = date(2026, 12, 1), date(2026, 12, 20)


@pytest.fixture
def closed(world: World, now: datetime) -> AgencyReturn:
    """Alice's return, empty, a week after its closing date."""
    return opened(world, now, due_on=DUE, closes_on=CLOSES)


def move(
    held: AgencyReturn,
    by: Person,
    now: datetime,
    *,
    due_on: date = LATER,
    closes_on: date | None = LAST,
    reason: str = WHY,
) -> None:
    move_dates(agency_return=held, due_on=due_on, closes_on=closes_on, reason=reason, by=by, now=now)


def assert_unmoved(held: AgencyReturn, due_on: date = DUE, closes_on: date | None = CLOSES) -> None:
    stored = AgencyReturn.objects.get(pk=held.pk)
    assert (stored.due_on, stored.closes_on) == (due_on, closes_on)
    assert not AuditEvent.objects.filter(event=EventType.RETURN_DATES_MOVED).exists()


@pytest.mark.parametrize("kind", [DutyKind.BUSINESS_MANAGER, DutyKind.ANALYST])
def test_move_dates_unlocks_a_closed_return(world: World, closed: AgencyReturn, now: datetime, kind: DutyKind) -> None:
    with pytest.raises(NotAllowedError, match="It closed on 15 November 2026"):
        entered(closed, world.alice, now, *whole())
    move(closed, world.holder[kind], now)
    assert closed.why_locked_on(now.date()) == ""
    entered(closed, world.alice, now, *whole())
    submit_return(agency_return=closed, by=world.alice, now=now)
    stored = AgencyReturn.objects.get(pk=closed.pk)
    assert (stored.due_on, stored.closes_on, stored.state) == (LATER, LAST, "submitted")


def test_move_dates_keeps_before_and_after_on_the_trail(world: World, closed: AgencyReturn, now: datetime) -> None:
    move(closed, world.manager, now, closes_on=None, reason=f"  {WHY} ")
    event = AuditEvent.objects.get(event=EventType.RETURN_DATES_MOVED)
    assert (event.subject, event.actor, event.partnership) == (f"return:{closed.pk}", world.manager.pk, "fairmead")
    assert event.reason == WHY
    assert event.detail == {
        "period": "2026-10",
        "on": "2026-11-22",
        "due_before": "2026-11-10",
        "due_after": "2026-12-01",
        "closes_before": "2026-11-15",
        "closes_after": "never",
    }


@pytest.mark.parametrize("kind", [kind for kind in DutyKind if kind not in {"business_manager", "analyst"}])
def test_move_dates_is_for_who_opens_returns(world: World, closed: AgencyReturn, now: datetime, kind: DutyKind) -> None:
    with pytest.raises(NotAllowedError, match="your duties do not include moving the dates"):
        move(closed, world.holder[kind], now)
    assert_unmoved(closed)


def test_move_dates_by_the_manager_of_another_partnership_is_refused(
    world: World, closed: AgencyReturn, now: datetime
) -> None:
    with pytest.raises(NotAllowedError, match="your duties"):
        move(closed, world.charlie, now)
    assert_unmoved(closed)


@pytest.mark.parametrize(
    ("due_on", "closes_on", "said"),
    [
        (date(2026, 10, 31), LAST, "the due date must not come before the day it opens$"),
        (LATER, date(2026, 11, 30), "the closing date must not come before the due date$"),
        (DUE, CLOSES, "these are the dates that the return has already"),
    ],
)
def test_move_dates_out_of_order_or_nowhere_is_refused(
    world: World, closed: AgencyReturn, now: datetime, due_on: date, closes_on: date, said: str
) -> None:
    with pytest.raises(NotAllowedError, match=said):
        move(closed, world.analyst, now, due_on=due_on, closes_on=closes_on)
    assert_unmoved(closed)


def test_move_dates_may_all_be_one_day(world: World, closed: AgencyReturn, now: datetime) -> None:
    move(closed, world.analyst, now, due_on=closed.opens_on, closes_on=closed.opens_on)
    assert AgencyReturn.objects.get(pk=closed.pk).closes_on == closed.opens_on


def test_move_dates_needs_a_reason(world: World, closed: AgencyReturn, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="say why the dates are moved, in at least 10 characters"):
        move(closed, world.analyst, now, reason="  too late    ")
    assert_unmoved(closed)


def test_move_dates_of_an_approved_return_is_refused_even_when_seen_before(world: World, now: datetime) -> None:
    held = opened(world, now, due_on=DUE)
    entered(held, world.alice, now, *whole())
    submit_return(agency_return=held, by=world.alice, now=now)
    seen_before = AgencyReturn.objects.get(pk=held.pk)
    approve_return(agency_return=held, by=world.analyst, now=now)
    with pytest.raises(NotAllowedError, match="the return is approved, so its dates stay"):
        move(seen_before, world.analyst, now)
    assert_unmoved(held, closes_on=None)


def test_move_dates_of_a_printed_return_is_refused(world: World, now: datetime) -> None:
    held = opened(world, now, due_on=DUE)
    world.fairmead.published_only, world.fairmead.is_invented = True, False
    held.partnership, held.source = world.fairmead, "A printed pack"
    hand_in_published(agency_return=held, by=None, now=now)
    with pytest.raises(NotAllowedError, match="figures as they were printed, so its dates stay"):
        move(held, world.analyst, now)
    assert_unmoved(held, closes_on=None)
