"""Evidence of impact: added in two steps, shown with its chart, withdrawn; judgements and tests."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, refuse, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..enums import EvidenceKind
from ..forms.evidence import EvidenceForm, KindForm, RetestForm, RetestOutcomeForm
from ..forms.fields import ReasonForm
from ..models import Action, Evidence, Retest
from ..operations.evidence import (
    add_evidence,
    record_retest,
    set_retest,
    withdraw_evidence,
    withdraw_retest,
)
from ..rules import (
    brings_evidence,
    check_can_add_evidence,
    check_can_retest,
    evidence_visible_to,
    retests_visible_to,
)
from ..summaries import evidence_line
from ..words import day_words
from .action import action_of
from .frame import Ask, action_crumbs, asked, href, page, sent, why_not

METHODS = ["GET", "HEAD", "POST"]


@within(Permission.READ_PLAN)
@require_http_methods(["GET", "HEAD"])
def evidence_new(request: PageRequest, *, pk: int) -> HttpResponse:
    """First step: which kind of evidence."""
    action = _shown_by(request, pk)
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
    action, standing = _shown_by(request, pk), request.standing
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


def _shown_by(request: PageRequest, pk: int) -> Action:
    """An action of which it is the reader's to say what it changed; any other is 404, with the refusal on the trail."""
    action, standing = action_of(request, pk), request.standing
    if not brings_evidence(action, standing):
        refuse(request, standing.person, standing.partnership.slug, Permission.ADD_RECOMMENDATION, pk=pk)
    return action


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
    """What a page that asks of an action's impact says of the action."""
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
    _shown_by(request, piece.action_id)
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


@within(Permission.JUDGE_IMPACT, Permission.WRITE_PLAN)
@require_http_methods(METHODS)
def retest_new(request: PageRequest, *, pk: int) -> HttpResponse:
    """Set a day to look again."""
    action, standing = action_of(request, pk), request.standing
    form = RetestForm(sent(request))
    ask = Ask(
        title="Look again later",
        lead="What was shown once may not last. Set a day on which somebody looks again, and at what.",
        button="Set this day",
        done="The day is set.",
        back=href(request, "action_detail", pk),
        facts=about(action),
        why_not=why_not(lambda: check_can_retest(action, standing)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: set_retest(action=action, by=standing.person, now=timezone.now(), **form.cleaned_data),
        above=action_crumbs(request, action),
    )


@within(Permission.JUDGE_IMPACT, Permission.WRITE_PLAN)
@require_http_methods(METHODS)
@keeps_draft("retest:{pk}")
def retest_record(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Write down what a test found."""
    retest, standing = _retest(request, pk), request.standing
    form = RetestOutcomeForm(sent(request), draft=request.draft)
    ask = Ask(
        title="Write down what you found",
        lead="If the change has slipped back, the action is opened again.",
        button="Record this",
        done="What you found is recorded.",
        back=href(request, "action_detail", retest.action_id),
        facts=_test_facts(retest),
        why_not=_against(request, retest),
    )
    return asked(
        request,
        ask,
        form,
        lambda: record_retest(retest=retest, by=standing.person, now=timezone.now(), **form.cleaned_data),
        above=action_crumbs(request, retest.action),
    )


@within(Permission.JUDGE_IMPACT, Permission.WRITE_PLAN)
@require_http_methods(METHODS)
def retest_withdraw(request: PageRequest, *, pk: int) -> HttpResponse:
    """Say why a test will not be made."""
    retest = _retest(request, pk)
    form = ReasonForm(sent(request))
    ask = Ask(
        title="Withdraw this test",
        lead="It stays readable, with your reason.",
        button="Withdraw it",
        button_kind="warning",
        done="The test is withdrawn.",
        back=href(request, "action_detail", retest.action_id),
        facts=_test_facts(retest),
        why_not=_against(request, retest),
    )
    by = request.standing.person
    return asked(
        request,
        ask,
        form,
        lambda: withdraw_retest(retest=retest, by=by, now=timezone.now(), **form.cleaned_data),
        above=action_crumbs(request, retest.action),
    )


def _retest(request: PageRequest, pk: int) -> Retest:
    visible = retests_visible_to(request.standing).select_related("action__agency", "action__partnership")
    return found_or_refused(visible, request, pk=pk)


def _test_facts(retest: Retest) -> list[tuple[str, object]]:
    return [("Action", retest.action.title), ("What is looked at", retest.words), ("Day", day_words(retest.due_on))]


def _against(request: PageRequest, retest: Retest) -> str:
    if not retest.is_waiting:
        return "This test has been recorded or withdrawn already."
    return why_not(lambda: check_can_retest(retest.action, request.standing))
