"""Reads an Annex A workbook: the sheet of each list, its heading row wherever it stands, every cell as text. Pure.

Cells are read with calamine and never guessed at: bad text stays as typed. Nothing is evaluated: of a formula only
the value that was saved is seen.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from ..findings import Finding, refuse, warn
from ..layouts import Layout
from .annex_a_errors import Errors, error_cells
from .columns import numbers, texts

MAX_BYTES = 512 * 1024 * 1024
MAX_PARTS = 2_000
ROWS_BEFORE_HEADING = 40
LIKE_ENOUGH = 0.5
_CHUNK = 1 << 20
_SAME = str.maketrans({"‘": "'", "’": "'", "`": "'", "“": '"', "”": '"', "–": "-", "\u00a0": " "})
_BROKEN = (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)

_ERROR = "Put the value in its place. The cell was read as blank."
_SAVE_AGAIN = "Open it, save it as an Excel workbook (.xlsx) and send that."

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet that holds a list: its layout, its name and its rows as text."""

    layout: Layout
    name: str
    table: Any
    findings: tuple[Finding, ...] = ()


def is_workbook(path: Path) -> bool:
    """Whether the file is a zip archive with the parts of an Excel workbook. Never raises."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError):
        return False


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets, without reading one. Raises RefusedError for a damaged workbook."""
    return list(_open(path).sheet_names)


def read_sheets(
    path: Path, layouts: Sequence[Layout], choose: Callable[[str], Layout | None] | None = None
) -> Iterator[Sheet]:
    """Each sheet that holds a list, in the order of the tabs.

    `choose` gives the layout that a sheet's name stands for, if it says so. Raises RefusedError for a file that is
    not a workbook, is damaged, or opens to more than MAX_BYTES; for two sheets of one list.
    """
    check_size(path)
    workbook = _open(path)
    errors = error_cells(path)
    taken: dict[str, str] = {}
    for name in workbook.sheet_names:
        rows = _rows(path, workbook, name)
        named = choose(name) if choose else None
        found = _read_sheet(path.name, name, rows, (named,) if named else layouts, errors.get(name, {}))
        if found is None and named:
            raise refuse("heading-broken", path.name, f"Give it the headings of the list {named.title}.", sheet=name)
        if found and found.layout.name in taken:
            raise refuse(
                "file-twice", path.name, f"Leave out the sheet {name} or {taken[found.layout.name]}.", sheet=name
            )
        if found:
            taken[found.layout.name] = name
            yield found


