"""What the pages of returns share: loading a return or refusing it, and the way from home to the page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, refuse
from trefoil.design.frame import Crumb

from ..models import AgencyReturn
from ..rules import returns_visible_to

READS = (Permission.READ_RETURNS_OF_OWN_AGENCY, Permission.READ_ALL_RETURNS)


class ReturnRequest(PageRequest):
    """A request for a page about one return that the person may see."""

    agency_return: AgencyReturn


def about_return(
    view: Callable[Concatenate[ReturnRequest, ...], HttpResponseBase],
) -> Callable[Concatenate[PageRequest, ...], HttpResponseBase]:
    """Load the return that the URL names by `pk`. One that is not this person's is 404, the refusal on the trail."""

    @wraps(view)
    def loaded(request: PageRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        standing = request.standing
        found = returns_visible_to(standing).filter(pk=pk).first()
        if found is None:
            refuse(request, standing.person, standing.partnership.slug, READS[0], pk=pk)
        asked = cast("ReturnRequest", request)
        asked.agency_return = found
        own = standing.may_for(Permission.READ_RETURNS_OF_OWN_AGENCY, found.agency_id)
        asked.read_by_opening = standing.only_opened(Permission.READ_ALL_RETURNS) and not own
        return view(asked, *args, pk=pk, **kwargs)

    return loaded


def about_own_return(
    permission: Permission,
) -> Callable[
    [Callable[Concatenate[ReturnRequest, ...], HttpResponseBase]],
    Callable[Concatenate[PageRequest, ...], HttpResponseBase],
]:
    """As `about_return`, for a page where an agency works on its own return: one of another agency is 404.

    Who may read every return, by duty or by emergency access, reads them on their own page.
    """

    def declare(
        view: Callable[Concatenate[ReturnRequest, ...], HttpResponseBase],
    ) -> Callable[Concatenate[PageRequest, ...], HttpResponseBase]:
        @wraps(view)
        def own(request: ReturnRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            standing = request.standing
            if not standing.may_for(permission, request.agency_return.agency_id):
                refuse(request, standing.person, standing.partnership.slug, permission, pk=request.agency_return.pk)
            return view(request, *args, **kwargs)

        return about_return(own)

    return declare


def page(request: PageRequest, template: str, *, title: str, lead: str = "", **context: Any) -> HttpResponse:
    """A page of `indicators/returns/<template>.html`; its crumbs lead home, to the list and to the return, if any."""
    slug = request.standing.partnership.slug
    crumbs = [Crumb(request.standing.partnership.short_name, reverse("partnership_home", args=[slug]))]
    if template != "list":
        crumbs.append(Crumb("Returns", reverse("return_list", args=[slug])))
    held: AgencyReturn | None = getattr(request, "agency_return", None)
    if held is not None and template != "detail":
        crumbs.append(Crumb(str(held), detail_href(request, held)))
    shown = {"title": title, "lead": lead, "crumbs": crumbs, "slug": slug, "agency_return": held, **context}
    return render(request, f"indicators/returns/{template}.html", shown)


def detail_href(request: PageRequest, agency_return: AgencyReturn) -> str:
    """The page of a return."""
    return reverse("return_detail", args=[request.standing.partnership.slug, agency_return.pk])
