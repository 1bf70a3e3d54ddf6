"""What a workbook can hide: formulas, macros, merged cells, hidden sheets, dates, bombs. Each is named."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trefoil.indicators.intake import opening_workbook
from trefoil.indicators.intake.opening import open_upload
from trefoil.indicators.intake.workbook_cells import number_as_seen, read_grid


def findings(data):
    return open_upload("r.xlsx", data).findings


def cell(name, inside, attributes=""):
    return f'<c r="{name}" {attributes}>{inside}</c>'


@pytest.fixture
def reads(monkeypatch):
    """The sheets that were read, by name; they are read as ever."""
    seen = []

    def watched(part, name, *more):
        seen.append(name)
        return read_grid(part, name, *more)

    monkeypatch.setattr(opening_workbook, "read_grid", watched)
    return seen


@pytest.fixture(scope="module")
def two_rows(workbook, line):
    """A sheet with the headings a and b, and a second row made of the given cells."""

    def make(*cells, **more):
        return workbook({"Data": line(1, "a", "b") + f'<row r="2">{"".join(cells)}</row>'}, **more)

    return make


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ("45", "45"),
        ("45.0", "45"),
        ("0.30000000000000004", "0.3"),
        ("17.899999999999999", "17.9"),
        ("1E-3", "0.001"),
        ("1.39E3", "1390"),
        ("-6.2999999999999998", "-6.3"),
        ("100", "100"),
        ("0", "0"),
        ("123456789012345", "123456789012345"),
        ("1E999", "1E999"),
        ("nan", "nan"),
    ],
)
def test_number_as_seen_gives_the_digits_of_the_screen(stored, seen):
    assert number_as_seen(stored) == seen


def test_open_upload_gives_text_numbers_and_truth_as_seen(two_rows):
    data = two_rows(cell("A2", "<v>45.0</v>"), cell("B2", "<v>1</v>", 't="b"'))
    assert open_upload("r.xlsx", data).sheet.lines[0].cells == ("45", "TRUE")


def test_open_upload_of_a_formula_names_the_cell_and_says_paste_as_values(two_rows):
    data = two_rows(cell("A2", "<f>1+1</f><v>2</v>"), cell("B2", "<f>A2</f>"))
    found = findings(data)
    assert [(f.rule, f.place.row, f.place.column, f.place.sheet) for f in found] == [
        ("cell-formula", 2, "A", "Data"),
        ("cell-formula", 2, "B", "Data"),
    ]
    assert "paste it back as values" in found[0].message


@pytest.mark.parametrize(
    ("style", "rule"), [("1", "cell-percent"), ("3", "cell-percent"), ("2", "cell-date"), ("4", "cell-date")]
)
def test_open_upload_of_a_percentage_or_date_format_guesses_nothing(two_rows, style, rule):
    (finding,) = findings(two_rows(cell("A2", "<v>0.89</v>", f's="{style}"'), cell("B2", "<v>1</v>")))
    assert (finding.rule, finding.place.column) == (rule, "A")
    assert ("89 for 89%" if rule == "cell-percent" else "2019-02") in finding.message


def test_open_upload_of_an_error_value_is_refused(two_rows):
    assert [f.rule for f in findings(two_rows(cell("A2", "<v>#N/A</v>", 't="e"')))] == ["cell-error"]


def test_open_upload_of_merged_cells_names_them(two_rows):
    data = two_rows(cell("A2", "<v>1</v>"), after='<mergeCells><mergeCell ref="A2:A5"/></mergeCells>')
    (finding,) = findings(data)
    assert (finding.rule, finding.place.row) == ("cell-merged", 2)
    assert "A2:A5" in finding.message


def test_open_upload_of_a_hidden_sheet_with_data_is_refused_and_an_empty_one_is_not(workbook, line):
    rows = line(1, "a") + line(2, "1")
    for state in ("hidden", "veryHidden"):
        data = workbook({"Data": rows, "Old": rows}, states={"Old": state})
        assert [(f.rule, f.place.sheet) for f in findings(data)] == [("sheet-hidden", "Old")]
    assert findings(workbook({"Data": rows, "Old": ""}, states={"Old": "hidden"})) == ()


def test_open_upload_of_several_sheets_reads_the_return_and_says_so_else_refuses(workbook, line):
    rows = line(1, "a") + line(2, "1")
    assert [f.rule for f in findings(workbook({"One": rows, "Two": rows}))] == ["sheet-several"]
    opened = open_upload("r.xlsx", workbook({"One": rows, "Return": rows}))
    assert opened.sheet.name == "Return"
    assert [f.rule for f in opened.findings] == ["sheet-read"]
    assert "One" in opened.findings[0].message


def test_open_upload_says_how_many_rows_are_hidden(workbook, line):
    data = workbook({"S": line(1, "a") + line(2, "1").replace("<row", '<row hidden="1"')})
    (finding,) = findings(data)
    assert (finding.rule, finding.place.row, finding.found) == ("rows-hidden", 2, "1 hidden row")
    assert finding.message.startswith("1 row is hidden")
    data = workbook({"S": line(1, "a") + (line(2, "1") + line(3, "1")).replace("<row", '<row hidden="1"')})
    assert findings(data)[0].message.startswith("2 rows are hidden")


def test_open_upload_with_macros_says_save_without_them(workbook, line):
    rows = line(1, "a") + line(2, "1")
    enabled = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert [f.rule for f in findings(workbook({"S": rows}, main=enabled))] == ["file-macros"]
    smuggled = workbook({"S": rows}, extra={"xl/vbaProject.bin": b"x"})
    assert [f.rule for f in findings(smuggled)] == ["file-macros"]
    assert [f.rule for f in findings(workbook({"S": rows}, kind="xlMacrosheet"))] == ["file-macros"]


@pytest.mark.parametrize("word", ["wordprocessingml", "presentationml", "sheet.binary"])
def test_open_upload_of_another_office_file_names_it(workbook, word):
    (finding,) = findings(workbook({"S": ""}, main=f"application/{word}.main+xml"))
    assert finding.rule == "file-type"


def test_open_upload_of_a_zip_bomb_is_refused_before_it_is_unpacked(workbook, line):
    rows = line(1, "a") + line(2, "1")
    dense = workbook({"S": rows}, extra={"xl/media/a.xml": b" " * (2 * 1024 * 1024)})
    assert [f.rule for f in findings(dense)] == ["file-bomb"]
    many = workbook({"S": rows}, extra={f"x/{n}": b"" for n in range(1_001)})
    assert [f.rule for f in findings(many)] == ["file-bomb"]


@pytest.mark.parametrize(
    "second", ["worksheets/sheet1.xml", "worksheets/../worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"]
)
def test_open_upload_reads_no_part_twice(workbook, line, reads, second):
    """One part under many names would be parsed each time: a small file would keep a processor busy for long."""
    rows = line(1, "a") + line(2, "1")
    data = workbook({"One": rows, "Two": ""}, targets=["worksheets/sheet1.xml", second])
    (finding,) = findings(data)
    assert (finding.rule, finding.place.sheet) == ("file-broken", "Two")
    assert "“One” and “Two” point at the same content" in finding.message
    assert reads == []


def test_open_upload_of_fifty_sheets_passes_and_of_one_more_is_refused_before_it_is_read(workbook, line, reads):
    filled = {"Return": line(1, "a") + line(2, "1")}
    assert open_upload("r.xlsx", workbook(filled | {f"S{n}": "" for n in range(49)})).sheet.name == "Return"
    reads.clear()
    (finding,) = findings(workbook(filled | {f"S{n}": "" for n in range(50)}))
    assert (finding.rule, finding.found) == ("sheet-too-many", "51 sheets")
    assert reads == []


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE l SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_open_upload_with_xml_entities_is_refused(workbook, declaration):
    sheet = f"{declaration}<worksheet><sheetData/></worksheet>"
    assert [f.rule for f in findings(workbook({"S": ""}, raw_sheet=sheet))] == ["file-entities"]


def test_open_upload_of_a_locked_archive_is_refused(two_rows):
    data = bytearray(two_rows(cell("A2", "<v>1</v>")))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    assert [f.rule for f in findings(bytes(data))] == ["file-encrypted"]


def test_open_upload_of_a_workbook_cut_short_is_refused(two_rows):
    data = two_rows(cell("A2", "<v>1</v>"))
    assert [f.rule for f in findings(data[: len(data) // 2])] == ["file-broken"]
    assert [f.rule for f in findings(two_rows("<c><v>1</v>"))] == ["file-broken"]


def test_open_upload_of_far_too_many_rows_or_columns_stops(workbook, line, two_rows):
    rows = line(1, "a") + "<row><c><v>1</v></c></row>" * 20_002
    assert [f.rule for f in findings(workbook({"S": rows}))] == ["file-too-long"]
    assert [f.rule for f in findings(two_rows(cell("XFD2", "<v>1</v>")))] == ["file-too-wide"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1), byte=st.integers(0, 255))
def test_open_upload_of_a_workbook_with_one_byte_changed_never_breaks(two_rows, at, byte):
    data = bytearray(two_rows(cell("A2", "<v>1</v>"), cell("B2", "<v>2</v>")))
    data[int(at * (len(data) - 1))] = byte
    opened = open_upload("r.xlsx", bytes(data))
    assert opened.sheet is not None or opened.findings


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    part=st.binary(max_size=60),
    where=st.sampled_from(["xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]),
)
def test_open_upload_of_a_workbook_with_a_strange_part_never_breaks(two_rows, part, where):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(two_rows(cell("A2", "<v>1</v>")))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, part if name == where else old.read(name))
    opened = open_upload("r.xlsx", out.getvalue())
    assert opened.sheet is None
    assert opened.findings
