"""The England working-day calendar against the published list of bank holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.engine.calendar import bank_holidays, days_table, is_working_day, working_days_between

# Bank holidays of England and Wales as GOV.UK lists them: each date was held against a copy of its bank-holidays.json
# (github.com/dmossop/bank-holidays-data at 0b1a577, 2019 to 2027) on 22 November 2026. Open Government Licence v3.0.
PUBLISHED = """
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28
"""
HOLIDAYS = {date.fromisoformat(day) for day in PUBLISHED.split()}
DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))


def test_working_days_are_those_of_the_published_list() -> None:
    day, wrong = date(2019, 1, 1), []
    while day < date(2028, 1, 1):
        if is_working_day(day) != (day.weekday() < 5 and day not in HOLIDAYS):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-02", "2026-03-03", 1),
        ("2026-03-06", "2026-03-09", 1),
        ("2026-04-02", "2026-04-07", 1),
        ("2026-04-04", "2026-04-06", 0),
        ("2026-04-07", "2026-04-02", -1),
    ],
)
def test_working_days_between_counts_after_the_first_day(start: str, end: str, days: int) -> None:
    assert working_days_between(date.fromisoformat(start), date.fromisoformat(end)) == days


@settings(max_examples=20)
@given(start=DAYS, length=st.integers(0, 90))
def test_working_days_between_agrees_with_counting(start: date, length: int) -> None:
    after = [start + timedelta(days=number) for number in range(1, length + 1)]
    counted = sum(day.weekday() < 5 and day not in HOLIDAYS | bank_holidays() for day in after)
    assert working_days_between(start, start + timedelta(days=length)) == counted


def test_days_table_has_every_date_once() -> None:
    table = days_table()
    assert table.num_rows == (date(2040, 12, 31) - date(1999, 12, 31)).days
    assert table["day"][0].as_py() == date(2000, 1, 1)
