"""A partnership's accounts: items against their published totals, and what was drawn from reserves. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..money import MoneyRow
from ..rows import Finding, Place, Severity

TOTAL_OF = "published total of "
_DRAWN = "draw-down from reserve"  # kinds are compared without their plural
TOTAL_RULE = "money-total"
RESERVES_RULE = "money-reserves"
INSTRUCTIONS = {
    TOTAL_RULE: "The items of a year must add up to the total that is published for them.",
    RESERVES_RULE: "Contributions and what is drawn from reserves must cover what was spent.",
}


def check_money(rows: Iterable[MoneyRow]) -> list[Finding]:
    """Every finding in the accounts, in the order of their rows."""
    accounts = _Accounts(rows)
    findings = [*_totals(accounts), *_reserves(accounts)]
    return sorted(findings, key=lambda finding: (finding.place.row, finding.rule))


class _Accounts:
    """The accounts by year: sums of items by kind, published totals by kind."""

    def __init__(self, rows: Iterable[MoneyRow]) -> None:
        self.items: dict[tuple[str, str], list[MoneyRow]] = defaultdict(list)
        self.totals: dict[tuple[str, str], MoneyRow] = {}
        for row in rows:
            kind = row.kind.casefold()
            if kind.startswith(TOTAL_OF):
                self.totals[(row.year, _singular(kind.removeprefix(TOTAL_OF)))] = row
            else:
                self.items[(row.year, _singular(kind))].append(row)

    def summed(self, year: str, kind: str) -> Decimal | None:
        """The sum of the items of a kind; None when there are none."""
        items = self.items.get((year, kind))
        return sum((item.amount_gbp for item in items), Decimal(0)) if items else None


def _totals(accounts: _Accounts) -> Iterator[Finding]:
    for (year, kind), total in accounts.totals.items():
        added = accounts.summed(year, kind)
        if added is not None and added != total.amount_gbp:
            size = abs(total.amount_gbp - added)
            how = "more" if total.amount_gbp > added else "less"
            message = (
                f"The {total.kind} for {year} is £{total.amount_gbp:,}, £{size:,} {how} than its items, "
                f"which add up "
                f"to £{added:,}."
            )
            yield _fault(TOTAL_RULE, total, f"£{total.amount_gbp:,}", f"£{added:,}", message)


def _reserves(accounts: _Accounts) -> Iterator[Finding]:
    for (year, kind), drawn in accounts.items.items():
        came, went = accounts.totals.get((year, "contribution")), accounts.totals.get((year, "outturn"))
        if kind != _DRAWN or came is None or went is None:
            continue
        total = came.amount_gbp + sum((row.amount_gbp for row in drawn), Decimal(0))
        if total != went.amount_gbp:
            message = (
                f"In {year} contributions and the draw-down make £{total:,}, but the outturn is £{went.amount_gbp:,}."
            )
            yield _fault(RESERVES_RULE, drawn[0], f"£{total:,}", f"£{went.amount_gbp:,}", message)


def _fault(rule: str, row: MoneyRow, found: str, expected: str, message: str) -> Finding:
    place = Place(row=row.place.row, column="amount_gbp", sheet=row.place.sheet)
    return Finding(Severity.FAULT, rule, place, found, expected, message)


def _singular(kind: str) -> str:
    return kind.strip().removesuffix("s")
