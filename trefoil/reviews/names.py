"""Whether a text that is to be published names a child whom a review is about. Names never leave this room.

What is given back is what was typed, with the review it points at. Who asks shows it only to the review's readers.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trefoil.people.models import Partnership

from .models import IdentityRecord

SHORTEST = 3
"""Letters. Shorter parts of a name are too often something else."""


@dataclass(frozen=True)
class Named:
    """Words of a text that are a part of a child's name, as they were typed, and the identity that has the name.

    `identity` is a room and a key, such as `review:12`: another room has identities of its own.
    """

    identity: str
    words: str


def reference(identity: int) -> str:
    """How the key of an identity of this room is named outside it."""
    return f"review:{identity}"


def named_in(partnership: Partnership, texts: Mapping[int, str]) -> dict[int, tuple[Named, ...]]:
    """For each text with a child's first name or surname in it, what was typed. One query; opens sealed names."""
    identities = list(IdentityRecord.objects.filter(review__partnership=partnership).order_by("pk"))
    return found_in({reference(identity.pk): identity.child_name for identity in identities}, texts)


def found_in(names: Mapping[str, str], texts: Mapping[int, str]) -> dict[int, tuple[Named, ...]]:
    """The same for names, by their identity, that another room has opened."""
    found = {key: tuple(dict.fromkeys(_named(names, text))) for key, text in texts.items()}
    return {key: named for key, named in found.items() if named}


def _named(names: Mapping[str, str], text: str) -> Iterator[Named]:
    for identity, name in names.items():
        for part in re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", name):
            if len(part) >= SHORTEST:
                yield from (Named(identity, typed) for typed in _typed(part, text))


def _typed(part: str, text: str) -> Iterator[str]:
    """Where a part of a name stands as a word with a capital: “will” is seldom Will."""
    for match in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.IGNORECASE):
        if match[0][:1].isupper():
            yield match[0]
