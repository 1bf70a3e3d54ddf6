"""The review in its order: the joint response, the meeting, the paper, the panel, its analysis, the end."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.reviews.forms_rapid import RecommendForm

from ..forms_review import (
    AnalysisForm,
    CloseForm,
    LearningForm,
    MeetingForm,
    PaperForm,
    PracticeForm,
    PutForm,
    ResponseForm,
    StepForm,
)
from ..hierarchy import GUIDANCE, UNSURE
from ..models import Panel
from ..operations.analysis import add_learning, begin_practice_review, close_death, judge_death, recommend
from ..operations.panels import put_to_panel, write_paper
from ..operations.response import decide_response, hold_meeting, write_step
from ..queries import analysis_of, paper_of, steps_of
from ..rules import panels_visible_to
from .frame import METHODS, form_page, found_death, found_identity, found_led, href, sent, way


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_response(request: PageRequest, *, reference: str) -> HttpResponse:
    """Decide whether health, police and social care respond together."""
    death = found_led(request, reference)
    form = ResponseForm(sent(request))

    def run() -> None:
        given = form.cleaned_data
        decide_response(
            death=death,
            met=form.met,
            is_needed=given["is_needed"] == "yes",
            reasons=given["reasons"],
            decided_on=given["decided_on"],
            deciders=given["deciders"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The decision is on record.",
        to=href(request, "death_detail", reference),
        button="Put it on record",
        title="Decide on a joint agency response",
        lead="One criterion that is met calls for it. It can be right where none is.",
        above=way(request, death),
        notes=[f"The criteria are those of the guidance ({GUIDANCE}), in our own words."],
    )


@within(Permission.RUN_DEATHS)
@keeps_draft("death:{reference}:step:{code}")
@require_http_methods(METHODS)
def death_step(request: DraftRequest, *, reference: str, code: str) -> HttpResponse:
    """Write down one step of the response."""
    death = found_led(request, reference)
    found = next(((step, done) for step, done in steps_of(death) if step.code == code), None)
    if found is None:
        raise Http404
    step, done = found
    initial = {"done_on": done.done_on, "words": done.words} if done else {}
    form = StepForm(sent(request), initial=initial, draft=request.draft)
    return form_page(
        request,
        form=form,
        run=lambda: write_step(
            death=death,
            code=code,
            done_on=form.cleaned_data["done_on"],
            words=form.cleaned_data["words"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="The step is on record.",
        to=href(request, "death_detail", reference),
        button="Put it on record",
        title=step.title,
        lead=step.ask,
        above=way(request, death),
    )


@within(Permission.RUN_DEATHS)
@keeps_draft("death:{reference}:meeting")
@require_http_methods(METHODS)
def death_meeting(request: DraftRequest, *, reference: str) -> HttpResponse:
    """Put the child death review meeting on record."""
    death = found_led(request, reference)
    form = MeetingForm(sent(request), draft=request.draft)
    return form_page(
        request,
        form=form,
        run=lambda: hold_meeting(death=death, meeting=form.discussed, by=request.standing.person, now=timezone.now()),
        done="The meeting is on record.",
        to=href(request, "death_detail", reference),
        button="Put it on record",
        title="The child death review meeting",
        lead="Those who cared for the child go through what happened. Its report goes to the panel.",
        above=way(request, death),
    )


@within(Permission.RUN_DEATHS)
@keeps_draft("death:{reference}:paper")
@require_http_methods(METHODS)
def death_paper(request: DraftRequest, *, reference: str) -> HttpResponse:
    """Write what the panel reads."""
    death = found_led(request, reference)
    written = paper_of(death)
    form = PaperForm(sent(request), initial={"words": written.words if written else ""}, draft=request.draft)
    return form_page(
        request,
        form=form,
        run=lambda: write_paper(
            death=death, words=form.cleaned_data["words"], by=request.standing.person, now=timezone.now()
        ),
        done="The paper is written. It holds no name, date of birth, number or postcode.",
        to=href(request, "death_detail", reference),
        button="Save the paper",
        title="The paper for the panel",
        lead="The panel reads this and nothing else of the record. It is held against who the child was, and refused "
        "while it says so.",
        above=way(request, death),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_put(request: PageRequest, *, reference: str) -> HttpResponse:
    """Put a death before a panel."""
    death = found_led(request, reference)
    panels = {one.pk: one for one in panels_visible_to(request.standing)[:24]}
    choices = [(key, _panel_words(one, death.partnership_id)) for key, one in panels.items()]
    form = PutForm(sent(request), panels=choices)
    return form_page(
        request,
        form=form,
        run=lambda: put_to_panel(
            death=death, panel=panels[form.cleaned_data["panel"]], by=request.standing.person, now=timezone.now()
        ),
        done="It is before the panel.",
        to=href(request, "death_detail", reference),
        button="Put it before the panel",
        title="Put it before a panel",
        lead="The panel knows it by a letter, and reads its paper.",
        above=way(request, death),
        notes=[] if choices else ["No panel has been called yet. Call one from the list of child deaths."],
    )


def _panel_words(panel: Panel, own: int) -> str:
    host = "" if panel.partnership_id == own else f", of {panel.partnership.short_name}"
    return f"{panel.meets_on:%-d %B %Y}{f': {panel.theme}' if panel.theme else ''}{host}"


@within(Permission.RUN_DEATHS)
@keeps_draft("death:{reference}:analysis")
@require_http_methods(METHODS)
def death_analysis(request: DraftRequest, *, reference: str) -> HttpResponse:
    """Write the panel's analysis."""
    death = found_led(request, reference)
    form = AnalysisForm(sent(request), held=analysis_of(death), draft=request.draft)

    def run() -> None:
        given = form.cleaned_data
        judge_death(
            death=death,
            applying=given["applying"],
            factors=form.factors,
            words=given["words"],
            judged_on=given["judged_on"],
            reason=given.get("reason", ""),
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The analysis is on record.",
        to=href(request, "death_detail", reference),
        button="Put it on record",
        title="The panel’s analysis",
        lead="Which categories apply, what played a part, and what could be changed.",
        above=way(request, death),
        notes=[UNSURE],
    )


