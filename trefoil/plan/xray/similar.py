"""Recommendations worded alike: which of those made later ask for what an earlier one asked for.

RapidFuzz's token_set_ratio says how alike two texts are (0 to 100), whatever the order of words and however much one
says beside. It forgives too much by itself: any text is "contained" in a longer one, and two that share only their
boilerplate look alike. So boilerplate goes first (`wording`), few telling words prove nothing, and the words shared
must weigh something, a word that everybody uses weighing little.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

from rapidfuzz import fuzz

from .rows import RecommendationRow
from .wording import telling_words

FEWEST_WORDS = 3
FEWEST_SHARED = 3
# Of the weight of the shorter and of the longer text's telling words, in percent.
LEAST_OF_SHORTER = 55
LEAST_OF_LONGER = 35
# Below this many recommendations, how often a word is used says nothing.
FEWEST_TO_WEIGH = 20
# A word that more than one in so many use does not by itself bring two texts together; a handful may always use it.
COMMON_ONE_IN = 12
A_HANDFUL = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """Two recommendations that ask for one thing. `score` is 0 to 100."""

    later: RecommendationRow
    earlier: RecommendationRow
    score: int

    @property
    def earlier_was_closed(self) -> bool:
        """Whether the earlier one was closed by the time the later one was made."""
        return self.earlier.closed_on is not None and self.earlier.closed_on <= self.later.made_on


def score_words(score: int) -> str:
    """How alike, for a reader."""
    if score >= 97:
        return "asks for the same as"
    return "asks for nearly the same as" if score >= 88 else "asks for much the same as"


@dataclass
class _Index:
    """Which recommendations use which telling word, and how much each word weighs."""

    words: Mapping[int, frozenset[str]]
    weights: Mapping[str, int]
    common: frozenset[str]
    using: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, place: int) -> None:
        for word in self.words[place] - self.common:
            self.using[word].append(place)

    def weight(self, words: Iterable[str]) -> int:
        return sum(self.weights[word] for word in words)

    def candidates(self, place: int) -> Iterator[int]:
        """Those added so far that share enough telling words, and enough of their weight."""
        own = self.words[place]
        near = Counter(other for word in own - self.common for other in self.using.get(word, ()))
        whole = self.weight(own)
        for other, rare in near.items():
            if rare > 1 and self._shares_enough(own, whole, self.words[other]):
                yield other

    def _shares_enough(self, own: frozenset[str], whole: int, others: frozenset[str]) -> bool:
        shared = own & others
        if len(shared) < FEWEST_SHARED:
            return False
        shorter, longer = sorted((whole, self.weight(others)))
        weight = 100 * self.weight(shared)
        return weight >= shorter * LEAST_OF_SHORTER and weight >= longer * LEAST_OF_LONGER


def alike(made: Sequence[RecommendationRow], *, threshold: int) -> list[Alike]:
    """For each recommendation that is not withdrawn, the earlier one it is most like, from `threshold` on.

    One that was closed before goes before one that is still open. Later ones first; equal days by their number.
    """
    rows = sorted((row for row in made if not row.is_withdrawn), key=lambda row: (row.made_on, row.key))
    words = {place: telling_words(row.words) for place, row in enumerate(rows)}
    texts = {place: " ".join(sorted(telling)) for place, telling in words.items()}
    index = _index(words)
    found = []
    for place in range(len(rows)):
        if len(words[place]) >= FEWEST_WORDS:
            best = _best(place, rows, texts, index, threshold)
            if best is not None:
                found.append(best)
            index.add(place)
    return found[::-1]


def _best(
    place: int, rows: Sequence[RecommendationRow], texts: Mapping[int, str], index: _Index, threshold: int
) -> Alike | None:
    pairs = []
    for other in index.candidates(place):
        score = round(fuzz.token_set_ratio(texts[place], texts[other], score_cutoff=threshold))
        if score >= threshold:
            pairs.append(Alike(rows[place], rows[other], score))
    return max(pairs, key=lambda pair: (pair.earlier_was_closed, pair.score, pair.earlier.made_on), default=None)


def _index(words: Mapping[int, tuple[str, ...]]) -> _Index:
    """An empty index that knows how much each word tells: hundredths of the bits that its rareness is worth."""
    used = Counter(word for telling in words.values() for word in telling)
    sets = {place: frozenset(telling) for place, telling in words.items()}
    if len(words) < FEWEST_TO_WEIGH:
        return _Index(sets, dict.fromkeys(used, 100), frozenset())
    weights = {word: max(20, round(100 * log2(len(words) / count))) for word, count in used.items()}
    often = max(A_HANDFUL, len(words) // COMMON_ONE_IN)
    return _Index(sets, weights, frozenset(word for word, count in used.items() if count > often))
