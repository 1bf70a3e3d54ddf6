"""What documents can be about. Rooms above say it, in the list that the setting DOCUMENT_SUBJECTS names.

This room knows no other. For each kind of reference the list gives a function that finds the record for a reader: what
it is called, where its page is, and whether the reader may attach something to it; or None when it is not theirs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from trefoil.access.rules import Standing


@dataclass(frozen=True)
class Part:
    """A part of a record that its documents can be filed under, such as an item of an agenda.

    One that is not open any more keeps what is filed under it and takes nothing new.
    """

    reference: str
    words: str
    is_open: bool = True


@dataclass(frozen=True)
class DocumentSubject:
    """A record, as one reader sees it. `group_id` is the group that its papers belong to, if any.

    `parts` are in the record's own order; `which_part` is the question that asks for one. A record that is itself a
    part says in `part_of` of which. Where `sealed_as` says something, files are sealed and called that, whatever was
    typed: the name of a file can tell as much as the file.
    """

    words: str
    href: str
    may_attach: bool
    group_id: int | None = None
    parts: tuple[Part, ...] = ()
    which_part: str = ""
    part_of: str = ""
    sealed_as: str = ""


# Called with the reader's standing and the part of the reference after the colon.
FindSubject = Callable[[Standing, str], DocumentSubject | None]


def document_subject(standing: Standing, reference: str) -> DocumentSubject | None:
    """The record that a reference such as `action:12` names; None when there is none or it is not this reader's."""
    kind, _, key = reference.partition(":")
    known = cast("Mapping[str, FindSubject]", import_string(settings.DOCUMENT_SUBJECTS))
    find = known.get(kind)
    return find(standing, key) if find and key else None


def whole_of(standing: Standing, reference: str) -> tuple[str, DocumentSubject | None]:
    """The record that a reference belongs to as a whole: the one that it is a part of, else itself."""
    record = document_subject(standing, reference)
    if record is None or not record.part_of:
        return reference, record
    return record.part_of, document_subject(standing, record.part_of)
