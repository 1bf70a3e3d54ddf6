"""Invented figures from levels: the same seed gives the same borough. Pure: no database.

Counts scatter as chance would scatter them (Poisson), percentages too (binomial), so that the usual ranges on the
charts are of a believable width and the planted changes stand out from noise.
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from trefoil.indicators.calculation.ratios import percentage, round_half_up
from trefoil.indicators.catalogue.references import FigureReference, parse_reference
from trefoil.indicators.catalogue.schema import Breakdown, Definition
from trefoil.indicators.catalogue.vocabulary import Frequency, Timing, Unit
from trefoil.indicators.periods import Period, month, reporting_year
from trefoil.indicators.rows import FigureRow, Place

LOCAL_CATEGORIES = {
    "service": ("Duty and assessment", "Family support", "Children in care", "Disabled children"),
    "team": ("North", "Central", "South"),
    "lead professional": ("School or nursery", "Family hub", "Health visitor", "Charity"),
    "reason": ("Needs met", "Stepped up to social care", "Family moved", "Consent withdrawn"),
}


@dataclass(frozen=True)
class Level:
    """How one measure usually stands, and what happens to it."""

    level: float = 0.0
    of: int = 0
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
        of=int(data.get("of", 0)),
        drift=float(data.get("drift", 0)),
        shocks=shocks,
        missing={int(ago): reason for ago, reason in data.get("missing", {}).items()},
        parts=tuple(parse_reference(text) for text in data.get("from", ())),
    )


def periods_for(frequency: Frequency, first: Period, last: Period) -> list[Period]:
    """The periods a measure is returned for between two months, both included."""
    months = [month(index // 12, index % 12 + 1) for index in range(_index(first), _index(last) + 1)]
    if frequency is Frequency.MONTHLY:
        return months
    if frequency is Frequency.ANNUAL:
        return [reporting_year(each.start.year) for each in months if each.start.month == 3 and each != months[0]]
    if frequency is Frequency.TERMLY:
        return [term for each in months if (term := _term_ending(each)) and term.start >= first.start]
    quarters = [Period(month(each.start.year, each.start.month - 2).start, each.end) for each in months if _ends(each)]
    return [quarter for quarter in quarters if quarter.start >= first.start]


def _index(period: Period) -> int:
    return period.start.year * 12 + period.start.month - 1


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
        first: Period,
        last: Period,
    ) -> None:
        self.chance = random.Random(seed)  # noqa: S311  believable scatter, no secret
        self.levels, self.weights = levels, weights
        self.first, self.last = first, last
        self.counts: dict[tuple[str, Period], int] = {}
        self.drawn_parts: dict[tuple[FigureReference, Period], int] = {}

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
        end = period.end.year * 12 + period.end.month - 1
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
        if definition.timing is Timing.SNAPSHOT:
            return max(0, round(self.chance.gauss(here, math.sqrt(here) / 3)))
        drawn = self._poisson(here)
        if definition.timing is Timing.CUMULATIVE and period.start.month != 4:
            index = _index(period) - 1
            return self.counts.get((definition.id, month(index // 12, index % 12 + 1)), 0) + drawn
        return drawn

    def _split(self, definition: Definition, breakdown: Breakdown, count: int, period: Period) -> Iterator[FigureRow]:
        names = breakdown.categories or ()
        if breakdown.local_categories:
            names = LOCAL_CATEGORIES.get(breakdown.dimension, names)
        key = f"{definition.id} {breakdown.dimension}"
        weights = self.weights.get(key, [1 / (place + 1.5) for place in range(len(names))])
        drawn = self.chance.choices(range(len(names)), weights, k=count)
        for place, name in enumerate(names):
            part, written = drawn.count(place), f"{breakdown.dimension}: {name}"
            self.drawn_parts[FigureReference(definition.id, written), period] = part
            yield self._row(definition, period, breakdown=written, numerator=Decimal(part))

    def _ratio(self, definition: Definition, level: Level, here: float, period: Period) -> Iterator[FigureRow]:
        below = self._denominator(definition, level, period)
        if definition.unit is Unit.PERCENT:
            parts = self._from_parts(definition, period)
            above = Decimal(self._binomial(below, here / 100) if parts is None else parts)
            value = percentage(above, below, definition.decimal_places)
        elif definition.unit.per_population:
            above = Decimal(self._poisson(here * below / definition.unit.per_population))
            value = None
        else:
            above = Decimal(max(0, round(self.chance.gauss(here * below, math.sqrt(max(here * below, 1))))))
            value = round_half_up(above / below, definition.decimal_places)
        places = definition.decimal_places
        yield self._row(definition, period, numerator=above, denominator=Decimal(below), value=value, places=places)
        for breakdown in definition.breakdowns:
            if breakdown.exhaustive and definition.unit is Unit.PERCENT and breakdown.dimension == "grade":
                yield from self._grades(definition, breakdown, int(above), below, period)

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
        reference = definition.calculation.denominator if definition.calculation else None
        if reference is not None and (reference.indicator, period) in self.counts:
            return max(1, self.counts[reference.indicator, period])
        return max(1, level.of)

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

    def _poisson(self, mean: float) -> int:
        if mean > 40:
            return max(0, round(self.chance.gauss(mean, math.sqrt(mean))))
        limit, product, count = math.exp(-mean), self.chance.random(), 0
        while product > limit:
            product *= self.chance.random()
            count += 1
        return count

    def _binomial(self, of: int, share: float) -> int:
        share = min(1.0, max(0.0, share))
        if of > 200:
            return min(of, max(0, round(self.chance.gauss(of * share, math.sqrt(of * share * (1 - share))))))
        return sum(self.chance.random() < share for _ in range(of))