def check_size(path: Path) -> None:
    """Opens every part of the archive up to a limit, whatever size it claims. Raises RefusedError for a bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_PARTS or any(entry.flag_bits & 1 for entry in entries):
                raise refuse("file-unsafe", path.name, "Copy the lists into a new workbook without a password.")
            left = MAX_BYTES
            for entry in entries:
                left -= _opened_bytes(path, entry, left)
                if left < 0:
                    raise refuse("file-unsafe", path.name, "The workbook opens to more than 512 MB. Send it in parts.")
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError) as wrong:
        raise refuse("file-damaged", path.name, _SAVE_AGAIN) from wrong


def _opened_bytes(path: Path, entry: zipfile.ZipInfo, limit: int) -> int:
    # The raw stream is opened here and not through zipfile, which stops at the size that the archive claims.
    if entry.compress_type == zipfile.ZIP_STORED:
        return entry.compress_size
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise ValueError(entry.compress_type)
    total = 0
    opener = zlib.decompressobj(-15)
    for piece in _raw(path, entry):
        left = piece
        while left and total <= limit:
            total += len(opener.decompress(left, _CHUNK))
            left = opener.unconsumed_tail
        if total > limit:
            break
    return total


def _raw(path: Path, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(entry.header_offset + 26)
        lengths = file.read(4)
        file.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
        left = entry.compress_size
        while left > 0 and (piece := file.read(min(_CHUNK, left))):
            left -= len(piece)
            yield piece


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except _BROKEN as wrong:
        raise refuse("file-damaged", path.name, _SAVE_AGAIN) from wrong


def _rows(path: Path, workbook: CalamineWorkbook, name: str) -> list[Row]:
    try:
        sheet: CalamineSheet = workbook.get_sheet_by_name(name)
        return list(sheet.to_python(skip_empty_area=False))
    except _BROKEN as wrong:
        cure = "Copy its cells into a new sheet and send that."
        raise refuse("file-damaged", path.name, cure, sheet=name) from wrong


def _read_sheet(file: str, name: str, rows: list[Row], layouts: Sequence[Layout], errors: Errors) -> Sheet | None:
    found = _heading(rows, layouts)
    if found is None:
        return None
    layout, index = found
    headings = _headings(rows[index], layout, _width(rows, index))
    table, kept = _table(headings, rows[index + 1 :], index + 2)
    findings = [
        warn("cell-error", file, _ERROR, sheet=name, row=row, column=headings[column], value=error)
        for (row, column), error in sorted(errors.items())
        if row > index + 1 and column < len(headings)
    ]
    if not kept:
        findings.append(warn("table-empty", file, "Nothing to do if there were none.", sheet=name))
    return Sheet(layout, name, table, tuple(findings))


def _heading(rows: Sequence[Row], layouts: Iterable[Layout]) -> tuple[Layout, int] | None:
    best: tuple[float, Layout, int] | None = None
    for index, row in enumerate(rows[:ROWS_BEFORE_HEADING]):
        cells = {plain(str(cell)) for cell in row if cell not in ("", None)}
        for layout in layouts:
            likeness = _likeness(cells, layout)
            if likeness >= LIKE_ENOUGH and (best is None or likeness > best[0]):
                best = (likeness, layout, index)
    return best[1:] if best else None


def _likeness(cells: set[str], layout: Layout) -> float:
    """The share of a list's columns that the row names, less a little for each cell that names none."""
    named = sum(1 for column in layout.columns if any(plain(name) in cells for name in (column.name, *column.also)))
    return named / len(layout.columns) - max(0, len(cells) - named) / 100


def plain(heading: str) -> str:
    """A heading for comparing: without capitals, doubled spaces, curly quotes, and marks at its end."""
    return " ".join(heading.translate(_SAME).split()).casefold().rstrip(" ?:.*)")


def _width(rows: Sequence[Row], heading: int) -> int:
    filled = [i for row in rows[heading:] for i in range(len(row) - 1, -1, -1)[:1] if row]
    return max(filled, default=-1) + 1


def _headings(cells: Row, layout: Layout, width: int) -> list[str]:
    names = {plain(name): column.name for column in layout.columns for name in (column.name, *column.also)}
    headings: list[str] = []
    for index in range(width):
        cell = str(cells[index]).strip() if index < len(cells) else ""
        heading = names.get(plain(cell), cell) or f"(column {index + 1})"
        headings.append(heading if heading not in headings else f"{heading} (column {index + 1})")
    return headings


def _table(headings: list[str], rows: Sequence[Row], first: int) -> tuple[Any, int]:
    places = [first + index for index, row in enumerate(rows) if any(cell not in ("", None) for cell in row)]
    kept = [rows[place - first] for place in places]
    columns = {"row_": numbers(places)}
    for index, heading in enumerate(headings):
        cells = _texts_of([row[index] if index < len(row) else None for row in kept])
        if heading.startswith("(column ") and not any(cells):
            continue
        columns[heading] = texts(cells)
    return pa.table(columns), len(kept)


def _texts_of(cells: list[Any]) -> list[str | None]:
    """Each different cell is written once. Truth values are not shared: True and 1 are one key of a dict."""
    if bool in set(map(type, cells)):
        return [text(cell) for cell in cells]
    written = {cell: text(cell) for cell in set(cells)}
    return [written[cell] for cell in cells]


def text(cell: Any) -> str | None:
    """A cell as text: a day as 31/12/2025, a whole number without a point, anything typed as it was typed."""
    if cell.__class__ is str:
        return cell or None
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date | datetime):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year:04d}"
    return None if cell is None else str(cell)
