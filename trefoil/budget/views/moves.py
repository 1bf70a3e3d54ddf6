"""Putting a budget to the partners, approving it, closing the year: one page for each move."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..forms import ReasonForm
from ..operations.moves import approve_budget, close_year, propose_budget, reopen_budget, send_back_budget
from ..queries import faults_of
from ..rules import why_not_moved
from ..states import MOVES, VOUCHES
from .frame import carried_out, form_page, year_href, year_or_refused

_OPERATIONS = {
    "propose": propose_budget,
    "send_back": send_back_budget,
    "approve": approve_budget,
    "reopen": reopen_budget,
    "close": close_year,
}
_LEADS = {
    "propose": "A safeguarding partner then approves it or sends it back. Until then nothing in it can be changed.",
    "send_back": "It is a draft again, and the business manager can change it. They see your reason.",
    "approve": "What was agreed is then fixed. Invoices, payments and outturn are entered as they come.",
    "reopen": "It is a draft again. What was agreed can then be changed, and has to be approved again.",
    "close": "The outturn is then the last word on this year.",
}


@within(Permission.WRITE_BUDGET, Permission.TAKE_POSITION)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_draft("budget:{year}:move:{move}")
def budget_move(request: DraftRequest, *, year: int, move: str) -> HttpResponse:
    """One move, with its reason where there must be one."""
    if move not in MOVES:
        raise Http404
    held, told = year_or_refused(request, year), MOVES[move]
    if why := why_not_moved(held, move, request.standing):
        messages.error(request, why)
        return redirect(year_href(request, held))
    faults = faults_of(held, as_final=move == "close")
    needed = told.needs_reason or bool(faults and move in VOUCHES)
    label = "Why?" if told.needs_reason or not needed else "Why does it go on although a total does not add up?"
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, needed=needed, label=label, draft=request.draft)
    if form.is_bound and form.is_valid():
        operation, reason, person = _OPERATIONS[move], form.cleaned_data["reason"], request.standing.person
        if carried_out(form, lambda: operation(year=held, reason=reason, by=person, now=timezone.now())):
            messages.success(request, told.says)
            return redirect(year_href(request, held))
    return form_page(
        request,
        form,
        button=told.words,
        title=f"{told.words}: {held}",
        lead=_LEADS[move],
        year=held,
        findings=faults if move in VOUCHES or move == "propose" else (),
    )
