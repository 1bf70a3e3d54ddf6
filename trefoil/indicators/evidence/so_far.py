"""What months make together: the year to date and the last twelve months, for what can be added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..calculation.accumulate import (
    Accumulated,
    MonthFigure,
    Timing,
    months_between,
    rolling_twelve,
    year_to_date,
)
from ..calculation.numerals import in_words, listed
from ..calculation.ratios import ratio
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Unit
from ..enums import ReturnState
from ..periods import Period
from .observations import Observation
from .readings import reading_of
from .returned import Figures, observations_of

NO_TOTAL = "No total"


@dataclass(frozen=True)
class SoFar:
    """One figure made of months: its name, the figure in words, the months it covers and what is missing.

    `figure` is `No total` where months are missing and the agency gave no figure for the whole run.
    """

    name: str
    figure: str
    months: str
    is_complete: bool


def so_far(definition: Definition, returned: Sequence[Observation], figures: Figures) -> tuple[SoFar, ...]:
    """The year to date and the last twelve months of a monthly flow; nothing for other figures.

    A figure that was returned for the whole run of months stands before a sum of them. A percentage is the ratio of
    the sums, so months that came without their counts are named as missing.
    """
    months = [item for item in returned if item.period.kind == "month"]
    if definition.timing is not Timing.FLOW or not months or definition.unit.per_population:
        return ()
    by_month = {item.period: _month(definition, item) for item in months}
    whole = {item.period: item for item in observations_of(definition, figures) if item.value is not None}
    latest = months[-1].period
    made = (
        ("Year to date", year_to_date(by_month, latest, Timing.FLOW)),
        ("Last 12 months", rolling_twelve(by_month, latest)),
    )
    found = (_so_far(definition, name, joined, whole) for name, joined in made)
    return tuple(one for one in found if one is not None)


def _so_far(
    definition: Definition, name: str, joined: Accumulated, whole: Mapping[Period, Observation]
) -> SoFar | None:
    """The figure of the whole run; else the sum of its months; else which months are missing."""
    summed, run = _figure(definition, joined), whole.get(joined.period)
    if run is not None and joined.period.kind != "month":
        return _of_run(definition, name, run, summed if joined.complete else "")
    if not summed:
        return None
    if joined.complete:
        return SoFar(name, summed, joined.words, is_complete=True)
    return SoFar(name, NO_TOTAL, _incomplete(joined, summed), is_complete=False)


def _of_run(definition: Definition, name: str, run: Observation, summed: str) -> SoFar:
    """A figure given for the whole run, and what its months make where that is another figure."""
    parts = Accumulated(run.period, run.numerator, run.denominator, ())
    figure = _figure(definition, parts) or reading_of(definition).say(run.value)
    given = "as printed" if run.state == ReturnState.PRINTED else "as returned"
    words = f"{run.period.label}, {given} for the whole time"
    if summed and summed != figure:
        words += f"; its months make {summed}"
    return SoFar(name, figure, words, is_complete=True)


def _incomplete(joined: Accumulated, summed: str) -> str:
    """`April to June 2026: two of its three months make 15. Missing: May 2026.`"""
    wanted = joined.period.months
    came = wanted - len(joined.missing)
    verb = "makes" if came == 1 else "make"
    missing = listed([run.label for run in _runs(joined.missing)])
    return (
        f"{joined.period.label}: {in_words(came)} of its {in_words(wanted)} months {verb} {summed}. Missing: {missing}."
    )


def _runs(months: Sequence[Period]) -> list[Period]:
    """Months that follow each other, joined."""
    runs: list[Period] = []
    for each in months:
        if runs and len(months_between(runs[-1], each)) == runs[-1].months + 1:
            runs[-1] = Period(runs[-1].start, each.end)
        else:
            runs.append(each)
    return runs


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
