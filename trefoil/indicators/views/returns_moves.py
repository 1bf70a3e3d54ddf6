"""Moving a return on: submit, query, approve, open again. Each says back what is about to happen, then does it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.rules import Standing
from trefoil.access.url_rules import within

from ..enums import ReturnState
from ..forms_returns import ReasonForm
from ..lateness import lateness_words
from ..models import AgencyReturn
from ..operations.returns import approve_return, query_return, reopen_return, submit_return
from ..rules import check_can_move
from .returns_page import ReturnRequest, about_own_return, about_return, detail_href, page
from .returns_words import counted

NO_CHILD = "Others will read it. Name no child."


@dataclass(frozen=True)
class Move:
    """One move as its page says it. Without `label` no reason is asked for."""

    name: str
    title: str
    lead: str
    button: str
    kind: str
    done: str
    run: Callable[[AgencyReturn, Standing, str], None]
    label: str = ""
    hint: str = ""
    needs_reason: bool = True


def _submit(held: AgencyReturn, standing: Standing, reason: str) -> None:
    submit_return(agency_return=held, by=standing.person, now=timezone.now(), reason=reason)


def _query(held: AgencyReturn, standing: Standing, reason: str) -> None:
    query_return(agency_return=held, reason=reason, by=standing.person, now=timezone.now())


def _approve(held: AgencyReturn, standing: Standing, _reason: str) -> None:
    approve_return(agency_return=held, by=standing.person, now=timezone.now())


def _reopen(held: AgencyReturn, standing: Standing, reason: str) -> None:
    reopen_return(agency_return=held, reason=reason, by=standing.person, now=timezone.now())


SUBMIT = Move(
    name="submit_return",
    title="Submit this return",
    lead="The figures go to the analyst and can then not be changed until the analyst sends them back.",
    button="Submit",
    kind="",
    done="The return is submitted. The analyst looks at it next.",
    run=_submit,
    label="Anything the analyst should know (optional)",
    hint=NO_CHILD,
    needs_reason=False,
)
QUERY = Move(
    name="query_return",
    title="Send this return back with a query",
    lead="The agency can then change its figures and submits them again.",
    button="Send it back",
    kind="",
    done="The return is back with the agency.",
    run=_query,
    label="What should the agency look at?",
    hint=NO_CHILD,
)
APPROVE = Move(
    name="approve_return",
    title="Approve this return",
    lead="The figures are then shown as approved. They can be changed only if the return is opened again.",
    button="Approve",
    kind="",
    done="The return is approved.",
    run=_approve,
)
REOPEN = Move(
    name="reopen_return",
    title="Open this return again",
    lead="The agency can then correct its figures. What was approved stays as an earlier version.",
    button="Open it again",
    kind="warning",
    done="The return is open to the agency again.",
    run=_reopen,
    label="Why is it opened again?",
    hint=NO_CHILD,
)


def _moved(request: ReturnRequest, move: Move) -> HttpResponse:
    """The page of a move, or the move."""
    held = request.agency_return
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label=move.label or "Reason",
        hint=move.hint,
        required=bool(move.label) and move.needs_reason,
    )
    why_not = _why_not(held, request.standing, move)
    if request.method == "POST" and not why_not and form.is_valid():
        try:
            move.run(held, request.standing, form.cleaned_data["reason"])
        except NotAllowedError as error:
            form.add_error(None, f"{str(error)[:1].upper()}{str(error)[1:]}.")
        else:
            messages.success(request, move.done)
            return redirect(detail_href(request, held))
    return page(
        request,
        "move",
        title=move.title,
        lead="" if why_not else move.lead,
        form=form,
        move=move,
        why_not=why_not,
        facts=[*_facts(held), *_late(held, move)],
        back=detail_href(request, held),
    )


def _why_not(held: AgencyReturn, standing: Standing, move: Move) -> str:
    try:
        check_can_move(move.name, held, standing)
    except NotAllowedError as error:
        return f"{str(error)[:1].upper()}{str(error)[1:]}."
    return ""


def _facts(held: AgencyReturn) -> list[tuple[str, str]]:
    """What is about to be moved, said back."""
    faults = sum(fault.needs_answer for fault in held.faults.all())
    figures = held.figures.current().count()
    return [
        ("Return", str(held)),
        ("Agency", held.agency.name),
        ("Figures", counted(figures, "figure")),
        ("Faults without an answer", str(faults)),
    ]


def _late(held: AgencyReturn, move: Move) -> list[tuple[str, str]]:
    """That it will be marked as late, before the agency submits it."""
    if move is not SUBMIT or held.state != ReturnState.OPEN:
        return []
    late = lateness_words(timezone.localdate(), due_on=held.due_on, closes_on=held.closes_on)
    return [("Late", f"Today is {late}. It is taken, and marked as late.")] if late else []


@within(Permission.SUBMIT_RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
@about_own_return(Permission.SUBMIT_RETURN)
def return_submit(request: ReturnRequest, **_parts: object) -> HttpResponseBase:
    """The agency hands its figures in."""
    return _moved(request, SUBMIT)


@within(Permission.APPROVE_RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
@about_return
def return_query(request: ReturnRequest, **_parts: object) -> HttpResponseBase:
    """The analyst sends it back with a question."""
    return _moved(request, QUERY)


@within(Permission.APPROVE_RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
@about_return
def return_approve(request: ReturnRequest, **_parts: object) -> HttpResponseBase:
    """The analyst accepts the figures."""
    return _moved(request, APPROVE)


@within(Permission.APPROVE_RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
@about_return
def return_reopen(request: ReturnRequest, **_parts: object) -> HttpResponseBase:
    """The analyst opens an approved return again."""
    return _moved(request, REOPEN)
