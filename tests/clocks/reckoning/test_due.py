"""What a limit comes to: months, weeks, hours, school days and pauses, against dates worked out by hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clocks.reckoning.slow_calendar import count_on, months_on, works
from trefoil.clocks.reckoning.days import LONDON, day_of, end_of, next_fixed
from trefoil.clocks.reckoning.due import Pause, due_moment, soon_moment
from trefoil.clocks.reckoning.hours import OPENS, add_working_time, working_time_between
from trefoil.clocks.reckoning.kinds import Kind, Limit, MonthEnds, Unit
from trefoil.clocks.reckoning.school import Term, TermDatesMissingError, school_days_between


def moment(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def due(limit: Limit, start: datetime, *pauses: tuple[datetime, datetime], terms: tuple[Term, ...] = ()) -> datetime:
    found = due_moment(limit, start, pauses=[Pause(*pause) for pause in pauses], terms=terms)
    assert found is not None
    return found


def within(length: int, unit: Unit, kind: Kind = Kind.MAX) -> Limit:
    return Limit(kind, length, unit)


# Months: the same day of a later month, or its last.
MONTHS = [
    (date(2024, 1, 31), 1, date(2024, 2, 29)),
    (date(2025, 1, 31), 1, date(2025, 2, 28)),
    (date(2023, 8, 31), 6, date(2024, 2, 29)),
    (date(2024, 8, 31), 6, date(2025, 2, 28)),
    (date(2025, 11, 30), 3, date(2026, 2, 28)),
    (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2024, 2, 29), 48, date(2028, 2, 29)),
    (date(2025, 2, 28), 1, date(2025, 3, 28)),
    (date(2026, 12, 15), 1, date(2027, 1, 15)),
    (date(2026, 5, 31), 1, date(2026, 6, 30)),
]


@pytest.mark.parametrize(("start", "number", "end"), MONTHS)
def test_months_end_as_worked_out_by_hand(start: date, number: int, end: date) -> None:
    assert due(within(number, Unit.MONTHS), end_of(start)) == end_of(end)
    assert months_on(start, number) == end


def test_a_month_that_ends_with_the_month() -> None:
    limit = Limit(Kind.INTERVAL, 1, Unit.MONTHS, MonthEnds.END_OF_MONTH)
    assert day_of(due(limit, moment(2026, 1, 15))) == date(2026, 2, 28)
    assert day_of(due(limit, moment(2024, 1, 31))) == date(2024, 2, 29)


@settings(max_examples=30)
@given(start=st.dates(date(2001, 1, 1), date(2055, 1, 1)), number=st.integers(1, 60))
def test_months_are_as_stepped_through(start: date, number: int) -> None:
    assert day_of(due(within(number, Unit.MONTHS), end_of(start))) == months_on(start, number)


def test_weeks_and_calendar_days_count_every_day() -> None:
    assert day_of(due(within(26, Unit.WEEKS), moment(2024, 2, 29))) == date(2024, 8, 29)
    assert day_of(due(within(8, Unit.CALENDAR_DAYS), moment(2024, 2, 20))) == date(2024, 2, 28)
    assert day_of(due(within(8, Unit.CALENDAR_DAYS), moment(2024, 2, 22))) == date(2024, 3, 1)


# Hours pass in universal time. England's clocks went on at 1:00 on 29 March 2026 and back at 2:00 on 25 October 2026.
HOURS = [
    (moment(2026, 3, 28, 12), 24, moment(2026, 3, 29, 13)),
    (moment(2026, 10, 24, 12), 24, moment(2026, 10, 25, 11)),
    (moment(2026, 3, 27, 18, 30), 72, moment(2026, 3, 30, 19, 30)),
    (moment(2026, 10, 24, 10), 48, moment(2026, 10, 26, 9)),
    (moment(2026, 11, 22, 10), 4, moment(2026, 11, 22, 14)),
    (moment(2024, 2, 28, 20), 24, moment(2024, 2, 29, 20)),
]


@pytest.mark.parametrize(("start", "number", "end"), HOURS)
def test_hours_pass_over_the_change_of_the_clocks(start: datetime, number: int, end: datetime) -> None:
    assert due(within(number, Unit.HOURS), start) == end.astimezone(UTC)


def test_the_hour_that_comes_twice_counts_twice() -> None:
    before = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    assert due(within(1, Unit.HOURS), before) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


WORKING_HOURS = [
    (moment(2026, 11, 20, 15, 30), 4, moment(2026, 11, 23, 11, 30)),
    (moment(2026, 11, 21, 15, 30), 4, moment(2026, 11, 23, 13)),
    (moment(2026, 12, 24, 16), 4, moment(2026, 12, 29, 12)),
    (moment(2026, 11, 23, 7), 8, moment(2026, 11, 23, 17)),
    (moment(2026, 11, 23, 18), 1, moment(2026, 11, 24, 10)),
]


@pytest.mark.parametrize(("start", "number", "end"), WORKING_HOURS)
def test_working_hours_are_nine_to_five_on_working_days(start: datetime, number: int, end: datetime) -> None:
    assert due(within(number, Unit.WORKING_HOURS), start) == end
    assert working_time_between(start, end) == timedelta(hours=number)


@settings(max_examples=20)
@given(
    day=st.dates(date(2019, 1, 1), date(2028, 1, 1)), minute=st.integers(0, 24 * 60 - 1), minutes=st.integers(1, 4000)
)
def test_working_time_is_as_counted_minute_by_minute(day: date, minute: int, minutes: int) -> None:
    begun = datetime.combine(day, time(*divmod(minute, 60)), tzinfo=LONDON)
    found = add_working_time(begun, timedelta(minutes=minutes))
    left, here = minutes, begun
    while left:
        if works(here.date()) and 9 <= here.hour < 17:
            left -= 1
        elif not works(here.date()) or here.hour >= 17:
            here = datetime.combine(here.date() + timedelta(days=1), OPENS, tzinfo=LONDON)
            continue
        here += timedelta(minutes=1)
    assert found == here


TERMS = (Term(date(2026, 9, 1), date(2026, 10, 23)), Term(date(2026, 11, 2), date(2026, 12, 18)))


def test_school_days_leave_out_half_term() -> None:
    limit = within(10, Unit.SCHOOL_DAYS)
    # 20 to 23 October are four; then the half term; 2 to 6 November five, and Monday 9 November the tenth.
    assert day_of(due(limit, moment(2026, 10, 19), terms=TERMS)) == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("start", "terms", "says"),
    [
        (moment(2026, 10, 19), (), "no term dates are known"),
        (moment(2026, 8, 3), TERMS, "begin on 1 September 2026"),
        (moment(2026, 12, 10), TERMS, "end on 18 December 2026"),
    ],
)
def test_school_days_are_never_guessed(start: datetime, terms: tuple[Term, ...], says: str) -> None:
    with pytest.raises(TermDatesMissingError, match=says):
        due_moment(within(10, Unit.SCHOOL_DAYS), start, terms=terms)


@settings(max_examples=20)
@given(offset=st.integers(0, 80), number=st.integers(1, 15))
def test_school_days_are_as_counted_day_by_day(offset: int, number: int) -> None:
    start = date(2026, 9, 1) + timedelta(days=offset)

    def in_school(day: date) -> bool:
        return works(day) and any(term.starts_on <= day <= term.ends_on for term in TERMS)

    found = day_of(due(within(number, Unit.SCHOOL_DAYS), end_of(start), terms=TERMS))
    assert found == count_on(start, number, in_school)
    assert school_days_between(start, found, TERMS) == number


def test_before_counts_back_from_the_event() -> None:
    limit = within(7, Unit.WORKING_DAYS, Kind.BEFORE)
    assert due(limit, moment(2026, 1, 8)) == end_of(date(2025, 12, 29))
    assert day_of(due(within(6, Unit.WEEKS, Kind.BEFORE), moment(2026, 3, 1))) == date(2026, 1, 18)


def test_min_is_the_first_moment_of_its_day() -> None:
    found = due(within(30, Unit.CALENDAR_DAYS, Kind.MIN), moment(2026, 11, 1))
    assert found == moment(2026, 12, 1, 0)


def test_fixed_is_the_next_such_day_of_a_year() -> None:
    limit = Limit(Kind.FIXED, fixed_day=(9, 30))
    assert due(limit, moment(2026, 3, 31)) == end_of(date(2026, 9, 30))
    assert due(limit, moment(2026, 9, 30)) == end_of(date(2027, 9, 30))
    assert next_fixed(date(2024, 3, 1), (2, 29)) == date(2025, 2, 28)


@pytest.mark.parametrize("limit", [Limit(Kind.MAX, None, Unit.HOURS), Limit(Kind.NONE), Limit(Kind.FIXED)])
def test_without_a_number_there_is_no_date(limit: Limit) -> None:
    assert due_moment(limit, moment(2026, 11, 2)) is None


# Pauses: start, limit, pause, what is due then.
PAUSES = [
    (within(10, Unit.WORKING_DAYS), moment(2026, 11, 4), moment(2026, 11, 11), date(2026, 11, 23), "five days"),
    (within(10, Unit.WORKING_DAYS), moment(2026, 11, 6), moment(2026, 11, 8), date(2026, 11, 16), "a weekend"),
    (within(2, Unit.WEEKS), moment(2026, 11, 6), moment(2026, 11, 8), date(2026, 11, 18), "two days of a weekend"),
    (within(1, Unit.MONTHS), moment(2026, 11, 4), moment(2026, 11, 14), date(2026, 12, 12), "ten days"),
    (within(10, Unit.WORKING_DAYS), moment(2026, 11, 4), moment(2026, 11, 4, 16), date(2026, 11, 16), "an afternoon"),
]


@pytest.mark.parametrize(("limit", "began", "ended", "end", "why"), PAUSES, ids=[why for *_, why in PAUSES])
def test_pause_moves_the_date(limit: Limit, began: datetime, ended: datetime, end: date, why: str) -> None:
    start = moment(2026, 11, 2)
    assert day_of(due(limit, start, (began, ended))) == end, why


def test_pause_of_hours_moves_by_what_passed() -> None:
    start = moment(2026, 11, 2)
    paused = (moment(2026, 11, 2, 12), moment(2026, 11, 2, 14, 30))
    assert due(within(24, Unit.HOURS), start, paused) == moment(2026, 11, 3, 12, 30)
    assert due(within(4, Unit.WORKING_HOURS), start, paused) == moment(2026, 11, 2, 16, 30)


def test_pause_in_school_days() -> None:
    start, paused = moment(2026, 10, 19), (moment(2026, 10, 20), moment(2026, 10, 22))
    assert day_of(due(within(2, Unit.SCHOOL_DAYS), start, paused, terms=TERMS)) == date(2026, 10, 23)


@settings(max_examples=30)
@given(
    start=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    number=st.integers(1, 60),
    after=st.integers(0, 40),
    lasted=st.integers(0, 60),
)
def test_paused_days_do_not_count_at_all(start: date, number: int, after: int, lasted: int) -> None:
    """Against a count that steps over every day of the pause."""
    began, ended = start + timedelta(days=after), start + timedelta(days=after + lasted)
    plain = count_on(start, number)
    found = day_of(due(within(number, Unit.WORKING_DAYS), end_of(start), (end_of(began), end_of(ended))))
    if began < plain:
        assert found == count_on(start, number, lambda day: works(day) and not began < day <= ended)
    else:
        assert found >= plain


IN_DAYS_AND_HOURS = [unit for unit in Unit if unit is not Unit.SCHOOL_DAYS]


@settings(max_examples=30)
@given(
    day=st.dates(date(2010, 1, 1), date(2040, 1, 1)),
    unit=st.sampled_from(IN_DAYS_AND_HOURS),
    length=st.integers(1, 52),
)
def test_due_is_after_its_start_and_soon_lies_between(day: date, unit: Unit, length: int) -> None:
    begun = end_of(day) - timedelta(hours=7)
    found = due(within(length, unit), begun)
    assert begun < found
    assert begun <= soon_moment(begun, found) <= found


@pytest.mark.parametrize(
    ("start", "end", "soon"),
    [
        (moment(2026, 11, 2), moment(2026, 11, 3), moment(2026, 11, 3, 4)),
        (moment(2026, 11, 2), end_of(date(2026, 11, 16)), moment(2026, 11, 11, 0)),
        (moment(2026, 1, 5), end_of(date(2026, 7, 6)), moment(2026, 6, 22, 0)),
        (moment(2026, 1, 5), end_of(date(2027, 1, 5)), moment(2026, 12, 3, 0)),
        (moment(2026, 11, 2), end_of(date(2026, 11, 6)), moment(2026, 11, 3, 0)),
    ],
)
def test_due_soon_begins_some_working_days_before(start: datetime, end: datetime, soon: datetime) -> None:
    assert soon_moment(start, end) == soon
