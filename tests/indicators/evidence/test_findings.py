"""What is known of an indicator, put together from what agencies returned and what is published."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.indicators.handed_in import ENGLAND, figure, hand_in, months_of, people_aged_0_to_17, publish, surround
from tests.world import World
from trefoil.indicators.calculation.targets import Rag
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.evidence.findings import Finding
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.observations import Origin
from trefoil.indicators.operations.steering import set_target, write_commentary
from trefoil.indicators.periods import month, reporting_year
from trefoil.indicators.rows import Finding as Fault
from trefoil.indicators.rows import Place, Severity

OCTOBER = month(2026, 10)
ASKED = 13


@pytest.fixture
def find(world: World) -> Callable[[str], Finding]:
    """`find(id)`: the finding in Fairmead as it is now."""
    return lambda indicator: gather(world.fairmead, [catalogue()[indicator]]).findings[0]


def test_gather_takes_the_newest_month_and_works_out_its_value(
    world: World, now: datetime, find: Callable[[str], Finding]
) -> None:
    hand_in(world, months_of("CL07", [80, 90], 100), now=now)
    found = find("CL07")
    assert (found.latest.period, found.latest.value) == (OCTOBER, Decimal("90.0")) if found.latest else False
    assert found.change_words == "up 10.0 points, better"
    assert found.latest.state == "submitted"


def test_gather_does_not_show_an_open_return(world: World, now: datetime, find: Callable[[str], Finding]) -> None:
    handed = hand_in(world, months_of("CL07", [80], 100), now=now)
    handed.state = "open"
    handed.save()
    assert find("CL07").series == ()


def test_gather_sees_a_new_figure_and_a_new_status(world: World, now: datetime, find: Callable[[str], Finding]) -> None:
    hand_in(world, months_of("CL07", [80], 100), now=now)
    assert find("CL07").latest.value == Decimal("80.0")  # type: ignore[union-attr]
    hand_in(world, [figure("CL07", OCTOBER, 70, 100)], now=now, approved=True)
    latest = find("CL07").latest
    assert latest is not None
    assert (latest.value, latest.state, latest.is_restated) == (Decimal("70.0"), "approved", True)
    assert latest.restated_from == Decimal("80.0")


def test_missing_figure_says_so(world: World, now: datetime, find: Callable[[str], Finding]) -> None:
    hand_in(world, [figure("CL07", OCTOBER, missing="System change in October")], now=now)
    found = find("CL07")
    assert found.is_missing
    assert found.needs_attention
    assert found.words == "no figure returned"
    assert found.summary.missing


def test_target_that_held_in_the_period_is_taken(world: World, now: datetime, find: Callable[[str], Finding]) -> None:
    hand_in(world, months_of("CL07", [85], 100), now=now)
    for value, starts in (("80", date(2020, 4, 1)), ("90", date(2026, 4, 1)), ("99", date(2026, 11, 1))):
        set_target(
            partnership=world.fairmead,
            indicator="CL07",
            value=Decimal(value),
            tolerance=Decimal(2),
            starts_on=starts,
            by=world.analyst,
            now=now,
        )
    found = find("CL07")
    assert found.target is not None
    assert found.target.value == 90
    assert found.rag is Rag.RED
    assert found.rag_words == "below target"
    assert found.variance == Decimal("-5.6")
    assert len(found.targets) == 3


def test_definition_brings_a_target_where_none_is_set(
    world: World, now: datetime, find: Callable[[str], Finding]
) -> None:
    hand_in(world, [figure("LG03", OCTOBER, value="44.7")], now=now)
    found = find("LG03")
    assert found.target is not None
    assert found.target.value == 26
    assert found.targets == ()
    assert found.rag is Rag.RED


def test_published_year_stands_where_nothing_newer_was_returned(
    world: World, now: datetime, find: Callable[[str], Finding]
) -> None:
    near = surround(world.fairmead.area, now=now)
    publish("CPP_rate", {world.fairmead.area.code: ["30", "24"], ENGLAND: ["43", "41.1"], "R1": ["36", "35"]}, now=now)
    publish("CPP_rate", {near[0]: ["20"], near[1]: ["40"], near[2]: ["c"]}, now=now)
    found = find("CP02")
    assert found.origin is Origin.PUBLISHED
    assert found.latest is not None
    assert found.latest.period == reporting_year(2025)
    assert found.beside is not None
    assert (found.beside.england, found.beside.region) == (Decimal("41.1"), Decimal(35))
    assert (found.beside.neighbours.mean, found.beside.neighbours.median) == (Decimal(30), Decimal(30))
    assert found.beside.neighbours.words == "2 of 3 neighbours"
    assert found.beside.rank is not None
    assert found.beside.rank.words == "2nd highest of 3"


def test_returned_months_newer_than_the_published_year_are_shown_and_both_are_kept(
    world: World, now: datetime, find: Callable[[str], Finding]
) -> None:
    surround(world.fairmead.area, now=now)
    people_aged_0_to_17(world.fairmead.area, 2026, 50_000)
    publish("CPP_rate", {world.fairmead.area.code: ["30", "24"]}, now=now)
    hand_in(world, [figure("CP01", OCTOBER, 150)], now=now)
    found = find("CP02")
    assert found.origin is Origin.RETURNED
    assert found.latest is not None
    assert found.latest.value == Decimal("30.0")
    assert len(found.published) == 2


def test_hidden_published_figure_is_not_called_unreturned(
    world: World, now: datetime, find: Callable[[str], Finding]
) -> None:
    surround(world.fairmead.area, now=now)
    publish("CPP_rate", {world.fairmead.area.code: ["30", "c"]}, now=now)
    found = find("CP02")
    assert found.words == "not published"
    assert found.latest is not None
    assert found.latest.why_missing == "hidden by the publisher, marked c: confidential"


def test_withheld_figure_stands_beside_the_newest_of_others(
    world: World, now: datetime, find: Callable[[str], Finding]
) -> None:
    near = surround(world.fairmead.area, now=now)
    publish("CPP_rate", {world.fairmead.area.code: ["30", "c"], ENGLAND: ["43", "41"], near[0]: ["10", "20"]}, now=now)
    beside = find("CP02").beside
    assert beside is not None
    assert (beside.observation.period, beside.observation.value) == (reporting_year(2025), None)
    assert (beside.england, beside.neighbours.median, beside.rank) == (Decimal(41), Decimal(20), None)


def test_mark_of_a_year_nobody_has_yet_is_passed_over(
    world: World, now: datetime, find: Callable[[str], Finding]
) -> None:
    surround(world.fairmead.area, now=now)
    publish("CPP_rate", {world.fairmead.area.code: ["30", "x"], ENGLAND: ["43", "x"]}, now=now)
    beside = find("CP02").beside
    assert beside is not None
    assert (beside.observation.value, beside.england) == (Decimal(30), Decimal(43))


def test_target_does_not_hold_for_a_published_measure_that_differs(
    world: World, now: datetime, find: Callable[[str], Finding]
) -> None:
    surround(world.fairmead.area, now=now)
    publish("CareLeaverEET", {world.fairmead.area.code: ["60", "64"]}, now=now)
    set_target(
        partnership=world.fairmead,
        indicator="CV02",
        value=Decimal(95),
        tolerance=Decimal(0),
        starts_on=date(2020, 4, 1),
        by=world.analyst,
        now=now,
    )
    found = find("CV02")
    assert found.is_other_measure
    assert found.rag is Rag.NONE
    assert found.change_words == "up 4 points, better"


def test_only_faults_without_an_answer_in_returns_handed_in_are_shown(
    world: World, now: datetime, find: Callable[[str], Finding]
) -> None:
    fault = Fault(Severity.FAULT, "parts", Place(), "118", "128", "The parts add up to 118.", "CL01", "", OCTOBER)
    handed = hand_in(world, [figure("CL01", OCTOBER, 128)], now=now, faults=[fault])
    assert [one.message for one in find("CL01").faults] == ["The parts add up to 118."]
    handed.faults.update(answer="Ten were moved on the last day.", answered_at=now, answered_by=world.alice)
    assert find("CL01").faults == ()


def test_fault_of_a_return_is_not_laid_at_a_newer_published_figure(
    world: World, now: datetime, find: Callable[[str], Finding]
) -> None:
    surround(world.fairmead.area, now=now)
    fault = Fault(Severity.FAULT, "parts", Place(), "118", "128", "The parts add up to 118.", "CP01", "", OCTOBER)
    hand_in(world, [figure("CP01", month(2024, 10), 128)], now=now, faults=[fault])
    assert find("CP01").open_faults == find("CP01").faults != ()
    publish("CPP_Num", {world.fairmead.area.code: ["130", "135"]}, now=now)
    found = find("CP01")
    assert found.origin is Origin.PUBLISHED
    assert len(found.faults) == 1
    assert found.open_faults == ()
    assert not found.needs_attention


def test_latest_commentary_comes_first(world: World, now: datetime, find: Callable[[str], Finding]) -> None:
    hand_in(world, months_of("CL07", [80, 90], 100), now=now)
    for period, says in ((month(2026, 9), "Staff left."), (OCTOBER, "Staff came.")):
        write_commentary(
            partnership=world.fairmead,
            agency=world.social_care,
            indicator="CL07",
            period=period,
            says=says,
            doing="",
            by=world.bob,
            now=now,
        )
    found = find("CL07")
    assert found.commentary is not None
    assert found.commentary.says == "Staff came."
    assert len(found.said) == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_gather_asks_as_much_for_one_indicator_as_for_all(
    world: World, now: datetime, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    surround(world.fairmead.area, now=now)
    publish("CPP_rate", {world.fairmead.area.code: ["30", "24"]}, now=now)
    hand_in(world, months_of("CL07", [80] * ASKED, 100), now=now)
    asked = tuple(catalogue())[: 60 * rows]
    gather(world.fairmead, asked)
    with django_assert_num_queries(1):
        gather(world.fairmead, asked)
