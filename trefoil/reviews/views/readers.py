"""Who reads a review: put on, ended, asked for, answered."""

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within

from ..enums import ReaderRole
from ..forms import AnswerForm, AskForm, HandOverForm, ReaderForm
from ..models import reading_on
from ..operations.readers import answer_request, ask_for_access, end_reading, hand_over_review, put_on
from ..rules import LEADING, access_requests_for, people_able, people_of, reviews_known_to
from .frame import METHODS, form_page, found_led, href, sent, way


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def reader_new(request: PageRequest, *, reference: str) -> HttpResponse:
    """Put somebody on the review."""
    review = found_led(request, reference)
    people = {one.pk: one for one in people_of(review, timezone.localdate()).order_by("name")}
    choices = [(key, f"{one}, {one.agency}" if one.agency else str(one)) for key, one in people.items()]
    form = ReaderForm(sent(request), people=choices)

    def run() -> None:
        given = form.cleaned_data
        put_on(
            review=review,
            person=people[given["person"]],
            role=ReaderRole(given["role"]),
            sees_identity=given["sees_identity"] == "yes",
            ends_on=given["ends_on"],
            reason=given["reason"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="They may read it from now on.",
        to=href(request, "review_detail", reference),
        button="Put them on",
        title="Put somebody on this review",
        lead="They read all of it, until the day you say. Who the child is they see only if you say so.",
        above=way(request, review),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def reader_end(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """End somebody's reading."""
    review = found_led(request, reference)
    reader = found_or_refused(review.readers.filter(reading_on(timezone.localdate())), request, pk=pk)
    form = forms.Form(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: end_reading(reader=reader, by=request.standing.person, now=timezone.now()),
        done=f"{reader.person} reads it no more.",
        to=href(request, "review_detail", reference),
        button="End it now",
        kind="warning",
        title=f"End the reading of {reader.person}",
        lead="From this moment the review is not there for them. What they read stays on record.",
        above=way(request, review),
    )


@within(Permission.KNOW_OF_REVIEWS)
@require_http_methods(METHODS)
def review_ask(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """Ask to read a review that one knows by its reference."""
    review = found_or_refused(reviews_known_to(request.standing), request, reference=reference)
    to = href(request, "review_detail", reference)
    if review.readers.filter(reading_on(timezone.localdate()), person=request.standing.person).exists():
        return redirect(to)
    form = AskForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: ask_for_access(
            review=review, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="Who leads the review is told that you ask.",
        to=to,
        button="Ask",
        title=f"Ask to read review {reference}",
        lead="Who leads it reads your reason, and lets you read it until a day, or says why not.",
        above=way(request),
    )


@within(Permission.RUN_REVIEWS, Permission.TAKE_POSITION)
@require_http_methods(METHODS)
def review_answer(request: PageRequest, *, pk: int) -> HttpResponse:
    """Answer such a request."""
    asked = found_or_refused(access_requests_for(request.standing), request, pk=pk)
    form = AnswerForm(sent(request))

    def run() -> None:
        given = form.cleaned_data
        answer_request(
            request=asked,
            is_given=given["is_given"] == "yes",
            ends_on=given["ends_on"],
            sees_identity=given["sees_identity"] == "yes",
            answer=given["answer"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="They are told.",
        to=href(request, "review_list"),
        button="Answer",
        title=f"{asked.person} asks to read review {asked.review.reference}",
        lead=f"“{asked.reason}”",
        above=way(request),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def review_hand_over(request: PageRequest, *, reference: str) -> HttpResponse:
    """Hand the review over to somebody else, in one step."""
    review, own = found_led(request, reference), request.standing.person
    able = people_able(review.partnership, LEADING, timezone.localdate())
    people = {one.pk: one for one in able if one != own}
    form = HandOverForm(sent(request), people=[(key, str(one)) for key, one in people.items()])
    return form_page(
        request,
        form=form,
        run=lambda: hand_over_review(
            review=review,
            to=people[form.cleaned_data["person"]],
            ends_on=form.cleaned_data["ends_on"],
            reason=form.cleaned_data["reason"],
            by=own,
            now=timezone.now(),
        ),
        done="It is handed over. You read it no more.",
        to=href(request, "review_list"),
        button="Hand it over",
        title="Hand this review over",
        lead="From that moment they lead it and see who the child is, and you read it no more. Both or neither.",
        above=way(request, review),
        notes=[] if people else ["Nobody else here runs reviews. Give somebody that duty first, under “People”."],
    )
