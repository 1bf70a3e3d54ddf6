"""Writing the risk register: raising, changing, reviewing, closing and opening a risk, and its controls."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within

from ..enums_register import Assurance
from ..forms_risks import (
    ControlChangeForm,
    ControlForm,
    ReasonForm,
    RiskChangeForm,
    RiskNewForm,
    RiskReopenForm,
    RiskReviewForm,
)
from ..models import Risk
from ..operations.controls import add_control, change_control, withdraw_control
from ..operations.risks import change_risk, close_risk, raise_risk, reopen_risk, review_risk
from ..queries_risks import people_in, risk_lines
from ..rules import agencies_in, priorities_visible_to
from ..rules_register import controls_visible_to, risks_visible_to
from .register_page import at, carried_out, done, form_page, sent
from .risks import risk_above

METHODS = require_http_methods(["GET", "HEAD", "POST"])
THREE_SENTENCES = "Three sentences: what it comes from, what may happen, and what that would mean for children."


def _owners(request: PageRequest) -> dict[str, Any]:
    """Whom a form may name."""
    today, partnership = timezone.localdate(), request.standing.partnership
    return {"agencies": agencies_in(partnership, today), "people": people_in(partnership, today)}


def _choices(request: PageRequest) -> dict[str, Any]:
    return {**_owners(request), "priorities": priorities_visible_to(request.standing).filter(withdrawn_at__isnull=True)}


def _risk(request: PageRequest, pk: int) -> Risk:
    return found_or_refused(risks_visible_to(request.standing), request, pk=pk)


def _words(form: RiskNewForm | RiskChangeForm) -> dict[str, Any]:
    names = ("title", "cause", "event", "effect", "agency", "person", "priorities")
    return {name: form.cleaned_data[name] for name in names}


@within(Permission.WRITE_PLAN)
@METHODS
def risk_new(request: PageRequest) -> HttpResponse:
    """Put a risk on the register."""
    standing, raised = request.standing, []
    form = RiskNewForm(sent(request), **_choices(request))
    if carried_out(
        form,
        lambda: raised.append(
            raise_risk(
                partnership=standing.partnership,
                scores=form.scores,
                review_on=form.cleaned_data["review_on"],
                by=standing.person,
                now=timezone.now(),
                **_words(form),
            )
        ),
    ):
        risk = raised[0]
        return done(
            request,
            f"{risk.name} is on the register. Now say what stands against it.",
            at(request, "risk_detail", risk.pk),
        )
    return form_page(
        request,
        form,
        button="Put it on the register",
        title="Raise a risk",
        lead=THREE_SENTENCES,
        above=risk_above(request),
        sections=RISK_SECTIONS,
    )


RISK_SECTIONS = {"title": "", "agency": "Whose it is", "likelihood": "How likely and how bad", "review_on": "Next look"}


@within(Permission.WRITE_PLAN)
@METHODS
def risk_change(request: PageRequest, pk: int) -> HttpResponse:
    """Change a risk's words, owner or priorities."""
    risk, standing = _risk(request, pk), request.standing
    initial = {name: getattr(risk, name) for name in ("title", "cause", "event", "effect", "agency", "person")}
    initial["priorities"] = list(risk.priorities.all())
    form = RiskChangeForm(sent(request), record=risk, initial=initial, **_choices(request))
    if carried_out(
        form,
        lambda: change_risk(
            risk=risk,
            seen_version=form.cleaned_data["seen_version"],
            by=standing.person,
            now=timezone.now(),
            **_words(form),
        ),
    ):
        return done(request, f"{risk.name} is changed.", at(request, "risk_detail", risk.pk))
    return form_page(
        request,
        form,
        button="Save",
        title=f"Change {risk.name}",
        lead=THREE_SENTENCES,
        above=risk_above(request, risk),
    )


@within(Permission.WRITE_PLAN)
@METHODS
def risk_review(request: PageRequest, pk: int) -> HttpResponse:
    """Look at a risk anew. The form shows the scores that hold."""
    risk, standing = _risk(request, pk), request.standing
    (line,) = risk_lines(standing, risks_visible_to(standing).filter(pk=risk.pk))
    held = line.newest
    initial = {name: getattr(held, name) for name in ("likelihood", "impact", "likelihood_after", "impact_after")}
    form = RiskReviewForm(sent(request), record=risk, initial=initial)
    if carried_out(
        form,
        lambda: review_risk(
            risk=risk,
            scores=form.scores,
            words=form.cleaned_data["words"],
            next_review_on=form.cleaned_data["next_review_on"],
            seen_version=form.cleaned_data["seen_version"],
            by=standing.person,
            now=timezone.now(),
        ),
    ):
        return done(request, f"Your review of {risk.name} is saved.", at(request, "risk_detail", risk.pk))
    return form_page(
        request,
        form,
        button="Save the review",
        title=f"Review {risk.name}",
        lead=f"{risk.title}. It scores {held.score_after} of 25 with its controls, {held.score} without.",
        above=risk_above(request, risk),
        facts=[(control.words, control.get_assurance_display()) for control in line.controls],
    )


