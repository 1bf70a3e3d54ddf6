"""Opening refuses by content, names the place and says the cure; what it opens, it opens exactly."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trefoil.indicators.intake.opening import open_upload
from trefoil.indicators.intake.sheets import MAX_BYTES
from trefoil.indicators.rows import Severity

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def rules(name, data):
    return [finding.rule for finding in open_upload(name, data).findings]


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n123", "PNG"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (OLE + "Workbook".encode("utf-16-le"), ".xls"),
        (OLE + b"WordDocument", "old Office document"),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
        (zipped(notes="hello"), "zip archive"),
    ],
)
@pytest.mark.parametrize("name", ["return.csv", "return.xlsx"])
def test_open_upload_of_another_type_is_refused_whatever_its_name(name, data, word):
    opened = open_upload(name, data)
    assert opened.sheet is None
    assert [finding.rule for finding in opened.findings] == ["file-type"]
    assert word in opened.findings[0].message
    assert "xlsx" in opened.findings[0].message


def test_open_upload_of_an_encrypted_workbook_says_how_to_take_the_password_off():
    data = OLE + "EncryptionInfo".encode("utf-16-le") + "EncryptedPackage".encode("utf-16-le")
    (finding,) = open_upload("return.xlsx", data).findings
    assert finding.rule == "file-encrypted"
    assert "password" in finding.message


def test_open_upload_over_the_limit_states_the_limit():
    (finding,) = open_upload("return.csv", b"a" * (MAX_BYTES + 1)).findings
    assert finding.rule == "file-too-big"
    assert "5 MB" in finding.message


def test_open_upload_at_the_limit_is_not_too_big():
    assert "file-too-big" not in rules("return.csv", b"a," * (MAX_BYTES // 2))


@pytest.mark.parametrize("data", [b"", b"  \r\n\r\n", b"\xef\xbb\xbf"])
def test_open_upload_of_an_empty_file_is_refused(data):
    assert rules("return.csv", data) == ["file-empty"]


def test_open_upload_of_headings_alone_is_refused():
    assert rules("return.csv", b"a,b\r\n,\r\n") == ["file-empty"]


def test_open_upload_reads_cells_exactly_and_counts_rows_as_a_spreadsheet_does():
    sheet = open_upload("r.csv", b"Indicator, Missing Reason\r\n\r\n 007 ,2019-02\r\n").sheet
    assert sheet.headings == ("indicator", "missing_reason")
    assert [(line.number, line.cells) for line in sheet.lines] == [(3, (" 007 ", "2019-02"))]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_open_upload_recognises_other_separators_and_says_so(separator):
    opened = open_upload("r.csv", f"a{separator}b\n1{separator}2,5\n".encode())
    assert opened.sheet.lines[0].cells == ("1", "2,5")
    assert [f.rule for f in opened.findings] == ["csv-separator"]


def test_open_upload_follows_the_separator_line_of_a_spreadsheet():
    sheet = open_upload("r.csv", b"sep=;\r\na;b\r\n1;2\r\n").sheet
    assert sheet.headings == ("a", "b")
    assert sheet.lines[0].number == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_open_upload_reads_unicode_without_a_word(encoding):
    opened = open_upload("r.csv", "name,b\nZoë £5,1\n".encode(encoding))
    assert opened.sheet.lines[0].cells == ("Zoë £5", "1")
    assert opened.findings == ()


def test_open_upload_of_windows_text_is_read_with_a_note_that_names_the_row():
    opened = open_upload("r.csv", "name,b\nok,1\nZoë,2\n".encode("cp1252"))
    assert opened.sheet.lines[1].cells[0] == "Zoë"
    (finding,) = opened.findings
    assert (finding.severity, finding.rule, finding.place.row) == (Severity.NOTE, "csv-encoding", 3)


def test_open_upload_with_a_zero_byte_or_bytes_of_no_text_names_the_row():
    for data in (b"a,b\n1,\x002\n", b"a,b\n1,\x81\xff2\n"):
        (finding,) = open_upload("r.csv", data).findings
        assert (finding.rule, finding.place.row) == ("csv-not-text", 2)


def test_open_upload_with_a_title_above_the_headings_says_so():
    (finding,) = open_upload("r.csv", b"Our return\n\na,b,c\n1,2,3\n").findings
    assert (finding.rule, finding.place.row, finding.found) == ("heading-below", 1, "Our return")
    assert "delete what is above them" in finding.message


def test_open_upload_of_ragged_rows_names_each():
    opened = open_upload("r.csv", b"a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n")
    assert opened.sheet is None
    assert [(f.rule, f.place.row) for f in opened.findings] == [("row-ragged", 2), ("row-ragged", 4)]


def test_open_upload_of_a_quote_left_open_is_refused():
    assert rules("r.csv", b'a,b\n"1,2\n3,4\n') == ["csv-quotes"]


def test_open_upload_of_headings_given_twice_or_left_blank_names_the_column():
    opened = open_upload("r.csv", b"value,,Value\n1,2,3\n")
    assert {(f.rule, f.place.column) for f in opened.findings} == {
        ("heading-missing", "B"),
        ("heading-twice", "value"),
    }


def test_open_upload_too_long_or_too_wide_states_the_limit():
    assert rules("r.csv", b"a\n" + b"1\n" * 20_001) == ["file-too-long"]
    assert rules("r.csv", b",".join(b"a%d" % n for n in range(61)) + b"\n1" + b"," * 60) == ["file-too-wide"]


def test_open_upload_of_text_named_as_a_workbook_is_explained():
    assert rules("r.xlsx", b"a,b\n1,2\n") == ["file-type"]


def test_open_upload_of_a_workbook_named_as_csv_says_rename(workbook, line):
    data = workbook({"S": line(1, "a") + line(2, "1")})
    assert rules("r.csv", data) == ["file-name"]
    assert rules("r.xlsx", data) == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(["r.csv", "r.xlsx", "r", "r.pdf", ""]),
    start=st.sampled_from([b"", b"PK\x03\x04", OLE, b"\xef\xbb\xbf", b"\xff\xfe", b"sep=;\n", b'a,b\n"']),
    data=st.binary(max_size=300),
)
def test_open_upload_of_any_bytes_gives_a_sheet_or_says_why_not(name, start, data):
    opened = open_upload(name, start + data)
    if opened.sheet is None:
        assert any(finding.severity is Severity.ERROR and finding.message for finding in opened.findings)
    else:
        assert opened.sheet.headings
        assert all(len(row.cells) == len(opened.sheet.headings) for row in opened.sheet.lines)
