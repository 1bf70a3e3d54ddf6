"""A document held against the edition of the law that it is written under: each item present, where, or missing. Pure.

A line's `key` is the item's id, or `block:7` for figures that something is wrong with, or the key of what was found in
words and tables, such as `small:15:3f2a9c01`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .enums import BlockKind, Found
from .patterns.reading import CONFIDENCE, LAW, Item, Pattern
from .proofing.fault import Fault
from .prose import count_words

FEWEST_WORDS = 15
CHILD = "child"
FAULTS = {
    "block": "Figures that can go out as they stand",
    "sum": "Totals that add up",
    "share": "Percentages that agree with their table",
    "small": "No small number typed by hand",
    "link": "Links that a reader can follow",
    "picture": "Words for every picture",
    "person": "No person named without need",
    "figure": "Figures that come from a record",
    "result": "Actions that say what came of them",
    "priority": "Every priority of the year, with its impact",
    "reading": "Words that most readers follow",
    "empty": "Something under every heading",
    "long": "No more words than its place holds",
    "care": "An owner and a day of review",
    CHILD: "Nothing that points at a child",
}
"""What a line that is not the law's asks for, by the first part of its key."""


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
    cure: str = ""
    reason: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether an edition of the law asks for it; else it was found in words or figures."""
        return ":" not in self.key

    @property
    def is_of_a_child(self) -> bool:
        """Whether it may point at a child; it is never kept in an edition."""
        return self.key.startswith(f"{CHILD}:")

    @property
    def is_open(self) -> bool:
        """Whether somebody can still mend it or set it aside."""
        return self.found in {Found.MISSING, Found.FAULT, Found.DOUBT}

    @property
    def holds_back(self) -> bool:
        """Whether the document cannot be put to the partners with it."""
        return self.found in {Found.MISSING, Found.FAULT}


def checked(
    pattern: Pattern,
    law: str,
    places: Sequence[Place],
    troubles: Sequence[Trouble],
    overruled: Mapping[str, str],
    *,
    faults: Sequence[Fault] = (),
) -> tuple[Line, ...]:
    """Every line: what the edition asks for, figures with something wrong, then what was found in words and tables.

    `overruled` is line -> reason.
    """
    items = [_item_line(item, pattern, places) for item in pattern.asked(law)]
    figures = [_trouble_line(one) for one in troubles]
    held = {one.pk: one for one in places}
    found = [_fault_line(one, held[one.section]) for one in faults]
    return tuple(_with_reason(line, overruled.get(line.key, "")) for line in (*items, *figures, *found))


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
    cure = "See to the records that the figures come from, or take the figures out."
    return _own_line(f"block:{one.block}", one.place, Found.FAULT, one.words, cure)


def _fault_line(one: Fault, place: Place) -> Line:
    return _own_line(one.key, place, Found.FAULT if one.blocks else Found.DOUBT, one.words, one.cure)


def _own_line(key: str, place: Place, found: Found, why: str, cure: str) -> Line:
    """A line that no edition of the law asks for."""
    kind = FAULTS[key.partition(":")[0]]
    return Line(
        key, kind, "Trefoil’s own check", confidence="", must=False, found=found, place=place, why=why, cure=cure
    )


def _with_reason(line: Line, reason: str) -> Line:
    """An overruling counts only while there is something to overrule."""
    return replace(line, found=Found.OVERRULED, reason=reason) if reason and line.is_open else line


def check_words(lines: Sequence[Line], law: str) -> str:
    """The check in a sentence or two."""
    if not lines:
        return "No edition of the law asks anything of this kind of document."
    items = [line for line in lines if line.is_asked]
    counts = Counter(line.found for line in items)
    said = []
    if items:
        asks = LAW.get(law, "the law")
        said.append(f"{counts[Found.PRESENT]} of {len(items)} things that {asks} asks for are there.")
    if missing := counts[Found.MISSING]:
        said.append(f"{missing} {'is' if missing == 1 else 'are'} missing.")
    if overruled := counts[Found.OVERRULED]:
        said.append(f"{overruled} {'was' if overruled == 1 else 'were'} set aside with a reason.")
    if own := _own_words(Counter(line.found for line in lines if not line.is_asked)):
        said.append(own)
    return " ".join(said)


def _own_words(counts: Mapping[Found, int]) -> str:
    """What was found in words and figures: what has to be mended, and what is worth a look."""
    faults, doubts = counts.get(Found.FAULT, 0), counts.get(Found.DOUBT, 0)
    said = []
    if faults:
        said.append(f"{faults} thing{'' if faults == 1 else 's'} must be mended before it goes out")
    if doubts:
        said.append(f"{doubts} {'is' if doubts == 1 else 'are'} worth another look")
    return f"{' and '.join(said)}." if said else ""
