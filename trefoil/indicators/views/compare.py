"""Compare areas: one published measure, the areas around this one, one year."""

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within

from ..catalogue.schema import Definition
from ..evidence.area_plot import invented_label, plot_of, whose
from ..evidence.areas import Comparison, Scope, comparable_definitions, compare_areas, scopes_for
from ..evidence.readings import published_title

FIRST_SHOWN = "CP02"


def comparison_asked_for(request: PageRequest) -> Comparison:
    """What the address asks for; anything that is not to be had gives way to the nearest that is."""
    known = {one.id: one for one in comparable_definitions()}
    wanted = request.GET.get("measure", "")
    definition = known.get(wanted) or known.get(FIRST_SHOWN) or next(iter(known.values()))
    scope = next((one for one in Scope if one.value == request.GET.get("areas")), None)
    return compare_areas(request.standing.partnership, definition, scope, request.GET.get("year", ""))


@within(Permission.READ_FIGURES)
@require_GET
def compare(request: PageRequest) -> HttpResponse:
    """The page: what to compare, the plot with its table, and what is not there."""
    comparison = comparison_asked_for(request)
    context: dict[str, Any] = {
        "title": "Compare areas",
        "lead": lead(comparison),
        "comparison": comparison,
        "plot": plot_of(comparison) if comparison.year else None,
        "themes": _by_theme(),
        "scopes": [(scope.value, _scope_words(scope, comparison)) for scope in scopes_for(comparison.setting)],
        "whose": whose(comparison),
        "reading": comparison.reading,
        "invented_label": invented_label(comparison.setting),
        "median_words": comparison.reading.say(comparison.middle.median, middle=True) or "none",
        "mean_words": comparison.reading.say(comparison.middle.mean, middle=True) or "none",
        "own_words": comparison.reading.say(comparison.invented_figure.value) if comparison.invented_figure else "",
        "beside_words": _invented_beside(comparison),
        "download_query": f"?{request.GET.urlencode()}" if request.GET else "",
        "published_title": published_title(comparison.definition),
    }
    return render(request, "indicators/compare/compare.html", context)


def lead(comparison: Comparison) -> str:
    """The one sentence at the head of the page."""
    own, area = comparison.own, comparison.setting.area.name
    if own is None:
        return f"{area} is invented, so it has no published figures. These are real areas; {area} is never one of them."
    if comparison.year is None:
        return "Nothing is published for this measure."
    if own.value is None:
        return f"{area} has no published figure for {comparison.year.period_label}: {own.why_missing}."
    said = comparison.reading.say(own.value)
    return f"{area}: {said} in {comparison.year.period_label}."


def _by_theme() -> dict[str, list[Definition]]:
    grouped: dict[str, list[Definition]] = defaultdict(list)
    for definition in comparable_definitions():
        grouped[definition.theme.title].append(definition)
    return dict(grouped)


def _scope_words(scope: Scope, comparison: Comparison) -> str:
    setting = comparison.setting
    return {
        Scope.NEIGHBOURS: f"Its {len(setting.neighbours)} statistical neighbours ({setting.model_year})",
        Scope.REGION: f"All authorities of {setting.region[1]}",
        Scope.ENGLAND: "All authorities of England, by rank",
    }[scope]


def _invented_beside(comparison: Comparison) -> str:
    """On which side of the real areas' median an invented figure stands."""
    figure, middle = comparison.invented_figure, comparison.middle.median
    if figure is None or figure.value is None or middle is None:
        return ""
    side = "above" if figure.value > middle else "below" if figure.value < middle else "at"
    return f"That is {side} the median of the real areas."
