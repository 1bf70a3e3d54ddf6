"""The rapid review: agencies and their parts, sections, criteria, positions, the next step, recommendations."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.people.models import Agency, Person

from ..enums import NextStepKind
from ..forms import SentForm
from ..forms_rapid import AgencyForm, CriteriaForm, NextStepForm, PositionForm, RecommendForm, SectionForm
from ..models import Review
from ..operations.agencies import ask_agency
from ..operations.rapid import (
    answer_criterion,
    decide_next_step,
    recommend,
    send_rapid_review,
    take_review_position,
    write_section,
)
from ..queries import current_answers, current_sections, edition_of
from ..rules import agencies_of, is_lead, people_of, speakers_of
from .frame import METHODS, form_page, found_led, found_review, href, sent, way


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def agency_ask(request: PageRequest, *, reference: str) -> HttpResponse:
    """Ask an agency for its part."""
    review, today = found_led(request, reference), timezone.localdate()
    agencies = {one.pk: one for one in agencies_of(review, today)}
    people = {one.pk: one for one in people_of(review, today).order_by("name")}
    form = AgencyForm(
        sent(request),
        agencies=[(key, str(one)) for key, one in agencies.items()],
        people=[(key, f"{one}, {one.agency}" if one.agency else str(one)) for key, one in people.items()],
    )

    def run() -> None:
        given = form.cleaned_data
        ask_agency(
            review=review,
            agency=agencies[given["agency"]],
            person=people[given["person"]],
            due_on=given["due_on"],
            reads_until=given["reads_until"],
            ask=given["ask"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="They are told that their agency is asked.",
        to=href(request, "review_detail", reference),
        button="Ask them",
        title="Ask an agency for its part",
        lead="It stands in their work without a name. Who the child is they read on a page of its own.",
        above=way(request, review),
    )


@within(Permission.RUN_REVIEWS)
@keeps_draft("review:{reference}:section:{code}")
@require_http_methods(METHODS)
def section_write(request: DraftRequest, *, reference: str, code: str) -> HttpResponse:
    """Write one section of the rapid review."""
    review = found_led(request, reference)
    section = next((one for one in edition_of(review).sections if one.code == code), None)
    if section is None:
        raise Http404
    written = current_sections(review).get(code)
    form = SectionForm(sent(request), initial={"words": written.words if written else ""}, draft=request.draft)
    return form_page(
        request,
        form=form,
        run=lambda: write_section(
            review=review,
            code=code,
            words=form.cleaned_data["words"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="The section is written.",
        to=href(request, "review_detail", reference),
        button="Save it",
        title=section.title,
        lead=section.ask,
        above=way(request, review),
        notes=[f"Asked for by: {section.law}."],
    )


@within(Permission.RUN_REVIEWS)
@keeps_draft("review:{reference}:criteria")
@require_http_methods(METHODS)
def criteria_answer(request: DraftRequest, *, reference: str) -> HttpResponse:
    """Answer the eight criteria; what is left open stays open."""
    review = found_led(request, reference)
    held = current_answers(review)
    form = CriteriaForm(sent(request), answers=held, draft=request.draft)

    def run() -> None:
        for code, answer, words in form.given:
            before = held.get(code)
            if before is None or (before.answer, before.words) != (answer, words):
                answer_criterion(
                    review=review, code=code, answer=answer, words=words, by=request.standing.person, now=timezone.now()
                )

    return form_page(
        request,
        form=form,
        run=run,
        done="The answers are on record.",
        to=href(request, "review_detail", reference),
        button="Save the answers",
        title="The criteria for a local review",
        lead="Four must be taken into account, four are to be had regard to. Meeting one does not by itself oblige a "
        "review: the question is whether it would show what to improve.",
        above=way(request, review),
    )


def speakers_for(request: PageRequest, review: Review) -> dict[str, tuple[Person, Agency]]:
    """Whose position this person may put down: their own, and, for who leads, everybody's who may speak."""
    leads = is_lead(request.standing, review)
    return {
        str(one.pk): (one, one.agency)
        for one in speakers_of(review, timezone.localdate())
        if one.agency is not None and (leads or one.pk == request.standing.person.pk)
    }


@within(Permission.TAKE_POSITION, Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def position_take(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """What a statutory partner holds right."""
    review = found_review(request, reference)
    speakers = speakers_for(request, review)
    to = href(request, "review_detail", reference)
    if not speakers:
        messages.error(
            request, "Nobody here speaks for a statutory partner: their account names no agency that is one."
        )
        return redirect(to)
    choices = [(key, f"{person}, for {agency}") for key, (person, agency) in speakers.items()]
    form = PositionForm(sent(request), speakers=choices)

    def run() -> None:
        person, agency = speakers[form.cleaned_data["speaker"]]
        take_review_position(
            review=review,
            agency=agency,
            person=person,
            stance=NextStepKind(form.cleaned_data["stance"]),
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
        title="A partner’s position",
        lead="The step is decided only when every statutory partner holds the same right.",
        above=way(request, review),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def review_next_step(request: PageRequest, *, reference: str) -> HttpResponse:
    """Decide what follows the rapid review."""
    review = found_led(request, reference)
    form = NextStepForm(sent(request), initial={"decided_on": timezone.localdate()})

    def run() -> None:
        given = form.cleaned_data
        decide_next_step(
            review=review,
            kind=NextStepKind(given["kind"]),
            suggests_national=given["suggests_national"] == "yes",
            reasons=given["reasons"],
            decided_on=given["decided_on"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The next step is on record.",
        to=href(request, "review_detail", reference),
        button="Put it on record",
        title="Decide the next step",
        lead="Every section is written, all eight criteria are answered, and the partners hold the same right.",
        above=way(request, review),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def review_sent(request: PageRequest, *, reference: str) -> HttpResponse:
    """The day on which the rapid review went to the panel."""
    review = found_led(request, reference)
    form = SentForm(sent(request), initial={"sent_on": timezone.localdate()})
    return form_page(
        request,
        form=form,
        run=lambda: send_rapid_review(
            review=review, sent_on=form.cleaned_data["sent_on"], by=request.standing.person, now=timezone.now()
        ),
        done="It is on record that the rapid review went.",
        to=href(request, "review_detail", reference),
        button="It was sent",
        title="The rapid review was sent",
        lead="Its fifteen working days end on the day on which it went to the national panel.",
        above=way(request, review),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def review_recommend(request: PageRequest, *, reference: str) -> HttpResponse:
    """Put a recommendation into the plan."""
    review = found_led(request, reference)
    form = RecommendForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: recommend(
            review=review, words=form.cleaned_data["words"], by=request.standing.person, now=timezone.now()
        ),
        done="It is in the plan. Which review it came from is known here alone.",
        to=href(request, "review_detail", reference),
        button="Put it into the plan",
        title="Put a recommendation into the plan",
        lead="The plan shows its words, and does not say that they come from a review, or from which.",
        above=way(request, review),
    )
