"""Words that point at a child whom a review is about, or whose death is reviewed. Their readers alone are told them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.child_deaths import names as deaths
from trefoil.child_deaths.rules import identities_visible_to as dead_visible_to
from trefoil.people.models import Partnership
from trefoil.reviews import names as reviews
from trefoil.reviews.names import Named
from trefoil.reviews.rules import identities_visible_to

from ..models import PublicDocument
from .fault import Fault

CURE = "Take it out. Who leads the review can say whether it is somebody else of the same name."
HIDDEN = "Something here may point at a child. What it is is told to those who read the review."


@dataclass(frozen=True)
class ChildFault(Fault):
    """Its key is drawn from the records and never from the words: a name could be guessed from a hash of it."""

    records: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        drawn = hashlib.sha256(",".join(self.records).encode()).hexdigest()[:8]
        return f"{self.kind}:{self.section}:{drawn}"


def child_faults(document: PublicDocument, texts: Mapping[int, str], eyes: Standing | None) -> Iterator[ChildFault]:
    """One for each section. `eyes` None counts all and names nobody; else only those who may know are told.

    Whoever runs publishing learns that something is there, since the document waits for it; the words are shown to
    readers who were given the identity. Other writers see nothing: else they could try names until one is found.
    """
    known = _known_to(eyes)
    for section, named in _named_in(document.partnership, texts).items():
        seen = [one for one in named if one.identity in known]
        if eyes is None or seen or eyes.may(Permission.RUN_PUBLISHING):
            records = tuple(sorted({one.identity for one in named}))
            yield ChildFault("child", section, _words(seen, len(named)), CURE, blocks=True, records=records)


def may_set_aside(document: PublicDocument, text: Mapping[int, str], eyes: Standing) -> bool:
    """Whether the person was given the identity of every child that these sections point at."""
    known = _known_to(eyes)
    return all(one.identity in known for named in _named_in(document.partnership, text).values() for one in named)


def _named_in(partnership: Partnership, texts: Mapping[int, str]) -> dict[int, tuple[Named, ...]]:
    of_reviews, of_deaths = reviews.named_in(partnership, texts), deaths.named_in(partnership, texts)
    return {
        section: of_reviews.get(section, ()) + of_deaths.get(section, ())
        for section in texts
        if section in of_reviews or section in of_deaths
    }


def _known_to(eyes: Standing | None) -> frozenset[str]:
    """The identities that this person was given."""
    if eyes is None:
        return frozenset()
    of_reviews = map(reviews.reference, identities_visible_to(eyes).values_list("pk", flat=True))
    return frozenset([*of_reviews, *map(deaths.reference, dead_visible_to(eyes).values_list("pk", flat=True))])


def _words(seen: list[Named], found: int) -> str:
    if len(seen) < found:
        return HIDDEN
    of_a_death = any(one.identity.startswith("death:") for one in seen)
    who = "a child whose death is reviewed" if of_a_death else "a child of a review"
    return f"{', '.join(dict.fromkeys(f'“{one.words}”' for one in seen))}: {who} is called so."
