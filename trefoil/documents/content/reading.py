"""Every word that a file holds: what is seen, and what is not, such as comments, deleted text and its properties.

For looking through a file for words that must not be in it. It is no display: order and layout are lost.
"""

import html
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from zipfile import ZipFile

from pypdf import PdfReader

from .kinds import FileKind
from .packages import PACKAGES, SMALL
from .portable import BROKEN

# Parts beyond this are said to be unread, so that nothing large is unpacked into memory.
MOST_READ = 5 * SMALL
_PICTURES = frozenset({FileKind.PNG, FileKind.JPG})
_PICTURE_PART = re.compile(r"\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|bin)$", re.IGNORECASE)
# Where a word ends in the parts of an Office file. Every other tag can stand in the middle of a word.
_ENDS = "p|h|br|cr|tab|s|tc|tr|si|c|v|f|row|table-cell|table-row|line-break|text|author|lastModifiedBy"
_BLOCK = re.compile(rf"</?(?:\w+:)?(?:{_ENDS})(?:\s[^>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
# What is written in a tag and not between two: the words beside a picture, who changed or remarked something.
_SAID_IN_TAG = re.compile(r'\b(?:descr|title|author|initials|alt|displayName|userId|name|creator|Target)="([^"]*)"')
# Names of colours, fonts and styles, which nobody wrote into the document.
_LOOKS = re.compile(
    r"(^|/)(theme/|styles\.xml|fontTable|numbering|settings|webSettings|\[Content_Types\])", re.IGNORECASE
)
_PROPERTIES = re.compile(r"^(docProps/|meta\.xml|customXml/)", re.IGNORECASE)
# A word broken over two lines is one word.
_BROKEN_WORD = re.compile(r"(?<=\w)[-\u2010\u00ad]\s*\n\s*(?=\w)")


@dataclass(frozen=True)
class Passage:
    """Some words of a file, and where they stand, such as “page 3”."""

    where: str
    words: str


@dataclass(frozen=True)
class Reading:
    """What could be read of a file, and what could not, each in words such as “page 2”."""

    passages: tuple[Passage, ...]
    unread: tuple[str, ...]


def read_words(file: IO[bytes], kind: FileKind) -> Reading:
    """Every word of a file that was inspected (`inspection.inspect_file`). Leaves the file at its beginning."""
    file.seek(0)
    passages: list[Passage] = []
    unread: list[str] = []
    for where, words in _read(file, kind):
        if words is None:
            unread.append(where)
        else:
            passages.extend(Passage(where, one) for one in _ways_of(words) if one.strip())
    file.seek(0)
    return Reading(tuple(passages), tuple(dict.fromkeys(unread)))


def _read(file: IO[bytes], kind: FileKind) -> Iterator[tuple[str, str | None]]:
    """Where, and the words there; None where there is something that cannot be read."""
    if kind in _PICTURES:
        yield "the picture", None
    elif kind in PACKAGES:
        yield from _of_package(file)
    elif kind is FileKind.PDF:
        yield from _of_pdf(file)
    else:
        yield "the text", file.read().decode("utf-8-sig", errors="replace")


def _ways_of(words: str) -> Iterator[str]:
    """The words with ligatures as letters; and once more with words that were broken over two lines put together."""
    plain = unicodedata.normalize("NFKC", words)
    yield plain
    whole = _BROKEN_WORD.sub("", plain)
    if whole != plain:
        yield whole


def _of_package(file: IO[bytes]) -> Iterator[tuple[str, str | None]]:
    left = MOST_READ
    with ZipFile(file) as package:
        for part in package.infolist():
            if _PICTURE_PART.search(part.filename):
                yield "a small picture of the first page" if "thumbnail" in part.filename else "a picture", None
            elif part.filename.lower().endswith((".xml", ".rels", ".txt")) and not _LOOKS.search(part.filename):
                left -= part.file_size
                text = None if left < 0 else package.read(part).decode("utf-8", errors="replace")
                yield _place(part.filename), None if text is None else _of_markup(text, part.filename)


def _of_markup(text: str, name: str) -> str:
    said = "\n".join(_SAID_IN_TAG.findall(text))
    between = _TAG.sub("\n" if _PROPERTIES.match(name) else "", _BLOCK.sub("\n", text))
    return html.unescape(f"{between}\n{said}")


def _place(name: str) -> str:
    """Where a person finds what stands in a part of an Office file."""
    if _PROPERTIES.match(name):
        return "the file’s properties"
    lowered = name.lower()
    for part, words in (("comment", "a comment"), ("header", "a header"), ("footer", "a footer"), ("note", "a note")):
        if part in lowered:
            return words
    return "the text"


def _of_pdf(file: IO[bytes]) -> Iterator[tuple[str, str | None]]:
    try:
        reader = PdfReader(io.BytesIO(file.read()))
        pages = list(reader.pages)
    except BROKEN:
        yield "the file", None
        return
    for number, page in enumerate(pages, start=1):
        yield from _of_page(page, f"page {number}")
    yield from _beside_pages(reader)


def _of_page(page: Any, where: str) -> Iterator[tuple[str, str | None]]:
    try:
        words = page.extract_text()
        # A page of pictures alone can hold anything; so can a picture beside text.
        if not words.strip() or page.images.keys():
            yield where, None
        yield where, words
        for one in page.get("/Annots") or ():
            held = one.get_object()
            said = "\n".join(str(held.get(key, "")) for key in ("/Contents", "/T", "/Subj", "/V"))
            yield f"a remark on {where}", said
    except BROKEN:
        yield where, None


def _beside_pages(reader: PdfReader) -> Iterator[tuple[str, str | None]]:
    """What a PDF says of itself, and the titles of its contents."""
    where = "the file’s properties"
    try:
        yield where, "\n".join(str(one) for one in (reader.metadata or {}).values())
        about = reader.root_object.get("/Metadata")
        if about is not None:
            yield where, _of_markup(about.get_object().get_data().decode("utf-8", errors="replace"), "meta.xml")
        yield "the contents", "\n".join(_titles(reader.outline))
    except BROKEN:
        yield where, None


def _titles(outline: Any) -> Iterator[str]:
    for one in outline:
        if isinstance(one, list):
            yield from _titles(one)
        else:
            yield str(getattr(one, "title", ""))
