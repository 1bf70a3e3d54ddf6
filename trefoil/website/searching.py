"""Looking through the words of published documents. Pure; the entries are written when the site is built."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_QUESTION = 100
MOST_WORDS = 8
MOST_FOUND = 30
AROUND = 110
"""Characters of a snippet on either side of the first word found."""
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
TITLE_COUNTS, UNDER_COUNTS, MOST_OF_TEXT = 12, 4, 5


@dataclass(frozen=True)
class Entry:
    """One place that can be found: a section, the document it is of (`under`), and its words."""

    path: str
    title: str
    under: str
    text: str


@dataclass(frozen=True)
class Ready:
    """An entry with its words folded, so that no question has to fold them again."""

    entry: Entry
    title: str
    under: str
    text: str


@dataclass(frozen=True)
class Hit:
    """An entry that was found, with some of its words: each piece, and whether it was asked for."""

    path: str
    title: str
    under: str
    snippet: tuple[tuple[str, bool], ...]


def asked_words(question: str) -> tuple[str, ...]:
    """The words of a question, folded, each once; at most eight of the first hundred characters."""
    found = (one.group() for one in WORD.finditer(folded(question[:LONGEST_QUESTION])))
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def ready(entries: Iterable[Entry]) -> tuple[Ready, ...]:
    """Entries made ready once, for many questions."""
    return tuple(Ready(one, folded(one.title), folded(one.under), folded(one.text)) for one in entries)


def folded(text: str) -> str:
    """In small letters, without accents, as long as before: a place found in it is that place in the text."""
    return text.lower() if text.isascii() else "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    small = unicodedata.normalize("NFD", letter)[0].lower()
    return small if len(small) == 1 else letter


def search(entries: Iterable[Ready], question: str) -> list[Hit]:
    """The entries that hold every word of the question, whole or as the beginning of a word; the best first."""
    words = asked_words(question)
    if not words:
        return []
    patterns = [re.compile(rf"\b{re.escape(word)}") for word in words]
    scored = [(score, place, entry) for place, entry in enumerate(entries) if (score := _score(entry, patterns))]
    scored.sort(key=lambda one: (-one[0], one[1]))
    return [_hit(entry, patterns) for _, _, entry in scored[:MOST_FOUND]]


def _score(entry: Ready, patterns: list[re.Pattern[str]]) -> int:
    """How well an entry answers: nothing where one word is missing everywhere."""
    total = 0
    for pattern in patterns:
        found = min(len(pattern.findall(entry.text)), MOST_OF_TEXT)
        found += TITLE_COUNTS if pattern.search(entry.title) else 0
        found += UNDER_COUNTS if pattern.search(entry.under) else 0
        if not found:
            return 0
        total += found
    return total


def _hit(one: Ready, patterns: list[re.Pattern[str]]) -> Hit:
    entry = one.entry
    found = sorted(match.span() for pattern in patterns for match in pattern.finditer(one.text))
    first = found[0][0] if found else 0
    start, end = _edges(entry.text, max(0, first - AROUND), min(len(entry.text), first + AROUND))
    inside = [(max(a, start), min(b, end)) for a, b in found if a >= start and b <= end]
    return Hit(entry.path, entry.title, entry.under, tuple(_pieces(entry.text, start, end, inside)))


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch, begun and ended between words."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _pieces(text: str, start: int, end: int, marked: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    place = start
    if start > 0:
        yield "… ", False
    for begin, finish in marked:
        if begin < place:
            continue
        yield text[place:begin], False
        yield text[begin:finish], True
        place = finish
    yield f"{text[place:end]}{' …' if end < len(text) else ''}", False
