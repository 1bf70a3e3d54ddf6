"""Prepare for publication: choose, look at what would be shown and what is hidden, confirm, take away."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest, found_or_refused, within

from ..downloads.document import FileFormat
from ..downloads.editions import edition_document
from ..operations.publication import publish_edition
from ..periods import PeriodError, parse_period
from ..publishing.counted import NotPublishableError, Wanted, measures_offered, offered
from ..publishing.prepared import Prepared, prepared
from ..rules_publication import editions_visible_to
from ..suppression.differencing import DifferencingRefused
from .answers import answer_with_document


@dataclass(frozen=True)
class _Looked:
    """What came of the choice: a table to look at, or why there is none."""

    ready: Prepared | None = None
    refused: str = ""


@within(Permission.PREPARE_PUBLICATION)
@require_http_methods(["GET", "POST"])
def publication(request: PageRequest) -> HttpResponse:
    """The page, and the confirmation that it sends."""
    measure = (request.POST if request.method == "POST" else request.GET).get("measure", "")
    choices = offered(request.standing.partnership, measure) if measure else ()
    wanted = _wanted(request, choices)
    if request.method == "POST" and wanted is not None:
        return _confirm(request, wanted)
    looked = _look(request, wanted)
    context: dict[str, Any] = {
        "title": "Prepare for publication",
        "measures": measures_offered(request.standing.partnership),
        "measure": measure,
        "periods": _periods(choices),
        "dimensions": sorted({one.dimension for one in choices}),
        "wanted": wanted,
        "ready": looked.ready,
        "refused": looked.refused,
        "editions": editions_visible_to(request.standing),
    }
    return render(request, "indicators/publication/publication.html", context)


@within(Permission.PREPARE_PUBLICATION)
@require_GET
def publication_file(request: PageRequest, edition: int, file_format: str) -> HttpResponse:
    """An edition as it was shown."""
    found = found_or_refused(editions_visible_to(request.standing), request, pk=edition)
    if file_format not in list(FileFormat):
        raise Http404
    return answer_with_document(request, "publication", edition_document(found), FileFormat(file_format))


def _wanted(request: PageRequest, choices: tuple[Wanted, ...]) -> Wanted | None:
    """The choice that the form names, if it is one of those offered."""
    given = request.POST if request.method == "POST" else request.GET
    try:
        period = parse_period(given.get("period", ""))
    except PeriodError:
        return None
    asked = Wanted(given.get("measure", ""), period, given.get("by", ""))
    return asked if asked in choices else None


def _look(request: PageRequest, wanted: Wanted | None) -> _Looked:
    if wanted is None:
        nothing = "There are no approved figures for this period and breakdown. Choose another."
        return _Looked(refused=nothing if request.GET.get("period") else "")
    try:
        return _Looked(ready=prepared(request.standing.partnership, wanted))
    except NotPublishableError as why:
        return _Looked(refused=str(why))
    except DifferencingRefused as why:
        return _Looked(refused=_because_of_earlier(why))


def _because_of_earlier(why: DifferencingRefused) -> str:
    return f"An earlier publication stands against it: {why}. Publish another period or breakdown instead."


def _confirm(request: PageRequest, wanted: Wanted) -> HttpResponse:
    try:
        edition = publish_edition(
            partnership=request.standing.partnership,
            wanted=wanted,
            looked_at=request.POST.get("digest", ""),
            by=request.standing.person,
            now=timezone.now(),
        )
    except (NotAllowedError, NotPublishableError, DifferencingRefused) as why:
        messages.error(request, f"Nothing was stored: {why}.")
    else:
        messages.success(request, f"“{edition.title}” is ready. Take it away below.")
    return redirect(reverse("publication", args=[request.standing.partnership.slug]))


def _periods(choices: tuple[Wanted, ...]) -> list[tuple[str, str]]:
    """The periods that can be chosen, newest first, as their written form and in words."""
    found = {one.period for one in choices}
    return [(one.code, one.label) for one in sorted(found, key=lambda one: (one.end, one.start), reverse=True)]
