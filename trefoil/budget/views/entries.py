"""The forms of what is in a year: add, change, take out; and its totals as printed."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.editing.forms import EditedForm
from trefoil.editing.queries import DraftWords
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.editing.views import both_versions

from ..accounts import Total
from ..enums import EntryKind
from ..forms import EntryForm, ReasonForm, TotalsForm, entry_form
from ..models import BudgetYear, Entry
from ..operations.entries import add_entry, change_entry, set_totals, withdraw_entry
from ..rules import entries_visible_to, fixed_fields, partners_offered_to, why_no_new
from .frame import carried_out, form_page, page, steps, year_href, year_or_refused

_LEADS = {
    EntryKind.CONTRIBUTION: "What a partner agreed to give, what was invoiced and paid, and what it gives in kind.",
    EntryKind.LINE: "What is budgeted, and what it came to.",
    EntryKind.RESERVE: "Money kept from earlier years.",
    EntryKind.REVIEW: "Reviews come unasked. What each costs is held against the contingency.",
}


def _kind(kind: str) -> EntryKind:
    """Raises Http404 for a word that is no kind of entry."""
    if kind not in EntryKind.values:
        raise Http404
    return EntryKind(kind)


@within(Permission.WRITE_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("budget:{year}:{kind}:new")
def budget_entry_new(request: DraftRequest, *, year: int, kind: str) -> HttpResponse:
    """Add one entry to a year."""
    held, what = year_or_refused(request, year), _kind(kind)
    if why := why_no_new(held.state, what):
        return _told(request, held, why)
    data = request.POST if request.method == "POST" else None
    form = entry_form(what, data, agencies=list(partners_offered_to(request.standing)), draft=request.draft)
    person = request.standing.person
    if (
        form.is_bound
        and form.is_valid()
        and carried_out(
            form, lambda: add_entry(year=held, kind=what, fields=form.values, by=person, now=timezone.now())
        )
    ):
        messages.success(request, "It is saved.")
        return redirect(year_href(request, held))
    return form_page(request, form, button="Save", title=f"Add: {what.label.lower()}", lead=_LEADS[what], year=held)


@within(Permission.WRITE_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
def budget_entry(request: PageRequest, *, year: int, kind: str, pk: int) -> HttpResponseBase:
    """Change an entry, or take it out of the year with a reason. A draft is kept of the change alone."""
    if request.method == "POST" and request.POST.get("which") == "withdraw":
        return _withdrawing(request, year, kind, pk)
    return _changing(request, year=year, kind=kind, pk=pk)


@keeps_draft("budget:{year}:{kind}:{pk}")
def _changing(request: DraftRequest, *, year: int, kind: str, pk: int) -> HttpResponse:
    held, entry, what = _entry(request, year, kind, pk)
    data = request.POST if request.method == "POST" else None
    form = _form_of(request, entry, what, data, request.draft)
    try:
        if _changed(request, form, entry, what):
            return redirect(year_href(request, held))
    except ChangedMeanwhileError as error:
        assert isinstance(form, EditedForm)
        return both_versions(request, form, saved=error.held, above=steps(request, "entry", held)[1:])
    return _entry_page(request, entry, what, form, _reason_form(None))


def _withdrawing(request: PageRequest, year: int, kind: str, pk: int) -> HttpResponse:
    held, entry, what = _entry(request, year, kind, pk)
    reason = _reason_form(request.POST)
    if _withdrawn(request, reason, entry, what):
        return redirect(year_href(request, held))
    return _entry_page(request, entry, what, _form_of(request, entry, what), reason)


def _entry(request: PageRequest, year: int, kind: str, pk: int) -> tuple[BudgetYear, Entry, EntryKind]:
    held, what = year_or_refused(request, year), _kind(kind)
    return held, found_or_refused(entries_visible_to(request.standing, what), request, pk=pk, year=held.pk), what


def _form_of(
    request: PageRequest, entry: Entry, kind: EntryKind, data: Any = None, draft: DraftWords | None = None
) -> EntryForm:
    agencies = list(partners_offered_to(request.standing))
    fixed = fixed_fields(entry.year.state, kind)
    return entry_form(kind, data, agencies=agencies, entry=entry, fixed=fixed, draft=draft)


def _reason_form(data: Any) -> ReasonForm:
    return ReasonForm(data, needed=True, label="Why is it taken out?")


def _entry_page(
    request: PageRequest, entry: Entry, what: EntryKind, form: EntryForm, reason: ReasonForm
) -> HttpResponse:
    held = entry.year
    fixed = fixed_fields(held.state, what)
    return page(
        request,
        "entry",
        title=str(entry),
        lead=_LEADS[what],
        year=held,
        form=form,
        reason_form=None if why_no_new(held.state, what) else reason,
        note="Greyed fields were agreed. Open the budget again to change them." if fixed else "",
    )


def _changed(request: PageRequest, form: EntryForm, entry: Entry, kind: EntryKind) -> bool:
    if not (form.is_bound and form.is_valid()):
        return False
    saved = carried_out(
        form,
        lambda: change_entry(
            entry=entry,
            kind=kind,
            seen_version=form.cleaned_data["seen_version"],
            fields=form.values,
            by=request.standing.person,
            now=timezone.now(),
        ),
    )
    if saved:
        messages.success(request, "The change is saved.")
    return saved


def _withdrawn(request: PageRequest, form: ReasonForm, entry: Entry, kind: EntryKind) -> bool:
    if not (form.is_bound and form.is_valid()):
        return False
    reason, person = form.cleaned_data["reason"], request.standing.person
    gone = carried_out(
        form, lambda: withdraw_entry(entry=entry, kind=kind, reason=reason, by=person, now=timezone.now())
    )
    if gone:
        messages.success(request, "It is taken out of the year. It stays on record with your reason.")
    return gone


@within(Permission.WRITE_BUDGET)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("budget:{year}:totals")
def budget_totals(request: DraftRequest, *, year: int) -> HttpResponse:
    """The contingency, and the totals that the partners' paper prints, to be held against the rows."""
    held = year_or_refused(request, year)
    if why := why_no_new(held.state, EntryKind.LINE):
        return _told(request, held, why)
    data = request.POST if request.method == "POST" else None
    form = TotalsForm(data, record=held, initial=_totals_of(held), draft=request.draft)
    try:
        if form.is_bound and form.is_valid() and carried_out(form, lambda: _set_totals(request, held, form)):
            messages.success(request, "The totals are saved.")
            return redirect(year_href(request, held))
    except ChangedMeanwhileError as error:
        now_held = year_or_refused(request, year)
        above = steps(request, "entry", now_held)[1:]
        return both_versions(request, form, saved=error.held, values=_totals_of(now_held), above=above)
    return form_page(
        request,
        form,
        button="Save the totals",
        title="Contingency and printed totals",
        lead="Write the totals as the paper to the partners prints them. Each is held against what its rows add up to.",
        year=held,
    )


def _totals_of(year: BudgetYear) -> dict[str, Decimal | None]:
    """The contingency and the printed totals by the names of the form's boxes; None where none is held."""
    stated = {one.of: one.amount for one in year.stated_totals.all()}
    return {"contingency": year.contingency, **{total.name.lower(): stated.get(total.value) for total in Total}}


def _set_totals(request: PageRequest, year: BudgetYear, form: TotalsForm) -> None:
    set_totals(
        year=year,
        seen_version=form.cleaned_data["seen_version"],
        contingency=form.cleaned_data["contingency"],
        stated=form.stated,
        by=request.standing.person,
        now=timezone.now(),
    )


def _told(request: PageRequest, year: BudgetYear, why: str) -> HttpResponse:
    """Back to the year, with why there is no form now."""
    messages.error(request, f"{why[:1].upper()}{why[1:]}.")
    return redirect(year_href(request, year))
