"""The meetings on a person's calendar: on the page of everything due, and in the feed that Outlook subscribes to."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from trefoil.access.queries import groups_sat_in
from trefoil.access.rules import Standing
from trefoil.notifications.entries import Entry

from .enums import MeetingState
from .models import Meeting
from .rules import meetings_visible_to
from .words import MEETING_COLOURS


def entries_for(standing: Standing, start: date, end: date) -> Iterable[Entry]:
    """Every meeting that the reader may know of from `start` to `end`, both included. Two queries."""
    begin, after = _moment(start), _moment(end + timedelta(days=1))
    mine = set(groups_sat_in(standing, today=timezone.localdate()).values_list("pk", flat=True))
    for meeting in meetings_visible_to(standing).filter(starts_at__gte=begin, starts_at__lt=after):
        yield entry_of(meeting, is_mine=meeting.group_id in mine)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def entry_of(meeting: Meeting, *, is_mine: bool) -> Entry:
    """When and where a meeting is, and nothing of its agenda."""
    return Entry(
        reference=f"meeting:{meeting.pk}",
        kind="meeting",
        title=meeting.group.name,
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        path=reverse("meeting_detail", args=[meeting.partnership.slug, meeting.pk]),
        where=meeting.place,
        version=meeting.version,
        group_id=meeting.group_id,
        group=meeting.group.name,
        is_mine=is_mine,
        is_cancelled=meeting.state == MeetingState.CANCELLED,
        status=MEETING_COLOURS[MeetingState(meeting.state)],
        status_words=meeting.get_state_display(),
    )
