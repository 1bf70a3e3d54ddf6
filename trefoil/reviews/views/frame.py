"""What the pages of reviews share: finding a review or refusing it, the way from home, forms and what they do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from trefoil.access.errors import NotAllowedError
from trefoil.access.step_up import ask_again
from trefoil.access.url_rules import PageRequest, found_or_refused
from trefoil.design.frame import Crumb

from ..models import IdentityRecord, Review
from ..rules import identities_visible_to, reviews_led_by, reviews_visible_to

METHODS = ["GET", "HEAD", "POST"]
# For how long the reader is believed to be who they said they are: sealed words, and who the child is.
WORDS_LAST, IDENTITY_LASTS = timedelta(hours=1), timedelta(minutes=15)


def page(
    request: PageRequest,
    template: str,
    *,
    title: str,
    lead: str,
    above: tuple[Crumb, ...] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of `reviews/<template>.html`. `above` are the steps between home and this page."""
    partnership = request.standing.partnership
    crumbs = (Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug])), *above)
    shown = {"title": title, "lead": lead, "crumbs": crumbs, "slug": partnership.slug, **context}
    return render(request, f"reviews/{template}.html", shown, status=status)


def href(request: PageRequest, url_name: str, *arguments: object) -> str:
    """The address of a page of the reader's present partnership."""
    return reverse(url_name, args=[request.standing.partnership.slug, *arguments])


def way(request: PageRequest, review: Review | None = None, *, is_read: bool = True) -> tuple[Crumb, ...]:
    """The steps to a page about a review; `is_read` says whether the reader may open the review itself."""
    steps = (Crumb("Reviews", href(request, "review_list")),)
    if review is None or not is_read:
        return steps
    return (*steps, Crumb(review.reference, href(request, "review_detail", review.reference)))


def found_review(request: PageRequest, reference: str) -> Review:
    """A review that the reader reads as a whole, or 404."""
    found = found_or_refused(reviews_visible_to(request.standing), request, reference=reference)
    ask_again(request, request.standing.person, lasting=WORDS_LAST)
    return found


def found_led(request: PageRequest, reference: str) -> Review:
    """A review that the reader runs, or 404."""
    found = found_or_refused(reviews_led_by(request.standing), request, reference=reference)
    ask_again(request, request.standing.person, lasting=WORDS_LAST)
    return found


def found_identity(request: PageRequest, reference: str) -> IdentityRecord:
    """Who a review is about, for the readers who were given that, or 404. It asks more often who the reader is."""
    found = found_or_refused(identities_visible_to(request.standing), request, review__reference=reference)
    ask_again(request, request.standing.person, lasting=IDENTITY_LASTS)
    return found


def sent(request: PageRequest) -> QueryDict | None:
    """What a form sent, empty or not; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def carried_out(form: forms.Form, operation: Callable[[], object]) -> bool:
    """Whether the operation did what was asked; its reason why not becomes an error of the form."""
    try:
        operation()
    except NotAllowedError as error:
        words = str(error)
        form.add_error(None, f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '?')) else '.'}")
        return False
    return True


def form_page(
    request: PageRequest,
    *,
    form: forms.Form,
    run: Callable[[], object],
    done: str,
    to: str,
    button: str,
    title: str,
    lead: str,
    above: tuple[Crumb, ...],
    **context: Any,
) -> HttpResponse:
    """A page that is one form: shown, carried out with `done` said and the reader taken to `to`, or shown with errors.

    Context may hold `facts`, `notes`, the `kind` of button, and `back_words` for the link that leaves it.
    """
    if request.method == "POST" and form.is_valid() and carried_out(form, run):
        messages.success(request, done)
        return redirect(to)
    shown = {"form": form, "button": button, "back": to, **context}
    return page(request, "form_page", title=title, lead=lead, above=above, **shown)
