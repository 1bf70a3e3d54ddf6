from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.calculation.accumulate import months_between
from trefoil.indicators.calculation.change import Direction
from trefoil.indicators.calculation.polarity import Polarity
from trefoil.indicators.calculation.runs import Rule, Side
from trefoil.indicators.calculation.xmr import Chart, Kind, Signal, xmr
from trefoil.indicators.periods import Period, month

MONTHS = months_between(month(2016, 1), month(2019, 12))
series = st.lists(st.integers(0, 60).map(Decimal), min_size=10, max_size=24)


def figures(*values: int | Decimal | None) -> list[tuple[Period, Decimal | None]]:
    return [(MONTHS[at], None if value is None else Decimal(value)) for at, value in enumerate(values)]


def chart(
    *values: int | Decimal | None,
    kind: Kind = Kind.OTHER,
    polarity: Polarity = Polarity.HIGHER,
    baseline: int | None = None,
    change_from: date | None = None,
) -> Chart:
    rows = figures(*values)
    return xmr(rows, polarity=polarity, kind=kind, baseline=baseline, change_from=change_from)


def shape(signals: tuple[Signal, ...]) -> list[tuple[Rule, Side, list[Period]]]:
    return [(each.rule, each.side, [point.period for point in each.points]) for each in signals]


def test_limits_worked_by_hand() -> None:
    found = chart(10, 12, 10, 12, 10, 12, 10, 12, 10, 12)
    # Mean 110 / 10 = 11; nine moving ranges of 2, so 2.66 * 2 = 5.32; two thirds of that is 3.5466...
    limits = found.current
    assert limits is not None
    assert (limits.centre, limits.lower, limits.upper) == (11, Decimal("5.68"), Decimal("16.32"))
    assert limits.two_sigma == Decimal("10.64") / 3
    assert found.signals == ()
    assert found.words == "within its usual range"


def test_nine_points_are_too_few() -> None:
    found = chart(*range(9))
    assert (found.limits, found.signals, found.current) == ((), (), None)
    assert len(found.points) == 9
    assert found.words == "too few to say"


def test_no_points_at_all() -> None:
    found = chart()
    assert (found.points, found.latest_signals, found.words) == ((), (), "too few to say")


def test_a_point_above_the_limit() -> None:
    found = chart(10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 40, baseline=10)
    latest = found.latest_signals
    assert shape(latest) == [(Rule.OUTSIDE, Side.HIGH, [MONTHS[10]])]
    assert latest[0].words == "more than noise: above its usual range"
    assert latest[0].meaning is Direction.BETTER
    assert found.words == latest[0].words


@pytest.mark.parametrize(
    ("polarity", "meaning"),
    [
        (Polarity.HIGHER, Direction.WORSE),
        (Polarity.LOWER, Direction.BETTER),
        (Polarity.MONITOR, Direction.DOWN),
        (Polarity.CONTEXT, Direction.DOWN),
    ],
)
def test_a_point_below_the_limit_by_polarity(polarity: Polarity, meaning: Direction) -> None:
    found = chart(10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 1, baseline=10, polarity=polarity)
    assert [(each.side, each.meaning) for each in found.latest_signals] == [(Side.LOW, meaning)]


def test_a_point_on_the_limit_is_not_outside() -> None:
    found = chart(10, 12, 10, 12, 10, 12, 10, 12, 10, 12, Decimal("16.32"), baseline=10)
    assert found.latest_signals == ()


def test_eight_in_a_row_and_not_seven() -> None:
    start = [10, 12] * 5
    seven = chart(*start, 10, *[12, 13, 12, 13, 12, 13, 12], baseline=10)
    eight = chart(*start, 10, *[12, 13, 12, 13, 12, 13, 12, 13], baseline=10)
    nine = chart(*start, 10, *[12, 13, 12, 13, 12, 13, 12, 13, 12], baseline=10)
    assert seven.signals == ()
    assert shape(eight.signals) == [(Rule.RUN, Side.HIGH, list(MONTHS[11:19]))]
    assert eight.signals[0].words == "more than noise: eight in a row above its usual level"
    assert nine.latest_signals[0].words == "more than noise: nine in a row above its usual level"


def test_a_point_on_the_centre_ends_a_run() -> None:
    start = [10, 12] * 5
    found = chart(*start, 10, *[12, 13, 12, 13, 11, 13, 12, 13, 12], baseline=10)
    assert found.signals == ()


def test_six_rising_and_not_five() -> None:
    start = [10, 12] * 5
    five = chart(*start, 9, 10, Decimal("10.5"), 11, 12, baseline=10)
    six = chart(*start, 9, 10, Decimal("10.5"), 11, 12, 13, baseline=10)
    assert five.signals == ()
    assert shape(six.signals) == [(Rule.TREND, Side.HIGH, list(MONTHS[10:16]))]
    assert six.signals[0].words == "more than noise: six in a row rising"


def test_six_falling_is_worse_where_higher_is_better() -> None:
    found = chart(*[10, 12] * 5, 14, 13, 12, 11, 10, 9, baseline=10)
    assert shape(found.signals) == [(Rule.TREND, Side.LOW, list(MONTHS[10:16]))]
    assert found.signals[0].meaning is Direction.WORSE
    assert found.signals[0].words == "more than noise: six in a row falling"


def test_equal_values_end_a_trend() -> None:
    found = chart(*[10, 12] * 5, 9, 10, 10, 11, 12, 13, baseline=10)
    assert found.signals == ()


