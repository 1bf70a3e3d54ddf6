"""Judging whether an action changed anything: what its evidence says, and on which of it the judgement rests."""

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..forms.evidence import JudgeForm
from ..models import Action, Evidence
from ..operations.evidence import judge_impact
from ..rules import check_can_judge
from ..summaries import EvidenceLine, evidence_lines
from .action import action_of
from .evidence import METHODS, about
from .frame import Ask, action_crumbs, asked, href, sent, why_not


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
