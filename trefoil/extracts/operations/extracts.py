"""An extract's life: received, checked, then stored, refused, or waiting for a person to say what values mean."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Partnership, Person

from ..checked import Checked
from ..enums import ExtractShape, ExtractState
from ..models import Extract, ExtractMove
from ..rules import check_may, check_move, has_kept_file
from ..spool import Taken
from ..states import MOVES
from .reports import keep_report

LONGEST_REASON = 500


@transaction.atomic
def receive_extract(
    *,
    partnership: Partnership,
    agency: Agency,
    shape: ExtractShape,
    as_at: date,
    taken: Taken,
    key: uuid.UUID,
    by: Person | None,
    now: datetime,
    year: int | None = None,
) -> Extract:
    """Note that a file has come in. `by` None is an installer at the command line; `key` names its folder.

    Raises NotAllowedError when the same file is held already or is being checked, and for a partnership that shows
    published figures alone: what is made up for a demo never stands under a real authority's name.
    """
    check_may(Permission.EXTRACT_LOAD, by, partnership, now)
    if partnership.published_only:
        raise NotAllowedError(f"{partnership.short_name} shows published figures alone; it takes no extracts")
    if as_at > timezone.localdate(now):
        raise NotAllowedError("the day it was taken cannot be in the future")
    try:
        with transaction.atomic():
            extract = Extract.objects.create(
                key=key,
                partnership=partnership,
                agency=agency,
                shape=shape,
                year=year,
                as_at=as_at,
                file_name=taken.name,
                sha256=taken.sha256,
                size=taken.size,
                received_at=now,
                received_by=by,
            )
    except IntegrityError as same:
        raise NotAllowedError("this very file is stored already, or is being checked") from same
    ExtractMove.objects.create(extract=extract, to_state=ExtractState.RECEIVED, moved_at=now, moved_by=by)
    _record(EventType.EXTRACT_RECEIVED, extract, by=by, now=now, detail={"shape": shape.value, "bytes": taken.size})
    return extract


@transaction.atomic
def begin_check(*, extract: Extract, by: Person | None, now: datetime) -> None:
    """The job takes it up. How often is counted, so that one that kills its worker is not tried forever."""
    Extract.objects.filter(pk=extract.pk).update(attempts=F("attempts") + 1, progress=0, step="")
    _move("begin_check", EventType.EXTRACT_CHECKED, extract, by=by, now=now)
    extract.refresh_from_db()


@transaction.atomic
def put_back(*, extract: Extract, reason: str, by: Person | None, now: datetime) -> None:
    """Its worker was stopped in the middle: it waits for the next one."""
    _move("put_back", EventType.EXTRACT_CHECKED, extract, by=by, now=now, reason=reason)


@transaction.atomic
def keep_stored(
    *, extract: Extract, checked: Checked, rows: Mapping[str, int], edition: str, by: Person | None, now: datetime
) -> None:
    """Its folder is in the store: note how many rows each table has, and what the check found."""
    keep_report(extract=extract, checked=checked, by=by, now=now)
    Extract.objects.filter(pk=extract.pk).update(rows=dict(rows), edition=edition, progress=100, step="")
    _move("keep_stored", EventType.EXTRACT_STORED, extract, by=by, now=now, detail={"rows": sum(rows.values())})
    extract.refresh_from_db()


@transaction.atomic
def hold_for_values(*, extract: Extract, checked: Checked, by: Person | None, now: datetime) -> None:
    """Nothing is stored: values that are in no code list wait until a person says what they mean."""
    keep_report(extract=extract, checked=checked, by=by, now=now)
    reason = f"{len(checked.unmapped):,} values are in no code list"
    _move("hold_for_values", EventType.EXTRACT_REFUSED, extract, by=by, now=now, reason=reason)


@transaction.atomic
def check_again(*, extract: Extract, by: Person, now: datetime) -> None:
    """Its values are decided: the kept file waits for a worker once more.

    Raises NotAllowedError when the file is no longer kept, or has been sent again in the meantime.
    """
    check_may(Permission.EXTRACT_LOAD, by, extract.partnership, now)
    check_move("check_again", extract)
    if not has_kept_file(extract, now):
        raise NotAllowedError("the file is no longer here; send it again")
    try:
        with transaction.atomic():
            _move("check_again", EventType.EXTRACT_CHECKED, extract, by=by, now=now)
            Extract.objects.filter(pk=extract.pk).update(attempts=0, progress=0, step="")
    except IntegrityError as same:
        raise NotAllowedError("this very file was sent again, and is stored or being checked") from same
    extract.refresh_from_db()


@transaction.atomic
def refuse_extract(*, extract: Extract, checked: Checked, by: Person | None, now: datetime) -> None:
    """Nothing is stored: the file has faults."""
    keep_report(extract=extract, checked=checked, by=by, now=now)
    _move("refuse_extract", EventType.EXTRACT_REFUSED, extract, by=by, now=now, reason=f"{checked.faults:,} faults")


@transaction.atomic
def stop_extract(*, extract: Extract, reason: str, by: Person | None, now: datetime) -> None:
    """The check could not be brought to an end; `reason` says why in words for the screen."""
    _move("stop_extract", EventType.EXTRACT_STOPPED, extract, by=by, now=now, reason=reason)


def _move(
    move: str,
    event: EventType,
    extract: Extract,
    *,
    by: Person | None,
    now: datetime,
    reason: str = "",
    detail: dict[str, int] | None = None,
) -> None:
    """Change the status unless somebody else has in the meantime, with its history and trail."""
    check_move(move, extract)
    from_states, to_state, _ = MOVES[move]
    before, words = extract.state, reason.strip()[:LONGEST_REASON]
    if not Extract.objects.filter(pk=extract.pk, state__in=from_states).update(state=to_state):
        raise NotAllowedError("something else has moved this extract in the meantime; look at it again")
    ExtractMove.objects.create(
        extract=extract, from_state=before, to_state=to_state, moved_at=now, moved_by=by, reason=words
    )
    extract.state = to_state
    _record(event, extract, by=by, now=now, detail=detail, reason=words)


def _record(
    event: EventType,
    extract: Extract,
    *,
    by: Person | None,
    now: datetime,
    detail: Mapping[str, str | int] | None = None,
    reason: str = "",
) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=extract.partnership.slug,
        subject=f"extract:{extract.pk}",
        detail={"as_at": extract.as_at.isoformat(), "status": extract.state, **(detail or {})},
        reason=reason,
    )
