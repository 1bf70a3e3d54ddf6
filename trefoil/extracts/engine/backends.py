"""Where the counting runs. The engine asks nothing else of a backend, and only portable Ibis runs on it.

DuckDB, inside this process, is the default. A cluster is another class with the same five methods.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
        # No count depends on the order of rows, and keeping it costs a third of the time of every table that is kept.
        self._connection = ibis.duckdb.connect(
            preserve_insertion_order=False, **{name: value for name, value in wanted.items() if value}
        )

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
    """The backend a setting names. Raises ValueError for one that is not known."""
    if name == "duckdb":
        return DuckDB()
    raise ValueError(f"“{name}” is not a backend; write duckdb")
