"""Every total recomputed, and what contradicts itself named with its place. Pure: no Django, no database.

A FAULT is a contradiction: a budget with one is approved only with a reason. A NOTE is worth knowing: what the rows do
not say, and what a reader should ask.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from .accounts import Account, Fund, Share, Stated, Total, pounds, year_label


class Gravity(StrEnum):
    """What a finding does to a budget."""

    FAULT = "fault"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: the rule, the year, where it stands, and what it is in words."""

    gravity: Gravity
    rule: str
    year: int
    place: str
    message: str

    @property
    def is_fault(self) -> bool:
        return self.gravity is Gravity.FAULT

    def __str__(self) -> str:
        return f"{self.gravity.value}: {year_label(self.year)}, {self.place}: {self.message}"


def check_accounts(accounts: Sequence[Account]) -> list[Finding]:
    """Every finding in a partnership's years, oldest first."""
    years = sorted(accounts, key=lambda account: account.first_year)
    found = [finding for account in years for finding in check_account(account)]
    for before, after in pairwise(years):
        found += _carried(before, after)
        found += _came_and_went(before, after)
    return sorted(found, key=lambda finding: finding.year)


def check_account(account: Account) -> list[Finding]:
    """What one year says of itself, faults before notes."""
    found = [
        *_stated(account),
        *_budget_covered(account),
        *_outturn_covered(account),
        *_second_figures(account),
        *_payments(account),
        *_funds(account),
        *_contingency(account),
        *_missing(account),
    ]
    return sorted(found, key=lambda finding: not finding.is_fault)


def _stated(account: Account) -> Iterator[Finding]:
    """A printed total must be what its rows add up to."""
    for stated in account.stated:
        rows = account.total(stated.of)
        if rows is not None and rows != stated.amount:
            more = "more" if stated.amount > rows else "less"
            yield _fault(
                account,
                "stated-total",
                _at(stated.row, f"the total of {stated.of.words}"),
                f"The total of {stated.of.words} is given as {pounds(stated.amount)}. Its rows add up to "
                f"{pounds(rows)}: the total is {pounds(abs(stated.amount - rows))} {more}.",
            )


def _budget_covered(account: Account) -> Iterator[Finding]:
    """What is to be spent must come from somewhere: contributions, other income, reserves."""
    going, coming = account.total(Total.SPENDING_BUDGET), account.total(Total.CONTRIBUTIONS)
    if going is None or coming is None:
        return
    income = account.total(Total.INCOME_BUDGET) or Decimal(0)
    yield from _balance(account, "budget", going, coming + income + (account.planned or Decimal(0)))


def _outturn_covered(account: Account) -> Iterator[Finding]:
    """The same of what was spent, once the year is final. What was paid counts, where it is known."""
    going, coming = account.total(Total.SPENDING_OUTTURN), account.paid
    if coming is None:
        coming = account.total(Total.CONTRIBUTIONS)
    if not account.is_final or going is None or coming is None:
        return
    income = account.total(Total.INCOME_OUTTURN) or Decimal(0)
    yield from _balance(account, "outturn", going, coming + income + (account.drawn or Decimal(0)))


def _balance(account: Account, what: str, going: Decimal, coming: Decimal) -> Iterator[Finding]:
    left = coming - going
    said = f"Contributions, other income and reserves make {pounds(coming)}"
    if left < 0:
        message = f"{said}. The {what} of spending is {pounds(going)}: {pounds(-left)} comes from nowhere."
        yield _fault(account, f"{what}-covered", f"the {what}", message)
    elif left > 0:
        message = f"{said}. The {what} of spending is {pounds(going)}: it is not said where {pounds(left)} goes."
        yield _note(account, f"{what}-left", f"the {what}", message)


def _second_figures(account: Account) -> Iterator[Finding]:
    """A source that gives two figures for one sum."""
    twice = [share for share in account.shares if share.second is not None and share.second != share.agreed]
    for share in twice:
        assert share.second is not None
        first = pounds(share.agreed) if share.agreed is not None else "nothing"
        message = f"{share.name} is down for {first}. The same source also says {pounds(share.second)}."
        message = f"{message} {share.second_source}".strip()
        yield _fault(account, "second-figure", _at(share.row, share.name), message)
    if len(twice) > 1 and (total := account.total(Total.CONTRIBUTIONS)) is not None:
        other = total - sum(
            ((share.agreed or Decimal(0)) - (share.second or Decimal(0)) for share in twice), Decimal(0)
        )
        message = f"By the second figures the contributions would add up to {pounds(other)}, not {pounds(total)}."
        yield _note(account, "second-figures", "the contributions", message)


