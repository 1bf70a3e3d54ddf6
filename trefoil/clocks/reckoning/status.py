"""Where a clock stands, derived from its moments. Pure. `queries.py` says the same to the database, held by a test."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .kinds import Kind


class Status(StrEnum):
    """Where a clock stands. Never stored."""

    LATE = "late"
    DUE_SOON = "due_soon"
    RUNNING = "running"
    PAUSED = "paused"
    UNDATED = "undated"
    FREE = "free"
    MET = "met"
    MET_LATE = "met_late"
    TOO_EARLY = "too_early"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Moments:
    """What a status is derived from."""

    kind: Kind
    due_at: datetime | None
    soon_at: datetime | None
    paused_at: datetime | None = None
    stopped_at: datetime | None = None
    withdrawn_at: datetime | None = None


def status_of(moments: Moments, now: datetime) -> Status:
    """The status at a moment."""
    if moments.withdrawn_at is not None:
        return Status.WITHDRAWN
    if moments.stopped_at is not None:
        return _ended(moments, moments.stopped_at)
    return Status.PAUSED if moments.paused_at is not None else _running(moments, now)


def _running(moments: Moments, now: datetime) -> Status:
    if moments.due_at is None:
        return Status.UNDATED
    if moments.kind is Kind.MIN:
        return Status.RUNNING if now < moments.due_at else Status.FREE
    if now > moments.due_at:
        return Status.LATE
    return Status.DUE_SOON if moments.soon_at is not None and now >= moments.soon_at else Status.RUNNING


def _ended(moments: Moments, stopped_at: datetime) -> Status:
    if moments.due_at is None:
        return Status.MET
    if moments.kind is Kind.MIN:
        return Status.TOO_EARLY if stopped_at < moments.due_at else Status.MET
    return Status.MET if stopped_at <= moments.due_at else Status.MET_LATE
