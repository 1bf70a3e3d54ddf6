"""The tables of stored extracts, opened for counting.

An extract that has no file of a table adds no rows to it; when none has, the table is there and empty.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol

import ibis.expr.types as ir
import pyarrow as pa

from trefoil.extracts.standard import load_tables

from .backends import Backend
from .calendar import days_table

_ARROW = {
    "BIGINT": pa.int64(),
    "DATE": pa.date32(),
    "VARCHAR": pa.string(),
    "BOOLEAN": pa.bool_(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
}


class Extract(Protocol):
    """What the engine asks of a stored extract: `store.StoredExtract` has it. See 0010-extracts.md for the words."""

    @property
    def folder(self) -> Path:
        """Where its Parquet files are, `<table>.parquet`."""
        ...

    @property
    def area(self) -> str:
        """The area's code."""
        ...

    @property
    def as_at(self) -> date:
        """The day it was taken."""
        ...

    @property
    def covers(self) -> Mapping[str, tuple[date, date]]:
        """By table, the days in which every event is in the extract."""
        ...

    @property
    def carries(self) -> Mapping[str, Sequence[str]]:
        """By table, the fields its shape can carry."""
        ...


def arrow_schema(name: str) -> pa.Schema:
    """The columns of a stored table and their Arrow types. Raises KeyError for a table that is not in the standard."""
    return pa.schema([(column, _ARROW[kind]) for column, kind in load_tables()[name].stored_columns.items()])


class Tables:
    """Every table of the store over several extracts, by name."""

    def __init__(self, backend: Backend, extracts: Sequence[Extract]) -> None:
        self.backend = backend
        self.extracts = tuple(extracts)
        self._opened: dict[str, ir.Table] = {}
        self._kept = ExitStack()

    def __getitem__(self, name: str) -> ir.Table:
        """The table over all extracts. Raises KeyError for a table that is not in the standard."""
        if name not in self._opened:
            self._opened[name] = self._open(name)
        return self._opened[name]

    def _open(self, name: str) -> ir.Table:
        schema = arrow_schema(name)
        paths = [path for extract in self.extracts if (path := extract.folder / f"{name}.parquet").exists()]
        if not paths:
            return self.backend.from_arrow(schema.empty_table())
        return self.backend.open_parquet(paths).select(*schema.names)

    def once(self, name: str, make: Callable[["Tables"], ir.Table]) -> ir.Table:
        """A table that several subjects join to: made the first time it is asked for, and kept until `close`."""
        if name not in self._opened:
            self._opened[name] = self._kept.enter_context(self.backend.keeping(make(self)))
        return self._opened[name]

    def close(self) -> None:
        """Give back what `once` keeps."""
        self._kept.close()

    @cached_property
    def working_days(self) -> ir.Table:
        """The calendar: `day`, `number`. See `calendar.days_table`."""
        return self.backend.from_arrow(days_table())

    @cached_property
    def as_at(self) -> ir.Table:
        """For each area the day its extract was taken: `area`, `as_at`."""
        areas = pa.array([extract.area for extract in self.extracts], pa.string())
        days = pa.array([extract.as_at for extract in self.extracts], pa.date32())
        return self.backend.from_arrow(pa.table({"area": areas, "as_at": days}))
