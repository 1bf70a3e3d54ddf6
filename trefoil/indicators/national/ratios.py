"""Percentages and rates as the Department for Education rounds them. Pure.

The one place in this folder where a quotient is taken and rounded; `calculation/ratios.py` has the same
signatures.
"""

from decimal import ROUND_HALF_UP, Decimal


def rate_per(numerator: Decimal, denominator: Decimal, per: int, places: int) -> Decimal | None:
    """`numerator` for every `per` of `denominator`, rounded half away from zero; None over nought."""
    if denominator == 0:
        return None
    return (numerator * per / denominator).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percentage(numerator: Decimal, denominator: Decimal, places: int) -> Decimal | None:
    """`numerator` as a percentage of `denominator`, rounded half away from zero; None over nought."""
    return rate_per(numerator, denominator, 100, places)
