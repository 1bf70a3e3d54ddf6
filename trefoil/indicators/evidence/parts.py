"""The parts of a figure: its categories in one period, what they add up to, and shares of another indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..calculation.ratios import percentage
from ..catalogue.schema import Breakdown, Definition
from ..catalogue.vocabulary import Unit
from ..periods import Period
from .observations import value_of
from .returned import Figures, Held

# Numerators of these are no children and no events, so a small one tells nothing of anybody.
_NOT_COUNTED = {Unit.DAYS, Unit.WEEKS, Unit.SCORE, Unit.GBP}


@dataclass(frozen=True)
class Part:
    """One category. `value`, in the indicator's unit, is None for a missing figure and `why` its reason.

    `count` is how many children or events it is; None where only a percentage, days or an average came.
    """

    category: str
    value: Decimal | None
    count: Decimal | None = None
    why: str = ""


@dataclass(frozen=True)
class Parts:
    """The categories of one dimension in one period. `whole` is the figure they are parts of, if it is known."""

    dimension: str
    period: Period
    parts: tuple[Part, ...]
    whole: Decimal | None = None
    exhaustive: bool = False

    @property
    def total(self) -> Decimal | None:
        """The sum of the counts, where every part has one."""
        counts = [part.count for part in self.parts if part.count is not None]
        return sum(counts, Decimal(0)) if len(counts) == len(self.parts) else None


@dataclass(frozen=True)
class Shares:
    """The percentage each category has of their sum, largest first, for an indicator without a value of its own."""

    dimension: str
    period: Period
    parts: tuple[Part, ...]
    state: str = ""

    @property
    def largest(self) -> Part:
        return self.parts[0]


def breakdowns_of(definition: Definition, figures: Figures) -> tuple[Parts, ...]:
    """Every breakdown of an indicator that has figures, each for its own latest period."""
    found = (_latest_parts(definition, breakdown, figures) for breakdown in definition.breakdowns)
    return tuple(parts for parts in found if parts is not None)


def _latest_parts(definition: Definition, breakdown: Breakdown, figures: Figures) -> Parts | None:
    by_category = categories_of(definition.id, breakdown.dimension, figures)
    period = _latest(by_category)
    if period is None:
        return None
    order = [*breakdown.categories, *sorted(set(by_category) - set(breakdown.categories))]
    held = {category: by_category[category][period] for category in order if period in by_category.get(category, {})}
    whole = figures.get((definition.id, ""), {}).get(period)
    return Parts(
        dimension=breakdown.dimension,
        period=period,
        parts=tuple(_part(definition, category, one) for category, one in held.items()),
        whole=_counted(definition, whole) if whole else None,
        exhaustive=breakdown.exhaustive,
    )


def shares_of(definition: Definition, figures: Figures) -> Shares | None:
    """The shares of an indicator that is calculated as `share_of` another's breakdown; None for any other."""
    reference = definition.calculation.share if definition.calculation else None
    if reference is None:
        return None
    dimension = reference.parts[0][0]
    by_category = categories_of(reference.indicator, dimension, figures)
    period = _latest(by_category)
    if period is None:
        return None
    held = {category: series[period] for category, series in by_category.items() if period in series}
    counts = {category: _count(one) for category, one in held.items()}
    total = sum((count for count in counts.values() if count is not None), Decimal(0))
    parts = [
        Part(category, percentage(count, total, definition.decimal_places), count, held[category].missing_reason)
        for category, count in counts.items()
    ]
    parts.sort(key=lambda part: (-(part.count or 0), part.category))
    return Shares(dimension, period, tuple(parts), next(iter(held.values())).state)


def categories_of(indicator: str, dimension: str, figures: Figures) -> dict[str, Mapping[Period, Held]]:
    """Category to figures by period, for one dimension alone (a second dimension is left out)."""
    start = f"{dimension}: "
    return {
        breakdown.removeprefix(start): series
        for (of, breakdown), series in figures.items()
        if of == indicator and breakdown.startswith(start) and " / " not in breakdown
    }


def _latest(by_category: Mapping[str, Mapping[Period, Held]]) -> Period | None:
    """The newest period, and of those that end together the shortest."""
    periods = {period for series in by_category.values() for period in series}
    return max(periods, key=lambda period: (period.end, period.start), default=None)


def _part(definition: Definition, category: str, held: Held) -> Part:
    count = _counted(definition, held)
    if definition.unit is Unit.COUNT:
        # Printed packs give a count and its percentage of the whole: the percentage is not in the indicator's unit.
        return Part(category, count, count, held.missing_reason)
    value = value_of(definition, numerator=held.numerator, denominator=held.denominator, returned=held.value)
    return Part(category, value, count, held.missing_reason)


def _counted(definition: Definition, held: Held) -> Decimal | None:
    """How many were counted. Days, averages and percentages alone are no counts, however small they are."""
    if definition.unit is Unit.COUNT:
        return _count(held)
    return held.numerator if counts_something(definition.unit) else None


def counts_something(unit: Unit) -> bool:
    """Whether the numerators of a unit are numbers of children, events or staff."""
    return unit not in _NOT_COUNTED


def _count(held: Held) -> Decimal | None:
    return held.numerator if held.numerator is not None else held.value
