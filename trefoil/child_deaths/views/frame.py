"""What the pages of child deaths share: finding a record or refusing it, the way from home, forms and what they do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from trefoil.access.step_up import ask_again
from trefoil.access.url_rules import PageRequest, found_or_refused
from trefoil.design.frame import Crumb
from trefoil.reviews.views.frame import IDENTITY_LASTS, METHODS, WORDS_LAST, carried_out, href, sent

from ..models import Death, DeathIdentity
from ..rules import deaths_led_by, deaths_visible_to, identities_visible_to

__all__ = [
    "METHODS",
    "carried_out",
    "confirmed",
    "form_page",
    "found_death",
    "found_identity",
    "found_led",
    "href",
    "page",
    "sent",
    "way",
]


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
    """A page of `child_deaths/<template>.html`. `above` are the steps between home and this page."""
    partnership = request.standing.partnership
    crumbs = (Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug])), *above)
    shown = {"title": title, "lead": lead, "crumbs": crumbs, "slug": partnership.slug, **context}
    return render(request, f"child_deaths/{template}.html", shown, status=status)


def way(request: PageRequest, death: Death | None = None, *, is_read: bool = True) -> tuple[Crumb, ...]:
    """The steps to a page about a death; `is_read` says whether the reader may open the record itself."""
    steps = (Crumb("Child deaths", href(request, "death_list")),)
    if death is None or not is_read:
        return steps
    return (*steps, Crumb(death.reference, href(request, "death_detail", death.reference)))


def confirmed(request: PageRequest) -> None:
    """Ask again who the reader is, where they have not said so for an hour."""
    ask_again(request, request.standing.person, lasting=WORDS_LAST)


def found_death(request: PageRequest, reference: str) -> Death:
    """A death whose review the reader reads as a whole, or 404."""
    found = found_or_refused(deaths_visible_to(request.standing), request, reference=reference)
    confirmed(request)
    return found


def found_led(request: PageRequest, reference: str) -> Death:
    """A death whose review the reader runs, or 404."""
    found = found_or_refused(deaths_led_by(request.standing), request, reference=reference)
    confirmed(request)
    return found


def found_identity(request: PageRequest, reference: str) -> DeathIdentity:
    """Who the child was, for the readers who were given that, or 404. It asks more often who the reader is."""
    found = found_or_refused(identities_visible_to(request.standing), request, death__reference=reference)
    ask_again(request, request.standing.person, lasting=IDENTITY_LASTS)
    return found


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

    Context may hold `notes`, the `kind` of button, and `back_words` for the link that leaves it.
    """
    if request.method == "POST" and form.is_valid() and carried_out(form, run):
        messages.success(request, done)
        return redirect(to)
    shown = {"form": form, "button": button, "back": to, **context}
    return page(request, "form_page", title=title, lead=lead, above=above, **shown)
