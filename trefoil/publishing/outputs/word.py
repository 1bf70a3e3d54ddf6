"""A document as Word that an office can edit: real styles, lists, table headings and words for pictures."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm
from docx.text.paragraph import Paragraph as Line

from trefoil.design.charts.rendering import png_of_svg

from .tree import LANGUAGE, Drawing, Grid, Heading, Listing, Paper, Paragraph, Part, Run
from .word_parts import begin_list, bookmark, contents_field, describe, hyperlink, page_numbers
from .word_styles import FOOT, QUIET, dress
from .word_tables import column_widths, rule_lines, table_heading, widths_of

WIDEST = Cm(13)
DEEPEST = 3


def write_docx(paper: Paper) -> bytes:
    """The document as .docx."""
    word = Document()
    dress(word)
    _properties(word, paper)
    _every_page(word, paper)
    word.add_paragraph(paper.partnership, style="Subtitle")
    word.add_paragraph(paper.title, style="Title")
    word.add_paragraph(paper.about)
    for words in paper.notice:
        word.add_paragraph(words, style="Intense Quote")
    word.add_paragraph("Contents", style="TOC Heading")
    contents_field(word, [(f"section_{one.key}", one.title) for one in paper.sections])
    for section in paper.sections:
        bookmark(word.add_paragraph(section.title, style="Heading 1"), f"section_{section.key}")
        for part in section.parts:
            _part(word, part)
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def _properties(word: Word, paper: Paper) -> None:
    held, day = word.core_properties, datetime.combine(paper.on, time(), UTC)
    held.title, held.author, held.subject, held.language = paper.title, paper.partnership, paper.about, LANGUAGE
    held.comments, held.last_modified_by, held.created, held.modified = "", "", day, day


def _every_page(word: Word, paper: Paper) -> None:
    """The mark above and the numbers below, on every page."""
    section = word.sections[0]
    if paper.mark:
        section.header.paragraphs[0].add_run(paper.mark).bold = True
    foot = section.footer.paragraphs[0]
    foot.style = FOOT
    foot.add_run(f"{paper.footer}. Page ")
    page_numbers(foot)


def _part(word: Word, part: Part) -> None:
    match part:
        case Heading(runs=runs, level=level):
            _runs(word.add_paragraph(style=f"Heading {level}"), runs)
        case Paragraph(runs=runs, quiet=quiet):
            _runs(word.add_paragraph(style=QUIET if quiet else None), runs)
        case Listing():
            _listing(word, part, 1)
        case Grid():
            _grid(word, part)
        case Drawing(svg=svg, words=words):
            line = word.add_paragraph()
            picture = line.add_run().add_picture(io.BytesIO(png_of_svg(svg)), width=WIDEST)
            describe(picture, words)


def _runs(line: Line, runs: Sequence[Run]) -> None:
    for one in runs:
        run = hyperlink(line, one.href) if one.href else line.add_run()
        run.text = one.text
        run.bold, run.italic = one.bold or None, one.italic or None


def _listing(word: Word, part: Listing, depth: int) -> None:
    """Items in Word's own list styles; an ordered list begins anew at its own number."""
    name = "List Number" if part.ordered else "List Bullet"
    deep = "" if depth == 1 else f" {min(depth, DEEPEST)}"
    number = begin_list(word, f"{name}{deep}", part.start) if part.ordered else None
    for item in part.items:
        for place, one in enumerate(item):
            if isinstance(one, Listing):
                _listing(word, one, depth + 1)
            elif isinstance(one, Paragraph | Heading):
                line = word.add_paragraph(style=f"{f'List Continue{deep}' if place else f'{name}{deep}'}")
                if number is not None and not place:
                    line._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
                _runs(line, one.runs)


def _grid(word: Word, part: Grid) -> None:
    shown = part.table
    word.add_paragraph(shown.caption, style="Caption").paragraph_format.keep_with_next = True
    table = word.add_table(rows=1 + len(shown.rows), cols=len(shown.headings), style="Normal Table")
    table_heading(table, shown.caption)
    rule_lines(table)
    column_widths(table, widths_of(shown.figures))
    for row, cells in zip(table.rows, (shown.headings, *shown.rows), strict=True):
        is_heading = cells is shown.headings
        for place, (cell, words, is_figure) in enumerate(zip(row.cells, cells, shown.figures, strict=True)):
            line = cell.paragraphs[0]
            line.style = "Table Text"
            line.add_run(words).bold = True if is_heading or place == 0 else None
            if is_figure:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.add_paragraph(style=QUIET)
