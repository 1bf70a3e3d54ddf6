"""Agencies asked what they know, and their answers: written by the one who was asked, read by the review's readers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.plan.rules import agencies_in
from trefoil.reviews.forms import ReasonForm

from ..forms import AgencyForm, ReplyForm
from ..models import InformationRequest
from ..moving import reporting_due
from ..needs import ASKED_IN
from ..operations.requests import answer_request, ask_agency, withdraw_request
from ..rules import deaths_led_by, deaths_visible_to, identities_visible_to, is_lead, requests_visible_to
from .frame import METHODS, carried_out, confirmed, form_page, found_led, href, page, sent, way
from .readers import people_to_choose


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def request_new(request: PageRequest, *, reference: str) -> HttpResponse:
    """Ask an agency what it knows."""
    death, now = found_led(request, reference), timezone.now()
    agencies = {one.pk: one for one in agencies_in(death.partnership, timezone.localdate(now))}
    people, choices = people_to_choose(death.partnership)
    form = AgencyForm(
        sent(request),
        agencies=[(key, str(one)) for key, one in agencies.items()],
        people=choices,
        initial={"due_on": reporting_due(death.partnership, now)},
    )

    def run() -> None:
        given = form.cleaned_data
        ask_agency(
            death=death,
            agency=agencies[given["agency"]],
            person=people[given["person"]],
            due_on=given["due_on"],
            ask=given["ask"],
            by=request.standing.person,
            now=now,
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="They are told that their agency is asked.",
        to=href(request, "death_detail", reference),
        button="Ask them",
        title="Ask an agency what it knows",
        lead="It stands in their work without a name. Who the child was they read on a page of its own. The day is "
        "that of the time limit for the reporting form; you can set another.",
        above=way(request, death),
    )


def _found(request: PageRequest, reference: str, agency: int) -> InformationRequest:
    visible = requests_visible_to(request.standing).filter(death__reference=reference)
    found = found_or_refused(visible, request, agency=agency)
    confirmed(request)
    return found


@within(Permission.READ_DEATHS)
@keeps_draft("death:{reference}:reply:{agency}")
@require_http_methods(METHODS)
def reply_detail(request: DraftRequest, *, reference: str, agency: int) -> HttpResponseBase:
    """What an agency was asked, what it answered, and, for who answers, the form."""
    asked = _found(request, reference, agency)
    leads = is_lead(request.standing, asked.death)
    writes = asked.death.state in ASKED_IN and (leads or asked.person_id == request.standing.person.pk)
    last = asked.replies.last()
    names = ("known", "involvement", "factors", "care", "author")
    initial = {name: getattr(last, name) for name in names} if last else {"author": str(asked.person)}
    form = ReplyForm(sent(request), initial=initial, draft=request.draft)

    def run() -> None:
        answer_request(request=asked, answered=form.answered, by=request.standing.person, now=timezone.now())

    if request.method == "POST" and form.is_valid() and carried_out(form, run):
        messages.success(request, "It is sent. You can correct it by sending it again.")
        return redirect(href(request, "reply_detail", reference, agency))
    return _page(request, reference=reference, asked=asked, form=form, writes=writes, leads=leads)


@logs_read("death:{reference}")
def _page(request: PageRequest, *, reference: str, asked: InformationRequest, **context: Any) -> HttpResponse:
    is_read = deaths_visible_to(request.standing).filter(pk=asked.death_id).exists()
    replies = list(asked.replies.select_related("sent_by"))
    whom = "you" if asked.person_id == request.standing.person.pk else str(asked.person)
    return page(
        request,
        "reply",
        title=f"{asked.agency}: what it knows of {reference}",
        lead=f"Asked of {whom}, due on {asked.due_on:%-d %B %Y}.",
        above=way(request, asked.death, is_read=is_read),
        death=asked.death,
        asked=asked,
        reply=replies[-1] if replies else None,
        earlier=replies[:-1],
        sees_identity=identities_visible_to(request.standing).filter(death=asked.death_id).exists(),
        **context,
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def request_withdraw(request: PageRequest, *, reference: str, agency: int) -> HttpResponse:
    """Ask this agency no more."""
    led = deaths_led_by(request.standing)
    visible = requests_visible_to(request.standing).filter(death__in=led, death__reference=reference)
    asked = found_or_refused(visible, request, agency=agency)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: withdraw_request(
            request=asked, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done=f"{asked.agency} is not asked any more.",
        to=href(request, "death_detail", reference),
        button="Withdraw what was asked",
        kind="warning",
        title=f"Ask {asked.agency} no more",
        lead="Whoever answered for it alone reads no more. What it answered goes with the request.",
        above=way(request, asked.death),
    )
