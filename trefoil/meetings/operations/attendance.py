"""Who is there, who sent apologies or a substitute, which guests came, and what interests were declared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Person

from ..enums import Presence
from ..members import Member
from ..models import AgendaItem, Attendance, DeclaredInterest, Meeting
from ..queries import members_at
from ..rules import check_runs, may_run
from ..trail import on_meeting


@dataclass(frozen=True)
class Note:
    """How one member takes part. `substitute_name` only for somebody who sent one.

    `seen`: the presence and substitute that the writer had before them; None where a member speaks of themselves.
    """

    person_id: int
    presence: Presence
    substitute_name: str = ""
    seen: tuple[str, str] | None = None


@transaction.atomic
def note_attendance(*, meeting: Meeting, notes: Sequence[Note], by: Person, now: datetime) -> None:
    """Note how members take part; what was noted of them before is replaced. Raises NotAllowedError with why not."""
    check_runs(by, meeting.group, now=now)
    _note_all(meeting, notes, by=by, now=now)


@transaction.atomic
def send_word(*, meeting: Meeting, presence: Presence, by: Person, now: datetime, substitute_name: str = "") -> None:
    """A member says of themselves, before the meeting, that they come, send a substitute or send apologies."""
    if presence not in {Presence.EXPECTED, Presence.SUBSTITUTE, Presence.APOLOGIES}:
        raise NotAllowedError("Who is there is noted at the meeting itself.")
    if now >= meeting.starts_at:
        raise NotAllowedError("The meeting has begun. Tell who runs it.")
    _note_all(meeting, [Note(by.pk, presence, substitute_name)], by=by, now=now)


def _note_all(meeting: Meeting, notes: Sequence[Note], *, by: Person, now: datetime) -> None:
    held = _open(meeting)
    members = {member.person.pk: member for member in members_at(held)}
    noted = {row.person_id: (row.presence, row.substitute_name) for row in Attendance.objects.filter(meeting=held)}
    for note in notes:
        member = members.get(note.person_id)
        if member is None:
            raise NotAllowedError(f"Only members of {held.group} are noted so. Add others as guests.")
        if note.seen is not None and note.seen != noted.get(note.person_id, (Presence.EXPECTED, "")):
            raise NotAllowedError(f"Somebody has noted something else of {member.person} meanwhile. Look again.")
        _note(held, note, member, by=by, now=now)
    record(
        event=EventType.ATTENDANCE_NOTED,
        by=by,
        now=now,
        detail={str(note.person_id): note.presence.value for note in notes},
        **on_meeting(held),
    )


def _open(meeting: Meeting) -> Meeting:
    held = Meeting.objects.select_for_update(of=("self",)).select_related("group", "partnership").get(pk=meeting.pk)
    if not held.is_open:
        raise NotAllowedError(f"This meeting is {held.get_state_display().lower()}, so its attendance stays as it is.")
    return held


def _note(held: Meeting, note: Note, member: Member, *, by: Person, now: datetime) -> None:
    substitute = note.substitute_name.strip() if note.presence == Presence.SUBSTITUTE else ""
    if note.presence == Presence.SUBSTITUTE and not substitute:
        raise NotAllowedError(f"Say who comes instead of {member.person}.")
    Attendance.objects.update_or_create(
        meeting=held,
        person=member.person,
        defaults={
            "agency": member.agency,
            "role": member.role,
            "presence": note.presence,
            "substitute_name": substitute,
            "noted_at": now,
            "noted_by": by,
        },
    )


@transaction.atomic
def add_guest(*, meeting: Meeting, name: str, by: Person, now: datetime, agency: Agency | None = None) -> Attendance:
    """Somebody who comes and is no member: for one item, to observe, to present. Guests do not count for the quorum."""
    check_runs(by, meeting.group, now=now)
    held = _open(meeting)
    if not name.strip():
        raise NotAllowedError("Say who the guest is.")
    guest = Attendance.objects.create(
        meeting=held, guest_name=name.strip(), agency=agency, presence=Presence.PRESENT, noted_at=now, noted_by=by
    )
    record(event=EventType.ATTENDANCE_NOTED, by=by, now=now, detail={"guest": guest.pk}, **on_meeting(held))
    return guest


@transaction.atomic
def declare_interest(
    *,
    meeting: Meeting,
    person: Person,
    words: str,
    by: Person,
    now: datetime,
    item: AgendaItem | None = None,
    withdrew: bool = False,
) -> DeclaredInterest:
    """Note an interest in one item or the whole meeting, and whether the person leaves for it.

    A member declares their own; whoever runs the meeting notes anybody's.
    """
    held = _open(meeting)
    standing = standing_of(by, held.partnership, now=now)
    sits = {member.person.pk for member in members_at(held)}
    if person.pk not in sits or not (by.pk == person.pk or may_run(standing, held.group)):
        raise NotAllowedError(f"Members of {held.group} declare their own interests; who runs the meeting notes them.")
    if not words.strip():
        raise NotAllowedError("Say what the interest is.")
    if item is not None and item.meeting_id != held.pk:
        raise NotAllowedError("That item is on the agenda of another meeting.")
    declared = DeclaredInterest.objects.create(
        meeting=held,
        person=person,
        item=item,
        words=words.strip(),
        withdrew=withdrew,
        declared_at=now,
        declared_by=by,
    )
    record(
        event=EventType.INTEREST_DECLARED,
        by=by,
        now=now,
        detail={"person": person.pk, "item": item.pk if item else None, "withdrew": withdrew},
        **on_meeting(held),
    )
    return declared
