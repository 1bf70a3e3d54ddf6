"""The exceptions: what needs somebody, worst first, with who should answer."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within

from ..catalogue.loader import catalogue
from ..catalogue.vocabulary import Theme
from ..evidence.answering import Answerer, answerers_of
from ..evidence.exceptions import ExceptionItem, Kind, exceptions_in
from ..evidence.gathering import gather
from ..evidence.waiting import returns_waiting
from .links import mend_href


@dataclass(frozen=True)
class Asked:
    """The exceptions after the filters, and what the filters can be set to."""

    items: tuple[ExceptionItem, ...]
    all_items: tuple[ExceptionItem, ...]
    agencies: tuple[Answerer, ...]
    themes: tuple[Theme, ...]
    agency: str
    theme: str


def exceptions_asked_for(request: PageRequest) -> Asked:
    """The partnership's exceptions, of one agency or theme when the address says so."""
    standing, today = request.standing, timezone.localdate()
    evidence = gather(standing.partnership, tuple(catalogue()))
    answerers = answerers_of(standing.partnership, today=today, with_names=standing.may(Permission.READ_PEOPLE))
    everything = exceptions_in(evidence, returns_waiting(standing, today=today), answerers, today=today)
    agency, theme = request.GET.get("agency", ""), request.GET.get("theme", "")
    items = tuple(
        item
        for item in everything
        if agency in {"", *(str(one.agency_id) for one in item.who)}
        and theme in {"", item.theme.slug if item.theme else ""}
    )
    themes = {item.theme for item in everything if item.theme}
    return Asked(
        items=items,
        all_items=tuple(everything),
        agencies=tuple(answerers.values()),
        themes=tuple(one for one in Theme if one in themes),
        agency=agency,
        theme=theme,
    )


@within(Permission.READ_FIGURES)
@require_GET
def exceptions(request: PageRequest) -> HttpResponse:
    """The page: filters, a sentence of counts, and the list."""
    asked = exceptions_asked_for(request)
    counts = [(kind, sum(item.kind is kind for item in asked.items)) for kind in Kind]
    context = {
        "title": "The exceptions",
        "lead": _lead(asked),
        "asked": asked,
        "rows": [(item, mend_href(item, request.standing)) for item in asked.items],
        "download_query": f"?{request.GET.urlencode()}" if request.GET else "",
        "counts": [(kind.words, count) for kind, count in counts if count],
    }
    return render(request, "indicators/exceptions/exceptions.html", context)


def _lead(asked: Asked) -> str:
    if not asked.items:
        return "Nothing needs anybody here today."
    off = sum(item.kind in {Kind.MISSED, Kind.MISSED_WITH_SIGNAL} for item in asked.items)
    total = len(asked.items)
    needs = "1 thing needs somebody" if total == 1 else f"{total} things need somebody"
    return f"{needs}; {off} {'is' if off == 1 else 'are'} off target. The worst come first."
