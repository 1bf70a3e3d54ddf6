"""Moving an action on: answer, word, date, hand-over, done, closed, opened again, withdrawn."""

from collections.abc import Callable

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..forms.actions import AcceptForm, DateForm, FinishForm, HandOverForm, ReopenForm, UpdateForm
from ..forms.fields import ReasonForm, give
from ..models import Action
from ..operations.action_moves import (
    accept_action,
    begin_action,
    close_action,
    finish_action,
    hand_over_action,
    refuse_action,
    reopen_action,
    withdraw_action,
)
from ..operations.actions import move_due_date, tell_progress
from ..queries import newest_judgement
from ..rules import (
    agencies_in,
    check_can_hand_over,
    check_can_move,
    check_can_move_date,
    check_can_update,
    people_of,
    why_not_closed,
)
from ..rules_people import people_here
from ..states import Who
from ..words import day_words, sentence
from .action import action_of
from .frame import Ask, action_crumbs, asked, href, own_action_or_refuse, sent, why_not

METHODS = ["GET", "HEAD", "POST"]


def _ask(
    request: PageRequest,
    action: Action,
    form: forms.Form,
    carry_out: Callable[[], object],
    *,
    title: str,
    lead: str,
    button: str,
    done: str,
    against: str = "",
    kind: str = "",
) -> HttpResponse:
    """A page that asks something about an action and leads back to it."""
    ask = Ask(
        title=title,
        lead=lead,
        button=button,
        button_kind=kind,
        done=done,
        back=href(request, "action_detail", action.pk),
        facts=[
            ("Action", action.title),
            ("Agency", action.agency.name),
            ("Status", action.get_state_display()),
            ("Due", day_words(action.due_on)),
        ],
        why_not=against,
    )
    return asked(request, ask, form, carry_out, above=action_crumbs(request, action))


def _against(move: str, request: PageRequest, action: Action) -> str:
    return why_not(lambda: check_can_move(move, action, request.standing))


@within(Permission.ANSWER_ACTION)
@require_http_methods(METHODS)
def action_accept(request: PageRequest, *, pk: int) -> HttpResponse:
    """The agency takes it on."""
    action, standing = own_action_or_refuse(request, pk), request.standing
    form = AcceptForm(sent(request), initial={"person": action.person_id})
    give(form, person=people_of(action.agency, standing.partnership, timezone.localdate()))
    return _ask(
        request,
        action,
        form,
        lambda: accept_action(action=action, by=standing.person, now=timezone.now(), **form.cleaned_data),
        title="Accept this action",
        lead="Your agency then owns it. It says how it stands at least each quarter, and is done by its date.",
        button="Accept it",
        done="Your agency has accepted the action.",
        against=_against("accept_action", request, action),
    )


