"""Periods of time that figures belong to. Pure: no database, no clock.

A period is a first and a last day. Written forms, in and out: a month `2019-02`, a calendar quarter `2018-Q4`,
a financial year `2024/25` (April to March), a run of months `2018-04..2019-02`, and the reporting year of the
Department for Education `RY2025` (the year that ends on 31 March 2025).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")
_QUARTER = re.compile(r"^(\d{4})-Q([1-4])$")
_FINANCIAL = re.compile(r"^(\d{4})/(\d{2})$")
_REPORTING = re.compile(r"^RY(\d{4})$")

MONTHS_IN_WORDS = [calendar.month_name[number] for number in range(13)]


class PeriodError(ValueError):
    """A period that cannot be read. The message says what was found and which forms are understood."""


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A first day and a last day, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodError(f"the period ends ({self.end}) before it starts ({self.start})")

    @property
    def months(self) -> int:
        """How many calendar months the period touches."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def kind(self) -> str:
        """`month`, `quarter`, `year` (April to March) or `span`."""
        if self.start.day != 1 or (self.end + timedelta(days=1)).day != 1:
            return "span"
        if self.months == 1:
            return "month"
        if self.months == 3 and self.start.month in (1, 4, 7, 10):
            return "quarter"
        if self.months == 12 and self.start.month == 4:
            return "year"
        return "span"

    @property
    def code(self) -> str:
        """The written form that `parse_period` reads back."""
        if self.kind == "month":
            return f"{self.start:%Y-%m}"
        if self.kind == "quarter":
            return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
        if self.kind == "year":
            return f"{self.start.year}/{self.end.year % 100:02d}"
        return f"{self.start:%Y-%m}..{self.end:%Y-%m}"

    @property
    def label(self) -> str:
        """For a reader: `February 2019`, `April to June 2018`, `2024-25`, `April 2018 to February 2019`."""
        if self.kind == "month":
            return f"{MONTHS_IN_WORDS[self.start.month]} {self.start.year}"
        if self.kind == "quarter":
            return f"{MONTHS_IN_WORDS[self.start.month]} to {MONTHS_IN_WORDS[self.end.month]} {self.end.year}"
        if self.kind == "year":
            return f"{self.start.year}-{self.end.year % 100:02d}"
        return (
            f"{MONTHS_IN_WORDS[self.start.month]} {self.start.year} to "
            f"{MONTHS_IN_WORDS[self.end.month]} {self.end.year}"
        )

    def __str__(self) -> str:
        return self.code


def month(year: int, number: int) -> Period:
    """The calendar month `number` (1 to 12) of `year`."""
    return Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def reporting_year(year: int) -> Period:
    """DfE's reporting year: 1 April of the year before to 31 March of `year`."""
    return Period(date(year - 1, 4, 1), date(year, 3, 31))


def financial_year_of(day: date) -> Period:
    """The April-to-March year that `day` falls in."""
    return reporting_year(day.year + 1 if day.month >= 4 else day.year)


def parse_period(text: str) -> Period:
    """Read a period's written form. Raises PeriodError with the forms that are understood."""
    text = text.strip()
    if ".." in text:
        first, _, last = text.partition("..")
        return Period(parse_period(first).start, parse_period(last).end)
    if found := _MONTH.match(text):
        return month(int(found[1]), int(found[2]))
    if found := _QUARTER.match(text):
        first_month = int(found[2]) * 3 - 2
        return Period(month(int(found[1]), first_month).start, month(int(found[1]), first_month + 2).end)
    if (found := _FINANCIAL.match(text)) and (int(found[1]) + 1) % 100 == int(found[2]):
        return reporting_year(int(found[1]) + 1)
    if found := _REPORTING.match(text):
        return reporting_year(int(found[1]))
    raise PeriodError(
        f"“{text}” is not a period; write a month as 2019-02, a quarter as 2018-Q4, a year as 2024/25 "
        "or a run of months as 2018-04..2019-02"
    )
