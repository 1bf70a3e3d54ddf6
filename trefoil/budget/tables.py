"""A year's tables, in words: what the pages show and print."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .accounts import Account, Fund, Line, Review, Share, Side, Total, pounds
from .checks import stated_of

# Public bodies pay an invoice within 30 days. Source: Public Contracts Regulations 2015, regulation 113.
DAYS_TO_PAY = 30
_NOTHING = "–"


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells, the address of its form, a word of status, small print under its name.

    `anchor` is the row's own name on the page, for links that lead to it.
    """

    cells: tuple[str, ...]
    href: str = ""
    tag: tuple[str, str] | None = None
    small: tuple[str, ...] = ()
    is_total: bool = False
    anchor: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its columns; the last column holds the tags when `tagged`."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    tagged: bool = False

    @property
    def last_heading(self) -> str:
        return self.headings[-1]

    @property
    def lines(self) -> list[tuple[Row, list[tuple[str, str]]]]:
        """Each row with its cells under their headings."""
        return [(row, list(zip(self.headings, row.cells, strict=False))) for row in self.rows]


def without_empty(table: Table) -> Table:
    """The table without the columns that say nothing in any row."""
    width = len(table.headings) - table.tagged
    kept = [place for place in range(width) if place == 0 or any(_says(row, place) for row in table.rows)]
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in table.rows)
    headings = tuple(table.headings[place] for place in (*kept, *range(width, len(table.headings))))
    return replace(table, headings=headings, rows=rows)


def _says(row: Row, place: int) -> bool:
    return row.cells[place] not in {_NOTHING, ""}


@dataclass(frozen=True)
class Given:
    """A contribution as it is in an account, with the address of its form (empty for who may not write)."""

    share: Share
    statutory: bool
    href: str = ""
    invoiced_on: date | None = None
    anchor: str = ""


def money(amount: Decimal | None) -> str:
    return _NOTHING if amount is None else pounds(amount)


def percent(part: Decimal | None, whole: Decimal | None) -> str:
    """`56%`; a dash where there is nothing to divide by."""
    if part is None or not whole:
        return _NOTHING
    share = (part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP)
    return "under 1%" if part and not share else f"{share}%"


def payment(share: Share, invoiced_on: date | None, today: date) -> tuple[str, str] | None:
    """How a contribution stands today, as a tag's colour and words."""
    owed = share.agreed or Decimal(0)
    if not owed:
        return ("grey", "In kind") if share.in_kind else None
    if share.paid is not None and share.paid >= owed:
        return "green", "Paid"
    if share.invoiced is None:
        return "grey", "Not invoiced"
    late = (today - invoiced_on - timedelta(days=DAYS_TO_PAY)).days if invoiced_on else 0
    if late > 0:
        return "red", f"Late by {late} day{'s' * (late > 1)}"
    return ("yellow", "Part paid") if share.paid else ("blue", "Invoiced")


def contribution_table(account: Account, linked: Sequence[Given], today: date, *, with_status: bool) -> Table:
    """Partners with what they agreed and what came of it."""
    whole = account.total(Total.CONTRIBUTIONS)
    columns: list[tuple[str, Callable[[Share], str]]] = [
        ("Agreed", lambda share: money(share.agreed)),
        ("Share", lambda share: percent(share.agreed, whole)),
    ]
    optional: tuple[tuple[str, str], ...] = (("Invoiced", "invoiced"), ("Paid", "paid"), ("In kind", "in_kind"))
    for heading, name in optional:
        if any(getattr(share, name) is not None for share in account.shares):
            columns.append((heading, lambda share, name=name: money(getattr(share, name))))  # type: ignore[misc]
    rows = [
        Row(
            (one.share.name, *(say(one.share) for _, say in columns)),
            href=one.href,
            tag=payment(one.share, one.invoiced_on, today) if with_status else None,
            small=_small_print(one),
            anchor=one.anchor,
        )
        for one in linked
    ]
    if whole is not None:
        rows.append(Row(("Total", *_sums(account, columns)), is_total=True))
    headings = ("Partner", *(heading for heading, _ in columns), *(["Payment"] if with_status else []))
    return Table("Contributions", headings, tuple(rows), tagged=with_status)


