"""School days: Monday to Friday within a partnership's own term dates, without bank holidays. Pure.

Term dates differ from area to area and cannot be worked out. Where they do not reach, that is said; nothing is
guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .calendar import is_working_day


@dataclass(frozen=True, order=True)
class Term:
    """A stretch in which schools are open, both days included. Half terms are two stretches."""

    starts_on: date
    ends_on: date


class TermDatesMissingError(ValueError):
    """The term dates that are known do not reach as far as the count."""


def is_school_day(day: date, terms: Sequence[Term]) -> bool:
    """Whether schools are open on a day."""
    return is_working_day(day) and any(term.starts_on <= day <= term.ends_on for term in terms)


def add_school_days(day: date, number: int, terms: Sequence[Term]) -> date:
    """The school day that is `number` after `day` (day 0). Raises TermDatesMissingError, saying what is missing."""
    if number == 0:
        return day
    _check_reach(day, terms)
    last, found = max(term.ends_on for term in terms), day
    while number:
        found += timedelta(days=1)
        if found > last:
            raise TermDatesMissingError(f"the term dates known end on {last:%-d %B %Y}")
        number -= is_school_day(found, terms)
    return found


def school_days_between(start: date, end: date, terms: Sequence[Term]) -> int:
    """School days after `start` up to and including `end`. Raises TermDatesMissingError."""
    _check_reach(start, terms)
    if end > (last := max(term.ends_on for term in terms)):
        raise TermDatesMissingError(f"the term dates known end on {last:%-d %B %Y}")
    return sum(is_school_day(start + timedelta(days=offset), terms) for offset in range(1, (end - start).days + 1))


def _check_reach(day: date, terms: Sequence[Term]) -> None:
    if not terms:
        raise TermDatesMissingError("no term dates are known")
    first = min(term.starts_on for term in terms)
    if day < first:
        raise TermDatesMissingError(f"the term dates known begin on {first:%-d %B %Y}")
