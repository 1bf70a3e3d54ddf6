"""What is done to a clock, each on a page that says back what it is about."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.queries import memberships_visible_to, people_visible_to
from trefoil.access.url_rules import PageRequest, within
from trefoil.people.models import Agency, in_force

from ..enums import Kind, Unit
from ..forms import AttemptForm, HandOverForm, MomentForm, MoveForm, ReasonForm
from ..models import Clock
from ..operations import (
    explain_breach,
    hand_over_clock,
    move_start,
    pause_clock,
    record_attempt,
    resume_clock,
    stop_and_start_next,
    stop_clock,
    withdraw_clock,
)
from ..rules import may_answer_for, why_no_explanation, why_no_pause
from .clock_words import facts_of
from .frame import carried_out, clock_crumb, clock_or_refused, form_page, href, list_crumb, sent

HOURS = {Unit.HOURS, Unit.WORKING_HOURS}
ENDED = "It has ended."
ELSEWHERE = "It belongs to another record, which starts and stops it."


def _asked(
    request: PageRequest,
    clock: Clock,
    form: forms.Form,
    run: Callable[[], object],
    *,
    title: str,
    lead: str,
    button: str,
    done: str,
    why_not: str = "",
    kind: str = "",
) -> HttpResponse:
    """The page of one form about a clock, or what it asks for done and the way back."""
    back = href(request, "clock_detail", clock.pk)
    if request.method == "POST" and not why_not and form.is_valid() and carried_out(form, run):
        messages.success(request, done)
        return redirect(back)
    return form_page(
        request,
        form=form,
        button=button,
        title=title,
        lead=lead,
        above=(list_crumb(request), clock_crumb(request, clock)),
        back=back,
        back_words="Go back to the clock",
        why_not=why_not,
        kind=kind,
        facts=facts_of(clock, request.standing, timezone.now()),
    )


def _why_not_theirs(request: PageRequest, clock: Clock) -> str:
    """Why the reader cannot answer for a clock that they may see, or nothing."""
    if may_answer_for(clock, request.standing):
        return ""
    return "Only who owes this, or who manages clocks, can do that."


def _why_not_kept(clock: Clock) -> str:
    if not clock.is_open:
        return ENDED
    return "" if clock.is_kept_here else ELSEWHERE


@within(Permission.READ_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def clock_stop(request: PageRequest, *, pk: int) -> HttpResponse:
    """What was owed is done. What comes again starts anew."""
    clock, now = clock_or_refused(request, pk), timezone.now()
    form = MomentForm(sent(request), label="When was it done?", now=now, asks_time=clock.unit in HOURS)
    comes_again = clock.kind == Kind.INTERVAL

    def run() -> object:
        operation = stop_and_start_next if comes_again else stop_clock
        return operation(clock=clock, stopped_at=form.moment(), by=request.standing.person, now=now)

    return _asked(
        request,
        clock,
        form,
        run,
        title="It is done",
        lead="The clock stops. It comes again, so the next clock starts from that day."
        if comes_again
        else "The clock stops.",
        button="Stop the clock",
        done="The clock has stopped, and the next one runs." if comes_again else "The clock has stopped.",
        why_not=_why_not_theirs(request, clock) or _why_not_kept(clock),
    )


@within(Permission.READ_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def clock_attempt(request: PageRequest, *, pk: int) -> HttpResponse:
    """Something was tried. One that failed stops nothing."""
    clock, now = clock_or_refused(request, pk), timezone.now()
    form = AttemptForm(sent(request), label="When was it tried?", now=now, asks_time=clock.unit in HOURS)

    def run() -> None:
        given = form.cleaned_data
        succeeded, words = given["succeeded"] == "yes", given["words"]
        moment, by = form.moment(), request.standing.person
        record_attempt(clock=clock, succeeded=succeeded, attempted_at=moment, by=by, now=now, words=words)

    return _asked(
        request,
        clock,
        form,
        run,
        title="Write down an attempt",
        lead="An attempt that failed does not stop the clock. It is counted apart, so that effort can be seen.",
        button="Write it down",
        done="The attempt is written down.",
        why_not=_why_not_theirs(request, clock) or _why_not_kept(clock),
    )


@within(Permission.READ_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def clock_explain(request: PageRequest, *, pk: int) -> HttpResponse:
    """Why it was late."""
    clock, now = clock_or_refused(request, pk), timezone.now()
    form = ReasonForm(sent(request), label="Why was it late, and what is done about it?")
    return _asked(
        request,
        clock,
        form,
        lambda: explain_breach(clock=clock, reason=form.cleaned_data["reason"], by=request.standing.person, now=now),
        title="Say why it was late",
        lead="The reason stands beside the clock, for the yearly report too. Later reasons are added to it.",
        button="Save the reason",
        done="The reason is saved.",
        why_not=_why_not_theirs(request, clock) or why_no_explanation(clock, now),
    )


@within(Permission.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def clock_pause(request: PageRequest, *, pk: int) -> HttpResponse:
    """Stop counting, with a reason."""
    clock, now = clock_or_refused(request, pk), timezone.now()
    form = ReasonForm(sent(request), label="Why does it pause?")
    return _asked(
        request,
        clock,
        form,
        lambda: pause_clock(clock=clock, reason=form.cleaned_data["reason"], by=request.standing.person, now=now),
        title="Pause this clock",
        lead="From now on nothing counts until you let it go on. What is due then moves by what the pause lasted.",
        button="Pause it",
        done="The clock is paused.",
        why_not=why_no_pause(clock, now),
    )


@within(Permission.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def clock_resume(request: PageRequest, *, pk: int) -> HttpResponse:
    """Count again."""
    clock, now = clock_or_refused(request, pk), timezone.now()
    return _asked(
        request,
        clock,
        forms.Form(sent(request)),
        lambda: resume_clock(clock=clock, by=request.standing.person, now=now),
        title="Let this clock go on",
        lead="It counts again from now. What is due moves by what the pause lasted.",
        button="Let it go on",
        done="The clock goes on.",
        why_not="" if clock.paused_at else "It is not paused.",
    )


@within(Permission.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def clock_move(request: PageRequest, *, pk: int) -> HttpResponse:
    """Another start, from which the date is worked out anew."""
    clock, now = clock_or_refused(request, pk), timezone.now()
    began = timezone.localtime(clock.started_at)
    form = MoveForm(
        sent(request),
        label="When did it start?",
        now=now,
        asks_time=clock.unit in HOURS,
        initial={"day": began.date(), "time": f"{began:%H:%M}"},
    )

    def run() -> None:
        reason = form.cleaned_data["reason"]
        move_start(clock=clock, started_at=form.moment(), by=request.standing.person, now=now, reason=reason)

    return _asked(
        request,
        clock,
        form,
        run,
        title="Correct its start",
        lead="What is due is worked out anew. The date that it had stays in the history.",
        button="Correct it",
        done="The start is corrected, and the date is worked out anew.",
        why_not="" if clock.is_kept_here and clock.withdrawn_at is None else ELSEWHERE,
    )


@within(Permission.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def clock_hand_over(request: PageRequest, *, pk: int) -> HttpResponse:
    """Somebody else owes it."""
    clock, now = clock_or_refused(request, pk), timezone.now()
    people = list(people_visible_to(request.standing).filter(is_active=True).order_by("name"))
    form = HandOverForm(sent(request), agencies=agencies_of(request, now), people=people)

    def run() -> None:
        agency, person = form.owner
        reason = form.cleaned_data["reason"]
        hand_over_clock(clock=clock, agency=agency, person=person, by=request.standing.person, now=now, reason=reason)

    return _asked(
        request,
        clock,
        form,
        run,
        title="Hand it over",
        lead="Choose who owes it from now on: an agency, a person, or both.",
        button="Hand it over",
        done="It is handed over.",
        why_not=_why_not_kept(clock),
    )


def agencies_of(request: PageRequest, now: datetime) -> list[Agency]:
    """The agencies of the partnership today, by name."""
    members = memberships_visible_to(request.standing).filter(in_force(timezone.localdate(now)))
    return [one.agency for one in members.order_by("agency__name")]


@within(Permission.MANAGE_CLOCKS)
@require_http_methods(["GET", "HEAD", "POST"])
def clock_withdraw(request: PageRequest, *, pk: int) -> HttpResponse:
    """It should not have run."""
    clock, now = clock_or_refused(request, pk), timezone.now()
    form = ReasonForm(sent(request), label="Why is it withdrawn?")
    return _asked(
        request,
        clock,
        form,
        lambda: withdraw_clock(clock=clock, reason=form.cleaned_data["reason"], by=request.standing.person, now=now),
        title="Withdraw this clock",
        lead="Withdraw what should never have run. It stays to read with your reason, and counts nowhere. "
        "What was owed and not done is late, not withdrawn.",
        button="Withdraw it",
        done="The clock is withdrawn.",
        why_not=_why_not_kept(clock),
        kind="warning",
    )
