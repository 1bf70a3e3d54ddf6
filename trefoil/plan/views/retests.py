"""Tests that impact has lasted: set, recorded, withdrawn."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..forms.evidence import RetestForm, RetestOutcomeForm
from ..forms.fields import ReasonForm
from ..models import Retest
from ..operations.evidence import (
    record_retest,
    set_retest,
    withdraw_retest,
)
from ..rules import (
    check_can_retest,
    retests_visible_to,
)
from ..words import day_words
from .action import action_of
from .evidence import about
from .frame import Ask, action_crumbs, asked, href, sent, why_not

METHODS = ["GET", "HEAD", "POST"]


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
