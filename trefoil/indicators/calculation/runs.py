"""The run rules of a process chart: where in a row of values the patterns stand.

Four rules. One value outside the limits. Eight or more in a row on one side of the centre (Wheeler's number;
some use seven). Six or more in a row each higher, or each lower, than the one before (six values, so five
steps). Two of three in a row beyond two sigma on the same side, which is near a limit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from .numerals import in_words

SIDE_RUN = 8
TREND_RUN = 6


class Side(StrEnum):
    """Above or rising, below or falling."""

    HIGH = "high"
    LOW = "low"


class Rule(StrEnum):
    """The rules, strongest first."""

    OUTSIDE = "outside the limits"
    RUN = "one side of the centre"
    TREND = "rising or falling"
    NEAR = "near a limit"

    def describe(self, side: Side, count: int) -> str:
        """The pattern in plain words; `count` is how many points it has."""
        high = side is Side.HIGH
        if self is Rule.OUTSIDE:
            return f"{'above' if high else 'below'} its usual range"
        if self is Rule.RUN:
            return f"{in_words(count)} in a row {'above' if high else 'below'} its usual level"
        if self is Rule.TREND:
            return f"{in_words(count)} in a row {'rising' if high else 'falling'}"
        return f"close to the {'top' if high else 'bottom'} of its usual range"


@dataclass(frozen=True, slots=True)
class Run:
    """A pattern and the first and last index of its values, both included."""

    rule: Rule
    side: Side
    first: int
    last: int


def find_runs(
    values: Sequence[Decimal], centre: Decimal, lower: Decimal, upper: Decimal, two_sigma: Decimal
) -> list[Run]:
    """Every pattern in `values`, each as long as it goes.

    A value on the centre ends a run; equal values a trend.
    """
    runs: list[Run] = []
    for side in Side:
        sign = 1 if side is Side.HIGH else -1
        limit = upper if side is Side.HIGH else lower
        away = [sign * (value - centre) for value in values]
        beyond = [distance > two_sigma for distance in away]
        runs += [
            Run(Rule.OUTSIDE, side, index, index) for index, value in enumerate(values) if sign * (value - limit) > 0
        ]
        runs += _long(Rule.RUN, side, SIDE_RUN, _stretches([distance > 0 for distance in away]))
        runs += _long(Rule.TREND, side, TREND_RUN, _trends(away))
        runs += _near(side, beyond)
    return runs


def _long(rule: Rule, side: Side, least: int, found: Iterator[tuple[int, int]]) -> list[Run]:
    return [Run(rule, side, first, last) for first, last in found if last - first + 1 >= least]


def _stretches(holds: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last index of each unbroken stretch of True."""
    first: int | None = None
    for index, inside in enumerate([*holds, False]):
        if inside and first is None:
            first = index
        elif not inside and first is not None:
            yield first, index - 1
            first = None


def _trends(away: list[Decimal]) -> Iterator[tuple[int, int]]:
    for first, last in _stretches([after > before for before, after in pairwise(away)]):
        yield first, last + 1


def _near(side: Side, beyond: list[bool]) -> list[Run]:
    """Windows of three with two beyond two sigma.

    Overlapping windows are joined, and trimmed to where the values are beyond.
    """
    runs = []
    for first, last in _stretches([sum(beyond[at : at + 3]) >= 2 for at in range(len(beyond) - 2)]):
        inside = [index for index in range(first, last + 3) if beyond[index]]
        runs.append(Run(Rule.NEAR, side, inside[0], inside[-1]))
    return runs
