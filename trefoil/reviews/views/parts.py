"""An agency's part of a rapid review: written by the one person who was asked, read by the review's readers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.step_up import ask_again
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..enums import ReviewState
from ..forms import ReasonForm
from ..forms_rapid import PartForm
from ..models import AgencyRequest
from ..operations.agencies import hand_in_part, withdraw_asking
from ..queries_chronology import hides_names
from ..rules import identities_visible_to, is_lead, requests_visible_to, reviews_led_by, reviews_visible_to
from .frame import METHODS, WORDS_LAST, carried_out, form_page, href, page, sent, way


def _found(request: PageRequest, reference: str, pk: int) -> AgencyRequest:
    visible = requests_visible_to(request.standing).filter(review__reference=reference)
    found = found_or_refused(visible, request, pk=pk)
    ask_again(request, request.standing.person, lasting=WORDS_LAST)
    return found


@within(Permission.READ_REVIEWS)
@keeps_draft("review:{reference}:part:{pk}")
@require_http_methods(METHODS)
def part_detail(request: DraftRequest, *, reference: str, pk: int) -> HttpResponseBase:
    """What an agency was asked, what it handed in, and, for who writes it, the form."""
    asked = _found(request, reference, pk)
    leads = is_lead(request.standing, asked.review)
    is_open = asked.review.state in {ReviewState.RAPID, ReviewState.DECIDED}
    writes = is_open and (leads or asked.person_id == request.standing.person.pk)
    last = asked.parts.last()
    names = ("involvement", "practice", "safety", "author")
    initial = {name: getattr(last, name) for name in names} if last else {"author": str(asked.person)}
    form = PartForm(sent(request), initial=initial, draft=request.draft)

    def run() -> None:
        hand_in_part(request=asked, by=request.standing.person, now=timezone.now(), **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and carried_out(form, run):
        messages.success(request, "It is handed in. You can correct it by handing it in again.")
        return redirect(href(request, "part_detail", reference, pk))
    return _page(request, reference=reference, asked=asked, form=form, writes=writes, leads=leads)


@logs_read("review:{reference}")
def _page(request: PageRequest, *, reference: str, asked: AgencyRequest, **context: Any) -> HttpResponse:
    is_read = reviews_visible_to(request.standing).filter(pk=asked.review_id).exists()
    parts = list(asked.parts.select_related("handed_in_by"))
    return page(
        request,
        "part",
        title=f"{asked.agency}: part of review {reference}",
        lead=f"Asked of {_asked_of(request, asked)}, due on {asked.due_on:%-d %B %Y}.",
        above=way(request, asked.review, is_read=is_read),
        review=asked.review,
        asked=asked,
        part=parts[-1] if parts else None,
        earlier=parts[:-1],
        redactor=hides_names(request.standing, asked.review),
        sees_identity=identities_visible_to(request.standing).filter(review=asked.review_id).exists(),
        **context,
    )


def _asked_of(request: PageRequest, asked: AgencyRequest) -> str:
    return "you" if asked.person_id == request.standing.person.pk else str(asked.person)


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def part_withdraw(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """Ask this agency no more."""
    led = reviews_led_by(request.standing)
    visible = requests_visible_to(request.standing).filter(review__in=led, review__reference=reference)
    asked = found_or_refused(visible, request, pk=pk)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: withdraw_asking(
            request=asked, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done=f"{asked.agency} is not asked any more.",
        to=href(request, "review_detail", reference),
        button="Withdraw what was asked",
        kind="warning",
        title=f"Ask {asked.agency} no more",
        lead="Whoever wrote for it alone reads no more. What it handed in goes with the request.",
        above=way(request, asked.review),
    )
