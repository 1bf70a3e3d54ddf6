"""What python-docx has no word for: links, fields, bookmarks, lists that begin anew, headings of tables."""

from collections.abc import Sequence

from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.text.paragraph import Paragraph as Line
from docx.text.run import Run

LONGEST_BOOKMARK = 40


def hyperlink(line: Line, href: str) -> Run:
    """An empty run inside a link to the web."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), line.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return _linked(line, link)


def _linked(line: Line, link: BaseOxmlElement) -> Run:
    element = OxmlElement("w:r")
    link.append(element)
    line._p.append(link)
    run = Run(element, line)
    run.style = "Hyperlink"
    return run


def bookmark(line: Line, name: str) -> None:
    """A place that the contents can lead to."""
    place = str(len(line.part.element.findall(f".//{qn('w:bookmarkStart')}")) + 1)
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (begin, end):
        element.set(qn("w:id"), place)
    begin.set(qn("w:name"), name[:LONGEST_BOOKMARK])
    line._p.insert(1, begin)
    line._p.append(end)


def _field(line: Line, kind: str, code: str = "") -> None:
    """One mark of a field: `begin`, `separate` or `end`; `code` is what it works out."""
    run = line.add_run()._r
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)
    if code:
        words = OxmlElement("w:instrText")
        words.set(qn("xml:space"), "preserve")
        words.text = code
        line.add_run()._r.append(words)


def page_numbers(line: Line) -> None:
    """`1 of 9`, worked out by Word."""
    for place, code in enumerate((" PAGE ", " NUMPAGES ")):
        if place:
            line.add_run(" of ")
        _field(line, "begin", code)
        _field(line, "separate")
        line.add_run("1")
        _field(line, "end")


def contents_field(word: Word, entries: Sequence[tuple[str, str]]) -> None:
    """The contents as a field that is filled already, so that nothing has to be updated before it is right."""
    for place, (name, title) in enumerate(entries):
        line = word.add_paragraph(style="TOC 1")
        if place == 0:
            _field(line, "begin", r' TOC \o "1-1" \h \z \n ')
            _field(line, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), name[:LONGEST_BOOKMARK])
        _linked(line, link).text = title
        if place == len(entries) - 1:
            _field(line, "end")


def begin_list(word: Word, style: str, start: int) -> int:
    """A numbering of its own for an ordered list, so that it begins at its own number."""
    numbering = word.part.numbering_part.element
    properties = word.styles[style].element.pPr
    held = numbering.num_having_numId(properties.numPr.numId.val)
    begun = numbering.add_num(held.abstractNumId.val)
    begun.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(begun.numId)


def describe(picture: InlineShape, words: str) -> None:
    """The words that stand for a picture."""
    held = picture._inline.docPr
    held.set("descr", words)
    held.set("title", words.partition(".")[0])
