"""Year to date and last twelve months."""

from datetime import date
from decimal import Decimal

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.evidence.observations import Observation, Origin
from trefoil.indicators.evidence.returned import Held
from trefoil.indicators.evidence.so_far import so_far
from trefoil.indicators.periods import Period, month


def row(year: int, number: int, numerator: int | None, denominator: int | None = None) -> Observation:
    value = None if numerator is None else Decimal(numerator)
    below = None if denominator is None else Decimal(denominator)
    return Observation(month(year, number), value, Origin.RETURNED, numerator=value, denominator=below)


def whole_run(number: int) -> dict[tuple[str, str], dict[Period, Held]]:
    run = Period(date(2018, 4, 1), date(2019, 2, 28))
    return {("FD01", ""): {run: Held(run, Decimal(number), None, None, "", "", "printed")}}


def test_months_of_a_count_are_added_up() -> None:
    year, twelve = so_far(catalogue()["FD01"], [row(2026, 4, 10), row(2026, 5, 5)], {})
    assert (year.figure, year.months, year.is_complete) == ("15", "April 2026 to May 2026", True)
    assert twelve.figure == "No total"


def test_a_sum_of_some_months_does_not_look_whole() -> None:
    rows = [row(2026, 4, 10), row(2026, 5, None), row(2026, 6, 5)]
    year, twelve = so_far(catalogue()["FD01"], rows, {})
    assert (year.figure, year.is_complete) == ("No total", False)
    assert year.months == "April to June 2026: two of its three months make 15. Missing: May 2026."
    assert twelve.months.endswith("Missing: July 2025 to March 2026 and May 2026.")


def test_figure_of_the_whole_run_stands_where_months_are_missing() -> None:
    rows = [row(2018, 12, 1224), row(2019, 1, 1366), row(2019, 2, 1390)]
    year, twelve = so_far(catalogue()["FD01"], rows, whole_run(15129))
    assert (year.figure, year.is_complete) == ("15,129", True)
    assert year.months == "April 2018 to February 2019, as printed for the whole time"
    assert twelve.figure == "No total"


def test_months_that_make_another_figure_than_the_whole_run_are_said() -> None:
    rows = [row(2018, number, 100) for number in range(4, 13)] + [row(2019, 1, 100), row(2019, 2, 100)]
    year, _ = so_far(catalogue()["FD01"], rows, whole_run(15129))
    assert year.figure == "15,129"
    assert year.months.endswith("; its months make 1,100")
    same, _ = so_far(catalogue()["FD01"], rows, whole_run(1100))
    assert "make" not in same.months


def test_percentage_is_the_ratio_of_the_sums() -> None:
    year, _ = so_far(catalogue()["AS02"], [row(2026, 4, 1, 1), row(2026, 5, 20, 99)], {})
    assert year.figure == "21.0% (21 of 100)"
    assert year.is_complete


def test_percentages_without_their_counts_cannot_be_joined() -> None:
    bare = Observation(month(2026, 4), Decimal(80), Origin.RETURNED)
    assert so_far(catalogue()["AS02"], [bare], {}) == ()


def test_position_on_a_day_is_not_added_up() -> None:
    assert so_far(catalogue()["CL01"], [row(2026, 4, 300)], {}) == ()
