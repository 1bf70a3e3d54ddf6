"""One indicator: its finding, its figures by source, its parts, its comparators, what is said and how sure it is."""

from hashlib import sha256

from django.core.cache import caches
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.access.url_rules import PageRequest, within
from trefoil.design.charts import Chart, render_svg
from trefoil.design.frame import Crumb

from ..calculation.targets import Rag
from ..catalogue.loader import catalogue
from ..catalogue.schema import Definition
from ..evidence.findings import Evidence, Finding
from ..evidence.gathering import gather
from ..evidence.page_rows import Middle, latest_words, owners
from ..evidence.questions import in_words
from ..evidence.readings import Reading, published_reading, published_title
from ..evidence.sections import (
    breakdown_sections,
    pictures_of,
    place_words,
    quality_notes,
    sections_of,
    small_numbers_note,
    sureness,
)
from ..rules_steering import agency_that_answers
from .row_pictures import drawn_rows


@within(Permission.READ_FIGURES)
def indicator(request: PageRequest, indicator: str) -> HttpResponse:
    """The page of one indicator."""
    definition = definition_or_404(indicator)
    evidence = gather(request.standing.partnership, [definition], in_parts=True)
    context = _page(request.standing, evidence.findings[0], evidence)
    return render(request, "indicators/figures/indicator.html", context)


@within(Permission.READ_FIGURES)
def indicator_chart(request: PageRequest, indicator: str, picture: str) -> HttpResponse:
    """One picture of an indicator's page as SVG; `?narrow=1` gives the drawing for a phone."""
    definition = definition_or_404(indicator)
    evidence = gather(request.standing.partnership, [definition], in_parts=True)
    chart = pictures_of(evidence.findings[0], evidence).get(picture)
    if chart is None:
        raise Http404
    svg = render_svg(chart, narrow="narrow" in request.GET, cache=caches["charts"]).encode()
    return _answer(request, svg)


def definition_or_404(indicator: str) -> Definition:
    """The definition with this id."""
    found = catalogue().get(indicator)
    if found is None:
        raise Http404
    return found


def _answer(request: PageRequest, svg: bytes) -> HttpResponse:
    """The picture, or 304 when the browser has it. It is this reader's: no shared cache may keep it."""
    etag = f'"{sha256(svg).hexdigest()[:32]}"'
    known = etag in request.headers.get("If-None-Match", "")
    response = HttpResponseNotModified() if known else HttpResponse(svg, content_type="image/svg+xml")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _page(standing: Standing, finding: Finding, evidence: Evidence) -> dict[str, object]:
    definition, slug = finding.definition, standing.partnership.slug
    sections = sections_of(finding, evidence)
    pictures = pictures_of(finding, evidence)
    beside = finding.beside
    return {
        "title": _title(finding, evidence, pictures),
        "crumbs": crumbs_of(slug, definition),
        "slug": slug,
        "definition": definition,
        "finding": finding,
        "setting": evidence.setting,
        "drawn": drawn_rows([finding])[0],
        "sections": sections,
        "shown": {name: _picture(slug, definition, name, chart) for name, chart in pictures.items()},
        "sureness": sureness(finding),
        "breakdowns": breakdown_sections(finding, evidence),
        "small_numbers": small_numbers_note(finding, evidence),
        "comparators": _comparators(finding, evidence, published_reading(definition)) if beside else (),
        "comparator_headings": ("Area", "Figure"),
        "place": place_words(finding, evidence.setting.area.name),
        "quality": quality_notes(finding),
        "faults": in_words(finding.faults),
        "second_looks": in_words(finding.notes),
        "owner": owners(definition),
        "published_title": published_title(definition),
        "targets": [(target, finding.reading.say(target.value)) for target in finding.targets],
        "may_comment": agency_that_answers(standing, definition) is not None,
        "may_set_target": standing.may(Permission.SET_TARGET),
        "may_read_returns": standing.may(Permission.READ_ALL_RETURNS),
        "may_read_extracts": standing.may(Permission.EXTRACT_FIGURES),
    }


def crumbs_of(slug: str, definition: Definition) -> list[Crumb]:
    """The way to an indicator: all themes, its theme."""
    return [
        Crumb("How are we doing", reverse("figures_index", args=[slug])),
        Crumb(definition.theme.title, reverse("theme", args=[slug, definition.theme.slug])),
    ]


def _title(finding: Finding, evidence: Evidence, pictures: dict[str, Chart]) -> str:
    """The finding of the newest figures: a signal or the usual range, before ten figures the target, else the name."""
    if finding.shares:
        return f"{finding.definition.short_title}: {pictures['shares'].title[:1].lower()}{pictures['shares'].title[1:]}"
    sections = sections_of(finding, evidence)
    if finding.chart.current is None and finding.latest and finding.rag is not Rag.NONE:
        return f"{finding.definition.short_title}: {finding.rag_words} in {finding.latest.period.label}"
    return sections[0].chart.title if sections else finding.definition.title


def _picture(slug: str, definition: Definition, name: str, chart: Chart) -> dict[str, object]:
    """What the template needs to show a picture by its address, with its words and the table behind it."""
    headings, rows = chart.table()
    return {
        "src": reverse("indicator_chart", args=[slug, definition.id, name]),
        "title": chart.title,
        "subtitle": chart.subtitle,
        "alt": chart.description(),
        "headings": headings,
        "rows": rows,
    }


def _comparators(finding: Finding, evidence: Evidence, reading: Reading) -> list[tuple[str, str]]:
    """Each comparator for the same published period."""
    beside, setting = finding.beside, evidence.setting
    if beside is None:
        return []
    own = beside.observation.value
    others = []
    for middle in Middle:
        value = middle.of(beside.neighbours)
        if value is not None:
            others.append((f"Neighbours' {middle} ({beside.neighbours.words})", reading.say(value, middle=True)))
    if reading.unit.is_ratio or own is not None:
        # A whole country's count says nothing beside an area that has no published figure of its own.
        others += [(setting.region[1], reading.say(beside.region) or "Not published")] if setting.region[0] else []
        others += [("England", reading.say(beside.england) or "Not published")]
    if not others:
        return []
    if own is None and finding.latest is not None and finding.latest.value is not None:
        return [(f"{setting.area.name}, returned for {finding.latest.period.label}", latest_words(finding)), *others]
    return [(setting.area.name, reading.say(own) or "Not published"), *others]
