"""Filling a Word template. Knows no database: it is handed words and a file that was checked.

A template may hold words in double braces, such as {{ title }}; or headings that councils use, such as "Purpose of the
report" or "Recommendations", under which the text is put. What the template has no place for is put at its end, so that
nothing of the report is lost.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import IO

from docx import Document
from docx.document import Document as Word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.table import Table
from docx.text.paragraph import Paragraph

PLACE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}", re.IGNORECASE)
NUMBERING = re.compile(r"^[\d.\s]+")


class TemplateError(ValueError):
    """The template cannot be filled; the words say why and what to do."""


@dataclass(frozen=True)
class Section:
    """A part of the report: its name in braces, its heading, the headings that councils give it, and its paragraphs."""

    name: str
    heading: str
    known_as: Sequence[str]
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Filled:
    """The document, and the headings of the sections that were put at its end."""

    content: bytes
    at_the_end: tuple[str, ...]


def fill(template: IO[bytes], short: Mapping[str, str], sections: Sequence[Section]) -> Filled:
    """Fill a template. `short` are words of one line by name, such as `title`. Raises TemplateError."""
    document = _opened(template)
    placed = _fill_places(document, short, {one.name: one for one in sections})
    left = [one for one in sections if one.name not in placed]
    left = [one for one in left if not _put_under_heading(document, one)]
    for section in left:
        _heading(document, section.heading)
        for words in section.paragraphs:
            document.add_paragraph(words)
    return Filled(_written(document), tuple(one.heading for one in left))


def plain(title: str, short: Sequence[tuple[str, str]], sections: Sequence[Section]) -> bytes:
    """The report without a template: title, a table of facts, then each section under its heading."""
    document = Document()
    document.add_heading(title, 0)
    table = document.add_table(rows=0, cols=2)
    for label, words in short:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, words
        for run in cells[0].paragraphs[0].runs:
            run.bold = True
    for number, section in enumerate(sections, start=1):
        document.add_heading(f"{number}. {section.heading}", 1)
        for words in section.paragraphs:
            document.add_paragraph(words)
    return _written(document)


def _opened(template: IO[bytes]) -> Word:
    """The document of the template. One that fetches something from elsewhere when it is opened is refused."""
    try:
        document = Document(template)
    except (ValueError, KeyError, AttributeError) as broken:  # what the library raises for a package that is not Word
        raise TemplateError(
            "Word could not read this template. Open it in Word, save it as .docx and send that."
        ) from broken
    harmless = {RELATIONSHIP_TYPE.HYPERLINK}
    for part in document.part.package.iter_parts():
        outside = [one for one in part.rels.values() if one.is_external and one.reltype not in harmless]
        if outside:
            raise TemplateError(
                "The template fetches something from another place when it is opened, such as a linked picture or a "
                "template of its own. Save a copy without links and send that."
            )
    return document


def _fill_places(document: Word, short: Mapping[str, str], sections: Mapping[str, Section]) -> set[str]:
    """Put words in place of each name in braces; the names of the sections that found a place."""
    placed: set[str] = set()
    for paragraph in list(_paragraphs(document)):
        names = {name.lower() for name in PLACE.findall(paragraph.text)}
        section = next((sections[name] for name in sorted(names) if name in sections), None)
        if section is not None:
            placed.add(section.name)
            _replace(paragraph, {section.name: section.paragraphs[0] if section.paragraphs else "", **short})
            _after(paragraph, section.paragraphs[1:])
        elif names & short.keys():
            _replace(paragraph, short)
    return placed


def _replace(paragraph: Paragraph, words: Mapping[str, str]) -> None:
    """Word may split a name over several runs, so the paragraph becomes one run in the look of its first."""
    text = PLACE.sub(lambda found: words.get(found[1].lower(), found[0]), paragraph.text)
    first, *others = paragraph.runs or [paragraph.add_run()]
    first.text = text
    for run in others:
        run.text = ""


def _put_under_heading(document: Word, section: Section) -> bool:
    """Put the section under the first heading of the template that it is known by. Text of guidance there stays."""
    for paragraph in document.paragraphs:
        if _is_heading(paragraph) and _bare(paragraph.text) in {_bare(name) for name in section.known_as}:
            _after(paragraph, section.paragraphs, look_of=_body_after(paragraph))
            return True
    return False


def _is_heading(paragraph: Paragraph) -> bool:
    """By its style; or a short line in bold, as many councils' templates have it."""
    style = (paragraph.style.name or "") if paragraph.style else ""
    if style.lower().startswith(("heading", "title")):
        return True
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs) and len(paragraph.text) < 80


def _bare(text: str) -> str:
    return NUMBERING.sub("", text).strip(" :.").lower()


def _body_after(heading: Paragraph) -> Paragraph | None:
    """The paragraph below a heading, whose look the text takes over, unless it is a heading itself."""
    element = heading._p.getnext()
    if element is None or not element.tag.endswith("}p"):
        return None
    below = Paragraph(element, heading._parent)
    return None if _is_heading(below) else below


def _after(paragraph: Paragraph, texts: Sequence[str], look_of: Paragraph | None = None) -> None:
    """New paragraphs after one: in the look of `look_of`, or of the paragraph itself when it is no heading."""
    at = paragraph
    for text in texts:
        model = look_of or (None if _is_heading(paragraph) else paragraph)
        new = Paragraph(deepcopy(model._p) if model is not None else at._p.makeelement(at._p.tag), at._parent)
        at._p.addnext(new._p)
        if new.runs:
            _replace_all(new, text)
        else:
            new.add_run(text)
        at = new


def _replace_all(paragraph: Paragraph, text: str) -> None:
    first, *others = paragraph.runs
    first.text = text
    for run in others:
        run.text = ""


def _heading(document: Word, text: str) -> None:
    names = {style.name for style in document.styles}
    if "Heading 1" in names:
        document.add_heading(text, 1)
    else:
        document.add_paragraph().add_run(text).bold = True


def _paragraphs(document: Word) -> Iterator[Paragraph]:
    """Every paragraph: of the text, of its tables, of headers and footers."""
    yield from document.paragraphs
    for table in document.tables:
        yield from _in_table(table)
    for section in document.sections:
        for part in (section.header, section.footer):
            yield from part.paragraphs
            for table in part.tables:
                yield from _in_table(table)


def _in_table(table: Table) -> Iterator[Paragraph]:
    for row in table.rows:
        for cell in row.cells:
            yield from cell.paragraphs
            for inner in cell.tables:
                yield from _in_table(inner)


def _written(document: Word) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
