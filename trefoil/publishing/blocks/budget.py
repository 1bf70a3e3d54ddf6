"""A year's budget in a document: its totals and what each partner gives."""

from decimal import Decimal

from trefoil.budget.accounts import Account, Share, Total, pounds, year_label
from trefoil.budget.enums import BudgetState
from trefoil.budget.models import BudgetYear
from trefoil.budget.queries import standings_of
from trefoil.budget.tables import money, percent
from trefoil.people.models import Partnership

from ..enums import BlockKind
from .shown import ShownBlock, ShownTable, table_of


def budget_block(partnership: Partnership, first_year: str) -> ShownBlock:
    """Totals and contributions of a financial year. What does not add up is said, and keeps the document back."""
    year = int(first_year)
    around = BudgetYear.objects.filter(partnership=partnership, first_year__in=(year - 1, year))
    standings = standings_of(around)
    account, title = standings.accounts.get(year), f"What it cost, {year_label(year)}"
    if account is None:
        words = "There is no budget of this year any more."
        return ShownBlock(BlockKind.BUDGET.value, title, (), "", trouble=words, mends=("budget_years",))
    held = next(one for one in standings.years if one.first_year == year)
    faults = standings.faults(year)
    state = BudgetState(held.state)
    return ShownBlock(
        kind=BlockKind.BUDGET.value,
        title=title,
        sentences=_sentences(account),
        source=f"The partnership’s accounts for {account.label}. Status of the budget: {state.label}.",
        tables=tuple(one for one in (_totals(account), _contributions(account)) if one.rows),
        trouble=" ".join(
            one.message if one.message.startswith(one.place) else f"{one.place}: {one.message}" for one in faults
        ),
        mends=("budget_year", str(year)),
    )


def _sentences(account: Account) -> tuple[str, ...]:
    agreed, spent = account.total(Total.CONTRIBUTIONS), account.total(Total.SPENDING_OUTTURN)
    said = []
    if agreed is not None:
        said.append(f"Partners agreed to give {pounds(agreed)}.")
    if spent is not None:
        said.append(f"{pounds(spent)} was spent.")
    if account.drawn:
        moved = "came out of reserves" if account.drawn > 0 else "was put into reserves"
        said.append(f"{pounds(abs(account.drawn))} {moved}.")
    return tuple(said)


def _totals(account: Account) -> ShownTable:
    lines = [
        ("Contributions agreed", account.total(Total.CONTRIBUTIONS)),
        ("Other income, budget", account.total(Total.INCOME_BUDGET)),
        ("Other income, outturn", account.total(Total.INCOME_OUTTURN)),
        ("Spending, budget", account.total(Total.SPENDING_BUDGET)),
        ("Spending, outturn", account.total(Total.SPENDING_OUTTURN)),
    ]
    rows = [(name, pounds(amount)) for name, amount in lines if amount is not None]
    return table_of(f"Income and spending, {account.label}", ("What", "Amount"), rows)


def _contributions(account: Account) -> ShownTable:
    whole = account.total(Total.CONTRIBUTIONS)
    rows = [_share_row(one, whole) for one in account.shares]
    if whole is not None:
        rows.append(("Total", pounds(whole), "100%", ""))
    headings = ("Partner", "Agreed", "Share", "In kind")
    return table_of(f"What each partner gave, {account.label}", headings, rows)


def _share_row(share: Share, whole: Decimal | None) -> tuple[str, str, str, str]:
    return share.name, money(share.agreed), percent(share.agreed, whole), share.in_kind_what
