"""A page as a file: tables of typed cells, with a first sheet that says what they are. Pure: no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from ..intake.export import Cell, OutSheet, to_csv, to_xlsx

WIDEST, NARROWEST = 60, 10


class FileFormat(StrEnum):
    """The kinds of file a page can be had as; the value is the ending."""

    XLSX = "xlsx"
    CSV = "csv"

    @property
    def content_type(self) -> str:
        """For the answer's heading."""
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return sheet if self is FileFormat.XLSX else "text/csv; charset=utf-8"


@dataclass(frozen=True)
class TableSheet:
    """One table: headings in words and rows as long as they are. Raises ValueError for a row of another length."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        """Refuse a table with a hole."""
        for row in self.rows:
            if len(row) != len(self.headings):
                raise ValueError(f"{self.name}: a row has {len(row)} cells under {len(self.headings)} headings")

    @property
    def cells(self) -> list[tuple[Cell, ...]]:
        """Headings and rows."""
        return [self.headings, *self.rows]


@dataclass(frozen=True)
class Document:
    """A page to be downloaded. `about` is label and words, in order; the first of `sheets` is the page's main table."""

    file_name: str
    title: str
    about: tuple[tuple[str, Cell], ...]
    sheets: tuple[TableSheet, ...]

    @property
    def row_count(self) -> int:
        """How many rows leave the system with the file."""
        return sum(len(sheet.rows) for sheet in self.sheets)

    def written(self, file_format: FileFormat) -> bytes:
        """The file. A workbook has the sheet `About` first; CSV, which holds one table, is the main one alone."""
        if file_format is FileFormat.CSV:
            return to_csv(self.sheets[0].cells)
        about = OutSheet("About", [(self.title, ""), *self.about], widths=(28, 100))
        return to_xlsx([about, *(OutSheet(sheet.name, sheet.cells, _widths(sheet)) for sheet in self.sheets)])


def _widths(sheet: TableSheet) -> Sequence[int]:
    """Wide enough for the text of each column, within reason."""
    columns = zip(*sheet.cells, strict=True)
    return [max(NARROWEST, min(WIDEST, max(len(str(cell or "")) for cell in column) + 2)) for column in columns]


def trimmed(value: Decimal | None, places: int | None = None) -> Decimal | int | None:
    """A figure as a cell: to so many places; without `places`, without the zeros that the table adds at its end."""
    if value is None:
        return None
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return int(value) if places == 0 else value
    plain = value.normalize()
    return int(plain) if plain == plain.to_integral_value() else plain
