"""What a report should tell and does not: actions without a result, sections empty or too long. Pure."""

from collections.abc import Iterator, Mapping

from ..prose import count_words
from .fault import Fault, Whole

FINISHED = ("Done", "Closed")
JUDGED_NOT = "Not judged yet"
MOST_NAMED = 3


def without_result(whole: Whole) -> Iterator[Fault]:
    """Priorities with actions that are finished, and of which nobody has judged what they changed for children."""
    for section in whole:
        for block in section.blocks:
            names = [
                row[0]
                for table in (block.tables if block.kind == "priority" else ())
                for row in table.rows
                if row[2] in FINISHED and row[3] == JUDGED_NOT
            ]
            if names:
                said = "; ".join(names[:MOST_NAMED]) + ("; and more" if len(names) > MOST_NAMED else "")
                number = "1 finished action has" if len(names) == 1 else f"{len(names)} finished actions have"
                words = f"{block.title}: {number} no result: {said}."
                cure = "Judge their impact in the plan, or say in the words why it cannot be shown."
                yield Fault("result", section.pk, words, cure, blocks=False)


def empty_sections(whole: Whole, titles: Mapping[int, str]) -> Iterator[Fault]:
    """Sections of a kind that has to be whole in which nothing is written."""
    for section in whole:
        if not section.text.strip() and not section.blocks:
            words = f"Nothing is written under “{titles[section.pk]}”."
            yield Fault("empty", section.pk, words, "Write it: a briefing has all its panels.", blocks=True)


def too_long(whole: Whole, most: Mapping[int, int]) -> Iterator[Fault]:
    """Sections with more words than their place holds. `most` is section -> words, 0 where there is no such bound."""
    for section in whole:
        bound, number = most.get(section.pk, 0), count_words(section.text)
        if bound and number > bound:
            words = f"{number} words, where {bound} can be read in a minute."
            yield Fault("long", section.pk, words, "Keep what a reader needs tomorrow.", blocks=False)
