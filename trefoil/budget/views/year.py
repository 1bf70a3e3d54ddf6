"""A year on one page, and the same as a file."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.indicators.intake.export import to_csv
from trefoil.indicators.operations.downloads import note_download

from ..accounts import Account, Side, Total, pounds
from ..enums import BudgetState, EntryKind
from ..layout import HEADINGS, rows_of
from ..models import BudgetYear, Entry
from ..queries import standings_of
from ..rules import (
    budget_years_visible_to,
    entries_visible_to,
    fixed_fields,
    moves_open,
    moves_visible_to,
    statutory_agencies,
    why_no_new,
)
from ..tables import (
    Given,
    Table,
    contingency_words,
    contribution_table,
    line_table,
    reserve_table,
    review_table,
    without_empty,
)
from .frame import anchor_of, page, year_href, year_or_refused
from .years import STATE_COLOURS


@within(Permission.READ_BUDGET)
@require_safe
def budget_year(request: PageRequest, *, year: int) -> HttpResponse:
    """Contributions, budget against outturn, reserves, reviews, and every total that does not add up."""
    year_or_refused(request, year)
    around = budget_years_visible_to(request.standing).filter(first_year__in=(year - 1, year))
    standings = standings_of(around)
    held = next(one for one in standings.years if one.first_year == year)
    account, state = standings.accounts[year], BudgetState(held.state)
    return page(
        request,
        "year",
        title=f"Budget {held}",
        lead=_lead(account),
        year=held,
        state=(STATE_COLOURS[state], state.label),
        findings=standings.of(year),
        tables=_sections(request, held, account),
        contingency=contingency_words(account),
        moves=dict(sorted(moves_open(held, request.standing).items(), key=lambda one: one[1].needs_reason)),
        history=list(moves_visible_to(request.standing).filter(year=held)),
        writes=_writes(request, held),
        others=_others(request, year),
    )


@within(Permission.READ_BUDGET)
@require_safe
def contribution_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """A contribution's row on its year's page. References name it by its key alone, without the year."""
    held = found_or_refused(entries_visible_to(request.standing, EntryKind.CONTRIBUTION), request, pk=pk)
    return redirect(f"{year_href(request, held.year)}#{anchor_of(held)}")


def _lead(account: Account) -> str:
    """What matters first: what was agreed, what came of it, what is to be spent."""
    agreed, budget, outturn = (
        account.total(one) for one in (Total.CONTRIBUTIONS, Total.SPENDING_BUDGET, Total.SPENDING_OUTTURN)
    )
    said = [f"Partners agreed {pounds(agreed)}" if agreed is not None else "No contributions are given"]
    if account.paid is not None:
        said.append(f"{pounds(account.paid)} of it is paid")
    if budget is not None:
        said.append(f"spending is budgeted at {pounds(budget)}")
    if outturn is not None:
        said.append(f"the outturn is {pounds(outturn)}")
    return f"{'; '.join(said)}."


def _writes(request: PageRequest, year: BudgetYear) -> bool:
    return request.standing.may(Permission.WRITE_BUDGET) and year.state in {BudgetState.DRAFT, BudgetState.APPROVED}


def _sections(request: PageRequest, year: BudgetYear, account: Account) -> list[tuple[Table, str, str]]:
    """Each table that has rows or may get some, with the address and words for a new row."""
    words = {
        EntryKind.CONTRIBUTION: "Add a contribution",
        EntryKind.LINE: "Add a line",
        EntryKind.RESERVE: "Add a reserve",
        EntryKind.REVIEW: "Add the cost of a review",
    }
    found = []
    for kind, table, filled, offers in _tables(request, year, account):
        new_href = _new_href(request, year, kind) if offers else ""
        if filled or new_href:
            found.append((without_empty(table) if filled else _emptied(table), new_href, words[kind]))
    return found


def _tables(request: PageRequest, year: BudgetYear, account: Account) -> Iterator[tuple[EntryKind, Table, bool, bool]]:
    """Kind, table, whether it has rows, whether new rows are added beneath it. Account and year are in one order."""
    href = _form_of(request, year)
    statutory = statutory_agencies(request.standing.partnership)
    shares = [
        Given(share, one.agency_id in statutory, href(EntryKind.CONTRIBUTION, one), one.invoiced_on, anchor_of(one))
        for share, one in zip(account.shares, year.contributions.all(), strict=True)
    ]
    with_status = year.state in {BudgetState.APPROVED, BudgetState.CLOSED}
    table = contribution_table(account, shares, timezone.localdate(), with_status=with_status)
    yield EntryKind.CONTRIBUTION, table, bool(shares), True
    lines = list(zip(account.lines, year.budgetlines.all(), strict=True))
    for side in (Side.SPENDING, Side.INCOME):
        own = [(line, href(EntryKind.LINE, entry)) for line, entry in lines if line.side is side]
        yield EntryKind.LINE, line_table(account, side, own), bool(own), side is Side.SPENDING
    funds = [(one, href(EntryKind.RESERVE, held)) for one, held in zip(account.funds, year.reserves.all(), strict=True)]
    yield EntryKind.RESERVE, reserve_table(funds), bool(funds), True
    costs = zip(account.reviews, year.reviewcosts.all(), strict=True)
    reviews = [(one, href(EntryKind.REVIEW, held)) for one, held in costs]
    yield EntryKind.REVIEW, review_table(account, reviews), bool(reviews), True


def _emptied(table: Table) -> Table:
    """A table without rows shows its caption alone, above the way to its first row."""
    return Table(table.caption, table.headings, ())


def _form_of(request: PageRequest, year: BudgetYear) -> Callable[[EntryKind, Entry], str]:
    """The address of an entry's form, for who may change something of it now."""
    writes, slug = request.standing.may(Permission.WRITE_BUDGET), request.standing.partnership.slug

    def href(kind: EntryKind, entry: Entry) -> str:
        every = {field.name for field in entry._meta.concrete_fields}
        if not writes or fixed_fields(year.state, kind) >= every:
            return ""
        return reverse("budget_entry", args=[slug, year.first_year, kind.value, entry.pk])

    return href


def _new_href(request: PageRequest, year: BudgetYear, kind: EntryKind) -> str:
    if not request.standing.may(Permission.WRITE_BUDGET) or why_no_new(year.state, kind):
        return ""
    return reverse("budget_entry_new", args=[request.standing.partnership.slug, year.first_year, kind.value])


def _others(request: PageRequest, year: int) -> list[BudgetYear]:
    years = budget_years_visible_to(request.standing).filter(first_year__in=(year - 1, year + 1))
    return list(years.order_by("first_year"))


@within(Permission.READ_BUDGET)
@require_safe
def budget_file(request: PageRequest, *, year: int) -> HttpResponse:
    """The year as a finance file, which loads again as it is. Taking it is on the trail."""
    held = year_or_refused(request, year)
    standings = standings_of(budget_years_visible_to(request.standing).filter(pk=held.pk))
    rows: list[tuple[Any, ...]] = [HEADINGS, *rows_of([standings.accounts[year]])]
    data = to_csv(rows)
    partnership = request.standing.partnership
    name = f"{partnership.slug}-budget-{str(held).replace('/', '-')}.csv"
    note_download(
        partnership=partnership,
        page=f"budget/{held}",
        file_name=name,
        rows=len(rows) - 1,
        sha256=hashlib.sha256(data).hexdigest(),
        by=request.standing.person,
        now=timezone.now(),
    )
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=disposition)
