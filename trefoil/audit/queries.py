"""Reading the trail back, and proving that nobody changed it."""

from collections.abc import Iterator
from dataclasses import dataclass

from .chain import BEGINNING, seal
from .models import AuditEvent


@dataclass(frozen=True)
class Verdict:
    """What verification found. `broken_at` is the sequence of the first row that does not fit, with `why`."""

    rows: int
    head: str
    broken_at: int | None = None
    why: str = ""

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def verify_chain(*, expected_sequence: int | None = None, expected_hash: str = "") -> Verdict:
    """Walk the whole chain, oldest first, in constant memory.

    A head noted earlier (`expected_sequence`, `expected_hash`) also proves that the trail was not cut short or written
    anew: without a note kept outside the database a complete rewrite cannot be seen.
    """
    previous, count, met = BEGINNING, 0, expected_sequence is None
    for count, row in enumerate(_oldest_first(), start=1):
        if why := _fault(row, count, previous):
            return Verdict(count, previous, row.sequence, why)
        if row.sequence == expected_sequence:
            if row.hash != expected_hash:
                return Verdict(count, previous, row.sequence, "the row is not the one that was noted earlier")
            met = True
        previous = row.hash
    if not met:
        return Verdict(count, previous, count + 1, f"the trail ends before row {expected_sequence}, noted earlier")
    return Verdict(count, previous)


def _oldest_first() -> Iterator[AuditEvent]:
    return AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000)


def _fault(row: AuditEvent, expected_sequence: int, previous: str) -> str:
    if row.sequence != expected_sequence:
        return f"row {expected_sequence} is missing"
    if row.previous_hash != previous:
        return "the row does not follow the one before it"
    said = seal(
        sequence=row.sequence,
        at=row.at,
        event=row.event,
        actor=row.actor,
        actor_name=row.actor_name,
        partnership=row.partnership,
        subject=row.subject,
        detail=row.detail,
        reason=row.reason,
        previous_hash=row.previous_hash,
    )
    return "" if said == row.hash else "the row was changed after it was written"
