"""Entries of two agencies that may tell of one event, and where they then contradict each other. Pure.

`RULE` says it in the words of the page. Words are alike when they share three telling words and RapidFuzz's
`token_set_ratio` of those words reaches 75 of 100; places when it reaches 60. Nobody is told that an entry is wrong: a
person looks.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations

from rapidfuzz import fuzz

from .reading import Seen

RULE = (
    "Entries of two agencies on the same day are compared. They are listed as likely the same when they share at least "
    "three telling words and are worded much alike. They are listed as contradicting when they are worded alike, or "
    "carry the same time, and one says that the child was seen and the other not, or both name a place and the places "
    "are unlike. Entries not known to the day are not compared."
)
ALIKE, PLACES_ALIKE, FEWEST_SHARED = 75, 60, 3
# So many entries of one day are compared; a day with more is named, and looked through by hand.
MOST_A_DAY = 150
_WORD = re.compile(r"[^\W\d_]{4,}")
_TELL_NOTHING = frozenset(
    [
        "this",
        "that",
        "with",
        "from",
        "were",
        "have",
        "been",
        "they",
        "them",
        "then",
        "when",
        "said",
        "also",
        "there",
        "their",
        "about",
    ]
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared of one entry."""

    key: int
    agency: int
    day: date
    at: time | None
    what: str
    place: str
    seen: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries. `score` is how alike their words are; `unlike` says in what they contradict each other."""

    first: int
    second: int
    score: int
    unlike: tuple[str, ...]

    @property
    def keys(self) -> tuple[int, int]:
        """Both, the smaller first."""
        return min(self.first, self.second), max(self.first, self.second)


def telling_words(text: str) -> frozenset[str]:
    """The words that say something: four letters or more, without the commonest."""
    return frozenset(_WORD.findall(text.casefold())) - _TELL_NOTHING


def pairs_of(entries: Iterable[Told]) -> tuple[list[Pair], list[date]]:
    """Every pair, in order of days, and the days that hold too many entries to compare them all."""
    days: dict[date, list[Told]] = defaultdict(list)
    for one in entries:
        days[one.day].append(one)
    crowded = sorted(day for day, told in days.items() if len(told) > MOST_A_DAY)
    return [pair for day in sorted(days) for pair in _of_one_day(days[day][:MOST_A_DAY])], crowded


def _of_one_day(told: Sequence[Told]) -> Iterator[Pair]:
    if len({one.agency for one in told}) < 2:
        return
    words = {one.key: telling_words(one.what) for one in told}
    texts = {key: " ".join(sorted(found)) for key, found in words.items()}
    for one, other in combinations(told, 2):
        if one.agency == other.agency:
            continue
        shared = len(words[one.key] & words[other.key])
        score = round(fuzz.token_set_ratio(texts[one.key], texts[other.key])) if shared >= FEWEST_SHARED else 0
        same_minute = one.at is not None and one.at == other.at
        if score >= ALIKE or same_minute:
            unlike = tuple(_unlike(one, other))
            if score >= ALIKE or unlike:
                yield Pair(one.key, other.key, score, unlike)


def _unlike(one: Told, other: Told) -> Iterator[str]:
    if {one.seen, other.seen} == {Seen.SEEN.value, Seen.NOT_SEEN.value}:
        yield "One says that the child was seen, the other that they were not."
    if one.place and other.place and not _same_place(one.place, other.place):
        yield "They name different places."


def _same_place(one: str, other: str) -> bool:
    return fuzz.token_set_ratio(one.casefold(), other.casefold()) >= PLACES_ALIKE
