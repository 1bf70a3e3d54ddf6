"""What goes out can never run: text that looks like a formula is guarded, numbers stay numbers."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from trefoil.indicators.intake.export import OutSheet, safe_cell, to_csv, to_xlsx


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 20", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "-1+1", "-6.3|calc"],
)
def test_safe_cell_guards_what_a_spreadsheet_would_run(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-6.3", "-6", "6.3", "Neglect", "a=b", "", "3-6 months"])
def test_safe_cell_leaves_numbers_and_words(text):
    assert safe_cell(text) == text


@given(st.text(max_size=30))
def test_safe_cell_never_lets_a_formula_start_a_cell(text):
    out = safe_cell(text)
    assert out.removeprefix("'") == text.removeprefix("'") or out == f"'{text}"
    if out[:1] in ("=", "+", "@", "\t", "\r"):
        pytest.fail(f"{out!r} would run")
    if out[:1] == "-":
        Decimal(out)


def test_to_csv_writes_numbers_as_numbers_and_accents_for_excel():
    data = to_csv([["name", "figure"], ["Zoë", Decimal("-6.30")], ["=x", 5], [None, date(2019, 2, 1)]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [
        ["name", "figure"],
        ["Zoë", "-6.30"],
        ["'=x", "5"],
        ["", "2019-02-01"],
    ]


def test_to_xlsx_keeps_types_and_decimals_and_makes_names_fit():
    data = to_xlsx(
        [
            OutSheet("A/B: what?", [["n"], [Decimal("86.0")], ["=1+1"], [7]], [20]),
            OutSheet("a b  what", [["x"]]),
        ]
    )
    book = load_workbook(io.BytesIO(data))
    first = book.worksheets[0]
    assert first["A2"].value == 86
    assert first["A2"].number_format == "0.0"
    assert (first["A3"].value, first["A3"].data_type) == ("=1+1", "s")
    assert first["A4"].value == 7
    assert first.freeze_panes == "A2"
    assert first.column_dimensions["A"].width == 20
    assert len({name.casefold() for name in book.sheetnames}) == 2


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=3), min_size=1, max_size=4))
def test_to_xlsx_of_any_text_holds_no_formula(rows):
    data = to_xlsx([OutSheet("S", rows)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
