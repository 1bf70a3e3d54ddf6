"""What every page of this room gives its template."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from trefoil.access.url_rules import PageRequest
from trefoil.design.frame import Crumb


def page(
    request: PageRequest,
    template: str,
    *,
    title: str,
    lead: str,
    above: tuple[Crumb, ...] = (),
    **context: Any,
) -> HttpResponse:
    """A page of `notifications/<template>.html`. `above` are the steps between home and this page."""
    partnership = request.standing.partnership
    crumbs = (Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug])), *above)
    shown = {"title": title, "lead": lead, "crumbs": crumbs, **context}
    return render(request, f"notifications/{template}.html", shown)


def here(request: PageRequest, url_name: str, *arguments: object) -> str:
    """The address of a page of the reader's present partnership."""
    return reverse(url_name, args=[request.standing.partnership.slug, *arguments])


def messages_crumb(request: PageRequest) -> tuple[Crumb, ...]:
    """The step to the inbox."""
    return (Crumb("Messages", here(request, "message_list")),)
