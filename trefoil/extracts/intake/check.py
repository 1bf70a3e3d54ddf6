"""Checks the values of one part. One pass counts; only a column with something wrong is looked at again."""

from dataclasses import dataclass

import duckdb

from trefoil.extracts.standard import folded

from .collected import Collected, Source
from .connection import quoted
from .findings import NOT_SHOWN, Level
from .layouts import Column
from .loading import BLANK, OUT_OF_RANGE, UNREADABLE, Loaded, has_state, state_of
from .report import KEPT_IN_FULL, FieldQuality, Unmapped
from .spellings import Reading, may_be_personal
from .typed import HOW_TO_WRITE

_LONGEST = 500
_LONGEST_SPELLING = 150  # the longest label of a list has 139 letters
_EXAMPLES = 5
_CELLS = "cells_"
_MOST_UNMAPPED = 2_000  # different values of one column; more than that is no list of codes


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of one column are blank, unreadable and out of range, and the length of its longest text."""

    blank: int
    unreadable: int
    out_of_range: int
    longest: int


class PartCheck:
    """Checks one part. After `run`: findings in `collected`, and `quality`, `unmapped`, `mapped` filled."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, loaded: Loaded, collected: Collected) -> None:
        self._connection = connection
        self._loaded = loaded
        self._collected = collected
        self._seen = False
        self._source = Source(loaded.part.file, loaded.part.sheet)
        self.quality: list[FieldQuality] = []
        self.unmapped: list[Unmapped] = []
        self.mapped: dict[str, int] = {}

    def run(self) -> None:
        """Check every column that the file has."""
        columns = list(self._loaded.columns())
        for column, counts in zip(columns, self._counts(columns), strict=True):
            rows = self._loaded.rows
            valid = rows - counts.blank - counts.unreadable - counts.out_of_range
            self.quality.append(
                FieldQuality(self._loaded.part.layout.name, column.name, rows, rows - counts.blank, valid)
            )
            self._check(column, counts)
        if self._seen:
            self._connection.unregister(_CELLS)

    def _counts(self, columns: list[Column]) -> list[Counts]:
        asked = [one for column in columns for one in _asked(column)]
        row = self._connection.execute(f"SELECT {', '.join(asked)} FROM {self._loaded.table}").fetchone() or ()
        return [Counts(*(count or 0 for count in row[at : at + 4])) for at in range(0, len(row), 4)]

    def _check(self, column: Column, counts: Counts) -> None:
        if counts.blank and (column.required or column.expected):
            self._speak_of_blanks(column, counts.blank)
        if counts.out_of_range:
            cure = "Correct the date. Leave it blank where there is none yet."
            self._speak(column, OUT_OF_RANGE, "date-out-of-range", cure, counts.out_of_range)
        if counts.longest > _LONGEST:
            rows = self._rows(f"strlen({quoted(column.name)}) > {_LONGEST}")
            cure = f"Shorten it to {_LONGEST} letters, or look for a double quote that is not closed."
            self._collected.speak(
                Level.FAULT, "text-too-long", self._source, cure, column=column.name, rows=[(row, "") for row in rows]
            )
        if column.name in self._loaded.readings:
            self._check_codes(column)
        elif counts.unreadable:
            rule = "date-unreadable" if column.kind == "date" else "figure-unreadable"
            self._speak(column, UNREADABLE, rule, HOW_TO_WRITE[column.kind], counts.unreadable)

    def _speak_of_blanks(self, column: Column, total: int) -> None:
        where = f"{state_of(column)} = {BLANK}" if has_state(column) else f"{quoted(column.name)} IS NULL"
        level, rule = (Level.FAULT, "blank") if column.required else (Level.WARNING, "blank-expected")
        cure = "Fill it in, or take the row out." if column.required else "Fill it in where it is known."
        rows = [(row, "") for row in self._rows(where)]
        self._collected.speak(level, rule, self._source, cure, column=column.name, rows=rows, total=total)

    def _speak(self, column: Column, state: int, rule: str, cure: str, total: int) -> None:
        rows = self._connection.execute(
            f"SELECT row_, raw_.{quoted(column.name)} FROM {self._loaded.table} AS part_"
            f" JOIN {self._cells()} AS raw_ USING (row_)"
            f" WHERE part_.{state_of(column)} = {state} ORDER BY row_ LIMIT {KEPT_IN_FULL}"
        ).fetchall()
        told = [(row, _printed(column, value)) for row, value in rows]
        self._collected.speak(Level.FAULT, rule, self._source, cure, column=column.name, rows=told, total=total)

    def _cells(self) -> str:
        """The clean cells as DuckDB sees them, from the first time that something is wrong."""
        if not self._seen:
            self._connection.register(_CELLS, self._loaded.cells)
            self._seen = True
        return _CELLS

    def _rows(self, where: str) -> list[int]:
        rows = self._connection.execute(
            f"SELECT row_ FROM {self._loaded.table} WHERE {where} ORDER BY row_ LIMIT {KEPT_IN_FULL}"
        ).fetchall()
        return [row for (row,) in rows]

    def _check_codes(self, column: Column) -> None:
        readings = self._loaded.readings[column.name]
        telling = {value: one for value, one in readings.items() if not one.is_valid or one.mapped}
        if not telling:
            return
        counted = self._count_values(column, telling)
        broken = [(rows, count) for value, (count, rows) in counted.items() if telling[value].broken]
        if broken:
            rows = sorted((row, "") for some, _ in broken for row in some)
            cure = "Write the codes with commas between them, or as the JSON of the specification."
            self._collected.speak(
                Level.FAULT,
                "flags-unreadable",
                self._source,
                cure,
                column=column.name,
                rows=rows,
                total=sum(count for _, count in broken),
            )
        self._take_unknown(column, telling, counted)
        self._take_mapped(column, telling, counted)

    def _count_values(self, column: Column, telling: dict[str, Reading]) -> dict[str, tuple[int, list[int]]]:
        name = quoted(column.name)
        rows = self._connection.execute(
            f"SELECT {name}, count(*), min(row_, {_EXAMPLES}) FROM {self._cells()}"
            f" WHERE {name} IN (SELECT unnest(?)) GROUP BY 1",
            [list(telling)],
        ).fetchall()
        return {value: (count, list(rows)) for value, count, rows in rows}

    def _take_unknown(
        self, column: Column, telling: dict[str, Reading], counted: dict[str, tuple[int, list[int]]]
    ) -> None:
        found: dict[str, tuple[str, int, list[int]]] = {}
        hidden: list[str] = []
        for value, (count, rows) in counted.items():
            for spelling in telling[value].unknown:
                kept = _printed(column, spelling)
                if kept == NOT_SHOWN:
                    hidden.append(value)
                    continue
                key = folded(spelling)
                first, before, others = found.get(key, (kept, 0, []))
                found[key] = (min(first, kept), before + count, sorted({*others, *rows})[:_EXAMPLES])
        codes = column.code_list
        if codes is None:
            return
        if hidden:
            self._speak_of_hidden(column, codes.name, hidden)
        if not found:
            return
        ranked = sorted(found.items(), key=lambda one: (-one[1][1], one[0]))
        for key, (value, count, rows) in ranked[:_MOST_UNMAPPED]:
            source = self._source
            self.unmapped.append(
                Unmapped(
                    codes.name, key, " ".join(value.split()), source.file, source.sheet, column.name, count, tuple(rows)
                )
            )
        self._collected.speak(
            Level.UNMAPPED,
            "not-in-list",
            self._source,
            f"Say in the value map which code of “{codes.name}” it means, or correct it in the file.",
            column=column.name,
            rows=[(rows[0], value) for _, (value, _, rows) in ranked],
            total=sum(count for _, (_, count, _) in ranked),
        )

    def _speak_of_hidden(self, column: Column, list_name: str, values: list[str]) -> None:
        """What cannot be shown cannot be decided on a page either, so it is a fault, with every row."""
        name = quoted(column.name)
        rows = self._connection.execute(
            f"SELECT row_ FROM {self._cells()} WHERE {name} IN (SELECT unnest(?)) ORDER BY row_", [values]
        ).fetchall()
        cure = f"Put a code of “{list_name}” there, or leave it blank."
        told = [(row, NOT_SHOWN) for (row,) in rows[:KEPT_IN_FULL]]
        self._collected.speak(
            Level.FAULT, "code-hidden", self._source, cure, column=column.name, rows=told, total=len(rows)
        )

    def _take_mapped(
        self, column: Column, telling: dict[str, Reading], counted: dict[str, tuple[int, list[int]]]
    ) -> None:
        codes = column.code_list
        for value, (count, _) in counted.items():
            for spelling in telling[value].mapped:
                key = f"{codes.name if codes else ''}: {spelling}"
                self.mapped[key] = self.mapped.get(key, 0) + count


def _asked(column: Column) -> list[str]:
    name = quoted(column.name)
    if has_state(column):
        state = state_of(column)
        return [f"count(*) FILTER ({state} = {one})" for one in (BLANK, UNREADABLE, OUT_OF_RANGE)] + ["0"]
    return [f"count(*) - count({name})", "0", "0", f"max(strlen({name}))"]


def _printed(column: Column, value: str) -> str:
    """A value as a report may show it. Words in a column of days or figures may be a name that slipped over."""
    if column.is_personal:
        return NOT_SHOWN
    if column.kind in {"date", "count", "number"}:
        return value if len(value) <= 30 and not any(letter.isalpha() for letter in value) else NOT_SHOWN
    return NOT_SHOWN if may_be_personal(value) or len(value) > _LONGEST_SPELLING else value