@within(Permission.RUN_DEATHS)
@keeps_draft("death:{reference}:learning")
@require_http_methods(METHODS)
def death_learn(request: DraftRequest, *, reference: str) -> HttpResponse:
    """Add something that was learnt."""
    death = found_led(request, reference)
    form = LearningForm(sent(request), draft=request.draft)
    return form_page(
        request,
        form=form,
        run=lambda: add_learning(
            death=death, words=form.cleaned_data["words"], by=request.standing.person, now=timezone.now()
        ),
        done="It is on record.",
        to=href(request, "death_detail", reference),
        button="Add it",
        title="Add what was learnt",
        lead="It is read by this review’s readers. What ought to change elsewhere goes into the plan.",
        above=way(request, death),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_recommend(request: PageRequest, *, reference: str) -> HttpResponse:
    """Put a recommendation into the plan."""
    death = found_led(request, reference)
    form = RecommendForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: recommend(
            death=death, words=form.cleaned_data["words"], by=request.standing.person, now=timezone.now()
        ),
        done="It is in the plan. Where it came from is known here alone.",
        to=href(request, "death_detail", reference),
        button="Put it into the plan",
        title="Put a recommendation into the plan",
        lead="The plan shows its words, and does not say that they come from a death, or from which.",
        above=way(request, death),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def death_practice_review(request: PageRequest, *, reference: str) -> HttpResponse:
    """Begin a practice review from a death: who the child was is carried over, and not typed again."""
    death = found_death(request, reference)
    found_identity(request, reference)
    form = PracticeForm(sent(request), initial={"words": death.circumstances})
    return form_page(
        request,
        form=form,
        run=lambda: begin_practice_review(
            death=death,
            known_on=form.cleaned_data["known_on"],
            is_in_care=form.cleaned_data["is_in_care"] == "yes",
            words=form.cleaned_data["words"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="The serious incident is recorded, and you lead its review.",
        to=href(request, "death_detail", reference),
        button="Record it",
        title="Begin a practice review",
        lead="Where abuse or neglect is known or suspected. Who the child was and the day of the death are carried "
        "over, still sealed. The review has readers of its own.",
        above=way(request, death),
    )


@within(Permission.RUN_DEATHS)
@require_http_methods(METHODS)
def death_close(request: PageRequest, *, reference: str) -> HttpResponse:
    """Close the review."""
    death = found_led(request, reference)
    form = CloseForm(sent(request), initial={"sent_on": timezone.localdate()})
    return form_page(
        request,
        form=form,
        run=lambda: close_death(
            death=death, sent_on=form.cleaned_data["sent_on"], by=request.standing.person, now=timezone.now()
        ),
        done="The review is closed.",
        to=href(request, "death_detail", reference),
        button="Close it",
        title="Close the review",
        lead="The panel’s time ends on the day on which its analysis went to the national database. Nothing is sent "
        "from here.",
        above=way(request, death),
    )
