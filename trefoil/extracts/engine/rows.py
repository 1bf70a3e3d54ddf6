"""From dense counts to rows of figures: what an extract can tell, populations, and the shape of `results.SCHEMA`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from trefoil.indicators.calculation.ratios import population_year_for

from .counting import denominator_name, numerator_name
from .known import Knowledge
from .measures import WHOLE, Measure
from .passes import Pass, Run
from .periods import period_of
from .results import SCHEMA, Results
from .rollup import Counted, Whole

Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Figures:
    """What is given of one measure: a row for each group, a column for each span; `mask` says where there is a row."""

    numerators: Whole
    denominators: Whole | None
    mask: Truth


@dataclass
class RowBuilder:
    """Gathers what the passes count into rows."""

    run: Run
    populations: Mapping[str, Mapping[int, int]]
    _chunks: list[pa.Table] = field(default_factory=list)
    # The denominators of shares, which are counted with the whole.
    _wholes: dict[str, Whole] = field(default_factory=dict)
    _months: dict[tuple[int, tuple[str, ...], int, bool], tuple[int, int]] = field(default_factory=dict)

    def tellable(self, wanted: Sequence[Measure]) -> list[Measure]:
        """Those that any of the extracts can tell for any of the spans: the others need not be counted."""
        seen = frozenset(self.run.areas)
        return [measure for measure in wanted if self._tellable(measure, WHOLE, seen).any()]

    def add(self, one: Pass, found: Counted, *, seen: frozenset[str]) -> None:
        """Rows for every measure of a pass. `seen`: the areas that have any row of the subject."""
        for measure, breakdown in zip(one.measures, one.breakdowns, strict=True):
            tellable = self._tellable(measure, breakdown, seen)
            if one.column:
                self._groups(measure, breakdown, found, tellable)
            else:
                self._whole(measure, found, tellable)
                self._parts(measure, found, seen)

    def _whole(self, measure: Measure, found: Counted, tellable: Truth) -> None:
        windows = self.run.windows(measure)
        if measure.divides:
            self._wholes[measure.id] = found.over(denominator_name(measure), windows)
        if measure.is_share:
            return
        numerators = found.over(numerator_name(measure), windows)
        denominators, known = self._denominators(measure, found)
        self._emit(measure, found, Figures(numerators, denominators, tellable & known), breakdown=WHOLE)

    def _groups(self, measure: Measure, breakdown: str, found: Counted, tellable: Truth) -> None:
        windows = self.run.windows(measure)
        numerators = found.over(numerator_name(measure), windows)
        own = breakdown in measure.extract.by
        if measure.extract.per:
            return  # A rate in a group divides by the group's own population: `disproportionality`.
        denominators: Whole | None = None
        if measure.is_share:
            denominators = self._wholes[measure.id][found.areas]
        elif measure.divides:
            denominators = found.over(denominator_name(measure), windows)
        mask = tellable[found.areas]
        if not own:
            mask = mask & ((numerators if denominators is None else denominators) > 0)
        self._emit(measure, found, Figures(numerators, denominators, mask), breakdown=breakdown)

    def _parts(self, measure: Measure, found: Counted, seen: frozenset[str]) -> None:
        windows = self.run.windows(measure)
        for dimension, categories in measure.extract.parts.items():
            tellable = self._tellable(measure, dimension, seen)
            for category in categories:
                numerators = found.over(numerator_name(measure, f"parts.{dimension}.{category}"), windows)
                figures = Figures(numerators, self._wholes.get(measure.id), tellable)
                self._emit(measure, found, figures, breakdown=dimension, group=category)

    def _denominators(self, measure: Measure, found: Counted) -> tuple[Whole | None, Truth]:
        """The denominators of the whole, and where they are known."""
        shape = (len(self.run.areas), len(self.run.spans))
        if measure.extract.per:
            people = self._people
            return people, people > 0
        denominators = found.over(denominator_name(measure), self.run.windows(measure)) if measure.divides else None
        return denominators, np.ones(shape, dtype=np.bool_)

    @cached_property
    def _people(self) -> Whole:
        """Children aged 0 to 17 for each area and span; 0 where it is not known.

        The mid-year is that of `population_year_for`, or the latest before it that there is.
        """
        people = np.zeros((len(self.run.areas), len(self.run.spans)), dtype=np.int64)
        for row, area in enumerate(self.run.areas):
            years = self.populations.get(area, {})
            for column, span in enumerate(self.run.spans):
                wanted = population_year_for(period_of(span))
                if usable := [year for year in years if year <= wanted]:
                    people[row, column] = years[max(usable)]
        return people

    def _tellable(self, measure: Measure, breakdown: str, seen: frozenset[str]) -> Truth:
        """For each area and span, whether the extract can tell."""
        windows = np.array(self.run.windows(measure), dtype=np.int64).reshape(-1, 2)
        begins = windows[:, 1] if measure.of_states else windows[:, 0]
        limits = np.array(
            [self._limits(place, measure, breakdown, seen) for place in range(len(self.run.areas))], dtype=np.int64
        ).reshape(-1, 2)
        told: Truth = (begins[None, :] >= limits[:, :1]) & (windows[None, :, 1] <= limits[:, 1:])
        return told

    def _limits(self, place: int, measure: Measure, breakdown: str, seen: frozenset[str]) -> tuple[int, int]:
        if measure.subject.only_where_any and self.run.areas[place] not in seen:
            return 1, 0
        needs, back = measure.needs(breakdown), measure.looks_back(breakdown)
        key = (place, needs, back, measure.of_states)
        if key not in self._months:
            knowledge = Knowledge(self.run.extracts[place])
            self._months[key] = knowledge.months(needs, looks_back=back, on_the_day=measure.of_states)
        first, last = self._months[key]
        return (max(first, last), last) if measure.subject.latest_only and first <= last else (first, last)

    def _emit(self, measure: Measure, found: Counted, figures: Figures, *, breakdown: str, group: str = "") -> None:
        """Add a row wherever there is one; `group` where all are of one group."""
        rows, columns = np.nonzero(figures.mask)
        if not len(rows):
            return
        groups = np.zeros(len(rows), dtype=np.int64) if group else found.groups[rows]
        below = figures.denominators
        self._chunks.append(
            pa.table(
                [
                    _constant(measure.id, len(rows)),
                    _coded(found.areas[rows], self.run.areas),
                    _coded(columns, self._periods),
                    _constant(breakdown, len(rows)),
                    _coded(groups, (group,) if group else found.group_names),
                    pa.array(figures.numerators[rows, columns]),
                    pa.nulls(len(rows), pa.int64()) if below is None else pa.array(below[rows, columns]),
                    _constant(measure.definition.unit.value, len(rows)),
                ],
                schema=SCHEMA,
            )
        )

    @cached_property
    def _periods(self) -> tuple[str, ...]:
        return tuple(period_of(span).code for span in self.run.spans)

    def results(self, places: Mapping[str, int]) -> Results:
        """Everything that was added."""
        table = pa.concat_tables(self._chunks) if self._chunks else SCHEMA.empty_table()
        return Results(table.unify_dictionaries(), places)


def _coded(places: npt.NDArray[np.int64], names: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), pa.array(names, pa.string()))


def _constant(text: str, length: int) -> pa.DictionaryArray:
    return _coded(np.zeros(length, dtype=np.int64), (text,))
