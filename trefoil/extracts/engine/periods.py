"""The periods that are counted, as spans of whole months. Pure: no database.

A month is one number, `year * 12 + month - 1`. A span is a first and a last month, both included. Kinds: `month`,
`quarter` (of the calendar), `year` (April to March), `year_to_date` (April to each month), `rolling_12` (the twelve
months that end with each month).
"""

from collections.abc import Iterable
from datetime import date

from trefoil.indicators.periods import Period, month

KINDS = ("month", "quarter", "year", "year_to_date", "rolling_12")


def month_number(day: date) -> int:
    """The month a day falls in, as one number."""
    return day.year * 12 + day.month - 1


def month_period(number: int) -> Period:
    """The calendar month with this number."""
    return month(number // 12, number % 12 + 1)


def period_of(span: tuple[int, int]) -> Period:
    """The days of a span of months."""
    return Period(month_period(span[0]).start, month_period(span[1]).end)


def span_of(period: Period) -> tuple[int, int]:
    """The months of a period of whole months."""
    return month_number(period.start), month_number(period.end)


def last_whole_month(as_at: date) -> int:
    """The last month that has wholly passed by the end of a day."""
    number = month_number(as_at)
    return number if month_period(number).end == as_at else number - 1


def spans(kinds: Iterable[str], *, as_at: date, months: int) -> tuple[tuple[int, int], ...]:
    """Every span of these kinds inside the `months` months that end with the last whole month, each once, in order.

    Two kinds may name the same span (April's year to date is April): it is counted once. Raises ValueError for a
    kind that is not known or no months.
    """
    if months < 1:
        raise ValueError(f"months must be 1 or more: {months}")
    last = last_whole_month(as_at)
    first = last - months + 1
    found: set[tuple[int, int]] = set()
    for kind in kinds:
        if kind not in KINDS:
            raise ValueError(f"“{kind}” is not a kind of period; there are {', '.join(KINDS)}")
        found |= {span for end in range(first, last + 1) if (span := _span_ending(kind, end)) and span[0] >= first}
    return tuple(sorted(found, key=lambda span: (span[1], -span[0])))


def _span_ending(kind: str, end: int) -> tuple[int, int] | None:
    """The span of this kind that ends with a month, if one does."""
    match kind:
        case "month":
            return end, end
        case "quarter":
            return (end - 2, end) if end % 3 == 2 else None
        case "year":
            return (end - 11, end) if end % 12 == 2 else None
        case "year_to_date":
            return end - (end - 3) % 12, end
        case _:
            return end - 11, end
