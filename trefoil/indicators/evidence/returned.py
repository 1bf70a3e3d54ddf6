"""Figures that agencies returned, as observations. One query for any number of indicators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from trefoil.people.models import Partnership

from ..calculation.ratios import population_year_for
from ..catalogue.references import ANY_CATEGORY, FigureReference
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

    A later return may restate a period of an earlier one, so rows are read in the order they were entered.
    """
    found: dict[Key, dict[Period, Held]] = defaultdict(dict)
    rows = (
        Figure.objects.filter(partnership=partnership, agency_return__state__in=("submitted", "queried", "approved"))
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
        held = _calculated(held, calculation.numerator, calculation.denominator, figures)
    return [
        _observation(definition, figure, (populations or {}).get(population_year_for(figure.period)))
        for figure in sorted(held.values(), key=lambda item: (item.period.end, item.period.start))
    ]


def _calculated(
    own: dict[Period, Held],
    numerator: FigureReference | None,
    denominator: FigureReference | None,
    figures: Figures,
) -> dict[Period, Held]:
    """Fill in parts that belong to another indicator; a figure's own parts, where it has them, stand."""
    above = referred(numerator, figures) if numerator else {}
    below = referred(denominator, figures) if denominator else {}
    periods = {*own, *above} if numerator else {*own}
    made = {}
    for period in periods:
        figure = own.get(period) or Held(period, None, None, None, "", "", above[period].state)
        made[period] = figure._replace(
            numerator=figure.numerator if figure.numerator is not None else _count(above.get(period)),
            denominator=figure.denominator if figure.denominator is not None else _count(below.get(period)),
        )
    return made


def referred(reference: FigureReference, figures: Figures) -> Mapping[Period, Held]:
    """The figures a reference points at; `category: *` adds up every category that was returned."""
    if not reference.breakdown.endswith(ANY_CATEGORY):
        return figures.get((reference.indicator, reference.breakdown), {})
    dimension = reference.breakdown.removesuffix(ANY_CATEGORY)
    sums: dict[Period, Held] = {}
    for (indicator, breakdown), series in figures.items():
        if indicator != reference.indicator or not breakdown.startswith(dimension) or " / " in breakdown:
            continue
        for period, held in series.items():
            count = _count(held)
            so_far = sums.get(period)
            if count is not None:
                total = count + (so_far.numerator or 0 if so_far else 0)
                sums[period] = held._replace(numerator=total, value=None)
    return sums


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
