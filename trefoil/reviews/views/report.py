"""Drafts of the report, an agency's response, and how a partner holds that it is published."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within

from ..enums_local import AgencyAnswer, HowPublished
from ..forms_report import DraftForm, PublishingPositionForm, ResponseForm
from ..operations.publication import take_publishing_position
from ..operations.report import give_response, receive_draft
from ..queries_report import agency_responses_of
from ..rules import is_lead
from .frame import METHODS, form_page, found_led, found_review, href, sent
from .notes import way_to_local
from .rapid import speakers_for


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def draft_new(request: PageRequest, *, reference: str) -> HttpResponse:
    """A draft came from the reviewer."""
    review = found_led(request, reference)
    files = request.FILES if request.method == "POST" else None
    form = DraftForm(sent(request), files, initial={"received_on": timezone.localdate()})

    def run() -> None:
        given = form.cleaned_data
        full, redacted = given["full"], given["redacted"]
        receive_draft(
            review=review,
            received_on=given["received_on"],
            is_final=given["is_final"] == "yes",
            words=given["words"],
            full=(full, full.name),
            redacted=(redacted, redacted.name) if redacted else None,
            is_read_through=given["is_read_through"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The draft is on record.",
        to=f"{href(request, 'review_local', reference)}#report",
        button="Put it on record",
        title="A draft of the report",
        lead="In full, and with what names the child left out. The two are kept apart, and both are sealed.",
        above=way_to_local(request, review),
    )


@within(Permission.READ_REVIEWS)
@require_http_methods(METHODS)
def response_give(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """An agency's answer, by its own reader or by who leads."""
    review = found_review(request, reference)
    waiting = agency_responses_of(review).filter(undone_at__isnull=True, answered_at__isnull=True)
    if not is_lead(request.standing, review):
        waiting = waiting.filter(agency=request.standing.person.agency_id)
    response = found_or_refused(waiting, request, pk=pk)
    form = ResponseForm(sent(request), initial={"answered_on": timezone.localdate()})

    def run() -> None:
        given = form.cleaned_data
        give_response(
            response=response,
            answer=AgencyAnswer(given["answer"]),
            words=given["words"],
            answered_on=given["answered_on"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The answer is on record.",
        to=f"{href(request, 'review_local', reference)}#responses",
        button="Put it on record",
        title=f"{response.agency}: its response",
        lead=f"To the recommendation: {response.recommendation.recommendation.words}",
        above=way_to_local(request, review),
    )


@within(Permission.TAKE_POSITION, Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def publishing_position(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """How a statutory partner holds that it is published."""
    review = found_review(request, reference)
    speakers, to = speakers_for(request, review), f"{href(request, 'review_local', reference)}#publication"
    if not speakers:
        messages.error(request, "Nobody here speaks for a statutory partner: no account names one as its agency.")
        return redirect(to)
    choices = [(key, f"{person}, for {agency}") for key, (person, agency) in speakers.items()]
    form = PublishingPositionForm(sent(request), speakers=choices)

    def run() -> None:
        person, agency = speakers[form.cleaned_data["speaker"]]
        take_publishing_position(
            review=review,
            agency=agency,
            person=person,
            stance=HowPublished(form.cleaned_data["stance"]),
            reason=form.cleaned_data["reason"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The position is on record.",
        to=to,
        button="Put it on record",
        title="A partner’s position on publishing",
        lead="It is published only when every statutory partner holds the same right.",
        above=way_to_local(request, review),
    )