@within(Permission.ANSWER_ACTION)
@require_http_methods(METHODS)
@keeps_draft("action:{pk}:refuse")
def action_refuse(request: DraftRequest, *, pk: int) -> HttpResponse:
    """The agency does not take it on."""
    action = own_action_or_refuse(request, pk)
    form = ReasonForm(sent(request), draft=request.draft)
    return _ask(
        request,
        action,
        form,
        lambda: refuse_action(action=action, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        title="Refuse this action",
        lead="The business manager reads your reason, and gives it to another agency or withdraws it.",
        button="Refuse it",
        done="Your agency has refused the action.",
        kind="warning",
        against=_against("refuse_action", request, action),
    )


@within(Permission.READ_PLAN)
@require_http_methods(METHODS)
@keeps_draft("action:{pk}:update")
def action_update(request: DraftRequest, *, pk: int) -> HttpResponse:
    """The owner says how it stands."""
    action, standing = own_action_or_refuse(request, pk, Who.OWNER), request.standing
    form = UpdateForm(sent(request), draft=request.draft)
    return _ask(
        request,
        action,
        form,
        lambda: tell_progress(action=action, by=standing.person, now=timezone.now(), **form.cleaned_data),
        title="Say how this action stands",
        lead="Your words are added to its history. Nothing that was said before is lost.",
        button="Add this word",
        done="Your word is added.",
        against=why_not(lambda: check_can_update(action, standing)),
    )


@within(Permission.READ_PLAN)
@require_http_methods(METHODS)
def action_begin(request: PageRequest, *, pk: int) -> HttpResponse:
    """Work has begun."""
    action = own_action_or_refuse(request, pk, Who.OWNER)
    form = forms.Form(sent(request))
    return _ask(
        request,
        action,
        form,
        lambda: begin_action(action=action, by=request.standing.person, now=timezone.now()),
        title="Begin this action",
        lead="It then stands among those under way.",
        button="The work has begun",
        done="The action is under way.",
        against=_against("begin_action", request, action),
    )


@within(Permission.READ_PLAN)
@require_http_methods(METHODS)
@keeps_draft("action:{pk}:done")
def action_finish(request: DraftRequest, *, pk: int) -> HttpResponse:
    """The work is done."""
    action = own_action_or_refuse(request, pk, Who.OWNER)
    form = FinishForm(sent(request), draft=request.draft)
    return _ask(
        request,
        action,
        form,
        lambda: finish_action(action=action, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        title="Say that this action is done",
        lead="It is not closed yet: first somebody judges whether it changed anything. Add the evidence you have.",
        button="It is done",
        done="The action is done. Add evidence of what it changed.",
        against=_against("finish_action", request, action),
    )


@within(Permission.ANSWER_ACTION, Permission.WRITE_PLAN)
@require_http_methods(METHODS)
@keeps_draft("action:{pk}:date")
def action_date(request: DraftRequest, *, pk: int) -> HttpResponse:
    """It gets another date."""
    action, standing = own_action_or_refuse(request, pk, Who.HANDING), request.standing
    form = DateForm(sent(request), record=action, draft=request.draft)
    return _ask(
        request,
        action,
        form,
        lambda: move_due_date(action=action, by=standing.person, now=timezone.now(), **form.cleaned_data),
        title="Move the date of this action",
        lead="The earlier date and your reason stay in its history.",
        button="Move the date",
        done="The date is moved.",
        against=why_not(lambda: check_can_move_date(action, standing)),
    )


@within(Permission.ANSWER_ACTION, Permission.WRITE_PLAN)
@require_http_methods(METHODS)
@keeps_draft("action:{pk}:hand-over")
def action_hand_over(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Somebody else has it from now on."""
    action, standing, today = own_action_or_refuse(request, pk, Who.HANDING), request.standing, timezone.localdate()
    form = HandOverForm(sent(request), initial={"agency": action.agency_id}, draft=request.draft)
    partnership = standing.partnership
    give(form, agency=agencies_in(partnership, today), person=people_here(partnership, today))
    return _ask(
        request,
        action,
        form,
        lambda: hand_over_action(
            action=action,
            to_agency=form.cleaned_data["agency"],
            to_person=form.cleaned_data["person"],
            reason=form.cleaned_data["reason"],
            by=standing.person,
            now=timezone.now(),
        ),
        title="Hand this action over",
        lead="Within an agency it goes on as it stands. Another agency is asked first whether it accepts.",
        button="Hand it over",
        done="The action is handed over.",
        against=why_not(lambda: check_can_hand_over(action, standing)),
    )


@within(Permission.WRITE_PLAN)
@require_http_methods(METHODS)
@keeps_draft("action:{pk}:withdraw")
def action_withdraw(request: DraftRequest, *, pk: int) -> HttpResponse:
    """It is no longer wanted."""
    action = action_of(request, pk)
    form = ReasonForm(sent(request), draft=request.draft)
    return _ask(
        request,
        action,
        form,
        lambda: withdraw_action(action=action, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        title="Withdraw this action",
        lead="It stays readable, with your reason. It cannot be taken up again.",
        button="Withdraw it",
        done="The action is withdrawn.",
        kind="warning",
        against=_against("withdraw_action", request, action),
    )


@within(Permission.JUDGE_IMPACT)
@require_http_methods(METHODS)
def action_close(request: PageRequest, *, pk: int) -> HttpResponse:
    """It is closed, on a judgement."""
    action = action_of(request, pk)
    judged = newest_judgement(action)
    form = forms.Form(sent(request))
    against = _against("close_action", request, action)
    unjudged = why_not_closed(judged)
    return _ask(
        request,
        action,
        form,
        lambda: close_action(action=action, by=request.standing.person, now=timezone.now()),
        title="Close this action",
        lead=f"Its impact was judged: {judged.get_verdict_display().lower()}." if judged else "",
        button="Close it",
        done="The action is closed.",
        against=against or (sentence(f"it cannot be closed: {unjudged}") if unjudged else ""),
    )


@within(Permission.JUDGE_IMPACT)
@require_http_methods(METHODS)
@keeps_draft("action:{pk}:reopen")
def action_reopen(request: DraftRequest, *, pk: int) -> HttpResponse:
    """It is taken up again."""
    action = action_of(request, pk)
    form = ReopenForm(sent(request), draft=request.draft)
    return _ask(
        request,
        action,
        form,
        lambda: reopen_action(action=action, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        title="Open this action again",
        lead="What it changed was not enough, or has not lasted. Its agency works on it again.",
        button="Open it again",
        done="The action is open again.",
        kind="warning",
        against=_against("reopen_action", request, action),
    )
