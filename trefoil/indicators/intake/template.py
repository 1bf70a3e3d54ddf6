"""Makes the blank return template for an agency: CSV, or XLSX with a second sheet on how to fill it in. Pure."""

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..catalogue.schema import Definition
from ..periods import Period
from .export import Cell, OutSheet, saved, to_csv, write_sheet
from .opening_workbook import GUIDE_SHEET, RETURN_SHEET
from .shapes.template import COLUMNS

_WIDTHS = (11, 44, 34, 12, 12, 12, 12, 30, 40)
_GUIDE_WIDTHS = (24, 100, 4, 46)
_TEXT_COLUMNS = ("A", "B", "C", "D", "H", "I")
_LAST_ROW = 5_001
_GUIDE = (
    ("indicator", "The id from the dictionary. Leave as it is."),
    ("title", "For you to read; it is not taken in."),
    (
        "breakdown",
        "Blank for the whole, else “dimension: category”. Add rows where you have more categories.",
    ),
    ("period", "As in the return: a month is 2019-02, a quarter 2018-Q4, a year 2024/25."),
    ("numerator", "The count, a whole number without commas: 1390."),
    ("denominator", "What the count is a part of, for percentages and rates."),
    ("value", "Only where the counts are not known: 89 for 89%. If you give the counts, leave it blank."),
    (
        "missing_reason",
        "Why there is no figure. Needed where the row has none; delete rows that do not concern you.",
    ),
    ("note", "Anything a reader must know about this figure."),
    ("", ""),
    ("Do not", "Use formulas, merged cells, dates or percentage formats. Paste as values."),
)


def template_csv(definitions: Iterable[Definition], period: Period, *, breakdowns: bool = True) -> bytes:
    """The template as CSV."""
    return to_csv(template_rows(definitions, period, breakdowns=breakdowns))


def template_xlsx(definitions: Iterable[Definition], period: Period, *, breakdowns: bool = True) -> bytes:
    """The template as a workbook: “Return” to fill in, and “How to fill”, which is not read back."""
    wanted = list(definitions)
    return return_workbook(template_rows(wanted, period, breakdowns=breakdowns), wanted)


def return_workbook(rows: list[list[Cell]], wanted: Sequence[Definition]) -> bytes:
    """A workbook in the template's layout from its rows, the heading row first. `wanted` fills the guide."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = RETURN_SHEET
    write_sheet(page, OutSheet(RETURN_SHEET, rows, _WIDTHS))
    _keep_as_text(page, len(rows))
    known = known_breakdowns(wanted)
    write_sheet(book.create_sheet(GUIDE_SHEET), OutSheet(GUIDE_SHEET, _guide_rows(known), _GUIDE_WIDTHS))
    _offer_breakdowns(page, len(known))
    return saved(book)


def template_rows(definitions: Iterable[Definition], period: Period, *, breakdowns: bool = True) -> list[list[Cell]]:
    """The heading row and one row for each figure asked for; areas add their own teams and services."""
    rows: list[list[Cell]] = [heading_row()]
    for definition in definitions:
        parts = [""] + (_parts(definition) if breakdowns else [])
        rows += [[definition.id, definition.title, part, period.code, None, None, None, None, None] for part in parts]
    return rows


def heading_row() -> list[Cell]:
    """The headings of the template."""
    return list(COLUMNS)


def known_breakdowns(definitions: Iterable[Definition]) -> list[str]:
    """Every `dimension: category` that the definitions name, once, in their order."""
    return list(dict.fromkeys(part for definition in definitions for part in _parts(definition)))


def _parts(definition: Definition) -> list[str]:
    return [
        f"{breakdown.dimension}: {category}"
        for breakdown in definition.breakdowns
        if not breakdown.local_categories
        for category in breakdown.categories
    ]


def _guide_rows(known: Sequence[str]) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["column", "how to fill it in", None, "known breakdowns"]]
    for at in range(max(len(_GUIDE), len(known))):
        column, words = _GUIDE[at] if at < len(_GUIDE) else ("", "")
        rows.append([column, words, None, known[at] if at < len(known) else None])
    return rows


def _keep_as_text(page: Worksheet, rows: int) -> None:
    """Text format, or the spreadsheet makes a date of 2019-02 and of a breakdown such as 3-6 months."""
    for letters in _TEXT_COLUMNS:
        page.column_dimensions[letters].number_format = "@"
        for row in range(2, rows + 1):
            page[f"{letters}{row}"].number_format = "@"


def _offer_breakdowns(page: Worksheet, known: int) -> None:
    """A list to choose from. It does not forbid others: teams and services have local names."""
    if not known:
        return
    offer = DataValidation(
        type="list", formula1=f"'{GUIDE_SHEET}'!$D$2:$D${known + 1}", allow_blank=True, showErrorMessage=False
    )
    page.add_data_validation(offer)
    offer.add(f"C2:C{_LAST_ROW}")
