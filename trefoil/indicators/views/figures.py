"""“How are we doing”: every theme at a glance."""

from django.http import HttpResponse
from django.shortcuts import render

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within

from ..evidence.overview import overview


@within(Permission.READ_FIGURES)
def figures_index(request: PageRequest) -> HttpResponse:
    """A line for each theme, and three sentences over all of them."""
    partnership = request.standing.partnership
    context = {
        "title": "How are we doing",
        "overview": overview(partnership),
        "slug": partnership.slug,
        "area": partnership.area.name,
    }
    return render(request, "indicators/figures/index.html", context)
