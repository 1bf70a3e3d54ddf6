"""The file that agencies fill in, empty or with what they entered, as CSV and as a workbook. Pure."""

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from trefoil.indicators.intake.export import Cell, OutSheet, saved, to_csv, write_sheet
from trefoil.indicators.intake.opening_workbook import GUIDE_SHEET

from .reading import COLUMNS, LONGEST, MOST_ROWS, EntryRow, Seen
from .when import HOW_TO_WRITE

SHEET = "Chronology"
_SEEN_CELLS = {Seen.SEEN: "seen", Seen.NOT_SEEN: "not seen", Seen.NOT_SAID: ""}
_WIDTHS = (30, 80, 30, 12, 30)
GUIDE: tuple[tuple[str, str], ...] = (
    ("when", f"As exactly as it is known, and no more: {HOW_TO_WRITE}. Put “about” in front where it is not certain."),
    ("what", f"What happened, in a few sentences, at most {LONGEST['what']:,} characters. One event a row."),
    ("place", "Where it was. Leave blank if it is not known."),
    ("seen", "Whether the child was seen: “seen” or “not seen”. Leave blank if the record does not say."),
    ("source", "Which record it is from, or who told you. Needed in every row."),
    ("", ""),
    ("Rows", f"At most {MOST_ROWS:,} in one file. A row that stands already, word for word, is left out."),
    (
        "Do not",
        "Change the headings, use formulas or merge cells. Dates are read as they are shown.",
    ),
)


def template_rows(entries: Iterable[EntryRow] = ()) -> list[list[Cell]]:
    """The heading row, and a row for each entry."""
    rows: list[list[Cell]] = [list(COLUMNS)]
    rows += [[str(one.when), one.what, one.place, _SEEN_CELLS[one.seen], one.source] for one in entries]
    return rows


def as_csv(entries: Iterable[EntryRow] = ()) -> bytes:
    """The file as CSV."""
    return to_csv(template_rows(entries))


def as_xlsx(entries: Iterable[EntryRow] = ()) -> bytes:
    """The file as a workbook: a sheet to fill in, and “How to fill”, which is not read back."""
    rows = template_rows(entries)
    book = Workbook()
    page = book.worksheets[0]
    page.title = SHEET
    write_sheet(page, OutSheet(SHEET, rows, _WIDTHS))
    _keep_as_text(page, max(len(rows), 500))
    offer = DataValidation(type="list", formula1='"seen,not seen"', allow_blank=True)
    page.add_data_validation(offer)
    offer.add(f"D2:D{MOST_ROWS + 1}")
    guide: list[list[Cell]] = [["column", "how to fill it in"]]
    guide += [list(line) for line in GUIDE]
    write_sheet(book.create_sheet(GUIDE_SHEET), OutSheet(GUIDE_SHEET, guide, (14, 120)))
    return saved(book)


def _keep_as_text(page: Worksheet, rows: int) -> None:
    """Text format, or the spreadsheet makes a date of its own of 3/3/2025."""
    page.column_dimensions["A"].number_format = "@"
    for row in range(2, rows + 1):
        page[f"A{row}"].number_format = "@"
