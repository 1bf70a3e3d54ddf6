"""What is known of the area itself: children, ethnic groups, region and neighbours, each with its source."""

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.design.frame import Crumb

from ..calculation.ratios import percentage
from ..evidence.place import Place, place_of


@within(Permission.READ_FIGURES)
@require_safe
def area(request: PageRequest) -> HttpResponse:
    """The area on a page. What nobody has published for it is said in words."""
    partnership = request.standing.partnership
    place = place_of(partnership.area)
    context = {
        "title": f"About {partnership.area.name}",
        "crumbs": [Crumb("How are we doing", reverse("figures_index", args=[partnership.slug]))],
        "place": place,
        "children": [(f"{year}", f"{count:,}") for year, count in place.children],
        "ethnic_groups": _shares(place),
        "child_headings": ["Year", "Children"],
        "group_headings": ["Group", "People", "Share"],
        "neighbour_headings": ["Rank", "Authority", "How close"],
        "neighbours": [(str(rank), name, closeness) for rank, name, closeness in place.neighbours],
    }
    return render(request, "indicators/figures/area.html", context)


def _shares(place: Place) -> list[tuple[str, str, str]]:
    everybody = sum(people for _, people in place.ethnic_groups)
    return [
        (name, f"{people:,}", f"{percentage(Decimal(people), Decimal(everybody))}%")
        for name, people in place.ethnic_groups
    ]
