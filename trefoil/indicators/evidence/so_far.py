"""What months make together: the year to date and the last twelve months, for what can be added up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..calculation.accumulate import Accumulated, MonthFigure, Timing, rolling_twelve, year_to_date
from ..calculation.ratios import ratio
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Unit
from .observations import Observation
from .readings import reading_of


@dataclass(frozen=True)
class SoFar:
    """One figure made of months: its name, the figure in words, the months it covers and what is missing."""

    name: str
    figure: str
    months: str
    is_complete: bool


def so_far(definition: Definition, returned: Sequence[Observation]) -> tuple[SoFar, ...]:
    """The year to date and the last twelve months of a monthly flow; nothing for other figures.

    A percentage is the ratio of the sums, so months that came without their counts are named as missing.
    """
    months = [item for item in returned if item.period.kind == "month"]
    if definition.timing is not Timing.FLOW or not months or definition.unit.per_population:
        return ()
    figures = {item.period: _month(definition, item) for item in months}
    latest = months[-1].period
    made = (
        ("Year to date", year_to_date(figures, latest, Timing.FLOW)),
        ("Last 12 months", rolling_twelve(figures, latest)),
    )
    return tuple(
        SoFar(name, figure, joined.words, joined.complete)
        for name, joined in made
        if (figure := _figure(definition, joined))
    )


def _month(definition: Definition, item: Observation) -> MonthFigure:
    if definition.unit in (Unit.COUNT, Unit.GBP):
        return MonthFigure(item.numerator if item.numerator is not None else item.value)
    if item.denominator is None:
        return MonthFigure(None)
    return MonthFigure(item.numerator, item.denominator)


def _figure(definition: Definition, joined: Accumulated) -> str:
    reading = reading_of(definition)
    if joined.numerator is None:
        return ""
    if definition.unit in (Unit.COUNT, Unit.GBP):
        return reading.say(joined.numerator)
    parts = f"{joined.numerator.normalize():,f} of {(joined.denominator or Decimal(0)).normalize():,f}"
    if definition.unit is Unit.PERCENT:
        value = joined.per(100, definition.decimal_places)
        return f"{reading.say(value)} ({parts})" if value is not None else ""
    value = ratio(joined.numerator, joined.denominator)
    return reading.say(value)
