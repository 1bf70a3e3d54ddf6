"""The papers of a meeting as one PDF, and the report to a committee in Word."""

import io
from datetime import date, datetime
from types import SimpleNamespace
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.meetings.samples import coming, held
from trefoil.documents.enums import Marking
from trefoil.documents.operations import attach
from trefoil.meetings.pack import joining
from trefoil.meetings.pack.joining import Cover, Paper, TooManyPagesError, join
from trefoil.meetings.report.filling import Section, TemplateError, fill, plain

DAY = date(2026, 11, 22)
ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
COVER = Cover("Fairmead", "Executive, 24 November 2026", "Tuesday", "Private", [("10:00", "Risks", "5", "To note", "")])


def pdf(pages=1, **named) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=named.get("width", 595), height=842)
    if "password" in named:
        writer.encrypt(named["password"])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read(pack: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pack))


def text_of(pack: bytes) -> list[str]:
    return [page.extract_text() for page in read(pack).pages]


def test_join_numbers_every_page_and_marks_each_paper() -> None:
    pack = join(COVER, [Paper("A report", "PDF", "a.pdf", pdf(3)), Paper("Figures", "Excel", "f.xlsx", None)], on=DAY)
    reader, pages = read(pack), text_of(pack)
    assert len(pages) == 5
    assert all(f"Page {number} of 5" in words for number, words in enumerate(pages, start=1))
    bookmarks = {one.title: reader.get_destination_page_number(one) + 1 for one in reader.outline}
    assert bookmarks == {"Agenda and list of papers": 1, "A report": 2, "Figures": 5}
    assert "not a PDF" in pages[4]
    assert "f.xlsx" in pages[4]
    contents = " ".join(pages[0].split())
    assert "A report PDF 2" in contents
    assert "Figures Excel 5" in contents


def test_join_puts_papers_under_their_items_with_the_pages_of_the_pack() -> None:
    items = [("10:00", "1. Risks", "5", "To note", ""), ("10:05", "2. Money", "9", "To decide", "")]
    cover = Cover("Fairmead", "Executive, 24 November 2026", "Tuesday", "Private", items)
    papers = [
        Paper("Register", "PDF", "r.pdf", pdf(2), "1. Risks"),
        Paper("Budget", "PDF", "b.pdf", pdf(3), "2. Money"),
        Paper("Figures", "Excel", "f.xlsx", None, "2. Money"),
        Paper("Map", "PDF", "m.pdf", pdf(1)),
    ]
    pack = join(cover, papers, on=DAY)
    contents = " ".join(text_of(pack)[0].split())
    assert "10:00 1. Risks 5 To note 2 10:05 2. Money 9 To decide 4" in contents
    assert "1. Risks Register PDF 2 2. Money Budget PDF 4 Figures Excel 7 Of no item Map PDF 8" in contents
    reader = read(pack)
    assert [one.title for one in reader.outline if not isinstance(one, list)] == [
        "Agenda and list of papers",
        "1. Risks",
        "2. Money",
        "Map",
    ]
    below = [[one.title for one in part] for part in reader.outline if isinstance(part, list)]
    assert below == [["Register"], ["Budget", "Figures"]]
    assert "f.xlsx" in text_of(pack)[6]


def test_join_gives_a_sheet_for_what_cannot_be_read() -> None:
    broken = pdf()[:200] + b"\x00" * 50
    papers = [Paper("Locked", "PDF", "l.pdf", pdf(password="x")), Paper("Broken", "PDF", "b.pdf", broken)]
    pages = text_of(join(COVER, papers, on=DAY))
    assert len(pages) == 3
    assert "asks for a password" in pages[1]
    assert "could not be read" in pages[2]


def test_join_takes_no_script_along() -> None:
    writer, out = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(width=595, height=842)
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("alertnow")}
    )
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.root_object[NameObject("/OpenAction")] = script
    writer.write(out)
    assert b"alertnow" in out.getvalue()
    pack = join(COVER, [Paper("Alive", "PDF", "a.pdf", out.getvalue())], on=DAY)
    assert b"alertnow" not in pack
    assert "/OpenAction" not in read(pack).root_object


def test_join_without_papers_is_the_agenda() -> None:
    assert "No paper is attached" in text_of(join(COVER, [], on=DAY))[0]


