"""The door: the only way from a checked table to the store. What is left out stays on this side.

Works in DuckDB, in memory. Identifiers become pseudonyms, dates of birth ages in months, postcodes localities.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import duckdb
import pyarrow

from trefoil.extracts.standard import Field, Table

from .ages import end_of_month, months_sql
from .localities import Localities
from .pseudonyms import CollisionError, Pseudonyms

_PIECE = 50_000
_TEXT_KINDS = {"id", "locality"}


class Door:
    """Lets the tables of one extract through.

    `sources`: for each canonical table the name of a DuckDB table with its fields by standard name (identifiers and
    postcode as text, date of birth as DATE); fields may be missing. Raises `CollisionError` when two identifiers fall
    on one number.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        sources: Mapping[Table, str],
        *,
        pseudonyms: Pseudonyms,
        localities: Localities,
        area: str,
        as_at: date,
    ) -> None:
        self._connection = connection
        self._sources = sources
        self._area = area
        self._as_at = as_at
        self._columns = {table.name: self._columns_of(source) for table, source in sources.items()}
        self._learn_numbers(pseudonyms)
        self._learn_localities(localities)
        self._learn_births()

    def let_through(self, table: Table) -> pyarrow.RecordBatchReader:
        """The stored columns of a table, in pieces."""
        columns = self._columns[table.name]
        selects = [f"{_text(self._area)} AS area"]
        joins: list[str] = []
        for field in table.fields:
            if field.name in columns and field.stored_type:
                selects.append(self._kept(field, joins))
        if "age_months" in table.stored_columns and table.event in columns:
            selects.append(self._age(table, columns, joins))
        # Joins mix rows up; in their own order the same extract gives the same bytes.
        query = f"SELECT {', '.join(selects)} FROM {self._sources[table]} AS here {' '.join(joins)} ORDER BY here.rowid"
        return self._connection.sql(query).to_arrow_reader(_PIECE)

    def _columns_of(self, source: str) -> set[str]:
        return {row[0] for row in self._connection.execute(f"DESCRIBE {source}").fetchall()}

    def _kept(self, field: Field, joins: list[str]) -> str:
        name = f'"{field.stored_name}"'
        cell = f'here."{field.name}"'
        if field.kept == "age_in_months":
            return f"{months_sql(cell, _day(end_of_month(self._as_at)))} AS {name}"
        if field.kept not in _TEXT_KINDS:
            return f"CAST({cell} AS {field.stored_type}) AS {name}"
        meaning = f"number_{field.of}" if field.kept == "id" else "locality_"
        alias = f"joined_{len(joins)}"
        joins.append(f'LEFT JOIN "{meaning}" AS {alias} ON {alias}.written = {cell}')
        return f"{alias}.kept AS {name}"

    def _age(self, table: Table, columns: set[str], joins: list[str]) -> str:
        person = table.person_field
        if person is None or person.name not in columns:
            return "NULL::INTEGER AS age_months"
        joins.append(f'LEFT JOIN birth_ AS of_ ON of_.person = here."{person.name}"')
        day = f'CAST(here."{table.event}" AS DATE)'
        return f"{months_sql('of_.born', day)} AS age_months"

    def _learn_numbers(self, pseudonyms: Pseudonyms) -> None:
        for domain, places in self._domains().items():
            name = f"number_{domain}"
            for values in self._distinct(places):
                self._keep(name, values, pyarrow.array(pseudonyms.numbers(domain, values), pyarrow.int64()))
            row = self._connection.execute(f'SELECT count(*) - count(DISTINCT kept) FROM "{name}"').fetchone()
            if row and row[0]:
                raise CollisionError(domain)

    def _domains(self) -> dict[str, list[tuple[str, str]]]:
        domains: dict[str, list[tuple[str, str]]] = {}
        for table, source in self._sources.items():
            for field in table.fields:
                if field.kept == "id" and field.name in self._columns[table.name]:
                    domains.setdefault(field.of, []).append((source, field.name))
        return domains

    def _learn_localities(self, localities: Localities) -> None:
        places = [
            (source, field.name)
            for table, source in self._sources.items()
            for field in table.fields
            if field.kept == "locality" and field.name in self._columns[table.name]
        ]
        for values in self._distinct(places) if places else ():
            self._keep("locality_", values, pyarrow.array([localities.of(one) for one in values], pyarrow.string()))

    def _learn_births(self) -> None:
        """The day of birth of each child, kept in memory until the ages are worked out."""
        selects = [
            f'SELECT "{person.name}" AS person, "{field.name}" AS born FROM {source}'
            for table, source in self._sources.items()
            for field in table.fields
            if field.kept == "age_in_months" and (person := table.person_field)
            if {person.name, field.name} <= self._columns[table.name]
        ]
        everything = " UNION ALL ".join(selects) or "SELECT NULL::VARCHAR AS person, NULL::DATE AS born"
        self._connection.execute(
            f"CREATE TEMP TABLE birth_ AS SELECT person, min(born) AS born FROM ({everything})"
            " WHERE person IS NOT NULL GROUP BY person"
        )

    def _distinct(self, places: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
        """The different values of some columns, in pieces; at least one piece, which may be empty."""
        query = " UNION ".join(
            f'SELECT DISTINCT "{name}" FROM {source} WHERE "{name}" IS NOT NULL' for source, name in places
        )
        values = self._connection.execute(query).to_arrow_table().column(0)
        for at in range(0, max(len(values), 1), _PIECE):
            yield values.slice(at, _PIECE).to_pylist()

    def _keep(self, name: str, written: Sequence[str], kept: pyarrow.Array) -> None:
        meanings = pyarrow.table([pyarrow.array(written, pyarrow.string()), kept], names=["written", "kept"])
        self._connection.register("meanings_", meanings)
        self._connection.execute(f'CREATE TEMP TABLE IF NOT EXISTS "{name}" AS SELECT * FROM meanings_ LIMIT 0')
        self._connection.execute(f'INSERT INTO "{name}" SELECT * FROM meanings_')
        self._connection.unregister("meanings_")


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
