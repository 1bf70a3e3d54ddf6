"""A theme as performance on a page."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.design.frame import Crumb

from ..calculation.sentences import page_sentences
from ..catalogue.loader import catalogue
from ..catalogue.vocabulary import Theme
from ..evidence.gathering import gather
from ..evidence.page_rows import Middle, owners
from .row_pictures import columns_of, drawn_rows, row_markup


@within(Permission.READ_FIGURES)
def theme(request: PageRequest, theme: str) -> HttpResponse:
    """The table of one theme; those that need attention are marked, not moved, so that the order stays known."""
    chosen = _theme(theme)
    partnership = request.standing.partnership
    middle = Middle.MEAN if request.GET.get("neighbours") == Middle.MEAN else Middle.MEDIAN
    evidence = gather(partnership, catalogue().in_theme(chosen))
    columns = columns_of(evidence.shown, evidence.setting, middle)
    context = {
        "title": chosen.title,
        "crumbs": [Crumb("How are we doing", reverse("figures_index", args=[partnership.slug]))],
        "slug": partnership.slug,
        "theme": chosen,
        "setting": evidence.setting,
        "columns": columns,
        "other_middle": Middle.MEAN if middle is Middle.MEDIAN else Middle.MEDIAN,
        "rows": [row_markup(drawn, partnership.slug, columns) for drawn in drawn_rows(evidence.shown, middle)],
        "sentences": page_sentences([finding.summary for finding in evidence.shown]),
        "silent": [(finding.definition, owners(finding.definition)) for finding in evidence.silent],
    }
    return render(request, "indicators/figures/theme.html", context)


def _theme(slug: str) -> Theme:
    """The theme of a slug that has definitions, or 404."""
    found = next((theme for theme in catalogue().themes if theme.slug == slug), None)
    if found is None:
        raise Http404
    return found
