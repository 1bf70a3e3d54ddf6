"""Files out: the template to fill in, and the figures of a return in the same layout, so that they can be corrected."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from trefoil.access.url_rules import within

from ..catalogue.loader import catalogue
from ..expected import asked_definitions, expected_figures
from ..intake.export import Cell, to_csv
from ..intake.template import heading_row, return_workbook
from ..models import AgencyReturn, Figure
from ..operations.entries import note_download
from ..queries_returns import row_of
from .returns_page import READS, ReturnRequest, about_return

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@within(*READS)
@require_safe
@about_return
def return_template(request: ReturnRequest, *, file_format: str, **_parts: object) -> HttpResponse:
    """The blank template: a row for each figure that is waited for. It holds none, so the trail need not know."""
    held = request.agency_return
    expected = expected_figures(held.indicators, held.period, catalogue())
    rows: list[list[Cell]] = [heading_row()]
    rows += [[one.definition.id, one.definition.title, one.breakdown, one.period.code, *[None] * 5] for one in expected]
    return _file(held, rows, file_format, "template")


@within(*READS)
@require_safe
@about_return
def return_figures(request: ReturnRequest, *, file_format: str, **_parts: object) -> HttpResponse:
    """The current figures, in the layout of the template. The download is on the trail or it does not happen."""
    held = request.agency_return
    with transaction.atomic():
        rows = [heading_row(), *(_cells(figure) for figure in held.figures.current())]
        answer = _file(held, rows, file_format, "figures")
        note_download(
            agency_return=held,
            how=file_format,
            by=request.standing.person,
            now=timezone.now(),
            opened=request.read_by_opening,
        )
    return answer


def _cells(figure: Figure) -> list[Cell]:
    definition = catalogue().get(figure.indicator)
    row = row_of(figure)
    return [
        row.indicator,
        definition.title if definition else "",
        row.breakdown,
        row.period.code,
        row.numerator,
        row.denominator,
        row.value,
        row.missing_reason,
        row.note,
    ]


def _file(held: AgencyReturn, rows: list[list[Cell]], file_format: str, what: str) -> HttpResponse:
    if file_format not in KINDS:
        raise Http404
    wanted = asked_definitions(held.indicators, catalogue())
    data = to_csv(rows) if file_format == "csv" else return_workbook(rows, wanted)
    name = f"{slugify(held.agency.name)}-{slugify(held.title)}-{slugify(held.period.code)}-{what}.{file_format}"
    return HttpResponse(
        data, content_type=KINDS[file_format], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
