from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.calculation.ratios import (
    percentage,
    population_year,
    population_year_for,
    rate_per,
    ratio,
    ratio_of_sums,
    round_half_up,
)
from trefoil.indicators.periods import month, parse_period, reporting_year

counts = st.integers(0, 5000)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("0.05", 1, "0.1"),
        ("0.049", 1, "0.0"),
        ("-0.04", 1, "0.0"),
        ("15", -1, "2E+1"),
    ],
)
def test_round_half_up_takes_a_half_away_from_zero(value: str, places: int, expected: str) -> None:
    assert str(round_half_up(Decimal(value), places)) == expected


@given(st.decimals(-10_000, 10_000, places=4), st.integers(0, 3))
def test_round_half_up_is_within_half_a_unit_and_mirrors(value: Decimal, places: int) -> None:
    rounded = round_half_up(value, places)
    assert abs(rounded - value) <= Decimal(5).scaleb(-places - 1)
    assert round_half_up(-value, places) == -rounded


def test_percentage_of_the_pack_visits() -> None:
    # 44 of 53 seen in time: 44 / 53 = 0.830188..., which the pack prints as 83.
    assert percentage(44, 53) == Decimal("83.0")
    assert percentage(44, 53, 2) == Decimal("83.02")


def test_rate_keeps_an_exact_half() -> None:
    # 1 of 3 for every 300 is exactly 100; 1/3 cut at 28 digits and multiplied would fall short of it.
    assert rate_per(1, 3, 300, 0) == 100
    # 1 in 16,000 for every 10,000 is 0.625, a half at two places.
    assert rate_per(1, 16_000, 10_000, 2) == Decimal("0.63")


@pytest.mark.parametrize(("numerator", "denominator"), [(5, 0), (0, 0), (None, 10), (5, None)])
def test_what_cannot_be_worked_out_is_none(numerator: int | None, denominator: int | None) -> None:
    assert ratio(numerator, denominator) is None
    assert percentage(numerator, denominator) is None
    assert rate_per(numerator, denominator, 10_000, 1) is None


def test_negative_denominator_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be negative: -1"):
        percentage(1, -1)


@given(st.lists(st.tuples(counts, st.integers(1, 5000)), min_size=1, max_size=8))
def test_ratio_of_sums_lies_between_the_smallest_and_largest_ratio(pairs: list[tuple[int, int]]) -> None:
    joined = ratio_of_sums(pairs)
    each = [Decimal(n) / Decimal(d) for n, d in pairs]
    assert joined is not None
    slack = Decimal("1e-20")
    assert min(each) - slack <= joined <= max(each) + slack


def test_ratio_of_sums_is_not_the_mean_of_ratios() -> None:
    # 9 of 10 and 100 of 1,000: 109 / 1,010, not (90% + 10%) / 2.
    assert ratio_of_sums([(9, 10), (100, 1000)]) == Decimal(109) / Decimal(1010)
    assert ratio_of_sums([]) is None


@given(counts, st.integers(1, 5000))
def test_percentage_of_part_and_rest_make_a_hundred(part: int, rest: int) -> None:
    first, second = percentage(part, part + rest, 1), percentage(rest, part + rest, 1)
    assert first is not None
    assert second is not None
    assert abs(first + second - 100) <= Decimal("0.1")


def test_population_is_mid_year_of_the_year_before() -> None:
    assert population_year(2025) == 2024
    assert population_year_for(reporting_year(2019)) == 2018
    # February 2019 and April 2018 both fall in the reporting year 2019; March 2018 in 2018.
    assert population_year_for(month(2019, 2)) == 2018
    assert population_year_for(month(2018, 4)) == 2018
    assert population_year_for(month(2018, 3)) == 2017
    assert population_year_for(parse_period("2019-Q1")) == 2018
