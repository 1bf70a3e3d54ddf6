"""The passes over a subject: which measures are counted together, in what way and by what."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property

import ibis.expr.types as ir
import pyarrow as pa

from .counting import (
    SLOT,
    by_child,
    by_row,
    cube,
    from_cube,
    from_tally,
    on_each_month,
    open_at_all,
    tally,
    with_month,
)
from .measures import WHOLE, Measure
from .rollup import Counted, Span, counted
from .subjects import Subject
from .subjects.people import BREAKDOWN_COLUMNS, with_ages, with_person, with_team
from .tables import Extract, MonthsAsked, Tables

_MOST_COLUMNS = 4
_MOST_TALLIED = 6


@dataclass(frozen=True)
class Run:
    """What was asked for: the extracts, the spans of months and the standing breakdowns."""

    extracts: tuple[Extract, ...]
    spans: tuple[Span, ...]
    breakdowns: tuple[str, ...]

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas, in the order of the extracts."""
        return tuple(extract.area for extract in self.extracts)

    @property
    def last(self) -> int:
        """The last month of any span."""
        return max((end for _, end in self.spans), default=0)

    @property
    def first_end(self) -> int:
        """The first month that any span ends with: states are asked for on last days alone."""
        return min((end for _, end in self.spans), default=1)

    @property
    def first(self) -> int:
        """The first month that any window can reach."""
        return min((min(begin, end - 11) for begin, end in self.spans), default=1)

    @property
    def months(self) -> MonthsAsked:
        """The months that the tables are asked for."""
        return MonthsAsked(self.first, self.last, self.first_end)

    def windows(self, measure: Measure) -> tuple[Span, ...]:
        """For each span, the months a measure counts for it."""
        if measure.extract.window:
            return tuple((end - 11, end) for _, end in self.spans)
        return self.spans


@dataclass(frozen=True)
class Pass:
    """One aggregation: measures that are counted alike, and by what. `column` is "" for the whole.

    `breakdowns`: for each measure, the breakdown the groups are given under.
    """

    measures: tuple[Measure, ...]
    breakdowns: tuple[str, ...]
    column: str = ""


def passes_of(wanted: Sequence[Measure], run: Run) -> Iterator[Pass]:
    """Every pass over one subject: the whole, the indicators' own breakdowns, the standing ones."""
    for alike in _alike(wanted):
        yield Pass(alike, (WHOLE,) * len(alike))
        own = [(measure.extract.by[one], measure, one) for measure in alike for one in measure.extract.by]
        for column in dict.fromkeys(column for column, _, _ in own):
            found = [(measure, name) for of_column, measure, name in own if of_column == column]
            yield Pass(tuple(m for m, _ in found), tuple(name for _, name in found), column)
        for breakdown in run.breakdowns:
            counted_by = tuple(m for m in alike if not m.is_share and _makes_sense(m, breakdown))
            if counted_by:
                yield Pass(counted_by, (breakdown,) * len(counted_by), BREAKDOWN_COLUMNS[breakdown])


def _alike(wanted: Sequence[Measure]) -> Iterator[tuple[Measure, ...]]:
    """The measures that are counted in one way: rows or children."""
    for of_children in (False, True):
        if found := tuple(measure for measure in wanted if measure.of_children is of_children):
            yield found


def _makes_sense(measure: Measure, breakdown: str) -> bool:
    """Whether a measure may be broken down so, and does not already have its own breakdown of that name."""
    subject = measure.subject
    if breakdown in measure.extract.dimensions or (breakdown == "team" and not subject.team):
        return False
    return breakdown in subject.breakdowns


