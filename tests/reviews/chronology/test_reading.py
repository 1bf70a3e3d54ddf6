"""A file of entries: every row, or every fault with row, column, value and cure."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from trefoil.indicators.intake.export import to_csv
from trefoil.reviews.chronology.reading import LISTED, MOST_ROWS, EntryRow, Seen, read_entries
from trefoil.reviews.chronology.template import as_csv, as_xlsx
from trefoil.reviews.chronology.when import read_when

TODAY = date(2026, 11, 20)
HEADINGS = ["when", "what", "place", "seen", "source"]
GOOD = ["3 March 2025 14:30", "A visit at home, nobody in.", "At home", "not seen", "Health visitor’s record"]


def file(*rows: list[str], headings: list[str] = HEADINGS) -> bytes:
    return to_csv([headings, *rows])


def workbook(*rows: list[object]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in [HEADINGS, *rows]:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def entry(**named: object) -> EntryRow:
    given = {"when": read_when("March 2025"), "what": "=a formula, or so it seems", "source": "GP record", **named}
    return EntryRow(**given)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_read_entries_gives_every_row(name: str) -> None:
    data = file(GOOD, ["2024", "Moved to Fairmead.", "", "", "Housing"]) if name == "a.csv" else workbook(GOOD)
    reading = read_entries(name, data, TODAY)
    assert reading.faults == ()
    first = reading.rows[0]
    assert (str(first.when), first.place, first.seen, first.row) == (
        "3 March 2025, 14:30",
        "At home",
        Seen.NOT_SEEN,
        2,
    )


def test_read_entries_names_row_column_value_and_cure_of_every_fault() -> None:
    rows = [
        GOOD,
        ["last spring", "A visit at home.", "", "", "GP record"],
        ["March 2025", "", "", "perhaps", ""],
        ["1 January 2030", "A visit to come.", "", "", "GP record"],
        ["2025", "x" * 4001, "", "", "GP record"],
        ["2025", "abc", "", "", "GP record"],
    ]
    reading = read_entries("a.csv", file(*rows), TODAY)
    assert reading.rows == ()
    told = [(one.place.row, one.place.column, one.found[:12], one.message) for one in reading.faults]
    assert [one[:3] for one in told] == [
        (3, "when", "last spring"),
        (4, "what", "an empty cel"),
        (4, "source", "an empty cel"),
        (4, "seen", "perhaps"),
        (5, "when", "1 January 20"),
        (6, "what", "xxxxxxxxxxxx"),
        (7, "what", "abc"),
    ]
    cures = ["Write 3 March", "Say it in a sentence", "Say which record", "Write seen, not seen", "look at the year"]
    cures += ["Make two entries", "Say in a sentence"]
    assert all(cure in one[3] for cure, one in zip(cures, told, strict=True))


def test_read_entries_same_row_twice_names_both() -> None:
    reading = read_entries("a.csv", file(GOOD, ["2024", "Moved here.", "", "", "Housing"], GOOD), TODAY)
    assert [str(one.message) for one in reading.faults] == [
        "Row 4 says the same as row 2. Delete one of them.",
    ]


def test_read_entries_headings_missing_or_unknown_are_named() -> None:
    reading = read_entries("a.csv", file(["2024", "Moved here.", "x"], headings=["when", "what", "worker"]), TODAY)
    assert [(one.rule, one.place.column) for one in reading.faults] == [
        ("column-missing", "source"),
        ("column-unknown", "worker"),
    ]


def test_read_entries_date_of_the_spreadsheet_is_read_as_it_is_shown() -> None:
    book, out = Workbook(), io.BytesIO()
    page = book.worksheets[0]
    page.append(HEADINGS)
    shown = ["dd/mm/yyyy", "mmm-yy", "yyyy", "dd/mm/yyyy hh:mm", '[$-809]dd" of "mmmm yyyy']
    for at, number_format in enumerate(shown, start=2):
        page.append([datetime.fromisoformat("2025-03-04T14:30"), f"Visit number {at}.", "", "", "GP record"])
        page[f"A{at}"].number_format = number_format
    book.save(out)
    reading = read_entries("a.xlsx", out.getvalue(), TODAY)
    assert reading.faults == ()
    told = [str(one.when) for one in reading.rows]
    assert told == ["4 March 2025", "March 2025", "2025", "4 March 2025, 14:30", "4 March 2025"]


def test_read_entries_formula_beside_a_date_stays_refused() -> None:
    rows = [[date(2025, 3, 4), f"Visit number {at}.", "", "", "GP record"] for at in range(30)]
    reading = read_entries("a.xlsx", workbook(*rows, [date(2025, 3, 4), "=1+1", "", "", "GP"]), TODAY)
    assert reading.rows == ()
    assert [(one.place.row, one.place.column) for one in reading.faults] == [(32, "B")]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", b""), ("a.xlsx", b"PK\x03\x04 broken"), ("a.docx", b"%PDF-1.7"), ("a.csv", b"when,what,source\r\n")],
)
def test_read_entries_of_no_use_says_why(name: str, data: bytes) -> None:
    reading = read_entries(name, data, TODAY)
    assert reading.rows == ()
    assert reading.faults


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _hidden() -> bytes:
    book = load_workbook(io.BytesIO(workbook(GOOD)))
    page = book.create_sheet("Names")
    page.append(["child", "mother"])
    page.sheet_state = "hidden"
    return _saved(book)


def _far_away() -> bytes:
    book = load_workbook(io.BytesIO(workbook(GOOD)))
    book.worksheets[0]["C1048576"] = "lost"
    return _saved(book)


def _merged() -> bytes:
    book = load_workbook(io.BytesIO(workbook([date(2025, 3, 3), *GOOD[1:]])))
    book.worksheets[0].merge_cells("B2:C2")
    return _saved(book)


def _swollen() -> bytes:
    """A small file that unpacks to many times its size."""
    whole, out = zipfile.ZipFile(io.BytesIO(workbook(GOOD))), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as swollen:
        for name in whole.namelist():
            more = b" " * 70_000_000 if name.endswith("sheet1.xml") else b""
            swollen.writestr(name, whole.read(name).replace(b"</sheetData>", more + b"</sheetData>"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "row", "cure"),
    [
        ("a.xlsx", lambda: workbook(GOOD, ["2024", "=1+1", "", "", "GP"]), 3, "paste it back as values"),
        ("a.xlsx", _hidden, 0, "Unhide it, then delete it"),
        ("a.xlsx", _far_away, 1048576, "does not say when"),
        ("a.xlsx", _merged, 2, "merged"),
        ("a.xlsx", _swollen, 0, "Copy the rows into a new workbook"),
        ("a.csv", lambda: file(["summer 2024", *GOOD[1:]]), 2, "between 1 June 2024 and 31 August 2024"),
        ("a.csv", lambda: b"when,what,source\r\n" + b"2024,A visit,GP\r\n" * 30_000, 0, "Send it in parts"),
    ],
)
def test_read_entries_of_a_strange_file_says_where_and_how_to_mend_it(
    name: str, data: Callable[[], bytes], row: int, cure: str
) -> None:
    reading = read_entries(name, data(), TODAY)
    assert reading.rows == ()
    assert reading.faults[0].place.row == row
    assert cure in reading.faults[0].message


def test_read_entries_too_many_rows_are_refused_at_once() -> None:
    rows = [["2024", f"Entry number {at}.", "", "", "GP"] for at in range(MOST_ROWS + 1)]
    assert "Send it in parts" in read_entries("a.csv", file(*rows), TODAY).faults[0].message


def test_read_entries_lists_so_many_faults_and_counts_the_rest() -> None:
    rows = [["?", f"Entry number {at}.", "", "", "GP"] for at in range(LISTED + 30)]
    faults = read_entries("a.csv", file(*rows), TODAY).faults
    assert len(faults) == LISTED + 1
    assert "30 more faults" in faults[-1].message


def test_template_with_entries_is_read_back_as_they_were() -> None:
    rows = [entry(), entry(seen=Seen.SEEN, place="The clinic"), entry(what="It’s 'quoted', and\nhas two lines")]
    for name, data in (("a.csv", as_csv(rows)), ("a.xlsx", as_xlsx(rows))):
        reading = read_entries(name, data, TODAY)
        assert reading.faults == ()
        assert [one.same_as for one in reading.rows] == [one.same_as for one in rows]


def test_template_empty_says_how_to_fill_and_keeps_dates_as_text() -> None:
    book = load_workbook(io.BytesIO(as_xlsx()))
    assert book.sheetnames == ["Chronology", "How to fill"]
    assert [cell.value for cell in book["Chronology"][1]] == HEADINGS
    assert book["Chronology"]["A2"].number_format == "@"
    assert as_csv().decode("utf-8-sig").strip() == ",".join(HEADINGS)
