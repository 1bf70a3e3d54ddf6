"""The days of a cycle, against dates worked out by hand from a calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.clocks.reckoning.calendar import is_working_day
from trefoil.meetings.dates import CycleDay, CycleRule, cycle_days, nth_weekday, turns

SECOND_TUESDAY = CycleRule(2, "months", 1, 2, date(2026, 1, 1))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def days(rule, start, end):
    return [one.on for one in cycle_days(rule, start, end, is_working_day)]


def test_cycle_days_second_tuesday_of_every_second_month() -> None:
    found = days(SECOND_TUESDAY, *YEAR)
    assert [(day.month, day.day) for day in found] == [(1, 13), (3, 10), (5, 12), (7, 14), (9, 8), (11, 10)]


def test_cycle_days_on_a_bank_holiday_meets_a_week_later() -> None:
    # The first Monday of May 2026 is the early May bank holiday.
    first_monday = CycleRule(1, "months", 0, 1, date(2026, 1, 1))
    found = cycle_days(first_monday, date(2026, 5, 1), date(2026, 5, 31), is_working_day)
    assert found == [CycleDay(date(2026, 5, 11), date(2026, 5, 4))]


def test_cycle_days_over_christmas_moves_past_both_holidays() -> None:
    # In 2026 Christmas Day is a Friday, and 1 January 2027 is a Friday and a holiday too.
    last_friday = CycleRule(1, "months", 4, -1, date(2026, 1, 1))
    found = cycle_days(last_friday, date(2026, 12, 1), date(2026, 12, 31), is_working_day)
    assert found == [CycleDay(date(2027, 1, 8), date(2026, 12, 25))]


def test_cycle_days_every_six_weeks_counts_from_the_first() -> None:
    thursdays = CycleRule(6, "weeks", 3, 1, date(2026, 1, 6))
    assert days(thursdays, date(2026, 2, 1), date(2026, 6, 1)) == [
        date(2026, 2, 19),
        date(2026, 4, 2),
        date(2026, 5, 14),
    ]


def test_cycle_days_begin_with_the_rule() -> None:
    assert days(SECOND_TUESDAY, date(2025, 1, 1), date(2026, 2, 1)) == [date(2026, 1, 13)]


def test_cycle_days_that_never_work_say_so() -> None:
    with pytest.raises(ValueError, match="day off"):
        cycle_days(SECOND_TUESDAY, *YEAR, lambda _day: False)


@settings(max_examples=30)
@given(
    st.integers(1, 6),
    st.integers(0, 4),
    st.sampled_from([1, 2, 3, 4, -1]),
    st.dates(date(2001, 1, 1), date(2050, 1, 1)),
)
def test_two_spans_side_by_side_give_each_day_once(every: int, weekday: int, nth: int, start: date) -> None:
    rule = CycleRule(every, "months", weekday, nth, date(2000, 1, 1))
    middle, end = start + timedelta(days=200), start + timedelta(days=400)
    whole = days(rule, start, end)
    assert days(rule, start, middle) + days(rule, middle + timedelta(days=1), end) == whole
    assert all(day.weekday() == weekday and is_working_day(day) for day in whole)


def test_nth_weekday_by_hand() -> None:
    assert nth_weekday(2026, 2, 1, 2) == date(2026, 2, 10)
    assert nth_weekday(2024, 2, 3, -1) == date(2024, 2, 29)


def test_turns_follow_each_other_for_a_year_each() -> None:
    first, second = turns(date(2026, 4, 1), 2)
    assert (first.starts_on, first.ends_on) == (date(2026, 4, 1), date(2027, 3, 31))
    assert (second.starts_on, second.ends_on) == (date(2027, 4, 1), date(2028, 3, 31))


def test_turns_from_a_leap_day_end_on_the_last_of_february() -> None:
    (only,) = turns(date(2024, 2, 29), 1)
    assert only.ends_on == date(2025, 2, 28)
