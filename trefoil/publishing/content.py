"""The whole of a document as one value: what is checked, put to the partners, hashed and read.

A draft is read through the same value as an edition, so that nobody approves what they have not seen.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils.safestring import SafeString

from trefoil.access.rules import Standing
from trefoil.people.models import Person

from .blocks.showing import show
from .blocks.shown import ShownBlock
from .checking import Line, Place, Trouble, checked
from .enums import PublicKind
from .models import Block, Edition, Offer, PublicDocument, Section
from .patterns.reading import LAW, pattern_of
from .proofing.children import child_faults
from .proofing.fault import Fault, Looked
from .proofing.lacking import lacking
from .proofing.links import dead_when_tried
from .proofing.looking import in_order, looked_at
from .prose import as_html, links_of, plain
from .queries import care_of, trials_of

FORMAT = 1
AGREED = "Agreed to"
"""What stands in place of a partner in an edition of a kind that no partner approves."""
Json = dict[str, Any]


@dataclass(frozen=True)
class Written:
    """A section with the figures that stand in it."""

    section: Section
    blocks: tuple[tuple[Block, ShownBlock], ...]

    @property
    def place(self) -> Place:
        """The section as the check sees it."""
        one = self.section
        kinds = frozenset(block.kind for block, _ in self.blocks)
        return Place(one.pk, one.key, one.title, one.prose, tuple(one.answers), kinds)

    @property
    def words(self) -> str:
        """Everything that is typed somewhere and read here: the prose, and what the figures say in words."""
        said = (text for _, shown in self.blocks for text in shown.words)
        return "\n".join((self._typed, *said))

    @property
    def _typed(self) -> str:
        """What was typed here: the prose, and the heading where it is not the pattern's."""
        words = plain(self.section.prose)
        return f"{self.section.title}.\n{words}" if self.section.is_own else words

    @property
    def looked(self) -> Looked:
        """The section as its words and figures are looked at."""
        one = self.section
        return Looked(one.pk, self._typed, links_of(one.prose), tuple(shown for _, shown in self.blocks))


def written(document: PublicDocument, *, today: date, draw: bool = False) -> tuple[Written, ...]:
    """The sections in their order, with their figures read now. Without `draw` no picture is made."""
    standing = Prefetch("blocks", Block.objects.filter(removed_at__isnull=True).order_by("added_at", "pk"))
    sections = (
        document.sections.filter(removed_at=None)
        .prefetch_related(standing)
        .select_related("changed_by")
        .order_by("number", "pk")
    )
    return tuple(
        Written(one, tuple((block, show(block, document, today=today, draw=draw)) for block in one.blocks.all()))
        for one in sections
    )


def lines_of(
    document: PublicDocument, sections: Sequence[Written], *, eyes: Standing | None = None
) -> tuple[Line, ...]:
    """The check of a document whose sections were read. Five queries.

    `eyes` is who will read it: what points at a child of a review is left out for those who may not know. Without
    `eyes` everything counts, in words that name nobody.
    """
    overruled = dict(document.overrulings.values_list("line", "reason"))
    places = [one.place for one in sections]
    troubles = [
        Trouble(block.pk, one.place, f"{shown.title}: {shown.trouble}")
        for one in sections
        for block, shown in one.blocks
        if shown.trouble
    ]
    faults = [
        *child_faults(document, {one.section.pk: one.words for one in sections}, eyes),
        *_faults(document, sections),
    ]
    return checked(pattern_of(document.kind), document.law, places, troubles, overruled, faults=faults)


def own_hosts() -> list[str]:
    """The names under which this installation is reached by who signs in."""
    return [host for host in settings.ALLOWED_HOSTS if host not in {"*", ""}]


def looked_of(document: PublicDocument, sections: Sequence[Written]) -> list[Looked]:
    """The sections as they are looked at; the link of a policy's core procedure counts to the first of them."""
    whole = [one.looked for one in sections]
    care = care_of(document) if whole and pattern_of(document.kind).has_care else None
    if care is not None and care.core_href:
        whole[0] = replace(whole[0], links=(care.core_href, *whole[0].links))
    return whole


