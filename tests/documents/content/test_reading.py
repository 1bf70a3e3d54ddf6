"""Every word of a file is found, wherever it hides; what cannot be read is said."""

import zipfile
from io import BytesIO

import pytest
import typst
from docx import Document as Word
from openpyxl import Workbook
from openpyxl.comments import Comment
from pypdf import PdfReader, PdfWriter

from trefoil.documents.content.kinds import FileKind
from trefoil.documents.content.reading import Reading, read_words

NAME = "Tumblethwaite"


def _word(**held: str) -> BytesIO:
    """A Word file: `body`, cut in the middle of the name as Word cuts it; `header`, `title`."""
    made, file = Word(), BytesIO()
    written = made.add_paragraph()
    for piece in held.get("body", "").partition("thwaite"):
        written.add_run(piece)
    made.sections[0].header.paragraphs[0].text = held.get("header", "")
    made.core_properties.title = held.get("title", "")
    made.save(file)
    return file


def _with_part(file: BytesIO, name: str, text: str) -> BytesIO:
    """The same package with one part more."""
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(name, text)
    return file


def _portable(*pages: str, title: str = "") -> BytesIO:
    """A PDF with a page for each text."""
    set_ = "\n#pagebreak()\n".join(pages)
    made = typst.compile(f'#set document(title: "{title}")\n{set_}'.encode())
    return BytesIO(made)


def _places(read: Reading) -> list[str]:
    return list(dict.fromkeys(one.where for one in read.passages if NAME in one.words))


def _workbook() -> BytesIO:
    made, file = Workbook(), BytesIO()
    sheet = made.active
    assert sheet is not None
    sheet["A1"] = "Seen"
    sheet["A1"].comment = Comment(f"By {NAME}", "A reviewer")
    made.save(file)
    return file


REMARK = f'<w:comments><w:comment w:author="A"><w:p><w:t>Is it {NAME}?</w:t></w:p></w:comment></w:comments>'
DELETED = f"<w:p><w:del><w:r><w:delText>{NAME}</w:delText></w:r></w:del></w:p>"
BESIDE = f'<w:drawing><wp:docPr id="1" descr="A picture of {NAME}"/></w:drawing>'


@pytest.mark.parametrize(
    ("file", "kind", "where"),
    [
        (_word(body=f"Seen by {NAME} at home"), FileKind.DOCX, "the text"),
        (_word(header=NAME), FileKind.DOCX, "a header"),
        (_word(title=f"About {NAME}"), FileKind.DOCX, "the file’s properties"),
        (_with_part(_word(), "word/comments.xml", REMARK), FileKind.DOCX, "a comment"),
        (_with_part(_word(), "word/more.xml", DELETED), FileKind.DOCX, "the text"),
        (_with_part(_word(), "word/more.xml", BESIDE), FileKind.DOCX, "the text"),
        (_workbook(), FileKind.XLSX, "a comment"),
        (_portable("One", f"Of {NAME}"), FileKind.PDF, "page 2"),
        (_portable("One", title=NAME), FileKind.PDF, "the file’s properties"),
        (BytesIO(f"Of {NAME}".encode()), FileKind.TXT, "the text"),
        (BytesIO(b"Of Tumble-\nthwaite"), FileKind.TXT, "the text"),
    ],
)
def test_word_is_found_where_it_stands(file: BytesIO, kind: FileKind, where: str) -> None:
    read = read_words(file, kind)
    assert _places(read) == [where]
    assert file.tell() == 0


@pytest.mark.parametrize(("file", "kind"), [(_portable("Nobody"), FileKind.PDF), (_workbook(), FileKind.XLSX)])
def test_sound_file_is_read_whole(file: BytesIO, kind: FileKind) -> None:
    read = read_words(file, kind)
    assert read.unread == ()
    assert read.passages


def test_pictures_and_empty_pages_are_said_to_be_unread() -> None:
    assert read_words(BytesIO(b"\x89PNG"), FileKind.PNG).unread == ("the picture",)
    # A file made from this library's own template has a small picture of its first page.
    small = "a small picture of the first page"
    assert read_words(_word(body="Nobody"), FileKind.DOCX).unread == (small,)
    assert read_words(_with_part(_word(), "word/media/image1.png", "x"), FileKind.DOCX).unread == (small, "a picture")
    writer, scanned = PdfWriter(), BytesIO()
    writer.append(PdfReader(_portable("Read")))
    writer.add_blank_page(200, 200)
    writer.write(scanned)
    assert read_words(scanned, FileKind.PDF).unread == ("page 2",)
    assert read_words(BytesIO(b"%PDF-1.4 broken"), FileKind.PDF).unread == ("the file",)
