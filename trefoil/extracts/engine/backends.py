"""Where the counting runs. The engine asks nothing else of a backend, and only portable Ibis runs on it.

DuckDB, inside this process, is the default. A cluster is another class with the same methods. Tables have names of our
own choosing, so that the same question is the same SQL every time (`plans.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from trefoil.extracts.standard.arrow_alone import leave_pandas_out

if TYPE_CHECKING:
    from ibis.backends.sql import SQLBackend

# Bytes of Parquet, some six boroughs: threads that share less wait for one another more than they help.
_WORTH_SHARING = 32 * 1024**2


@dataclass(frozen=True, slots=True)
class AreaFile:
    """A file of one area's rows: the area's number in this run, its code as the file has it, and its place."""

    number: int
    code: str
    path: Path


class Backend(Protocol):
    """What the engine needs of a backend."""

    name: str

    def open_parquet(self, name: str, files: Sequence[AreaFile], columns: Sequence[str]) -> None:
        """One table of the rows of all files, which have the same columns, under this name.

        `area` is the area's number (int16), not its code: every join and every grouping asks for it.
        """
        ...

    def from_arrow(self, name: str, table: pa.Table) -> None:
        """A small table that was made here, under this name, instead of one that had it."""
        ...

    def table(self, name: str) -> ir.Table:
        """A table by its name, to build upon."""
        ...

    def sql(self, table: ir.Table) -> str:
        """What was built, as this backend's SQL."""
        ...

    def keep(self, name: str, sql: str) -> None:
        """Work a table out once and keep it under this name."""
        ...

    def view(self, name: str, sql: str) -> None:
        """A name for a question, which is asked anew wherever it stands."""
        ...

    def drop(self, name: str) -> None:
        """Give back a table that was kept."""
        ...

    def fetch(self, sql: str) -> pa.Table:
        """The rows, here."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class DuckDB:
    """DuckDB in this process. `memory` as DuckDB writes it (`4GB`).

    One thread counts a few boroughs; for more, every core does.
    """

    name = "duckdb"

    def __init__(self, *, memory: str = "") -> None:
        leave_pandas_out()
        settings: dict[str, Any] = {"memory_limit": memory} if memory else {}
        # No count depends on the order of rows, and keeping it costs a third of the time of every table that is kept.
        settings |= {"preserve_insertion_order": False, "python_enable_replacements": False, "threads": 1}
        self._connection = duckdb.connect(":memory:", config=settings)
        self._unshared = _WORTH_SHARING
        # TABLE or VIEW by name: extracts counted one after the other have files of different tables.
        self._laid: dict[str, str] = {}
        # As Ibis sets it too, and not the zone of the machine.
        self._run("SET TimeZone = 'UTC'")

    @cached_property
    def _planner(self) -> "SQLBackend":
        """Ibis over the same connection, for what was never planned: to import it takes as long as many a count."""
        return ibis.duckdb.from_connection(self._connection)

    def open_parquet(self, name: str, files: Sequence[AreaFile], columns: Sequence[str]) -> None:
        """See Backend."""
        self._share(sum(one.path.stat().st_size for one in files))
        paths = ", ".join("'" + str(one.path).replace("'", "''") + "'" for one in files)
        # Known of a file without reading it: the column itself, a text in every row, is never opened.
        number = f"[{', '.join(str(one.number) for one in files)}][file_index::BIGINT + 1]::SMALLINT AS area"
        wanted = ", ".join(number if column == "area" else f'"{column}"' for column in columns)
        self._lay("VIEW", name, f"SELECT {wanted} FROM read_parquet([{paths}])")

    def from_arrow(self, name: str, table: pa.Table) -> None:
        """See Backend."""
        # Not Ibis's own `create_table`: with SQLGlot 30 it drops the view it made without naming it.
        self._connection.register("arriving", table)
        self._lay("TABLE", name, "SELECT * FROM arriving")
        self._connection.unregister("arriving")

    def table(self, name: str) -> ir.Table:
        """See Backend."""
        return self._planner.table(name)

    def sql(self, table: ir.Table) -> str:
        """See Backend."""
        return str(self._planner.compile(table))

    def keep(self, name: str, sql: str) -> None:
        """See Backend."""
        self._run(f'CREATE TEMP TABLE "{name}" AS {sql}')

    def view(self, name: str, sql: str) -> None:
        """See Backend."""
        self._lay("VIEW", name, sql)

    def drop(self, name: str) -> None:
        """See Backend."""
        self._run(f'DROP TABLE "{name}"')

    def fetch(self, sql: str) -> pa.Table:
        """See Backend."""
        return self._connection.execute(sql).to_arrow_table()

    def close(self) -> None:
        """See Backend."""
        self._connection.close()

    def _lay(self, kind: str, name: str, sql: str) -> None:
        """Under this name in place of what there was: DuckDB replaces no table by a view, and no view by a table."""
        before = self._laid.get(name, kind)
        if before != kind:
            self._run(f'DROP {before} "{name}"')
        self._run(f'CREATE OR REPLACE TEMP {kind} "{name}" AS {sql}')
        self._laid[name] = kind

    def _share(self, size: int) -> None:
        """Let every core work once the files that were opened are large enough together."""
        if self._unshared > 0:
            self._unshared -= size
            if self._unshared <= 0:
                self._run("RESET threads")

    def _run(self, sql: str) -> None:
        self._connection.execute(sql)


def connect(name: str) -> Backend:
    """The backend a setting names: `duckdb`, `spark-local`, or a cluster as `spark://host:port`.

    Raises ValueError for another name, and when Spark is asked for and is not installed.
    """
    if name == "duckdb":
        return DuckDB()
    if name == "spark-local" or name.startswith("spark://"):
        return _spark("local[2]" if name == "spark-local" else name)
    raise ValueError(f"“{name}” is not a backend; write duckdb, spark-local or spark://host:port")


def _spark(master: str) -> Backend:
    """The optional extra is imported only when it is asked for: without it everything else works."""
    try:
        spark = import_module("trefoil.extracts.engine.spark")
    except ModuleNotFoundError as missing:
        raise ValueError("Spark is not installed; run make spark, or install requirements/spark.txt") from missing
    backend: Backend = spark.Spark(master)
    return backend
