"""Minutes: drafted from the record, written, circulated, opened again, approved at a later meeting."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.models import Person

from ..drafting import drafted
from ..enums import MeetingState, MinutesState
from ..models import Meeting, Minutes, MinutesEntry
from ..rules import check_reason, check_runs
from ..states import MINUTES_MOVES
from ..telling import tell_minutes_are_approved, tell_minutes_are_out
from ..trail import on_meeting
from .deadlines import await_minutes, minutes_are_out


@transaction.atomic
def draft_minutes(*, meeting: Meeting, by: Person, now: datetime) -> Minutes:
    """Write a first draft from what was recorded. Refused until the meeting was held, and when there are minutes."""
    check_runs(by, meeting.group, now=now)
    held = Meeting.objects.select_for_update(of=("self",)).select_related("group", "partnership").get(pk=meeting.pk)
    if held.state != MeetingState.HELD:
        raise NotAllowedError("Minutes are drafted once the meeting has been held.")
    if Minutes.objects.filter(meeting=held).exists():
        raise NotAllowedError("The minutes have been drafted already.")
    minutes = Minutes.objects.create(meeting=held, changed_at=now, changed_by=by)
    MinutesEntry.objects.bulk_create(
        MinutesEntry(
            minutes=minutes,
            position=position,
            kind=entry.kind,
            item=entry.item,
            heading=entry.heading,
            words=entry.words,
        )
        for position, entry in enumerate(drafted(held), start=1)
    )
    record(event=EventType.MINUTES_DRAFTED, by=by, now=now, **on_meeting(held))
    return minutes


@transaction.atomic
def write_minutes(
    *, minutes: Minutes, words: Mapping[int, str], seen_version: int, by: Person, now: datetime
) -> Minutes:
    """Change the words of a draft, by the key of each entry.

    Raises ChangedMeanwhileError when somebody was quicker, and NotAllowedError when the minutes are no draft any more.
    """
    check_runs(by, minutes.meeting.group, now=now)
    changed = Minutes.objects.filter(pk=minutes.pk, version=seen_version, state=MinutesState.DRAFT).update(
        version=seen_version + 1, changed_at=now, changed_by=by
    )
    if not changed:
        held = Minutes.objects.select_related("changed_by", "meeting__group").get(pk=minutes.pk)
        if held.state == MinutesState.DRAFT:
            raise ChangedMeanwhileError(held)
        raise NotAllowedError("Somebody has circulated these minutes in the meantime. Open them again first.")
    for entry in MinutesEntry.objects.filter(minutes=minutes, pk__in=words):
        MinutesEntry.objects.filter(pk=entry.pk).update(words=words[entry.pk].strip())
    record(event=EventType.MINUTES_WRITTEN, by=by, now=now, **on_meeting(minutes.meeting))
    minutes.refresh_from_db()
    return minutes


@transaction.atomic
def circulate_minutes(*, minutes: Minutes, by: Person, now: datetime) -> None:
    """Let the members read the minutes. They cannot be changed until they are opened again."""
    _move("circulate_minutes", minutes, by=by, now=now, circulated_at=now, circulated_by=by)
    minutes_are_out(meeting=minutes.meeting, by=by, now=now)
    record(event=EventType.MINUTES_CIRCULATED, by=by, now=now, **on_meeting(minutes.meeting))
    tell_minutes_are_out(minutes, by=by, now=now)


@transaction.atomic
def reopen_minutes(*, minutes: Minutes, reason: str, by: Person, now: datetime) -> None:
    """Take circulated minutes back into draft, with a reason. Approved ones stay as they are."""
    why = check_reason(reason)
    _move("reopen_minutes", minutes, by=by, now=now, circulated_at=None, circulated_by=None)
    await_minutes(meeting=minutes.meeting, by=by, now=now)
    record(event=EventType.MINUTES_WRITTEN, by=by, now=now, reason=why, **on_meeting(minutes.meeting))


@transaction.atomic
def approve_minutes(
    *, minutes: Minutes, approved_in: Meeting, by: Person, now: datetime, corrections: str = ""
) -> None:
    """Approve circulated minutes at a later meeting of the same group, with the corrections that it asked for."""
    meeting = minutes.meeting
    if approved_in.group_id != meeting.group_id or approved_in.starts_at <= meeting.starts_at:
        raise NotAllowedError("Minutes are approved at a later meeting of the same group.")
    if approved_in.state == MeetingState.CANCELLED or now < approved_in.starts_at:
        raise NotAllowedError("That meeting has not taken place.")
    _move(
        "approve_minutes",
        minutes,
        by=by,
        now=now,
        approved_at=now,
        approved_by=by,
        approved_in=approved_in,
        corrections=corrections.strip(),
    )
    detail = {"approved_in": approved_in.pk, "corrected": bool(corrections.strip())}
    record(event=EventType.MINUTES_APPROVED, by=by, now=now, detail=detail, **on_meeting(meeting))
    tell_minutes_are_approved(minutes, by=by, now=now)


def _move(move: str, minutes: Minutes, *, by: Person, now: datetime, **fields: object) -> None:
    """Check, then change the status unless somebody else has in the meantime."""
    check_runs(by, minutes.meeting.group, now=now)
    before, after, _ = MINUTES_MOVES[move]
    moved = Minutes.objects.filter(pk=minutes.pk, state__in=before).update(
        state=after, version=minutes.version + 1, changed_at=now, changed_by=by, **fields
    )
    if not moved:
        raise NotAllowedError(f"The minutes are {minutes.get_state_display().lower()}, so this cannot be done now.")
    minutes.refresh_from_db()
