"""The incident itself: corrected, who it is about, withdrawn, its last step undone; and whether to notify."""

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, logs_read, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..ages import age_on
from ..enums import Abuse, Place
from ..forms import CorrectForm, DecideForm, IdentityForm, NotifiedForm, ReasonForm
from ..models import STANDS, IdentityRecord, Review
from ..operations.incidents import (
    correct_incident,
    withdraw_incident,
    write_identity,
)
from ..operations.notifying import LAW, Test, decide_whether_to_notify, note_notification
from ..operations.undoing import undo_last_step
from ..rules import is_lead, reviews_visible_to
from .frame import METHODS, form_page, found_identity, found_led, href, page, sent, way

UNKNOWN = "Not known"
TO_COPY = "Nothing is sent from here. Copy it into the national form, then say on which day it went."


def _identity_facts(identity: IdentityRecord, review: Review) -> list[tuple[str, str]]:
    born = date.fromisoformat(identity.born_on) if identity.born_on else None
    aged = f"{born:%-d %B %Y}, aged {age_on(born, review.happened_on)} when it happened" if born else UNKNOWN
    return [
        ("Child", identity.child_name),
        ("Date of birth", aged),
        ("Address", identity.address or UNKNOWN),
        ("Family and household", identity.family or UNKNOWN),
        ("Ethnicity, faith, disability", identity.ethnicity or UNKNOWN),
        ("Numbers", identity.numbers or UNKNOWN),
    ]


