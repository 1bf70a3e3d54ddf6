"""What publishing gives to the public, and all that the public site may know of it.

The site imports nothing else of publishing. Which editions are public `queries.public_editions` decides, and nothing
else: those that were published and not taken down since.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files as package_files
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from typst import TypstError

from trefoil.people.models import Partnership

from .content import Json, ReadBlock, digest_of, is_as_frozen, read
from .enums import EditionState, PublicKind, TakenDownFor
from .models import Edition
from .outputs.making import CONTENT_TYPES, FileKind, approved_words, citation, file_name, paper_of_edition, written_as
from .outputs.web import write_parts
from .prose import plain
from .queries import public_editions, with_standing
from .words import period_words

PUBLIC_KINDS = tuple((kind.value, kind.label) for kind in PublicKind)
LONGEST_SUMMARY = 240


class CannotWriteError(Exception):
    """A file of an edition cannot be made; the message says why, in the words of what makes it."""


@dataclass(frozen=True)
class PublicSection:
    """A section as a page shows it, and its words alone, for a search."""

    key: str
    title: str
    html: SafeString
    blocks: tuple[ReadBlock, ...]
    text: str


@dataclass(frozen=True)
class PublicFile:
    """A file that an edition can be taken away as. `kind` is `html`, `docx` or `pdf`."""

    kind: str
    label: str
    name: str
    content_type: str


@dataclass(frozen=True)
class PublicEdition:
    """An edition that anybody may read. `document` is the key that its later editions share."""

    pk: int
    document: int
    number: int
    kind: str
    kind_words: str
    title: str
    period: str
    law: str
    summary: str
    published_on: date
    digest: str
    citation: str
    approvals: tuple[tuple[str, str], ...]
    about: SafeString
    sections: tuple[PublicSection, ...]
    files: tuple[PublicFile, ...]


@dataclass(frozen=True)
class TakenDown:
    """An edition that was public and is not any more: since which day, and for which kind of reason, if it was told."""

    document: int
    number: int
    kind: str
    title: str
    on: date
    why: str


def published(partnership: Partnership) -> tuple[PublicEdition, ...]:
    """Every edition that is public now, the newest first. One that is not what was frozen is left out."""
    found = _public(partnership).order_by("-published_on", "-pk")
    return tuple(_edition(one) for one in found if is_as_frozen(one))


def not_as_frozen(partnership: Partnership) -> tuple[str, ...]:
    """The public editions that `published` leaves out: their content no longer gives the hash they were frozen with."""
    found = _public(partnership)
    return tuple(f"{one.document.title}, edition {one.number}" for one in found if not is_as_frozen(one))


def taken_down(partnership: Partnership) -> tuple[TakenDown, ...]:
    """Every edition that was public once and was taken down. What was typed as the reason stays inside the house."""
    editions = Edition.objects.filter(document__partnership=partnership).select_related("document", "offer")
    gone = with_standing(editions, timezone.now()).filter(stands=EditionState.TAKEN_DOWN).order_by("-stands_on", "-pk")
    return tuple(_taken_down(one) for one in gone)


def _taken_down(edition: Any) -> TakenDown:
    why = TakenDownFor(edition.told).label if edition.told else ""
    title = edition.offer.content["title"]
    return TakenDown(edition.document_id, edition.number, edition.document.kind, title, edition.stands_on, why)


def first_titles(partnership: Partnership) -> tuple[tuple[int, str], ...]:
    """Document -> the title of its first edition that was ever public, which its address is made from; oldest first."""
    editions = Edition.objects.filter(document__partnership=partnership).select_related("offer")
    found = with_standing(editions, timezone.now()).filter(published_on__isnull=False)
    titles: dict[int, str] = {}
    for one in found.order_by("published_on", "pk"):
        titles.setdefault(one.document_id, one.offer.content["title"])
    return tuple(titles.items())


def state_of(partnership: Partnership) -> str:
    """A text that is another one as soon as anything that the public may read is. Two small queries."""
    rows = _public(partnership).order_by("pk").values_list("pk", "digest", "published_on")
    public = [(pk, digest, on.isoformat()) for pk, digest, on in rows]
    gone = [(one.document, one.number, one.on.isoformat(), one.why) for one in taken_down(partnership)]
    return digest_of(
        {"public": public, "taken_down": gone, "spoiled": list(not_as_frozen(partnership)), "way": way_of_writing()}
    )


@cache
def way_of_writing() -> str:
    """A hash of the code that writes the files: with another, files that were kept are written anew."""
    sources = sorted((one for one in package_files(f"{__package__}.outputs").iterdir() if one.is_file()), key=str)
    return hashlib.sha256(b"".join(one.read_bytes() for one in sources)).hexdigest()


def file_of(edition: PublicEdition, kind: str) -> bytes:
    """A public edition as a file. Raises CannotWriteError."""
    held = Edition.objects.select_related("document__partnership", "offer").get(pk=edition.pk)
    try:
        return written_as(paper_of_edition(held), FileKind(kind))
    except TypstError as error:
        raise CannotWriteError(f"{edition.title}, edition {edition.number}, {kind}: {error}") from error


def _public(partnership: Partnership) -> QuerySet[Any]:
    return public_editions(partnership, timezone.now())


def _edition(edition: Any) -> PublicEdition:
    content, document, paper = edition.offer.content, edition.document, paper_of_edition(edition)
    sections = _sections(content)
    files = tuple(PublicFile(kind.value, kind.label, file_name(paper, kind), CONTENT_TYPES[kind]) for kind in FileKind)
    return PublicEdition(
        pk=edition.pk,
        document=document.pk,
        number=edition.number,
        kind=document.kind,
        kind_words=content["kind"],
        title=content["title"],
        period=period_words(*(date.fromisoformat(content[name]) for name in ("starts_on", "ends_on"))),
        law=content["law"],
        summary=_summary(sections),
        published_on=edition.published_on,
        digest=edition.digest,
        citation=citation(edition),
        approvals=tuple((one["agency"], approved_words(one)) for one in edition.approvals),
        about=SafeString(write_parts(paper.sections[-1].parts)),
        sections=sections,
        files=files,
    )


def _sections(content: Json) -> tuple[PublicSection, ...]:
    return tuple(
        PublicSection(one.key, one.title, one.html, one.blocks, _text(held["prose"], one.blocks))
        for one, held in zip(read(content), content["sections"], strict=True)
    )


def _text(prose: str, blocks: tuple[ReadBlock, ...]) -> str:
    """The words of a section, with what its figures say in sentences."""
    said = [words for block in blocks for words in (block.shown.title, *block.shown.sentences)]
    return "\n".join([plain(prose), *said])


def _summary(sections: tuple[PublicSection, ...]) -> str:
    """The first sentences of the first section that has words, as many as are a short paragraph."""
    text = next((one.text.strip().partition("\n")[0] for one in sections if one.text.strip()), "")
    if len(text) <= LONGEST_SUMMARY:
        return text
    whole = text[:LONGEST_SUMMARY].rpartition(". ")[0]
    return f"{whole}." if whole else f"{text[:LONGEST_SUMMARY].rpartition(' ')[0]} …"
