"""Ages in completed months."""

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.privacy import completed_months, end_of_month
from trefoil.extracts.privacy.ages import months_sql

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        (date(2020, 5, 10), date(2020, 6, 9), 0),
        (date(2020, 5, 10), date(2020, 6, 10), 1),
        (date(2021, 1, 31), date(2021, 2, 27), 0),
        (date(2021, 1, 31), date(2021, 2, 28), 1),
        (date(2020, 1, 31), date(2020, 2, 28), 0),
        (date(2020, 1, 31), date(2020, 2, 29), 1),
        (date(2020, 2, 29), date(2021, 2, 27), 11),
        (date(2020, 2, 29), date(2021, 2, 28), 12),
        (date(2020, 2, 29), date(2024, 2, 28), 47),
        (date(2020, 2, 29), date(2024, 2, 29), 48),
        (date(2020, 5, 10), date(2020, 5, 9), -1),
        (date(2020, 5, 10), date(2020, 4, 10), -1),
    ],
)
def test_completed_months_on_a_known_day_is_as_counted_by_hand(born: date, on: date, months: int) -> None:
    assert completed_months(born, on) == months


@settings(max_examples=30)
@given(born=DAYS, on=DAYS)
def test_completed_months_never_falls_from_one_day_to_the_next(born: date, on: date) -> None:
    step = completed_months(born, on + timedelta(days=1)) - completed_months(born, on)

    assert step in {0, 1}


@settings(max_examples=30)
@given(born=DAYS, on=DAYS)
def test_completed_months_at_the_end_of_a_month_is_the_difference_of_months(born: date, on: date) -> None:
    last = end_of_month(on)

    assert completed_months(born, last) == (last.year - born.year) * 12 + last.month - born.month


@settings(max_examples=30)
@given(pairs=st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=20))
def test_months_in_duckdb_are_those_in_python(pairs: list[tuple[date, date]]) -> None:
    rows = ", ".join(f"(DATE '{born}', DATE '{on}')" for born, on in pairs)
    found = duckdb.sql(f"SELECT {months_sql('b', 'o')} FROM (VALUES {rows}) AS v(b, o)").fetchall()

    assert [months for (months,) in found] == [completed_months(born, on) for born, on in pairs]
