"""Groups of children against the children of the area: every measure at a glance, and one with its picture."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, within
from trefoil.design.frame import Crumb
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition
from trefoil.indicators.downloads.document import Document, FileFormat, TableSheet
from trefoil.indicators.intake.export import Cell
from trefoil.indicators.views.answers import answer_with_document

from ..area_groups import GROUPS, KnownChildren, children_in_area, children_of_groups
from ..comparing_groups import NOT_SHOWN, Compared, ComparedGroup, compared_together, counted_twin
from ..figures_file import BREAKDOWNS, KINDS
from ..pictures.ratios import ratio_picture
from .extract_page import page
from .figures import Chosen, chosen, no_figures

TITLE = "Disproportionality"
LONGEST_FIRST = ("rolling_12", "year", "year_to_date", "quarter", "month")
HEADINGS = (
    *("Measure", "Period", "Breakdown", "Group", "Counted", "Children of the area", "Per 10,000", "Others per 10,000"),
    *("Ratio", "Low end of the 95% interval", "High end", "Where the children of the area come from"),
)


@within(Permission.EXTRACT_FIGURES)
@require_safe
def disproportionality_overview(request: PageRequest) -> HttpResponse:
    """Every measure that counts children, and which groups differ in it."""
    held = chosen(request)
    if held is None:
        return no_figures(request, TITLE)
    by, known = _choices(request)
    kind, found = _found(request, held, by, known)
    differ = [one for one in found if any(group.ratio.differs for group in one.groups)]
    return page(
        request,
        "disproportionality",
        title=TITLE,
        lead="Whether children of a group are met more often than other children of the area.",
        offers_all=True,
        chosen=held,
        found=differ + [one for one in found if one not in differ],
        differ=len(differ),
        **_shared(request, by, kind, known),
    )


def _choices(request: PageRequest) -> tuple[str, KnownChildren | None]:
    """The breakdown, and the children of the area by it."""
    by = request.GET.get("by", "")
    by = by if by in GROUPS else "ethnicity"
    return by, children_of_groups(request.standing.partnership, by)


def _found(request: PageRequest, held: Chosen, by: str, known: KnownChildren | None) -> tuple[str, list[Compared]]:
    """The kind of period that was asked for, else the longest that the extract holds; and the measures in it."""
    asked = request.GET.get("kind", "")
    kinds = (asked,) if asked in KINDS else LONGEST_FIRST
    for kind in kinds:
        if known and (found := compared_together(held.sources, known, by, kind)):
            return kind, found
    return kinds[0], []


def _shared(request: PageRequest, by: str, kind: str, known: KnownChildren | None) -> dict[str, object]:
    """What both pages say of the children of the area."""
    in_area = children_in_area(request.standing.partnership)
    apart = known is not None and in_area is not None and abs(known.in_all - in_area[1]) * 10 > in_area[1]
    return {
        "by": by,
        "kind": kind,
        "kinds": KINDS,
        "breakdowns": [(name, BREAKDOWNS[name]) for name in GROUPS],
        "by_words": BREAKDOWNS[by].lower(),
        "known": known,
        "in_area": in_area if apart else None,
        "in_area_words": f"{in_area[1]:,}" if in_area else "",
        "known_words": f"{known.in_all:,}" if known else "",
        "may_load": request.standing.may(Permission.EXTRACT_LOAD),
    }


@within(Permission.EXTRACT_FIGURES)
@require_safe
def disproportionality_of(request: PageRequest, indicator: str) -> HttpResponse:
    """One measure: its groups as a picture and a table."""
    definition = _counted(indicator)
    held = chosen(request)
    if held is None:
        return no_figures(request, f"{TITLE}: {definition.title}")
    by, known = _choices(request)
    kind, found = _found(request, held, by, known)
    one = _one(definition, found)
    slug = request.standing.partnership.slug
    return page(
        request,
        "disproportionality_of",
        title=definition.title,
        lead=f"{one.finding} {one.period.label}." if one else "",
        more_crumbs=[Crumb(TITLE, reverse("disproportionality", args=[slug]))],
        definition=definition,
        chosen=held.taking(one.extract if one else None),
        offers_all=True,
        one=one,
        pictures=_pictures(definition, one) if one else (),
        not_recorded=_not_recorded(one, by) if one else "",
        counts_events=definition.extract is not None and definition.extract.count == "events",
        small_numbers=NOT_SHOWN,
        **_shared(request, by, kind, known),
    )


def _counted(indicator: str) -> Definition:
    """The measure that is laid against the children of the area; 404 for one that counts no children."""
    asked = catalogue().get(indicator)
    definition = counted_twin(asked) if asked else None
    if definition is None:
        raise Http404
    return definition


def _one(definition: Definition, found: Sequence[Compared]) -> Compared | None:
    return next((one for one in found if one.definition.id == definition.id), None)


def _pictures(definition: Definition, one: Compared) -> tuple[SafeString, ...]:
    """For a desk and for a phone."""
    ratios = [group.ratio for group in one.groups]
    title = f"{definition.title}, {one.period.label}: how many times as often as other children"
    drawn = (ratio_picture(ratios, title=title), ratio_picture(ratios, title=title, narrow=True))
    return tuple(mark_safe(svg) for svg in drawn)  # noqa: S308 - our own SVG, its text is escaped


def _not_recorded(one: Compared, by: str) -> str:
    if not one.not_recorded:
        return ""
    many = f"{one.not_recorded:,}" if one.not_recorded >= 10 else "Fewer than 10"
    return f"{many} more have no {BREAKDOWNS[by].lower()} recorded, or one that fits no group, and are left out."


@within(Permission.EXTRACT_FIGURES)
@require_safe
def disproportionality_file(request: PageRequest, indicator: str, breakdown: str) -> HttpResponse:
    """The table of one measure as CSV, small counts hidden. The download is on the trail."""
    definition, held = _counted(indicator), chosen(request)
    if breakdown not in GROUPS or held is None:
        raise Http404
    known = children_of_groups(request.standing.partnership, breakdown)
    one = _one(definition, _found(request, held, breakdown, known)[1])
    if one is None or known is None:
        raise Http404
    first = (definition.title, one.period.label, BREAKDOWNS[breakdown])
    sheet = TableSheet("Groups", HEADINGS, tuple((*first, *_cells(group), known.source) for group in one.groups))
    name = f"{definition.id.lower()}-by-{breakdown}"
    document = Document(name, f"{definition.title} by {BREAKDOWNS[breakdown].lower()}", (), (sheet,))
    return answer_with_document(request, "disproportionality", document, FileFormat.CSV)


def _cells(one: ComparedGroup) -> tuple[Cell, ...]:
    ratio = one.ratio
    numbers = [None if figure is None else round(figure, 3) for figure in (ratio.ratio, ratio.low, ratio.high)]
    return (one.title, one.counted, one.rate.children, one.per_10000, one.others_per_10000, *numbers)
