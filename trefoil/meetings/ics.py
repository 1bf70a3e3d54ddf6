"""One meeting as an iCalendar file, which Outlook and phones open: when and where, and nothing of the agenda."""

from datetime import UTC, datetime

from icalendar import Calendar, Event

from .enums import MeetingState
from .models import Meeting

PRODUCT = "-//Trefoil//Meetings//EN"


def meeting_as_calendar(meeting: Meeting, address: str, now: datetime) -> bytes:
    """The file. `address` is the page of the meeting; a cancelled one says so, and each change counts up."""
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@trefoil")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", meeting.group.name)
    event.add("location", meeting.place)
    event.add("url", address)
    event.add("sequence", meeting.version)
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
