"""An audit and its re-audit: more than chance or not."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.plan.impact.shares import Difference, compare_shares, share_words


def test_compare_shares_agrees_with_the_published_example() -> None:
    # Newcombe (1998), table II, example (a), method 10: 56/70 - 48/80 lies between 0.0524 and 0.3339.
    found = compare_shares((48, 80), (56, 70))
    assert round(found.low, 2) == Decimal("5.24")
    assert round(found.high, 2) == Decimal("33.39")
    assert found.difference is Difference.BETTER


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((12, 40), (30, 40), "More than chance, and better: up by 45 percentage points, likely between 23 and 61."),
        ((30, 40), (12, 40), "More than chance, and worse: down by 45 percentage points, likely between −61 and −23."),
        (
            (20, 40),
            (24, 40),
            "No more than chance: up by 10 percentage points, likely between −11 and 30. That range holds no "
            "difference at all.",
        ),
        ((1, 9), (9, 9), "Too few to say: at least 10 have to be looked at each time."),
    ],
)
def test_compare_shares_in_words(before: tuple[int, int], after: tuple[int, int], words: str) -> None:
    assert compare_shares(before, after).words == words


@settings(max_examples=30)
@given(st.integers(10, 200), st.integers(10, 200), st.data())
def test_compare_shares_turned_round_says_the_opposite(first: int, second: int, data: st.DataObject) -> None:
    before, after = (data.draw(st.integers(0, first)), first), (data.draw(st.integers(0, second)), second)
    there, back = compare_shares(before, after), compare_shares(after, before)
    turned = {Difference.BETTER: Difference.WORSE, Difference.WORSE: Difference.BETTER}
    assert back.difference == turned.get(there.difference, there.difference)
    assert there.low <= there.after - there.before <= there.high


def test_compare_shares_of_nothing_raises() -> None:
    with pytest.raises(ValueError, match="a share of nothing"):
        compare_shares((0, 0), (1, 12))


def test_share_words_gives_no_percentage_of_few() -> None:
    assert share_words(3, 5) == "3 of 5 (too few to say)"
    assert share_words(14, 18) == "14 of 18 (78%, likely between 55% and 91%)"
