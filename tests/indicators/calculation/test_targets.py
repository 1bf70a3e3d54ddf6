from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.calculation.polarity import Polarity
from trefoil.indicators.calculation.targets import Rag, Tolerance, rag, rag_words, variance

figures = st.decimals(0, 200, places=1)
FIVE = Tolerance(Decimal(5))

# Latest, target and published variance from the Performance Matters pack of February 2019 (Barnet).
PACK = [
    ("86.0", "80.0", "7.5"),
    ("78.0", "80.0", "-2.5"),
    ("75.0", "95.0", "-21.1"),
    ("77.0", "95.0", "-18.9"),
    ("83.0", "95.0", "-12.6"),
    ("10.7", "11.5", "-7.0"),
    ("57.0", "62.0", "-8.1"),
    ("65.7", "95.0", "-30.8"),
    ("60.6", "95.0", "-36.2"),
    ("93.6", "95.0", "-1.5"),
    ("63.0", "66", "-4.5"),
]


@pytest.mark.parametrize(("latest", "target", "published"), PACK)
def test_variance_is_what_the_pack_prints(latest: str, target: str, published: str) -> None:
    assert variance(Decimal(latest), Decimal(target)) == Decimal(published)


def test_variance_of_children_in_care_visits_is_not_what_the_pack_prints() -> None:
    # (89 - 95) / 95 = -6 / 95 = -6.3158%; the pack prints -6.7, which its own figures contradict.
    assert variance(Decimal("89.0"), Decimal("95.0")) == Decimal("-6.3")


@pytest.mark.parametrize(("latest", "target"), [(Decimal(3), Decimal(0)), (None, Decimal(5)), (Decimal(5), None)])
def test_variance_that_cannot_be_worked_out_is_none(latest: Decimal | None, target: Decimal | None) -> None:
    assert variance(latest, target) is None


@pytest.mark.parametrize(
    ("latest", "polarity", "expected", "words"),
    [
        ("80", Polarity.HIGHER, Rag.GREEN, "on target"),
        ("75", Polarity.HIGHER, Rag.AMBER, "close to target"),
        ("74.9", Polarity.HIGHER, Rag.RED, "below target"),
        ("80", Polarity.LOWER, Rag.GREEN, "on target"),
        ("85", Polarity.LOWER, Rag.AMBER, "close to target"),
        ("85.1", Polarity.LOWER, Rag.RED, "above target"),
        ("10", Polarity.MONITOR, Rag.NONE, "no target"),
        ("10", Polarity.CONTEXT, Rag.NONE, "no target"),
    ],
)
def test_rag_at_its_edges(latest: str, polarity: Polarity, expected: Rag, words: str) -> None:
    colour = rag(Decimal(latest), Decimal(80), FIVE, polarity)
    assert colour is expected
    assert rag_words(colour, polarity) == words


def test_relative_tolerance_is_a_share_of_the_target() -> None:
    # 5% of 80 is 4, so 76 is close and 75.9 is not.
    five_percent = Tolerance(Decimal(5), relative=True)
    assert five_percent.allowed(Decimal(80)) == 4
    assert rag(Decimal(76), Decimal(80), five_percent, Polarity.HIGHER) is Rag.AMBER
    assert rag(Decimal("75.9"), Decimal(80), five_percent, Polarity.HIGHER) is Rag.RED


@pytest.mark.parametrize(("latest", "target"), [(None, Decimal(80)), (Decimal(80), None)])
def test_rag_without_figure_or_target_is_none(latest: Decimal | None, target: Decimal | None) -> None:
    assert rag(latest, target, FIVE, Polarity.HIGHER) is Rag.NONE


def test_negative_tolerance_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        Tolerance(Decimal(-1))


@given(figures, figures, figures)
def test_rag_of_the_mirrored_measure_is_the_same(latest: Decimal, target: Decimal, amount: Decimal) -> None:
    tolerance = Tolerance(amount)
    assert rag(latest, target, tolerance, Polarity.HIGHER) is rag(-latest, -target, tolerance, Polarity.LOWER)


@given(figures, figures, figures, figures)
def test_a_better_figure_never_has_a_worse_colour(
    first: Decimal, second: Decimal, target: Decimal, amount: Decimal
) -> None:
    order = [Rag.RED, Rag.AMBER, Rag.GREEN]
    low, high = sorted((first, second))
    worse = rag(low, target, Tolerance(amount), Polarity.HIGHER)
    better = rag(high, target, Tolerance(amount), Polarity.HIGHER)
    assert order.index(worse) <= order.index(better)
