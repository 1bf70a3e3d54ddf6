"""Which figures a return waits for. Pure: no database.

A return lists the indicators that are asked for. What is expected of each follows from how often it is returned: a
monthly measure once for each month of the return, a quarterly one for each quarter that ends within it, a yearly one
for the April-to-March year that ends within it. A measure worked out from others is not asked for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from .catalogue.schema import Definition
from .catalogue.vocabulary import Frequency, Theme
from .checks.lookup import Definitions
from .intake.template import known_breakdowns
from .periods import Period, month

# Autumn, spring and summer term end in December, March and July and began in September, January and April.
_TERM_STARTS = {12: 9, 3: 1, 7: 4}


@dataclass(frozen=True, slots=True)
class Expected:
    """One figure that a return waits for; `breakdown` is empty for the whole."""

    definition: Definition
    period: Period
    breakdown: str = ""

    @property
    def key(self) -> tuple[str, str, Period]:
        """The key of the figure that answers it."""
        return (self.definition.id, self.breakdown, self.period)


def is_worked_out(definition: Definition) -> bool:
    """Whether every part of the measure comes from figures that are returned for others, or from the population."""
    calculation = definition.calculation
    if calculation is None:
        return False
    divides_by_others = calculation.denominator is not None or bool(definition.unit.per_population)
    needs_no_denominator = divides_by_others or not definition.unit.is_ratio
    return calculation.share is not None or (calculation.numerator is not None and needs_no_denominator)


def expected_periods(definition: Definition, period: Period) -> list[Period]:
    """The periods within `period` that the measure is returned for; empty when none ends in it.

    What is counted at each event, and any measure in a return that is not made of whole months, is for the return's own
    period.
    """
    if definition.frequency is Frequency.PER_EVENT or period.start.day != 1 or not _ends_a_month(period):
        return [period]
    return [found for each in _months(period) if (found := _ending(definition.frequency, each))]


def asked_definitions(indicators: Iterable[str], definitions: Definitions) -> list[Definition]:
    """The definitions that an agency fills in, in the order of the pages. Ids that no dictionary knows are left out."""
    found = [one for one in (definitions.get(indicator) for indicator in indicators) if one is not None]
    order = {theme: place for place, theme in enumerate(Theme)}
    return sorted((one for one in found if not is_worked_out(one)), key=lambda one: (order[one.theme], one.id))


def expected_figures(
    indicators: Iterable[str], period: Period, definitions: Definitions, *, breakdowns: bool = True
) -> list[Expected]:
    """Every figure that a return waits for, in the order of the pages; wholes alone without `breakdowns`."""
    return [
        Expected(definition, each, part)
        for definition in asked_definitions(indicators, definitions)
        for each in expected_periods(definition, period)
        for part in ["", *(known_breakdowns([definition]) if breakdowns else ())]
    ]


def missing_figures(
    indicators: Iterable[str],
    period: Period,
    definitions: Definitions,
    given: Iterable[tuple[str, str, Period]],
) -> list[Expected]:
    """The whole figures with neither an amount nor a reason; a figure given in parts alone is not missing.

    `given` are the keys of the figures that are held. What is counted at each event may have nothing to say.
    """
    held = {(indicator, each) for indicator, _, each in given}
    return [
        one
        for one in expected_figures(indicators, period, definitions, breakdowns=False)
        if (one.definition.id, one.period) not in held and one.definition.frequency is not Frequency.PER_EVENT
    ]


def _ends_a_month(period: Period) -> bool:
    return (period.end + timedelta(days=1)).day == 1


def _months(period: Period) -> Iterator[Period]:
    first = period.start.year * 12 + period.start.month - 1
    for index in range(first, first + period.months):
        yield month(index // 12, index % 12 + 1)


def _ending(frequency: Frequency, each: Period) -> Period | None:
    """The period of this frequency that ends with a month, or None."""
    year, number = each.start.year, each.start.month
    if frequency is Frequency.QUARTERLY:
        return Period(month(year, number - 2).start, each.end) if number % 3 == 0 else None
    if frequency is Frequency.ANNUAL:
        return Period(month(year - 1, 4).start, each.end) if number == 3 else None
    if frequency is Frequency.TERMLY:
        return Period(month(year, _TERM_STARTS[number]).start, each.end) if number in _TERM_STARTS else None
    return each
