"""Signal or noise: the XmR chart (individual values and moving ranges).

Source: D. J. Wheeler, Understanding Variation (1993). The centre is the mean; the limits are the mean plus
and minus 2.66 times the average moving range, which is three sigma when sigma is the average moving range
over 1.128.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from trefoil.indicators.periods import Period

from .change import Direction
from .polarity import Polarity
from .runs import Rule, Side, find_runs

THREE_SIGMA = Decimal("2.66")
ENOUGH = 10


class Kind(StrEnum):
    """What limits a measure can have: counts end at 0, percentages at 0 and 100, other measures nowhere."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Point:
    """A period's figure."""

    period: Period
    value: Decimal


@dataclass(frozen=True, slots=True)
class Limits:
    """The usual range of the points between `first` and `last`: centre and limits in the measure's unit, not
    rounded.

    `two_sigma` is two thirds of the way from the centre to the limit before the limit is cut at 0 or 100.
    """

    first: Period
    last: Period
    centre: Decimal
    lower: Decimal
    upper: Decimal
    two_sigma: Decimal


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern that noise alone would seldom make: the rule, its points in order, its side, and whether it
    is good.

    For a trend the side says which way the points go.
    """

    rule: Rule
    side: Side
    points: tuple[Point, ...]
    meaning: Direction

    @property
    def words(self) -> str:
        """For a reader: `more than noise: above its usual range`."""
        return f"more than noise: {self.rule.describe(self.side, len(self.points))}"


@dataclass(frozen=True, slots=True)
class Chart:
    """Points in order of time, the limits that hold for stretches of them, and the signals, oldest first.

    With too few points `limits` and `signals` are empty and the points are still there to draw. `unjudged` says why
    there are none for another reason.
    """

    points: tuple[Point, ...]
    limits: tuple[Limits, ...]
    signals: tuple[Signal, ...]
    unjudged: str = ""

    @property
    def current(self) -> Limits | None:
        """The limits that the latest point is held to; None when its stretch has too few points."""
        if self.limits and self.limits[-1].last == self.points[-1].period:
            return self.limits[-1]
        return None

    @property
    def latest_signals(self) -> tuple[Signal, ...]:
        """The signals that the latest point is part of, strongest rule first."""
        if not self.points:
            return ()
        found = [signal for signal in self.signals if signal.points[-1] == self.points[-1]]
        return tuple(sorted(found, key=lambda signal: list(Rule).index(signal.rule)))

    @property
    def words(self) -> str:
        """One phrase for the latest point."""
        if self.current is None:
            return self.unjudged or "too few to say"
        return self.latest_signals[0].words if self.latest_signals else "within its usual range"


def xmr(
    figures: Sequence[tuple[Period, Decimal | None]],
    *,
    polarity: Polarity,
    kind: Kind,
    baseline: int | None = None,
    change_from: date | None = None,
) -> Chart:
    """Work out limits and signals.

    Missing figures are passed over: the moving range is taken between one figure and the next that exists.
    Fewer than ten figures give no limits. `baseline` freezes the limits on the first so many figures of each
    stretch (at least ten, else ValueError). `change_from` starts a new stretch, with limits of its own, at a
    known change.
    """
    if baseline is not None and baseline < ENOUGH:
        raise ValueError(f"a baseline needs at least {ENOUGH} figures, not {baseline}")
    points = tuple(Point(period, value) for period, value in sorted(figures) if value is not None)
    limits: list[Limits] = []
    signals: list[Signal] = []
    for stretch in _stretches(points, change_from):
        if len(stretch) >= ENOUGH:
            found = _limits(stretch, kind, baseline)
            limits.append(found)
            signals += _signals(stretch, found, polarity)
    signals.sort(key=lambda signal: signal.points[-1].period)
    return Chart(points, tuple(limits), tuple(signals))


def _stretches(points: tuple[Point, ...], change_from: date | None) -> list[tuple[Point, ...]]:
    if change_from is None:
        return [points]
    before = tuple(point for point in points if point.period.start < change_from)
    return [before, points[len(before) :]]


def _limits(stretch: tuple[Point, ...], kind: Kind, baseline: int | None) -> Limits:
    values = [point.value for point in stretch[:baseline]]
    centre = sum(values, Decimal(0)) / len(values)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    spread = THREE_SIGMA * sum(ranges, Decimal(0)) / len(ranges)
    lower, upper = centre - spread, centre + spread
    if kind is not Kind.OTHER:
        lower = max(Decimal(0), lower)
    if kind is Kind.PERCENTAGE:
        upper = min(Decimal(100), upper)
    return Limits(stretch[0].period, stretch[-1].period, centre, lower, upper, spread * 2 / 3)


def _signals(stretch: tuple[Point, ...], limits: Limits, polarity: Polarity) -> list[Signal]:
    values = [point.value for point in stretch]
    found = find_runs(values, limits.centre, limits.lower, limits.upper, limits.two_sigma)
    return [
        Signal(run.rule, run.side, stretch[run.first : run.last + 1], _meaning(run.side, polarity)) for run in found
    ]


def _meaning(side: Side, polarity: Polarity) -> Direction:
    if not polarity.judges:
        return Direction.UP if side is Side.HIGH else Direction.DOWN
    good = Side.HIGH if polarity is Polarity.HIGHER else Side.LOW
    return Direction.BETTER if side is good else Direction.WORSE
