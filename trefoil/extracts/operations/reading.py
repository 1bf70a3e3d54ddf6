"""Looking at rows of children: only with a reason, which is on the trail before a row is shown."""

from datetime import datetime

from django.db import transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..models import Extract
from ..rows import Asked, ShownRows, rows_asked
from ..rules import check_may, check_reason
from ..storing import is_on_disk


@transaction.atomic
def read_rows(*, extract: Extract, asked: Asked, reason: str, by: Person, now: datetime) -> ShownRows:
    """At most a page of rows, with pseudonyms for children. Raises NotAllowedError with the reason why not.

    The row of the trail is written in this transaction: if it cannot be, nothing is shown.
    """
    check_may(Permission.EXTRACT_ROWS, by, extract.partnership, now)
    check_reason(reason, "say what you need to see the rows for")
    if not is_on_disk(extract):
        raise NotAllowedError("its rows are not on the disk; whoever runs Trefoil restores them from a backup")
    shown = rows_asked(extract, asked)
    record(
        event=EventType.ROWS_READ,
        by=by,
        now=now,
        partnership=extract.partnership.slug,
        subject=f"extract:{extract.pk}",
        detail={**asked.as_detail(), "shown": len(shown.rows), "in_all": shown.in_all},
        reason=reason.strip(),
    )
    return shown
