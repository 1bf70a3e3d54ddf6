"""The exceptions: what needs somebody, worst first, with who should answer."""

from collections.abc import Sequence
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
    current, old = ([item for item in asked.items if item.is_old is age] for age in (False, True))
    context = {
        "title": "The exceptions",
        "lead": _lead(asked),
        "asked": asked,
        "rows": [(item, mend_href(item, request.standing)) for item in asked.items],
        "download_query": f"?{request.GET.urlencode()}" if request.GET else "",
        "counts": [(words, _counts(items)) for words, items in (("", current), (_old_words(old), old)) if items],
    }
    return render(request, "indicators/exceptions/exceptions.html", context)


def _counts(items: Sequence[ExceptionItem]) -> list[tuple[str, int]]:
    """How many there are of each kind, worst first."""
    counts = [(kind.words, sum(item.kind is kind for item in items)) for kind in Kind]
    return [(words, count) for words, count in counts if count]


def _old_words(old: Sequence[ExceptionItem]) -> str:
    """What stands before the counts of what rests on old figures."""
    oldest = min((item.figure_on for item in old if item.figure_on), default=None)
    return f"On figures more than two years old, the oldest of {oldest:%B %Y}" if oldest else ""


def _lead(asked: Asked) -> str:
    if not asked.items:
        return "Nothing needs anybody here today."
    current = [item for item in asked.items if not item.is_old]
    off = sum(item.kind in {Kind.MISSED, Kind.MISSED_WITH_SIGNAL} for item in current)
    old = len(asked.items) - len(current)
    needs = "1 thing needs somebody" if len(current) == 1 else f"{len(current)} things need somebody"
    said = f"{needs}; {off} {'is' if off == 1 else 'are'} off target. The worst come first."
    rests = "1 more rests" if old == 1 else f"{old} more rest"
    return f"{said} {rests} on figures more than two years old and stand{'s' * (old == 1)} last." if old else said
