"""Reads `after.toml`: the steps from approval to the public, whom the law names, and the limit. Pure: no database.

`asked_by`, `source` and `confidence` mean what they mean in the patterns.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field

from ..enums import PublicKind
from ..patterns.reading import CONFIDENCE, Data, Law


class _Asked(Data):
    """Something that editions of the law ask of some kinds of document."""

    kinds: tuple[PublicKind, ...] = Field(min_length=1)
    asked_by: tuple[Law, ...] = Field(min_length=1)

    def holds_for(self, kind: str, law: str) -> bool:
        """Whether it is asked of this kind under this edition."""
        return kind in self.kinds and law in self.asked_by


class _Sourced(_Asked):
    source: str = Field(min_length=5)
    confidence: Literal["S", "T", "M"]

    @property
    def confidence_words(self) -> str:
        """How sure it is, in words."""
        return CONFIDENCE[self.confidence]


class Step(_Sourced):
    """A step between approval and the public."""

    id: str = Field(pattern=r"^[A-Z0-9-]{4,12}$")
    what: Literal["scrutiny", "boards"] = Field(alias="is")
    words: str = Field(min_length=10)


class Recipient(_Sourced):
    """Somebody to whom the law has an edition sent. At most one of the two limits is set."""

    id: str = Field(pattern=r"^[A-Z0-9-]{4,12}$")
    name: str = Field(min_length=3, max_length=150)
    working_days_before: int = Field(default=0, ge=0, le=60)
    days_after: int = Field(default=0, ge=0, le=365)

    @property
    def by_when(self) -> str:
        """By when, in words."""
        if self.working_days_before:
            return f"no later than {self.working_days_before} working days before it is published"
        return f"within {self.days_after} days of publication" if self.days_after else "by the day on which it is due"


class Limit(_Asked):
    """By when a kind is published: a rule of the rule packs."""

    rule: str


class _File(Data):
    reviewed_on: str
    step: tuple[Step, ...]
    recipient: tuple[Recipient, ...]
    limit: tuple[Limit, ...]


@dataclass(frozen=True)
class After:
    """What is asked after approval of one kind of document under one edition of the law."""

    scrutiny: Step | None
    boards: Step | None
    recipients: tuple[Recipient, ...]
    rule: str

    def recipient(self, key: str) -> Recipient | None:
        """The one under this key; None when the edition of the law names no such."""
        return next((one for one in self.recipients if one.id == key), None)


@cache
def after_approval(kind: str, law: str) -> After:
    """What is asked of a kind under an edition. Raises pydantic.ValidationError for a file that is wrong."""
    held = _read()
    steps = {one.what: one for one in held.step if one.holds_for(kind, law)}
    return After(
        scrutiny=steps.get("scrutiny"),
        boards=steps.get("boards"),
        recipients=tuple(one for one in held.recipient if one.holds_for(kind, law)),
        rule=next((one.rule for one in held.limit if one.holds_for(kind, law)), ""),
    )


def kinds_with(what: str) -> frozenset[PublicKind]:
    """The kinds of which some edition of the law, or custom, asks this step: `scrutiny` or `boards`."""
    return frozenset(kind for one in _read().step if one.what == what for kind in one.kinds)


def name_of_recipient(key: str) -> str:
    """The name under a key, whichever edition names it; the key itself once no edition does any more."""
    return next((one.name for one in _read().recipient if one.id == key), key)


@cache
def _read() -> _File:
    return _File.model_validate(tomllib.loads((files(__package__) / "after.toml").read_text(encoding="utf-8")))
