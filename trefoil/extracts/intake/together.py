"""Checks rows against each other: keys, references, the order of dates, births. All in DuckDB, over the views."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from .collected import Collected, Source
from .connection import quoted
from .findings import Level
from .layouts import Column, Layout, View

_BEFORE_BIRTH_MONTHS = 10
_BIRTHS = "births_"


@dataclass(frozen=True, slots=True)
class Together:
    """All views of an extract, with what their `part_` stands for."""

    connection: duckdb.DuckDBPyConnection
    layouts: Mapping[str, Layout]
    views: Mapping[str, View]
    sources: Sequence[Source]
    collected: Collected

    def run(self) -> None:
        """Check every layout that some part gave."""
        self._gather_births()
        for name, view in self.views.items():
            layout = self.layouts[name]
            self._check_key(layout, view)
            self._check_orders(layout, view)
            self._check_births(layout, view)
            for column in layout.columns:
                if column.refers and column.name in view.found:
                    self._check_reference(column, view)

    def _check_key(self, layout: Layout, view: View) -> None:
        if not layout.key or not set(layout.key) <= view.found:
            return
        key = ", ".join(map(quoted, layout.key))
        filled = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in layout.key)
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE twice_ AS SELECT {key} FROM {view.sql} WHERE {filled} GROUP BY ALL"
            " HAVING count(*) > 1"
        )
        select = (
            "SELECT part_, row_, 'the same as row ' || first_value(row_) OVER same"
            " || if(first_value(part_) OVER same = part_, '', ' of an earlier file') AS value"
            f" FROM {view.sql} SEMI JOIN twice_ USING ({key})"
            f" WINDOW same AS (PARTITION BY {key} ORDER BY part_, row_) QUALIFY row_number() OVER same > 1"
        )
        cure = "Keep one of the two rows, or correct what tells them apart."
        self._speak(select, Level.FAULT, "duplicate", cure, layout.key[0])

    def _check_orders(self, layout: Layout, view: View) -> None:
        for first, last in layout.orders:
            if {first, last} <= view.found:
                select = (
                    f"SELECT part_, row_, strftime({quoted(last)}, '%Y-%m-%d') AS value FROM {view.sql}"
                    f" WHERE {quoted(last)} < {quoted(first)}"
                )
                cure = f"Correct it or “{first}”, which comes first."
                self._speak(select, Level.FAULT, "dates-out-of-order", cure, last)

    def _check_reference(self, column: Column, view: View) -> None:
        home, _, field = column.refers.partition(".")
        target = self.views.get(home)
        if target is None or field not in target.found:
            return
        select = (
            f"SELECT part_, row_, '' AS value FROM {view.sql} AS here"
            f" ANTI JOIN {target.sql} AS home ON home.{quoted(field)} = here.{quoted(column.name)}"
            f" WHERE here.{quoted(column.name)} IS NOT NULL"
        )
        cure = f"Add the row to {self.layouts[home].title}. Without it, what it would say stays unknown."
        self._speak(select, Level.WARNING, "orphan", cure, column.name)

    def _gather_births(self) -> None:
        """One day of birth per child: of the first row that has one. Other days are told."""
        rows = [
            f"SELECT part_, row_, {quoted(layout.person)} AS person, {quoted(layout.born)} AS born"
            f" FROM {view.sql} WHERE {quoted(layout.person)} IS NOT NULL AND {quoted(layout.born)} IS NOT NULL"
            for layout, view in ((self.layouts[name], view) for name, view in self.views.items())
            if layout.born and layout.person
        ]
        everything = " UNION ALL ".join(rows)
        if not rows:
            self.connection.execute(f"CREATE TEMP TABLE {_BIRTHS} (person VARCHAR, born DATE)")
            return
        self.connection.execute(
            f"CREATE TEMP TABLE {_BIRTHS} AS SELECT person, arg_min(born, (part_, row_)) AS born"
            f" FROM ({everything}) GROUP BY person"
        )
        if len(rows) == 1 and self._is_person_table():
            return
        select = (
            f"SELECT part_, row_, '' AS value FROM ({everything}) AS here"
            f" JOIN {_BIRTHS} USING (person) WHERE here.born <> {_BIRTHS}.born"
        )
        self._speak(select, Level.WARNING, "births-differ", "Correct the date of birth in one of the rows.", "")

    def _is_person_table(self) -> bool:
        """Whether births come from one table with one row for each child, whose key is checked anyway."""
        born = [layout for layout in self.layouts.values() if layout.born and layout.name in self.views]
        return all(layout.key == (layout.person,) for layout in born)

    def _check_births(self, layout: Layout, view: View) -> None:
        if not layout.person or layout.person not in view.found:
            return
        for event in layout.events:
            if event in view.found:
                select = (
                    f"SELECT part_, row_, strftime({quoted(event)}, '%Y-%m-%d') AS value FROM {view.sql} AS here"
                    f" JOIN {_BIRTHS} ON {_BIRTHS}.person = here.{quoted(layout.person)}"
                    f" WHERE {quoted(event)} < {_BIRTHS}.born - INTERVAL {_BEFORE_BIRTH_MONTHS} MONTH"
                )
                cure = "Correct the date, or the child's date of birth."
                self._speak(select, Level.FAULT, "before-birth", cure, event)

    def _speak(self, select: str, level: Level, rule: str, cure: str, column: str) -> None:
        self.collected.speak_of(self.connection, select, self.sources, level=level, rule=rule, cure=cure, column=column)
