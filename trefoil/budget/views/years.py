"""Every year at a glance, starting one, and loading a file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.indicators.intake.sheets import MAX_BYTES

from ..accounts import Total
from ..charts import shares_chart
from ..enums import BudgetState
from ..forms import ImportForm, YearForm
from ..operations.entries import open_year
from ..operations.loading import load_accounts
from ..queries import Standings, standings_of
from ..reading import FinanceFile, read_finance
from ..rules import budget_years_visible_to, statutory_agencies
from ..tables import Row, Table, money, without_empty
from .frame import carried_out, form_page, page, year_href

STATE_COLOURS = {
    BudgetState.DRAFT: "grey",
    BudgetState.PROPOSED: "yellow",
    BudgetState.APPROVED: "green",
    BudgetState.CLOSED: "blue",
    BudgetState.PUBLISHED: "blue",
}


@within(Permission.READ_BUDGET)
@require_safe
def budget_years(request: PageRequest) -> HttpResponse:
    """The years with their totals and faults, and who gave which share."""
    standings = standings_of(budget_years_visible_to(request.standing))
    writes = request.standing.may(Permission.WRITE_BUDGET) and not request.standing.partnership.published_only
    return page(
        request,
        "years",
        title="Budget",
        lead=_lead(standings),
        table=_table(request, standings) if standings.years else None,
        picture=shares_chart(standings.years, statutory_agencies(request.standing.partnership)),
        writes=writes,
    )


def _lead(standings: Standings) -> str:
    if not standings.years:
        return "What the partners give, what it is spent on, and what is kept for later."
    faults = sum(finding.is_fault for finding in standings.findings)
    said = "Every total was recomputed, and each adds up."
    if faults:
        said = f"Every total was recomputed: {faults} fault{'s' * (faults > 1)} found, named on the page of the year."
    count = len(standings.years)
    return f"{count} financial year{'s' * (count > 1)}. {said}"


def _table(request: PageRequest, standings: Standings) -> Table:
    rows = []
    for year in standings.years:
        account, faults = standings.accounts[year.first_year], len(standings.faults(year.first_year))
        shown = (Total.CONTRIBUTIONS, Total.SPENDING_BUDGET, Total.SPENDING_OUTTURN)
        sums = [money(account.total(total)) for total in shown]
        state = BudgetState(year.state)
        cells = (str(year), sums[0], money(account.paid), *sums[1:], str(faults) if faults else "None")
        rows.append(Row(cells, href=year_href(request, year), tag=(STATE_COLOURS[state], state.label)))
    headings = ("Year", "Contributions", "Paid", "Spending, budget", "Spending, outturn", "Faults", "Status")
    return without_empty(Table("Financial years, newest first", headings, tuple(rows), tagged=True))


@within(Permission.WRITE_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("budget:new")
def budget_new(request: DraftRequest) -> HttpResponse:
    """Start a year."""
    today = timezone.localdate()
    form = YearForm(request.POST if request.method == "POST" else None, today=today, draft=request.draft)
    if form.is_bound and form.is_valid():
        year, given = form.cleaned_data["first_year"], form.cleaned_data
        if carried_out(
            form,
            lambda: open_year(
                partnership=request.standing.partnership,
                first_year=year,
                take_over=given["take_over"],
                by=request.standing.person,
                now=timezone.now(),
            ),
        ):
            return redirect("budget_year", request.standing.partnership.slug, year)
    return form_page(
        request,
        form,
        button="Start the year",
        title="Start a year’s budget",
        lead="It begins as a draft. Nobody agrees to anything until you put it to the partners.",
    )


@within(Permission.WRITE_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
def budget_import(request: PageRequest) -> HttpResponse:
    """Load a finance file: all its years, faults and all, or none of it."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent)
    read: FinanceFile | None = None
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["upload"]
        read = read_finance(upload.name, upload.read(MAX_BYTES + 1))
        if read.errors:
            form.add_error("upload", "The file was not stored. What is wrong with it stands below.")
        elif carried_out(form, lambda: _load(request, read, form.cleaned_data["source"] or upload.name)):
            count = len(read.accounts)
            said = f"{count} year{'s' * (count > 1)} loaded, with {len(read.faults)} faults in what they say."
            messages.success(request, said)
            return redirect("budget_years", request.standing.partnership.slug)
    return page(
        request,
        "import",
        title="Load a finance file",
        lead="Every total in it is recomputed. What does not add up is stored as it stands and named.",
        form=form,
        errors=read.errors if read else (),
    )


def _load(request: PageRequest, read: FinanceFile, source: str) -> None:
    load_accounts(
        partnership=request.standing.partnership,
        accounts=read.accounts,
        source=source,
        by=request.standing.person,
        now=timezone.now(),
    )
