"""What intake tells about an extract: files, findings, completeness and validity. Pure; holds no personal value."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from .findings import Finding, Level, worst

KEPT_IN_FULL = 200


@dataclass(frozen=True, slots=True)
class FileRead:
    """One table that was read. `rows`: rows with something in them, without the heading row."""

    file: str
    sheet: str
    layout: str
    rows: int


@dataclass(frozen=True, slots=True)
class FieldQuality:
    """How full and how right one field is: `table` the layout, `field` the column; `valid` <= `filled` <= `rows`."""

    table: str
    field: str
    rows: int
    filled: int
    valid: int


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A value that is in no list and waits for the value map of the partner.

    `code_list` and `folded` are the key of the map; `value` is one spelling; `rows` up to five examples.
    """

    code_list: str
    folded: str
    value: str
    file: str
    sheet: str
    column: str
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a rule spoke in one column of one sheet, counted in full. Findings are kept up to 200 of each."""

    level: Level
    rule: str
    file: str
    sheet: str
    column: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report. Refused: it has a fault or an unmapped value, and nothing can be stored."""

    shape: str
    area: str
    as_at: date
    files: tuple[FileRead, ...] = ()
    findings: tuple[Finding, ...] = ()
    tallies: tuple[Tally, ...] = ()
    quality: tuple[FieldQuality, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
    # Values that the partner's map decided: (name of the list, folded spelling) as "list: spelling" to a count.
    mapped: dict[str, int] = field(default_factory=dict)
    # For each canonical table the first and last day in which every event is there; empty when refused.
    covers: dict[str, tuple[date, date]] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether the extract may not be stored as it is."""
        return worst(self.findings) in {Level.FAULT, Level.UNMAPPED}

    def count(self, level: Level) -> int:
        """How many findings of a level there are, counted in full."""
        return sum(tally.count for tally in self.tallies if tally.level == level)

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON; `report_from` reads it back."""
        covers = {table: [day.isoformat() for day in days] for table, days in self.covers.items()}
        return {**asdict(self), "as_at": self.as_at.isoformat(), "covers": covers}


def report_from(whole: dict[str, Any]) -> Report:
    """Read back what `Report.to_dict` gave, also after a way through JSON."""
    return Report(
        shape=whole["shape"],
        area=whole["area"],
        as_at=date.fromisoformat(whole["as_at"]),
        files=tuple(FileRead(**one) for one in whole["files"]),
        findings=tuple(Finding(**{**one, "level": Level(one["level"])}) for one in whole["findings"]),
        tallies=tuple(Tally(**{**one, "level": Level(one["level"])}) for one in whole["tallies"]),
        quality=tuple(FieldQuality(**one) for one in whole["quality"]),
        unmapped=tuple(Unmapped(**{**one, "rows": tuple(one["rows"])}) for one in whole["unmapped"]),
        mapped=dict(whole["mapped"]),
        covers={
            table: (date.fromisoformat(first), date.fromisoformat(last))
            for table, (first, last) in whole["covers"].items()
        },
    )


def tallied(findings: Iterable[Finding]) -> tuple[Tally, ...]:
    """Count findings that were all kept, by rule and place."""
    counts: dict[tuple[Level, str, str, str, str], int] = {}
    for one in findings:
        place = (one.level, one.rule, one.file, one.sheet, one.column)
        counts[place] = counts.get(place, 0) + 1
    return tuple(Tally(*place, count) for place, count in counts.items())
