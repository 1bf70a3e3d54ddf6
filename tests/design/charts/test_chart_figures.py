"""Figures in words, rounded axes, and labels that do not touch."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.design.charts.figures import axis_domain, balanced, say, spread, wrapped


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1234, "children", "1,234"),
        (Decimal("82.80"), "%", "82.80%"),
        (Decimal("-3.5"), "", "-3.5"),
        (Decimal("1E+3"), "", "1,000"),
        (0, "%", "0%"),
        (None, "%", "No figure"),
    ],
)
def test_figure_is_said_with_its_own_decimals(value: Decimal | int | None, unit: str, words: str) -> None:
    assert say(value, unit) == words


def test_missing_figure_is_said_in_the_given_words() -> None:
    assert say(None, missing="Fewer than 6") == "Fewer than 6"


@pytest.mark.parametrize(
    ("values", "from_zero", "unit", "expected"),
    [
        ([95, 76], True, "%", (0, 100)),
        ([412, 60], True, "", (0, 500)),
        ([82, 94], False, "%", (82, 94)),
        ([81, 94], False, "%", (80, 95)),
        ([-5, 20], True, "", (-5, 20)),
        ([104, 20], True, "%", (0, 120)),
        ([], True, "", (0, 1)),
        ([0, 0], True, "", (0, 1)),
        ([99, 100], False, "%", (99, 100)),
    ],
)
def test_axis_runs_on_round_steps(values: list[int], from_zero: bool, unit: str, expected: tuple[float, float]) -> None:
    low, high = axis_domain(values, from_zero=from_zero, unit=unit)
    assert low == pytest.approx(expected[0])
    assert high == pytest.approx(expected[1])


@pytest.mark.parametrize("unit", ["%", ""])
@pytest.mark.parametrize("figure", [0, 50, 100])
def test_axis_of_one_figure_has_a_length(figure: int, unit: str) -> None:
    low, high = axis_domain([figure, figure], from_zero=False, unit=unit)
    assert low <= figure <= high
    assert high - low >= 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1, max_size=20), st.booleans())
def test_axis_holds_every_figure(values: list[Decimal], from_zero: bool) -> None:
    low, high = axis_domain(values, from_zero=from_zero)
    assert low <= float(min(values)) + 1e-6
    assert high >= float(max(values)) - 1e-6
    assert not from_zero or low <= 0 <= high


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 260), min_size=1, max_size=6))
def test_labels_do_not_touch_and_stay_inside(places: list[float]) -> None:
    moved = sorted(spread(places, [32.0] * len(places), 260))
    assert all(second - first >= 32 - 1e-6 for first, second in pairwise(moved))
    assert moved[0] >= 16 - 1e-6
    assert moved[-1] <= 244 + 1e-6


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([40.0, 200.0], [20, 20], 260) == [40.0, 200.0]


def test_long_text_is_wrapped_at_words() -> None:
    assert wrapped("Schools and other providers", 12) == ["Schools and", "other", "providers"]


def test_balanced_text_leaves_no_lone_number() -> None:
    assert balanced("Intervention and Planning 6", 26) == ["Intervention", "and Planning 6"]


def test_balanced_text_on_one_line_stays_there() -> None:
    assert balanced("16 and over", 26) == ["16 and over"]


def test_balanced_text_cuts_no_word_that_fitted() -> None:
    assert balanced("Emergency protection", 10) == ["Emergency", "protection"]
