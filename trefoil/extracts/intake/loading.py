"""Reads one part into DuckDB: every column typed, with a state that says if its value was blank, right or wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb
import pyarrow

from trefoil.extracts.standard import CodeList

from .cells import clean_cells
from .connection import quoted
from .layouts import Column, Context, Part
from .spellings import Reading, Spellings
from .typed import as_count, as_day, as_identifier, as_number

BLANK, RIGHT, UNREADABLE, OUT_OF_RANGE = range(4)
_EARLIEST = date(1900, 1, 1)
_AS_TEXT = {"id", "words", "text"}
_EMPTY = {"date": "DATE", "flag": "BOOLEAN", "count": "INTEGER", "number": "DOUBLE"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A part in DuckDB. `table`: columns `row_`, `part_`, a typed one for each column of the layout, and for most of
    them (`has_state`) one named `<column>?` with BLANK, RIGHT, UNREADABLE or OUT_OF_RANGE. `cells`: of `clean_cells`.
    """

    part: Part
    table: str
    cells: Any
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
    """Read a part into the table `part_<number>`; `headings` by column of the layout."""
    table = f"part_{number}"
    cells = clean_cells(part.table, part.layout, headings)
    present = [column for column in part.layout.columns if column.name in headings]
    readings = {}
    meanings = {}
    for column in present:
        codes = column.code_list
        if codes is not None:
            cell = cells.column(column.name)
            readings[column.name], meanings[column.name] = _read_codes(cell, column, codes, context)
    selects = _typed(part.layout.columns, set(headings), set(readings), context)
    connection.register("file_", _with_meanings(cells, meanings))
    connection.execute(
        f"CREATE TABLE {table} AS SELECT row_::INTEGER AS row_, {number}::INTEGER AS part_, {', '.join(selects)}"
        " FROM file_"
    )
    connection.unregister("file_")
    return Loaded(part, table, cells, frozenset(headings), cells.num_rows, readings)


def _read_codes(cells: Any, column: Column, codes: CodeList, context: Context) -> tuple[dict[str, Reading], list[Any]]:
    """Read each different value once. Gives the readings, and the columns of what is kept and of the states."""
    spellings = Spellings(codes, context.value_map)
    read = spellings.read_codes if column.kind == "flags" else spellings.read_code
    values = cells.chunk(0).dictionary.to_pylist() if cells.num_chunks else []
    readings = {value: read(value) for value in values}
    kept = pyarrow.array([one.kept for one in readings.values()], pyarrow.string())
    states = pyarrow.array([RIGHT if one.is_valid else UNREADABLE for one in readings.values()], pyarrow.uint8())
    return readings, [
        pyarrow.chunked_array([meaning.take(chunk.indices) for chunk in cells.chunks], meaning.type)
        for meaning in (kept, states)
    ]


def _with_meanings(cells: Any, meanings: dict[str, list[Any]]) -> Any:
    for name, (kept, states) in meanings.items():
        cells = cells.set_column(cells.schema.get_field_index(name), name, kept).append_column(f"{name}?", states)
    return cells


def _typed(columns: tuple[Column, ...], present: set[str], coded: set[str], context: Context) -> list[str]:
    selects = []
    for column in columns:
        name = quoted(column.name)
        if column.name not in present:
            if column.kind != "left_out":
                selects.append(f"NULL::{_EMPTY.get(column.kind, 'VARCHAR')} AS {name}")
        elif column.name in coded:
            kept = f"({name} = 'Y')" if column.kind == "flag" else name
            selects += [f"{kept} AS {name}", f"coalesce({state_of(column)}, {BLANK}) AS {state_of(column)}"]
        else:
            selects += _read_text(column, context)
    return selects


def _read_text(column: Column, context: Context) -> list[str]:
    cell = name = quoted(column.name)
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
