"""One thing that was found in a section's words or figures: what, how bad, and how it is put right. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ..blocks.shown import ShownBlock


@dataclass(frozen=True)
class Looked:
    """A section as it is looked at: its key in the database, its plain words, where its links lead, its blocks."""

    pk: int
    text: str
    links: tuple[str, ...]
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True)
class Fault:
    """`blocks`: the document does not go to the partners before it is mended or set aside with a reason."""

    kind: str
    section: int
    words: str
    cure: str
    blocks: bool

    @property
    def key(self) -> str:
        """The same fault in the same words has the same key: `small:15:3f2a9c01`."""
        return f"{self.kind}:{self.section}:{hashlib.sha256(self.words.encode()).hexdigest()[:8]}"


Whole = Sequence[Looked]
