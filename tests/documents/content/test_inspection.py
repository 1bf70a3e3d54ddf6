"""What is taken, and what is refused with which cure."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.attached import office, open_document, package, pdf, samples, with_part
from trefoil.documents.content import FileKind, RefusedFileError, inspect_file, plain_name

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize("name", sorted(samples()))
def test_inspect_file_takes_each_kind(name: str) -> None:
    file = BytesIO(samples()[name])
    kind = inspect_file(file, name)
    assert kind == FileKind(name.rpartition(".")[2].lower().replace("jpeg", "jpg"))
    assert file.tell() == 0


@pytest.mark.parametrize("name", sorted(samples()))
@pytest.mark.parametrize("other", ["minutes.pdf", "plan.docx", "figures.xlsx", "note.odt", "chart.png", "photo.jpg"])
def test_inspect_file_refuses_a_name_that_lies(name: str, other: str) -> None:
    ending = other.rpartition(".")[2]
    if name.lower().replace("jpeg", "jpg").endswith(ending):
        assert inspect_file(BytesIO(samples()[name]), name)
        return
    with pytest.raises(RefusedFileError):
        inspect_file(BytesIO(samples()[name]), f"lie.{ending}")


def bomb() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as held:
        held.writestr("[Content_Types].xml", b"wordprocessingml.document.main+xml")
        held.writestr("word/document.xml", bytes(30 * 1024 * 1024))
    return out.getvalue()


def locked_part() -> bytes:
    """A package whose parts say that they are locked."""
    data = bytearray(office("docx"))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(signature, start + 1)) >= 0:
            data[start + place] |= 1
    return bytes(data)


LOCKED_OPEN_DOCUMENT = with_part(open_document("odt"), "META-INF/manifest.xml", b"<manifest:encryption-data/>")
MACRO_TYPES = package({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"})


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", with_part(office("docx"), "word/vbaProject.bin", b"x"), "holds macros"),
        ("a.docx", MACRO_TYPES, "may hold macros"),
        ("a.xlsx", with_part(office("xlsx"), "xl/macrosheets/sheet1.xml", b"x"), "holds macros"),
        ("a.odt", with_part(open_document("odt"), "Basic/Standard/x.xml", b"x"), "holds macros"),
        ("a.docx", bomb(), "unpack to far more"),
        ("a.docx", locked_part(), "locked with a password"),
        ("a.docx", OLD_OFFICE, "locked with a password"),
        ("a.pdf", OLD_OFFICE, "old Office file"),
        ("a.odt", LOCKED_OPEN_DOCUMENT, "locked with a password"),
        ("a.docx", office("xlsx"), "something else inside"),
        ("a.odt", open_document("ods"), "something else inside"),
        ("a.docx", with_part(office("docx"), "../../outside.xml", b"x"), "points outside"),
        ("a.docx", office("docx")[:-30], "not a whole Word document"),
        ("a.pdf", pdf(password="x"), "locked with a password"),
        ("a.pdf", pdf(script="app.alert('x')"), "holds a script"),
        ("a.pdf", pdf(inside=b"x"), "holds a script or an attached file"),
        ("a.pdf", b"%PDF-1.7\nnothing of a PDF follows", "not a whole PDF"),
        ("a.pdf", b"MZ\x90\x00" + bytes(100), "is not a PDF inside"),
        ("a.txt", b"MZ\x90\x00" + bytes(100), "not plain text inside"),
        ("a.txt", b"text" * 5000 + b"\x00", "not plain text inside"),
        ("a.csv", b"<html><script>", "a script or a page"),
        ("a.txt", b"#!/bin/sh\n", "a script or a page"),
        ("a.txt", b"", "empty"),
    ],
)
def test_inspect_file_refuses_with_the_reason(name: str, data: bytes, words: str) -> None:
    with pytest.raises(RefusedFileError, match=words):
        inspect_file(BytesIO(data), name)


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("a.doc", "Save it as .docx"),
        ("a.XLSM", "Save it as .xlsx"),
        ("a.zip", "one by one"),
        ("a.exe", "Files that are taken: PDF"),
        ("minutes", "has no ending"),
    ],
)
def test_inspect_file_names_the_cure_for_other_endings(name: str, cure: str) -> None:
    with pytest.raises(RefusedFileError, match=cure):
        inspect_file(BytesIO(b"x"), name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        ".htaccess",
        "a/b.pdf",
        "..\\a.pdf",
        "a\x00.pdf",
        "a\u202efdp.exe.pdf",
        "con.pdf",
        "a.exe.pdf",
        "a" * 151,
    ],
)
def test_plain_name_refuses_hostile_names(name: str) -> None:
    with pytest.raises(RefusedFileError):
        plain_name(name)


def test_plain_name_writes_letters_one_way() -> None:
    assert plain_name(" cafe\u0301 minutes.pdf ") == "café minutes.pdf"


def answer(data: bytes, name: str) -> str:
    """The kind, or why it was refused."""
    try:
        return inspect_file(BytesIO(data), name)
    except RefusedFileError as refused:
        return str(refused)


@settings(max_examples=30)
@given(st.binary(max_size=400), st.sampled_from(sorted(samples())))
def test_inspect_file_survives_any_bytes(tail: bytes, name: str) -> None:
    """Whatever is cut off or put behind, it is taken or refused in words; nothing else comes out."""
    data = samples()[name]
    for broken in (data[: len(data) // 2] + tail, data + tail, tail):
        said = answer(broken, name)
        assert said in set(FileKind) or said.endswith(".")
