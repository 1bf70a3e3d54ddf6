"""Publication: the table that was looked at is stored, and every later one is held against it."""

from datetime import datetime

from django.db import transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person

from ..models import PublishedEdition
from ..publishing.counted import Wanted
from ..publishing.prepared import prepared


@transaction.atomic
def publish_edition(
    *, partnership: Partnership, wanted: Wanted, looked_at: str, by: Person, now: datetime
) -> PublishedEdition:
    """Store the table whose preview has the digest `looked_at`. The same table twice is one edition.

    Refused (NotAllowedError) when the figures or the earlier editions have changed since the preview. Raises what
    `prepared` raises.
    """
    if not standing_of(by, partnership, now=now).may(Permission.PREPARE_PUBLICATION):
        raise NotAllowedError("your duties do not include preparing figures for publication")
    # The partnership's row is the turnstile: two editions are prepared one after the other, each against the last.
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    ready = prepared(locked, wanted)
    if ready.digest != looked_at:
        raise NotAllowedError("the figures have changed since you looked at them; look at the table again")
    edition, is_new = PublishedEdition.objects.get_or_create(
        partnership=locked,
        digest=ready.digest,
        defaults={
            "indicator": wanted.indicator,
            "dimension": wanted.dimension,
            "period_start": wanted.period.start,
            "period_end": wanted.period.end,
            "title": wanted.title,
            "exact": ready.exact,
            "shown": ready.shown,
            "prepared_at": now,
            "prepared_by": by,
        },
    )
    record(
        event=EventType.PUBLICATION_PREPARED,
        by=by,
        now=now,
        partnership=locked.slug,
        subject=f"edition:{edition.pk}",
        detail={"indicator": wanted.indicator, "by": wanted.dimension, "period": wanted.period.code, "new": is_new},
    )
    return edition
