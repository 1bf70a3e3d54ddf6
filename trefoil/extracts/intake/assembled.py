"""Turns checked views into the tables of the store, still identifiable and still in memory."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from trefoil.extracts.standard import Table, load_tables

from .layouts import Context, Days, Shape, View

OWN = "_"
"""What the name of a table begins with that a shape makes for those after it, and that is no table of the store."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """`sources`: for each canonical table the name of its DuckDB table. `carries`: the stored columns that the extract
    can say something about. `covers`: the days in which every event is there."""

    shape: str
    edition: str
    sources: Mapping[Table, str]
    carries: Mapping[str, tuple[str, ...]]
    covers: Mapping[str, Days]


def assemble(
    connection: duckdb.DuckDBPyConnection, shape: Shape, views: Mapping[str, View], context: Context
) -> Assembled:
    """Make the canonical tables. Raises ValueError when the shape names a table or field that the standard lacks."""
    tables = load_tables()
    sources: dict[Table, str] = {}
    columns: dict[str, set[str]] = {}
    own: list[str] = []
    for name, select in shape.standardise(views, context).items():
        if name.startswith(OWN):
            _make(connection, name, name, select)
            own.append(name)
            continue
        source = f"standard_{len(sources)}"
        _make(connection, name, source, select)
        columns[name] = {row[0] for row in connection.execute(f"DESCRIBE {source}").fetchall()}
        strange = columns[name] - {field.name for field in tables[name].fields}
        if strange:
            raise ValueError(f"The shape {shape.name} gives {name} fields that it lacks: {sorted(strange)}.")
        sources[tables[name]] = source
    for name in own:
        connection.execute(f"DROP TABLE {name}")
    seen = {
        table.name: days for table, source in sources.items() if (days := _seen(connection, table, source, columns))
    }
    covers = {table.name: days for table in sources if (days := shape.covers(table.name, seen, context))}
    ages = "pers_dob" in columns.get("ssd_person", set())
    carries = {
        table.name: _carried(table, columns[table.name], ages=ages, places=bool(context.localities))
        for table in sources
    }
    return Assembled(shape.name, shape.edition, sources, carries, covers)


def _make(connection: duckdb.DuckDBPyConnection, name: str, source: str, select: str) -> None:
    try:
        connection.execute(f"CREATE TEMP TABLE {source} AS {select}")
    except (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.OutOfRangeException):
        # DuckDB's own words may quote a value, and words of errors end in logs.
        raise ValueError(f"A value does not fit {name} as its shape makes it.") from None


def _seen(
    connection: duckdb.DuckDBPyConnection, table: Table, source: str, columns: Mapping[str, set[str]]
) -> Days | None:
    if table.event not in columns[table.name]:
        return None
    row = connection.execute(f'SELECT min("{table.event}"), max("{table.event}") FROM {source}').fetchone()
    return (row[0], row[1]) if row and row[0] else None


def _carried(table: Table, columns: set[str], *, ages: bool, places: bool) -> tuple[str, ...]:
    carried = [
        field.stored_name
        for field in table.fields
        if field.stored_type and field.name in columns and (field.kept != "locality" or places)
    ]
    person = table.person_field
    if "age_months" in table.stored_columns and ages and person and {person.name, table.event} <= columns:
        carried.append("age_months")
    return tuple(carried)