@dataclass(frozen=True)
class Frame:
    """A subject built for a run: its rows with every column that is asked for, kept while the passes are made."""

    tables: Tables
    run: Run
    subject: Subject
    passes: tuple[Pass, ...]
    stack: ExitStack

    @cached_property
    def wanted(self) -> tuple[Measure, ...]:
        """Every measure of any pass, each once."""
        return tuple({measure.id: measure for one in self.passes for measure in one.measures}.values())

    @cached_property
    def _names(self) -> frozenset[str]:
        """Every column that any pass names."""
        named = {name for measure in self.wanted for name in measure.names}
        named |= {column for measure in self.wanted for column in measure.extract.by.values()}
        asked = {name for name in self.run.breakdowns if any(_makes_sense(m, name) for m in self.wanted)}
        return frozenset(named | {BREAKDOWN_COLUMNS[name] for name in asked})

    @property
    def rows(self) -> ir.Table:
        """The rows: a `slot`, the columns that are named, and for states a row for each day."""
        return self.tables.kept(self._kept) if self._is_kept and not self._is_cubed else self._made()

    @property
    def _is_kept(self) -> bool:
        """Whether something is worked out once for several passes: the rows, or a cube of counts."""
        return len(self.passes) > 1

    @property
    def _is_cubed(self) -> bool:
        """Whether a cube stands for the rows: it is far smaller, but for many columns; children do not add up."""
        return len(self._columns) <= _MOST_COLUMNS and not any(m.of_children for m in self.wanted)

    @cached_property
    def _is_tallied(self) -> bool:
        """Whether the cube is of bare numbers of rows: when nothing but a few flags and codes is asked about."""
        kinds = {self.wanted[0].columns[name].kind for name in self._names}
        return self._is_cubed and kinds <= {"flag", "code"} and len(self._names) <= _MOST_TALLIED

    @cached_property
    def _is_asked_late(self) -> bool:
        """Whether the months that are not asked for are left out of the counts, and not of the rows.

        A database that thinks few events are left lays these out in memory to be met, and not the children.
        """
        adds_up = not any(measure.of_children for measure in self.wanted)
        return self.subject.kind == "events" and adds_up and (self._is_cubed or not self._is_kept)

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        """The columns that the passes group by."""
        return tuple(sorted({one.column for one in self.passes} - {""}))

    @cached_property
    def _kept(self) -> str:
        """The name under which the rows are kept."""
        columns = ",".join(sorted(self._names))
        if self._is_tallied:
            name = f"tally_{self.subject.name}"
            self.tables.keep(name, f"{name}/{columns}", lambda: self._asked_for(tally(self._made(), self._codes)))
        elif self._is_cubed:
            name = f"cube_{self.subject.name}"
            question = "/".join((name, columns, ",".join(self._columns), *map(_asked, self.wanted)))
            self.tables.keep(name, question, lambda: self._asked_for(cube(self._made(), self.wanted, self._columns)))
        else:
            name = f"rows_{self.subject.name}"
            self.tables.keep(name, f"{name}/{columns}", self._made)
        self.stack.callback(self.tables.drop, name)
        return name

    @property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        """For each column that is named, the codes of its closed list."""
        return {name: self.wanted[0].columns[name].values for name in sorted(self._names)}

    def _asked_for(self, counts: ir.Table) -> ir.Table:
        return counts.semi_join(self.tables.months, SLOT) if self._is_asked_late else counts

    def _made(self) -> ir.Table:
        made = self._states() if self.subject.kind == "episodes" else self._events()
        return made.select("area", "child", SLOT, *sorted(self._names))

    @cached_property
    def areas_seen(self) -> frozenset[str]:
        """The areas that have any row of the subject, in any month; all of them where the subject does not ask."""
        if not self.subject.only_where_any:
            return frozenset(self.run.areas)
        question = f"seen/{self.subject.name}"
        found = self.tables.fetch(question, lambda: self._built.select("area").distinct())
        return frozenset(self.run.areas[number] for number in found["area"].to_pylist())

    @property
    def _built(self) -> ir.Table:
        return self.tables.viewed(self.subject.name, self.subject.build)

    def _events(self) -> ir.Table:
        built = self._built
        known = with_person(with_month(built), self.tables, self._names)
        asked = known if self._is_asked_late else known.semi_join(self.tables.months, SLOT)
        return self._described(asked, "age_months" in built.columns)

    def _states(self) -> ir.Table:
        asked = self._names | ({"age_at_extract"} if self._needs_age else frozenset())
        opened = open_at_all(self._built, self.tables["bounds"])
        states = on_each_month(with_person(opened, self.tables, asked), self.tables["reach"])
        if self.subject.at is not None:
            states = self.subject.at(states)
        if self._needs_age:
            states = states.mutate(age_months=(states.age_at_extract + states[SLOT]).cast("int64"))
        return self._described(states, self._needs_age)

    @property
    def _needs_age(self) -> bool:
        return bool(self._names & {"age_months", "age_years", "age_band"})

    def _described(self, table: ir.Table, aged: bool) -> ir.Table:
        if aged:
            table = with_ages(table, self._names)
        return with_team(table) if "team" in self._names else table

    def count(self, one: Pass) -> Counted:
        """Make a pass."""
        spans = self._spans(one)
        if spans:
            self.tables.give_spans(_spans_table(spans))
        if self._is_kept:
            _ = self._kept
        return counted(
            self.tables.fetch(self._question(one, anew=bool(spans)), lambda: self._counting(one, anew=bool(spans))),
            areas=len(self.run.areas),
            always=self._always(one),
            first=0 if spans else self.run.first,
            slots=len(spans) if spans else self.run.last - self.run.first + 1,
            adds_up=self.subject.kind == "events",
            spans=spans,
        )

    def _spans(self, one: Pass) -> tuple[Span, ...]:
        """The spans over which children are counted anew; none where months do."""
        measure = one.measures[0]
        if not measure.of_children or measure.of_states:
            return ()
        return tuple(sorted({span for of_pass in one.measures for span in self.run.windows(of_pass)}))

    def _question(self, one: Pass, *, anew: bool) -> str:
        """A pass in words that are the same whenever its SQL is."""
        columns = ",".join(sorted(self._names))
        asked = [_asked(measure) for measure in one.measures]
        kept = ("count cube" if self._is_cubed else "count") if self._is_kept else "count alone"
        kept = f"{kept} tally" if self._is_kept and self._is_tallied else kept
        return "/".join((kept, self.subject.name, columns, one.column, "anew" if anew else "", *asked))

    def _counting(self, one: Pass, *, anew: bool) -> ir.Table:
        parts = not one.column
        if self._is_kept and self._is_cubed:
            answer = from_tally if self._is_tallied else from_cube
            return answer(self.tables.kept(self._kept), one.measures, one.column, parts=parts)
        if not one.measures[0].of_children:
            return self._asked_for(by_row(self.rows, one.measures, one.column, parts=parts))
        spans = self.tables["spans"] if anew else None
        return by_child(self.rows, one.measures, one.column, parts=parts, spans=spans)

    def _always(self, one: Pass) -> tuple[str, ...]:
        """The groups that are given whether or not anybody was in them: closed lists of the indicators' own."""
        if not one.column or one.breakdowns[0] not in one.measures[0].extract.by:
            return ()
        return one.measures[0].columns[one.column].values


def _asked(measure: Measure) -> str:
    return f"{measure.id}={measure.extract.model_dump_json()}"


def _spans_table(spans: tuple[Span, ...]) -> pa.Table:
    columns = {
        "place": range(len(spans)),
        "first": [first for first, _ in spans],
        "last": [last for _, last in spans],
    }
    return pa.table({name: pa.array(values, pa.int32()) for name, values in columns.items()})
