"""What a subject is: a table with a row for each thing that is counted, and what each of its columns needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import ibis.expr.types as ir

from ..language import Kind
from ..tables import Tables

BREAKDOWNS = ("locality", "team", "age_band", "sex", "ethnicity", "disability")


@dataclass(frozen=True, slots=True)
class Column:
    """One column a definition may name.

    `needs`: stored fields as `table.field`; `a.x|b.y` when either will do. `values`: every code it can hold, where
    that is a closed list of the engine's own. `looks_back_months`: how long before a period the extract must begin
    for the column to be known.
    """

    kind: Kind
    needs: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    looks_back_months: int = 0


@dataclass(frozen=True)
class Subject:
    """One kind of thing that is counted.

    `build` gives a table with a row for each thing: `area`, `child` (int64, may be null where a row is not about one
    child), `on` for events or `start` and `end` for episodes, the columns of `columns`, and, where the subject has
    them, `age_months` (at the row's own date) and `team`. Rows without a date are left out by the engine.

    `at`, for episodes, adds the columns of `at_columns` to a table that has `day`, the last day of each period.
    `only_where_any`: an area of which no row at all was found has no figures, because its extract cannot be told from
    one that does not carry such rows. `latest_only`: the rows are a state without dates, so only the last month before
    an extract was taken has figures. `breakdowns` are those that make sense of a row.
    """

    name: str
    kind: Literal["events", "episodes"]
    needs: tuple[str, ...]
    build: Callable[[Tables], ir.Table]
    columns: Mapping[str, Column] = field(default_factory=dict)
    at: Callable[[ir.Table], ir.Table] | None = None
    at_columns: Mapping[str, Column] = field(default_factory=dict)
    breakdowns: tuple[str, ...] = BREAKDOWNS
    team: str = ""
    only_where_any: bool = False
    latest_only: bool = False

    @property
    def own(self) -> Mapping[str, Column]:
        """Every column of its own, of the row and of the day."""
        return {**self.columns, **self.at_columns}
