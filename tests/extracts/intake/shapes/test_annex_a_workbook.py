"""Workbooks as people send them: headings further down, other names of sheets, days as text; and hostile ones."""

import struct
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.intake.findings import RefusedError
from trefoil.extracts.intake.shapes import annex_a_workbook
from trefoil.extracts.intake.shapes.annex_a import ANNEX_A
from trefoil.extracts.intake.shapes.annex_a_layouts import layouts, spellings
from trefoil.extracts.intake.shapes.annex_a_workbook import check_size, is_workbook, plain, text

from .building import ANNEX_A_2024, context, report, stored, workbook

TAKEN = date(2024, 3, 31)
CONTACTS = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age", "Date of Contact", "Contact Source"]
ROW = ["A1", "b) Female", "a) WBRI", date(2015, 1, 25), 9, date(2024, 1, 5), "q) 6: Police"]


def contacts(folder: Path, *rows: list[Any], sheet: str = "List 1", heading: list[Any] | None = None) -> Path:
    return workbook(folder / "annex.xlsx", {sheet: [heading or CONTACTS, *rows]})


def found_rules(path: Path) -> set[tuple[str, str]]:
    return {(one.rule, one.column) for one in report(path, TAKEN).findings}


def test_read_finds_a_heading_row_below_titles(tmp_path: Path) -> None:
    rows = [["Contacts", None], [None], ["Taken on 31 March"], [], CONTACTS, ROW]
    path = workbook(tmp_path / "annex.xlsx", {"List 1": rows})
    book = openpyxl.load_workbook(path)
    book["List 1"].merge_cells("A1:G1")
    book.save(path)

    told = report(path, TAKEN)

    assert [(one.sheet, one.layout, one.rows) for one in told.files] == [("List 1", "contacts", 1)]
    assert not told.refused


@pytest.mark.parametrize("sheet", ["List 1", "LIST 1 - Contacts", "list_1", "List1", "Contacts", "Tabelle1"])
def test_read_knows_a_list_by_name_or_by_headings(tmp_path: Path, sheet: str) -> None:
    told = report(contacts(tmp_path, ROW, sheet=sheet), TAKEN)

    assert [one.layout for one in told.files] == ["contacts"]


def test_read_knows_headings_in_other_spellings(tmp_path: Path) -> None:
    heading = [
        "CHILD UNIQUE ID",
        " Gender ",
        "Ethnicity",
        "Date of  Birth",
        "Age of Child (Years)",
        "Date Of Contact",
        "Contact source?",
    ]

    assert found_rules(contacts(tmp_path, ROW, heading=heading)) == set()


def test_read_numbers_rows_as_the_sheet_does_over_blank_ones(tmp_path: Path) -> None:
    bad = [*ROW[:5], "31/02/2024", ROW[6]]

    told = report(contacts(tmp_path, ROW, [], [None] * 7, bad), TAKEN)

    assert [(one.row, one.column, one.value) for one in told.findings] == [(5, "Date of Contact", "31/02/2024")]


def test_read_takes_days_as_text_and_as_excel_days(tmp_path: Path) -> None:
    rows = [
        ["A1", *ROW[1:5], day, ROW[6]]
        for day in ("05/01/2024", "2024-01-05", date(2024, 1, 5), datetime.combine(date(2024, 1, 5), time(14, 30)))
    ]

    tables = stored(contacts(tmp_path, *rows), TAKEN, tmp_path / "store")

    assert [row["cont_contact_date"] for row in tables["ssd_contacts"]] == [date(2024, 1, 5)] * 4
    assert len({row["cont_contact_id"] for row in tables["ssd_contacts"]}) == 4


def test_read_leaves_a_number_that_is_no_day_unread(tmp_path: Path) -> None:
    assert found_rules(contacts(tmp_path, [*ROW[:5], 45296, ROW[6]])) == {("date-unreadable", "Date of Contact")}


def test_read_tells_of_cells_beyond_the_columns(tmp_path: Path) -> None:
    told = report(contacts(tmp_path, [*ROW, None, "see notes"]), TAKEN)

    assert [(one.rule, one.row, one.value) for one in told.findings] == [("column-unknown", 1, "(column 9)")]


def test_read_takes_the_saved_value_of_a_formula_and_never_works_it_out(tmp_path: Path) -> None:
    path = contacts(tmp_path, [*ROW[:6], '=HYPERLINK("http://example.org","Police")'])

    # openpyxl saves no value with a formula, so the cell is blank: nothing worked it out.
    assert found_rules(path) == {("blank-expected", "Contact Source")}


def test_read_keeps_text_that_looks_like_a_formula_as_typed(tmp_path: Path) -> None:
    path = contacts(tmp_path, [*ROW[:6], "placeholder"])
    book = openpyxl.load_workbook(path)
    book.active["G2"].value = "=1+1"
    book.active["G2"].data_type = "s"
    book.save(path)

    assert [one.value for one in report(path, TAKEN).findings] == ["=1+1"]


