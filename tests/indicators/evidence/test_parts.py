"""Breakdowns, their sums, and shares."""

from datetime import datetime
from decimal import Decimal

from tests.indicators.handed_in import figure, hand_in
from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.parts import breakdowns_of
from trefoil.indicators.evidence.pictures import parts_chart
from trefoil.indicators.evidence.sections import breakdown_sections, small_numbers_note
from trefoil.indicators.periods import month

OCTOBER, SEPTEMBER = month(2026, 10), month(2026, 9)


def _by_age(whole: int) -> list:  # type: ignore[type-arg]
    return [
        figure("CL12", OCTOBER, whole),
        figure("CL12", OCTOBER, 4, breakdown="sex: girls"),
        figure("CL12", OCTOBER, 8, breakdown="sex: boys"),
        figure("CL12", SEPTEMBER, 1, breakdown="sex: boys"),
    ]


def test_breakdowns_take_the_newest_period_alone(world: World, now: datetime) -> None:
    categories = catalogue()["CL12"].breakdown("sex")
    assert categories is not None
    hand_in(world, _by_age(12), now=now)
    evidence = gather(world.fairmead, [catalogue()["CL12"]], in_parts=True)
    (parts,) = breakdowns_of(catalogue()["CL12"], evidence.figures)
    assert parts.period == OCTOBER
    assert {part.category: part.value for part in parts.parts} == {"girls": Decimal(4), "boys": Decimal(8)}
    assert parts.total == parts.whole == 12


def test_parts_that_do_not_add_up_are_said_so(world: World, now: datetime) -> None:
    hand_in(world, _by_age(15), now=now)
    evidence = gather(world.fairmead, [catalogue()["CL12"]], in_parts=True)
    (shown,) = breakdown_sections(evidence.findings[0], evidence)
    assert shown.is_fault
    assert shown.adds_up == "The parts add up to 12, but the whole was returned as 15."
    assert "fewer than 6" in small_numbers_note(evidence.findings[0], evidence)


def test_parts_of_a_count_are_counts_where_percentages_came_beside_them(world: World, now: datetime) -> None:
    rows = [
        figure("CL01", OCTOBER, 318),
        figure("CL01", OCTOBER, 121, value="38.1", breakdown="legal status: full care order"),
        figure("CL01", OCTOBER, 118, value="37.1", breakdown="legal status: section 20"),
    ]
    hand_in(world, rows, now=now)
    evidence = gather(world.fairmead, [catalogue()["CL01"]], in_parts=True)
    (parts,) = breakdowns_of(catalogue()["CL01"], evidence.figures)
    chart = parts_chart(catalogue()["CL01"], parts, "Fairmead")
    assert chart.title == "Highest for “full care order”: 121"
    assert [bar.value for bar in chart.bars] == [121, 118]


def test_days_are_not_taken_for_small_counts(world: World, now: datetime) -> None:
    rows = [
        figure("MX07", OCTOBER, 5, 2),
        figure("MX07", OCTOBER, None, None, value="1.8", breakdown="place: from home"),
    ]
    hand_in(world, rows, now=now)
    evidence = gather(world.fairmead, [catalogue()["MX07"]], in_parts=True)
    (parts,) = breakdowns_of(catalogue()["MX07"], evidence.figures)
    assert parts.parts[0].value == Decimal("1.8")
    assert small_numbers_note(evidence.findings[0], evidence) == ""


def test_shares_stand_for_an_indicator_without_a_value(world: World, now: datetime) -> None:
    rows = [
        figure("AS01", OCTOBER, 100),
        figure("AS01", OCTOBER, 25, breakdown="duration: 0-25 days"),
        figure("AS01", OCTOBER, 75, breakdown="duration: 26-40 days"),
    ]
    hand_in(world, rows, now=now)
    found = gather(world.fairmead, [catalogue()["AS03"]]).findings[0]
    assert found.shares is not None
    assert (found.shares.largest.category, found.shares.largest.value) == ("26-40 days", Decimal("75.0"))
    assert not found.is_empty
    assert not found.is_missing