def _payments(account: Account) -> Iterator[Finding]:
    """No partner is asked for more than it agreed, or has paid more than it was asked for."""
    for share in account.shares:
        pairs = ((share.agreed, "agreed", share.invoiced, "invoiced"), (_asked(share), "asked for", share.paid, "paid"))
        for most, most_words, given, words in pairs:
            if most is not None and given is not None and given > most:
                message = f"{share.name}: {pounds(given)} {words}, {pounds(most)} {most_words}."
                yield _fault(account, f"{words}-over", _at(share.row, share.name), message)


def _asked(share: Share) -> Decimal | None:
    return share.agreed if share.invoiced is None else share.invoiced


def _funds(account: Account) -> Iterator[Finding]:
    """Opening, plus what was added, less what was drawn, is closing."""
    for fund in account.funds:
        if fund.opening is None or fund.closing is None:
            continue
        reckoned = fund.opening + (fund.added or Decimal(0)) - (fund.drawn or Decimal(0))
        if reckoned != fund.closing:
            message = (
                f"{fund.name} closes at {pounds(fund.closing)}. What opened it and moved makes {pounds(reckoned)}."
            )
            yield _fault(account, "reserve-moves", _at(fund.row, fund.name), message)
        if reckoned < 0:
            message = f"{fund.name} would be overdrawn by {pounds(-reckoned)}."
            yield _fault(account, "reserve-overdrawn", _at(fund.row, fund.name), message)


def _contingency(account: Account) -> Iterator[Finding]:
    """Reviews come unasked; what they cost beyond the contingency must be found elsewhere."""
    cost = account.review_cost
    if account.contingency is not None and cost > account.contingency:
        message = (
            f"Reviews cost {pounds(cost)} against a contingency of {pounds(account.contingency)}: "
            f"{pounds(cost - account.contingency)} over."
        )
        yield _note(account, "contingency-overspent", "reviews", message)


def _missing(account: Account) -> Iterator[Finding]:
    """A side of the year of which nothing is given."""
    coming = account.total(Total.CONTRIBUTIONS)
    budget, outturn = account.total(Total.SPENDING_BUDGET), account.total(Total.SPENDING_OUTTURN)
    if coming is not None and budget is None and outturn is None:
        yield _note(account, "no-spending", "spending", "Contributions are given, and nothing of what was spent.")
    if coming is None and budget is not None and account.planned is not None:
        stated = next((one.amount for one in account.stated if one.of is Total.SPENDING_BUDGET), budget)
        message = (
            f"No contributions are given. Spending less reserves leaves {pounds(budget - account.planned)} by its rows"
        )
        other = f" and {pounds(stated - account.planned)} by its total" if stated != budget else ""
        yield _note(account, "no-contributions", "contributions", f"{message}{other}.")


def _carried(before: Account, after: Account) -> Iterator[Finding]:
    """A reserve opens with what it closed with."""
    if after.first_year != before.first_year + 1:
        return
    closed: dict[str, Fund] = {fund.name.casefold(): fund for fund in before.funds}
    for fund in after.funds:
        earlier = closed.get(fund.name.casefold())
        if earlier is None or earlier.closing is None or fund.opening is None or earlier.closing == fund.opening:
            continue
        message = f"{fund.name} opens at {pounds(fund.opening)}. It closed {before.label} at {pounds(earlier.closing)}."
        yield _fault(after, "reserve-carried", _at(fund.row, fund.name), message)


def _came_and_went(before: Account, after: Account) -> Iterator[Finding]:
    """Partners that stop giving, and new ones: often one organisation under another name."""
    if after.first_year != before.first_year + 1 or not before.shares or not after.shares:
        return
    old, new = ({share.name.casefold(): share.name for share in one.shares} for one in (before, after))
    gone = [old[key] for key in old if key not in new]
    come = [new[key] for key in new if key not in old]
    if gone:
        also = f" New: {', '.join(come)}." if come else ""
        message = f"Gave in {before.label} and {'is' if len(gone) == 1 else 'are'} not listed: {', '.join(gone)}.{also}"
        yield _note(after, "partners-gone", "the contributions", message)


def _at(row: int, words: str) -> str:
    """The row of the file, or the name of the entry."""
    return f"row {row}, {words}" if row else words


def _fault(account: Account, rule: str, place: str, message: str) -> Finding:
    return Finding(Gravity.FAULT, rule, account.first_year, place, message)


def _note(account: Account, rule: str, place: str, message: str) -> Finding:
    return Finding(Gravity.NOTE, rule, account.first_year, place, message)


def stated_of(account: Account, of: Total) -> Stated | None:
    """The printed total of a kind, if there is one."""
    return next((one for one in account.stated if one.of is of), None)
