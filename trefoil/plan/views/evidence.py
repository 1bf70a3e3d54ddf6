"""Evidence of impact: added in two steps, shown with its chart, withdrawn; judgements."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..enums import EvidenceKind
from ..forms.evidence import EvidenceForm, JudgeForm, KindForm
from ..forms.fields import ReasonForm
from ..models import Action, Evidence
from ..operations.evidence import (
    add_evidence,
    judge_impact,
    withdraw_evidence,
)
from ..rules import (
    check_can_add_evidence,
    check_can_judge,
    evidence_visible_to,
)
from ..summaries import EvidenceLine, evidence_line, evidence_lines
from ..words import day_words
from .action import action_of
from .frame import Ask, action_crumbs, asked, href, page, sent, why_not

METHODS = ["GET", "HEAD", "POST"]


@within(Permission.READ_PLAN)
@require_http_methods(["GET", "HEAD"])
def evidence_new(request: PageRequest, *, pk: int) -> HttpResponse:
    """First step: which kind of evidence."""
    action = action_of(request, pk)
    form = KindForm(request.GET if "kind" in request.GET else None)
    against = why_not(lambda: check_can_add_evidence(action, request.standing))
    if form.is_valid() and not against:
        return redirect(href(request, "evidence_add", pk, form.cleaned_data["kind"]))
    return page(
        request,
        "evidence_kind",
        title="Add evidence of impact",
        lead="" if against else "What shows whether this action changed anything for children? First, its kind.",
        above=action_crumbs(request, action),
        action=action,
        form=form,
        against=against,
        back=href(request, "action_detail", pk),
    )


@within(Permission.READ_PLAN)
@require_http_methods(METHODS)
@keeps_draft("evidence:{pk}:{kind}")
def evidence_add(request: DraftRequest, *, pk: int, kind: str) -> HttpResponse:
    """Second step: what it shows."""
    action, standing = action_of(request, pk), request.standing
    if kind not in EvidenceKind:
        return redirect(href(request, "evidence_new", pk))
    today = timezone.localdate()
    likely = action.priority.indicators if action.priority else ()
    form = EvidenceForm(sent(request), kind=EvidenceKind(kind), today=today, likely=likely, draft=request.draft)
    ask = Ask(
        title=EvidenceKind(kind).label,
        lead="It is added to the action, dated, under your name. Name no child and nobody who was heard.",
        button="Add this evidence",
        done="The evidence is added.",
        back=href(request, "action_detail", pk),
        facts=about(action),
        why_not=why_not(lambda: check_can_add_evidence(action, standing)),
    )
    return asked(request, ask, form, lambda: _add(request, action, form), above=action_crumbs(request, action))


def _add(request: PageRequest, action: Action, form: EvidenceForm) -> Evidence:
    given = form.cleaned_data
    return add_evidence(
        action=action,
        kind=form.kind,
        title=given["title"],
        words=given["words"],
        happened_on=given["happened_on"],
        fields=form.evidence_fields(),
        by=request.standing.person,
        now=timezone.now(),
    )


def about(action: Action) -> list[tuple[str, object]]:
    """What stands above a form about evidence: the action, and how one will know that it worked."""
    facts: list[tuple[str, object]] = [("Action", action.title), ("Agency", action.agency.name)]
    return [*facts, ("How one will know that it worked", action.success)] if action.success else facts


@within(Permission.READ_PLAN)
@require_safe
def evidence_detail(request: PageRequest, *, pk: int) -> HttpResponse:
    """One piece with what it shows; of an indicator, its chart with the day of the change on it."""
    piece = _piece(request, pk)
    line = evidence_line(piece)
    refused = why_not(lambda: check_can_add_evidence(piece.action, request.standing))
    return page(
        request,
        "evidence",
        title=piece.title,
        lead=line.finding,
        above=action_crumbs(request, piece.action),
        piece=piece,
        line=line,
        facts=[*_facts(piece), *line.facts],
        may_withdraw=not piece.is_withdrawn and not refused,
        judged=list(piece.judgements.select_related("judged_by")),
    )


def _facts(piece: Evidence) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        ("Kind", piece.get_kind_display()),
        ("Action", piece.action.title),
        ("Day it speaks of", day_words(piece.happened_on)),
        ("Day of the change", day_words(piece.change_on) if piece.change_on else ""),
        ("In words", piece.words if piece.kind not in (EvidenceKind.VOICE, EvidenceKind.OTHER) else ""),
        ("Added by", f"{piece.added_by}, {day_words(timezone.localdate(piece.added_at))}"),
    ]
    return [(name, value) for name, value in facts if value]


def _piece(request: PageRequest, pk: int) -> Evidence:
    visible = evidence_visible_to(request.standing).select_related(
        "action__agency", "action__partnership", "partnership__area__region", "withdrawn_by"
    )
    return found_or_refused(visible, request, pk=pk)


@within(Permission.READ_PLAN)
@require_http_methods(METHODS)
def evidence_withdraw(request: PageRequest, *, pk: int) -> HttpResponse:
    """Say why a piece no longer counts."""
    piece = _piece(request, pk)
    form = ReasonForm(sent(request))
    against = why_not(lambda: check_can_add_evidence(piece.action, request.standing))
    ask = Ask(
        title="Withdraw this evidence",
        lead="It stays readable, with your reason, and no judgement can rest on it from now on.",
        button="Withdraw it",
        button_kind="warning",
        done="The evidence is withdrawn.",
        back=href(request, "action_detail", piece.action_id),
        facts=[("Evidence", piece.title)],
        why_not="It has been withdrawn already." if piece.is_withdrawn else against,
    )
    by = request.standing.person
    return asked(
        request,
        ask,
        form,
        lambda: withdraw_evidence(evidence=piece, by=by, now=timezone.now(), **form.cleaned_data),
        above=action_crumbs(request, piece.action),
    )


@within(Permission.JUDGE_IMPACT)
@require_http_methods(METHODS)
@keeps_draft("action:{pk}:judge")
def action_judge(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Judge whether an action changed anything."""
    action, standing = action_of(request, pk), request.standing
    pieces = list(action.evidence.filter(withdrawn_at__isnull=True).select_related("partnership__area__region"))
    lines = evidence_lines(pieces)
    form = JudgeForm(sent(request), lines=lines, draft=request.draft)
    findings = [(line.piece.title, line.finding) for line in lines]
    ask = Ask(
        title="Judge its impact",
        lead="Did it change practice, or children’s lives? Say what you find and on which evidence.",
        button="Record this judgement",
        done="The judgement is recorded.",
        back=href(request, "action_detail", pk),
        facts=[*about(action), *findings],
        notes=_judging_notes(lines),
        why_not=why_not(lambda: check_can_judge(action, standing)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: _judge(request, action, form, pieces),
        above=action_crumbs(request, action),
    )


def _judging_notes(lines: list[EvidenceLine]) -> tuple[str, ...]:
    """What bounds the judgement, before it is made."""
    if not lines:
        return ("There is no evidence yet. Without any, only that none can be shown, and why.",)
    if not any(line.says_no_change for line in lines):
        return ()
    found = "All of it" if all(line.says_no_change for line in lines) else "Some of it"
    return (f"{found} changed no more than noise or chance would. That alone cannot show impact, not even in part.",)


def _judge(request: PageRequest, action: Action, form: forms.Form, pieces: list[Evidence]) -> None:
    given = form.cleaned_data
    chosen = set(given.get("rests_on", ()))
    judge_impact(
        action=action,
        verdict=given["verdict"],
        words=given["words"],
        rests_on=[piece for piece in pieces if piece.pk in chosen],
        by=request.standing.person,
        now=timezone.now(),
    )
