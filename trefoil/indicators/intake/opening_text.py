"""Reads delimited text: which encoding, which separator, which cells. Pure."""

import csv
import io
from collections.abc import Iterator

from ..rows import Finding, Place
from .sheets import MAX_COLUMNS, MAX_ROWS, Opened, refuse, sheet_from, too_many_columns, too_many_rows
from .sheets import note as note_finding

_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
_LONGEST_CELL = 32_767  # what a spreadsheet cell can hold


def read_text(data: bytes) -> Opened:
    """Read delimited text. Raises RefusedError when it is not text or its quotes are broken."""
    text, notes = _decode(data)
    separator, text, skipped = _separator(text)
    if separator != ",":
        notes.append(
            note_finding(
                "csv-separator",
                Place(row=1),
                f"cells separated by {_SEPARATORS[separator]}",
                "cells separated by commas",
                f"The cells are separated by {_SEPARATORS[separator]}; the file was read that way.",
            )
        )
    return Opened(sheet_from("", _cells(text, separator, skipped), ragged_is_wrong=True), tuple(notes))


def _decode(data: bytes) -> tuple[str, list[Finding]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16"), []
    if b"\x00" in data:
        row = data[: data.index(b"\x00")].count(b"\n") + 1
        raise refuse(
            "csv-not-text",
            "a zero byte",
            "plain text",
            f"Row {row} holds a zero byte, so this is not a CSV file or it is damaged. Export it again.",
            Place(row=row),
        )
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as wrong:
        row = data[: wrong.start].count(b"\n") + 1
        return _strict(data, "cp1252"), [
            note_finding(
                "csv-encoding",
                Place(row=row),
                "letters that are not UTF-8",
                "UTF-8",
                f"From row {row} the file is not UTF-8; it was read as Windows-1252. Look at accented "
                f"letters and "
                "pound signs, or save it as “CSV UTF-8”.",
            )
        ]


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        row = data[: wrong.start].count(b"\n") + 1
        raise refuse(
            "csv-not-text",
            f"bytes that are no text ({encoding})",
            "UTF-8 text",
            f"Row {row} holds bytes that are not text. Save the file as “CSV UTF-8”.",
            Place(row=row),
        ) from wrong


def _separator(text: str) -> tuple[str, str, int]:
    """The separator, the text without Excel's `sep=` line, and how many rows were taken off."""
    first, _, rest = text.partition("\n")
    told = first.strip().lower().removeprefix("sep=") if first.lower().startswith("sep=") else None
    if told is not None and (told or "\t") in _SEPARATORS:
        return told or "\t", rest, 1
    heading = next((line for line in text.splitlines() if line.strip(' \t,;|"')), "")
    outside = "".join(heading.split('"')[::2])
    return max(_SEPARATORS, key=outside.count), text, 0


def _cells(text: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    number = skipped
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, start=skipped + 1):
            if len(cells) > MAX_COLUMNS * 4:
                raise too_many_columns("", len(cells))
            if number > MAX_ROWS * 2:
                raise too_many_rows("")
            _refuse_long_cell(number, cells)
            yield number, cells
    except csv.Error as wrong:
        raise refuse(
            "csv-quotes",
            str(wrong),
            "double quotes in pairs",
            f"After row {number} a double quote is opened and not closed, or stands in the middle of a cell.",
            Place(row=number + 1),
        ) from wrong


def _refuse_long_cell(number: int, cells: list[str]) -> None:
    longest = max(map(len, cells), default=0)
    if longest > _LONGEST_CELL:
        raise refuse(
            "cell-too-long",
            f"a cell of {longest:,} letters",
            f"at most {_LONGEST_CELL:,} letters",
            f"Row {number} holds a cell of {longest:,} letters. Look for a double quote that is not closed.",
            Place(row=number),
        )
