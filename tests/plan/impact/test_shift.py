"""An indicator before and after a known day: lasting, signs, noise, or too few to say."""

from datetime import date
from decimal import Decimal

import pytest

from trefoil.indicators.calculation.change import Direction
from trefoil.indicators.calculation.polarity import Polarity
from trefoil.indicators.calculation.xmr import Kind
from trefoil.indicators.catalogue.vocabulary import Unit
from trefoil.indicators.evidence.readings import Reading
from trefoil.indicators.periods import Period, month
from trefoil.plan.impact.shift import Noise, Shift, find_shift
from trefoil.plan.impact.words import shift_words

PERCENT = Reading(Unit.PERCENT, Polarity.HIGHER, 1)
CHANGE = date(2026, 1, 1)
BEFORE = [60, 62, 61, 63, 60, 62, 61, 63, 60, 62, 61, 63]


def months_to(count: int) -> list[Period]:
    """The last `count` months before the change."""
    return [month(2025 - (place // 12), 12 - place % 12) for place in range(count)][::-1]


def shift(
    before: list[int], since: list[int | None], change_on: date = CHANGE, polarity: Polarity = Polarity.HIGHER
) -> Shift:
    figures = list(zip(months_to(len(before)), map(Decimal, before), strict=True))
    later = [month(2026 + place // 12, 1 + place % 12) for place in range(len(since))]
    after = [(period, None if value is None else Decimal(value)) for period, value in zip(later, since, strict=True)]
    return find_shift([*figures, *after], change_on=change_on, polarity=polarity, kind=Kind.PERCENTAGE)


def test_find_shift_eight_above_is_lasting() -> None:
    found = shift(BEFORE, [64, 63, 65, 64, 63, 64, 65, 64])
    assert (found.noise, found.meaning) == (Noise.LASTING, Direction.BETTER)
    assert found.limits_since is None
    assert shift_words(found, PERCENT) == (
        "More than noise, and better: the last eight figures all lie above the level before. Level before 61.5%, since "
        "then 64.0%."
    )


def test_find_shift_of_a_measure_that_should_fall_is_worse() -> None:
    found = shift(BEFORE, [64] * 8, polarity=Polarity.LOWER)
    assert found.meaning is Direction.WORSE


def test_find_shift_with_ten_since_has_limits_of_its_own() -> None:
    found = shift(BEFORE, [70, 72, 71, 73, 70, 72, 71, 73, 70, 72])
    assert found.limits_since is not None
    assert found.limits_since.centre == Decimal("71.4")
    # Hand-worked: the moving ranges before are 2 1 2 3 2 1 2 3 2 1 2, mean 21/11; 61.5 + 2.66 * 21/11 = 66.58.
    assert found.limits_before is not None
    assert round(found.limits_before.upper, 2) == Decimal("66.58")


def test_find_shift_that_came_back_is_not_lasting() -> None:
    found = shift(BEFORE, [64] * 8 + [61, 60])
    assert found.noise is Noise.SIGNS


def test_find_shift_one_outside_is_a_sign() -> None:
    found = shift(BEFORE, [61, 80])
    assert (found.noise, found.meaning) == (Noise.SIGNS, Direction.BETTER)
    assert "February 2026 lies above what was usual before" in shift_words(found, PERCENT)


def test_find_shift_eight_as_before_are_noise() -> None:
    found = shift(BEFORE, [60, 62, 61, 63, 60, 62, 61, 63])
    assert (found.noise, found.meaning, found.limits_since) == (Noise.NOISE, None, None)
    assert shift_words(found, PERCENT).startswith("No more than noise: the eight figures since the change vary")


@pytest.mark.parametrize(
    ("before", "since", "noise", "words"),
    [
        (BEFORE[:9], [70] * 12, Noise.TOO_FEW_BEFORE, "there are nine figures from before the change, and 10 are"),
        (BEFORE, [62], Noise.TOO_FEW_AFTER, "one figure has come since the change"),
        (BEFORE, [], Noise.TOO_FEW_AFTER, "zero figures have come since the change"),
        ([], [], Noise.NO_FIGURES, "No figure of this indicator has come"),
    ],
)
def test_find_shift_with_too_few_says_so(before: list[int], since: list[int], noise: Noise, words: str) -> None:
    found = shift(before, since)
    assert (found.noise, found.noise.is_told) == (noise, False)
    assert words in shift_words(found, PERCENT)


def test_find_shift_passes_over_missing_figures() -> None:
    found = shift(BEFORE, [None, 64, None, *[64] * 7])
    assert (found.noise, len(found.since)) == (Noise.LASTING, 8)


def test_find_shift_counts_the_month_of_the_change_as_before() -> None:
    found = shift(BEFORE, [64] * 9, change_on=date(2026, 1, 15))
    assert (len(found.before), len(found.since)) == (13, 8)
