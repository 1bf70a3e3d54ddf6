"""A document as PDF, read back: tagged, titled, in English, its pictures and tables told in words."""

import io

import pypdf
import pytest

from tests.indicators.pdf.test_pack import elements, kinds
from tests.publishing.outputs.made import paper
from trefoil.publishing.outputs.pdf import write_pdf


@pytest.fixture(scope="module")
def draft() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(write_pdf(paper(mark="DRAFT"))))


def test_pdf_is_tagged_titled_and_in_english(draft: pypdf.PdfReader) -> None:
    root = draft.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert draft.metadata is not None
    assert draft.metadata.title == "What changed & why"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()


def test_pdf_tags_headings_lists_tables_and_pictures(draft: pypdf.PdfReader) -> None:
    found = kinds(draft)
    assert found.count("/H1") >= 3
    assert found.count("/H2") == 2
    assert found.count("/TH") == 3
    assert found.count("/L") >= 4
    words = [str(one.get("/Alt", "")) for one in elements(draft) if one.get("/S") == "/Figure" and "/Alt" in one]
    assert len(words) == 1
    assert words[0].startswith("Line chart")


def test_pdf_has_its_mark_on_every_page_and_no_mark_once_frozen(draft: pypdf.PdfReader) -> None:
    assert all("DRAFT" in page.extract_text() for page in draft.pages)
    frozen = pypdf.PdfReader(io.BytesIO(write_pdf(paper())))
    text = "".join(page.extract_text() for page in frozen.pages)
    assert "DRAFT" not in text
    assert "abc123" in text
    assert '#panic("no") $x$' in text


def test_write_pdf_twice_gives_the_same_bytes() -> None:
    assert write_pdf(paper(picture=False)) == write_pdf(paper(picture=False))


def test_pdf_slants_what_is_emphasised_with_a_face_of_its_own(draft: pypdf.PdfReader) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in draft.pages for font in page["/Resources"]["/Font"].values()
    }
    assert any(name.endswith("LiberationSans-Italic") for name in fonts)


def test_pdf_shows_its_title_and_has_a_tree_of_tags(draft: pypdf.PdfReader) -> None:
    root = draft.trailer["/Root"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert root["/StructTreeRoot"]["/Type"] == "/StructTreeRoot"
    assert all(page["/Tabs"] == "/S" for page in draft.pages)
