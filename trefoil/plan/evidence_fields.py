"""The fields of each kind of evidence, and what may be wrong with them. Pure: no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from trefoil.indicators.catalogue.loader import catalogue

from .enums import EvidenceKind

FIELDS: dict[EvidenceKind, tuple[str, ...]] = {
    EvidenceKind.INDICATOR: ("indicator", "change_on"),
    EvidenceKind.AUDIT: ("before_on", "before_number", "before_of", "after_on", "after_number", "after_of"),
    EvidenceKind.TRAINING: ("trained", "after_on", "after_number", "after_of"),
    EvidenceKind.VOICE: ("voice_of", "heard"),
    EvidenceKind.OTHER: (),
}


@dataclass(frozen=True)
class EvidenceFields:
    """What is given beside title, words and day; which of it counts follows from the kind."""

    indicator: str = ""
    change_on: date | None = None
    before_on: date | None = None
    before_number: int | None = None
    before_of: int | None = None
    after_on: date | None = None
    after_number: int | None = None
    after_of: int | None = None
    trained: int | None = None
    voice_of: str = ""
    heard: int | None = None

    def of_kind(self, kind: EvidenceKind) -> dict[str, Any]:
        """The fields of this kind alone."""
        return {name: getattr(self, name) for name in FIELDS[EvidenceKind(kind)]}


@dataclass(frozen=True)
class FieldFault:
    """What is wrong with which field, in words that go on from nothing: `say how many were looked at`."""

    field: str
    words: str


def evidence_faults(
    kind: EvidenceKind, given: EvidenceFields, *, words: str, happened_on: date, today: date
) -> Iterator[FieldFault]:
    """Everything that is wrong, in the order of the form."""
    if happened_on > today:
        yield FieldFault("happened_on", "evidence speaks of a day that has come")
    yield from {
        EvidenceKind.INDICATOR: _indicator_faults,
        EvidenceKind.AUDIT: _audit_faults,
        EvidenceKind.TRAINING: _training_faults,
        EvidenceKind.VOICE: _voice_faults,
        EvidenceKind.OTHER: _other_faults,
    }[EvidenceKind(kind)](given, words.strip(), today)


def _indicator_faults(given: EvidenceFields, _words: str, today: date) -> Iterator[FieldFault]:
    if catalogue().get(given.indicator) is None:
        yield FieldFault("indicator", "choose the indicator")
    if given.change_on is None:
        yield FieldFault("change_on", "say from which day a change is looked for")
    elif given.change_on > today:
        yield FieldFault("change_on", "the day of the change has not come yet")


def _audit_faults(given: EvidenceFields, _words: str, today: date) -> Iterator[FieldFault]:
    yield from _share_faults("before", "first", given.before_number, given.before_of)
    yield from _share_faults("after", "second", given.after_number, given.after_of)
    if given.before_on is None:
        yield FieldFault("before_on", "say when the first audit was")
    if given.after_on is None:
        yield FieldFault("after_on", "say when the second audit was")
    elif given.after_on > today:
        yield FieldFault("after_on", "the second audit lies in the future")
    elif given.before_on is not None and given.before_on >= given.after_on:
        yield FieldFault("after_on", "the second audit must come after the first")


def _training_faults(given: EvidenceFields, _words: str, today: date) -> Iterator[FieldFault]:
    if not given.trained:
        yield FieldFault("trained", "say how many people were trained")
    yield from _share_faults("after", "later", given.after_number, given.after_of)
    if given.trained and given.after_of and given.after_of > given.trained:
        yield FieldFault("after_of", "no more people can be asked than were trained")
    if given.after_on is None:
        yield FieldFault("after_on", "say when they were asked")
    elif given.after_on > today:
        yield FieldFault("after_on", "the day on which they were asked lies in the future")


def _share_faults(part: str, name: str, number: int | None, of: int | None) -> Iterator[FieldFault]:
    """A number out of a number: both given, and no more than there are."""
    if not of:
        yield FieldFault(f"{part}_of", f"say how many were looked at ({name})")
    if number is None:
        yield FieldFault(f"{part}_number", f"say how many were found right ({name})")
    elif of and number > of:
        yield FieldFault(f"{part}_number", f"no more can be right than were looked at ({name})")


def _voice_faults(given: EvidenceFields, words: str, _today: date) -> Iterator[FieldFault]:
    if not given.voice_of:
        yield FieldFault("voice_of", "say whose words these are")
    if not words:
        yield FieldFault("words", "say what was heard, as themes and without names")


def _other_faults(_given: EvidenceFields, words: str, _today: date) -> Iterator[FieldFault]:
    if not words:
        yield FieldFault("words", "say what this shows")
