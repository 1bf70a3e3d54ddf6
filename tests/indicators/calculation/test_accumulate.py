from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.calculation.accumulate import (
    MonthFigure,
    Timing,
    months_between,
    rolling_twelve,
    year_to_date,
)
from trefoil.indicators.periods import Period, month, parse_period


def counts(start: tuple[int, int], *values: int) -> dict[Period, MonthFigure]:
    first = month(*start)
    last = month(start[0] + (start[1] + len(values) - 2) // 12, (start[1] + len(values) - 2) % 12 + 1)
    return {each: MonthFigure(Decimal(value)) for each, value in zip(months_between(first, last), values, strict=True)}


def test_year_to_date_of_a_flow_starts_in_april() -> None:
    figures = counts((2018, 3), 99, 10, 20, 30)
    found = year_to_date(figures, month(2018, 6), Timing.FLOW)
    # April 10 + May 20 + June 30 = 60; March belongs to the year before.
    assert found.numerator == 60
    assert found.period == parse_period("2018-04..2018-06")
    assert found.complete
    assert found.words == "April to June 2018"
    assert found.per() is None


def test_year_to_date_of_january_belongs_to_the_year_before() -> None:
    found = year_to_date(counts((2018, 4), *[1] * 10), month(2019, 1), Timing.FLOW)
    assert (found.numerator, found.period.code) == (10, "2018-04..2019-01")


def test_year_to_date_of_a_percentage_is_a_ratio_of_sums() -> None:
    figures = {
        month(2018, 4): MonthFigure(Decimal(9), Decimal(10)),
        month(2018, 5): MonthFigure(Decimal(100), Decimal(1000)),
    }
    # (9 + 100) / (10 + 1000) = 10.79%, not the mean of 90% and 10%.
    assert year_to_date(figures, month(2018, 5), Timing.FLOW).per() == Decimal("10.8")


def test_year_to_date_names_the_missing_months() -> None:
    figures = counts((2018, 4), 10, 20, 30, 40)
    del figures[month(2018, 5)]
    figures[month(2018, 6)] = MonthFigure(None)
    found = year_to_date(figures, month(2018, 7), Timing.FLOW)
    assert found.numerator == 50
    assert found.missing == (month(2018, 5), month(2018, 6))
    assert found.words == "April 2018 to July 2018, incomplete: May 2018, June 2018 missing"


def test_a_month_without_its_denominator_is_missing_from_a_percentage() -> None:
    figures = {month(2018, 4): MonthFigure(Decimal(9), Decimal(10)), month(2018, 5): MonthFigure(Decimal(5))}
    found = year_to_date(figures, month(2018, 5), Timing.FLOW)
    assert (found.numerator, found.denominator, found.missing) == (9, 10, (month(2018, 5),))


@pytest.mark.parametrize("timing", list(Timing))
def test_nothing_returned_gives_no_figure(timing: Timing) -> None:
    found = year_to_date({}, month(2018, 5), timing)
    assert (found.numerator, found.per()) == (None, None)
    assert found.missing == (month(2018, 4), month(2018, 5))
    assert not found.complete


def test_snapshot_takes_the_latest_month() -> None:
    found = year_to_date(counts((2018, 4), 300, 310, 305), month(2018, 6), Timing.SNAPSHOT)
    assert (found.numerator, found.period, found.complete) == (305, month(2018, 6), True)


def test_snapshot_falls_back_to_an_earlier_month_and_says_so() -> None:
    found = year_to_date(counts((2018, 4), 300, 310), month(2018, 7), Timing.SNAPSHOT)
    assert (found.numerator, found.period) == (310, month(2018, 5))
    assert found.missing == (month(2018, 6), month(2018, 7))


def test_cumulative_takes_the_latest_as_returned() -> None:
    found = year_to_date(counts((2018, 4), 10, 25, 45), month(2018, 6), Timing.CUMULATIVE)
    # 45 already counts April, May and June; adding 10 + 25 + 45 would count children twice.
    assert (found.numerator, found.period.code) == (45, "2018-Q2")


def test_cumulative_never_reaches_into_the_year_before() -> None:
    found = year_to_date(counts((2018, 3), 500), month(2018, 4), Timing.CUMULATIVE)
    assert found.numerator is None


def test_rolling_twelve_crosses_april() -> None:
    figures = counts((2018, 2), 1000, *[1] * 12)
    found = rolling_twelve(figures, month(2019, 2))
    # March 2018 to February 2019; February 2018 has dropped out.
    assert (found.numerator, found.period.code, found.complete) == (12, "2018-03..2019-02", True)


def test_rolling_twelve_to_december_is_the_calendar_year() -> None:
    assert rolling_twelve({}, month(2018, 12)).period.code == "2018-01..2018-12"


def test_a_quarter_is_refused() -> None:
    with pytest.raises(ValueError, match="April to June 2018"):
        year_to_date({}, parse_period("2018-Q2"), Timing.FLOW)
    with pytest.raises(ValueError, match="calendar month"):
        rolling_twelve({}, parse_period("2018-Q2"))


@given(st.lists(st.integers(0, 500), min_size=12, max_size=12))
def test_a_whole_year_to_date_is_the_rolling_twelve_at_march(values: list[int]) -> None:
    figures = counts((2018, 4), *values)
    year = year_to_date(figures, month(2019, 3), Timing.FLOW)
    assert year == rolling_twelve(figures, month(2019, 3))
    assert year.numerator == sum(values)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12))
def test_year_to_date_grows_by_the_month(values: list[int]) -> None:
    figures = counts((2018, 4), *values)
    totals = [year_to_date(figures, each, Timing.FLOW).numerator for each in figures]
    assert totals == [sum(values[: index + 1]) for index in range(len(values))]
