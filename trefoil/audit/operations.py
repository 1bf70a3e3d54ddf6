"""The only writer of the trail. Every other operation calls `record` inside its own transaction."""

from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction

from .chain import BEGINNING, seal
from .enums import EventType
from .models import AuditEvent

# Any fixed number: PostgreSQL's advisory lock that puts writers of the trail in one line.
CHAIN_LOCK = 7_203_645


class Actor(Protocol):
    """Whoever does something: anything with a key and a name. The trail keeps both, and no link."""

    pk: Any
    name: str


def record(
    *,
    event: EventType,
    by: Actor | None,
    now: datetime,
    partnership: str = "",
    subject: str = "",
    detail: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """Add one row to the end of the chain, in the caller's transaction if there is one.

    `partnership` is a slug, `subject` a reference such as `return:12`; `detail` holds plain JSON and never a child's
    particulars. If the row cannot be written the error stops the caller too: nothing happens that is not on the trail.
    """
    # Without a point of return of its own: a caller that swallowed the error could otherwise keep what it wrote. Two
    # questions fewer for every page whose reading is logged, too.
    with transaction.atomic(savepoint=False):
        _take_the_pen()
        last = AuditEvent.objects.order_by("-sequence").values("sequence", "hash").first()
        row: dict[str, Any] = {
            "sequence": last["sequence"] + 1 if last else 1,
            "at": now,
            "event": event.value,
            "actor": by.pk if by else None,
            "actor_name": by.name if by else "",
            "partnership": partnership,
            "subject": subject,
            "detail": detail or {},
            "reason": reason,
            "previous_hash": last["hash"] if last else BEGINNING,
        }
        return AuditEvent.objects.create(**row, hash=seal(**row))


def _take_the_pen() -> None:
    """One writer at a time. SQLite's immediate transactions do it by themselves; PostgreSQL takes a lock to commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
