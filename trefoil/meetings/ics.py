"""One meeting as an iCalendar file, which Outlook and phones open: when and where, and nothing of the agenda."""

from datetime import datetime

from icalendar import Calendar

from trefoil.notifications.calendar_feed import event_of
from trefoil.notifications.entries import Entry

from .enums import MeetingState
from .models import Meeting

PRODUCT = "-//Trefoil//Meetings//EN"


def meeting_as_calendar(meeting: Meeting, path: str, now: datetime) -> bytes:
    """The file. `path` is the page of the meeting; a cancelled one says so, and each change counts up.

    The event is the one of the feeds and has its UID, which is of this installation alone.
    """
    entry = Entry(
        f"meeting:{meeting.pk}",
        "meeting",
        meeting.group.name,
        meeting.starts_at,
        path,
        meeting.ends_at,
        where=meeting.place,
        version=meeting.version,
        is_cancelled=meeting.state == MeetingState.CANCELLED,
    )
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event_of(entry, now))
    return bytes(calendar.to_ical())