def _small_print(one: Given) -> tuple[str, ...]:
    said = ("Safeguarding partner" if one.statutory else "", _kind_words(one.share), one.share.note)
    return tuple(words for words in said if words)


def _kind_words(share: Share) -> str:
    return f"In kind: {share.in_kind_what}" if share.in_kind_what else ""


def _sums(account: Account, columns: Iterable[tuple[str, object]]) -> list[str]:
    names = {"Agreed": "agreed", "Invoiced": "invoiced", "Paid": "paid", "In kind": "in_kind"}
    sums = []
    for heading, _ in columns:
        known = [getattr(share, names[heading]) for share in account.shares] if heading in names else []
        sums.append("100%" if heading == "Share" else pounds(sum((one or Decimal(0) for one in known), Decimal(0))))
    return sums


def line_table(account: Account, side: Side, linked: Sequence[tuple[Line, str]]) -> Table:
    """Budget against outturn, with the variance in words."""
    budget = Total.SPENDING_BUDGET if side is Side.SPENDING else Total.INCOME_BUDGET
    outturn = Total.SPENDING_OUTTURN if side is Side.SPENDING else Total.INCOME_OUTTURN
    rows = [
        Row(
            (line.item, money(line.budget), money(line.outturn), variance(line.budget, line.outturn, side)),
            href=href,
            small=(line.note,) if line.note else (),
        )
        for line, href in linked
    ]
    added = account.total(budget), account.total(outturn)
    rows.append(Row(("Total", money(added[0]), money(added[1]), variance(*added, side)), is_total=True))
    stated = [stated_of(account, budget), stated_of(account, outturn)]
    if any(one is not None and one.amount != total for one, total in zip(stated, added, strict=True)):
        printed = [money(one.amount) if one else _NOTHING for one in stated]
        rows.append(Row(("Total as printed", *printed, ""), tag=None, is_total=True))
    caption = "Spending" if side is Side.SPENDING else "Income besides contributions"
    return Table(caption, ("Item", "Budget", "Outturn", "Variance"), tuple(rows))


def variance(budget: Decimal | None, outturn: Decimal | None, side: Side) -> str:
    """`£400 over`, `£120 under`, `As budgeted`; a dash where one of the two is missing."""
    if budget is None or outturn is None:
        return _NOTHING
    if budget == outturn:
        return "As budgeted"
    more, less = ("over", "under") if side is Side.SPENDING else ("more", "less")
    return f"{pounds(abs(outturn - budget))} {more if outturn > budget else less}"


def reserve_table(linked: Sequence[tuple[Fund, str]]) -> Table:
    rows = tuple(
        Row(
            (fund.name, *map(money, (fund.opening, fund.planned, fund.added, fund.drawn, fund.closing))),
            href=href,
            small=(fund.note,) if fund.note else (),
        )
        for fund, href in linked
    )
    return Table("Reserves", ("Reserve", "Start of year", "To be drawn", "Added", "Drawn", "End of year"), rows)


def review_table(account: Account, linked: Sequence[tuple[Review, str]]) -> Table:
    """Reviews, and what they cost together against the contingency."""
    rows = [
        Row((one.name, money(one.expected), money(one.spent)), href=href, small=(one.note,) if one.note else ())
        for one, href in linked
    ]
    spent = sum((one.spent or Decimal(0) for one in account.reviews), Decimal(0))
    expected = sum((one.expected or Decimal(0) for one in account.reviews), Decimal(0))
    rows.append(Row(("Total", pounds(expected), pounds(spent)), is_total=True))
    return Table("Reviews", ("Review", "Expected", "Spent"), tuple(rows))


def contingency_words(account: Account) -> str:
    """One sentence: what reviews cost against what was set aside for them."""
    cost = account.review_cost
    if account.contingency is None:
        return f"Reviews cost {pounds(cost)}. No contingency is set aside for them." if account.reviews else ""
    left = account.contingency - cost
    how = f"{pounds(left)} is left" if left >= 0 else f"{pounds(-left)} more than there is"
    return f"Reviews cost {pounds(cost)} of a contingency of {pounds(account.contingency)}: {how}."
