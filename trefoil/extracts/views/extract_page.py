"""What the pages of extracts share: loading an extract or refusing it, the way from home, words."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, cast

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused
from trefoil.design.frame import Crumb

from ..models import Extract
from ..rules import extracts_visible_to

READS = (Permission.EXTRACT_FIGURES, Permission.EXTRACT_LOAD)

SMALL_NUMBERS = (
    "Small counts are not hidden here. They are for the partnership’s own use. "
    "Before anything is published, small counts have to be hidden."
)


class ExtractRequest(PageRequest):
    """A request for a page about one extract that the person may see."""

    extract: Extract


def about_extract(
    view: Callable[Concatenate[ExtractRequest, ...], HttpResponseBase],
) -> Callable[Concatenate[PageRequest, ...], HttpResponseBase]:
    """Load the extract that the URL names by `pk`. One that is not this person's is 404, the refusal on the trail."""

    @wraps(view)
    def loaded(request: PageRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponseBase:
        asked = cast("ExtractRequest", request)
        asked.extract = found_or_refused(extracts_visible_to(request.standing), request, pk=pk)
        return view(asked, *args, pk=pk, **kwargs)

    return loaded


def page(request: PageRequest, template: str, *, title: str, lead: str = "", **context: Any) -> HttpResponse:
    """A page of `extracts/<template>.html`; its crumbs lead home, to the list, and to the extract, if any."""
    slug = request.standing.partnership.slug
    crumbs = [Crumb(request.standing.partnership.short_name, reverse("partnership_home", args=[slug]))]
    if template != "list":
        crumbs.append(Crumb("Extracts", reverse("extract_list", args=[slug])))
    held: Extract | None = getattr(request, "extract", None)
    if held is not None and template != "detail":
        crumbs.append(Crumb(str(held), detail_href(request, held)))
    crumbs += context.pop("more_crumbs", [])
    shown = {"title": title, "lead": lead, "crumbs": crumbs, "slug": slug, "extract": held, **context}
    return render(request, f"extracts/{template}.html", shown)


def detail_href(request: PageRequest, extract: Extract) -> str:
    """The page of an extract."""
    return reverse("extract_detail", args=[request.standing.partnership.slug, extract.pk])


def day_words(day: date) -> str:
    """`3 March 2026`."""
    return f"{day:%-d %B %Y}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 fault`, `2 faults`, `1,390 rows`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def size_words(size: int) -> str:
    """`12 kB`, `3.4 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,} kB"
    tenths = round(size / 100_000)
    return f"{tenths // 10:,}.{tenths % 10} MB"
