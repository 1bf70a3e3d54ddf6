"""A workbook whose days a spreadsheet has made dates of its own: read as they are shown, and no more exactly. Pure.

The careful opener (`indicators.intake`) refuses such cells, for a figure is never a date. In a chronology most are. It
has looked the file over by then (size, macros, hidden sheets, which sheet is meant), so that sheet is read again here.
A cell shown as a day is a day, as “mmm-yy” a month, with hours a moment. Formulas, errors, merged cells stay refused.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from trefoil.indicators.intake.sheets import (
    MAX_COLUMNS,
    MAX_ROWS,
    RefusedError,
    Sheet,
    column_letters,
    error,
    refuse,
    sheet_from,
    shortened,
    too_many_columns,
    too_many_rows,
)
from trefoil.indicators.rows import Finding, Place

from .when import day_words

_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile)
_NOT_SHOWN = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|\\.|_.|\*.")


def read_with_dates(data: bytes, name: str) -> Sheet:
    """The sheet of this name, in a workbook that the opener refused for its dates alone. Raises RefusedError."""
    try:
        page = load_workbook(io.BytesIO(data))[name]
        if not isinstance(page, Worksheet):
            raise TypeError(name)
    except _BROKEN as wrong:
        message = "The workbook is damaged. Open it, save it again and send the new copy, or save it as CSV."
        raise refuse("file-broken", type(wrong).__name__, "a whole workbook", message) from wrong
    _check_size(page)
    faults = list(_faults(page))
    if faults:
        raise RefusedError(*shortened(faults))
    grid = ((number, [_text(cell) for cell in row]) for number, row in enumerate(page.iter_rows(), start=1))
    return sheet_from(page.title, grid, ragged_is_wrong=False)


def _check_size(page: Worksheet) -> None:
    """Before its rows are walked: one cell far away would make a million empty ones."""
    if page.max_row > MAX_ROWS + 1:
        raise too_many_rows(page.title)
    if page.max_column > MAX_COLUMNS:
        raise too_many_columns(page.title, page.max_column)


def _faults(page: Worksheet) -> Iterator[Finding]:
    for area in page.merged_cells.ranges:
        place = Place(row=area.min_row, column=column_letters(area.min_col - 1), sheet=page.title)
        yield error("cells-merged", place, str(area), "cells of their own", f"Cells {area} are merged. Split them.")
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.data_type in {"f", "e"}:
                place = Place(row=cell.row, column=column_letters(cell.column - 1), sheet=page.title)
                message = f"Cell {cell.coordinate} holds a formula or an error. Paste what is meant as a value."
                yield error("cell-formula", place, str(cell.value), "text", message)


def _text(cell: Cell | MergedCell) -> str:
    value = cell.value
    if isinstance(value, date):
        return as_shown(value, str(cell.number_format))
    return "" if value is None else str(value)


def as_shown(value: date, number_format: str) -> str:
    """A date as its format shows it: `3 March 2025`, `3 March 2025, 14:30`, `March 2025` or `2025`."""
    shown = _NOT_SHOWN.sub("", number_format).lower()
    if "d" in shown:
        at = f", {value:%H:%M}" if "h" in shown and isinstance(value, datetime) else ""
        return f"{day_words(value)}{at}"
    if "m" in shown and "y" in shown:
        return f"{value:%B} {value.year}"
    return str(value.year) if "y" in shown else value.isoformat()
