"""While a return is back with its agency, everybody sees it as it was handed in; what is typed since stays inside."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.indicators.handed_in import figure, hand_in
from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.enums import FigureSource
from trefoil.indicators.evidence.findings import Finding
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.holdings import indicators_with_figures
from trefoil.indicators.evidence.observations import Observation
from trefoil.indicators.evidence.stamps import stamp_of
from trefoil.indicators.models import AgencyReturn, Figure
from trefoil.indicators.operations.figures import load_figures
from trefoil.indicators.operations.returns import (
    approve_return,
    open_return,
    query_return,
    reopen_return,
    submit_return,
)
from trefoil.indicators.periods import month
from trefoil.indicators.queries_returns import earlier_rows
from trefoil.indicators.rows import FigureRow, Place, Severity
from trefoil.indicators.rows import Finding as Found

OCTOBER = month(2026, 10)
ASK = "Is the count right? It doubled."
FAULT = Found(Severity.FAULT, "sum", Place(), "Ninety is not the sum.", "90", "100", indicator="CL07", period=OCTOBER)


class Moments:
    """One minute later each time it is asked."""

    def __init__(self, start: datetime) -> None:
        self._at = start

    def next(self) -> datetime:
        self._at += timedelta(minutes=1)
        return self._at


@pytest.fixture
def moments(now: datetime) -> Moments:
    return Moments(now)


@pytest.fixture
def queried(world: World, moments: Moments) -> AgencyReturn:
    """Handed in with 80 of 100, then sent back."""
    held = hand_in(world, [figure("CL07", OCTOBER, 80, 100)], now=moments.next())
    query_return(agency_return=held, reason=ASK, by=world.analyst, now=moments.next())
    return held


def typed(world: World, held: AgencyReturn, at: datetime, *rows: FigureRow, faults: tuple[Found, ...] = ()) -> None:
    load_figures(agency_return=held, rows=rows, findings=faults, source=FigureSource.FORM, by=world.alice, now=at)


def october(world: World) -> Observation:
    return finding(world).returned[-1]


def finding(world: World) -> Finding:
    return gather(world.fairmead, [catalogue()["CL07"]]).findings[0]


def shown_of(held: AgencyReturn) -> list[Decimal | None]:
    return list(Figure.objects.shown().filter(agency_return=held).values_list("numerator", flat=True))


def test_draft_stays_inside_until_it_is_handed_in_again(world: World, queried: AgencyReturn, moments: Moments) -> None:
    typed(world, queried, moments.next(), figure("CL07", OCTOBER, 60, 100))
    typed(world, queried, moments.next(), figure("CL07", OCTOBER, 50, 100))
    seen = october(world)
    assert (seen.value, seen.state, seen.is_restated) == (Decimal("80.0"), "queried", False)
    assert shown_of(queried) == [Decimal(80)]
    submit_return(agency_return=queried, by=world.alice, now=moments.next())
    again = october(world)
    assert (again.value, again.state, again.restated_from) == (Decimal("50.0"), "submitted", Decimal("80.0"))
    assert shown_of(queried) == [Decimal(50)]


def test_new_measure_of_a_draft_is_not_held_yet(world: World, queried: AgencyReturn, moments: Moments) -> None:
    typed(world, queried, moments.next(), figure("FD01", OCTOBER, 3))
    assert indicators_with_figures(world.fairmead) == {"CL07"}
    submit_return(agency_return=queried, by=world.alice, now=moments.next())
    assert indicators_with_figures(world.fairmead) == {"CL07", "FD01"}


def test_approved_figure_stays_while_it_is_corrected(world: World, moments: Moments) -> None:
    held = hand_in(world, [figure("CL07", OCTOBER, 80, 100)], now=moments.next())
    approve_return(agency_return=held, by=world.analyst, now=moments.next())
    reopen_return(agency_return=held, reason=ASK, by=world.analyst, now=moments.next())
    typed(world, held, moments.next(), figure("CL07", OCTOBER, 70, 100))
    assert october(world).value == Decimal("80.0")


def test_second_query_shows_what_was_handed_in_last(world: World, queried: AgencyReturn, moments: Moments) -> None:
    typed(world, queried, moments.next(), figure("CL07", OCTOBER, 60, 100))
    submit_return(agency_return=queried, by=world.alice, now=moments.next())
    query_return(agency_return=queried, reason=ASK, by=world.analyst, now=moments.next())
    typed(world, queried, moments.next(), figure("CL07", OCTOBER, 50, 100))
    seen = october(world)
    assert (seen.value, seen.restated_from) == (Decimal("60.0"), Decimal("80.0"))


def test_draft_put_right_before_it_was_ever_handed_in_is_no_restatement(world: World, moments: Moments) -> None:
    held = open_return(
        partnership=world.fairmead,
        agency=world.social_care,
        title="Corrected in time",
        period=OCTOBER,
        indicators=["CL07"],
        opens_on=OCTOBER.start,
        due_on=month(2026, 12).start,
        by=world.manager,
        now=moments.next(),
    )
    typed(world, held, moments.next(), figure("CL07", OCTOBER, 8, 100))
    typed(world, held, moments.next(), figure("CL07", OCTOBER, 80, 100))
    submit_return(agency_return=held, by=world.alice, now=moments.next())
    assert (october(world).value, october(world).is_restated) == (Decimal("80.0"), False)


def test_faults_of_a_draft_stay_inside_too(world: World, moments: Moments) -> None:
    held = hand_in(world, [figure("CL07", OCTOBER, 80, 100)], now=moments.next(), faults=[FAULT])
    query_return(agency_return=held, reason=ASK, by=world.analyst, now=moments.next())
    assert [fault.message for fault in finding(world).faults] == [FAULT.message]
    typed(world, held, moments.next(), figure("CL07", OCTOBER, 60, 100), faults=(FAULT,))
    assert finding(world).faults == ()
    submit_return(agency_return=held, by=world.alice, now=moments.next())
    assert [fault.message for fault in finding(world).faults] == [FAULT.message]


def test_checks_compare_with_what_was_handed_in(world: World, queried: AgencyReturn, moments: Moments) -> None:
    typed(world, queried, moments.next(), figure("CL07", OCTOBER, 60, 100))
    other = hand_in(world, [figure("FD01", OCTOBER, 3)], now=moments.next())
    assert [row.numerator for row in earlier_rows(other)] == [Decimal(80)]


def test_stamp_notices_a_return_handed_in_and_sent_back_between_two_looks(
    world: World, queried: AgencyReturn, moments: Moments
) -> None:
    typed(world, queried, moments.next(), figure("CL07", OCTOBER, 60, 100))
    before = stamp_of(world.fairmead)
    assert october(world).value == Decimal("80.0")
    submit_return(agency_return=queried, by=world.alice, now=moments.next())
    query_return(agency_return=queried, reason=ASK, by=world.analyst, now=moments.next())
    assert stamp_of(world.fairmead) != before
    assert october(world).value == Decimal("60.0")
