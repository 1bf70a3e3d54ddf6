"""Where the counting runs. The engine asks nothing else of a backend, and only portable Ibis runs on it.

DuckDB, inside this process, is the default. A cluster is another class with the same five methods.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol

import ibis
import ibis.expr.types as ir
import pyarrow as pa


class Backend(Protocol):
    """What the engine needs of a backend."""

    name: str

    def open_parquet(self, paths: Sequence[Path]) -> ir.Table:
        """One table of the rows of all files, which have the same columns."""
        ...

    def from_arrow(self, table: pa.Table) -> ir.Table:
        """A small table that was made here."""
        ...

    @contextmanager
    def keeping(self, table: ir.Table) -> Iterator[ir.Table]:
        """The table worked out once and kept for as long as the block runs."""
        ...

    def fetch(self, table: ir.Table) -> pa.Table:
        """The rows, here."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class DuckDB:
    """DuckDB in this process. `memory` as DuckDB writes it (`4GB`), `threads` at most so many."""

    name = "duckdb"

    def __init__(self, *, memory: str = "", threads: int = 0) -> None:
        wanted = {"memory_limit": memory, "threads": threads}
        self._connection = ibis.duckdb.connect(**{name: value for name, value in wanted.items() if value})

    def open_parquet(self, paths: Sequence[Path]) -> ir.Table:
        """See Backend."""
        return self._connection.read_parquet([str(path) for path in paths])

    def from_arrow(self, table: pa.Table) -> ir.Table:
        """See Backend."""
        # As an expression: of a bare table Ibis 12 makes a view that it then drops, see below.
        return self._connection.create_table(ibis.util.gen_name("made"), ibis.memtable(table), temp=True)

    @contextmanager
    def keeping(self, table: ir.Table) -> Iterator[ir.Table]:
        """See Backend."""
        name = ibis.util.gen_name("kept")
        kept = self._connection.create_table(name, table, temp=True)
        try:
            yield kept
        finally:
            # Ibis 12 with SQLGlot 30 writes its own DROP TABLE without the name.
            self._connection.raw_sql(f'DROP TABLE "{name}"')

    def fetch(self, table: ir.Table) -> pa.Table:
        """See Backend."""
        return self._connection.to_pyarrow(table)

    def close(self) -> None:
        """See Backend."""
        self._connection.disconnect()


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