@within(Permission.READ_REVIEWS)
@require_safe
@logs_read("review:{reference}/identity")
def review_identity(request: PageRequest, *, reference: str) -> HttpResponse:
    """Who a review is about: for the readers who were given that. Every opening is on the trail."""
    identity = found_identity(request, reference)
    review = identity.review
    return page(
        request,
        "identity",
        title=f"Who review {reference} is about",
        lead="That you opened this page is on record, and who leads the review sees it.",
        above=way(request, review, is_read=reviews_visible_to(request.standing).filter(pk=review.pk).exists()),
        review=review,
        facts=_identity_facts(identity, review),
        leads=is_lead(request.standing, review),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
@logs_read("review:{reference}/identity")
def review_identity_change(request: PageRequest, *, reference: str) -> HttpResponse:
    """Correct who it is about."""
    review = found_led(request, reference)
    held = found_identity(request, reference)
    names = ("child_name", "address", "family", "ethnicity", "numbers")
    born = date.fromisoformat(held.born_on) if held.born_on else None
    form = IdentityForm(sent(request), initial={name: getattr(held, name) for name in names} | {"born_on": born})
    return form_page(
        request,
        form=form,
        run=lambda: write_identity(
            review=review, identity=form.identity, by=request.standing.person, now=timezone.now()
        ),
        done="It is corrected and sealed.",
        to=href(request, "review_identity", reference),
        button="Seal it",
        title="Correct who it is about",
        lead="The trail keeps which lines were changed, and never what they say.",
        above=way(request, review),
    )


@within(Permission.RUN_REVIEWS)
@keeps_draft("review:{reference}:correct")
@require_http_methods(METHODS)
def review_correct(request: DraftRequest, *, reference: str) -> HttpResponse:
    """Correct what was recorded."""
    review = found_led(request, reference)
    account = review.accounts.last()
    initial = {
        "kind": review.kind,
        "is_in_care": "yes" if review.is_in_care else "no",
        "happened_on": review.happened_on,
        "known_on": review.known_on,
        "words": account.words if account else "",
    }
    form = CorrectForm(sent(request), initial=initial, draft=request.draft)
    return form_page(
        request,
        form=form,
        run=lambda: correct_incident(
            review=review,
            reason=form.cleaned_data["reason"],
            by=request.standing.person,
            now=timezone.now(),
            **form.what,
        ),
        done="It is corrected. The earlier words stay on record.",
        to=href(request, "review_detail", reference),
        button="Correct it",
        title="Correct what was recorded",
        lead="If the day on which it was known changes, the time to notify is reckoned anew.",
        above=way(request, review),
    )


def _with_reason(request: PageRequest, review: Review, operation: Any, **words: str) -> HttpResponse:
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: operation(
            review=review, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        to=href(request, "review_detail", review.reference),
        kind="warning",
        above=way(request, review),
        **words,
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def review_withdraw(request: PageRequest, *, reference: str) -> HttpResponse:
    """It was recorded in error."""
    return _with_reason(
        request,
        found_led(request, reference),
        withdraw_incident,
        done="It is withdrawn. It stays to its readers.",
        button="Withdraw it",
        title="Withdraw this record",
        lead="For what was recorded in error or twice. If you decided not to notify, say that instead.",
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def review_undo(request: PageRequest, *, reference: str) -> HttpResponse:
    """Take back the last step."""
    review = found_led(request, reference)
    return _with_reason(
        request,
        review,
        undo_last_step,
        done="The last step is undone.",
        button="Undo it",
        title="Undo the last step",
        lead=f"It stands at “{review.get_state_display()}”. What was decided stays to read, marked as undone.",
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def review_decide(request: PageRequest, *, reference: str) -> HttpResponse:
    """Whether to notify."""
    review = found_led(request, reference)
    form = DecideForm(sent(request), initial={"decided_on": timezone.localdate()})

    def run() -> None:
        given = form.cleaned_data
        decide_whether_to_notify(
            review=review,
            is_to_notify=given["decision"] == "notify",
            test=Test(Abuse(given["abuse"]), given["is_grave"] == "yes", Place(given["place"])),
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
        to=href(request, "review_detail", reference),
        button="Put it on record",
        title="Decide whether to notify",
        lead=f"The local authority must notify where all three parts of the test are met ({LAW}).",
        above=way(request, review),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
@logs_read("review:{reference}/identity")
def review_pack(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """The notification, ready to be copied into the national form or printed; and the day on which it went."""
    review = found_led(request, reference)
    identity = found_identity(request, reference)
    form = NotifiedForm(sent(request), initial={"sent_on": timezone.localdate()})
    pack, went = _pack(review, identity), review.notifications.filter(STANDS).first()
    return form_page(
        request,
        form=form,
        run=lambda: note_notification(
            review=review,
            sent_on=form.cleaned_data["sent_on"],
            panel_reference=form.cleaned_data["panel_reference"],
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="The notification is on record. The time of the rapid review runs from that day.",
        to=href(request, "review_detail", reference),
        button="It was sent",
        title="The notification" if went else "The notification, to copy out",
        lead=f"It went on {went.sent_on:%-d %B %Y}. This is what the record says now." if went else TO_COPY,
        is_past=went is not None,
        above=way(request, review),
        pack=pack,
        pack_text="\n\n".join(f"{heading}\n{words}" for heading, words in pack),
        printed=f"Review {reference}. It holds a child’s particulars: keep the paper locked away.",
    )


def _pack(review: Review, identity: IdentityRecord) -> list[tuple[str, str]]:
    """Heading and words, in the order in which the facts are usually asked for."""
    account = review.accounts.last()
    decision = review.notify_decisions.filter(STANDS).first()
    decided = (
        [
            ("Abuse or neglect", decision.get_abuse_display()),
            ("Where it happened", decision.get_place_display()),
            ("Why it is notified", decision.reasons),
            ("Decided by", f"{decision.deciders}, on {decision.decided_on:%-d %B %Y}"),
        ]
        if decision
        else []
    )
    return [
        ("Partnership", review.partnership.name),
        ("Our reference", review.reference),
        ("What happened", review.get_kind_display()),
        ("It happened on", f"{review.happened_on:%-d %B %Y}"),
        ("Known to the authority on", f"{review.known_on:%-d %B %Y}"),
        ("In the care of the authority", "Yes" if review.is_in_care else "No"),
        *_identity_facts(identity, review),
        ("Account", account.words if account else UNKNOWN),
        *decided,
    ]
