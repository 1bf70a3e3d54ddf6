"""Comments on a section: written, and settled."""

from datetime import datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..locking import locked
from ..models import Comment, Section
from ..rules import check_may_write, check_not_frozen

LONGEST_COMMENT = 1000


@transaction.atomic
def comment_on_section(*, section: Section, words: str, by: Person, now: datetime) -> Comment:
    """Say something of a section, as long as the document is not frozen. It is no part of the document."""
    document = section.document
    check_may_write(standing_of(by, document.partnership, now=now))
    check_not_frozen(locked(document))
    said = words.strip()
    if not said or len(said) > LONGEST_COMMENT:
        raise NotAllowedError(f"write the comment, in at most {LONGEST_COMMENT:,} characters")
    written = Comment.objects.create(section=section, words=said, written_at=now, written_by=by)
    _record(EventType.SECTION_COMMENTED, written, by=by, now=now)
    return written


@transaction.atomic
def settle_comment(*, comment: Comment, by: Person, now: datetime) -> None:
    """Say that a comment is dealt with. It stays to be read."""
    document = comment.section.document
    check_may_write(standing_of(by, document.partnership, now=now))
    check_not_frozen(locked(document))
    if not Comment.objects.filter(pk=comment.pk, settled_at=None).update(settled_at=now, settled_by=by):
        raise NotAllowedError("somebody has settled it already")
    comment.refresh_from_db()
    _record(EventType.COMMENT_SETTLED, comment, by=by, now=now)


def _record(event: EventType, comment: Comment, *, by: Person, now: datetime) -> None:
    document = comment.section.document
    record(
        event=event,
        by=by,
        now=now,
        partnership=document.partnership.slug,
        subject=document.reference,
        detail={"section": comment.section.key, "comment": comment.pk},
    )
