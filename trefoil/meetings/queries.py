"""What operations and pages ask of the tables: the terms that hold, who is expected, how the quorum stands."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from trefoil.people.enums import GroupRole
from trefoil.people.models import Group

from .enums import MeetingState, Presence
from .members import VOTES, Member, members_of
from .models import Attendance, ChairTerm, Cycle, Meeting, Terms
from .quorum import Quorum, QuorumRule, Seat, quorum_of

# What holds for a group that has agreed no terms of reference: half its members or more, nobody in particular.
NO_TERMS_SHARE = 2


def terms_in_force(group: Group, day: date) -> Terms | None:
    """The newest version that was agreed on or before the day."""
    agreed = Terms.objects.filter(group=group, agreed_on__lte=day).prefetch_related("quorum_rows__agency")
    return agreed.order_by("-number").first()


def draft_of(group: Group) -> Terms | None:
    """The version that no meeting has agreed yet."""
    return Terms.objects.filter(group=group, agreed_on__isnull=True).prefetch_related("quorum_rows__agency").first()


def newest_terms(group: Group) -> Terms | None:
    """The draft, or else the version that was agreed last."""
    known = Terms.objects.filter(group=group).select_related("changed_by", "agreed_at_meeting__group")
    return known.order_by("-number").first()


def quorum_rule(terms: Terms | None, members: Iterable[Member]) -> QuorumRule:
    """What the terms ask for; without terms half of the members, rounded up."""
    if terms is None:
        voting = sum(member.counts for member in members)
        return QuorumRule(number=max(1, -(-voting // NO_TERMS_SHARE)))
    agencies = tuple((row.agency_id, row.agency.name) for row in terms.quorum_rows.all())
    return QuorumRule(terms.quorum_number, agencies, terms.substitutes_count)


def quorum_now(meeting: Meeting, rows: Iterable[Attendance], members: list[Member]) -> Quorum:
    """How the quorum stands with what has been noted. Guests and advisers do not count."""
    rule = quorum_rule(terms_in_force(meeting.group, day_of(meeting)), members)
    seats = [
        Seat(row.agency_id, Presence(row.presence)) for row in rows if not row.is_guest and GroupRole(row.role) in VOTES
    ]
    return quorum_of(rule, seats)


def quorum_words(meeting: Meeting, members: list[Member]) -> str:
    """What a quorum of this meeting is."""
    return quorum_rule(terms_in_force(meeting.group, day_of(meeting)), members).words


def members_at(meeting: Meeting) -> list[Member]:
    """Who sat in the group on the day of the meeting."""
    return members_of(meeting.group, day_of(meeting))


def day_of(meeting: Meeting) -> date:
    """The day in England on which it begins."""
    return timezone.localdate(meeting.starts_at)


def cycle_of(group: Group) -> Cycle | None:
    """How often it meets, if anybody has said."""
    return Cycle.objects.filter(group=group).first()


def turn_on(group: Group, day: date) -> ChairTerm | None:
    """Whose turn in the chair it is on a day."""
    return ChairTerm.objects.filter(group=group, starts_on__lte=day, ends_on__gte=day).select_related("agency").first()


def turns_of(group: Group) -> list[ChairTerm]:
    """Every turn in the chair that was planned, the earliest first."""
    return list(ChairTerm.objects.filter(group=group).select_related("agency").order_by("starts_on"))


def next_turn(group: Group, day: date) -> ChairTerm | None:
    """The turn that begins next after a day."""
    return (
        ChairTerm.objects.filter(group=group, starts_on__gt=day).select_related("agency").order_by("starts_on").first()
    )


def next_meeting_of(group: Group, after: datetime) -> Meeting | None:
    """The first that begins later and is not cancelled."""
    later = Meeting.objects.filter(group=group, starts_at__gt=after).exclude(state=MeetingState.CANCELLED)
    return later.order_by("starts_at").first()


def meeting_before(meeting: Meeting) -> Meeting | None:
    """The last one of the same group that was held before it."""
    held = Meeting.objects.filter(group=meeting.group, starts_at__lt=meeting.starts_at, state=MeetingState.HELD)
    return held.order_by("-starts_at").first()


def attendance_at(meetings: Iterable[Meeting]) -> list[Attendance]:
    """How people took part in these meetings. One query."""
    rows = Attendance.objects.filter(meeting__in=list(meetings)).select_related("agency")
    return list(rows)
