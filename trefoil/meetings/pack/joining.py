"""Joining the papers of a meeting into one PDF. Knows no database: it is handed words and files.

A paper that is a sound PDF is joined as it is. Any other kind, and a PDF that cannot be read or asks for a password,
has a sheet in its place that says where to open it. Scripts, forms and attachments inside a paper are not taken along.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typst
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from trefoil.design.charts.rendering import FONTS

FRONT = Path(__file__).parent / "front.typ"
MOST_PAGES = 1500
SECONDS_A_DAY = 24 * 3600


@dataclass(frozen=True)
class Paper:
    """One paper: its title, the kind in words, the name of its file, and its bytes when it is a PDF (else None).

    `under` is the item of the agenda that it is for, as the cover writes it; empty for one of the whole meeting. Papers
    come in the order of the agenda.
    """

    title: str
    kind: str
    file_name: str
    pdf: bytes | None
    under: str = ""


@dataclass(frozen=True)
class Cover:
    """The words of the first page. `items` are (time, item, minutes, what is asked, who brings it)."""

    partnership: str
    title: str
    when: str
    note: str
    items: Sequence[tuple[str, str, str, str, str]]


class TooManyPagesError(ValueError):
    """The papers have more pages than one pack may hold."""


def join(cover: Cover, papers: Sequence[Paper], *, on: date) -> bytes:
    """The pack. Every page is numbered through, each paper has a bookmark. Raises TooManyPagesError."""
    read = [_pages_of(paper) for paper in papers]
    sheets = [(paper, why) for paper, (pages, why) in zip(papers, read, strict=True) if not pages]
    # The contents name pages, and how many pages the contents take is known once they are set: so they are set twice.
    front_length = _length(_front(cover, papers, ["0000" for _ in papers], sheets, on)) - len(sheets)
    numbers = _first_pages(front_length, [pages or [None] for pages, _ in read])
    front = PdfReader(io.BytesIO(_front(cover, papers, [str(one) for one in numbers], sheets, on)))
    writer = PdfWriter()
    for page in front.pages[:front_length]:
        writer.add_page(page)
    writer.add_outline_item(title="Agenda and list of papers", page_number=0)
    sheet = front_length
    for pages, _ in read:
        for page in pages or [front.pages[sheet]]:
            _take(writer, page)
        sheet += not pages
    _mark(writer, papers, numbers)
    _number(writer, cover.title, on)
    writer.add_metadata({"/Title": cover.title, "/Author": cover.partnership})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _pages_of(paper: Paper) -> tuple[list[PageObject], str]:
    """The pages of a paper, or none and why not."""
    if paper.pdf is None:
        return [], "This paper is not a PDF, so it is not joined here. Open it on the page of the meeting."
    try:
        reader = PdfReader(io.BytesIO(paper.pdf))
        if reader.is_encrypted:
            return [], "This PDF asks for a password, so it is not joined here. Open it on the page of the meeting."
        if len(reader.pages) > MOST_PAGES:
            raise TooManyPagesError(f"“{paper.title}” has more than {MOST_PAGES:,} pages.")
        pages = list(reader.pages)
        for page in pages:
            page.get_contents()  # a broken page is found here, while a sheet can still take its place
    except (PyPdfError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        # What reading a broken or hostile PDF raises. Anything may be wrong with a file that somebody sent.
        return [], "This PDF could not be read, so it is not joined here. Open it on the page of the meeting."
    return pages, "" if pages else "This PDF has no pages."


def _take(writer: PdfWriter, page: PageObject) -> None:
    """Add a page without what it could do: actions, links that run something, forms."""
    taken = writer.add_page(page)
    for key in ("/AA", "/Annots", "/B"):
        taken.pop(key, None)


def _mark(writer: PdfWriter, papers: Sequence[Paper], numbers: Sequence[int]) -> None:
    """A bookmark for each item that has papers, and below it one for each paper."""
    item, under = None, ""
    for paper, number in zip(papers, numbers, strict=True):
        if paper.under != under:
            under = paper.under
            item = writer.add_outline_item(title=under, page_number=number - 1) if under else None
        writer.add_outline_item(title=paper.title, page_number=number - 1, parent=item)


def _first_pages(front: int, papers: Sequence[Sequence[object]]) -> list[int]:
    """The number of the first page of each paper."""
    numbers, at = [], front + 1
    for pages in papers:
        numbers.append(at)
        at += len(pages)
    if at - 1 > MOST_PAGES:
        raise TooManyPagesError(f"The papers have more than {MOST_PAGES:,} pages together.")
    return numbers


def _front(
    cover: Cover, papers: Sequence[Paper], numbers: Sequence[str], sheets: Sequence[tuple[Paper, str]], on: date
) -> bytes:
    names = ("time", "title", "minutes", "asked", "owner")
    first: dict[str, str] = {}
    for paper, number in zip(papers, numbers, strict=True):
        first.setdefault(paper.under, number)
    before = ["", *(paper.under for paper in papers)]
    contents: dict[str, Any] = {
        "partnership": cover.partnership,
        "title": cover.title,
        "when": cover.when,
        "note": cover.note,
        "items": [{**dict(zip(names, item, strict=True)), "page": first.get(item[1], "")} for item in cover.items],
        "papers": [
            {"title": paper.title, "kind": paper.kind, "page": number, "heading": _heading(paper.under, last)}
            for paper, number, last in zip(papers, numbers, before[:-1], strict=True)
        ],
        "sheets": [{"title": paper.title, "words": why, "file": paper.file_name} for paper, why in sheets],
    }
    return _set(FRONT, contents, on)


def _heading(under: str, last: str) -> str:
    """What stands above a paper in the contents: its item, where another one begins."""
    return "" if under == last else under or "Of no item"


def _set(template: Path, contents: dict[str, Any], on: date) -> bytes:
    made = typst.compile(
        template,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"pack": json.dumps(contents, ensure_ascii=False, sort_keys=True)},
        timestamp=(on - date(1970, 1, 1)).days * SECONDS_A_DAY,
    )
    if not isinstance(made, bytes):
        raise TypeError("the document came in more than one piece")
    return made


def _length(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


NUMBERS = Path(__file__).parent / "numbers.typ"


def _number(writer: PdfWriter, title: str, on: date) -> None:
    """Write `Page 3 of 40` at the foot of every page, whatever its size."""
    total = len(writer.pages)
    marks = PdfReader(io.BytesIO(_set(NUMBERS, {"total": total, "title": title}, on)))
    for page, mark in zip(writer.pages, marks.pages, strict=True):
        page.transfer_rotation_to_content()
        page.merge_translated_page(mark, float(page.mediabox.left), float(page.mediabox.bottom))
