"""Who may see which extracts and what is settled about them, and whether an extract allows what is asked."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.people.models import Partnership, Person

from . import spool
from .enums import ExtractState
from .models import Extract, FindingCount, Locality, MappedValue, Retention
from .states import MOVES

DEFAULT_MONTHS = 24
# How long a raw file may wait for a person to say what its values mean. After that the file has to be sent again.
RAW_DAYS = 7
SHORTEST_REASON = 20


def extracts_visible_to(standing: Standing) -> QuerySet[Extract]:
    """The partnership's extracts, deleted ones included: for those who may load them or read their figures."""
    extracts = Extract.objects.filter(partnership=standing.partnership)
    extracts = extracts.select_related("agency", "received_by", "partnership__area")
    may = standing.may(Permission.EXTRACT_LOAD) or standing.may(Permission.EXTRACT_FIGURES)
    return extracts if may else extracts.none()


def finding_counts_visible_to(standing: Standing) -> QuerySet[FindingCount]:
    """What the checks found: for those who load, since a value stands in it as it was written."""
    counts = FindingCount.objects.filter(extract__partnership=standing.partnership)
    return counts if standing.may(Permission.EXTRACT_LOAD) else counts.none()


def values_visible_to(standing: Standing) -> QuerySet[MappedValue]:
    """The value map: for those who load."""
    values = MappedValue.objects.filter(partnership=standing.partnership).select_related("agency", "decided_by")
    return values if standing.may(Permission.EXTRACT_LOAD) else values.none()


def localities_visible_to(standing: Standing) -> QuerySet[Locality]:
    localities = Locality.objects.filter(partnership=standing.partnership)
    return localities if standing.may(Permission.EXTRACT_LOAD) else localities.none()


def months_kept(partnership: Partnership) -> int:
    """How long an extract of this partnership stays."""
    held: Retention | None = Retention.objects.filter(partnership=partnership).first()
    return held.months if held else DEFAULT_MONTHS


def check_may(permission: Permission, by: Person | None, partnership: Partnership, now: datetime) -> None:
    """Raises NotAllowedError unless a duty gives it today. Nobody (None) is the installer at the command line."""
    if by is not None and permission not in standing_of(by, partnership, now=now).permissions:
        raise NotAllowedError("your duties do not include this")


def check_move(move: str, extract: Extract) -> None:
    """Raises NotAllowedError unless the status lets it happen."""
    from_states, _, _ = MOVES[move]
    if extract.state not in from_states:
        raise NotAllowedError(f"this extract is {ExtractState(extract.state).label.lower()}")


def raw_until(extract: Extract) -> datetime:
    """The moment by which its raw file is gone from the spool, counted from the day it came."""
    return extract.received_at + timedelta(days=RAW_DAYS)


def why_not_checked_again(extract: Extract, standing: Standing, now: datetime) -> str:
    """Why this person cannot have the kept file checked again, or nothing. The extract waits for values."""
    if not standing.may(Permission.EXTRACT_LOAD):
        return "Your duties do not include checking extracts."
    return "" if has_kept_file(extract, now) else "The file is no longer here. Send it again."


def has_kept_file(extract: Extract, now: datetime) -> bool:
    """Whether its raw file is still in the spool and may be used."""
    return now < raw_until(extract) and spool.has(extract.folder)


def check_reason(reason: str, ask: str) -> None:
    """Raises NotAllowedError, in words that say what to write, when it is too short to mean something."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotAllowedError(f"{ask}, in at least {SHORTEST_REASON} characters")


def why_not_deleted(extract: Extract, standing: Standing) -> str:
    """Why this person cannot delete it now, or nothing."""
    if not standing.may(Permission.EXTRACT_LOAD):
        return "Your duties do not include deleting extracts."
    if extract.is_in_work:
        return "It is being checked. Wait until that has ended."
    return "It is deleted already." if extract.state == ExtractState.DELETED else ""
