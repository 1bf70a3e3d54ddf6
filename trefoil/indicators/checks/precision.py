"""Whether a published number agrees with the exact one at the precision it was published to. Pure.

A half may go up, or to the even neighbour: both are in use, so a number that lies within half of its last decimal,
both ends included, agrees. Cutting decimals off instead of rounding is not accepted: it would let a number be wrong by
a whole unit, which is as much as many true faults. Zeros at the end are not held against anyone (`77.0` may be `77` in
a column of one decimal, and a workbook drops them anyway).
"""

from decimal import Decimal

HALF = Decimal("0.5")


def places_of(published: Decimal) -> int:
    """The decimals that a number really uses: 0 for 77.0, 1 for 51.3."""
    return max(0, -int(published.normalize().as_tuple().exponent))


def half_unit(published: Decimal) -> Decimal:
    """Half of the last decimal that the number uses."""
    return HALF.scaleb(-places_of(published))


def agrees(published: Decimal, exact: Decimal) -> bool:
    """Whether rounding `exact` to the decimals of `published` can give it."""
    return abs(published - exact) <= half_unit(published)


def shown(number: Decimal, places: int = 1) -> str:
    """For a sentence: at most so many decimals, without zeros at the end."""
    text = f"{number:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
