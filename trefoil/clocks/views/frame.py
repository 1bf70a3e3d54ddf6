"""What every page of clocks gives its template, and how a page finds its clock or its limit."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest, found_or_refused, refuse
from trefoil.design.frame import Crumb

from ..models import Clock
from ..rulebook.loader import EditionRule, rulebook
from ..rules import clocks_visible_to


def page(
    request: PageRequest, template: str, *, title: str, lead: str, above: tuple[Crumb, ...] = (), **context: Any
) -> HttpResponse:
    """A page of `clocks/<template>.html`. `above` are the steps between home and this page."""
    partnership = request.standing.partnership
    crumbs = (Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug])), *above)
    shown = {"title": title, "lead": lead, "crumbs": crumbs, "slug": partnership.slug, **context}
    return render(request, f"clocks/{template}.html", shown)


def form_page(
    request: PageRequest,
    *,
    form: forms.Form,
    button: str,
    title: str,
    lead: str,
    above: tuple[Crumb, ...],
    back: str,
    back_words: str,
    why_not: str = "",
    kind: str = "",
    **context: Any,
) -> HttpResponse:
    """A page that is a form, or that says why there is none. `facts` may stand above it."""
    shown = {"form": form, "button": button, "kind": kind, "back": back, "back_words": back_words, **context}
    lead = "" if why_not else lead
    return page(request, "form", title=title, lead=lead, above=above, why_not=why_not, **shown)


def sent(request: PageRequest) -> QueryDict | None:
    """What a form sent; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def carried_out(form: forms.Form, operation: Callable[[], object]) -> bool:
    """Whether the operation did what was asked; its reason why not becomes an error of the form."""
    try:
        operation()
    except NotAllowedError as error:
        form.add_error(None, sentence(str(error)))
        return False
    return True


def sentence(words: str) -> str:
    """An operation's reason as a sentence."""
    return f"{words[:1].upper()}{words[1:].removesuffix('.')}."


def href(request: PageRequest, url_name: str, *arguments: object) -> str:
    """The address of a page of the reader's present partnership."""
    return reverse(url_name, args=[request.standing.partnership.slug, *arguments])


def list_crumb(request: PageRequest) -> Crumb:
    return Crumb("Clocks", href(request, "clock_list"))


def limits_crumb(request: PageRequest) -> Crumb:
    return Crumb("Time limits", href(request, "limit_list"))


def clock_crumb(request: PageRequest, clock: Clock) -> Crumb:
    return Crumb(clock.label, href(request, "clock_detail", clock.pk))


def clock_or_refused(request: PageRequest, pk: int) -> Clock:
    """The clock, if the reader may see it; else 404, with the refusal on the trail."""
    return found_or_refused(clocks_visible_to(request.standing), request, pk=pk)


def limit_or_refused(request: PageRequest, rule: str) -> EditionRule:
    """The limit as it holds today; 404 for an id that no pack has."""
    if rule not in rulebook():
        standing = request.standing
        refuse(request, standing.person, standing.partnership.slug, Permission.READ_CLOCKS, rule=rule)
    return rulebook().latest(rule, timezone.localdate())
