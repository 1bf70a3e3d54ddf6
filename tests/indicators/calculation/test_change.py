from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.calculation.change import Arrow, Direction, arrow, change, change_words, direction
from trefoil.indicators.calculation.polarity import Polarity

figures = st.decimals(0, 1000, places=1)
OPPOSITE = {
    Direction.BETTER: Direction.WORSE,
    Direction.WORSE: Direction.BETTER,
    Direction.UP: Direction.DOWN,
    Direction.DOWN: Direction.UP,
    Direction.SAME: Direction.SAME,
}


def test_change_from_80_to_86() -> None:
    moved = change(Decimal(80), Decimal(86))
    # 86 - 80 = 6; 6 / 80 = 7.5%.
    assert moved is not None
    assert (moved.absolute, moved.relative) == (6, Decimal("7.5"))


def test_change_from_zero_has_no_relative_size() -> None:
    moved = change(Decimal(0), Decimal(3))
    assert moved is not None
    assert (moved.absolute, moved.relative) == (3, None)


def test_change_of_a_negative_figure_keeps_its_sign() -> None:
    moved = change(Decimal(-4), Decimal(-2))
    assert moved is not None
    assert (moved.absolute, moved.relative) == (2, 50)


@pytest.mark.parametrize(("previous", "latest"), [(None, Decimal(1)), (Decimal(1), None), (None, None)])
def test_change_with_a_missing_figure_is_none(previous: Decimal | None, latest: Decimal | None) -> None:
    assert change(previous, latest) is None


@given(figures, figures, st.sampled_from(Polarity))
def test_direction_turns_round_with_time(first: Decimal, second: Decimal, polarity: Polarity) -> None:
    assert direction(second, first, polarity) is OPPOSITE[direction(first, second, polarity)]


@given(figures, figures)
def test_direction_turns_round_with_polarity(first: Decimal, second: Decimal) -> None:
    higher = direction(first, second, Polarity.HIGHER)
    assert direction(first, second, Polarity.LOWER) is OPPOSITE[higher]


@pytest.mark.parametrize(
    ("previous", "latest", "polarity", "expected", "words"),
    [
        (1, 2, Polarity.HIGHER, Arrow.UP_GOOD, "up, which is better"),
        (1, 2, Polarity.LOWER, Arrow.UP_BAD, "up, which is worse"),
        (2, 1, Polarity.LOWER, Arrow.DOWN_GOOD, "down, which is better"),
        (2, 1, Polarity.HIGHER, Arrow.DOWN_BAD, "down, which is worse"),
        (2, 2, Polarity.HIGHER, Arrow.LEVEL, "no change"),
        (2, 2, Polarity.CONTEXT, Arrow.LEVEL, "no change"),
        (1, 2, Polarity.MONITOR, Arrow.UP, "up"),
        (2, 1, Polarity.CONTEXT, Arrow.DOWN, "down"),
    ],
)
def test_arrow(previous: int, latest: int, polarity: Polarity, expected: Arrow, words: str) -> None:
    found = arrow(Decimal(previous), Decimal(latest), polarity)
    assert found is expected
    assert found.words == words


@pytest.mark.parametrize(
    ("previous", "latest", "polarity", "points", "expected"),
    [
        ("95", "89", Polarity.HIGHER, True, "down 6.0 points, worse"),
        ("10", "11", Polarity.LOWER, True, "up 1.0 point, worse"),
        ("200", "188", Polarity.LOWER, False, "down 12.0 (6.0%), better"),
        ("0", "1250", Polarity.MONITOR, False, "up 1,250.0"),
        ("7", "7", Polarity.HIGHER, False, "no change"),
    ],
)
def test_change_words(previous: str, latest: str, polarity: Polarity, points: bool, expected: str) -> None:
    assert change_words(change(Decimal(previous), Decimal(latest)), polarity, points=points) == expected


def test_change_words_without_an_earlier_figure() -> None:
    assert change_words(None, Polarity.HIGHER, points=True) == "no earlier figure to compare with"


def test_direction_words() -> None:
    assert [each.words for each in Direction] == ["better", "worse", "no change", "up", "down"]
