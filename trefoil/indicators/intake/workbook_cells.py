"""Reads the cells of one worksheet as text. Pure.

What a cell gives is what the person saw: `45`, not `45.0`; `0.3`, not `0.30000000000000004`. Where that cannot be kept
without a guess (a formula, a date, a percentage format, merged cells) the cell is named and nothing is guessed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from ..rows import Finding, Place
from .sheets import MAX_COLUMNS, MAX_ROWS, error, too_many_columns, too_many_rows
from .workbook_parts import NumberKind, PartReader, parse

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_DIGITS_SEEN = 15  # Excel shows and keeps 15 significant digits; what follows is noise of binary fractions
_MOST_PROBLEMS = 500
_LARGEST_EXPONENT = 30


@dataclass(slots=True)
class Grid:
    """The rows that hold something: number and cells by column counted from 0."""

    rows: list[tuple[int, dict[int, str]]] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


def read_strings(part: bytes) -> list[str]:
    """The workbook's shared strings in order; rich text loses its looks, phonetic hints are left out."""
    handler = _Strings()
    parse(part, handler)
    return handler.strings


def read_grid(part: bytes, sheet: str, strings: Sequence[str], kinds: Sequence[NumberKind]) -> Grid:
    """The cells of a worksheet part. Raises RefusedError when it is too long or too wide."""
    handler = _Cells(sheet, strings, kinds)
    parse(part, handler)
    return handler.grid


def number_as_seen(stored: str) -> str:
    """The digits a person saw, from the digits that are stored (up to 17, in binary fractions)."""
    if len(stored) <= _DIGITS_SEEN and stored.isdecimal() and stored.isascii():
        return str(int(stored))
    try:
        number = Decimal(stored)
    except InvalidOperation:
        return stored
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return stored
    digits = len(number.as_tuple().digits)
    if digits > _DIGITS_SEEN:
        number = round(number, _DIGITS_SEEN - 1 - number.adjusted())
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}"
    return f"{number.normalize():f}"


class _Strings(PartReader):
    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._text: list[str] = []
        self._reading = False
        self._hint = False

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "si":
            self._text = []
        elif name == "rPh":
            self._hint = True
        self._reading = name == "t" and not self._hint

    def characters(self, content: str) -> None:
        if self._reading:
            self._text.append(content)

    def end(self, name: str) -> None:
        self._reading = False
        if name == "rPh":
            self._hint = False
        elif name == "si":
            self.strings.append(_unescaped("".join(self._text)))


class _Cells(PartReader):
    def __init__(self, sheet: str, strings: Sequence[str], kinds: Sequence[NumberKind]) -> None:
        super().__init__()
        self.grid = Grid()
        self._sheet, self._strings, self._kinds = sheet, strings, kinds
        self._row = 0
        self._column = -1
        self._cells: dict[int, str] = {}
        self._text: list[str] = []
        self._reading = False
        self._formula = False
        self._name, self._type, self._style = "", "n", 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._reading = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            self._merged(attributes.get("ref", ""))

    def characters(self, content: str) -> None:
        if self._reading:
            self._text.append(content)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._reading = False
        elif name == "c":
            self._end_cell()
        elif name == "row" and self._cells:
            if len(self.grid.rows) > MAX_ROWS:
                raise too_many_rows(self._sheet)
            self.grid.rows.append((self._row, self._cells))

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._row = int(attributes.get("r", "") or self._row + 1)
        self._column = -1
        self._cells = {}
        if attributes.get("hidden") in ("1", "true"):
            self.grid.hidden_rows.append(self._row)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._name = attributes.get("r", "")
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._column = _column_of(self._name) if self._name else self._column + 1
        self._text = []
        self._formula = False

    def _end_cell(self) -> None:
        if self._formula:
            self._problem(
                "cell-formula",
                "a formula",
                "the value itself",
                f"Cell {self._name} holds a formula. Copy the column and paste it back as values.",
            )
        if not self._text:
            return
        if self._column >= MAX_COLUMNS:
            raise too_many_columns(self._sheet, self._column + 1)
        self._cells[self._column] = self._as_seen("".join(self._text))

    def _as_seen(self, stored: str) -> str:
        if self._type == "s":
            return self._strings[int(stored)]
        if self._type in ("inlineStr", "str"):
            return _unescaped(stored)
        if self._type == "b":
            return "TRUE" if stored == "1" else "FALSE"
        if self._type == "n":
            self._look_at_format(stored)
            return number_as_seen(stored)
        self._problem(
            "cell-error" if self._type == "e" else "cell-date",
            stored,
            "a number or text",
            f"Cell {self._name} holds {stored}. Type what is meant, in a cell formatted as text.",
        )
        return stored

    def _look_at_format(self, stored: str) -> None:
        kind = self._kinds[self._style] if 0 <= self._style < len(self._kinds) else NumberKind.PLAIN
        if kind is NumberKind.DATE:
            self._problem(
                "cell-date",
                f"a date, stored as {stored}",
                "text such as 2019-02",
                f"Cell {self._name} was turned into a date by the spreadsheet. Format the column as text "
                f"and type "
                "the period again, for instance 2019-02.",
            )
        elif kind is NumberKind.PERCENT:
            self._problem(
                "cell-percent",
                f"{stored} shown as a percentage",
                "the percentage as a plain number, 89 for 89%",
                f"Cell {self._name} holds {number_as_seen(stored)} under a percentage format, so it is not "
                f"clear "
                "whether a percentage or a share is meant. Format the column as a number and type 89 for "
                "89%.",
            )

    def _merged(self, cells: str) -> None:
        self._problem(
            "cell-merged",
            f"merged cells {cells}",
            "every cell on its own",
            f"The cells {cells} are merged, so it is not clear which row the value belongs to. Unmerge them "
            f"and fill "
            "in each one.",
            first=cells.partition(":")[0],
        )

    def _problem(self, rule: str, found: str, expected: str, message: str, first: str = "") -> None:
        if len(self.grid.problems) < _MOST_PROBLEMS:
            name = first or self._name
            row = int("".join(filter(str.isdecimal, name)) or self._row)
            column = "".join(filter(str.isalpha, name))
            place = Place(row=row, column=column, sheet=self._sheet)
            self.grid.problems.append(error(rule, place, found, expected, message))


def _column_of(name: str) -> int:
    return _column_at(name.rstrip("0123456789"))


@lru_cache(maxsize=512)
def _column_at(letters: str) -> int:
    at = 0
    for letter in letters.upper():
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
