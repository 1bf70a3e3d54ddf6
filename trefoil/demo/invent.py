"""Invented figures from levels: the same seed gives the same borough. Pure: no database.

Counts scatter as chance would scatter them (Poisson), percentages too (binomial), so that the usual ranges on the
charts are of a believable width and the planted changes stand out from noise. Stocks and their flows are of the same
children: `stocks.py`.
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from trefoil.indicators.calculation.ratios import percentage, round_half_up
from trefoil.indicators.catalogue.references import FigureReference, parse_reference
from trefoil.indicators.catalogue.schema import Breakdown, Definition
from trefoil.indicators.catalogue.vocabulary import Frequency, Timing, Unit
from trefoil.indicators.periods import Period, month, reporting_year
from trefoil.indicators.rows import FigureRow, Place

from .chance import binomial, poisson
from .stocks import Stock, StockPlan, draw_stock

LOCAL_CATEGORIES = {
    "service": ("Duty and assessment", "Family support", "Children in care", "Disabled children"),
    "team": ("North", "Central", "South"),
    "lead professional": ("School or nursery", "Family hub", "Health visitor", "Charity"),
    "reason": ("Needs met", "Stepped up to social care", "Family moved", "Consent withdrawn"),
}


@dataclass(frozen=True)
class Level:
    """How one measure usually stands, and what happens to it.

    `of` is what a percentage or mean divides by: a number, or the indicator that counts it.
    """

    level: float = 0.0
    of: int | str = 0
    drift: float = 0.0
    shocks: tuple[tuple[int, float], ...] = ()
    missing: Mapping[int, str] = field(default_factory=dict)
    parts: tuple[FigureReference, ...] = ()

    def at(self, *, since_first: int, ago: int) -> float:
        """The level, before chance, so many months after the first month and before the last."""
        shocked = sum(add for months_ago, add in self.shocks if ago <= months_ago)
        return max(0.0, self.level + self.drift * since_first + shocked)


def read_level(data: Mapping[str, Any]) -> Level:
    """A level from its line in `levels.toml`."""
    shocks = tuple((int(shock["ago"]), float(shock["add"])) for shock in data.get("shocks", ()))
    return Level(
        level=float(data.get("level", 0)),
        of=data.get("of", 0),
        drift=float(data.get("drift", 0)),
        shocks=shocks,
        missing={int(ago): reason for ago, reason in data.get("missing", {}).items()},
        parts=tuple(parse_reference(text) for text in data.get("from", ())),
    )


def periods_for(frequency: Frequency, first: Period, last: Period) -> list[Period]:
    """The periods a measure is returned for between two months, both included."""
    months = [_month(index) for index in range(_index(first), _index(last) + 1)]
    if frequency is Frequency.MONTHLY:
        return months
    if frequency is Frequency.ANNUAL:
        return [reporting_year(each.start.year) for each in months if each.start.month == 3 and each != months[0]]
    if frequency is Frequency.TERMLY:
        return [term for each in months if (term := _term_ending(each)) and term.start >= first.start]
    quarters = [Period(month(each.start.year, each.start.month - 2).start, each.end) for each in months if _ends(each)]
    return [quarter for quarter in quarters if quarter.start >= first.start]


def _index_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def _index(period: Period) -> int:
    """The number of a period's last month."""
    return _index_of(period.end)


def _before(period: Period) -> Period:
    """The month before a month."""
    return _month(_index(period) - 1)


