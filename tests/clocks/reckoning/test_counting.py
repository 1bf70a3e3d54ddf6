"""Triggers and cohorts, against a slow count."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.clocks.reckoning.counting import Timed, nth_in_a_row, nth_in_window, share_in_time
from trefoil.clocks.reckoning.days import LONDON, day_of, end_of

FIRST = datetime(2026, 1, 1, 12, tzinfo=LONDON)


def after(days: int) -> datetime:
    return FIRST + timedelta(days=days)


def test_third_event_within_ninety_days() -> None:
    assert nth_in_window([after(0), after(10), after(90)], count=3, days=90) == after(90)
    assert nth_in_window([after(0), after(10), after(91)], count=3, days=90) is None
    assert nth_in_window([after(0), after(80), after(91), after(100)], count=3, days=90) == after(100)
    assert nth_in_window([], count=3, days=90) is None


@settings(max_examples=30)
@given(st.lists(st.integers(0, 400), max_size=12), st.integers(2, 4), st.integers(1, 120))
def test_window_is_as_every_choice_of_events_has_it(offsets: list[int], count: int, days: int) -> None:
    moments = [after(offset) for offset in offsets]
    reached = [
        last
        for last in moments
        if sum(day_of(last) - timedelta(days=days) <= day_of(one) <= day_of(last) for one in moments) >= count
    ]
    found = nth_in_window(moments, count=count, days=days)
    assert found == (min(reached) if reached else None)


def weekday(day: date) -> bool:
    return day.weekday() < 5


def test_days_in_a_row_step_over_days_that_do_not_count() -> None:
    thursday = date(2026, 11, 5)
    days = [thursday, date(2026, 11, 6), date(2026, 11, 9)]
    assert nth_in_a_row(days, count=3, counts=weekday) == date(2026, 11, 9)
    assert nth_in_a_row([*days[:2], date(2026, 11, 10)], count=3, counts=weekday) is None
    assert nth_in_a_row([*days, date(2026, 11, 7)], count=3, counts=weekday) == date(2026, 11, 9)
    assert nth_in_a_row([], count=3, counts=weekday) is None


def timed(due: int, stopped: int | None) -> Timed:
    return Timed(end_of(date(2026, 1, 1) + timedelta(days=due)), after(stopped) if stopped is not None else None)


def test_share_counts_what_is_decided() -> None:
    cohort = [timed(5, 3), timed(5, 4), timed(5, 9), timed(5, None), timed(60, None)]
    share = share_in_time(cohort, now=after(20), target_percent=80)
    assert (share.in_time, share.decided, share.still_open) == (2, 4, 1)
    assert share.percent == Decimal("50.0")
    assert share.is_met is False


def test_share_is_compared_before_it_is_rounded() -> None:
    # 4 of 5 are 80%; 1999 of 2500 are 79.96%, which rounds to 80.0 and does not reach it.
    assert share_in_time([timed(5, 1)] * 4 + [timed(5, 9)], now=after(20), target_percent=80).is_met is True
    close = share_in_time([timed(5, 1)] * 1999 + [timed(5, 9)] * 501, now=after(20), target_percent=80)
    assert (close.percent, close.is_met) == (Decimal("80.0"), False)


def test_share_of_nothing_says_nothing() -> None:
    share = share_in_time([timed(60, None)], now=after(20), target_percent=80)
    assert (share.percent, share.is_met, share.still_open) == (None, None, 1)
    assert share_in_time([timed(5, 1)], now=after(20)).is_met is None
