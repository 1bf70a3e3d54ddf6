"""The dictionary: every measure, what it means and how it is worked out."""

from functools import lru_cache

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.design.frame import Crumb

from ..catalogue.loader import catalogue
from ..catalogue.vocabulary import Theme
from ..evidence.holdings import indicators_with_figures
from ..evidence.page_rows import owners
from ..evidence.readings import published_title
from ..forms_dictionary import DictionarySearch


@within(Permission.READ_FIGURES)
def dictionary(request: PageRequest) -> HttpResponse:
    """Every definition, by theme; a GET form narrows them down."""
    partnership = request.standing.partnership
    search = DictionarySearch(request.GET)
    found = search.among(tuple(catalogue()))
    held = indicators_with_figures(partnership)
    themes = [
        (theme, [entry_markup(partnership.slug, one.id, one.id in held) for one in found if one.theme is theme])
        for theme in Theme
    ]
    context = {
        "title": "Dictionary of measures",
        "crumbs": [Crumb("How are we doing", reverse("figures_index", args=[partnership.slug]))],
        "slug": partnership.slug,
        "search": search,
        "themes": [(theme, entries) for theme, entries in themes if entries],
        "count": len(found),
        "all_count": len(catalogue()),
    }
    return render(request, "indicators/figures/dictionary.html", context)


@lru_cache(maxsize=4096)
def entry_markup(slug: str, indicator: str, has_figures: bool) -> SafeString:
    """One line of the list, written once by this process."""
    found = catalogue()[indicator]
    entry = {"definition": found, "owner": owners(found), "has_figures": has_figures}
    return render_to_string("indicators/figures/dictionary_row.html", {"entry": entry, "slug": slug})


@within(Permission.READ_FIGURES)
def definition(request: PageRequest, indicator: str) -> HttpResponse:
    """One definition in full."""
    found = catalogue().get(indicator)
    if found is None:
        raise Http404
    partnership = request.standing.partnership
    slug = partnership.slug
    context = {
        "title": found.title,
        "crumbs": [
            Crumb("How are we doing", reverse("figures_index", args=[slug])),
            Crumb("Dictionary", reverse("dictionary", args=[slug])),
        ],
        "slug": slug,
        "definition": found,
        "owner": owners(found),
        "published_title": published_title(found),
        "has_figures": found.id in indicators_with_figures(partnership),
    }
    return render(request, "indicators/figures/definition.html", context)
