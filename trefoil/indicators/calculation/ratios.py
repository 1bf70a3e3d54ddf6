"""Percentages, rates and the population they divide by.

What cannot be worked out is `None`: a denominator of zero, or a numerator or denominator that is missing. A
negative denominator is a mistake in the caller and raises ValueError.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from trefoil.indicators.periods import Period, financial_year_of

Number = Decimal | int


def round_half_up(value: Decimal, places: int = 0) -> Decimal:
    """Round to `places` decimals, a half away from zero, as published tables do. Never gives minus zero."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def ratio(numerator: Number | None, denominator: Number | None) -> Decimal | None:
    """`numerator` over `denominator`, not rounded. None when either is missing or the denominator is 0."""
    if numerator is None or denominator is None or denominator == 0:
        return None
    if denominator < 0:
        raise ValueError(f"a denominator cannot be negative: {denominator}")
    return Decimal(numerator) / Decimal(denominator)


def rate_per(
    numerator: Number | None, denominator: Number | None, per: int = 10_000, places: int = 0
) -> Decimal | None:
    """How many in every `per`, rounded half up. None when it cannot be worked out."""
    if ratio(numerator, denominator) is None or numerator is None or denominator is None:
        return None
    # Multiply before dividing: 1/3 cut at 28 digits and then multiplied can miss a half.
    return round_half_up(Decimal(numerator) * per / Decimal(denominator), places)


def percentage(numerator: Number | None, denominator: Number | None, places: int = 1) -> Decimal | None:
    """`numerator` as a percentage of `denominator`, rounded half up. None when it cannot be worked out."""
    return rate_per(numerator, denominator, 100, places)


def ratio_of_sums(pairs: Iterable[tuple[Number, Number]]) -> Decimal | None:
    """All numerators over all denominators, not rounded: the right way to join periods or areas.

    A mean of percentages would count a month of ten children as much as a month of a thousand.
    """
    numerators, denominators = Decimal(0), Decimal(0)
    for numerator, denominator in pairs:
        numerators += numerator
        denominators += denominator
    return ratio(numerators, denominators)


def population_year(reporting_year: int) -> int:
    """The mid-year estimate that the Department for Education divides by: reporting year Y uses mid-year Y-1.

    Source: methodology notes of "Children in need" and "Children looked after in England".
    """
    return reporting_year - 1


def population_year_for(period: Period) -> int:
    """The mid-year of the population for a rate over `period`.

    A month or a quarter uses the population of the reporting year (April to March) it ends in, so that twelve
    months and their year divide by the same children.
    """
    return population_year(financial_year_of(period.end).end.year)
