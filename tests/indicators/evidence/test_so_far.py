"""Year to date and last twelve months."""

from decimal import Decimal

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.evidence.observations import Observation, Origin
from trefoil.indicators.evidence.so_far import so_far
from trefoil.indicators.periods import month


def row(year: int, number: int, numerator: int | None, denominator: int | None = None) -> Observation:
    value = None if numerator is None else Decimal(numerator)
    below = None if denominator is None else Decimal(denominator)
    return Observation(month(year, number), value, Origin.RETURNED, numerator=value, denominator=below)


def test_months_of_a_count_are_added_up_and_missing_ones_named() -> None:
    rows = [row(2026, 4, 10), row(2026, 5, None), row(2026, 6, 5)]
    year, twelve = so_far(catalogue()["FD01"], rows)
    assert (year.figure, year.is_complete) == ("15", False)
    assert year.months == "April to June 2026, incomplete: May 2026 missing"
    assert twelve.figure == "15"
    assert not twelve.is_complete


def test_percentage_is_the_ratio_of_the_sums() -> None:
    year, _ = so_far(catalogue()["AS02"], [row(2026, 4, 1, 1), row(2026, 5, 20, 99)])
    assert year.figure == "21.0% (21 of 100)"
    assert year.is_complete


def test_percentages_without_their_counts_cannot_be_joined() -> None:
    bare = Observation(month(2026, 4), Decimal(80), Origin.RETURNED)
    assert so_far(catalogue()["AS02"], [bare]) == ()


def test_position_on_a_day_is_not_added_up() -> None:
    assert so_far(catalogue()["CL01"], [row(2026, 4, 300)]) == ()
