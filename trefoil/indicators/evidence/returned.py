"""Figures that agencies returned, as observations. One query for any number of indicators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from trefoil.people.models import Partnership

from ..calculation.accumulate import MonthFigure, Timing, rolling_twelve
from ..calculation.ratios import population_year_for
from ..catalogue.loader import catalogue
from ..catalogue.references import ANY_CATEGORY, FigureReference, split_breakdown
from ..catalogue.schema import Definition
from ..models import Figure
from ..periods import Period
from .observations import Observation, Origin, value_of

Key = tuple[str, str]


class Held(NamedTuple):
    """One stored figure, with what it replaced."""

    period: Period
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    missing_reason: str
    note: str
    state: str
    before: "Held | None" = None


Figures = Mapping[Key, Mapping[Period, Held]]


def needed_by(definitions: Iterable[Definition]) -> tuple[set[str], set[str]]:
    """The indicators whose whole figures, and those whose breakdowns, the definitions are worked out from."""
    whole: set[str] = set()
    broken_down: set[str] = set()
    for definition in definitions:
        whole.add(definition.id)
        for reference in definition.calculation.references if definition.calculation else ():
            (broken_down if reference.breakdown else whole).add(reference.indicator)
    return whole, broken_down


def read_figures(partnership: Partnership, whole: set[str], broken_down: set[str]) -> Figures:
    """The figures handed in for these indicators: the latest for each period, with the one it replaced.

    A later return may restate a period of an earlier one, so rows are read in the order they were entered. A figure
    counts as restated only where the earlier one was handed in: what was put right in a draft was never shown.
    """
    found: dict[Key, dict[Period, Held]] = defaultdict(dict)
    rows = (
        Figure.objects.handed_in()
        .filter(partnership=partnership)
        .filter(Q(indicator__in=whole, breakdown="") | Q(indicator__in=broken_down))
        .order_by("entered_at", "pk")
        .values_list(
            "indicator",
            "breakdown",
            "period_start",
            "period_end",
            "numerator",
            "denominator",
            "value",
            "missing_reason",
            "note",
            "agency_return__state",
        )
    )
    for indicator, breakdown, start, end, numerator, denominator, value, reason, note, state in rows:
        series = found[indicator, breakdown]
        now = Held(Period(start, end), numerator, denominator, value, reason, note, state)
        before = series.get(now.period)
        if before is None or before[1:6] != now[1:6]:
            series[now.period] = now._replace(before=before)
    return found


def observations_of(
    definition: Definition,
    figures: Figures,
    *,
    breakdown: str = "",
    populations: Mapping[int, int] | None = None,
) -> list[Observation]:
    """The observations of an indicator (or one category of it), by period, from its own figures or by calculation."""
    held = dict(figures.get((definition.id, breakdown), {}))
    calculation = definition.calculation
    if calculation and not breakdown:
        above = _parts(definition, calculation.numerator, figures)
        below = _parts(definition, calculation.denominator, figures)
        held = _calculated(held, above, below)
    return [
        _observation(definition, figure, (populations or {}).get(population_year_for(figure.period)))
        for figure in sorted(held.values(), key=lambda item: (item.period.end, item.period.start))
    ]


def _parts(definition: Definition, reference: FigureReference | None, figures: Figures) -> Mapping[Period, Held]:
    """The counts a reference points at; those of a flow, for a measure of the last 12 months, summed over 12 months."""
    if reference is None:
        return {}
    found = referred(reference, figures)
    source = catalogue().get(reference.indicator)
    if definition.timing is Timing.ROLLING and source is not None and source.timing is Timing.FLOW:
        return _twelve_months(found)
    return found


def _twelve_months(months: Mapping[Period, Held]) -> dict[Period, Held]:
    """The sum over the twelve months to each month; none where a month of the twelve is missing."""
    figures = {period: MonthFigure(_count(held)) for period, held in months.items() if period.kind == "month"}
    sums = {period: rolling_twelve(figures, period) for period in figures}
    return {
        period: months[period]._replace(numerator=total.numerator, denominator=None, value=None)
        for period, total in sums.items()
        if total.complete
    }


def _calculated(
    own: dict[Period, Held], above: Mapping[Period, Held], below: Mapping[Period, Held]
) -> dict[Period, Held]:
    """Fill in parts that belong to another indicator; a figure's own parts, where it has them, stand."""
    made = {}
    for period in {*own, *above}:
        figure = own.get(period) or Held(period, None, None, None, "", "", above[period].state)
        numerator = figure.numerator if figure.numerator is not None else _count(above.get(period))
        denominator = figure.denominator if figure.denominator is not None else _count(below.get(period))
        if denominator is None and period in above:
            denominator = above[period].denominator
        made[period] = figure._replace(numerator=numerator, denominator=denominator)
    return made


def referred(reference: FigureReference, figures: Figures) -> Mapping[Period, Held]:
    """The figures a reference points at; a category `*` adds up every category that was returned."""
    if ANY_CATEGORY not in reference.breakdown:
        return figures.get((reference.indicator, reference.breakdown), {})
    sums: dict[Period, Held] = {}
    for (indicator, breakdown), series in figures.items():
        if indicator != reference.indicator or not _matches(reference, breakdown):
            continue
        for period, held in series.items():
            count = _count(held)
            so_far = sums.get(period)
            if count is not None:
                total = count + ((so_far.numerator or 0) if so_far else 0)
                sums[period] = held._replace(numerator=total, value=None)
    return sums


def _matches(reference: FigureReference, breakdown: str) -> bool:
    """Whether a returned breakdown has the same dimensions, and the same categories where the reference names one."""
    parts, wanted = split_breakdown(breakdown), reference.parts
    return len(parts) == len(wanted) and all(
        dimension == asked and category in {ANY_CATEGORY, given}
        for (asked, category), (dimension, given) in zip(wanted, parts, strict=True)
    )


def _count(held: Held | None) -> Decimal | None:
    """The count a figure holds: its numerator, or its value when it was returned as a bare count."""
    if held is None:
        return None
    return held.numerator if held.numerator is not None else held.value


def _observation(definition: Definition, held: Held, children: int | None) -> Observation:
    def worked(figure: Held) -> Decimal | None:
        return value_of(
            definition,
            numerator=figure.numerator,
            denominator=figure.denominator,
            returned=figure.value,
            population=children,
        )

    return Observation(
        period=held.period,
        value=worked(held),
        origin=Origin.RETURNED,
        numerator=held.numerator,
        denominator=held.denominator,
        why_missing=held.missing_reason,
        note=held.note,
        state=held.state,
        is_restated=held.before is not None,
        restated_from=worked(held.before) if held.before else None,
    )
