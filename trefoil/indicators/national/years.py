"""From the interactive tool's year labels to periods. Pure.

A label names a period by the year it ends in: `2025` is reporting year 2024-25, academic year 2024/25, or the
year to September 2025, as the measure's year type says. A few labels name both years: `2024-25`.
"""

import re
from datetime import date

from trefoil.indicators.periods import Period, PeriodError, month, reporting_year

_ONE_YEAR = re.compile(r"^(\d{4})$")
_TWO_YEARS = re.compile(r"^(\d{4})-(\d{2})$")
NO_YEAR = "0"
"""The source's label for a year of permanent exclusions that it never published: every value is a mark."""


def year_of(label: str) -> int | None:
    """The year a label's period ends in; None for the label that names no year. Raises PeriodError."""
    if label == NO_YEAR:
        return None
    if found := _ONE_YEAR.match(label):
        return int(found[1])
    if (found := _TWO_YEARS.match(label)) and (int(found[1]) + 1) % 100 == int(found[2]):
        return int(found[1]) + 1
    raise PeriodError(f"“{label}” is not a year label of the interactive tool, such as 2025 or 2024-25")


def period_of(year: int, year_type: str) -> Period:
    """The period of a measure's year. Raises PeriodError for a year type that is not known.

    `Annual` is a count on 31 March and is filed under the reporting year that ends that day.
    """
    if year_type in {"Financial Year", "Annual"}:
        return reporting_year(year)
    if year_type == "Academic Year":
        return Period(date(year - 1, 9, 1), date(year, 8, 31))
    if year_type == "Calendar Year":
        return Period(date(year, 1, 1), date(year, 12, 31))
    if year_type == "Annual (end of Sept)":
        return Period(date(year - 1, 10, 1), date(year, 9, 30))
    if year_type == "Annual - January":
        return month(year, 1)
    raise PeriodError(f"“{year_type}” is not a year type of the interactive tool")
