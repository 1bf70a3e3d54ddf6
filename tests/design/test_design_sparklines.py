"""The small trend: gaps break it, signals have a shape, the last figure is marked."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.design.sparklines import HEIGHT, MOST_POINTS, WIDTH, SparkPoint, sparkline


def points(*values: int | None) -> list[SparkPoint]:
    return [SparkPoint(f"p{place}", value) for place, value in enumerate(values)]


def test_highest_is_at_the_top_and_lowest_at_the_foot() -> None:
    assert sparkline(points(0, 10)).path == "M5.0 27.0 L115.0 5.0"


def test_missing_figure_breaks_the_line() -> None:
    drawn = sparkline(points(1, 2, None, 3, 4))
    assert drawn.path.count("M") == 2


def test_figure_between_gaps_is_a_dot() -> None:
    drawn = sparkline(points(1, 2, None, 3, None, 4, 5))
    assert [mark.x for mark in drawn.lone] == ["60.0"]


def test_flat_series_runs_through_the_middle() -> None:
    assert sparkline(points(7, 7)).path == "M5.0 16.0 L115.0 16.0"


def test_only_the_last_13_periods_are_drawn() -> None:
    drawn = sparkline(points(*range(20)))
    assert drawn.path.count("L") == MOST_POINTS - 1
    assert "From 7 in p7 to 19 in p19." in drawn.description


def test_each_signal_is_a_diamond() -> None:
    drawn = sparkline([SparkPoint("a", 1), SparkPoint("b", 9, signal=True), SparkPoint("c", None, signal=True)])
    assert len(drawn.diamonds) == 1
    assert drawn.last is not None
    assert drawn.last.x == "60.0"


def test_without_figures_there_is_nothing_to_draw() -> None:
    drawn = sparkline(points(None, None))
    assert (drawn.path, drawn.last, drawn.description) == ("", None, "No figures yet.")
    assert sparkline([]).title == "No trend yet"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.none() | st.decimals(-(10**9), 10**9, places=2), max_size=15))
def test_every_mark_stays_inside_the_picture(values: list[Decimal | None]) -> None:
    drawn = sparkline([SparkPoint(str(place), value) for place, value in enumerate(values)])
    numbers = drawn.path.replace("M", "").replace("L", "").split()
    assert all(0 <= Decimal(x) <= WIDTH for x in numbers[::2])
    assert all(0 <= Decimal(y) <= HEIGHT for y in numbers[1::2])