def _month(index: int) -> Period:
    return month(index // 12, index % 12 + 1)


def _adds_up(definition: Definition, period: Period) -> bool:
    """Whether a month's figure goes on from the month before: one of the year so far does, but in April."""
    return definition.timing is Timing.CUMULATIVE and period.start.month != 4


def _ends(each: Period) -> bool:
    return each.start.month % 3 == 0


def _term_ending(each: Period) -> Period | None:
    """Autumn, spring and summer term end in December, March and July."""
    starts = {12: 9, 3: 1, 7: 4}
    if each.start.month not in starts:
        return None
    return Period(month(each.start.year, starts[each.start.month]).start, each.end)


class Inventor:
    """Draws a borough's figures, remembering counts that other measures divide by."""

    def __init__(
        self,
        *,
        seed: int,
        levels: Mapping[str, Level],
        weights: Mapping[str, Sequence[float]],
        stocks: Mapping[str, StockPlan],
        first: Period,
        last: Period,
    ) -> None:
        self.chance = random.Random(seed)  # noqa: S311  believable scatter, no secret
        self.levels, self.weights = levels, weights
        self.first, self.last = first, last
        self.counts: dict[tuple[str, Period], int] = {}
        self.drawn_parts: dict[tuple[FigureReference, Period], int] = {}
        self.above: dict[tuple[str, Period], int] = {}
        self.stocks = {key: self._stock(plan) for key, plan in stocks.items()}
        self.flows = {name: counts for stock in self.stocks.values() for name, counts in stock.counts.items()}

    def _stock(self, plan: StockPlan) -> Stock:
        """Before the first month as many came as in it: the level's drift and its shocks begin later."""
        first, last = _index(self.first), _index(self.last)
        level = self.levels[plan.starts]
        return draw_stock(
            plan,
            lambda each: level.at(since_first=max(0, each - first), ago=last - each),
            first,
            last,
            self.chance,
        )

    def rows(self, definition: Definition) -> Iterator[FigureRow]:
        """Every row of one measure, its breakdowns included. Measures that are worked out from others give none."""
        level = self.levels.get(definition.id)
        if level is None:
            return
        periods = periods_for(definition.frequency, self.first, self.last)
        for ago, period in zip(reversed(range(len(periods))), periods, strict=True):
            if ago in level.missing:
                yield self._row(definition, period, missing_reason=level.missing[ago])
            else:
                yield from self._period(definition, level, period)

    def _period(self, definition: Definition, level: Level, period: Period) -> Iterator[FigureRow]:
        end = _index(period)
        here = level.at(since_first=end - _index(self.first), ago=_index(self.last) - end)
        if definition.unit in {Unit.COUNT, Unit.GBP}:
            yield from self._count(definition, here, period)
        else:
            yield from self._ratio(definition, level, here, period)

    def _count(self, definition: Definition, here: float, period: Period) -> Iterator[FigureRow]:
        count = self._from_parts(definition, period)
        if count is None:
            count = self._drawn_count(definition, here, period)
        self.counts[definition.id, period] = count
        yield self._row(definition, period, numerator=Decimal(count))
        for breakdown in definition.breakdowns:
            if breakdown.exhaustive:
                yield from self._split(definition, breakdown, count, period)

    def _from_parts(self, definition: Definition, period: Period) -> int | None:
        """A count that is the same as parts of another measure, so that the borough does not contradict itself."""
        parts = self.levels[definition.id].parts
        return sum(self.drawn_parts[part, period] for part in parts) if parts else None

    def _drawn_count(self, definition: Definition, here: float, period: Period) -> int:
        """A position moves slowly from its last; a cumulative figure adds to the year so far; others scatter."""
        index, flow = _index(period), self.flows.get(definition.id)
        if definition.id in self.stocks:
            return self.stocks[definition.id].at_end_of(index)
        if flow is not None:
            began = index - (period.end.month - 4) % 12 if definition.timing is Timing.CUMULATIVE else index
            return sum(flow[each] for each in range(began, index + 1))
        if definition.timing is Timing.SNAPSHOT:
            return max(0, round(self.chance.gauss(here, math.sqrt(here) / 3)))
        before = self.counts.get((definition.id, _before(period)), 0) if _adds_up(definition, period) else 0
        return before + poisson(self.chance, here)

    def _split(self, definition: Definition, breakdown: Breakdown, count: int, period: Period) -> Iterator[FigureRow]:
        names = breakdown.categories or ()
        if breakdown.local_categories:
            names = LOCAL_CATEGORIES.get(breakdown.dimension, names)
        for name, part in zip(names, self._parts(definition, breakdown, len(names), count, period), strict=True):
            written = f"{breakdown.dimension}: {name}"
            self.drawn_parts[FigureReference(definition.id, written), period] = part
            yield self._row(definition, period, breakdown=written, numerator=Decimal(part))

    def _parts(
        self, definition: Definition, breakdown: Breakdown, names: int, count: int, period: Period
    ) -> Sequence[int]:
        """How a count falls into so many parts: a stock by time as it was drawn, everything else by chance."""
        stock = self.stocks.get(definition.id)
        if stock is not None and breakdown.dimension in stock.plan.bands:
            return stock.in_bands(breakdown.dimension, _index(period))
        key = f"{definition.id} {breakdown.dimension}"
        weights = self.weights.get(key, [1 / (place + 1.5) for place in range(names)])
        drawn = self.chance.choices(range(names), weights, k=count)
        return [drawn.count(place) for place in range(names)]

    def _ratio(self, definition: Definition, level: Level, here: float, period: Period) -> Iterator[FigureRow]:
        below = self._denominator(definition, level, period)
        if definition.unit is Unit.PERCENT:
            above = Decimal(self._share(definition, here / 100, below, period))
            value = percentage(above, below, definition.decimal_places)
        elif definition.unit.per_population:
            above = Decimal(poisson(self.chance, here * below / definition.unit.per_population))
            value = None
        else:
            above = Decimal(max(0, round(self.chance.gauss(here * below, math.sqrt(max(here * below, 1))))))
            value = round_half_up(above / below, definition.decimal_places)
        places = definition.decimal_places
        yield self._row(definition, period, numerator=above, denominator=Decimal(below), value=value, places=places)
        for breakdown in definition.breakdowns:
            if breakdown.exhaustive and definition.unit is Unit.PERCENT and breakdown.dimension == "grade":
                yield from self._grades(definition, breakdown, int(above), below, period)

    def _share(self, definition: Definition, share: float, below: int, period: Period) -> int:
        """The numerator of a percentage. One of the year so far adds this month's to last month's."""
        parts = self._from_parts(definition, period)
        if parts is not None:
            return parts
        if definition.id in self.flows:
            return self._drawn_count(definition, 0, period)
        before, of = 0, definition.calculation and definition.calculation.denominator
        if of and of.indicator in self.flows and _adds_up(definition, period):
            before = self.above.get((definition.id, _before(period)), 0)
            below -= self.counts.get((of.indicator, _before(period)), 0)
        self.above[definition.id, period] = before + binomial(self.chance, below, share)
        return self.above[definition.id, period]

    def _grades(
        self, definition: Definition, breakdown: Breakdown, good: int, graded: int, period: Period
    ) -> Iterator[FigureRow]:
        """Audits by grade: those graded good are the numerator of the whole."""
        others = breakdown.categories[1:]
        weights = [1 / (place + 1) ** 2 for place in range(len(others))]
        drawn = self.chance.choices(range(len(others)), weights, k=graded - good)
        counts = [good, *(drawn.count(place) for place in range(len(others)))]
        for name, count in zip(breakdown.categories, counts, strict=True):
            yield self._row(definition, period, breakdown=f"{breakdown.dimension}: {name}", numerator=Decimal(count))

    def _denominator(self, definition: Definition, level: Level, period: Period) -> int:
        reference = definition.calculation and definition.calculation.denominator
        indicator = level.of if isinstance(level.of, str) else reference.indicator if reference else ""
        counted = self._counted(definition, indicator, period)
        return max(1, counted or (level.of if isinstance(level.of, int) else 0))

    def _counted(self, definition: Definition, indicator: str, period: Period) -> int:
        """What another measure counts in a period, or 0: the months of a flow added up, else the last month's."""
        if (indicator, period) in self.counts:
            return self.counts[indicator, period]
        first = _index_of(period.start) if definition.timing is Timing.FLOW else _index(period)
        return sum(self.counts.get((indicator, _month(each)), 0) for each in range(first, _index(period) + 1))

    def _row(
        self,
        definition: Definition,
        period: Period,
        *,
        breakdown: str = "",
        numerator: Decimal | None = None,
        denominator: Decimal | None = None,
        value: Decimal | None = None,
        places: int = 0,
        missing_reason: str = "",
    ) -> FigureRow:
        return FigureRow(
            place=Place(),
            indicator=definition.id,
            period=period,
            breakdown=breakdown,
            numerator=numerator,
            denominator=denominator,
            value=value,
            value_places=places,
            missing_reason=missing_reason,
        )
