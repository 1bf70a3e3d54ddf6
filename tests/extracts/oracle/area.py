"""One area's extract: a list of dicts for each stored table."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Area:
    """An area's stored tables. A field that a row leaves out is not known: None.

    `reviews_from`: the first day of reviews (of plans and of care) in the extract. `populations`: children aged 0 to
    17 by mid-year.
    """

    code: str
    as_at: date
    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    reviews_from: date
    populations: Mapping[int, int] = field(default_factory=dict)

    @cache  # noqa: B019  (an area lives as long as one example)
    def rows(self, name: str) -> list[Row]:
        """The rows of a table."""
        return [defaultdict(lambda: None, row) for row in self.tables.get(name, ())]

    def rows_of(self, name: str, column: str, child: int) -> list[Row]:
        """The rows of a table that are about one child."""
        return [row for row in self.rows(name) if row[column] == child]


def codes(text: str | None) -> set[str]:
    """Several codes, kept as `,A,B,`."""
    return {code for code in (text or "").split(",") if code}


def open_on(start: date | None, end: date | None, day: date) -> bool:
    """Begun on or before the day, and not ended by it."""
    return start is not None and start <= day and (end is None or end > day)


def days_between(start: date | None, end: date | None) -> int | None:
    """Calendar days; None when a date is missing or the end is first."""
    if start is None or end is None or end < start:
        return None
    return (end - start).days


def label(labels: Mapping[str, Sequence[str]], code: str | None, otherwise: str) -> str:
    """The label whose codes hold this one."""
    for name, held in labels.items():
        if code in held:
            return name
    return otherwise