def _faults(document: PublicDocument, sections: Sequence[Written]) -> tuple[Fault, ...]:
    """What the words and tables themselves give away, and what a document of this kind lacks. About four queries."""
    names = Person.objects.filter(duties__partnership=document.partnership).distinct().values_list("name", flat=True)
    whole = looked_of(document, sections)
    found = looked_at(whole, names=sorted(names), own_hosts=own_hosts())
    tried = dead_when_tried(whole, trials_of(document))
    return in_order([*found, *tried, *lacking(document, [one.section for one in sections], whole)], whole)


def content_of(document: PublicDocument, sections: Iterable[Written], lines: Iterable[Line]) -> Json:
    """Everything that a reader of the document will read, as JSON."""
    return {
        "format": FORMAT,
        "partnership": document.partnership.name,
        "kind": PublicKind(document.kind).label,
        "title": document.title,
        "starts_on": document.starts_on.isoformat(),
        "ends_on": document.ends_on.isoformat(),
        "law": LAW.get(document.law, ""),
        "care": _care_json(document),
        "sections": [_section_json(one) for one in sections],
        "check": [_line_json(one) for one in lines if not one.is_of_a_child],
    }


def _care_json(document: PublicDocument) -> list[Json]:
    """Who looks after a policy, by role and not by name, until when, and the core procedure that it stands beside."""
    held = care_of(document)
    if held is None:
        return []
    facts = [("Owner", held.owner.job_title or "The partnership", "")]
    facts.append(("To be looked at again by", f"{held.review_on:%-d %B %Y}", ""))
    if held.core_href:
        facts.append(("Core procedure", held.core_title, held.core_href))
    return [{"name": name, "words": words, "href": href} for name, words, href in facts]


def _section_json(one: Written) -> Json:
    held = [shown.as_json() | {"shows": block.shows} for block, shown in one.blocks]
    blocks = json.loads(json.dumps(held))
    return {"key": one.section.key, "title": one.section.title, "prose": one.section.prose, "blocks": blocks}


def _line_json(line: Line) -> Json:
    held = asdict(line)
    held["found"], held["section"] = line.found.value, line.place.title if line.place else ""
    del held["place"], held["cure"]
    return held


def digest_of(content: Json) -> str:
    """SHA-256 of a value, whatever the order of its names."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def edition_digest(*, offer: Offer, number: int, approvals: Sequence[Json], frozen_at: datetime) -> str:
    """SHA-256 of an edition: its content, worked out anew, with the approvals, the number and the moment."""
    return digest_of(
        {
            "content": digest_of(offer.content),
            "document": offer.document_id,
            "number": number,
            "approvals": list(approvals),
            "frozen_at": frozen_at.astimezone(UTC).isoformat(),
        }
    )


def is_as_frozen(edition: Edition) -> bool:
    """Whether the edition's content and approvals still give the hash that it was frozen with."""
    found = edition_digest(
        offer=edition.offer, number=edition.number, approvals=edition.approvals, frozen_at=edition.frozen_at
    )
    return found == edition.digest


@dataclass(frozen=True)
class ReadBlock:
    """A block for a page; the pictures are our own SVG."""

    shown: ShownBlock
    wide: SafeString
    narrow: SafeString


@dataclass(frozen=True)
class ReadSection:
    """A section for a page."""

    key: str
    title: str
    html: SafeString
    blocks: tuple[ReadBlock, ...]


def read(content: Json) -> tuple[ReadSection, ...]:
    """The sections of a content, ready for a page. Prose is made safe anew each time."""
    return tuple(
        ReadSection(
            one["key"],
            one["title"],
            SafeString(as_html(one["prose"])),
            tuple(read_block(ShownBlock.of_json(held)) for held in one["blocks"]),
        )
        for one in content["sections"]
    )


def read_block(shown: ShownBlock) -> ReadBlock:
    """One block, ready for a page."""
    picture = shown.picture
    return ReadBlock(shown, SafeString(picture.wide if picture else ""), SafeString(picture.narrow if picture else ""))
