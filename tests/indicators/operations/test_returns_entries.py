"""Figures in: what is kept, what is refused, and what is never overwritten unseen."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.indicators.returns_made import entered, faulty, opened, row, whole
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.indicators.enums import FigureSource
from trefoil.indicators.fingerprint import fingerprint
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.entries import ChangedMeanwhileError, Seen, take_figures
from trefoil.indicators.operations.figures import load_figures
from trefoil.indicators.operations.returns import (
    answer_fault,
    submit_return,
)
from trefoil.indicators.queries_returns import held_rows
from trefoil.indicators.rows import Finding, Place, Severity

ASK = "Please look at the contacts again."


@pytest.fixture
def held(world: World, now: datetime) -> AgencyReturn:
    """Alice's return, filled."""
    made = opened(world, now)
    entered(made, world.alice, now, *whole())
    return made


def test_take_figures_keeps_the_earlier_figure_of_a_restated_one(
    world: World, held: AgencyReturn, now: datetime
) -> None:
    loaded = entered(held, world.bob, now + timedelta(hours=1), row("FD01", 104), row("FD12", 30))
    assert str(loaded) == "0 new, 1 restated, 1 unchanged"
    figure = held.figures.current().get(indicator="FD01")
    assert (figure.numerator, figure.is_restated, figure.entered_by) == (Decimal(104), True, world.bob)
    assert figure.replaces is not None
    assert (figure.replaces.numerator, figure.replaces.entered_by) == (Decimal(100), world.alice)
    assert held.figures.count() == 3


def test_take_figures_twice_changes_nothing(world: World, held: AgencyReturn, now: datetime) -> None:
    before = list(held.figures.values())
    loaded = entered(held, world.alice, now + timedelta(days=1), *whole())
    assert str(loaded) == "0 new, 0 restated, 2 unchanged"
    assert list(held.figures.values()) == before


def test_take_figures_of_a_part_leaves_faults_of_the_rest(world: World, now: datetime) -> None:
    held = opened(world, now)
    entered(held, world.alice, now, *faulty())
    assert [fault.needs_answer for fault in held.faults.filter(severity="fault")] == [True]
    entered(held, world.alice, now, row("FD12", 31))
    assert [fault.needs_answer for fault in held.faults.filter(severity="fault")] == [True]
    entered(held, world.alice, now, row("FD01", 90))
    assert not held.faults.filter(severity="fault").exists()


def test_answer_fault_is_kept_when_the_file_comes_again(world: World, now: datetime) -> None:
    held = opened(world, now)
    entered(held, world.alice, now, *faulty())
    fault = held.faults.get(severity="fault")
    answer_fault(fault=fault, answer="Ten had two outcomes.", by=world.alice, now=now)
    entered(held, world.alice, now + timedelta(hours=1), *faulty())
    again = held.faults.get(severity="fault")
    assert (again.answer, again.answered_by) == ("Ten had two outcomes.", world.alice)
    entered(held, world.alice, now + timedelta(hours=2), *faulty(contacts=95))
    assert held.faults.get(severity="fault").answer == ""


@pytest.mark.parametrize("answer", ["", "too short", "          "])
def test_answer_fault_needs_words(world: World, now: datetime, answer: str) -> None:
    held = opened(world, now)
    entered(held, world.alice, now, *faulty())
    with pytest.raises(NotAllowedError, match="say why the figures stand"):
        answer_fault(fault=held.faults.get(severity="fault"), answer=answer, by=world.alice, now=now)


def test_answer_fault_of_another_agency_is_refused(world: World, now: datetime) -> None:
    held = opened(world, now)
    entered(held, world.alice, now, *faulty())
    with pytest.raises(NotAllowedError, match="only the agency or the analyst"):
        answer_fault(fault=held.faults.get(severity="fault"), answer="They stand.", by=world.dana, now=now)


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"opens_on": date(2026, 12, 1)}, "It opens on 1 December 2026."),
        (
            {"due_on": date(2026, 11, 10), "closes_on": date(2026, 11, 15)},
            "It closed on 15 November 2026. The business",
        ),
    ],
)
def test_take_figures_when_locked_says_why(world: World, now: datetime, dates: dict[str, date], words: str) -> None:
    held = opened(world, now, **dates)
    with pytest.raises(NotAllowedError, match=words):
        entered(held, world.alice, now, *whole())
    assert not held.figures.exists()


def test_take_figures_after_submission_says_who_can_unlock(world: World, held: AgencyReturn, now: datetime) -> None:
    submit_return(agency_return=held, by=world.alice, now=now)
    with pytest.raises(NotAllowedError, match="The analyst can send it back with a query"):
        entered(held, world.alice, now, row("FD01", 7))


def test_take_figures_over_unseen_ones_is_refused(world: World, held: AgencyReturn, now: datetime) -> None:
    seen = Seen(frozenset({"FD01"}), fingerprint(held_rows(held, ["FD01"])))
    entered(held, world.bob, now, row("FD01", 104))
    with pytest.raises(ChangedMeanwhileError, match="while you were typing"):
        take_figures(
            agency_return=held,
            rows=[row("FD01", 99)],
            findings=[],
            source=FigureSource.FORM,
            by=world.alice,
            now=now,
            seen=seen,
        )
    assert held.figures.current().get(indicator="FD01").numerator == Decimal(104)


def test_take_figures_beside_a_change_elsewhere_is_taken(world: World, held: AgencyReturn, now: datetime) -> None:
    seen = Seen(frozenset({"FD01"}), fingerprint(held_rows(held, ["FD01"])))
    entered(held, world.bob, now, row("FD12", 31))
    take_figures(
        agency_return=held,
        rows=[row("FD01", 99)],
        findings=[],
        source=FigureSource.FORM,
        by=world.alice,
        now=now,
        seen=seen,
    )
    assert held.figures.current().get(indicator="FD01").numerator == Decimal(99)


def test_load_figures_with_an_error_stores_nothing(world: World, now: datetime) -> None:
    held = opened(world, now)
    error = Finding(Severity.ERROR, "row-twice", Place(row=3), "two", "one", "Rows 2 and 3 are the same.")
    with pytest.raises(NotAllowedError, match="nothing was stored"):
        load_figures(
            agency_return=held, rows=whole(), findings=[error], source=FigureSource.FILE, by=world.alice, now=now
        )
    assert (held.figures.count(), held.faults.count()) == (0, 0)


def test_answer_fault_is_kept_when_the_parts_come_in_another_order(world: World, now: datetime) -> None:
    held = opened(world, now)
    entered(held, world.alice, now, *(replace(one, place=Place(row=n)) for n, one in enumerate(faulty())))
    answer_fault(fault=held.faults.get(severity="fault"), answer="Ten had two outcomes.", by=world.alice, now=now)
    entered(held, world.alice, now, row("FD12", 33))
    assert held.faults.get(severity="fault").answer == "Ten had two outcomes."
