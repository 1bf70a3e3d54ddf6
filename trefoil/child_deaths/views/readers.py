"""Who reads the review of a death: put on, ended, asked for, answered."""

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.people.models import Partnership, Person
from trefoil.reviews.forms import HandOverForm
from trefoil.reviews.models import reading_on
from trefoil.reviews.rules import people_able, people_here

from ..enums import ReaderRole
from ..forms import AnswerForm, AskForm, ReaderForm
from ..operations.readers import answer_asking, ask_for_access, end_reading, hand_over_death, put_on
from ..rules import RUNNING, askings_for, deaths_known_to
from .frame import METHODS, form_page, found_led, href, sent, way


def people_to_choose(partnership: Partnership) -> tuple[dict[int, Person], list[tuple[int, str]]]:
    """Who may be put on here, by key, and the same as choices."""
    people = {one.pk: one for one in people_here(partnership, timezone.localdate()).order_by("name")}
    return people, [(key, f"{one}, {one.agency}" if one.agency else str(one)) for key, one in people.items()]


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_reader_new(request: PageRequest, *, reference: str) -> HttpResponse:
    """Put somebody on the review."""
    death = found_led(request, reference)
    people, choices = people_to_choose(death.partnership)
    form = ReaderForm(sent(request), people=choices)

    def run() -> None:
        given = form.cleaned_data
        put_on(
            death=death,
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
        to=href(request, "death_detail", reference),
        button="Put them on",
        title="Put somebody on this review",
        lead="They read all of it, until the day you say. Who the child was they see only if you say so. Members "
        "of the panel need no place here: they read its papers.",
        above=way(request, death),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_reader_end(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """End somebody's reading."""
    death = found_led(request, reference)
    reader = found_or_refused(death.readers.filter(reading_on(timezone.localdate())), request, pk=pk)
    form = forms.Form(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: end_reading(reader=reader, by=request.standing.person, now=timezone.now()),
        done=f"{reader.person} reads it no more.",
        to=href(request, "death_detail", reference),
        button="End it now",
        kind="warning",
        title=f"End the reading of {reader.person}",
        lead="From this moment the record is not there for them. What they read stays on the trail.",
        above=way(request, death),
    )


@within(Permission.KNOW_OF_DEATHS)
@require_http_methods(METHODS)
def death_ask(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """Ask to read a review that one knows by its reference."""
    death = found_or_refused(deaths_known_to(request.standing), request, reference=reference)
    to = href(request, "death_detail", reference)
    if death.readers.filter(reading_on(timezone.localdate()), person=request.standing.person).exists():
        return redirect(to)
    form = AskForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: ask_for_access(
            death=death, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="Who runs the review is told that you ask.",
        to=to,
        button="Ask",
        title=f"Ask to read {reference}",
        lead="Who runs it reads your reason, and lets you read it until a day, or says why not.",
        above=way(request),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_answer(request: PageRequest, *, pk: int) -> HttpResponse:
    """Answer such a request."""
    asked = found_or_refused(askings_for(request.standing), request, pk=pk)
    form = AnswerForm(sent(request))

    def run() -> None:
        given = form.cleaned_data
        answer_asking(
            asking=asked,
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
        to=href(request, "death_list"),
        button="Answer",
        title=f"{asked.person} asks to read {asked.death.reference}",
        lead=f"“{asked.reason}”",
        above=way(request),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_hand_over(request: PageRequest, *, reference: str) -> HttpResponse:
    """Hand the review over to somebody else, in one step."""
    death, own = found_led(request, reference), request.standing.person
    able = {one.pk: one for one in people_able(death.partnership, RUNNING, timezone.localdate()) if one != own}
    form = HandOverForm(sent(request), people=[(key, str(one)) for key, one in able.items()])

    def run() -> None:
        given = form.cleaned_data
        to = able[given["person"]]
        hand_over_death(
            death=death, to=to, ends_on=given["ends_on"], reason=given["reason"], by=own, now=timezone.now()
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="It is handed over. You read it no more.",
        to=href(request, "death_list"),
        button="Hand it over",
        title="Hand this review over",
        lead="From that moment they run it and see who the child was, and you read it no more. Both or neither.",
        above=way(request, death),
        notes=[] if able else ["Nobody else here runs child death reviews. Give somebody that duty first."],
    )
