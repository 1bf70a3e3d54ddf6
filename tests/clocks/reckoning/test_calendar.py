"""Working days, against dates worked out by hand and against a slow calendar of our own."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clocks.reckoning.slow_calendar import count_on, holidays_of, works
from trefoil.clocks.reckoning.calendar import (
    OutsideCalendarError,
    add_working_days,
    bank_holidays,
    holidays_between,
    is_working_day,
    working_days_between,
)

# As the government published them, by hand.
PUBLISHED = {
    2020: "1-1 4-10 4-13 5-8 5-25 8-31 12-25 12-28",
    2021: "1-1 4-2 4-5 5-3 5-31 8-30 12-27 12-28",
    2022: "1-3 4-15 4-18 5-2 6-2 6-3 8-29 9-19 12-26 12-27",
    2023: "1-2 4-7 4-10 5-1 5-8 5-29 8-28 12-25 12-26",
    2024: "1-1 3-29 4-1 5-6 5-27 8-26 12-25 12-26",
    2025: "1-1 4-18 4-21 5-5 5-26 8-25 12-25 12-26",
    2026: "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28",
    2027: "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28",
}

# Start, working days, end; each worked out on paper.
BY_HAND = [
    (date(2024, 3, 27), 2, date(2024, 4, 2), "over Easter 2024"),
    (date(2024, 3, 27), 15, date(2024, 4, 19), "three weeks over Easter 2024"),
    (date(2026, 4, 6), 15, date(2026, 4, 27), "started on Easter Monday: day 1 is Tuesday"),
    (date(2021, 12, 23), 2, date(2021, 12, 29), "Christmas on a Saturday: Monday and Tuesday in its place"),
    (date(2021, 12, 23), 5, date(2022, 1, 4), "and New Year on a Saturday"),
    (date(2022, 12, 23), 1, date(2022, 12, 28), "Christmas on a Sunday: Tuesday in its place"),
    (date(2022, 12, 23), 5, date(2023, 1, 4), "and New Year on a Sunday"),
    (date(2020, 5, 7), 1, date(2020, 5, 11), "the May holiday of 2020 moved to Friday 8 May"),
    (date(2020, 5, 1), 1, date(2020, 5, 4), "so that Monday 4 May 2020 was worked"),
    (date(2022, 6, 1), 1, date(2022, 6, 6), "the jubilee of 2022: 2 and 3 June"),
    (date(2022, 5, 27), 1, date(2022, 5, 30), "so that Monday 30 May 2022 was worked"),
    (date(2022, 9, 16), 1, date(2022, 9, 20), "the funeral on Monday 19 September 2022"),
    (date(2023, 5, 5), 1, date(2023, 5, 9), "the coronation: Monday 8 May 2023"),
    (date(2023, 4, 28), 10, date(2023, 5, 16), "two holidays in May 2023"),
    (date(2011, 4, 21), 4, date(2011, 5, 3), "Easter, a wedding and May Day in 2011"),
    (date(2012, 6, 1), 1, date(2012, 6, 6), "the jubilee of 2012"),
    (date(2025, 12, 1), 45, date(2026, 2, 5), "an assessment over Christmas 2025"),
    (date(2026, 11, 7), 1, date(2026, 11, 9), "after a Saturday day 1 is Monday"),
    (date(2026, 11, 8), 1, date(2026, 11, 9), "after a Sunday too"),
    (date(2026, 1, 8), -7, date(2025, 12, 29), "seven before, over New Year"),
    (date(2026, 11, 22), 0, date(2026, 11, 22), "none is the day itself"),
    (date(2026, 11, 22), -1, date(2026, 11, 20), "one before a Sunday is Friday"),
]


def test_holidays_are_as_published() -> None:
    for year, listed in PUBLISHED.items():
        days = [date(year, *map(int, entry.split("-"))) for entry in listed.split()]
        assert holidays_between(date(year - 1, 12, 31), date(year, 12, 31)) == days


@pytest.mark.parametrize("year", range(2000, 2061))
def test_holidays_are_as_the_rules_have_them(year: int) -> None:
    assert {day for day in bank_holidays() if day.year == year and day.weekday() < 5} == holidays_of(year)


@pytest.mark.parametrize(("start", "number", "end", "why"), BY_HAND, ids=[why for *_, why in BY_HAND])
def test_working_days_are_as_worked_out_by_hand(start: date, number: int, end: date, why: str) -> None:
    assert add_working_days(start, number) == end
    assert count_on(start, number) == end, f"the slow calendar agrees: {why}"


DAYS = st.dates(date(2000, 6, 1), date(2059, 6, 1))


@settings(max_examples=30)
@given(day=DAYS, number=st.integers(-120, 120))
def test_working_days_are_as_counted_day_by_day(day: date, number: int) -> None:
    assert add_working_days(day, number) == count_on(day, number)


@settings(max_examples=30)
@given(day=DAYS, number=st.integers(0, 400))
def test_working_days_between_undoes_adding(day: date, number: int) -> None:
    end = day + timedelta(days=number)
    counted = sum(works(day + timedelta(days=offset)) for offset in range(1, number + 1))
    assert working_days_between(day, end) == counted
    assert working_days_between(end, day) == -counted


@settings(max_examples=30)
@given(day=DAYS, number=st.integers(1, 260))
def test_a_limit_in_working_days_ends_on_one_and_never_grows_shorter(day: date, number: int) -> None:
    end = add_working_days(day, number)
    assert is_working_day(end)
    assert working_days_between(day, end) == number
    assert add_working_days(day + timedelta(days=1), number) >= end


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2061, 1, 1)])
def test_calendar_refuses_days_it_does_not_know(day: date) -> None:
    with pytest.raises(OutsideCalendarError, match="outside the calendar"):
        is_working_day(day)
    with pytest.raises(OutsideCalendarError):
        add_working_days(day, 1)


def test_calendar_refuses_to_count_beyond_its_end() -> None:
    with pytest.raises(OutsideCalendarError, match="40 working days from 15 December 2060"):
        add_working_days(date(2060, 12, 15), 40)


def test_calendar_covers_the_next_twenty_years() -> None:
    """The `holidays` package has to know them: a new version that does not is found here."""
    assert all(len([day for day in bank_holidays() if day.year == year]) >= 8 for year in range(2000, 2061))
