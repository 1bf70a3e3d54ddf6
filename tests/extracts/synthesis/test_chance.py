"""Draws meet their shares, days are working days, and events follow one another as asked."""

from datetime import date, timedelta
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.synthesis.days import Calendar, bank_holidays, number
from trefoil.extracts.synthesis.draw import Draw, normal_of, sigma_for
from trefoil.extracts.synthesis.rows import Rows, number_within, stack
from trefoil.extracts.synthesis.sequences import follow, kept_in_time

CALENDAR = Calendar(number(date(2023, 1, 1)), number(date(2025, 12, 31)))


@settings(max_examples=20, deadline=None)
@given(n=st.integers(0, 400), share=st.floats(0, 1), seed=st.integers(0, 99))
def test_chance_meets_its_share_to_within_one(n: int, share: float, seed: int) -> None:
    assert abs(int(Draw(seed, "x").chance(n, share).sum()) - n * share) <= 1


@settings(max_examples=20, deadline=None)
@given(n=st.integers(1, 400), shares=st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any))
def test_pick_meets_each_share_to_within_two(n: int, shares: list[int]) -> None:
    found = np.bincount(Draw(1, "x").pick(n, shares), minlength=len(shares))
    assert all(abs(held - n * share / sum(shares)) < 2.000001 for held, share in zip(found, shares, strict=True))


@pytest.mark.parametrize("place", [0.0001, 0.02, 0.025, 0.3, 0.5, 0.9, 0.9761, 0.9999])
def test_normal_of_is_the_quantile(place: float) -> None:
    assert normal_of(np.array([place]))[0] == pytest.approx(NormalDist().inv_cdf(place), abs=1e-6)


def test_long_tailed_has_its_mean_and_its_tail() -> None:
    sigma = sigma_for(290.0, 730.0, 0.05)
    drawn = Draw(1, "x").long_tailed(20_000, 290.0, sigma)
    assert drawn.mean() == pytest.approx(290, rel=0.01)
    assert (drawn > 730).mean() == pytest.approx(0.05, abs=0.003)


@settings(max_examples=25, deadline=None)
@given(start=st.dates(date(2023, 1, 2), date(2025, 6, 30)), days=st.integers(0, 60))
def test_after_counts_working_days_one_by_one(start: date, days: int) -> None:
    closed = {day.astype(object) for day in bank_holidays(2022, 2027)}
    day = start
    while day.weekday() > 4 or day in closed:
        day += timedelta(days=1)
    for _ in range(days):
        day += timedelta(days=1)
        while day.weekday() > 4 or day in closed:
            day += timedelta(days=1)
    assert CALENDAR.after(np.array([number(start)]), np.array([days]))[0] == number(day)


def test_spread_since_a_day_stays_after_it() -> None:
    since = number(date(2025, 1, 1))
    days = CALENDAR.spread(np.linspace(0, 1, 500), since=since)
    assert since <= days.min() <= since + 5
    assert days.max() <= CALENDAR.last


@settings(max_examples=20, deadline=None)
@given(
    lasting=st.lists(st.integers(-20, 400), max_size=12),
    shortest=st.integers(5, 30),
    seed=st.integers(0, 50),
)
def test_follow_stays_within_each_row_and_never_crowds(lasting: list[int], shortest: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    begin = np.arange(len(lasting)) * 13
    steps = follow(begin, begin + np.array(lasting, dtype=int), shortest, lambda p: rng.integers(shortest, 60, len(p)))
    for owner, days in enumerate(lasting):
        held = steps.on[steps.owner == owner]
        assert all(begin[owner] <= on <= begin[owner] + days for on in held)
        assert all(np.diff(held) >= shortest)
        assert list(steps.place[steps.owner == owner]) == list(range(len(held)))
        # Nothing is left out: after the last there is no room for another of the longest gap.
        assert days < 0 or begin[owner] + days - (held[-1] if len(held) else begin[owner]) < 60


def test_kept_in_time_leaves_the_share_of_days_late() -> None:
    gaps = kept_in_time(Draw(3, "x"), 20_000, 0.84, soon=(7, 14), late=(15, 34))
    late_days = np.maximum(gaps - 14, 0).sum()
    assert 1 - late_days / gaps.sum() == pytest.approx(0.84, abs=0.01)


def test_number_within_counts_each_run_anew() -> None:
    assert number_within(np.array([4, 4, 7, 9, 9, 9])).tolist() == [0, 1, 0, 0, 1, 2]
    assert number_within(np.array([])).tolist() == []


def test_rows_of_which_there_are_none_have_every_column() -> None:
    assert stack([Rows(), Rows(a=np.zeros(0))])["anything"].tolist() == []
    with pytest.raises(KeyError):
        Rows(a=np.arange(2))["b"]
