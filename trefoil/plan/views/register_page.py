"""What the pages of risks, measures and the X-ray share: the way from home, forms, and answering a form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest
from trefoil.design.frame import Crumb


def at(request: PageRequest, url_name: str, *arguments: object) -> str:
    """The address of a page of the reader's present partnership."""
    return reverse(url_name, args=[request.standing.partnership.slug, *arguments])


def page(
    request: PageRequest, template: str, *, title: str, lead: str, above: tuple[Crumb, ...] = (), **context: Any
) -> HttpResponse:
    """A page of `plan/register/<template>.html`. `above` are the steps between home and this page."""
    partnership = request.standing.partnership
    crumbs = (Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug])), *above)
    shown = {"title": title, "lead": lead, "crumbs": crumbs, "slug": partnership.slug, **context}
    return render(request, f"plan/register/{template}.html", shown)


def form_page(
    request: PageRequest,
    form: forms.Form,
    *,
    button: str,
    title: str,
    lead: str,
    above: tuple[Crumb, ...],
    **context: Any,
) -> HttpResponse:
    """A page that is a form, with its button. Context may hold `facts`, `kind` of the button, and `back`."""
    back = above[-1]
    shown = {"form": form, "button": button, "back": back, **context}
    return page(request, "form", title=title, lead=lead, above=above, **shown)


def sent(request: PageRequest) -> QueryDict | None:
    """What a form sent; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def carried_out(form: forms.Form, operation: Callable[[], object]) -> bool:
    """Whether a valid form's operation did what was asked; its reason why not becomes an error of the form."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        operation()
    except NotAllowedError as error:
        text = str(error)
        form.add_error(None, f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(".") else "."))
        return False
    return True


def done(request: PageRequest, words: str, address: str) -> HttpResponse:
    """Say that it is done, on the page that comes next."""
    messages.success(request, words)
    return redirect(address)
