"""Dates and limits, in portable Ibis.

A period always ends on the last day of a month. So a month added to a date (a day that the month does not have
becomes its last day) is on or before the end of a period exactly when the months between the two calendar months are
at least as many: `months_to` counts them.
"""

import ibis
import ibis.expr.types as ir

from ..tables import Tables
from .people import with_person

# Ends of time that every backend can hold: open ends are dates too, so that no comparison meets a null.
LONG_AGO, NEVER = ibis.date("1900-01-01"), ibis.date("2999-12-31")


def month_number(day: ir.DateValue) -> ir.IntegerValue:
    """The calendar month of a date as `periods.month_number` has it."""
    return (day.year() * 12 + day.month() - 1).cast("int64")


def months_to(since: ir.DateValue, day: ir.DateValue) -> ir.IntegerValue:
    """Completed months from a date to `day`, the last day of a month; null when either is missing."""
    return month_number(day) - month_number(since)


def as_date(value: ir.Value) -> ir.DateValue:
    """A date, whatever the backend makes of date arithmetic (DuckDB makes a timestamp of a date and an interval)."""
    return value.cast("timestamp").cast("date")


def plus_months(day: ir.DateValue, months: int) -> ir.DateValue:
    """The same day so many months later, or the last day of that month when it has no such day."""
    return as_date(day + ibis.interval(months=months))


def plus_days(day: ir.DateValue, days: int) -> ir.DateValue:
    """So many calendar days later."""
    return as_date(day + ibis.interval(days=days))


def first_of_month_after(day: ir.DateValue, months: int) -> ir.DateValue:
    """The first day of the calendar month so many months after that of `day`."""
    number = month_number(day) + months
    return ibis.date((number // 12).cast("int32"), (number % 12 + 1).cast("int32"), 1)


def first_of_april(day: ir.DateValue) -> ir.DateValue:
    """The 1 April on or before a date: when its financial year began."""
    return ibis.date(day.year() - ibis.ifelse(day.month() < 4, 1, 0), 4, 1)


def with_working_day_after(table: ir.Table, tables: Tables, name: str, *, start: str, days: int) -> ir.Table:
    """The table with a date column: the working day that is the `days`-th after `start` (day 1 is the next one).

    Null when `start` is missing or outside the calendar (`calendar.py`).
    """
    numbers = tables.working_days
    days_from = numbers.rename(from_day="day", from_number="number")
    begun = table.left_join(days_from, table[start] == days_from.from_day)
    # A number is first reached on the working day itself; the days of rest after it carry the same one.
    reached = numbers.group_by(reached_number="number").aggregate(**{name: numbers.day.min()})
    wanted = begun.mutate(wanted_number=begun.from_number + days)
    found = wanted.left_join(reached, wanted.wanted_number == reached.reached_number)
    return found.drop("from_day", "from_number", "wanted_number", "reached_number")


def with_age_in_month(table: ir.Table, tables: Tables, day: str) -> ir.Table:
    """The table with `age_months`: completed months on the last day of the calendar month of the date `day`.

    `pers_age_months` (on the last day of the month of the extract's `as_at`) less the months between.
    """
    joined = with_person(table, tables, ("age_at_extract",))
    return joined.mutate(age_months=(joined.age_at_extract + month_number(joined[day])).cast("int64")).drop(
        "age_at_extract"
    )
