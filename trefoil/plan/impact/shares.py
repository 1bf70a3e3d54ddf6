"""An audit and its re-audit: whether two shares differ by more than chance. Pure: no database."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from trefoil.indicators.calculation.intervals import FEW, Interval, proportion_interval
from trefoil.indicators.calculation.ratios import percentage, round_half_up


class Difference(StrEnum):
    """What two shares say together."""

    BETTER = "better"
    WORSE = "worse"
    CHANCE = "chance"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Compared:
    """Two shares in percent, the 95% range of their difference in points, and what that says."""

    before: Decimal
    after: Decimal
    low: Decimal
    high: Decimal
    difference: Difference

    @property
    def words(self) -> str:
        """One plain sentence."""
        points = round_half_up(self.after - self.before)
        if self.difference is Difference.TOO_FEW:
            return f"Too few to say: at least {FEW} have to be looked at each time."
        moved = f"{'up' if points >= 0 else 'down'} by {abs(points)} percentage points"
        low, high = (str(round_half_up(end)).replace("-", "−") for end in (self.low, self.high))
        likely = f"likely between {low} and {high}"
        if self.difference is Difference.CHANCE:
            return f"No more than chance: {moved}, {likely}. That range holds no difference at all."
        good = "better" if self.difference is Difference.BETTER else "worse"
        return f"More than chance, and {good}: {moved}, {likely}."


def compare_shares(before: tuple[int, int], after: tuple[int, int]) -> Compared:
    """Compare `number` of `of` before with the same after; more is better.

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10: the difference of two independent
    proportions, its 95% range put together from Wilson's ranges of each. Raises ValueError for no proportion.
    """
    first, second = _interval(before), _interval(after)
    p1, p2 = (100 * Decimal(number) / Decimal(of) for number, of in (before, after))
    moved = p2 - p1
    low = moved - ((p2 - second.low) ** 2 + (first.high - p1) ** 2).sqrt()
    high = moved + ((second.high - p2) ** 2 + (p1 - first.low) ** 2).sqrt()
    few = first.few or second.few
    return Compared(p1, p2, low, high, _said(low, high, few=few))


def _said(low: Decimal, high: Decimal, *, few: bool) -> Difference:
    if few:
        return Difference.TOO_FEW
    if low > 0:
        return Difference.BETTER
    return Difference.WORSE if high < 0 else Difference.CHANCE


def _interval(share: tuple[int, int]) -> Interval:
    found = proportion_interval(*share)
    if found is None:
        raise ValueError("a share of nothing")
    return found


def share_words(number: int, of: int) -> str:
    """`14 of 18 (78%, likely between 55% and 91%)`, or `3 of 5 (too few to say)`: a percentage of few says nothing."""
    interval = _interval((number, of))
    said = interval.words if interval.few else f"{percentage(number, of, 0)}%, {interval.words}"
    return f"{number:,} of {of:,} ({said})"
