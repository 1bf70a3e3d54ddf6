"""A meeting's life: called from the cycle or by hand, moved, cancelled, its agenda sent, held."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from trefoil.access.at_once import unless_just_entered
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.clocks.reckoning.calendar import is_working_day
from trefoil.people.models import Group, Person

from ..dates import CycleDay, CycleRule, cycle_days
from ..enums import MeetingState, Presence
from ..models import AgendaItem, Attendance, Meeting, MeetingMove
from ..queries import cycle_of, day_of, members_at, quorum_now
from ..rules import check_reason, check_runs
from ..states import MEETING_MOVES
from ..telling import tell_agenda_is_out, tell_it_is_cancelled, tell_it_moved
from ..trail import on_group, on_meeting
from .deadlines import await_minutes, await_papers, papers_are_not_awaited, papers_are_out

LONGEST_PLAN_DAYS = 800


@transaction.atomic
def plan_dates(*, group: Group, start: date, end: date, by: Person, now: datetime) -> list[Meeting]:
    """Call every meeting of the cycle from `start` to `end`, both included, that was not called before.

    One that was moved or cancelled by hand is not called again. Raises NotAllowedError with the reason why not.
    """
    check_runs(by, group, now=now)
    cycle = cycle_of(group)
    if cycle is None:
        raise NotAllowedError(f"First say how often {group} meets.")
    if not start <= end or (end - start).days > LONGEST_PLAN_DAYS:
        raise NotAllowedError("The last day has to come after the first, and within two years of it.")
    list(Group.objects.select_for_update().filter(pk=group.pk))  # two plans at once would call each day twice
    rule = CycleRule(cycle.every, cycle.unit, cycle.weekday, cycle.nth, cycle.starts_on)
    wanted = [day for day in cycle_days(rule, start, end, is_working_day) if not _called(group, day)]
    called = []
    for day in wanted:
        meeting = _create(group, _moment(day.on, cycle.begins), cycle.minutes_long, cycle.place, day.instead_of)
        MeetingMove.objects.create(meeting=meeting, to_state=MeetingState.PLANNED, moved_at=now, moved_by=by)
        await_papers(meeting=meeting, by=by, now=now)
        called.append(meeting)
    record(
        event=EventType.MEETING_CALLED,
        by=by,
        now=now,
        detail={"days": [f"{day.on}" for day in wanted]},
        **on_group(group),
    )
    return called


def _called(group: Group, day: CycleDay) -> bool:
    first_planned_for = day.instead_of or day.on
    known = Meeting.objects.filter(group=group)
    return known.filter(instead_of=first_planned_for).exists() or known.filter(starts_at__date=day.on).exists()


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _create(group: Group, starts_at: datetime, minutes_long: int, place: str, instead_of: date | None) -> Meeting:
    with unless_just_entered(f"a meeting of {group} at that time"):
        return Meeting.objects.create(
            partnership=group.partnership,
            group=group,
            starts_at=starts_at,
            minutes_long=minutes_long,
            place=place.strip(),
            instead_of=instead_of,
        )


@transaction.atomic
def call_meeting(
    *,
    group: Group,
    starts_at: datetime,
    minutes_long: int,
    by: Person,
    now: datetime,
    place: str = "",
    reason: str = "",
) -> Meeting:
    """Call one meeting outside the cycle. Raises NotAllowedError with the reason why not."""
    check_runs(by, group, now=now)
    _check_free(group, starts_at)
    meeting = _create(group, starts_at, minutes_long, place, None)
    MeetingMove.objects.create(
        meeting=meeting, to_state=MeetingState.PLANNED, moved_at=now, moved_by=by, reason=reason.strip()
    )
    await_papers(meeting=meeting, by=by, now=now)
    record(
        event=EventType.MEETING_CALLED,
        by=by,
        now=now,
        detail={"starts_at": starts_at.isoformat()},
        reason=reason.strip(),
        **on_meeting(meeting),
    )
    return meeting


def _check_free(group: Group, starts_at: datetime) -> None:
    taken = Meeting.objects.filter(group=group, starts_at=starts_at).exclude(state=MeetingState.CANCELLED)
    if taken.exists():
        raise NotAllowedError(f"{group} already meets then.")


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, starts_at: datetime, reason: str, by: Person, now: datetime, place: str | None = None
) -> None:
    """Put a meeting on another day, time or place, with a reason. An agenda that was sent has to be sent again."""
    check_runs(by, meeting.group, now=now)
    why = check_reason(reason)
    held = _open(meeting)
    new_place = held.place if place is None else place.strip()
    if (starts_at, new_place) == (held.starts_at, held.place):
        raise NotAllowedError("This is when and where it meets already.")
    if starts_at != held.starts_at:
        _check_free(held.group, starts_at)
    _, after, _ = MEETING_MOVES["move_meeting"]
    instead_of = held.instead_of or day_of(held)
    with unless_just_entered(f"a meeting of {held.group} at that time"):
        Meeting.objects.filter(pk=held.pk).update(
            starts_at=starts_at, place=new_place, state=after, instead_of=instead_of, version=held.version + 1
        )
    _moved(held, after, by=by, now=now, reason=why)
    record(
        event=EventType.MEETING_MOVED,
        by=by,
        now=now,
        detail={"was": held.starts_at.isoformat(), "is": starts_at.isoformat(), "place": new_place},
        reason=why,
        **on_meeting(meeting),
    )
    meeting.refresh_from_db()
    await_papers(meeting=meeting, by=by, now=now)
    if meeting.starts_at > now:
        tell_it_moved(meeting, held.starts_at, by=by, now=now)


def _open(meeting: Meeting) -> Meeting:
    """The meeting as it is, held until the end of the transaction. Raises NotAllowedError when it is over."""
    held = Meeting.objects.select_for_update(of=("self",)).select_related("group", "partnership").get(pk=meeting.pk)
    if not held.is_open:
        raise NotAllowedError(f"This meeting is {held.get_state_display().lower()}, so this cannot be done now.")
    return held


def _moved(held: Meeting, after: MeetingState, *, by: Person, now: datetime, reason: str = "") -> None:
    MeetingMove.objects.create(
        meeting=held,
        from_state=held.state,
        to_state=after,
        was_at=held.starts_at,
        moved_at=now,
        moved_by=by,
        reason=reason,
    )


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: Person, now: datetime) -> None:
    """Cancel a meeting, with a reason. It stays on record."""
    check_runs(by, meeting.group, now=now)
    why = check_reason(reason)
    held = _open(meeting)
    _, after, _ = MEETING_MOVES["cancel_meeting"]
    Meeting.objects.filter(pk=held.pk).update(state=after, version=held.version + 1)
    _moved(held, after, by=by, now=now, reason=why)
    papers_are_not_awaited(meeting=held, reason=why, by=by, now=now)
    record(event=EventType.MEETING_CANCELLED, by=by, now=now, reason=why, **on_meeting(meeting))
    meeting.refresh_from_db()
    if meeting.starts_at > now:
        tell_it_is_cancelled(meeting, by=by, now=now)


@transaction.atomic
def send_agenda(*, meeting: Meeting, by: Person, now: datetime) -> None:
    """Say that agenda and papers are ready for the members. Refused while the agenda is empty."""
    check_runs(by, meeting.group, now=now)
    held = _open(meeting)
    before, after, _ = MEETING_MOVES["send_agenda"]
    if held.state not in before:
        raise NotAllowedError("The agenda has been sent already.")
    if not AgendaItem.objects.filter(meeting=held, removed_reason="").exists():
        raise NotAllowedError("There is nothing on the agenda yet.")
    Meeting.objects.filter(pk=held.pk).update(state=after, version=held.version + 1)
    _moved(held, after, by=by, now=now)
    papers_are_out(meeting=held, by=by, now=now)
    record(event=EventType.AGENDA_SENT, by=by, now=now, **on_meeting(meeting))
    meeting.refresh_from_db()
    tell_agenda_is_out(meeting, by=by, now=now)


@transaction.atomic
def hold_meeting(*, meeting: Meeting, by: Person, now: datetime) -> None:
    """Close a meeting that was held: who was not noted is absent, and the quorum is written down as it stood.

    Refused before its day, and while nobody was noted as present.
    """
    check_runs(by, meeting.group, now=now)
    held = _open(meeting)
    if timezone.localdate(now) < day_of(held):
        raise NotAllowedError("It has not begun yet.")
    members, rows = members_at(held), list(held.attendance.all())
    if not any(row.presence in {Presence.PRESENT, Presence.SUBSTITUTE} for row in rows):
        raise NotAllowedError("Note first who is there. If nobody came, cancel the meeting.")
    rows += _absent(held, members_not_in=rows, by=by, now=now)
    quorum = quorum_now(held, rows, members)
    _, after, _ = MEETING_MOVES["hold_meeting"]
    Meeting.objects.filter(pk=held.pk).update(
        state=after, quorate=quorum.met, quorum_words=quorum.words[:400], version=held.version + 1
    )
    _moved(held, after, by=by, now=now)
    papers_are_not_awaited(meeting=held, reason="Held without sending an agenda.", by=by, now=now)
    await_minutes(meeting=held, by=by, now=now)
    record(event=EventType.MEETING_HELD, by=by, now=now, detail={"quorate": quorum.met}, **on_meeting(meeting))
    meeting.refresh_from_db()


def _absent(held: Meeting, *, members_not_in: list[Attendance], by: Person, now: datetime) -> list[Attendance]:
    Attendance.objects.filter(meeting=held, presence=Presence.EXPECTED).update(presence=Presence.ABSENT)
    noted = {row.person_id for row in members_not_in}
    return Attendance.objects.bulk_create(
        Attendance(
            meeting=held,
            person=member.person,
            agency=member.agency,
            role=member.role,
            presence=Presence.ABSENT,
            noted_at=now,
            noted_by=by,
        )
        for member in members_at(held)
        if member.person.pk not in noted
    )
