"""A return's life: each move, who may make it, and what it leaves behind."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from tests.indicators.returns_made import entered, faulty, opened, row, whole
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.enums import ReturnState
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.returns import (
    answer_fault,
    approve_return,
    hand_in_published,
    query_return,
    reopen_return,
    submit_return,
)
from trefoil.indicators.queries_returns import late_first
from trefoil.people.enums import DutyKind
from trefoil.people.operations import give_duty

ASK = "Please look at the contacts again."


@pytest.fixture
def held(world: World, now: datetime) -> AgencyReturn:
    """Alice's return, filled."""
    made = opened(world, now)
    entered(made, world.alice, now, *whole())
    return made


def events(held: AgencyReturn) -> list[str]:
    return list(
        AuditEvent.objects.filter(subject=f"return:{held.pk}").order_by("sequence").values_list("event", flat=True)
    )


def test_return_goes_all_the_way_and_back(world: World, held: AgencyReturn, now: datetime) -> None:
    submit_return(agency_return=held, by=world.alice, now=now)
    query_return(agency_return=held, reason=ASK, by=world.analyst, now=now)
    submit_return(agency_return=held, by=world.bob, now=now, reason="Looked at; they are right.")
    approve_return(agency_return=held, by=world.analyst, now=now)
    reopen_return(agency_return=held, reason="A late admission came in.", by=world.analyst, now=now)
    held.refresh_from_db()
    assert held.state == ReturnState.QUERIED
    assert list(held.moves.values_list("to_state", flat=True)) == [
        "open",
        "submitted",
        "queried",
        "submitted",
        "approved",
        "queried",
    ]
    assert events(held) == [
        EventType.RETURN_OPENED,
        EventType.RETURN_LOADED,
        EventType.RETURN_SUBMITTED,
        EventType.RETURN_QUERIED,
        EventType.RETURN_SUBMITTED,
        EventType.RETURN_APPROVED,
        EventType.RETURN_REOPENED,
    ]


@pytest.mark.parametrize("move", [query_return, approve_return, reopen_return])
def test_move_from_the_wrong_status_is_refused(
    world: World, held: AgencyReturn, now: datetime, move: Callable[..., None]
) -> None:
    before = AuditEvent.objects.count()
    reason = {} if move is approve_return else {"reason": ASK}
    with pytest.raises(NotAllowedError, match="the return is open, so this cannot be done now"):
        move(agency_return=held, by=world.analyst, now=now, **reason)
    assert AuditEvent.objects.count() == before


def test_submit_return_twice_is_refused(world: World, held: AgencyReturn, now: datetime) -> None:
    submit_return(agency_return=held, by=world.alice, now=now)
    with pytest.raises(NotAllowedError, match="submitted, so this cannot"):
        submit_return(agency_return=held, by=world.bob, now=now)


def test_submit_return_that_moved_behind_ones_back_is_refused(world: World, held: AgencyReturn, now: datetime) -> None:
    stale = AgencyReturn.objects.get(pk=held.pk)
    submit_return(agency_return=held, by=world.alice, now=now)
    with pytest.raises(NotAllowedError, match="in the meantime"):
        submit_return(agency_return=stale, by=world.bob, now=now)


def test_submit_return_of_another_agency_is_refused(world: World, held: AgencyReturn, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="only Fairmead Children's Services can submit"):
        submit_return(agency_return=held, by=world.dana, now=now)
    with pytest.raises(NotAllowedError, match="your duties"):
        submit_return(agency_return=held, by=world.analyst, now=now)


def test_submit_return_without_figures_is_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="no figures in this return"):
        submit_return(agency_return=opened(world, now), by=world.alice, now=now)


def test_submit_return_needs_each_figure_or_its_reason(world: World, now: datetime) -> None:
    held = opened(world, now)
    entered(held, world.alice, now, row("FD01", 100))
    with pytest.raises(NotAllowedError, match="1 figure that is asked for has neither an amount nor a reason"):
        submit_return(agency_return=held, by=world.alice, now=now)
    entered(held, world.alice, now, row("FD12", None, reason="The new system cannot count them yet."))
    submit_return(agency_return=held, by=world.alice, now=now)
    assert held.state == ReturnState.SUBMITTED


@pytest.mark.parametrize("who", ["entered", "submitted"])
def test_approve_return_is_never_by_who_entered_or_submitted(world: World, now: datetime, who: str) -> None:
    held = opened(world, now)
    give_duty(
        person=world.analyst,
        partnership=world.fairmead,
        kind=DutyKind.AGENCY_RETURNS,
        agency=world.social_care,
        starts_on=date(2026, 1, 1),
        by=None,
        now=now,
    )
    entered(held, world.analyst if who == "entered" else world.alice, now, *whole())
    submit_return(agency_return=held, by=world.alice if who == "entered" else world.analyst, now=now)
    with pytest.raises(NotAllowedError, match="somebody other than the person"):
        approve_return(agency_return=held, by=world.analyst, now=now)
    assert AgencyReturn.objects.get(pk=held.pk).state == ReturnState.SUBMITTED


def test_approve_return_waits_for_answers(world: World, now: datetime) -> None:
    held = opened(world, now)
    entered(held, world.alice, now, *faulty())
    submit_return(agency_return=held, by=world.alice, now=now)
    with pytest.raises(NotAllowedError, match="1 fault in the figures must be answered first"):
        approve_return(agency_return=held, by=world.analyst, now=now)
    answer_fault(fault=held.faults.get(severity="fault"), answer="Ten had two outcomes.", by=world.analyst, now=now)
    approve_return(agency_return=held, by=world.analyst, now=now)
    assert held.state == ReturnState.APPROVED


def test_late_return_is_not_locked(world: World, now: datetime) -> None:
    held = opened(world, now, due_on=date(2026, 11, 10))
    assert held.is_late_on(now.date())
    assert held.why_locked_on(now.date()) == ""
    entered(held, world.alice, now, *whole())
    submit_return(agency_return=held, by=world.alice, now=now)
    assert not held.is_late_on(now.date())


def test_hand_in_published_is_for_published_partnerships_alone(world: World, held: AgencyReturn, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="only a printed source"):
        hand_in_published(agency_return=held, by=None, now=now)
    world.fairmead.published_only = True
    world.fairmead.is_invented = False
    held.partnership, held.source = world.fairmead, "A printed pack"
    hand_in_published(agency_return=held, by=None, now=now)
    assert AgencyReturn.objects.get(pk=held.pk).state == ReturnState.PRINTED
    assert events(held)[-1] == EventType.RETURN_SUBMITTED


def test_late_first_puts_late_before_due_before_the_rest(world: World, now: datetime) -> None:
    due = opened(world, now, title="Due")
    late = opened(world, now, title="Late", due_on=date(2026, 11, 20))
    later = opened(world, now, title="Longest late", due_on=date(2026, 11, 5))
    done = opened(world, now, title="Done", due_on=date(2026, 11, 2))
    entered(done, world.alice, now, *whole())
    submit_return(agency_return=done, by=world.alice, now=now)
    found = late_first(AgencyReturn.objects.all(), now.date())
    assert list(found) == [later, late, due, done]