def test_two_of_three_near_the_top() -> None:
    # Two sigma lies at 11 + 3.5467 = 14.5467; the limit at 16.32.
    found = chart(*[10, 12] * 5, 15, 11, 15, baseline=10)
    assert shape(found.signals) == [(Rule.NEAR, Side.HIGH, list(MONTHS[10:13]))]
    assert found.signals[0].words == "more than noise: close to the top of its usual range"


def test_a_point_on_two_sigma_is_not_near() -> None:
    # Mean 11.5, moving ranges of 3: 2.66 * 3 * 2 / 3 = 5.32, so two sigma lies at 16.82.
    on, beyond = Decimal("16.82"), Decimal("16.83")
    assert chart(*[10, 13] * 5, on, 11, on, baseline=10).signals == ()
    assert [each.rule for each in chart(*[10, 13] * 5, beyond, 11, beyond, baseline=10).signals] == [Rule.NEAR]


def test_two_of_three_on_different_sides_are_no_signal() -> None:
    assert chart(*[10, 12] * 5, 15, 11, 7, baseline=10).signals == ()


def test_near_the_bottom_joins_overlapping_windows() -> None:
    found = chart(*[10, 12] * 5, 7, 7, 12, 7, 12, 11, baseline=10)
    assert shape(found.signals) == [(Rule.NEAR, Side.LOW, list(MONTHS[10:14]))]
    assert found.signals[0].words == "more than noise: close to the bottom of its usual range"


def test_limits_are_cut_for_counts_and_percentages() -> None:
    values = [1, 99] * 5
    # Mean 50, moving ranges of 98: 50 -+ 260.68.
    other, count, share = (chart(*values, kind=kind).current for kind in (Kind.OTHER, Kind.COUNT, Kind.PERCENTAGE))
    assert other is not None
    assert count is not None
    assert share is not None
    assert (other.lower, other.upper) == (Decimal("-210.68"), Decimal("310.68"))
    assert (count.lower, count.upper) == (0, Decimal("310.68"))
    assert (share.lower, share.upper) == (0, 100)


def test_missing_figures_are_passed_over() -> None:
    found = chart(10, None, 12, 10, 12, 10, None, 12, 10, 12, 10, 12)
    limits = found.current
    assert limits is not None
    assert (limits.centre, limits.upper, len(found.points)) == (11, Decimal("16.32"), 10)


def test_figures_are_put_in_order_of_time() -> None:
    given_figures = figures(*[10, 12] * 5, 40)
    backwards = xmr(list(reversed(given_figures)), polarity=Polarity.HIGHER, kind=Kind.OTHER)
    assert backwards == xmr(given_figures, polarity=Polarity.HIGHER, kind=Kind.OTHER)


def test_a_known_change_starts_new_limits() -> None:
    values = [10, 12] * 5 + [30, 34] * 5
    found = chart(*values, change_from=date(2016, 11, 1))
    assert [(limits.centre, limits.first, limits.last) for limits in found.limits] == [
        (11, MONTHS[0], MONTHS[9]),
        (32, MONTHS[10], MONTHS[19]),
    ]
    assert found.signals == ()
    assert shape(chart(*values).signals) != []


def test_a_recent_change_has_too_few_points_to_say() -> None:
    found = chart(*[10, 12] * 5, 30, 34, change_from=date(2016, 11, 1))
    assert len(found.limits) == 1
    assert (found.current, found.words) == (None, "too few to say")


def test_a_short_baseline_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 10 figures, not 9"):
        chart(*range(12), baseline=9)


def test_several_signals_at_the_end_have_the_strongest_first() -> None:
    found = chart(*[10, 12] * 5, 12, 13, 14, 15, 16, 17, 18, 19, baseline=10)
    assert [each.rule for each in found.latest_signals] == [Rule.OUTSIDE, Rule.RUN, Rule.TREND, Rule.NEAR]


@given(series, st.integers(-50, 50))
def test_signals_stay_when_all_values_shift(values: list[Decimal], by: int) -> None:
    before, after = chart(*values), chart(*[value + by * 30 for value in values])
    assert shape(before.signals) == shape(after.signals)


@given(series, st.sampled_from([2, 4, 8]))
def test_limits_and_signals_scale(values: list[Decimal], times: int) -> None:
    before, after = chart(*values), chart(*[value * times for value in values])
    assert shape(before.signals) == shape(after.signals)
    assert before.current is not None
    assert after.current is not None
    assert abs(after.current.upper - before.current.upper * times) < Decimal("1e-20")


@given(series)
def test_turning_values_over_turns_sides_over(values: list[Decimal]) -> None:
    turned = {Side.HIGH: Side.LOW, Side.LOW: Side.HIGH}
    before = {(rule, side, tuple(when)) for rule, side, when in shape(chart(*values).signals)}
    after = {(rule, turned[side], tuple(when)) for rule, side, when in shape(chart(*[-v for v in values]).signals)}
    assert before == after


@given(series, st.sampled_from(Kind))
def test_the_centre_lies_within_the_limits(values: list[Decimal], kind: Kind) -> None:
    limits = chart(*values, kind=kind).current
    assert limits is not None
    assert limits.lower <= limits.centre <= limits.upper


@given(series)
def test_later_points_never_move_a_frozen_baseline(values: list[Decimal]) -> None:
    frozen = chart(*values, 500, baseline=10).limits[0]
    assert (frozen.centre, frozen.upper) == (
        chart(*values[:10]).limits[0].centre,
        chart(*values[:10]).limits[0].upper,
    )
