"""Labels of the interactive tool become periods."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.national.years import period_of, year_of
from trefoil.indicators.periods import Period, PeriodError


@pytest.mark.parametrize(("label", "year"), [("2025", 2025), ("2024-25", 2025), ("1999-00", 2000), ("0", None)])
def test_year_of_label_is_the_year_it_ends_in(label: str, year: int | None) -> None:
    assert year_of(label) == year


@pytest.mark.parametrize("label", ["", "25", "2024-26", "2024/25", "2024-2025", "x2025"])
def test_year_of_unknown_label_is_refused(label: str) -> None:
    with pytest.raises(PeriodError, match="is not a year label"):
        year_of(label)


@pytest.mark.parametrize(
    ("year_type", "start", "end"),
    [
        ("Financial Year", date(2024, 4, 1), date(2025, 3, 31)),
        ("Annual", date(2024, 4, 1), date(2025, 3, 31)),
        ("Academic Year", date(2024, 9, 1), date(2025, 8, 31)),
        ("Calendar Year", date(2025, 1, 1), date(2025, 12, 31)),
        ("Annual (end of Sept)", date(2024, 10, 1), date(2025, 9, 30)),
        ("Annual - January", date(2025, 1, 1), date(2025, 1, 31)),
    ],
)
def test_period_of_each_year_type(year_type: str, start: date, end: date) -> None:
    assert period_of(2025, year_type) == Period(start, end)


def test_period_of_unknown_year_type_is_refused() -> None:
    with pytest.raises(PeriodError, match="Fortnight"):
        period_of(2025, "Fortnight")


@given(
    year=st.integers(min_value=1900, max_value=2100),
    year_type=st.sampled_from(["Financial Year", "Academic Year", "Calendar Year", "Annual (end of Sept)"]),
)
def test_period_of_a_year_is_twelve_months_that_end_in_it(year: int, year_type: str) -> None:
    period = period_of(year, year_type)
    assert (period.months, period.end.year) == (12, year)
