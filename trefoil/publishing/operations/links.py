"""What came of trying the links of a document, kept. The trying itself is done before, outside of any transaction."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..locking import locked
from ..models import PublicDocument, TriedLink
from ..rules import check_is_draft, check_may_write
from ..trying import Trial


@transaction.atomic
def note_trials(*, document: PublicDocument, trials: Sequence[Trial], by: Person, now: datetime) -> None:
    """Keep what came of each address of a draft, in the place of what was known before."""
    check_may_write(standing_of(by, document.partnership, now=now))
    held = locked(document)
    check_is_draft(held)
    TriedLink.objects.bulk_create(
        [
            TriedLink(document=held, href=one.href, found=one.found, words=one.words, tried_at=now, tried_by=by)
            for one in trials
        ],
        update_conflicts=True,
        unique_fields=["document", "href"],
        update_fields=["found", "words", "tried_at", "tried_by"],
    )
    record(
        event=EventType.LINKS_TRIED,
        by=by,
        now=now,
        partnership=held.partnership.slug,
        subject=held.reference,
        detail=dict(Counter(one.found.value for one in trials)),
    )
