"""The row that intake gives, checks read and operations store. Pure: no database."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .periods import Period


class Severity(StrEnum):
    """What a finding does to a file.

    An ERROR stops the whole file. A FAULT is a contradiction between figures that are each well formed: the file is
    stored, the figures carry the fault, and it must be answered before approval. A NOTE is worth knowing.
    """

    ERROR = "error"
    FAULT = "fault"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file. `row` counts from 1 with the heading row as row 1; 0 is the whole file."""

    row: int = 0
    column: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        parts = [f"sheet {self.sheet}"] if self.sheet else []
        parts += [f"row {self.row}"] if self.row else []
        parts += [f"column {self.column}"] if self.column else []
        return ", ".join(parts) or "the file"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: where, what was found, what is expected, and which rule says so."""

    severity: Severity
    rule: str
    place: Place
    found: str
    expected: str
    message: str
    indicator: str = ""
    breakdown: str = ""
    period: Period | None = None

    def __str__(self) -> str:
        return f"{self.severity.value}: {self.place}: {self.message}"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure as a file gives it.

    `indicator` is a catalogue id (`FD01`). `breakdown` is "" for the whole, else `dimension: category`, for instance
    `age: under 1`; two dimensions are joined by ` / `. `numerator` and `denominator` are counts or sums; `value` is
    what the sender worked out or published (a count, percentage, rate, mean), with `value_places` the decimal places it
    was written to. A row has a numerator or a value, or else a `missing_reason`.
    """

    place: Place
    indicator: str
    period: Period
    breakdown: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    value_places: int = 0
    target: Decimal | None = None
    published_neighbours: Decimal | None = None
    published_variance: Decimal | None = None
    missing_reason: str = ""
    note: str = ""

    @property
    def key(self) -> tuple[str, str, Period]:
        """What makes a figure the same figure: indicator, breakdown, period."""
        return (self.indicator, self.breakdown, self.period)
