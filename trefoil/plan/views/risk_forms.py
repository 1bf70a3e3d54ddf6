"""Writing the risk register: raising, changing, reviewing, closing and opening a risk again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.editing.models import EditedModel

from ..forms.fields import priorities_of, priority_asked_for
from ..forms.risks import ReasonForm, RiskChangeForm, RiskNewForm, RiskReopenForm, RiskReviewForm
from ..models import Risk
from ..operations.risks import change_risk, close_risk, raise_risk, reopen_risk, review_risk
from ..queries_risks import people_in, risk_lines
from ..rules import agencies_in
from ..rules_register import risks_visible_to
from .frame import href, sent
from .register_page import Asking, answered
from .risks import risk_above

METHODS = require_http_methods(["GET", "HEAD", "POST"])
THREE_SENTENCES = "Three sentences: what it comes from, what may happen, and what that would mean for children."
HEADINGS = {"agency": "Whose it is", "likelihood": "How likely, and how bad", "review_on": "The next look"}
SCORES = ("likelihood", "impact", "likelihood_after", "impact_after")
WORDS = ("title", "cause", "event", "effect", "agency", "person", "priorities")


def owners(request: PageRequest) -> dict[str, Any]:
    """Whom a form may name."""
    today, partnership = timezone.localdate(), request.standing.partnership
    return {"agencies": agencies_in(partnership, today), "people": people_in(partnership, today)}


def _choices(request: PageRequest) -> dict[str, Any]:
    return {**owners(request), "priorities": priorities_of(request.standing)}


def risk_or_refuse(request: PageRequest, pk: int) -> Risk:
    """The risk of the URL; one that the reader may not see is 404."""
    return found_or_refused(risks_visible_to(request.standing), request, pk=pk)


def _words(form: RiskNewForm | RiskChangeForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in WORDS}


def _held_words(risk: EditedModel) -> dict[str, Any]:
    """What a risk holds under the names of the form."""
    if not isinstance(risk, Risk):
        return {}
    return {**{name: getattr(risk, name) for name in WORDS}, "priorities": list(risk.priorities.all())}


@within(Permission.WRITE_PLAN)
@METHODS
@keeps_draft("risk:new")
def risk_new(request: DraftRequest) -> HttpResponse:
    """Put a risk on the register."""
    named = priority_asked_for(request.GET)
    initial = {"priorities": list(named.values())} if named else {}
    form = RiskNewForm(sent(request), initial=initial, draft=request.draft, **_choices(request))

    def carry_out() -> str:
        raised = raise_risk(
            partnership=request.standing.partnership,
            scores=form.scores,
            review_on=form.cleaned_data["review_on"],
            by=request.standing.person,
            now=timezone.now(),
            **_words(form),
        )
        return href(request, "risk_detail", raised.pk)

    asking = Asking("Raise a risk", THREE_SENTENCES, "Put it on the register", risk_above(request), headings=HEADINGS)
    return answered(
        request, form, asking, carry_out, said="The risk is on the register. Now say what stands against it."
    )


@within(Permission.WRITE_PLAN)
@METHODS
@keeps_draft("risk:{pk}:change")
def risk_change(request: DraftRequest, pk: int) -> HttpResponse:
    """Change a risk's words, owner or priorities."""
    risk = risk_or_refuse(request, pk)
    initial = _held_words(risk)
    form = RiskChangeForm(sent(request), record=risk, initial=initial, draft=request.draft, **_choices(request))

    def carry_out() -> str:
        change_risk(
            risk=risk,
            seen_version=form.cleaned_data["seen_version"],
            by=request.standing.person,
            now=timezone.now(),
            **_words(form),
        )
        return href(request, "risk_detail", risk.pk)

    asking = Asking(f"Change {risk.name}", THREE_SENTENCES, "Save", risk_above(request, risk), headings=HEADINGS)
    return answered(request, form, asking, carry_out, said=f"{risk.name} is changed.", saved=_held_words)


@within(Permission.WRITE_PLAN)
@METHODS
@keeps_draft("risk:{pk}:review")
def risk_review(request: DraftRequest, pk: int) -> HttpResponse:
    """Look at a risk anew. The form shows the scores that hold."""
    risk, standing = risk_or_refuse(request, pk), request.standing
    (line,) = risk_lines(standing, risks_visible_to(standing).filter(pk=risk.pk))
    held = line.newest
    initial = {name: getattr(held, name) for name in SCORES}
    form = RiskReviewForm(sent(request), record=risk, initial=initial, draft=request.draft)

    def carry_out() -> str:
        review_risk(
            risk=risk,
            scores=form.scores,
            words=form.cleaned_data["words"],
            next_review_on=form.cleaned_data["next_review_on"],
            seen_version=form.cleaned_data["seen_version"],
            by=standing.person,
            now=timezone.now(),
        )
        return href(request, "risk_detail", risk.pk)

    def held_now(_: EditedModel) -> dict[str, Any]:
        return {**initial, "words": held.words, "next_review_on": held.next_review_on}

    lead = f"{risk.title}. It scores {held.score_after} of 25 with its controls, {held.score} without."
    facts = [(control.words, control.get_assurance_display()) for control in line.controls]
    asking = Asking(f"Review {risk.name}", lead, "Save the review", risk_above(request, risk), facts=facts)
    said = f"Your review of {risk.name} is saved."
    return answered(request, form, asking, carry_out, said=said, saved=held_now)


@within(Permission.WRITE_PLAN)
@METHODS
def risk_close(request: PageRequest, pk: int) -> HttpResponse:
    """Take a risk off the register."""
    risk = risk_or_refuse(request, pk)
    here = href(request, "risk_detail", risk.pk)
    if risk.is_closed:
        return redirect(here)
    form = ReasonForm(sent(request))

    def carry_out() -> str:
        close_risk(risk=risk, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now())
        return here

    lead = f"{risk.title}. Its words, scores and controls stay, and it can be opened again."
    asking = Asking(f"Close {risk.name}", lead, "Close this risk", risk_above(request, risk), kind="warning")
    return answered(request, form, asking, carry_out, said=f"{risk.name} is closed.")


@within(Permission.WRITE_PLAN)
@METHODS
def risk_reopen(request: PageRequest, pk: int) -> HttpResponse:
    """Put a closed risk back."""
    risk = risk_or_refuse(request, pk)
    here = href(request, "risk_detail", risk.pk)
    if not risk.is_closed:
        return redirect(here)
    form = RiskReopenForm(sent(request))

    def carry_out() -> str:
        given = form.cleaned_data
        reopen_risk(
            risk=risk,
            reason=given["reason"],
            review_on=given["review_on"],
            by=request.standing.person,
            now=timezone.now(),
        )
        return here

    lead = f"It was closed with this reason: {risk.closed_reason}"
    asking = Asking(f"Open {risk.name} again", lead, "Open it again", risk_above(request, risk))
    return answered(request, form, asking, carry_out, said=f"{risk.name} is open again.")
