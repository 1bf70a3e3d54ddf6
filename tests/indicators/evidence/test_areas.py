"""Compare areas: who is ranked, what the median is over, what is missing, and where an invented borough stands."""

from datetime import datetime
from decimal import Decimal

import pytest

from tests.indicators.handed_in import figure, hand_in, publish, surround
from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.evidence.area_plot import finding_of, plot_of, table_rows
from trefoil.indicators.evidence.areas import Comparison, Scope, comparable_definitions, compare_areas
from trefoil.indicators.periods import month
from trefoil.people.enums import AreaKind
from trefoil.people.models import Partnership

MEASURE = next(one for one in comparable_definitions() if one.id == "CL10")
KEY = MEASURE.published.key if MEASURE.published else ""


@pytest.fixture
def real(world: World, now: datetime) -> Partnership:
    """Harbury stands for a real authority among three neighbours, one of which has no figure."""
    area = world.harbury.area
    area.kind = AreaKind.LOCAL_AUTHORITY
    world.harbury.is_invented = False
    surround(area, now=now)
    publish(
        KEY,
        {area.code: ["80", "90"], "N1": ["70", "95"], "N2": ["60", "85"], "N3": ["50", "c"], "E92000001": ["75", "88"]},
        now=now,
    )
    return world.harbury


def compared(partnership: Partnership, scope: Scope | None = None, year: str = "") -> Comparison:
    return compare_areas(partnership, MEASURE, scope, year)


def test_neighbours_leave_the_own_area_out_of_the_median(real: Partnership) -> None:
    found = compared(real)
    assert found.scope is Scope.NEIGHBOURS
    assert (found.middle.median, found.middle.used, found.middle.missing) == (Decimal(90), 2, 1)
    assert found.own is not None
    assert str(found.own.rank.words if found.own.rank else None) == "2nd of 3"


def test_region_and_england_carry_no_rank(real: Partnership) -> None:
    assert [(one.name, one.rank) for one in compared(real).aside] == [("The Marches (region)", None), ("England", None)]


def test_missing_figure_is_told_in_words(real: Partnership) -> None:
    (missing,) = compared(real).missing
    assert (missing.name, missing.why_missing) == ("Near 3", "hidden by the publisher, marked c: confidential")
    assert table_rows(compared(real))[3][1].startswith("Hidden by the publisher, marked c")


def test_year_can_be_chosen_and_an_unknown_one_is_the_latest(real: Partnership) -> None:
    assert [year.period_label for year in compared(real).years] == ["2025", "2024"]
    assert [one.value for one in compared(real, year="2024").authorities] == [80, 70, 60, 50]
    assert [one.value for one in compared(real, year="1066").authorities] == [90, 95, 85, None]


def test_england_holds_the_own_area_in_its_median(real: Partnership) -> None:
    found = compared(real, Scope.ENGLAND)
    assert (found.middle.median, len(found.authorities)) == (Decimal(90), 4)


def test_finding_names_rank_and_side_of_the_median(real: Partnership) -> None:
    assert finding_of(compared(real)) == "Harbury was 2nd of 3, at the median of its neighbours"
    assert finding_of(compared(real, year="2024")) == "Harbury was 1st of 4, above the median of its neighbours"


def test_plot_draws_the_comparisons_own_median_and_table(real: Partnership) -> None:
    plot = plot_of(compared(real))
    assert (plot.highlight, plot.middle()) == ("Harbury", Decimal("90.0"))
    headings, rows = plot.table()
    assert headings[0] == "Area"
    assert [row[0] for row in rows] == ["Near 1", "Harbury", "Near 2", "Near 3", "The Marches (region)", "England"]
    assert "Highest Near 1, 95" in plot.description()


def test_invented_borough_is_never_among_real_areas(world: World, real: Partnership, now: datetime) -> None:
    hand_in(world, [figure("CL10", month(2026, 10), 45, 50)], now=now)
    found = compare_areas(world.fairmead, MEASURE, None)
    assert found.scope is Scope.ENGLAND
    assert found.own is None
    assert "Fairmead" not in {one.name for one in (*found.authorities, *found.aside)}
    assert found.middle.used == 3
    labels = [dot.label for dot in plot_of(found).dots]
    assert ("Fairmead (invented)" in labels) is not bool(found.why_not_beside)
    assert "Fairmead" not in labels


def test_invented_figure_of_a_percentage_stands_beside_without_a_rank(
    world: World, real: Partnership, now: datetime
) -> None:
    same = next(one for one in catalogue() if one.published and one.published.same and one.unit.value == "percent")
    assert same.published
    publish(same.published.key, {"N1": ["70"], "N2": ["60"]}, now=now)
    hand_in(world, [figure(same.id, month(2026, 10), 45, 50)], now=now)
    found = compare_areas(world.fairmead, same, None)
    assert found.invented_figure is not None
    assert found.invented_figure.value == 90
    last = table_rows(found)[-1]
    assert (last[0], last[2]) == ("Fairmead (invented)", "not ranked")


def test_invented_borough_without_a_figure_is_said_to_have_none(world: World, real: Partnership) -> None:
    found = compare_areas(world.fairmead, MEASURE, None)
    assert found.why_not_beside == "Its agencies have returned no figure for this measure."
    assert found.invented_figure is None
