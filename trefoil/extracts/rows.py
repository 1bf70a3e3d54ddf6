"""The rows behind a figure: which are shown, and what of each. Children are pseudonyms; no identifier is ever shown."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

import ibis
import ibis.expr.types as ir

from trefoil.indicators.catalogue.schema import Definition
from trefoil.indicators.periods import Period

from .engine.backends import Backend, DuckDB
from .engine.measures import Measure, measures
from .engine.passes import Frame, Run, passes_of
from .engine.periods import month_period, span_of
from .engine.subjects.people import BREAKDOWN_COLUMNS
from .engine.tables import Tables
from .models import Extract
from .storing import stored
from .teams import team_names

MOST_ROWS = 100
TITLES = {
    "age_band": "Age",
    "sex": "Sex",
    "ethnic_group": "Ethnicity",
    "disabled": "Disability",
    "locality": "Locality",
    "team": "Team",
}


class NoSuchRowsError(ValueError):
    """No rows stand behind what was asked for: it is not counted from extracts, or not by that."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure the rows are behind: an indicator, a period of whole months, and a group of a breakdown if any."""

    definition: Definition
    period: Period
    breakdown: str = ""
    group: str = ""

    def as_detail(self) -> dict[str, str]:
        """For the trail."""
        group = {"breakdown": self.breakdown, "group": self.group} if self.breakdown else {}
        return {"indicator": self.definition.id, "period": self.period.code, **group}


@dataclass(frozen=True, slots=True)
class ShownRows:
    """At most a page of rows, newest first, and how many there are. Each row is as long as `headings`."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    in_all: int

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each row's cells with the heading they stand under."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]


def rows_asked(extract: Extract, asked: Asked) -> ShownRows:
    """The rows that the figure counts, whether in its numerator or its denominator alone.

    Raises NoSuchRowsError for an indicator that is not counted from extracts or a breakdown it does not have.
    """
    counted = measures([asked.definition])
    if not counted:
        raise NoSuchRowsError(f"{asked.definition.id} is not counted from extracts")
    held, measure = stored(extract), counted[0]
    backend = DuckDB()
    try:
        wanted = _standing(measure, asked.breakdown)
        run = Run((held,), (span_of(asked.period),), wanted)
        with Tables(backend, (held,), run.months) as tables, ExitStack() as stack:
            frame = Frame(tables, run, measure.subject, tuple(passes_of((measure,), run)), stack)
            return _shown(frame.rows, backend, measure, asked, team_names(held.folder))
    finally:
        backend.close()


def _standing(measure: Measure, breakdown: str) -> tuple[str, ...]:
    """The breakdowns whose column each row has. Raises NoSuchRowsError when the one asked for is not among them."""
    subject, own = measure.subject, measure.extract.dimensions
    found = tuple(
        name
        for name in BREAKDOWN_COLUMNS
        if name in subject.breakdowns and name not in own and (name != "team" or subject.team)
    )
    if breakdown and breakdown not in found:
        raise NoSuchRowsError(f"{measure.id} has no rows by {breakdown}")
    return found


def _shown(rows: ir.Table, backend: Backend, measure: Measure, asked: Asked, teams: dict[str, str]) -> ShownRows:
    first, last = span_of(asked.period)
    if measure.extract.window:
        first = last - 11
    if measure.of_states:
        first = last
    conditions = [rows.slot.between(first, last)]
    if "where" in measure.expressions:
        conditions.append(measure.expressions["where"].condition(rows, measure.kinds))
    if asked.breakdown:
        conditions.append(rows[BREAKDOWN_COLUMNS[asked.breakdown]] == asked.group)
    found = rows.filter(reduce(and_, conditions))
    in_numerator = measure.expressions.get("numerator")
    if in_numerator is not None:
        found = found.mutate(counts_=in_numerator.condition(found, measure.kinds))
    in_all = int(backend.fetch(backend.sql(found.aggregate(n=found.count())))["n"][0].as_py())
    page = backend.fetch(backend.sql(found.order_by([ibis.desc("slot"), "child"]).limit(MOST_ROWS))).to_pylist()
    return _in_words(page, in_all, teams)


def _in_words(page: list[dict[str, Any]], in_all: int, teams: dict[str, str]) -> ShownRows:
    own = [name for name in TITLES if page and name in page[0]]
    has_numerator = bool(page) and "counts_" in page[0]
    headings = ("Child", "Month", *(TITLES[name] for name in own), *(("Counts",) if has_numerator else ()))
    rows = []
    for row in page:
        cells = [_pseudonym(row["child"]), month_period(row["slot"]).label]
        cells += [_cell(name, row[name], teams) for name in own]
        if has_numerator:
            cells.append("Yes" if row["counts_"] else "No")
        rows.append(tuple(cells))
    return ShownRows(headings, tuple(rows), in_all)


def _cell(name: str, value: object, teams: dict[str, str]) -> str:
    words = "not recorded" if value is None else str(value)
    return teams.get(words, words) if name == "team" else words


def _pseudonym(child: int | None) -> str:
    """Short enough to read out, long enough to tell children of one page apart."""
    return f"{child:016x}"[-8:].upper() if child is not None else "No child"
