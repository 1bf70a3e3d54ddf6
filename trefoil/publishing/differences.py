"""What changed between two texts, word by word, and between two editions, section by section. Pure: no database.

Paragraphs are laid beside each other first, and words only within those that changed: a long text costs little, and a
paragraph that moved reads as taken out and put in.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from .blocks.shown import ShownBlock, ShownTable
from .prose import count_words, plain

PIECE = re.compile(r"\s+|[^\W_]+(?:[’'-][^\W_]+)*|.", re.DOTALL)
# Less alike than this, two paragraphs are read more easily one after the other than word by word.
ALIKE = 0.4
PAIR = 2


class Did(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Words:
    """Words in a row of which the same became."""

    did: Did
    text: str


Paragraph = tuple[Words, ...]
Opcode = tuple[str, int, int, int, int]
"""What difflib says: `equal` or a change, with the places in the one and in the other."""


def word_changes(before: str, after: str) -> tuple[Paragraph, ...]:
    """Both texts as paragraphs (lines) of words that stayed, were added or removed."""
    old, new = _lines(before), _lines(after)
    found: list[Paragraph] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(Words(Did.SAME, line),) for line in old[a:b]]
        else:
            found += [one for pair in zip_longest(old[a:b], new[c:d]) for one in _within(*pair)]
    return tuple(found)


def counts(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """How many words were added, and how many removed."""
    every = [words for paragraph in paragraphs for words in paragraph]
    added = sum(count_words(one.text) for one in every if one.did is Did.ADDED)
    return added, sum(count_words(one.text) for one in every if one.did is Did.REMOVED)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _within(old: str | None, new: str | None) -> Iterator[Paragraph]:
    """Two paragraphs that stand in each other's place; None where there is none."""
    if old is None or new is None:
        yield (Words(Did.REMOVED, old),) if old is not None else (Words(Did.ADDED, new or ""),)
        return
    one, other = PIECE.findall(old), PIECE.findall(new)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield from ((Words(Did.REMOVED, old),), (Words(Did.ADDED, new),))
        return
    yield tuple(_pieces(_whole_changes(matcher.get_opcodes(), one), one, other))


def _whole_changes(opcodes: Sequence[Opcode], one: Sequence[str]) -> list[Opcode]:
    """Changes with nothing but a space or a comma between them made one, which reads more easily."""
    found: list[Opcode] = []
    for place, (tag, a, b, c, d) in enumerate(opcodes):
        is_between = 0 < place < len(opcodes) - 1 and not any(map(str.isalnum, "".join(one[a:b])))
        joined = tag != "equal" or is_between
        if joined and found and found[-1][0] != "equal":
            found[-1] = ("replace", found[-1][1], b, found[-1][3], d)
        else:
            found.append(("replace" if joined else tag, a, b, c, d))
    return found


def _pieces(opcodes: Sequence[Opcode], one: Sequence[str], other: Sequence[str]) -> Iterator[Words]:
    for tag, a, b, c, d in opcodes:
        if tag == "equal":
            yield Words(Did.SAME, "".join(one[a:b]))
            continue
        if a < b:
            yield Words(Did.REMOVED, "".join(one[a:b]))
        if c < d:
            yield Words(Did.ADDED, "".join(other[c:d]))


@dataclass(frozen=True)
class FigureChange:
    """A figure before and after. Either is empty where it was not shown."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class BlockChange:
    """Figures of one thing in two editions. `title` is that of the later one, else of the earlier."""

    title: str
    did: Did
    figures: tuple[FigureChange, ...]

    @property
    def differs(self) -> bool:
        return self.did is not Did.SAME or any(one.differs for one in self.figures)


@dataclass(frozen=True)
class SectionChange:
    """A section in two editions: whether it was added or taken out, its words, its figures."""

    key: str
    title: str
    did: Did
    words: tuple[Paragraph, ...]
    blocks: tuple[BlockChange, ...]

    @property
    def added(self) -> int:
        """How many words were added."""
        return counts(self.words)[0]

    @property
    def removed(self) -> int:
        """How many words were removed."""
        return counts(self.words)[1]

    @property
    def differs(self) -> bool:
        return self.did is not Did.SAME or bool(self.added or self.removed) or any(one.differs for one in self.blocks)


def edition_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[SectionChange, ...]:
    """Each section of two contents, in the order of the later; what it lacks stands at the end."""
    old = {one["key"]: one for one in before["sections"]}
    new = {one["key"]: one for one in after["sections"]}
    keys = [*new, *(key for key in old if key not in new)]
    return tuple(_section(key, old.get(key), new.get(key)) for key in keys)


def _section(key: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> SectionChange:
    did = Did.ADDED if old is None else Did.REMOVED if new is None else Did.SAME
    held = [one or {"title": "", "prose": "", "blocks": []} for one in (old, new)]
    words = word_changes(plain(held[0]["prose"]), plain(held[1]["prose"]))
    blocks = _block_changes(held[0]["blocks"], held[1]["blocks"])
    return SectionChange(key, held[1]["title"] or held[0]["title"], did, words, blocks)


def _block_changes(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> tuple[BlockChange, ...]:
    """Blocks of the same thing laid beside each other; a second of the same name is left where it stands."""
    before, after = ({_thing(one): ShownBlock.of_json(dict(one)) for one in held} for held in (old, new))
    names = [*after, *(name for name in before if name not in after)]
    return tuple(_block(before.get(name), after.get(name)) for name in names)


def _thing(held: Mapping[str, Any]) -> tuple[str, str]:
    """What a block is of, whatever its figures: an indicator by its measure, a year's budget as the budget."""
    if held["kind"] == "priority":
        return "priority", held["title"]
    if held["kind"] == "indicator":
        return "indicator", held.get("shows") or held["source"].rpartition("Measure ")[2]
    return held["kind"], ""


def _block(old: ShownBlock | None, new: ShownBlock | None) -> BlockChange:
    did = Did.ADDED if old is None else Did.REMOVED if new is None else Did.SAME
    one = new or old
    before, after = (_figures(held) if held else {} for held in (old, new))
    labels = list(dict.fromkeys([*after, *before]))
    figures = tuple(FigureChange(label, before.get(label, ""), after.get(label, "")) for label in labels)
    return BlockChange(one.title if one else "", did, figures)


def _figures(shown: ShownBlock) -> dict[str, str]:
    """What of a block is set beside the other edition: the newest figure of a series, else each row of its tables."""
    if shown.kind == "indicator":
        series = next((table for table in shown.tables if table.rows), None)
        return {"Newest figure": _newest(series)} if series else {}
    return {row[0]: _cells(table, row) for table in shown.tables for row in table.rows}


def _cells(table: ShownTable, row: Sequence[str]) -> str:
    """A row's cells behind its name, each under its heading where there are several."""
    if len(row) == PAIR:
        return row[1]
    return "; ".join(f"{heading}: {cell}" for heading, cell in zip(table.headings[1:], row[1:], strict=True) if cell)


def _newest(table: ShownTable) -> str:
    """`87% (March 2026)`: the last row of a series."""
    row = table.rows[-1]
    return f"{row[1]} ({row[0]})" if len(row) > 1 else row[0]
