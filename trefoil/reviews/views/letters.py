"""Letters about a review and their replies; the commission of a local review."""

from dataclasses import replace

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.editing.drafts import DraftRequest, keeps_draft

from ..enums import LetterSubject, Recipient, ReplyKind
from ..forms import ReasonForm
from ..forms_letters import CommissionForm, LetterForm, ReplyForm
from ..models import STANDS, SentLetter
from ..operations.commissions import Terms, commission_review
from ..operations.letters import note_letter, note_reply, take_back_letter
from ..rules import agencies_of
from .frame import METHODS, form_page, found_led, href, sent, way


def _found(request: PageRequest, reference: str, pk: int) -> SentLetter:
    """A letter that stands, of a review that the reader leads, or 404."""
    review = found_led(request, reference)
    return found_or_refused(review.letters.filter(STANDS).select_related("review__partnership"), request, pk=pk)


@within(Permission.RUN_REVIEWS)
@keeps_draft("review:{reference}:letter")
@require_http_methods(METHODS)
def letter_new(request: DraftRequest, *, reference: str) -> HttpResponse:
    """Put a letter on record."""
    review = found_led(request, reference)
    form = LetterForm(sent(request), initial={"sent_on": timezone.localdate()}, draft=request.draft)

    def run() -> None:
        given = form.cleaned_data
        note_letter(
            review=review,
            to=Recipient(given["to"]),
            subject=LetterSubject(given["subject"]),
            sent_on=given["sent_on"],
            words=given["words"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The letter is on record.",
        to=href(request, "review_detail", reference),
        button="Put it on record",
        title="Put a letter on record",
        lead="Nothing is sent from here. Say what went, to whom and when; then what they replied.",
        above=way(request, review),
    )


@within(Permission.RUN_REVIEWS)
@keeps_draft("review:{reference}:reply:{pk}")
@require_http_methods(METHODS)
def letter_reply(request: DraftRequest, *, reference: str, pk: int) -> HttpResponse:
    """Put on record what came back."""
    letter = _found(request, reference, pk)
    form = ReplyForm(sent(request), initial={"came_on": timezone.localdate()}, draft=request.draft)

    def run() -> None:
        given = form.cleaned_data
        note_reply(
            letter=letter,
            kind=ReplyKind(given["kind"]),
            came_on=given["came_on"],
            words=given["words"],
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="The reply is on record.",
        to=href(request, "review_detail", reference),
        button="Put it on record",
        title=f"{letter.get_to_display()}: a reply",
        lead=f"To the letter of {letter.sent_on:%-d %B %Y}. It was about: {letter.get_subject_display().lower()}.",
        above=way(request, letter.review),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def letter_take_back(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """It was put on record in error."""
    letter = _found(request, reference, pk)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: take_back_letter(
            letter=letter, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="It is taken back.",
        to=href(request, "review_detail", reference),
        button="Take it back",
        kind="warning",
        title="Take a letter back",
        lead=f"{letter.get_to_display()}, {letter.sent_on:%-d %B %Y}. It stays to read with its replies, and counts no "
        "more. For what was put on record in error.",
        above=way(request, letter.review),
    )


@within(Permission.RUN_REVIEWS)
@keeps_draft("review:{reference}:commission")
@require_http_methods(METHODS)
def review_commission(request: DraftRequest, *, reference: str) -> HttpResponse:
    """Who reviews, what is asked of them, how and for how much."""
    review, today = found_led(request, reference), timezone.localdate()
    agencies = {one.pk: one for one in agencies_of(review, today)}
    held = review.commissions.filter(STANDS).first()
    names = ("terms", "method", "reviewer", "conflict", "cost", "agreed_on")
    initial = {name: getattr(held, name) for name in names} if held else {"agreed_on": today}
    form = CommissionForm(
        sent(request),
        initial=initial | {"works_for": held.works_for_id if held else None},
        draft=request.draft,
        agencies=[(key, str(one)) for key, one in agencies.items()],
        is_change=held is not None,
    )

    def run() -> None:
        given = form.cleaned_data
        terms = Terms(**{name: given[name] for name in ("terms", "method", "reviewer", "conflict", "cost")})
        works_for = agencies[given["works_for"]] if given["works_for"] else None
        commission_review(
            review=review,
            terms=replace(terms, works_for=works_for),
            agreed_on=given["agreed_on"],
            reason=given.get("reason", ""),
            by=request.standing.person,
            now=timezone.now(),
        )

    return form_page(
        request,
        form=form,
        run=run,
        done="What was agreed is on record.",
        to=href(request, "review_detail", reference),
        button="Put it on record",
        title="Commission the local review",
        lead="Who reviews, what they are asked, and how. Nobody from an agency that was asked for its part.",
        above=way(request, review),
    )
