"""Messages to those who sit in a group: what is out, and when it meets instead. Each says which meeting and no more."""

from collections import defaultdict
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.rules import permissions_of
from trefoil.notifications.enums import MessageKind
from trefoil.notifications.operations import NewMessage, queue_messages
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, Group, Person

from .members import members_of
from .models import Meeting, Minutes
from .words import day_words, moment_words


def tell_agenda_is_out(meeting: Meeting, *, by: Person, now: datetime) -> None:
    """Its members hear that they can read the agenda and papers; again when it is sent anew after a move."""
    _tell(meeting, f"The agenda and papers of {meeting} are out.", f"agenda:{meeting.version}", by=by, now=now)


def tell_it_moved(meeting: Meeting, was_at: datetime, *, by: Person, now: datetime) -> None:
    """Its members hear when and where it meets instead."""
    was, place = day_words(timezone.localdate(was_at)), f", {meeting.place}" if meeting.place else ""
    words = f"{meeting.group} does not meet as planned on {was}, but on {moment_words(meeting.starts_at)}{place}."
    _tell(meeting, words, f"moved:{meeting.version}", by=by, now=now)


def tell_it_is_cancelled(meeting: Meeting, *, by: Person, now: datetime) -> None:
    """Its members hear that it does not take place. The reason stands on its page."""
    _tell(meeting, f"{meeting} is cancelled.", f"cancelled:{meeting.version}", by=by, now=now)


def tell_minutes_are_out(minutes: Minutes, *, by: Person, now: datetime) -> None:
    """Members hear that they can read the draft minutes; again when these were opened and sent round anew."""
    words = f"The draft minutes of {minutes.meeting} are out. The next meeting is asked to approve them."
    _tell(minutes.meeting, words, f"minutes:{minutes.version}", by=by, now=now, to="minutes_detail")


def tell_minutes_are_approved(minutes: Minutes, *, by: Person, now: datetime) -> None:
    """Members hear that the minutes stand."""
    words = f"The minutes of {minutes.meeting} are approved."
    _tell(minutes.meeting, words, "minutes:approved", by=by, now=now, to="minutes_detail")


def _tell(meeting: Meeting, words: str, about: str, *, by: Person, now: datetime, to: str = "meeting_detail") -> None:
    partnership = meeting.partnership
    path = reverse(to, args=[partnership.slug, meeting.pk])
    queue_messages(
        messages=[
            NewMessage(person, partnership, MessageKind.MEETING, words, path, f"meeting:{meeting.pk}:{about}")
            for person in told_of(meeting.group, now)
        ],
        by=by,
        now=now,
    )


def told_of(group: Group, now: datetime) -> list[Person]:
    """Who sits in the group today, by a seat of their own or by a duty, and holds a duty that lets them open its pages.

    Somebody whose seat begins later hears of nothing yet: the page would not open for them.
    """
    day = timezone.localdate(now)
    people = [member.person for member in members_of(group, day)]
    kinds: dict[int, list[DutyKind]] = defaultdict(list)
    held = Duty.objects.in_force_on(day).filter(partnership=group.partnership_id, person__in=people)
    for person, kind in held.values_list("person", "kind"):
        kinds[person].append(DutyKind(kind))
    return [one for one in people if Permission.READ_MEETINGS in permissions_of(kinds[one.pk], group.partnership)]
