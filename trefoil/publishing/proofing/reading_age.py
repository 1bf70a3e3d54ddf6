"""How old somebody is who reads a text without effort: Flesch-Kincaid, with syllables estimated. Pure.

The grade is 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid and others, 1975, for the US Navy); five
years are added to make an English age of it. It counts lengths and understands nothing: a short word can be hard.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .fault import Fault, Whole

SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
VOWELS = re.compile(r"[aeiouy]+")
# A last e that is not heard (make, agreed, rates), but not -le after a consonant (table).
SILENT = re.compile(r"(?<![aeiouyl])(?:e|ed|es)$|(?<=[aeiouy]l)es?$")
HEARD = re.compile(r"(?:[td]ed|[sxz]es|[cs]hes|[cg]es)$")
FEWEST_WORDS = 100
"""Fewer tell too little: the measure was made on passages of about a hundred words."""
OLDEST = 16
"""A text above this is looked at again. GOV.UK writes for everybody at about 9; a report of partners reads older."""
LONG = 35
"""Words. Few people keep a longer sentence in mind to its end."""
SAID = 8
"""Words of a sentence that are quoted, so that it can be found."""


@dataclass(frozen=True)
class Measured:
    """A text as it was measured: words, sentences, age to one decimal; the longest sentences, the longest first."""

    words: int
    sentences: int
    age: Decimal
    longest: tuple[tuple[int, str], ...]


def measured(text: str, most: int = 3) -> Measured | None:
    """The measure of a text; None for one too short to be measured."""
    sentences = [words for one in SENTENCE.findall(text) if (words := WORD.findall(one))]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < FEWEST_WORDS:
        return None
    syllables = sum(map(syllables_of, words))
    a_sentence, a_word = Decimal(len(words)) / len(sentences), Decimal(syllables) / len(words)
    grade = Decimal("0.39") * a_sentence + Decimal("11.8") * a_word - Decimal("15.59")
    longest = sorted(((len(one), " ".join(one[:SAID])) for one in sentences), key=lambda pair: -pair[0])[:most]
    return Measured(len(words), len(sentences), max(Decimal(5), grade + 5).quantize(Decimal("0.1")), tuple(longest))


def syllables_of(word: str) -> int:
    """An estimate: groups of vowels, less a last e that is not heard. Never fewer than one."""
    small = word.lower().replace("’", "").replace("'", "")
    silent = 1 if SILENT.search(small) and not HEARD.search(small) else 0
    return max(1, len(VOWELS.findall(small)) - silent)


def hard_to_read(whole: Whole) -> Iterator[Fault]:
    """Sections that read older than most readers like, and sentences that are too long to keep in mind."""
    for section in whole:
        found = measured(section.text)
        if found and found.age > OLDEST:
            length, said = found.longest[0]
            words = (
                f"It reads as for somebody of {found.age} (Flesch-Kincaid). The longest sentence has {length} words: "
                f"“{said} …”."
            )
            cure = "Cut the longest sentences in two, and write short words for long ones."
            yield Fault("reading", section.pk, words, cure, blocks=False)
        elif long := _long_sentences(section.text):
            number, said = long[0]
            more = f" {len(long) - 1} more are longer than {LONG} words." if len(long) > 1 else ""
            words = f"A sentence has {number} words: “{said} …”.{more}"
            yield Fault("reading", section.pk, words, "Make two of it.", blocks=False)


def _long_sentences(text: str) -> Sequence[tuple[int, str]]:
    """Sentences with more words than can be kept in mind, the longest first."""
    found = [(len(words), " ".join(words[:SAID])) for one in SENTENCE.findall(text) if (words := WORD.findall(one))]
    return sorted((pair for pair in found if pair[0] > LONG), key=lambda pair: -pair[0])
