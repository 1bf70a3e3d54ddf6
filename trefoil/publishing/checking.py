"""A document held against the edition of the law that it is written under: each item present, where, or missing. Pure.

A line's `key` is the item's id, or `block:7` for figures that something is wrong with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .enums import BlockKind, Found
from .patterns.reading import CONFIDENCE, LAW, Item, Pattern
from .prose import count_words

FEWEST_WORDS = 15


@dataclass(frozen=True)
class Place:
    """A section as the check sees it: how much is written, what it says it answers, which kinds of block it holds."""

    pk: int
    key: str
    title: str
    prose: str
    answers: tuple[str, ...]
    blocks: frozenset[str]


@dataclass(frozen=True)
class Trouble:
    """Figures that should not go out as they are: the block, where it stands, and why."""

    block: int
    place: Place
    words: str


@dataclass(frozen=True)
class Line:
    """One line of the check. `place` is where it is, or where it belongs; `why` what is missing there."""

    key: str
    words: str
    source: str
    confidence: str
    must: bool
    found: Found
    place: Place | None = None
    why: str = ""
    reason: str = ""

    @property
    def is_missing(self) -> bool:
        return self.found is Found.MISSING


def checked(
    pattern: Pattern,
    law: str,
    places: Sequence[Place],
    troubles: Sequence[Trouble],
    overruled: Mapping[str, str],
) -> tuple[Line, ...]:
    """Every line: what the edition asks for, then figures with something wrong. `overruled` is line -> reason."""
    items = [_item_line(item, pattern, places) for item in pattern.asked(law)]
    figures = [_trouble_line(one) for one in troubles]
    return tuple(_with_reason(line, overruled.get(line.key, "")) for line in (*items, *figures))


def _item_line(item: Item, pattern: Pattern, places: Sequence[Place]) -> Line:
    """Present in the first place that answers it; else missing, with what the likeliest place lacks."""
    own = [one for one in places if (found := pattern.section_of(one.key)) and item.id in found.items]
    faults = [(_lacks(item, place), place) for place in own]
    place = next((place for why, place in faults if not why), own[0] if own else None)
    why = min((why for why, _ in faults), key=len, default="No section of this document has room for it.")
    return Line(
        key=item.id,
        words=item.words,
        source=item.source,
        confidence=CONFIDENCE[item.confidence],
        must=item.must,
        found=Found.MISSING if why else Found.PRESENT,
        place=place,
        why=why,
    )


def _lacks(item: Item, place: Place) -> str:
    """What is missing in a place for it to answer an item; empty when nothing is."""
    if count_words(place.prose) < FEWEST_WORDS:
        return "Hardly anything is written there yet."
    if item.id not in place.answers:
        return "Nobody has said that the section answers it."
    if item.needs and item.needs not in place.blocks:
        return f"It wants figures: {BlockKind(item.needs).label[:1].lower()}{BlockKind(item.needs).label[1:]}."
    return ""


def _trouble_line(one: Trouble) -> Line:
    return Line(
        key=f"block:{one.block}",
        words="Figures that can go out as they stand",
        source="Trefoil’s own check",
        confidence="",
        must=False,
        found=Found.MISSING,
        place=one.place,
        why=one.words,
    )


def _with_reason(line: Line, reason: str) -> Line:
    """An overruling counts only while something is missing."""
    if not reason or not line.is_missing:
        return line
    return Line(
        line.key, line.words, line.source, line.confidence, line.must, Found.OVERRULED, line.place, line.why, reason
    )


def check_words(lines: Sequence[Line], law: str) -> str:
    """The check in a sentence or two."""
    if not lines:
        return "No edition of the law asks anything of this kind of document."
    items = [line for line in lines if not line.key.startswith("block:")]
    present = sum(line.found is Found.PRESENT for line in items)
    missing = sum(line.is_missing for line in items)
    said = f"{present} of {len(items)} things that {LAW.get(law, 'the law')} asks for are there."
    if not items:
        said = ""
    if missing:
        said += f" {missing} {'is' if missing == 1 else 'are'} missing."
    if overruled := sum(line.found is Found.OVERRULED for line in items):
        said += f" {overruled} {'was' if overruled == 1 else 'were'} set aside with a reason."
    if troubles := sum(line.is_missing for line in lines if line.key.startswith("block:")):
        said += f" Something is wrong with {troubles} of its figures."
    return said.strip()
