"""Deleting extracts: by hand, and by the retention period. The facts about the file stay; what it held does not."""

from datetime import datetime

from django.db import transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person

from ..enums import ExtractState
from ..models import Extract, ExtractMove, Locality, Retention
from ..rules import check_may, check_move, check_reason
from ..states import MOVES


@transaction.atomic
def delete_extract(*, extract: Extract, reason: str, by: Person | None, now: datetime) -> None:
    """Note that it is deleted and drop what its check found. `by` None is the retention command.

    The caller removes the folder afterwards (`storing.remove`), and again at each run of the retention command, so
    that a folder whose deletion was interrupted does not stay.
    """
    check_may(Permission.EXTRACT_LOAD, by, extract.partnership, now)
    check_move("delete_extract", extract)
    check_reason(reason, "say why it is deleted")
    from_states, to_state, _ = MOVES["delete_extract"]
    before = extract.state
    if not Extract.objects.filter(pk=extract.pk, state__in=from_states).update(state=to_state, step=""):
        raise NotAllowedError("something else has moved this extract in the meantime; look at it again")
    extract.finding_counts.all().delete()
    extract.qualities.all().delete()
    ExtractMove.objects.create(
        extract=extract, from_state=before, to_state=to_state, moved_at=now, moved_by=by, reason=reason.strip()[:500]
    )
    extract.state = ExtractState.DELETED
    record(
        event=EventType.EXTRACT_DELETED,
        by=by,
        now=now,
        partnership=extract.partnership.slug,
        subject=f"extract:{extract.pk}",
        detail={"as_at": extract.as_at.isoformat(), "rows": extract.rows_in_all, "was": before},
        reason=reason.strip(),
    )


@transaction.atomic
def set_retention(*, partnership: Partnership, months: int, why: str, by: Person, now: datetime) -> Retention:
    """How many months extracts of this partnership stay, from the next run of the retention command on."""
    check_may(Permission.EXTRACT_LOAD, by, partnership, now)
    check_reason(why, "say why, for instance which policy says so")
    if not 1 <= months <= 120:
        raise NotAllowedError("extracts are kept between 1 and 120 months")
    held, _ = Retention.objects.update_or_create(
        partnership=partnership, defaults={"months": months, "why": why.strip(), "set_at": now, "set_by": by}
    )
    _record_setting(partnership, {"months": months}, by=by, now=now, reason=why)
    return held


@transaction.atomic
def set_localities(*, partnership: Partnership, names: dict[str, str], by: Person | None, now: datetime) -> None:
    """Replace the table of localities: beginning of a postcode (capitals, no space) -> name. For extracts to come."""
    check_may(Permission.EXTRACT_LOAD, by, partnership, now)
    Locality.objects.filter(partnership=partnership).delete()
    Locality.objects.bulk_create(
        Locality(partnership=partnership, beginning=beginning, name=name) for beginning, name in names.items()
    )
    _record_setting(partnership, {"localities": len(set(names.values()))}, by=by, now=now)


def _record_setting(
    partnership: Partnership, detail: dict[str, int], *, by: Person | None, now: datetime, reason: str = ""
) -> None:
    record(
        event=EventType.EXTRACT_SETTING_CHANGED,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject="extracts",
        detail=detail,
        reason=reason.strip(),
    )
