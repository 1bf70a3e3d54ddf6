"""One year's money as plain rows, however it came: typed, loaded or published. Pure: no Django, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Side(StrEnum):
    """Money that comes, besides contributions, and money that goes."""

    INCOME = "income"
    SPENDING = "spending"


class Total(StrEnum):
    """A sum that papers print. The value is its kind in a finance file."""

    CONTRIBUTIONS = "contributions"
    INCOME_BUDGET = "budgeted income"
    SPENDING_BUDGET = "budgeted expenditure"
    INCOME_OUTTURN = "income outturn"
    SPENDING_OUTTURN = "outturn"

    @property
    def words(self) -> str:
        return "outturn of spending" if self is Total.SPENDING_OUTTURN else self.value


@dataclass(frozen=True, slots=True)
class Share:
    """What one partner gives, in pounds. `second` is another figure that the same source prints for it.

    `row` here and below is the row of the file it came in; 0 when it was typed.
    """

    name: str
    agreed: Decimal | None = None
    invoiced: Decimal | None = None
    paid: Decimal | None = None
    in_kind: Decimal | None = None
    in_kind_what: str = ""
    second: Decimal | None = None
    second_source: str = ""
    note: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """Other income, or something money is spent on."""

    side: Side
    item: str
    budget: Decimal | None = None
    outturn: Decimal | None = None
    note: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Fund:
    """A reserve over the year. `planned` is what the budget means to draw; `drawn` what was drawn."""

    name: str
    opening: Decimal | None = None
    planned: Decimal | None = None
    added: Decimal | None = None
    drawn: Decimal | None = None
    closing: Decimal | None = None
    note: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """What a review is expected to cost, and what has been spent on it."""

    name: str
    expected: Decimal | None = None
    spent: Decimal | None = None
    note: str = ""
    row: int = 0

    @property
    def cost(self) -> Decimal:
        """The larger of the two: money spent is spent, money promised will be."""
        return max(self.expected or Decimal(0), self.spent or Decimal(0))


@dataclass(frozen=True, slots=True)
class Stated:
    """A total as a paper prints it."""

    of: Total
    amount: Decimal
    row: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """One financial year, from April of `first_year`. `is_final`: the outturn is the last one."""

    first_year: int
    shares: tuple[Share, ...] = ()
    lines: tuple[Line, ...] = ()
    funds: tuple[Fund, ...] = ()
    reviews: tuple[Review, ...] = ()
    stated: tuple[Stated, ...] = ()
    contingency: Decimal | None = None
    is_final: bool = False

    @property
    def label(self) -> str:
        return year_label(self.first_year)

    def total(self, of: Total) -> Decimal | None:
        """What the rows add up to; None when no row has such a figure."""
        if of is Total.CONTRIBUTIONS:
            return added(share.agreed for share in self.shares)
        side = Side.INCOME if of in {Total.INCOME_BUDGET, Total.INCOME_OUTTURN} else Side.SPENDING
        lines = [line for line in self.lines if line.side is side]
        if of in {Total.INCOME_BUDGET, Total.SPENDING_BUDGET}:
            return added(line.budget for line in lines)
        return added(line.outturn for line in lines)

    @property
    def paid(self) -> Decimal | None:
        return added(share.paid for share in self.shares)

    @property
    def planned(self) -> Decimal | None:
        """What the budget draws from reserves; where no plan is given, what was drawn."""
        planned = added(fund.planned for fund in self.funds)
        return self.drawn if planned is None else planned

    @property
    def drawn(self) -> Decimal | None:
        """What comes from reserves, less what is put into them."""
        out, into = added(fund.drawn for fund in self.funds), added(fund.added for fund in self.funds)
        return None if out is None and into is None else (out or Decimal(0)) - (into or Decimal(0))

    @property
    def review_cost(self) -> Decimal:
        return sum((review.cost for review in self.reviews), Decimal(0))


def added(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of those that are known; None when none is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def year_label(first_year: int) -> str:
    """`2025/26`."""
    return f"{first_year}/{(first_year + 1) % 100:02d}"


def pounds(amount: Decimal) -> str:
    """`£12,500`, `£0.50`, `−£40`: pence only where there are any."""
    size = abs(amount)
    plain = f"£{size:,.0f}" if size == size.to_integral_value() else f"£{size:,.2f}"
    return f"−{plain}" if amount < 0 else plain
