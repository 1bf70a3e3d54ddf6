"""A group's rate against the other children of its area."""

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.engine.disproportionality import disproportionality

COUNTS = st.integers(10, 5000)
CHILDREN = st.integers(100, 100_000)


def test_disproportionality_by_hand() -> None:
    black, white = disproportionality({"Black": 40, "White": 60, "not recorded": 9}, {"Black": 2000, "White": 6000})
    assert (black.events, black.other_events) == (40, 60)
    assert black.ratio == Decimal(2)
    # exp(1.959964 * sqrt(1/40 + 1/60)) = 1.49196...
    assert round(black.low or 0, 3) == Decimal("1.341")
    assert round(black.high or 0, 3) == Decimal("2.984")
    assert black.differs
    assert white.ratio == Decimal("0.5")
    assert white.differs


@pytest.mark.parametrize(
    ("events", "children"),
    [
        ({"a": 9, "b": 500}, {"a": 1000, "b": 9000}),
        ({"a": 500, "b": 9}, {"a": 1000, "b": 9000}),
        ({"a": 50, "b": 500}, {"a": 99, "b": 9000}),
        ({}, {"a": 1000, "b": 9000}),
    ],
)
def test_disproportionality_of_few_has_no_value(events: dict[str, int], children: dict[str, int]) -> None:
    for one in disproportionality(events, children):
        assert (one.ratio, one.low, one.high, one.differs) == (None, None, None, False)


def test_disproportionality_of_equal_rates_does_not_differ() -> None:
    one, _ = disproportionality({"a": 50, "b": 500}, {"a": 1000, "b": 10_000})
    assert one.ratio == 1
    assert not one.differs


def test_disproportionality_refuses_a_negative_count() -> None:
    with pytest.raises(ValueError, match="negative"):
        disproportionality({"a": -1}, {"a": 1000, "b": 9000})


@settings(max_examples=25)
@given(a=COUNTS, b=COUNTS, n=CHILDREN, m=CHILDREN)
def test_disproportionality_agrees_with_floating_arithmetic(a: int, b: int, n: int, m: int) -> None:
    one, other = disproportionality({"a": a, "b": b}, {"a": n, "b": m})
    assert one.ratio is not None
    assert one.low is not None
    assert one.high is not None
    ratio, spread = (a / n) / (b / m), math.exp(1.959964 * math.sqrt(1 / a + 1 / b))
    assert float(one.ratio) == pytest.approx(ratio)
    assert float(one.low) == pytest.approx(ratio / spread)
    assert float(one.high) == pytest.approx(ratio * spread)
    assert other.ratio is not None
    assert float(other.ratio * one.ratio) == pytest.approx(1)
