"""An indicator before and after a known day: whether it changed by more than noise. Pure: no database.

The limits of the figures before are carried on over the figures after. Eight in a row on one side of the level
before, the newest among them, are a lasting change (Wheeler's rule); a figure outside the limits, a trend or two of
three near a limit are signs of one. Limits need ten figures (`xmr.ENOUGH`). New limits are worked out for the figures
after only when a lasting change is found and there are ten of them: else the old ones still hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from trefoil.indicators.calculation.change import Direction
from trefoil.indicators.calculation.polarity import Polarity
from trefoil.indicators.calculation.runs import SIDE_RUN, Rule, Run, Side, find_runs
from trefoil.indicators.calculation.xmr import ENOUGH, Kind, Limits, Point, xmr
from trefoil.indicators.periods import Period


class Noise(StrEnum):
    """Whether a change is more than noise."""

    LASTING = "lasting"
    SIGNS = "signs"
    NOISE = "noise"
    TOO_FEW_BEFORE = "too few before"
    TOO_FEW_AFTER = "too few after"
    NO_RANGE = "no range"
    NO_FIGURES = "no figures"

    @property
    def is_told(self) -> bool:
        """Whether there are figures enough to tell."""
        return self in (Noise.LASTING, Noise.SIGNS, Noise.NOISE)

    @property
    def is_change(self) -> bool:
        """Whether there is more than noise, be it lasting or only signs yet."""
        return self in (Noise.LASTING, Noise.SIGNS)


@dataclass(frozen=True)
class Shift:
    """The figures before and since a day, what was usual before and is now, and what that says.

    `level_since` is the mean of the figures since. `meaning` is None when nothing is told.
    """

    noise: Noise
    change_on: date
    before: tuple[Point, ...] = ()
    since: tuple[Point, ...] = ()
    limits_before: Limits | None = None
    limits_since: Limits | None = None
    meaning: Direction | None = None
    runs: tuple[Run, ...] = ()

    @property
    def level_since(self) -> Decimal | None:
        if not self.since:
            return None
        return sum((point.value for point in self.since), Decimal(0)) / len(self.since)


def find_shift(
    figures: Sequence[tuple[Period, Decimal | None]],
    *,
    change_on: date,
    polarity: Polarity,
    kind: Kind,
) -> Shift:
    """Compare the figures of periods that began before the day with those that began on it or later.

    Missing figures are passed over. A period in which the day falls counts as before: most of it may have been.
    """
    points = [Point(period, value) for period, value in sorted(figures) if value is not None]
    before = tuple(point for point in points if point.period.start < change_on)
    since = tuple(points[len(before) :])
    if not points:
        return Shift(Noise.NO_FIGURES, change_on)
    if len(before) < ENOUGH:
        return Shift(Noise.TOO_FEW_BEFORE, change_on, before, since)
    usual = xmr(_pairs(before), polarity=polarity, kind=kind).limits[0]
    runs = tuple(find_runs([point.value for point in since], usual.centre, usual.lower, usual.upper, usual.two_sigma))
    noise, side = _judged(runs, len(since))
    lasts = noise is Noise.LASTING and len(since) >= ENOUGH
    return Shift(
        noise=noise,
        change_on=change_on,
        before=before,
        since=since,
        limits_before=usual,
        limits_since=xmr(_pairs(since), polarity=polarity, kind=kind).limits[0] if lasts else None,
        meaning=_meaning(side, polarity) if side else None,
        runs=runs,
    )


def _pairs(points: Sequence[Point]) -> list[tuple[Period, Decimal | None]]:
    return [(point.period, point.value) for point in points]


def _judged(runs: Sequence[Run], number: int) -> tuple[Noise, Side | None]:
    lasting = [run for run in runs if run.rule is Rule.RUN and run.last == number - 1]
    if lasting:
        return Noise.LASTING, lasting[0].side
    if runs:
        newest = max(runs, key=lambda run: run.last)
        return Noise.SIGNS, newest.side
    return (Noise.NOISE if number >= SIDE_RUN else Noise.TOO_FEW_AFTER), None


def _meaning(side: Side, polarity: Polarity) -> Direction:
    if not polarity.judges:
        return Direction.UP if side is Side.HIGH else Direction.DOWN
    good = Side.HIGH if polarity is Polarity.HIGHER else Side.LOW
    return Direction.BETTER if side is good else Direction.WORSE
