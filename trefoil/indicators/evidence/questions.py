"""Under which measures a contradiction is shown, and how it is put before a reader."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from ..catalogue.loader import catalogue
from ..catalogue.references import ID_PATTERN
from ..models import Fault
from ..rows import Severity

# The rule that lays two measures beside each other; its message names both.
BETWEEN_TWO = "same-thing"
_ID = re.compile(rf"\b{ID_PATTERN}\b")


@dataclass(frozen=True)
class Question:
    """A fault or a note in words. `measures` are the titles behind the codes in the message, by code."""

    message: str
    found: str
    expected: str
    measures: tuple[tuple[str, str], ...]
    return_pk: int


def by_measure(rows: Iterable[Fault]) -> Mapping[str, Sequence[Fault]]:
    """Rows under every measure that they are about, in the order they come."""
    grouped: dict[str, list[Fault]] = defaultdict(list)
    for row in rows:
        for indicator in dict.fromkeys(_about(row)):
            grouped[indicator].append(row)
    return grouped


def _about(row: Fault) -> Iterator[str]:
    """The measure a row was found at, the other that it contradicts, and those worked out from a part in doubt.

    A fault is put at the first part of a sum that fails, so it says nothing of that part alone.
    """
    yield row.indicator
    if row.rule == BETWEEN_TWO:
        yield from _named(row.message)
    if row.breakdown and is_note(row):
        yield from _worked_out_from().get((row.indicator, row.breakdown), ())


@cache
def _worked_out_from() -> Mapping[tuple[str, str], Sequence[str]]:
    """(measure, part) to the measures that take their numerator or denominator from that part."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for definition in catalogue():
        for reference in definition.calculation.references if definition.calculation else ():
            found[reference.indicator, reference.breakdown].append(definition.id)
    return found


def _named(message: str) -> Iterator[str]:
    return (indicator for indicator in _ID.findall(message) if indicator in catalogue())


def in_words(rows: Iterable[Fault]) -> tuple[Question, ...]:
    """Faults or notes for a page, those of the newest period first."""
    newest_first = sorted(rows, key=lambda row: row.period_end or date.min, reverse=True)
    return tuple(
        Question(
            message=row.message,
            found=row.found,
            expected=row.expected,
            measures=tuple((one, catalogue()[one].title) for one in dict.fromkeys(_named(row.message))),
            return_pk=row.agency_return_id,
        )
        for row in newest_first
    )


def is_note(row: Fault) -> bool:
    """A second look is worth while; nobody has to answer."""
    return row.severity == Severity.NOTE.value
