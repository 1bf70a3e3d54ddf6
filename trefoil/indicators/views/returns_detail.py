"""One return: where it stands, what is wrong, its figures with their earlier versions, and what may be done now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.rules import Standing
from trefoil.access.url_rules import found_or_refused, logs_read, within

from ..enums import EDITABLE_STATES, ReturnState
from ..forms_returns import AnswerForm
from ..models import AgencyReturn, Fault, Figure, ReturnMove
from ..operations.returns import answer_fault
from ..queries_returns import date_moves_of
from ..rules import can_enter, can_move, can_move_dates, why_no_answer
from .returns_figures import Progress, fault_lines, figure_lines, missing_words, progress_of
from .returns_history import handed_in_words, history_lines
from .returns_page import READS, ReturnRequest, about_return, detail_href, page
from .returns_words import closes_words, counted, day_words, due_words, next_step, status_of

FIGURES_A_PAGE = 100
BUTTONS = {
    "submit_return": ("Submit this return", "return_submit", ""),
    "approve_return": ("Approve", "return_approve", ""),
    "query_return": ("Send back with a query", "return_query", "secondary"),
    "reopen_return": ("Open it again", "return_reopen", "warning"),
}


@dataclass(frozen=True)
class Action:
    """A button: what it says, where it leads, its kind of button, and why it cannot be used now."""

    label: str
    href: str = ""
    kind: str = ""
    why_not: str = ""


@within(*READS)
@require_safe
@about_return
@logs_read("return:{pk}")
def return_detail(request: ReturnRequest, **_parts: object) -> HttpResponse:
    """The page of a return. Reading it is on the trail."""
    return shown(request)


@within(Permission.ENTER_RETURN, Permission.APPROVE_RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
@about_return
@logs_read("return:{pk}")
def return_answer(request: ReturnRequest, *, fault: int, **_parts: object) -> HttpResponse:
    """Say why a contradiction stands. Asked for without an answer, it is the page of the return with the fault open."""
    found: Fault = found_or_refused(request.agency_return.faults.all(), request, pk=fault)
    form = AnswerForm(request.POST if request.method == "POST" else None, prefix=f"fault-{found.pk}")
    if form.is_valid():
        try:
            answer_fault(
                fault=found, answer=form.cleaned_data["answer"], by=request.standing.person, now=timezone.now()
            )
        except NotAllowedError as error:
            form.add_error("answer", f"{str(error)[:1].upper()}{str(error)[1:]}.".replace("..", "."))
        else:
            messages.success(request, "Your answer is saved with the figures.")
            return redirect(f"{detail_href(request, request.agency_return)}#faults")
    return shown(request, bound={found.pk: form})


def shown(request: ReturnRequest, *, bound: Mapping[int, AnswerForm] | None = None) -> HttpResponse:
    """The page of the request's return; `bound` are answer forms that came back with an error, by fault."""
    held, standing, today = request.agency_return, request.standing, timezone.localdate()
    moves = list(held.moves.select_related("moved_by"))
    dates = date_moves_of(held)
    figures = list(held.figures.select_related("entered_by"))
    may_answer = not why_no_answer(held, standing, today)
    faults = fault_lines(held.faults.select_related("answered_by"), may_answer=may_answer, bound=bound)
    progress = progress_of(held, figures)
    lines = Paginator(figure_lines(figures), FIGURES_A_PAGE).get_page(request.GET.get("page"))
    unanswered = sum(line.fault.needs_answer for line in faults)
    waits = {
        "submit_return": why_not_submitted(progress, lines.paginator.count),
        "approve_return": why_not_approved(standing, figures, moves, unanswered),
    }
    status, words = status_of(held, today)
    return page(
        request,
        "detail",
        title=str(held),
        lead=_lead(held, progress.words, unanswered),
        status=status,
        status_words=words,
        facts=_facts(held, standing, today, handed_in_words(held, moves, dates)),
        query=_query(held, moves),
        faults=[line for line in faults if line.fault.severity == "fault"],
        unanswered=unanswered,
        notes=[line for line in faults if line.fault.severity == "note"],
        progress=progress,
        missing=missing_words(progress.missing),
        lines=lines,
        count_words=counted(lines.paginator.count, "figure"),
        restated=sum(bool(line.earlier) for line in lines.paginator.object_list),
        moves=history_lines(held, moves, dates),
        locked=_locked(held, standing, moves, today),
        closed=held.is_closed_on(today),
        dates_href=_dates_href(held, standing),
        entry=_entry(held, standing, today, wanted=bool(progress.missing) or not lines.paginator.count),
        actions=_actions(held, standing, waits),
        bound_forms=list((bound or {}).values()),
        has_errors=any(form.errors for form in (bound or {}).values()),
    )


