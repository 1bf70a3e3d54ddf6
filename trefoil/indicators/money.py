"""One line of a partnership's accounts."""

from dataclasses import dataclass
from decimal import Decimal

from .rows import Place


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """A sum in pounds.

    `kind` is `contribution`, `outturn` and so on; a published total is `published total of <kind>`.
    """

    place: Place
    year: str
    kind: str
    item: str
    amount_gbp: Decimal
    note: str = ""
