"""Every check of a document's words and figures, and the one function that runs them. Pure."""

from collections.abc import Iterable, Sequence

from .fault import Fault, Whole
from .links import dead_links, wordless_pictures
from .reading_age import hard_to_read
from .results import without_result
from .tables import shares, sums
from .words import people_named, small_numbers, unrecorded


def looked_at(whole: Whole, *, names: Sequence[str], own_hosts: Sequence[str]) -> tuple[Fault, ...]:
    """What was found, what holds the document back first, then in the order of the sections.

    `names` are those of people with an account; `own_hosts` the names under which this installation is reached.
    """
    found = [
        *sums(whole),
        *shares(whole),
        *small_numbers(whole),
        *dead_links(whole, own_hosts),
        *wordless_pictures(whole),
        *people_named(whole, names),
        *unrecorded(whole),
        *without_result(whole),
        *hard_to_read(whole),
    ]
    return in_order(found, whole)


def in_order(found: Iterable[Fault], whole: Whole) -> tuple[Fault, ...]:
    """Each once, what holds the document back first, then in the order of the sections."""
    places = {section.pk: place for place, section in enumerate(whole)}
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (not one.blocks, places[one.section])))