def _lead(held: AgencyReturn, progress: str, unanswered: int) -> str:
    if unanswered:
        waits = "waits" if unanswered == 1 else "wait"
        return f"{held.agency}. {progress} {counted(unanswered, 'fault')} in the figures {waits} for an answer."
    return f"{held.agency}. {progress}"


def _facts(held: AgencyReturn, standing: Standing, today: date, handed_in: str) -> list[tuple[str, str]]:
    facts = [
        ("Next step", next_step(held, standing, today)),
        ("Agency", held.agency.name),
        ("Period", held.period.label),
        ("Opens", day_words(held.opens_on)),
        ("Due", due_words(held, today)),
        ("Closes", closes_words(held, today)),
    ]
    more = (("Handed in", handed_in), ("Source", held.source))
    return [*facts, *((name, words) for name, words in more if words)]


def _query(held: AgencyReturn, moves: Sequence[ReturnMove]) -> ReturnMove | None:
    """What the analyst asked last, while it waits for an answer."""
    if held.state != ReturnState.QUERIED:
        return None
    return next((move for move in reversed(moves) if move.to_state == ReturnState.QUERIED), None)


def _locked(held: AgencyReturn, standing: Standing, moves: Sequence[ReturnMove], today: date) -> str:
    """Why figures cannot be changed now, who can unlock it, since when; for the agency and who can move its dates."""
    unlocks = held.is_closed_on(today) and can_move_dates(held, standing)
    if not unlocks and not standing.may_for(Permission.ENTER_RETURN, held.agency_id):
        return ""
    reason = held.why_locked_on(today)
    if reason and held.state not in EDITABLE_STATES and moves:
        since = day_words(timezone.localdate(moves[-1].moved_at))
        return f"{reason} Locked since {since}."
    return reason


def _dates_href(held: AgencyReturn, standing: Standing) -> str:
    """Where its dates are moved, for those who may."""
    return reverse("return_dates", args=[standing.partnership.slug, held.pk]) if can_move_dates(held, standing) else ""


def _entry(held: AgencyReturn, standing: Standing, today: date, *, wanted: bool) -> list[Action]:
    """Ways to give figures, for those who may now. The first stands out while figures are `wanted`."""
    if not can_enter(held, standing, today):
        return []
    slug = standing.partnership.slug
    return [
        Action("Upload a file", reverse("return_upload", args=[slug, held.pk]), "" if wanted else "secondary"),
        Action("Type figures in", reverse("return_form", args=[slug, held.pk]), "secondary"),
    ]


def _actions(held: AgencyReturn, standing: Standing, waits: Mapping[str, str]) -> list[Action]:
    """The moves that this person's duties and the status allow, with why one of them has to wait."""
    slug = standing.partnership.slug
    return [
        Action(label, reverse(name, args=[slug, held.pk]), kind, waits.get(move, ""))
        for move, (label, name, kind) in BUTTONS.items()
        if can_move(move, held, standing)
    ]


def why_not_submitted(progress: Progress, figures: int) -> str:
    """What has to be put right before it can be submitted."""
    if not figures:
        return "You can submit it once there are figures in it."
    if progress.missing:
        ones = counted(len(progress.missing), "missing figure")
        return f"You can submit it once you have given the {ones} below, or said why there is none."
    return ""


def why_not_approved(
    standing: Standing, figures: Iterable[Figure], moves: Iterable[ReturnMove], unanswered: int
) -> str:
    """What stands against approval by this person."""
    entered = {figure.entered_by_id for figure in figures if figure.is_current}
    submitted = {move.moved_by_id for move in moves if move.to_state == ReturnState.SUBMITTED}
    if standing.person.pk in entered | submitted:
        return "You entered or submitted these figures, so somebody else has to approve them."
    if unanswered:
        faults = "the fault in the figures is" if unanswered == 1 else f"the {unanswered:,} faults in the figures are"
        return f"It can be approved once {faults} answered."
    return ""
