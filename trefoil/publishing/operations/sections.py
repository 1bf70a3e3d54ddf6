"""Sections written, figures put in and taken out, a line of the check set aside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trefoil.access.at_once import unless_just_entered
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..blocks.choices import choices_of
from ..content import lines_of, written
from ..enums import BlockKind
from ..keeping import keep_words
from ..locking import locked
from ..models import Block, Overruling, PublicDocument, Section
from ..patterns.reading import pattern_of
from ..proofing.children import may_set_aside
from ..rules import check_is_draft, check_may_run, check_may_write, checked_reason

LONGEST_PROSE = 30_000


@transaction.atomic
def write_section(
    *, section: Section, prose: str, answers: Sequence[str], seen_version: int, by: Person, now: datetime
) -> None:
    """Write a section anew, and say which items of the law it answers. Refused when another saved it meanwhile."""
    document = section.document
    check_may_write(standing_of(by, document.partnership, now=now))
    check_is_draft(locked(document))
    offered = {one.id for one in pattern_of(document.kind).items_of(section.key, document.law)}
    if not set(answers) <= offered:
        raise NotAllowedError("this section cannot answer that")
    if len(prose) > LONGEST_PROSE:
        raise NotAllowedError(f"a section has at most {LONGEST_PROSE:,} characters")
    keep_words(section, prose.strip(), sorted(set(answers)), seen_version, by=by, now=now)
    detail = {"section": section.key, "characters": len(section.prose), "answers": section.answers}
    _record(EventType.SECTION_WRITTEN, document, by=by, now=now, detail=detail)


@transaction.atomic
def add_block(*, section: Section, kind: BlockKind, shows: str, by: Person, now: datetime) -> Block:
    """Put figures under a section's prose. Who does must be able to read their record; then every writer reads it."""
    document = section.document
    standing = standing_of(by, document.partnership, now=now)
    check_may_write(standing)
    check_is_draft(locked(document))
    _check_record(standing, BlockKind(kind), shows)
    if section.blocks.filter(kind=kind, shows=shows, removed_at__isnull=True).exists():
        raise NotAllowedError("these figures stand in this section already")
    with unless_just_entered("these figures"):
        added = Block.objects.create(section=section, kind=kind, shows=shows, added_at=now, added_by=by)
    detail = {"section": section.key, "kind": BlockKind(kind).value, "shows": shows}
    _record(EventType.BLOCK_ADDED, document, by=by, now=now, detail=detail)
    return added


def _check_record(standing: Standing, kind: BlockKind, shows: str) -> None:
    """Raises NotAllowedError unless the record is there and the person may read it."""
    if shows not in {key for key, _ in choices_of(kind, standing)}:
        raise NotAllowedError("there is no such record, or your duties do not let you read it")


@transaction.atomic
def remove_block(*, block: Block, by: Person, now: datetime) -> None:
    """Take figures out of a section. That they stood there stays on record."""
    document = block.section.document
    check_may_write(standing_of(by, document.partnership, now=now))
    check_is_draft(locked(document))
    if not Block.objects.filter(pk=block.pk, removed_at__isnull=True).update(removed_at=now, removed_by=by):
        raise NotAllowedError("somebody has taken them out already")
    block.refresh_from_db()
    detail = {"section": block.section.key, "kind": block.kind, "shows": block.shows}
    _record(EventType.BLOCK_REMOVED, document, by=by, now=now, detail=detail)


@transaction.atomic
def overrule_line(*, document: PublicDocument, line: str, reason: str, by: Person, now: datetime) -> Overruling:
    """Set aside something that the check found. The reason stays, and goes into the edition."""
    standing = standing_of(by, document.partnership, now=now)
    check_may_run(standing)
    held = locked(document)
    check_is_draft(held)
    said = checked_reason(reason, "say why it is left out")
    sections = written(held, today=timezone.localdate(now))
    found = next((one for one in lines_of(held, sections, eyes=standing) if one.key == line), None)
    if found is None or not found.is_open:
        raise NotAllowedError("there is nothing to set aside there, or it has been set aside already")
    if found.is_of_a_child and found.place:
        texts = {one.section.pk: one.words for one in sections if one.section.pk == found.place.pk}
        _check_knows_the_child(standing, held, texts)
    overruled = Overruling.objects.create(document=held, line=line, reason=said, overruled_at=now, overruled_by=by)
    _record(EventType.CHECK_OVERRULED, held, by=by, now=now, detail={"line": line}, reason=said)
    return overruled


def _check_knows_the_child(standing: Standing, document: PublicDocument, texts: dict[int, str]) -> None:
    if not may_set_aside(document, texts, standing):
        raise NotAllowedError("only who was told who the review is about can say that nobody is pointed at")


def _record(
    event: EventType, document: PublicDocument, *, by: Person, now: datetime, detail: dict[str, Any], reason: str = ""
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=document.partnership.slug,
        subject=document.reference,
        detail=detail,
        reason=reason[:500],
    )
