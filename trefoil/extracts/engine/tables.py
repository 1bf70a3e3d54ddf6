"""The tables of stored extracts, opened for counting.

An extract that has no file of a table adds no rows to it; when none has, the table is there and empty.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol, Self

import ibis.expr.types as ir
import pyarrow as pa

from trefoil.extracts.standard import load_tables

from .backends import AreaFile, Backend
from .calendar import days_table
from .periods import month_period
from .plans import Plan, Plans

_COVERED = "covered_from_"
_MADE_BY_SMALL = frozenset({"working_days", "as_at", "months", "bounds", "reach"})
_VIEWED = "view_"
_NUMBER = pa.int16()
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


@dataclass(frozen=True, slots=True)
class MonthsAsked:
    """The months that are asked for, by `periods.month_number`: of events from `first`, of states from `first_end`.

    None when `last` is before `first`.
    """

    first: int = 1
    last: int = 0
    first_end: int = 1


class Tables:
    """Every table of the store over several extracts, by name, and what is made of them.

    In each, `area` is the place of its extract among `extracts`: a number is joined and grouped faster.
    `months`: those that are asked for.
    """

    def __init__(
        self,
        backend: Backend,
        extracts: Sequence[Extract],
        months: MonthsAsked = MonthsAsked(),
        plans: Plans | None = None,
    ) -> None:
        self.backend = backend
        self.extracts = tuple(extracts)
        # What `area` is in every table: the place of the extract in this run.
        self._numbers = {extract.area: number for number, extract in enumerate(self.extracts)}
        self.months_asked = months
        self.plans = plans or Plans(backend.name)
        self._ready: set[str] = set()
        self._kept: list[str] = []
        # The names noted while a plan is made, innermost last.
        self._noted: list[set[str]] = []
        self._handles: dict[str, ir.Table] = {}

    def __enter__(self) -> Self:
        """Hold what several subjects share for as long as the block runs."""
        return self

    def __exit__(self, *_: object) -> None:
        for name in reversed(self._kept.copy()):
            self.drop(name)
        self.plans.save()

    def __getitem__(self, name: str) -> ir.Table:
        """A table of the standard over all extracts, or one of `SMALL`. Raises KeyError for another name."""
        self._make_ready(name)
        return self._handle(name)

    def once(self, name: str, make: Callable[["Tables"], ir.Table]) -> ir.Table:
        """A table that several subjects ask for: worked out the first time, and kept until the end."""
        name = f"once_{name.replace(' ', '_')}"
        if name not in self._ready:
            self.keep(name, name, lambda: make(self))
        return self._handle(name)

    def viewed(self, name: str, make: Callable[["Tables"], ir.Table]) -> ir.Table:
        """A table under a name of its own, worked out wherever it is asked for: what is built upon it stays small.

        To build a subject and to turn it into SQL costs more than all that is then asked of it.
        """
        name = f"{_VIEWED}{name.replace(' ', '_')}"
        if name not in self._ready:
            self._view(name, self.planned(name, lambda: make(self)))
        return self._handle(name)

    def keep(self, name: str, question: str, make: Callable[[], ir.Table]) -> None:
        """Work a table out and keep it under a name until `drop` or the end."""
        self._keep(name, self.planned(question, make))

    def planned(self, question: str, make: Callable[[], ir.Table]) -> str:
        """The SQL of a table: as it was planned before, or made now. Every table that it reads is ready afterwards."""
        plan = self.plans.get(question)
        if plan is None or not self._is_whole(plan):
            self._noted.append(set())
            sql = self.backend.sql(make())
            plan = Plan(sql, tuple(sorted(self._noted.pop())))
            self.plans.put(question, plan)
        return self._prepared(plan)

    def fetch(self, question: str, make: Callable[[], ir.Table]) -> pa.Table:
        """The rows of a table, planned once."""
        return self.backend.fetch(self.planned(question, make))

    def kept(self, name: str) -> ir.Table:
        """A table that was kept, to build upon."""
        return self._handle(name)

    def give_spans(self, spans: pa.Table) -> None:
        """Lay down the spans of months that the next question reads as `spans`."""
        self.backend.from_arrow("spans", spans)
        self._ready.add("spans")

    def drop(self, name: str) -> None:
        """Give back a table that was kept."""
        self.backend.drop(name)
        self._kept.remove(name)
        self._ready.discard(name)

    def covered_from(self, name: str) -> ir.Table:
        """For each area that says so, the first day of a table's events: `from_area`, `from_day`."""
        return self[_COVERED + name]

    @property
    def working_days(self) -> ir.Table:
        """The calendar: `day`, `number`. See `calendar.days_table`."""
        return self["working_days"]

    @property
    def as_at(self) -> ir.Table:
        """For each area the day its extract was taken: `area`, `as_at`."""
        return self["as_at"]

    @property
    def months(self) -> ir.Table:
        """The months that are asked for: `slot`, a month's number, and `day`, its last day."""
        return self["months"]

    def _handle(self, name: str) -> ir.Table:
        if self._noted:
            self._noted[-1].add(name)
        if name not in self._handles:
            self._handles[name] = self.backend.table(name)
        return self._handles[name]

    def _make_ready(self, name: str) -> None:
        if name in self._ready:
            return
        if name in load_tables():
            self._open(name)
        elif (plan := self.plans.get(name)) is not None:
            lay = self._view if name.startswith(_VIEWED) else self._keep
            lay(name, self._prepared(plan))
        else:
            self.backend.from_arrow(name, self._small(name))
        self._ready.add(name)

    def _is_whole(self, plan: Plan) -> bool:
        """Whether every table that it reads can be made ready. A process that was killed while it added its plans, or
        that adds them at this moment, may have left the plan of a question without those that it builds upon."""
        return all(
            name in self._ready
            or name in load_tables()
            or name in _MADE_BY_SMALL
            or name.startswith(_COVERED)
            or ((other := self.plans.get(name)) is not None and self._is_whole(other))
            for name in plan.uses
        )

    def _prepared(self, plan: Plan) -> str:
        """The plan's SQL, with every table that it reads made ready."""
        for name in plan.uses:
            self._make_ready(name)
        return plan.sql

    def _view(self, name: str, sql: str) -> None:
        self.backend.view(name, sql)
        self._ready.add(name)

    def _keep(self, name: str, sql: str) -> None:
        self.backend.keep(name, sql)
        self._ready.add(name)
        self._kept.append(name)

    def _open(self, name: str) -> None:
        schema = arrow_schema(name)
        files = [
            AreaFile(number, extract.area, path)
            for number, extract in enumerate(self.extracts)
            if (path := extract.folder / f"{name}.parquet").exists()
        ]
        if files:
            self.backend.open_parquet(name, files, schema.names)
        else:
            at = schema.get_field_index("area")
            self.backend.from_arrow(name, schema.set(at, pa.field("area", _NUMBER)).empty_table())

    def _small(self, name: str) -> pa.Table:
        if name.startswith(_COVERED):
            return self._covered_from(name.removeprefix(_COVERED))
        makers: dict[str, Callable[[], pa.Table]] = {
            "working_days": days_table,
            "as_at": self._as_at,
            "months": self._months,
            "bounds": self._bounds,
            "reach": self._reach,
        }
        return makers[name]()

    def _covered_from(self, name: str) -> pa.Table:
        days = [(extract.area, extract.covers[name][0]) for extract in self.extracts if name in extract.covers]
        areas = pa.array([self._numbers[area] for area, _ in days], _NUMBER)
        return pa.table({"from_area": areas, "from_day": pa.array([day for _, day in days], pa.date32())})

    def _as_at(self) -> pa.Table:
        areas = pa.array(range(len(self.extracts)), _NUMBER)
        days = pa.array([extract.as_at for extract in self.extracts], pa.date32())
        return pa.table({"area": areas, "as_at": days})

    def _months(self) -> pa.Table:
        numbers = range(self.months_asked.first, self.months_asked.last + 1)
        ends = [month_period(number).end for number in numbers]
        return pa.table({"slot": pa.array(numbers, pa.int32()), "day": pa.array(ends, pa.date32())})

    def _bounds(self) -> pa.Table:
        first, last = self.months_asked.first_end, self.months_asked.last
        return pa.table({"first_month": pa.array([first], pa.int32()), "last_month": pa.array([last], pa.int32())})

    def _reach(self) -> pa.Table:
        return _reach(self.months_asked.first_end, self.months_asked.last)


@lru_cache(maxsize=64)
def _reach(first: int, last: int) -> pa.Table:
    """Each month from `begins_` to the one before `stops_`, as `slot` and `day`, for whatever two there may be."""
    rows = [
        (begins, stops, slot)
        for begins in range(first, last + 1)
        for stops in range(begins + 1, last + 2)
        for slot in range(begins, stops)
    ]
    days = {number: month_period(number).end for number in range(first, last + 1)}
    columns = {
        name: pa.array([row[place] for row in rows], pa.int32())
        for place, name in enumerate(("begins_", "stops_", "slot"))
    }
    return pa.table(columns | {"day": pa.array([days[slot] for _, _, slot in rows], pa.date32())})
