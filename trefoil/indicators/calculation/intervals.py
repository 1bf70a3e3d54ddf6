"""How sure a percentage of few children is."""

from dataclasses import dataclass
from decimal import Decimal

from .ratios import Number, round_half_up

# Two-sided 95% point of the normal distribution.
_Z = Decimal("1.959964")
FEW = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """The 95% range of a percentage, both ends in percent and not rounded."""

    low: Decimal
    high: Decimal
    few: bool

    @property
    def words(self) -> str:
        """`likely between 57% and 94%`, or `too few to say`."""
        if self.few:
            return "too few to say"
        return f"likely between {round_half_up(self.low)}% and {round_half_up(self.high)}%"


def proportion_interval(numerator: Number, denominator: Number) -> Interval | None:
    """Wilson's score interval for a proportion; None when the denominator is 0.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), the method the Office for
    Health Improvement and Disparities uses for proportions. A denominator under 10 is called too few to say.
    Raises ValueError when the numerator is not between 0 and the denominator.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is not a proportion")
    if denominator == 0:
        return None
    n, p = Decimal(denominator), Decimal(numerator) / Decimal(denominator)
    square = _Z * _Z
    centre = p + square / (2 * n)
    half = _Z * (p * (1 - p) / n + square / (4 * n * n)).sqrt()
    scale = 100 / (1 + square / n)
    low, high = max(Decimal(0), (centre - half) * scale), min(Decimal(100), (centre + half) * scale)
    return Interval(low, high, n < FEW)
