"""Figures laid out so that a check can ask for one by name. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Protocol

from ..catalogue.references import ANY_CATEGORY, FigureReference, split_breakdown
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Unit
from ..periods import Period
from ..rows import FigureRow

Dimensions = tuple[str, ...]

SHARED_OUT = frozenset({("WF02", "post"), ("WF03", "state"), *((f"QA{number:02}", "grade") for number in range(2, 8))})
"""Breakdowns of a percentage whose categories share out its denominator, so that they reach 100.

A percentage by team does not: each team has a percentage of its own.
"""


class Definitions(Protocol):
    """What is asked of a catalogue; `trefoil.indicators.catalogue.loader.Catalogue` answers it."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id, in order."""

    def get(self, indicator: str) -> Definition | None:
        """The definition with this id, or None."""


class Figures:
    """The figures of a file, in an order that its rows do not decide, and the earlier ones."""

    def __init__(self, rows: Iterable[FigureRow], definitions: Definitions, earlier: Iterable[FigureRow] = ()) -> None:
        self.definitions = definitions
        self.rows = sorted(rows, key=lambda row: (row.key, row.place.row))
        self.earlier = {row.key: row for row in earlier}
        self._by_key = {row.key: row for row in self.rows}
        self._parts: dict[tuple[str, Period], dict[Dimensions, list[FigureRow]]] = defaultdict(dict)
        self._wholes: dict[tuple[str, Period], Decimal | None] = {}
        self._at: dict[Period, list[FigureRow]] = defaultdict(list)
        for row in self.rows:
            self._at[row.period].append(row)
            if row.breakdown:
                by_dimensions = self._parts[(row.indicator, row.period)]
                by_dimensions.setdefault(dimensions_of(row.breakdown), []).append(row)

    def get(self, indicator: str, breakdown: str, period: Period) -> FigureRow | None:
        """One figure of the file."""
        return self._by_key.get((indicator, breakdown, period))

    @property
    def periods(self) -> list[Period]:
        """Every period, in order."""
        return sorted(self._at)

    def at(self, period: Period) -> list[FigureRow]:
        """Every figure of one period."""
        return self._at.get(period, [])

    def split(self) -> Iterator[tuple[Definition, Period, dict[Dimensions, list[FigureRow]]]]:
        """Every indicator and period that has parts, with the parts by their dimensions."""
        for (indicator, period), parts in self._parts.items():
            definition = self.definitions.get(indicator)
            if definition:
                yield definition, period, parts

    def parts(self, indicator: str, period: Period) -> dict[Dimensions, list[FigureRow]]:
        """The parts of one indicator in one period, by their dimensions."""
        return self._parts.get((indicator, period), {})

    def amount(self, reference: FigureReference, period: Period) -> Decimal | None:
        """The count that a reference points at; `*` adds up a dimension.

        A whole that was not returned is the sum of a breakdown whose categories add up to it.
        """
        if ANY_CATEGORY in (category for _, category in reference.parts):
            wanted = tuple(dimension for dimension, _ in reference.parts)
            return summed(self.parts(reference.indicator, period).get(wanted, []))
        row = self.get(reference.indicator, reference.breakdown, period)
        if row is not None:
            return row.numerator
        return None if reference.breakdown else self.whole_from_parts(reference.indicator, period)

    def whole_from_parts(self, indicator: str, period: Period) -> Decimal | None:
        """The sum of the first breakdown whose categories add up to the whole, worked out once."""
        key = (indicator, period)
        if key not in self._wholes:
            self._wholes[key] = self._added_up(indicator, period)
        return self._wholes[key]

    def _added_up(self, indicator: str, period: Period) -> Decimal | None:
        definition = self.definitions.get(indicator)
        for dimensions, rows in self.parts(indicator, period).items():
            if definition and adds_up(definition, dimensions) and (total := summed(rows)) is not None:
                return total
        return None

    def denominator_of(self, row: FigureRow) -> Decimal | None:
        """What a figure is a part of: its own denominator, else what the dictionary says it divides by."""
        definition = self.definitions.get(row.indicator)
        if row.denominator is not None or definition is None:
            return row.denominator
        if row.breakdown:
            whole = FigureReference(row.indicator)
            return self.amount(whole, row.period) if definition.unit is Unit.COUNT else None
        calculation = definition.calculation
        if calculation is None or calculation.denominator is None:
            return None
        return self.amount(calculation.denominator, row.period)

    def numerator_of(self, row: FigureRow) -> Decimal | None:
        """A figure's own numerator, else the count that the dictionary says it is worked out from."""
        definition = self.definitions.get(row.indicator)
        calculation = definition.calculation if definition else None
        if row.numerator is not None or row.breakdown or calculation is None or calculation.numerator is None:
            return row.numerator
        return self.amount(calculation.numerator, row.period)


def dimensions_of(breakdown: str) -> Dimensions:
    """`age: 1 to 5 / sex: boys` as ("age", "sex")."""
    return tuple(dimension for dimension, _ in split_breakdown(breakdown))


def adds_up(definition: Definition, dimensions: Dimensions) -> bool:
    """Whether the categories of all these dimensions together are the whole."""
    found = [definition.breakdown(dimension) for dimension in dimensions]
    return bool(found) and all(breakdown is not None and breakdown.exhaustive for breakdown in found)


def shares_out(definition: Definition, dimension: str) -> bool:
    """Whether the percentages of a dimension's categories are shares of one whole."""
    if definition.unit is Unit.PERCENT:
        return (definition.id, dimension) in SHARED_OUT
    return definition.unit is Unit.COUNT and adds_up(definition, (dimension,))


def summed(rows: Iterable[FigureRow]) -> Decimal | None:
    """The sum of the counts, or None when there are none or one is missing."""
    counts = [row.numerator for row in rows]
    if not counts or any(count is None for count in counts):
        return None
    return sum((count for count in counts if count is not None), Decimal(0))
