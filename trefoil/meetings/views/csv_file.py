"""Lists as CSV files."""

import csv
import io

from django.http import HttpResponse
from django.utils import timezone

from trefoil.access.url_rules import PageRequest
from trefoil.indicators.views.answers import answer_with_file


def answer_with_csv(request: PageRequest, page_name: str, name: str, rows: list[list[str]]) -> HttpResponse:
    """Rows as a CSV file that spreadsheets open, formulas made harmless, with the download on the trail."""
    text = io.StringIO()
    csv.writer(text).writerows([[_harmless(cell) for cell in row] for row in rows])
    return answer_with_file(
        request,
        page=page_name,
        name=f"{request.standing.partnership.slug}-{name}-{timezone.localdate():%Y-%m-%d}.csv",
        content=text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        rows=len(rows) - 1,
    )


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would read as a formula begins with an apostrophe."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
