"""Finds the cells of a workbook that hold an error (#N/A, #REF!). Pure.

The reader of cells gives such a cell as blank. A blank and an error are not the same to the person who must put it
right, so they are looked for in the sheets themselves.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath

from trefoil.indicators.intake.sheets import RefusedError as PartRefusedError
from trefoil.indicators.intake.workbook_parts import sheet_list

_PIECE = 1 << 20
_LONGEST_CELL = 4096
_MARK = b't="e"'
_CELL = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?<v>(#[A-Z0-9/!?]{2,14})</v>'
)

Errors = dict[tuple[int, int], str]
"""(row from 1, column from 0) to the error."""


def error_cells(path: Path) -> dict[str, Errors]:
    """The errors of each sheet by its name. A workbook whose list of sheets cannot be read has none to tell of."""
    try:
        with zipfile.ZipFile(path) as archive:
            listed = sheet_list(archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels"))
            return {
                sheet.name: dict(_errors(archive, normpath(join("xl", sheet.target)).lstrip("/")))
                for sheet in listed
                if sheet.kind == "worksheet"
            }
    except (KeyError, PartRefusedError, zipfile.BadZipFile):
        return {}


def _errors(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], str]]:
    if part not in archive.namelist():
        part = part.removeprefix("xl/")
    rest = b""
    with archive.open(part) as opened:
        while piece := opened.read(_PIECE):
            text = rest + piece
            if _MARK in text:
                for match in _CELL.finditer(text):
                    yield (int(match.group(2)), _number(match.group(1).decode())), match.group(3).decode()
            # A cell may be cut by the end of the piece: what is kept is told twice at most, to a dict.
            rest = text[-_LONGEST_CELL:]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
