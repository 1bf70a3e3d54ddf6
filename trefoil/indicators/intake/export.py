"""Writes tables as CSV and XLSX so that opening them can never run anything. Pure.

A cell that begins with =, +, -, @, a tab or a carriage return is taken for a formula by spreadsheet programs when it
comes from a CSV file (OWASP, CSV injection). Text of that kind gets an apostrophe in front; real numbers stay numbers.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as WorkbookCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | Decimal | date | None
Table = Sequence[Sequence[Cell]]

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_PLAIN_NUMBER = re.compile(r"^-?\d+(\.\d+)?$", re.ASCII)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767
_BOLD = Font(bold=True)
_SHADED = PatternFill("solid", fgColor="E7E7E7")


@dataclass(frozen=True, slots=True)
class OutSheet:
    """A sheet to write: its name, its rows (the first is the heading row), and column widths in letters."""

    name: str
    rows: Table
    widths: Sequence[int] = ()


def safe_cell(text: str) -> str:
    """The text, with an apostrophe in front when a spreadsheet would take it for a formula. `-6.3` stays."""
    if text.lstrip(" \u00a0").startswith(_STARTS_A_FORMULA) and not _PLAIN_NUMBER.match(text):
        return f"'{text}"
    return text


def to_csv(table: Table) -> bytes:
    """A CSV file in UTF-8 with a byte order mark, which is what Excel needs to read accents."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in table:
        writer.writerow([_csv_cell(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def to_xlsx(sheets: Sequence[OutSheet]) -> bytes:
    """A workbook with typed numbers and text that is never a formula, headings bold and frozen."""
    book = Workbook()
    book.remove(book.worksheets[0])
    taken: set[str] = set()
    for sheet in sheets:
        write_sheet(book.create_sheet(_sheet_name(sheet.name, taken)), sheet)
    return saved(book)


def write_sheet(page: Worksheet, sheet: OutSheet) -> None:
    """Fill a worksheet, its first row as headings."""
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None and value != "":
                put_cell(page.cell(row=number, column=column), value)
    for column in range(1, len(sheet.rows[0]) + 1 if sheet.rows else 1):
        heading = page.cell(row=1, column=column)
        heading.font, heading.fill = _BOLD, _SHADED
    page.freeze_panes = "A2"
    for column, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width


def put_cell(cell: WorkbookCell | MergedCell, value: str | int | Decimal | date) -> None:
    """Put a value in a cell with its own type.

    A Decimal shows the places it has. Text stays text, whatever it says.
    """
    if isinstance(value, str):
        cell.value = _NOT_IN_XML.sub("", value)[:_LONGEST_CELL]
        cell.data_type = "s"
        return
    cell.value = value
    if isinstance(value, Decimal) and value.is_finite():
        places = -int(value.as_tuple().exponent)
        cell.number_format = f"0.{'0' * places}" if places > 0 else "0"


def saved(book: Workbook) -> bytes:
    """The workbook as bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return safe_cell(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return "" if cell is None else str(cell)


def _sheet_name(name: str, taken: set[str]) -> str:
    plain = _NOT_IN_XML.sub("", re.sub(r"[\[\]:*?/\\]", " ", name)).strip("' ")[:31] or "Sheet"
    found, number = plain, 2
    while found.casefold() in taken:
        found = f"{plain[: 31 - len(str(number)) - 1]} {number}"
        number += 1
    taken.add(found.casefold())
    return found
