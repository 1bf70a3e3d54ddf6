"""Reads `*.toml` of this folder: one pattern for each kind of document. Pure: no database.

An item's `asked_by` names the editions of Working Together that ask for it; its `source` says where that stands and
its `confidence` how sure that is: S seen in a published document, T in public text, M from memory. What is not S a
partnership confirms against the text itself.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

LAW = {
    "WT2018": "Working Together 2018",
    "WT2023": "Working Together 2023",
    "WT2026": "Working Together 2026",
}
"""Code of an edition -> its name, oldest first."""

CONFIDENCE = {
    "S": "seen in a published document",
    "T": "seen in public text",
    "M": "from memory: confirm it against the text",
}


Law = Literal["WT2018", "WT2023", "WT2026"]


class Data(BaseModel):
    """Reviewed data out of a file: nothing in it that is not known, and never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Item(Data):
    """One thing that an edition of the law asks a document to hold. `needs` is a kind of block that shows it."""

    id: str = Field(pattern=r"^[A-Z0-9-]{4,12}$")
    words: str = Field(min_length=10)
    must: bool
    asked_by: tuple[Law, ...] = Field(min_length=1)
    source: str = Field(min_length=5)
    confidence: Literal["S", "T", "M"]
    needs: Literal["", "indicator", "priority", "budget", "reviews", "training", "voice", "attendance", "scrutiny"] = ""


class PatternSection(Data):
    """One heading: what belongs under it, the items that it may answer, how long it may be (0: as long as it is)."""

    key: str = Field(pattern=r"^[a-z][a-z_]{1,29}$")
    title: str = Field(min_length=3, max_length=150)
    ask: str = Field(min_length=10)
    items: tuple[str, ...] = ()
    most_words: int = Field(default=0, ge=0)


class Pattern(Data):
    """A kind of document. `law` is the edition that a new one is written under; empty where none asks anything.

    `agreed_by` says who agrees to it before it is frozen: the statutory partners, or the business manager who names the
    meeting that agreed. `whole`: no section may stay empty. `has_care`: it has an owner, a day of review and a link.
    """

    kind: str
    title: str
    law: Literal["", "WT2018", "WT2023", "WT2026"]
    reviewed_on: str
    agreed_by: Literal["partners", "manager"] = "partners"
    whole: bool = False
    has_care: bool = False
    section: tuple[PatternSection, ...] = Field(min_length=1)
    item: tuple[Item, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> "Pattern":
        """Each item has a place, each place names an item that is there, and no name stands twice."""
        ids, keys = [one.id for one in self.item], [one.key for one in self.section]
        placed = {name for one in self.section for name in one.items}
        faults = [f"{name} stands twice" for name in {*ids, *keys} if ids.count(name) + keys.count(name) > 1]
        faults += [f"{name} has no section" for name in ids if name not in placed]
        faults += [f"{name} is no item" for name in sorted(placed - set(ids))]
        if faults:
            raise ValueError("; ".join(sorted(faults)))
        return self

    @property
    def laws(self) -> tuple[str, ...]:
        """The editions that ask something of this kind, oldest first."""
        return tuple(code for code in LAW if any(code in one.asked_by for one in self.item))

    def asked(self, law: str) -> tuple[Item, ...]:
        """What an edition asks for, what must be there first."""
        return tuple(sorted((one for one in self.item if law in one.asked_by), key=lambda one: not one.must))

    def section_of(self, key: str) -> PatternSection | None:
        """The section under this key; None when the pattern no longer has it."""
        return next((one for one in self.section if one.key == key), None)

    def items_of(self, key: str, law: str) -> tuple[Item, ...]:
        """What the section under this key may answer under an edition."""
        found = self.section_of(key)
        return tuple(one for one in self.asked(law) if found and one.id in found.items)


@cache
def patterns() -> dict[str, Pattern]:
    """Kind -> pattern, in the order of the files' names. Raises pydantic.ValidationError for a file that is wrong."""
    found = sorted(
        (one for one in files(__package__).iterdir() if one.name.endswith(".toml")), key=lambda one: one.name
    )
    read = [Pattern.model_validate(tomllib.loads(one.read_text(encoding="utf-8"))) for one in found]
    return {one.kind: one for one in read}


def pattern_of(kind: str) -> Pattern:
    """The pattern of a kind. Raises KeyError."""
    return patterns()[kind]
