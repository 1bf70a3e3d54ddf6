"""A document as Word, read back: styles, lists, tables with headings, words of pictures, title and language."""

import io
from collections.abc import Iterator

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn

from tests.publishing.outputs.made import UNSETTLING, paper
from trefoil.publishing.outputs.word import write_docx
from trefoil.publishing.outputs.word_tables import WHOLE, widths_of


@pytest.fixture(scope="module")
def word() -> Word:
    return Document(io.BytesIO(write_docx(paper(mark="DRAFT"))))


def texts(word: Word, style: str) -> list[str]:
    return [line.text for line in word.paragraphs if line.style is not None and line.style.name == style]


def marks(word: Word, name: str) -> Iterator[str]:
    """The values of every element of a name."""
    return (str(one.get(qn("w:val"))) for one in word.element.iter(qn(name)))


def test_word_has_title_language_and_real_styles(word: Word) -> None:
    held = word.core_properties
    assert (held.title, held.language) == ("What changed & why", "en-GB")
    assert {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    assert texts(word, "Title") == ["What changed & why"]
    assert texts(word, "Heading 1") == ["The year", "Next year", "About this document"]
    assert texts(word, "Heading 2") == ["What we asked", "Decisions in a day: 83% in 2025"]
    assert UNSETTLING in [line.text for line in word.paragraphs]


def test_word_has_its_mark_and_page_numbers_on_every_page(word: Word) -> None:
    (section,) = word.sections
    assert section.header.paragraphs[0].text == "DRAFT"
    codes = [one.text for one in section.footer._element.iter(qn("w:instrText"))]
    assert [code.strip() for code in codes] == ["PAGE", "NUMPAGES"]
    frozen = Document(io.BytesIO(write_docx(paper(picture=False))))
    assert frozen.sections[0].header.paragraphs[0].text == ""


def test_word_begins_each_ordered_list_anew(word: Word) -> None:
    numbered = [line for line in word.paragraphs if line.style is not None and line.style.name == "List Number"]
    assert [line.text for line in numbered] == ["First", "Second", "Anew", "and on"]
    lists = [line._p.pPr.numPr.numId.val for line in numbered]
    assert lists[0] == lists[1] != lists[2] == lists[3]
    assert texts(word, "List Bullet 2") == ["deeper"]
    assert texts(word, "List Continue") == ["with a second paragraph"]


def test_word_tells_tables_and_pictures_in_words(word: Word) -> None:
    (table,) = word.tables
    rows = list(table._tbl.iter(qn("w:tr")))
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False]
    assert list(marks(word, "w:tblCaption")) == ["Decisions"]
    assert [cell.text for cell in table.rows[0].cells] == ["Period", "Figure", "Why"]
    (picture,) = word.inline_shapes
    assert picture._inline.docPr.get("descr").startswith("Line chart")


def test_word_links_lead_to_the_web_and_the_contents_to_their_places(word: Word) -> None:
    links = list(word.element.iter(qn("w:hyperlink")))
    outside = [word.part.rels[one.get(qn("r:id"))].target_ref for one in links if one.get(qn("r:id"))]
    assert outside == ["https://plan.example/a?b=1&c=2"]
    inside = [one.get(qn("w:anchor")) for one in links if one.get(qn("w:anchor"))]
    places = [one.get(qn("w:name")) for one in word.element.iter(qn("w:bookmarkStart"))]
    assert inside == places
    assert len(set(places)) == 3
    assert len({one.get(qn("w:id")) for one in word.element.iter(qn("w:bookmarkStart"))}) == 3


@pytest.mark.parametrize(
    "figures",
    [(False, True), (False, True, True, True, True), (False, False, False, False), (False, True, True, False)],
)
def test_widths_of_columns_fill_the_page_and_are_narrow_for_figures(figures: tuple[bool, ...]) -> None:
    widths = widths_of(figures)
    assert abs(sum(widths) - WHOLE) <= len(figures)
    words = [width for width, is_figure in zip(widths, figures, strict=True) if not is_figure]
    assert all(width < min(words) for width, is_figure in zip(widths, figures, strict=True) if is_figure)
    assert words[0] == max(words)


def test_word_rules_lines_between_rows_and_none_between_columns(word: Word) -> None:
    (table,) = word.tables
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    assert [one.tag for one in borders] == [qn("w:top"), qn("w:bottom"), qn("w:insideH")]
