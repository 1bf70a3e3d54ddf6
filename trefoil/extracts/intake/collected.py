"""Gathers findings: counts every one, keeps up to 200 of each rule and column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from .findings import Finding, Level, shown
from .report import KEPT_IN_FULL, Tally


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: what the column `part_` of a view stands for."""

    file: str
    sheet: str


class Collected:
    """Findings and their counts, in the order in which they were found."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._counts: dict[tuple[Level, str, str, str, str], int] = {}

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Every rule that spoke, with its place and count."""
        return tuple(Tally(*place, count) for place, count in self._counts.items())

    def add(self, findings: Iterable[Finding]) -> None:
        """Take findings as they are, each counted once."""
        for one in findings:
            place = (one.level, one.rule, one.file, one.sheet, one.column)
            self._count(place, 1)
            if self._counts[place] <= KEPT_IN_FULL:
                self.findings.append(one)

    def speak(
        self,
        level: Level,
        rule: str,
        source: Source,
        cure: str,
        *,
        column: str = "",
        rows: Sequence[tuple[int, str]] = ((0, ""),),
        total: int | None = None,
    ) -> None:
        """Add one finding per row and value, of `total` rows in all."""
        place = (level, rule, source.file, source.sheet, column)
        self._count(place, len(rows) if total is None else total)
        self.findings += [
            Finding(level, source.file, source.sheet, row, column, shown(value), rule, cure)
            for row, value in rows[:KEPT_IN_FULL]
        ]

    def speak_of(
        self,
        connection: duckdb.DuckDBPyConnection,
        select: str,
        sources: Sequence[Source],
        *,
        level: Level,
        rule: str,
        cure: str,
        column: str = "",
    ) -> None:
        """Add what a query finds: columns `part_`, `row_` and `value`, a text to show or an empty one."""
        connection.execute(f"CREATE OR REPLACE TEMP TABLE found_ AS {select}")
        for part, total in connection.execute("SELECT part_, count(*) FROM found_ GROUP BY 1 ORDER BY 1").fetchall():
            rows = connection.execute(
                f"SELECT row_, value FROM found_ WHERE part_ = {part} ORDER BY row_ LIMIT {KEPT_IN_FULL}"
            ).fetchall()
            self.speak(level, rule, sources[part], cure, column=column, rows=rows, total=total)

    def _count(self, place: tuple[Level, str, str, str, str], count: int) -> None:
        self._counts[place] = self._counts.get(place, 0) + count
