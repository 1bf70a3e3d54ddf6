"""Sections that a document has beside those of its pattern: added, renamed, put elsewhere, removed.

What the law asks stays with the pattern's sections: one of the document's own answers nothing and cannot stand in for
one of them.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.models import stamp
from trefoil.editing.versions import save_if_unchanged
from trefoil.people.models import Person

from ..locking import locked
from ..models import PublicDocument, Section
from ..models.documents import OWN
from ..rules import check_has_own_sections, check_is_draft, check_is_own, check_may_run

SHORTEST_TITLE = 3
LONGEST_TITLE = 150
MOST_OWN = 20


@transaction.atomic
def add_own_section(
    *, document: PublicDocument, title: str, after: Section | None, by: Person, now: datetime
) -> Section:
    """Add an empty section of the document's own behind another one; at the beginning without one."""
    check_may_run(standing_of(by, document.partnership, now=now))
    held = locked(document)
    check_is_draft(held)
    check_has_own_sections(held)
    standing = _standing(held)
    if sum(one.is_own for one in standing) >= MOST_OWN:
        raise NotAllowedError(f"a document has at most {MOST_OWN} sections of its own")
    said = _checked_title(title, standing)
    added = Section.objects.create(document=held, key=_key(held, said), number=0, title=said, **stamp(by, now))
    _put(added, after, standing)
    _record(EventType.OWN_SECTION_ADDED, added, by, now, {"title": said})
    return added


@transaction.atomic
def place_own_section(
    *, section: Section, title: str, after: Section | None, seen_version: int, by: Person, now: datetime
) -> None:
    """Rename a section of the document's own and put it behind another one; at the beginning without one."""
    held = _held(section, by, now)
    others = [one for one in _standing(held) if one.pk != section.pk]
    said = _checked_title(title, others)
    if said != section.title or seen_version != section.version:
        save_if_unchanged(section, seen_version=seen_version, by=by, now=now, title=said)
    _put(section, after, others)
    _record(EventType.OWN_SECTION_PLACED, section, by, now, {"title": said, "number": section.number})


@transaction.atomic
def remove_own_section(*, section: Section, by: Person, now: datetime) -> None:
    """Take a section of the document's own out of it, with its figures. Its words stay on record."""
    held = _held(section, by, now)
    if section.contributions.filter(given_at=None, withdrawn_at=None).exists():
        raise NotAllowedError("an agency was asked for its part of it: withdraw that first")
    if not Section.objects.filter(pk=section.pk, removed_at=None).update(removed_at=now, removed_by=by):
        raise NotAllowedError("somebody has removed it already")
    section.refresh_from_db()
    _number(_standing(held))
    _record(EventType.OWN_SECTION_REMOVED, section, by, now, {"title": section.title})


def _held(section: Section, by: Person, now: datetime) -> PublicDocument:
    """The document, held. Raises NotAllowedError unless the section is its own and may be changed."""
    check_may_run(standing_of(by, section.document.partnership, now=now))
    held = locked(section.document)
    check_is_draft(held)
    check_is_own(section)
    return held


def _standing(document: PublicDocument) -> list[Section]:
    return list(document.sections.filter(removed_at=None).order_by("number", "pk"))


def _checked_title(title: str, others: list[Section]) -> str:
    said = " ".join(title.split())
    if not SHORTEST_TITLE <= len(said) <= LONGEST_TITLE:
        raise NotAllowedError(f"give it a heading of {SHORTEST_TITLE} to {LONGEST_TITLE} characters")
    if said.lower() in {one.title.lower() for one in others}:
        raise NotAllowedError("a section of this document has that heading already")
    return said


def _key(document: PublicDocument, title: str) -> str:
    """A name made from the heading, so that next year's section of the same heading is compared with this one."""
    name = slugify(title).replace("-", "_")[:20].strip("_") or "section"
    taken = set(document.sections.values_list("key", flat=True))
    tries = (f"{OWN}{name}{'' if number == 1 else f'_{number}'}" for number in range(1, len(taken) + 2))
    return next(one for one in tries if one not in taken)


def _put(section: Section, after: Section | None, others: list[Section]) -> None:
    """Number all sections anew, with this one behind `after`. Raises NotAllowedError for one of another document."""
    places = [one.pk for one in others]
    if after is not None and after.pk not in places:
        raise NotAllowedError("choose a section of this document to put it behind")
    at = places.index(after.pk) + 1 if after else 0
    _number([*others[:at], section, *others[at:]])


def _number(sections: list[Section]) -> None:
    for number, one in enumerate(sections, start=1):
        one.number = number
    Section.objects.bulk_update(sections, ["number"])


def _record(event: EventType, section: Section, by: Person, now: datetime, detail: dict[str, Any]) -> None:
    document = section.document
    record(
        event=event,
        by=by,
        now=now,
        partnership=document.partnership.slug,
        subject=document.reference,
        detail={"section": section.key, **detail},
    )
