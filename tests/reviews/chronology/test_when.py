"""Dates as exactly as they are known: read, said, sorted, refused."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.reviews.chronology.when import (
    Precision,
    Shown,
    UnclearError,
    When,
    between,
    check_known,
    days_told,
    moment,
    one_day,
    read_when,
    shown_as,
    whole_month,
    whole_year,
)

DAY = date(2025, 3, 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3 March 2025", "3 March 2025"),
        ("03/03/2025", "3 March 2025"),
        ("3.3.2025", "3 March 2025"),
        ("2025-03-03", "3 March 2025"),
        ("Monday 3rd Mar 2025", "3 March 2025"),
        ("3 March 2025 14:30", "3 March 2025, 14:30"),
        ("03/03/2025 at 2.30pm", "3 March 2025, 14:30"),
        ("2025-03-03T14:30:00", "3 March 2025, 14:30"),
        ("3 March 2025, 12:05 am", "3 March 2025, 00:05"),
        ("March 2025", "March 2025"),
        ("03/2025", "March 2025"),
        ("Sept. 2025", "September 2025"),
        ("2025", "2025"),
        ("between 3 March 2025 and 9 March 2025", "between 3 March 2025 and 9 March 2025"),
        ("3 March 2025 to 9 March 2025", "between 3 March 2025 and 9 March 2025"),
        ("03/03/2025 - 09/03/2025", "between 3 March 2025 and 9 March 2025"),
        ("March 2025 to May 2025", "between 1 March 2025 and 31 May 2025"),
        ("about March 2025", "about March 2025"),
        ("c. 2025", "about 2025"),
    ],
)
def test_read_when_says_no_more_than_was_written(text: str, said: str) -> None:
    assert str(read_when(text)) == said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "does not say when"),
        ("last spring", "does not say when"),
        ("3/25/2025", "day before the month"),
        ("31/2/2025", "day before the month"),
        ("3/3/25", "does not say when"),
        ("3 Brumaire 2025", "names no month"),
        ("13/2025", "no day there is"),
        ("3 March 2025 25:10", "no time of day"),
        ("3 March 2025 14:30 pm", "no time of day"),
        ("March 2025 14:30", "has a time but no day"),
        ("between 9 March 2025 and 3 March 2025", "earlier day first"),
        ("0000", "no year there is"),
    ],
)
def test_read_when_unclear_says_what_to_write(text: str, words: str) -> None:
    with pytest.raises(UnclearError, match=words):
        read_when(text)


def test_order_puts_what_is_known_best_first_on_one_day() -> None:
    first = date(2025, 1, 1)
    ordered = [
        moment(first, time(9)),
        moment(first, time(14, 30)),
        one_day(first),
        between(first, date(2025, 1, 9)),
        whole_month(2025, 1),
        whole_year(2025),
        one_day(date(2025, 1, 2)),
    ]
    turned = list(reversed(ordered))
    assert sorted(turned, key=lambda one: one.order) == ordered


def test_about_moves_nothing_and_is_said() -> None:
    plain, about = one_day(DAY), one_day(DAY, is_about=True)
    assert (plain.order, about.order) == (about.order, plain.order)
    assert str(about) == "about 3 March 2025"
    assert whole_month(2024, 2).last == date(2024, 2, 29)


def test_check_known_refuses_what_has_not_come_and_what_is_too_long_ago() -> None:
    check_known(whole_month(2025, 3), DAY)
    with pytest.raises(UnclearError, match="has not come yet"):
        check_known(one_day(date(2025, 3, 4)), DAY)
    with pytest.raises(UnclearError, match="before 1900"):
        check_known(whole_year(1899), DAY)


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
WHENS = st.one_of(
    st.builds(one_day, DAYS, is_about=st.booleans()),
    st.builds(moment, DAYS, st.times().map(lambda at: at.replace(second=0, microsecond=0)), is_about=st.booleans()),
    st.builds(whole_month, st.integers(1900, 2099), st.integers(1, 12), is_about=st.booleans()),
    st.builds(whole_year, st.integers(1900, 2099), is_about=st.booleans()),
    st.tuples(DAYS, DAYS).filter(lambda two: two[0] < two[1]).map(lambda two: between(*two)),
)


@given(when=WHENS)
@settings(max_examples=30)
def test_what_is_said_is_read_back_as_the_same(when: When) -> None:
    assert read_when(str(when)) == when
    assert (when.day is None) == (when.precision not in {Precision.DAY, Precision.MOMENT})


@pytest.mark.parametrize(
    ("text", "days", "months", "years"),
    [
        ("about 3 March 2025 14:30", "about 3 March 2025", "about March 2025", "about 2025"),
        ("3 March 2025", "3 March 2025", "March 2025", "2025"),
        ("March 2025", "March 2025", "March 2025", "2025"),
        ("2025", "2025", "2025", "2025"),
        ("between 3 March 2025 and 9 March 2025",) * 2 + ("March 2025", "2025"),
        (
            *("between 3 March 2024 and 9 May 2025",) * 2,
            "between 1 March 2024 and 31 May 2025",
            "between 1 January 2024 and 31 December 2025",
        ),
    ],
)
def test_shown_as_is_never_more_exact_than_the_copy(text: str, days: str, months: str, years: str) -> None:
    when = read_when(text)
    assert shown_as(when, Shown.AS_ENTERED) == when
    told = [str(shown_as(when, one)) for one in (Shown.DAYS, Shown.MONTHS, Shown.YEARS)]
    assert told == [days, months, years]
    for one in Shown:
        shown = shown_as(when, one)
        assert shown.first <= when.first <= when.last <= shown.last


def test_days_told_finds_days_and_times_in_words() -> None:
    text = "Seen on 3rd March 2024 at 14:30, again on 4/5, 2024-01-02 and 3 of May. She may have 4 marbles."
    assert days_told(text) == ["3rd March 2024", "14:30", "4/5", "2024-01-02", "3 of May"]


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("summer 2024", "between 1 June 2024 and 31 August 2024"),
        ("late winter of 2024", "between 1 December 2024 and 28 February 2025"),
    ],
)
def test_read_when_of_a_season_says_which_days_it_may_mean(text: str, cure: str) -> None:
    with pytest.raises(UnclearError, match=cure):
        read_when(text)
    read_when(cure)
