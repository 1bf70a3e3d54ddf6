"""Where a figure stands against its target."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .polarity import Polarity
from .ratios import percentage


class Rag(StrEnum):
    """Green, amber, red, or none when there is no target to hold a figure to."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far short of its target a figure may be and still be "close".

    `amount` is in the unit of the measure (percentage points for a percentage). With `relative` it is a
    percentage of the target instead: 5 with a target of 80 allows 4.
    """

    amount: Decimal
    relative: bool = False

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"a tolerance cannot be negative: {self.amount}")

    def allowed(self, target: Decimal) -> Decimal:
        """The tolerance in the unit of the measure."""
        return abs(target) * self.amount / 100 if self.relative else self.amount


def variance(latest: Decimal | None, target: Decimal | None, places: int = 1) -> Decimal | None:
    """(latest - target) / target as a percentage, the way performance packs define it.

    It says nothing of good or bad: for a measure where lower is better, a negative variance is good. None
    when either is missing or the target is 0.
    """
    if latest is None or target is None:
        return None
    return percentage(latest - target, target, places)


def rag(latest: Decimal | None, target: Decimal | None, tolerance: Tolerance, polarity: Polarity) -> Rag:
    """Green at the target or better, amber when short by no more than the tolerance, red beyond it."""
    if latest is None or target is None or not polarity.judges:
        return Rag.NONE
    shortfall = target - latest if polarity is Polarity.HIGHER else latest - target
    if shortfall <= 0:
        return Rag.GREEN
    return Rag.AMBER if shortfall <= tolerance.allowed(target) else Rag.RED


def rag_words(colour: Rag, polarity: Polarity) -> str:
    """The colour in words. Missing a target means being above it where lower is better."""
    if colour is Rag.RED:
        return "above target" if polarity is Polarity.LOWER else "below target"
    return {Rag.GREEN: "on target", Rag.AMBER: "close to target"}.get(colour, "no target")
