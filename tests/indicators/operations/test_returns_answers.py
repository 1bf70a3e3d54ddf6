"""An answer to a fault is given once, while the figures are still being looked at, and stands from then on."""

from datetime import date, datetime

import pytest

from tests.indicators.returns_made import entered, faulty, opened
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.enums import ReturnState
from trefoil.indicators.models import AgencyReturn, Fault
from trefoil.indicators.operations.returns import answer_fault, approve_return, query_return, submit_return
from trefoil.people.models import Person

ANSWER = "Ten had two outcomes."
ANOTHER = "Nobody ever counted them."


@pytest.fixture
def fault(world: World, now: datetime) -> Fault:
    """A fault in Alice's open return."""
    held = opened(world, now)
    entered(held, world.alice, now, *faulty())
    return held.faults.get(severity="fault")


def answered(fault: Fault, by: Person, now: datetime, words: str = ANSWER) -> str:
    """Answer a fault; what is then held."""
    answer_fault(fault=fault, answer=words, by=by, now=now)
    return Fault.objects.get(pk=fault.pk).answer


def refused(fault: Fault, by: Person, now: datetime, why: str, words: str = ANOTHER) -> None:
    """Refused in words, with nothing changed and nothing on the trail."""
    before = Fault.objects.filter(pk=fault.pk).values_list("answer", "answered_by").first()
    with pytest.raises(NotAllowedError, match=why):
        answer_fault(fault=fault, answer=words, by=by, now=now)
    assert Fault.objects.filter(pk=fault.pk).values_list("answer", "answered_by").first() == before
    told = AuditEvent.objects.filter(event=EventType.FAULT_ANSWERED).count()
    assert told == (1 if before and before[0] else 0)


def test_answer_is_not_written_over(world: World, fault: Fault, now: datetime) -> None:
    assert answered(fault, world.alice, now) == ANSWER
    for by in (world.alice, world.bob, world.analyst):
        refused(fault, by, now, "already been answered")


def test_answer_stands_after_approval(world: World, fault: Fault, now: datetime) -> None:
    held = fault.agency_return
    assert answered(fault, world.alice, now) == ANSWER
    submit_return(agency_return=held, by=world.alice, now=now)
    approve_return(agency_return=held, by=world.analyst, now=now)
    for by in (world.alice, world.analyst):
        refused(fault, by, now, "approved")


@pytest.mark.parametrize("state", [ReturnState.APPROVED, ReturnState.PRINTED])
def test_fault_of_a_finished_return_takes_no_answer(
    world: World, fault: Fault, now: datetime, state: ReturnState
) -> None:
    AgencyReturn.objects.filter(pk=fault.agency_return_id).update(state=state)
    for by in (world.alice, world.analyst):
        refused(fault, by, now, "no answer")


def test_submitted_return_is_answered_by_the_analyst_alone(world: World, fault: Fault, now: datetime) -> None:
    submit_return(agency_return=fault.agency_return, by=world.alice, now=now)
    refused(fault, world.alice, now, "submitted")
    assert answered(fault, world.analyst, now) == ANSWER


def test_queried_return_is_answered_by_the_agency(world: World, fault: Fault, now: datetime) -> None:
    submit_return(agency_return=fault.agency_return, by=world.alice, now=now)
    query_return(agency_return=fault.agency_return, reason="Please say why.", by=world.analyst, now=now)
    assert answered(fault, world.bob, now) == ANSWER


def test_closed_return_takes_no_answer_of_the_agency(world: World, now: datetime) -> None:
    held = opened(world, now, due_on=date(2026, 11, 10), closes_on=date(2026, 12, 1))
    entered(held, world.alice, now, *faulty())
    fault = held.faults.get(severity="fault")
    refused(fault, world.alice, now.replace(month=12, day=2), "closed on 1 December 2026")


def test_fault_that_went_with_its_figures_is_refused(world: World, fault: Fault, now: datetime) -> None:
    entered(fault.agency_return, world.bob, now, *faulty(contacts=90))
    refused(fault, world.alice, now, "gone")