def test_join_refuses_more_pages_than_anybody_reads(monkeypatch) -> None:
    monkeypatch.setattr(joining, "MOST_PAGES", 3)
    with pytest.raises(TooManyPagesError, match="more than 3"):
        join(COVER, [Paper("a", "PDF", "a.pdf", pdf(2)), Paper("b", "PDF", "b.pdf", pdf(2))], on=DAY)


SHORT = {"title": "The report", "committee": "Children's committee"}
SECTIONS = [
    Section("purpose", "Purpose of the report", ("purpose", "purpose of the report"), ["To tell."]),
    Section("decisions", "What was decided", ("decisions",), ["First.", "Second."]),
    Section("actions", "What goes into the plan", ("next steps",), ["Nothing."]),
]


def template(write) -> io.BytesIO:
    document, out = Document(), io.BytesIO()
    write(document)
    document.save(out)
    out.seek(0)
    return out


def lines(content: bytes) -> list[str]:
    return [one.text for one in Document(io.BytesIO(content)).paragraphs if one.text]


def test_fill_puts_words_into_braces_headings_and_the_end() -> None:
    def write(document) -> None:
        split = document.add_paragraph("{{ ti")
        split.add_run("tle }}").bold = True
        document.add_heading("1. Purpose of the report:", 1)
        document.add_paragraph("Guidance of the council.")
        document.add_paragraph("{{ decisions }}")
        document.add_table(rows=1, cols=1).cell(0, 0).text = "{{ committee }} and {{ unknown }}"

    filled = fill(template(write), SHORT, SECTIONS)
    assert lines(filled.content) == [
        "The report",
        "1. Purpose of the report:",
        "To tell.",
        "Guidance of the council.",
        "First.",
        "Second.",
        "What goes into the plan",
        "Nothing.",
    ]
    table = Document(io.BytesIO(filled.content)).tables[0]
    assert table.cell(0, 0).text == "Children's committee and {{ unknown }}"
    assert filled.at_the_end == ("What goes into the plan",)


def test_fill_refuses_a_template_that_fetches_something() -> None:
    def write(document) -> None:
        document.part.relate_to("https://example.org/x.dotm", ATTACHED, is_external=True)

    with pytest.raises(TemplateError, match="another place"):
        fill(template(write), SHORT, SECTIONS)


def test_fill_refuses_what_is_not_word() -> None:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("x.txt", "x")
    out.seek(0)
    with pytest.raises(TemplateError, match="could not read"):
        fill(out, SHORT, SECTIONS)


def test_plain_has_every_section_in_order() -> None:
    found = lines(plain("The report", [("Committee", "Children's committee")], SECTIONS))
    assert found[:3] == ["The report", "1. Purpose of the report", "To tell."]
    assert found[-1] == "Nothing."


@pytest.fixture
def asking(world, now):
    return SimpleNamespace(world=world, now=now, person=world.bob)


def test_pack_page_joins_what_this_reader_may_open(asking, client_for, now: datetime) -> None:
    meeting = coming(asking)
    named = {"partnership": asking.world.fairmead, "subject": f"meeting:{meeting.pk}", "by": asking.world.manager}
    attach(
        title="Report",
        marking=Marking.GROUP_ONLY,
        group=meeting.group,
        file=io.BytesIO(pdf(2)),
        name="r.pdf",
        now=now,
        **named,
    )
    answer = client_for(asking.person).get(reverse("meeting_pack", args=["fairmead", meeting.pk]))
    assert len(read(answer.content).pages) == 3
    assert "A worker" in text_of(answer.content)[0]


def test_report_page_fills_a_template_and_says_why_not(asking, client_for) -> None:
    meeting = held(asking)
    client, url = client_for(asking.person), reverse("meeting_report", args=["fairmead", meeting.pk])
    asked = {"committee": "Children's", "title": "T", "author": "A", "purpose": "To tell.", "background": "b"}
    asked |= {"recommendations": "", "committee_day_day": 1, "committee_day_month": 2, "committee_day_year": 2027}
    made = client.post(url, asked)
    assert "That the committee notes this report." in lines(made.content)
    own = SimpleUploadedFile("own.docx", template(lambda one: one.add_paragraph("{{ date }}")).getvalue())
    assert lines(client.post(url, {**asked, "template": own}).content)[0] == "1 February 2027"
    wrong = SimpleUploadedFile("own.docm", b"PK")
    assert "macros" in client.post(url, {**asked, "template": wrong}).content.decode()
