from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.calculation.intervals import proportion_interval
from trefoil.indicators.calculation.ratios import round_half_up


def test_interval_of_8_of_10() -> None:
    found = proportion_interval(8, 10)
    # Wilson, z = 1.96: centre (0.8 + 3.8415/20) / 1.38415 = 0.71673; half width
    # 1.96 * sqrt(0.016 + 3.8415/400) / 1.38415 = 0.22659; so 49.0% to 94.3%.
    assert found is not None
    assert (round_half_up(found.low, 1), round_half_up(found.high, 1)) == (Decimal("49.0"), Decimal("94.3"))
    assert found.words == "likely between 49% and 94%"


def test_few_are_too_few_to_say() -> None:
    found = proportion_interval(3, 9)
    assert found is not None
    assert found.words == "too few to say"


def test_none_of_none_is_none() -> None:
    assert proportion_interval(0, 0) is None


@pytest.mark.parametrize(("numerator", "denominator"), [(11, 10), (-1, 10)])
def test_not_a_proportion_is_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="is not a proportion"):
        proportion_interval(numerator, denominator)


@given(st.integers(1, 400), st.data())
def test_interval_holds_its_proportion_and_mirrors(denominator: int, data: st.DataObject) -> None:
    numerator = data.draw(st.integers(0, denominator))
    found = proportion_interval(numerator, denominator)
    other = proportion_interval(denominator - numerator, denominator)
    assert found is not None
    assert other is not None
    share = Decimal(100) * numerator / denominator
    assert 0 <= found.low <= share + Decimal("1e-20")
    assert share - Decimal("1e-20") <= found.high <= 100
    assert abs(found.low + other.high - 100) < Decimal("1e-15")
