"""A page as a file: typed cells, the first sheet, CSV, and nothing that a spreadsheet would run."""

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from trefoil.indicators.downloads.document import Document, FileFormat, TableSheet, trimmed

SHEET = TableSheet(
    "Figures",
    ("Measure", "Figure"),
    (("Visits in time", Decimal("82.50")), ("=HYPERLINK(1)", 12), ("Nothing", None)),
)
DOCUMENT = Document("file", "Fairmead: figures", (("What this is", "A page"), ("Source", "Returns")), (SHEET,))


def lines(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_workbook_begins_with_what_it_is() -> None:
    book = load_workbook(io.BytesIO(DOCUMENT.written(FileFormat.XLSX)))
    assert book.sheetnames == ["About", "Figures"]
    about = [[cell.value for cell in row] for row in book["About"].iter_rows()]
    assert about == [["Fairmead: figures", None], ["What this is", "A page"], ["Source", "Returns"]]


def test_workbook_holds_numbers_as_numbers_and_text_as_text() -> None:
    page = load_workbook(io.BytesIO(DOCUMENT.written(FileFormat.XLSX)))["Figures"]
    assert (page["B2"].value, page["B2"].number_format) == (82.5, "0.00")
    assert (page["A3"].value, page["A3"].data_type) == ("=HYPERLINK(1)", "s")
    assert page["B4"].value is None


def test_csv_is_the_main_table_and_runs_nothing() -> None:
    assert lines(DOCUMENT.written(FileFormat.CSV)) == [
        ["Measure", "Figure"],
        ["Visits in time", "82.50"],
        ["'=HYPERLINK(1)", "12"],
        ["Nothing", ""],
    ]


def test_row_count_is_over_all_sheets() -> None:
    assert Document("f", "t", (), (SHEET, SHEET)).row_count == 6


def test_table_with_a_hole_is_refused() -> None:
    with pytest.raises(ValueError, match="a row has 1 cells under 2 headings"):
        TableSheet("Figures", ("Measure", "Figure"), (("Visits",),))


@pytest.mark.parametrize(
    ("value", "places", "cell"),
    [
        ("12.0000", None, "12"),
        ("12.3400", None, "12.34"),
        ("1200", None, "1200"),
        ("12.345", 1, "12.3"),
        ("0.5", 0, "1"),
    ],
)
def test_trimmed_drops_the_tables_zeros(value: str, places: int | None, cell: str) -> None:
    assert str(trimmed(Decimal(value), places)) == cell


def test_trimmed_of_nothing_is_nothing() -> None:
    assert trimmed(None) is None
