"""What every page within a partnership gives its template: title, lead and the way from home."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest
from trefoil.design.frame import Crumb


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
    """A page of `workspace/<template>.html`. `above` are the steps between home and this page."""
    partnership = request.standing.partnership
    crumbs = (Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug])), *above)
    shown = {"title": title, "lead": lead, "crumbs": crumbs, **context}
    return render(request, f"workspace/{template}.html", shown, status=status)


def form_page(
    request: PageRequest,
    *,
    form: forms.Form,
    button: str,
    title: str,
    lead: str,
    above: tuple[Crumb, ...],
    kind: str = "",
    **context: Any,
) -> HttpResponse:
    """A page that is a form, with what it is about and its button. `kind` of button: empty, `secondary`, `warning`.

    Context may hold `facts`, `notes`, `gives`, and `back` with `back_words`.
    """
    shown = {"form": form, "button": button, "kind": kind, **context}
    return page(request, "form_page", title=title, lead=lead, above=above, **shown)


def sent(request: PageRequest) -> QueryDict | None:
    """What a form sent, empty or not; None when the page was only asked for."""
    return request.POST if request.method == "POST" else None


def carried_out(form: forms.Form, operation: Callable[[], object]) -> bool:
    """Whether the operation did what was asked; its reason why not becomes an error of the form."""
    try:
        operation()
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return False
    return True


def within_partnership(request: PageRequest, url_name: str, *arguments: object) -> str:
    """The address of a page of the reader's present partnership."""
    return reverse(url_name, args=[request.standing.partnership.slug, *arguments])
