"""The years as plain accounts, for the checks, the pages and the file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch, QuerySet

from .accounts import Account, Fund, Line, Review, Share, Side, Stated, Total, pounds
from .checks import Finding, check_accounts
from .enums import BudgetState
from .models import STANDS, BudgetLine, BudgetYear, Contribution, Reserve, ReviewCost

_FINAL = {BudgetState.CLOSED, BudgetState.PUBLISHED}


def with_entries(years: QuerySet[BudgetYear]) -> list[BudgetYear]:
    """The years with everything in them that stands: six queries, however many years."""
    entries = (
        Prefetch("contributions", Contribution.objects.filter(STANDS).select_related("agency")),
        Prefetch("budgetlines", BudgetLine.objects.filter(STANDS)),
        Prefetch("reserves", Reserve.objects.filter(STANDS)),
        Prefetch("reviewcosts", ReviewCost.objects.filter(STANDS)),
    )
    return list(years.prefetch_related(*entries, "stated_totals"))


def account_of(year: BudgetYear) -> Account:
    """A year, loaded by `with_entries`, as a plain account."""
    return Account(
        first_year=year.first_year,
        shares=tuple(map(share_of, year.contributions.all())),
        lines=tuple(
            Line(Side(one.side), one.item, one.budget, one.outturn, one.note, one.row) for one in year.budgetlines.all()
        ),
        funds=tuple(
            Fund(one.name, *(one.opening, one.planned, one.added, one.drawn, one.closing), one.note, one.row)
            for one in year.reserves.all()
        ),
        reviews=tuple(Review(one.review, one.expected, one.spent, one.note, one.row) for one in year.reviewcosts.all()),
        stated=tuple(Stated(Total(one.of), one.amount, one.row) for one in year.stated_totals.all()),
        contingency=year.contingency,
        is_final=year.state in _FINAL,
    )


def share_of(one: Contribution) -> Share:
    """A contribution as a plain share."""
    return Share(
        name=one.name,
        agreed=one.agreed,
        invoiced=one.invoiced,
        paid=one.paid,
        in_kind=one.in_kind,
        in_kind_what=one.in_kind_what,
        second=one.second,
        second_source=one.second_source,
        note=one.note,
        row=one.row,
    )


@dataclass(frozen=True)
class Standings:
    """Every year of a partnership, newest first, with its account and what the checks found."""

    years: Sequence[BudgetYear]
    accounts: dict[int, Account]
    findings: Sequence[Finding]

    def of(self, first_year: int) -> list[Finding]:
        """What was found of one year, faults first."""
        return sorted((one for one in self.findings if one.year == first_year), key=lambda one: not one.is_fault)

    def faults(self, first_year: int) -> list[Finding]:
        return [one for one in self.of(first_year) if one.is_fault]


def standings_of(years: QuerySet[BudgetYear]) -> Standings:
    """The years with their accounts, checked together: a reserve is carried from one to the next."""
    held = with_entries(years)
    accounts = {year.first_year: account_of(year) for year in held}
    return Standings(held, accounts, check_accounts(list(accounts.values())))


def faults_of(year: BudgetYear, *, as_final: bool = False) -> list[Finding]:
    """The faults of one year, beside the year before it. `as_final`: judged as if the year were closed."""
    around = BudgetYear.objects.filter(
        partnership=year.partnership_id, first_year__in=(year.first_year - 1, year.first_year)
    )
    accounts = [account_of(one) for one in with_entries(around)]
    if as_final:
        accounts = [replace(one, is_final=one.is_final or one.first_year == year.first_year) for one in accounts]
    return [one for one in check_accounts(accounts) if one.is_fault and one.year == year.first_year]


def totals_words(accounts: Iterable[Account]) -> list[str]:
    """What each year's contributions and spending add up to, a line a year, for the command line."""
    lines = []
    for account in accounts:
        known = [(total, account.total(total)) for total in Total]
        said = ", ".join(f"{total.words} {pounds(amount)}" for total, amount in known if amount is not None)
        lines.append(f"{account.label}: {said or 'no sums'}")
    return lines
