"""Workstreams of a priority and stubborn challenges: added, changed, withdrawn."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..forms.fields import ReasonForm, give, priorities_of
from ..forms.priorities import ChallengeChangeForm, ChallengeForm, WorkstreamChangeForm, WorkstreamForm
from ..models import StubbornChallenge, Workstream
from ..operations.priorities import (
    add_workstream,
    change_challenge,
    change_workstream,
    name_challenge,
    withdraw_challenge,
    withdraw_workstream,
)
from ..rules import agencies_in, challenges_visible_to, workstreams_visible_to
from ..rules_people import people_here
from .frame import Ask, asked, href, sent
from .priorities import priority_crumbs, priority_of

METHODS = ["GET", "HEAD", "POST"]
WITHDRAWN = "It has been withdrawn."


@within(Permission.WRITE_PLAN)
@require_http_methods(METHODS)
@keeps_draft("workstream:new:{pk}")
def workstream_new(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Add a workstream to a priority."""
    priority, standing, today = priority_of(request, pk), request.standing, timezone.localdate()
    form = WorkstreamForm(sent(request), draft=request.draft)
    give(form, lead=people_here(standing.partnership, today), agency=agencies_in(standing.partnership, today))
    ask = Ask(
        title="Add a workstream",
        lead="A part of the priority with a lead of its own. Actions can be put under it.",
        button="Add this workstream",
        done="The workstream is added.",
        back=href(request, "priority_detail", pk),
        facts=[("Priority", priority.title)],
    )
    return asked(
        request,
        ask,
        form,
        lambda: add_workstream(priority=priority, by=standing.person, now=timezone.now(), **form.cleaned_data),
        above=priority_crumbs(request, priority),
    )


@within(Permission.WRITE_PLAN)
@require_http_methods(METHODS)
@keeps_draft("workstream:{pk}")
def workstream_change(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Change a workstream."""
    stream, standing, today = _workstream(request, pk), request.standing, timezone.localdate()
    initial = {name: getattr(stream, name) for name in ("title", "words", "lead", "agency")}
    form = WorkstreamChangeForm(sent(request), record=stream, initial=initial, draft=request.draft)
    give(form, lead=people_here(standing.partnership, today), agency=agencies_in(standing.partnership, today))
    ask = Ask(
        title="Change this workstream",
        lead="Its title, its words or its lead.",
        button="Save",
        done="The workstream is changed.",
        back=href(request, "priority_detail", stream.priority_id),
        why_not=WITHDRAWN if stream.is_withdrawn else "",
    )
    return asked(
        request,
        ask,
        form,
        lambda: change_workstream(workstream=stream, by=standing.person, now=timezone.now(), **form.cleaned_data),
        above=priority_crumbs(request, stream.priority),
    )


@within(Permission.WRITE_PLAN)
@require_http_methods(METHODS)
def workstream_withdraw(request: PageRequest, *, pk: int) -> HttpResponse:
    """End a workstream."""
    stream, by = _workstream(request, pk), request.standing.person
    form = ReasonForm(sent(request))
    ask = Ask(
        title="Withdraw this workstream",
        lead="Its actions stay under the priority.",
        button="Withdraw it",
        button_kind="warning",
        done="The workstream is withdrawn.",
        back=href(request, "priority_detail", stream.priority_id),
        facts=[("Workstream", stream.title)],
        why_not=WITHDRAWN if stream.is_withdrawn else "",
    )
    return asked(
        request,
        ask,
        form,
        lambda: withdraw_workstream(workstream=stream, by=by, now=timezone.now(), **form.cleaned_data),
        above=priority_crumbs(request, stream.priority),
    )


def _workstream(request: PageRequest, pk: int) -> Workstream:
    return found_or_refused(workstreams_visible_to(request.standing), request, pk=pk)


@within(Permission.WRITE_PLAN)
@require_http_methods(METHODS)
@keeps_draft("challenge:new")
def challenge_new(request: DraftRequest) -> HttpResponse:
    """Name a stubborn challenge."""
    standing = request.standing
    form = ChallengeForm(sent(request), draft=request.draft)
    give(form, priority=priorities_of(standing))
    ask = Ask(
        title="Name a stubborn challenge",
        lead="What has not yielded in spite of everything tried. It stays on the plan until it does.",
        button="Name it",
        done="The challenge is named.",
        back=href(request, "plan_page"),
    )
    return asked(
        request,
        ask,
        form,
        lambda: name_challenge(
            partnership=standing.partnership, by=standing.person, now=timezone.now(), **form.cleaned_data
        ),
    )


@within(Permission.WRITE_PLAN)
@require_http_methods(METHODS)
@keeps_draft("challenge:{pk}")
def challenge_change(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Say anew how a challenge stands."""
    challenge, standing = _challenge(request, pk), request.standing
    initial = {name: getattr(challenge, name) for name in ("title", "why_stubborn", "tried", "next_words", "priority")}
    form = ChallengeChangeForm(sent(request), record=challenge, initial=initial, draft=request.draft)
    give(form, priority=priorities_of(standing))
    ask = Ask(
        title="Change this challenge",
        lead="Why it does not yield, what has been tried, and what comes next.",
        button="Save",
        done="The challenge is changed.",
        back=href(request, "plan_page"),
        why_not=WITHDRAWN if challenge.is_withdrawn else "",
    )
    return asked(
        request,
        ask,
        form,
        lambda: change_challenge(challenge=challenge, by=standing.person, now=timezone.now(), **form.cleaned_data),
    )


@within(Permission.WRITE_PLAN)
@require_http_methods(METHODS)
def challenge_withdraw(request: PageRequest, *, pk: int) -> HttpResponse:
    """Say that it is a challenge no more."""
    challenge, by = _challenge(request, pk), request.standing.person
    form = ReasonForm(sent(request))
    ask = Ask(
        title="Withdraw this challenge",
        lead="Say what made it yield, or why it is no longer one.",
        button="Withdraw it",
        button_kind="warning",
        done="The challenge is withdrawn.",
        back=href(request, "plan_page"),
        facts=[("Challenge", challenge.title)],
        why_not=WITHDRAWN if challenge.is_withdrawn else "",
    )
    return asked(
        request,
        ask,
        form,
        lambda: withdraw_challenge(challenge=challenge, by=by, now=timezone.now(), **form.cleaned_data),
    )


def _challenge(request: PageRequest, pk: int) -> StubbornChallenge:
    return found_or_refused(challenges_visible_to(request.standing), request, pk=pk)
