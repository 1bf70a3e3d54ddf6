"""A section's words kept each time they are saved, and earlier words put back."""

from datetime import datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..keeping import keep_words
from ..locking import locked
from ..models import Section, SectionVersion
from ..patterns.reading import pattern_of
from ..rules import check_is_draft, check_may_write


@transaction.atomic
def put_words_back(*, section: Section, number: int, seen_version: int, by: Person, now: datetime) -> None:
    """Make a section say again what it said in an earlier version. It becomes a version of its own.

    What an edition of the law no longer lets it answer is left out. Refused when another saved it meanwhile.
    """
    document = section.document
    check_may_write(standing_of(by, document.partnership, now=now))
    check_is_draft(locked(document))
    held = SectionVersion.objects.filter(section=section, number=number).first()
    if held is None:
        raise NotAllowedError("there is no such version of these words")
    if (held.prose, held.answers) == (section.prose, section.answers):
        raise NotAllowedError("the section says that already")
    offered = {one.id for one in pattern_of(document.kind).items_of(section.key, document.law)}
    answers = [one for one in held.answers if one in offered]
    keep_words(section, held.prose, answers, seen_version, by=by, now=now, from_number=number)
    record(
        event=EventType.SECTION_PUT_BACK,
        by=by,
        now=now,
        partnership=document.partnership.slug,
        subject=document.reference,
        detail={"section": section.key, "version": number},
    )