def test_read_refuses_two_sheets_of_one_list(tmp_path: Path) -> None:
    path = workbook(tmp_path / "annex.xlsx", {"List 1": [CONTACTS, ROW], "Contacts": [CONTACTS, ROW]})

    assert found_rules(path) == {("file-twice", "")}


def test_read_passes_over_sheets_that_are_no_list(tmp_path: Path) -> None:
    path = workbook(tmp_path / "annex.xlsx", {"Notes": [["To do"]], "List 1": [CONTACTS, ROW]})

    assert [one.sheet for one in report(path, TAKEN).files] == ["List 1"]


def test_read_refuses_a_workbook_without_a_list(tmp_path: Path) -> None:
    path = workbook(tmp_path / "annex.xlsx", {"Notes": [["To do"]]})

    with pytest.raises(RefusedError) as refused:
        list(ANNEX_A.parts(path, context(TAKEN)))

    assert [one.rule for one in refused.value.findings] == ["shape-unknown"]


def test_read_refuses_a_named_list_without_its_headings(tmp_path: Path) -> None:
    path = workbook(tmp_path / "annex.xlsx", {"List 1": [["Name", "Street"], ["a", "b"]]})

    with pytest.raises(RefusedError) as refused:
        list(ANNEX_A.parts(path, context(TAKEN)))

    assert [(one.rule, one.sheet) for one in refused.value.findings] == [("heading-broken", "List 1")]


def test_check_size_refuses_a_bomb_that_tells_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annex_a_workbook, "MAX_BYTES", 8 * 1024 * 1024)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(9):
            part.write(b" " * (1 << 20))

    with pytest.raises(RefusedError) as refused:
        check_size(path)

    assert refused.value.findings[0].rule == "file-unsafe"


def test_check_size_refuses_a_bomb_that_lies_about_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annex_a_workbook, "MAX_BYTES", 8 * 1024 * 1024)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(9):
            part.write(b" " * (1 << 20))
    bytes_ = bytearray(path.read_bytes())
    central = bytes_.rindex(b"PK\x01\x02")
    bytes_[central + 24 : central + 28] = struct.pack("<I", 100)
    path.write_bytes(bytes_)

    with pytest.raises(RefusedError) as refused:
        check_size(path)

    assert refused.value.findings[0].rule == "file-unsafe"


def test_read_refuses_a_workbook_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "annex.xlsx"
    path.write_bytes(ANNEX_A_2024.read_bytes()[:20_000])

    assert not is_workbook(path)
    assert {one.rule for one in report(path, TAKEN, shape="annex-a").findings} == {"file-damaged"}


def test_recognises_only_a_workbook_by_content(tmp_path: Path) -> None:
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04 but no archive")

    assert ANNEX_A.recognises(ANNEX_A_2024)
    assert not ANNEX_A.recognises(tmp_path / "no.xlsx")
    assert not ANNEX_A.recognises(tmp_path)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (7.0, "7"),
        (6.25, "6.25"),
        ("", None),
        (None, None),
        (" x ", " x "),
        (date(2024, 2, 1), "01/02/2024"),
        (True, "True"),
    ],
)
def test_text_writes_a_cell_as_it_stands(cell: Any, written: str | None) -> None:
    assert text(cell) == written


@given(st.text(max_size=60))
@settings(max_examples=30)
def test_plain_is_the_same_when_done_twice(heading: str) -> None:
    assert plain(plain(heading)) == plain(heading)


def test_spellings_leave_out_words_that_mean_several_codes() -> None:
    found = spellings({"a) 1A: Individual": "1A", "b) 1B: Individual": "1B", "q) 6: Police": "6"})

    assert "Individual" not in found
    assert found["1A: Individual"] == "1A"
    assert found["b) 1B - Individual"] == "1B"
    assert found["Police"] == "6"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("q) 6: Police", "6"),
        ("6: Police", "6"),
        ("6", "6"),
        ("police", "6"),
        ("g) Police", "6"),
        ("b) Schools", "2A"),
        ("a) Individual", None),
        ("d) Health services", None),
        ("Health visitor", None),
    ],
)
def test_read_takes_documented_sources_and_guesses_none(tmp_path: Path, written: str, code: str | None) -> None:
    path = contacts(tmp_path, [*ROW[:6], written])
    if code is None:
        assert found_rules(path) == {("not-in-list", "Contact Source")}
    else:
        tables = stored(path, TAKEN, tmp_path / "store")
        assert [row["cont_contact_source_code"] for row in tables["ssd_contacts"]] == [code]


def test_every_list_of_the_specification_is_a_layout() -> None:
    assert len(layouts()) == 11
    assert all(layout.columns for layout in layouts())