@within(Permission.WRITE_PLAN)
@METHODS
def risk_close(request: PageRequest, pk: int) -> HttpResponse:
    """Take a risk off the register."""
    risk, standing = _risk(request, pk), request.standing
    if risk.is_closed:
        return redirect(at(request, "risk_detail", risk.pk))
    form = ReasonForm(sent(request))
    if carried_out(
        form,
        lambda: close_risk(risk=risk, reason=form.cleaned_data["reason"], by=standing.person, now=timezone.now()),
    ):
        return done(request, f"{risk.name} is closed.", at(request, "risk_detail", risk.pk))
    return form_page(
        request,
        form,
        button="Close this risk",
        kind="warning",
        title=f"Close {risk.name}",
        lead=f"{risk.title}. Its words, scores and controls stay, and it can be opened again.",
        above=risk_above(request, risk),
    )


@within(Permission.WRITE_PLAN)
@METHODS
def risk_reopen(request: PageRequest, pk: int) -> HttpResponse:
    """Put a closed risk back."""
    risk, standing = _risk(request, pk), request.standing
    if not risk.is_closed:
        return redirect(at(request, "risk_detail", risk.pk))
    form = RiskReopenForm(sent(request))
    if carried_out(
        form,
        lambda: reopen_risk(
            risk=risk,
            reason=form.cleaned_data["reason"],
            review_on=form.cleaned_data["review_on"],
            by=standing.person,
            now=timezone.now(),
        ),
    ):
        return done(request, f"{risk.name} is open again.", at(request, "risk_detail", risk.pk))
    return form_page(
        request,
        form,
        button="Open it again",
        title=f"Open {risk.name} again",
        lead=f"It was closed: {risk.closed_reason}",
        above=risk_above(request, risk),
    )


def _control_fields(form: ControlForm) -> dict[str, Any]:
    given = form.cleaned_data
    names = ("words", "agency", "person", "assurance_words", "assured_on")
    return {**{name: given[name] for name in names}, "assurance": Assurance(given["assurance"])}


@within(Permission.WRITE_PLAN)
@METHODS
def control_new(request: PageRequest, pk: int) -> HttpResponse:
    """Say what stands against a risk."""
    risk, standing = _risk(request, pk), request.standing
    form = ControlForm(sent(request), **_owners(request))
    if carried_out(
        form, lambda: add_control(risk=risk, by=standing.person, now=timezone.now(), **_control_fields(form))
    ):
        words = "The control is added. Review the risk if it changes the score."
        return done(request, words, at(request, "risk_detail", risk.pk))
    return form_page(
        request, form, button="Add it", title="Add a control", lead=risk.title, above=risk_above(request, risk)
    )


@within(Permission.WRITE_PLAN)
@METHODS
def control_change(request: PageRequest, pk: int) -> HttpResponse:
    """Change a control, or say what shows that it works."""
    standing = request.standing
    control = found_or_refused(controls_visible_to(standing), request, pk=pk)
    names = ("words", "agency", "person", "assurance", "assurance_words", "assured_on")
    initial = {name: getattr(control, name) for name in names}
    form = ControlChangeForm(sent(request), record=control, initial=initial, **_owners(request))
    here = at(request, "risk_detail", control.risk_id)
    if carried_out(
        form,
        lambda: change_control(
            control=control,
            seen_version=form.cleaned_data["seen_version"],
            by=standing.person,
            now=timezone.now(),
            **_control_fields(form),
        ),
    ):
        return done(request, "The control is changed. Review the risk if that changes the score.", here)
    return form_page(
        request,
        form,
        button="Save",
        title="Change a control",
        lead=control.risk.title,
        above=risk_above(request, control.risk),
    )


@within(Permission.WRITE_PLAN)
@METHODS
def control_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """End a control."""
    standing = request.standing
    control = found_or_refused(controls_visible_to(standing), request, pk=pk)
    form = ReasonForm(sent(request))
    if carried_out(
        form,
        lambda: withdraw_control(
            control=control, reason=form.cleaned_data["reason"], by=standing.person, now=timezone.now()
        ),
    ):
        words = "The control is withdrawn. Review the risk: its score may be higher now."
        return done(request, words, at(request, "risk_detail", control.risk_id))
    return form_page(
        request,
        form,
        button="Withdraw it",
        kind="warning",
        title="Withdraw a control",
        lead=control.words,
        above=risk_above(request, control.risk),
    )
