"""Stocks and flows are of the same children: nobody appears, vanishes or grows younger."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.demo.borough import read_toml
from trefoil.demo.stocks import StockPlan, draw_stock, read_stock

PLAN = StockPlan(
    starts="came",
    ends="went",
    bands={"time": (1, 3, 6)},
    lasts=((1, 1.0), (6, 4.0), (12, 2.0)),
    leaving={"home": 0.5, "moved": 0.3},
    long_ends={"long": 6},
)
USUAL = st.floats(0, 60)


def drawn(usual, seed):
    return draw_stock(PLAN, lambda _: usual, 100, 112, Random(seed))  # noqa: S311  believable scatter, no secret


@settings(max_examples=25)
@given(USUAL, st.integers())
def test_stock_moves_by_who_came_and_who_went(usual, seed):
    stock = drawn(usual, seed)
    for each in range(101, 113):
        moved = stock.counts["came"][each] - stock.counts["went"][each]
        assert stock.at_end_of(each) == stock.at_end_of(each - 1) + moved


@settings(max_examples=25)
@given(USUAL, st.integers())
def test_bands_are_the_stock_and_hold_no_more_than_came(usual, seed):
    stock = drawn(usual, seed)
    for each in range(100, 113):
        under_1, to_3, to_6, longer = stock.in_bands("time", each)
        came = [stock.counts["came"][each - ago] for ago in range(6)]
        assert under_1 + to_3 + to_6 + longer == stock.at_end_of(each)
        assert under_1 <= came[0]
        assert under_1 + to_3 <= sum(came[:3])
        assert under_1 + to_3 + to_6 <= sum(came)


@settings(max_examples=25)
@given(USUAL, st.integers())
def test_leavers_are_counted_once(usual, seed):
    counts = drawn(usual, seed).counts
    for each in range(100, 113):
        assert counts["home"][each] + counts["moved"][each] <= counts["went"][each]
        assert counts["long"][each] <= counts["went"][each]


def test_stock_is_full_from_the_first_month():
    """Who comes in a month times how long they stay: 20 a month, who see 4.1 month ends each."""
    stays = (1.0 * 0 + 4.0 * 3 + 2.0 * 8.5) / 7
    sizes = [drawn(20, seed).at_end_of(100) for seed in range(200)]
    assert sum(sizes) / len(sizes) == pytest.approx(20 * stays, rel=0.05)


@pytest.mark.parametrize("key", read_toml("levels.toml")["stocks"])
def test_plan_of_fairmead_reads_and_its_months_go_up(key):
    plan = read_stock(read_toml("levels.toml")["stocks"][key])
    months = [each for each, _ in plan.lasts]
    assert months == sorted({*months})
    assert plan.bands
    assert plan.starts in read_toml("levels.toml")["levels"]
