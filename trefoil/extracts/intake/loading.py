"""Reads one part into DuckDB: every column typed, with a state that says if its value was blank, right or wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pyarrow

from .connection import quoted
from .layouts import Column, Context, Part
from .spellings import Reading, Spellings
from .typed import as_count, as_day, as_identifier, as_number, clean

BLANK, RIGHT, UNREADABLE, OUT_OF_RANGE = range(4)
_EARLIEST = date(1900, 1, 1)
_AS_TEXT = {"id", "words", "text"}
_EMPTY = {"date": "DATE", "flag": "BOOLEAN", "count": "INTEGER", "number": "DOUBLE"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A part in DuckDB. `table`: columns `row_`, `part_`, a typed one for each column of the layout, and for most of
    them (`has_state`) one named `<column>?` with BLANK, RIGHT, UNREADABLE or OUT_OF_RANGE. `raw`: the clean cells."""

    part: Part
    table: str
    raw: str
    present: frozenset[str]
    rows: int
    readings: dict[str, dict[str, Reading]] = field(default_factory=dict)

    def columns(self) -> Iterator[Column]:
        """The columns of the layout that the file has."""
        return (column for column in self.part.layout.columns if column.name in self.present)


def state_of(column: Column) -> str:
    """The name of the column with the state of a value."""
    return quoted(f"{column.name}?")


def has_state(column: Column) -> bool:
    """Whether a column has a state beside it; text is right whenever it is not blank."""
    return column.kind not in _AS_TEXT


def load_part(
    connection: duckdb.DuckDBPyConnection, part: Part, headings: dict[str, str], number: int, context: Context
) -> Loaded:
    """Read a part into the tables `part_<number>` and the view `raw_<number>`; `headings` by column of the layout."""
    table, raw = f"part_{number}", f"raw_{number}"
    arrow = part.table.select(["row_", *headings.values()]).rename_columns(["row_", *headings])
    connection.register(f"file_{number}", arrow)
    cells = [f"{clean(quoted(name))} AS {quoted(name)}" for name in headings]
    blank = f"coalesce({', '.join(map(quoted, headings))}) IS NOT NULL"
    connection.execute(
        f"CREATE TEMP VIEW {raw} AS SELECT * FROM (SELECT row_, {', '.join(cells)} FROM file_{number}) WHERE {blank}"
    )
    present = [column for column in part.layout.columns if column.name in headings]
    readings = {
        column.name: _read_values(connection, raw, column, context)
        for column in present
        if column.code_list is not None
    }
    selects, joins = _typed(connection, part.layout.columns, set(headings), readings, context)
    connection.execute(
        f"CREATE TABLE {table} AS SELECT row_::INTEGER AS row_, {number}::INTEGER AS part_, {', '.join(selects)}"
        f" FROM {raw} AS file_ {' '.join(joins)}"
    )
    for at in range(len(joins)):
        connection.unregister(f"meaning_{at}")
    rows = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return Loaded(part, table, raw, frozenset(headings), rows[0] if rows else 0, readings)


def unload(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Let go of the file's own cells once they have been checked."""
    connection.execute(f"DROP VIEW raw_{number}")
    connection.unregister(f"file_{number}")


def _read_values(
    connection: duckdb.DuckDBPyConnection, raw: str, column: Column, context: Context
) -> dict[str, Reading]:
    codes = column.code_list
    if codes is None:
        return {}
    spellings = Spellings(codes, context.value_map)
    read = spellings.read_codes if column.kind == "flags" else spellings.read_code
    name = quoted(column.name)
    values = connection.execute(f"SELECT DISTINCT {name} FROM {raw} WHERE {name} IS NOT NULL").fetchall()
    return {value: read(value) for (value,) in values}


def _typed(
    connection: duckdb.DuckDBPyConnection,
    columns: tuple[Column, ...],
    present: set[str],
    readings: dict[str, dict[str, Reading]],
    context: Context,
) -> tuple[list[str], list[str]]:
    selects: list[str] = []
    joins: list[str] = []
    for column in columns:
        name = quoted(column.name)
        if column.name not in present:
            if column.kind != "left_out":
                selects.append(f"NULL::{_EMPTY.get(column.kind, 'VARCHAR')} AS {name}")
        elif column.name in readings:
            meaning = f"meaning_{len(joins)}"
            connection.register(meaning, _meanings(readings[column.name]))
            joins.append(f"LEFT JOIN {meaning} ON {meaning}.written = file_.{name}")
            kept = f"({meaning}.kept = 'Y')" if column.kind == "flag" else f"{meaning}.kept"
            selects += [f"{kept} AS {name}", f"coalesce({meaning}.state, {BLANK}) AS {state_of(column)}"]
        else:
            selects += _read_text(column, context)
    return selects, joins


def _meanings(readings: dict[str, Reading]) -> pyarrow.Table:
    return pyarrow.table(
        [
            pyarrow.array(list(readings), pyarrow.string()),
            pyarrow.array([one.kept for one in readings.values()], pyarrow.string()),
            pyarrow.array([RIGHT if one.is_valid else UNREADABLE for one in readings.values()], pyarrow.uint8()),
        ],
        names=["written", "kept", "state"],
    )


def _read_text(column: Column, context: Context) -> list[str]:
    cell, name = f"file_.{quoted(column.name)}", quoted(column.name)
    if column.kind == "id":
        return [f"{as_identifier(cell)} AS {name}"]
    if column.kind in _AS_TEXT:
        return [cell]
    if column.kind == "left_out":
        return [f"CASE WHEN {cell} IS NULL THEN {BLANK} ELSE {RIGHT} END::UTINYINT AS {state_of(column)}"]
    read = {"date": as_day, "count": as_count, "number": as_number}[column.kind](cell)
    if column.kind != "date":
        return [f"{read} AS {name}", f"{_state(cell, read, 'true')} AS {state_of(column)}"]
    within = f"BETWEEN DATE '{_EARLIEST}' AND DATE '{latest(context.as_at)}'"
    return [
        f"CASE WHEN {read} {within} THEN {read} END AS {name}",
        f"{_state(cell, read, f'{read} {within}')} AS {state_of(column)}",
    ]


def _state(cell: str, read: str, within: str) -> str:
    return (
        f"CASE WHEN {cell} IS NULL THEN {BLANK} WHEN {read} IS NULL THEN {UNREADABLE}"
        f" WHEN {within} THEN {RIGHT} ELSE {OUT_OF_RANGE} END::UTINYINT"
    )


def latest(as_at: date) -> date:
    """The last day that a date may name: a year after the extract was taken."""
    year = as_at.year + 1
    return as_at.replace(year=year) if (as_at.month, as_at.day) != (2, 29) else date(year, 3, 1)
