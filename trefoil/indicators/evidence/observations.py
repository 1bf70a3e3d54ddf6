"""One figure as a page sees it, wherever it came from, and the arithmetic of its value. Pure: no database."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..calculation.ratios import percentage, rate_per, ratio, round_half_up
from ..catalogue.schema import CHILDREN_0_17, Definition
from ..catalogue.vocabulary import Timing, Unit
from ..periods import Period

# A series is drawn from one kind of period; of kinds equally recent, the first of these is taken.
KINDS_IN_ORDER = ("month", "quarter", "year", "span")


class Origin(StrEnum):
    """Where a figure comes from."""

    RETURNED = "returned"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Observation:
    """One period's figure. `value` None is a missing or hidden figure, and `why_missing` says why."""

    period: Period
    value: Decimal | None
    origin: Origin
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    shown: str = ""
    why_missing: str = ""
    note: str = ""
    state: str = ""
    restated_from: Decimal | None = None
    is_restated: bool = False
    label: str = ""

    @property
    def period_label(self) -> str:
        """The period in words; a published figure keeps its publisher's word for the year."""
        return self.label or self.period.label


def value_of(
    definition: Definition,
    *,
    numerator: Decimal | None,
    denominator: Decimal | None,
    returned: Decimal | None,
    population: int | None = None,
) -> Decimal | None:
    """The value in the definition's unit: worked out from its parts where they were given, else as returned.

    A rate over a population is worked out for a position at a moment and for a sum of 12 months; a rate of a single
    month is taken as returned, because twelve months belong in it.
    """
    places = definition.decimal_places
    if definition.unit in {Unit.COUNT, Unit.GBP}:
        return returned if returned is not None else numerator
    if definition.unit is Unit.PERCENT:
        own = percentage(numerator, denominator, places)
    elif definition.unit.per_population:
        people = denominator if denominator is not None else _population(definition, population)
        own = rate_per(numerator, people, definition.unit.per_population, places)
    else:
        found = ratio(numerator, denominator)
        own = None if found is None else round_half_up(found, places)
    return returned if own is None else own


def _population(definition: Definition, children: int | None) -> Decimal | None:
    """The children aged 0 to 17 to divide by, for a measure of a moment or of the last 12 months."""
    if children is None or definition.population != CHILDREN_0_17:
        return None
    return Decimal(children) if definition.timing in {Timing.SNAPSHOT, Timing.ROLLING} else None


def main_series(observations: list[Observation]) -> list[Observation]:
    """The observations of one kind of period, oldest first: the kind whose latest figure is the most recent.

    Months, quarters and years do not mix in one line. Of kinds that end together the finer one is taken.
    """
    by_kind: dict[str, list[Observation]] = {}
    for observation in observations:
        by_kind.setdefault(observation.period.kind, []).append(observation)
    if not by_kind:
        return []
    latest = max(item.period.end for group in by_kind.values() for item in group)
    current = [
        kind for kind in KINDS_IN_ORDER if kind in by_kind and max(item.period.end for item in by_kind[kind]) == latest
    ]
    return sorted(by_kind[current[0]], key=lambda item: (item.period.end, item.period.start))
