"""Pages of the improvement plan's measures: the table, one measure, a file."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.indicators.calculation.change import Arrow
from trefoil.indicators.calculation.targets import Rag
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.downloads.document import FileFormat
from trefoil.indicators.views.answers import answer_with_document

from ..files_register import measures_document
from ..models import Measure
from ..queries_measures import MeasureLine, by_priority, measure_lines, typed_rows
from ..rules_register import measures_visible_to
from ..words import counted
from .frame import href, page

# The four ways, as the page's key says them, for the design's arrow.
FOUR_WAYS = (
    ("up", "better", "Up, and that is better"),
    ("down", "better", "Down, and that is better"),
    ("up", "worse", "Up, and that is worse"),
    ("down", "worse", "Down, and that is worse"),
)
RAG_TAGS = {Rag.GREEN: "green", Rag.AMBER: "yellow", Rag.RED: "red", Rag.NONE: "grey"}


@within(Permission.READ_PLAN)
@require_GET
def measure_list(request: PageRequest) -> HttpResponse:
    """Every measure under its priority: previous, latest, change, change since the baseline, target."""
    lines = measure_lines(request.standing)
    return page(
        request,
        "register/measures",
        title="Improvement plan: measures",
        lead=_lead(lines),
        groups=by_priority(lines),
        lines=lines,
        four_ways=FOUR_WAYS,
        rag_tags=RAG_TAGS,
        may_write=request.standing.may(Permission.WRITE_PLAN),
    )


def _lead(lines: list[MeasureLine]) -> str:
    if not lines:
        return "What shows whether the plan works: from which baseline, to which target, and where it stands."
    worse = sum(one.line.moved.arrow in {Arrow.UP_BAD, Arrow.DOWN_BAD} for one in lines)
    better = sum(one.line.moved.arrow in {Arrow.UP_GOOD, Arrow.DOWN_GOOD} for one in lines)
    missing = sum(one.is_missing for one in lines)
    said = f"Of {counted(len(lines), 'measure')}, {better} moved the right way and {worse} the wrong way."
    return f"{said} For {missing} the latest figure has not come." if missing else said


@within(Permission.READ_PLAN)
@require_GET
def measure_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One measure: its line, and every figure with its source or why there is none."""
    visible = measures_visible_to(request.standing)
    measure = found_or_refused(visible, request, pk=pk)
    (one,) = measure_lines(request.standing, visible.filter(pk=measure.pk))
    return page(
        request,
        "register/measure",
        title=measure.title,
        lead=_measure_lead(one),
        above=measure_above(request),
        one=one,
        line=one.line,
        measure=one.measure,
        definition=catalogue().get(measure.indicator),
        typed=[] if measure.indicator else typed_rows(one),
        points=one.line.points[::-1],
        rag_tags=RAG_TAGS,
        may_write=request.standing.may(Permission.WRITE_PLAN) and not measure.is_withdrawn,
    )


def _measure_lead(one: MeasureLine) -> str:
    line = one.line
    if one.measure.is_withdrawn:
        return "This measure has been withdrawn."
    if line.latest is None:
        return "It has no figure yet."
    if line.latest.value is None:
        return f"No figure for {line.latest.period.label}: {line.latest.why_missing or 'no reason is given'}."
    return (
        f"{line.say(line.latest)} in {line.latest.period.label}. {line.moved.words[:1].upper()}{line.moved.words[1:]}."
    )


def measure_above(request: PageRequest, measure: Measure | None = None) -> tuple[Crumb, ...]:
    """The way to a page below the measures, or below one of them."""
    table = Crumb("Measures", href(request, "measure_list"))
    return (table, Crumb(measure.title, href(request, "measure_detail", measure.pk))) if measure else (table,)


@within(Permission.READ_PLAN)
@require_GET
def measure_file(request: PageRequest, file_format: str) -> HttpResponse:
    """The measures as a workbook or CSV."""
    if file_format not in list(FileFormat):
        raise Http404
    lines = [one for group in by_priority(measure_lines(request.standing)) for one in group.lines]
    document = measures_document(request.standing.partnership, lines, now=timezone.now())
    return answer_with_document(request, "measures", document, FileFormat(file_format))
