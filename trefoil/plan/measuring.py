"""A measure as a line of the improvement plan: previous, latest, change, change since the baseline, target.

Everything here is worked out from figures that are handed in; nothing is averaged. Where a figure has not come the line
says so and why, and no change is worked out: a published pack prints "awaiting data", a change of 0 and a level arrow
in the same row, which reads as if nothing had moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from trefoil.design.sparklines import SparkPoint
from trefoil.indicators.calculation.change import Arrow, Change, arrow, change, change_words
from trefoil.indicators.calculation.targets import Rag, Tolerance, rag, rag_words
from trefoil.indicators.catalogue.vocabulary import Unit
from trefoil.indicators.evidence.readings import Reading
from trefoil.indicators.periods import Period

COUNTS_UP = "Counts up since April, so a month is not laid beside the one before."
OTHER_LENGTH = "The periods are of different length, so there is no change to show."
NO_TOLERANCE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Point:
    """One period's figure; `why_missing` where there is none, `note` where a reader must know more."""

    period: Period
    value: Decimal | None
    why_missing: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a measure starts from and where it should go. `baseline` is a figure that was typed, with its source."""

    baseline_on: date | None = None
    baseline_words: str = ""
    baseline: Decimal | None = None
    baseline_source: str = ""
    target: Decimal | None = None
    target_on: date | None = None
    tolerance: Decimal = NO_TOLERANCE


@dataclass(frozen=True, slots=True)
class Move:
    """A change for a reader: its arrow and words, or why there is none."""

    change: Change | None
    arrow: Arrow | None
    words: str

    @property
    def pointing(self) -> tuple[str, str]:
        """Direction and meaning, as the design's arrow takes them."""
        return _POINTING[self.arrow] if self.arrow else ("none", "neutral")


_POINTING = {
    Arrow.UP_GOOD: ("up", "better"),
    Arrow.UP_BAD: ("up", "worse"),
    Arrow.DOWN_GOOD: ("down", "better"),
    Arrow.DOWN_BAD: ("down", "worse"),
    Arrow.LEVEL: ("level", "neutral"),
    Arrow.UP: ("up", "neutral"),
    Arrow.DOWN: ("down", "neutral"),
}


@dataclass(frozen=True, eq=False)
class Line:
    """One measure. `points` are oldest first; one without a figure stays in its place."""

    reading: Reading
    points: tuple[Point, ...]
    aim: Aim

    @property
    def latest(self) -> Point | None:
        return self.points[-1] if self.points else None

    @property
    def previous(self) -> Point | None:
        return self.points[-2] if len(self.points) > 1 else None

    @property
    def newest_figure(self) -> Point | None:
        """The newest period that has a figure."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @cached_property
    def moved(self) -> Move:
        """From the period before to the latest."""
        if self.reading.adds_up_since_april:
            return Move(None, None, COUNTS_UP)
        return self._move(self.previous, self.latest, missing_before="No earlier period to compare with.")

    @cached_property
    def baseline(self) -> Point | None:
        """The baseline's figure: as it was typed, or of the last period that had begun by its day."""
        on = self.aim.baseline_on
        if on is None:
            return None
        if self.aim.baseline is not None:
            return Point(Period(on, on), self.aim.baseline, note=self.aim.baseline_source)
        begun = [point for point in self.points if point.period.start <= on]
        return begun[-1] if begun else None

    @cached_property
    def since(self) -> Move:
        """From the baseline to the latest."""
        if self.aim.baseline_on is None:
            return Move(None, None, "No baseline is set.")
        if self.reading.adds_up_since_april:
            return Move(None, None, COUNTS_UP)
        return self._move(self.baseline, self.latest, missing_before="No figure is held for the baseline.")

    def _move(self, before: Point | None, after: Point | None, *, missing_before: str) -> Move:
        if after is None or after.value is None:
            return Move(None, None, "No figure yet, so there is nothing to compare.")
        if before is None:
            return Move(None, None, missing_before)
        if before.value is None:
            return Move(None, None, f"No figure for {before.period.label}, so there is nothing to compare.")
        typed_baseline = before is self.baseline and self.aim.baseline is not None
        alike = before.period.months == after.period.months or self.reading.unit.is_ratio or typed_baseline
        if not alike:
            return Move(None, None, OTHER_LENGTH)
        moved = change(before.value, after.value)
        percent = self.reading.unit is Unit.PERCENT
        words = change_words(moved, self.reading.polarity, points=percent, places=self.reading.places)
        return Move(moved, arrow(before.value, after.value, self.reading.polarity), words)

    @cached_property
    def rag(self) -> Rag:
        """Where the latest figure stands against the target."""
        value = self.latest.value if self.latest else None
        return rag(value, self.aim.target, Tolerance(self.aim.tolerance), self.reading.polarity)

    @property
    def rag_words(self) -> str:
        """The same in words; why there is no rating where there is none."""
        if self.rag is not Rag.NONE:
            return rag_words(self.rag, self.reading.polarity).capitalize()
        if self.aim.target is None:
            return "No target"
        if not self.reading.polarity.judges:
            return "Not judged"
        return "No figure yet"

    @property
    def target_words(self) -> str:
        """`90% by 31 March 2027`; empty for none."""
        if self.aim.target is None:
            return ""
        on = self.aim.target_on
        return self.reading.say(self.aim.target) + (f" by {on.day} {on:%B %Y}" if on else "")

    def say(self, point: Point | None) -> str:
        """A period's figure, or that there is none."""
        if point is None:
            return "–"
        return self.reading.say(point.value) if point.value is not None else "No figure"

    @property
    def trend(self) -> tuple[SparkPoint, ...]:
        """For the small picture: each period with its figure, and a gap where none came."""
        return tuple(
            SparkPoint(
                point.period.label, None if point.value is None else self.reading.rounded(point.value), signal=False
            )
            for point in self.points
        )


def line_of(reading: Reading, points: Sequence[Point], aim: Aim) -> Line:
    """A line from its points in any order."""
    return Line(reading, tuple(sorted(points, key=lambda point: (point.period.end, point.period.start))), aim)
