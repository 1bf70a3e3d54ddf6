"""Entries as iCalendar (RFC 5545), in the way that Outlook, phones and calendar servers all read.

Moments are written in UTC, which every program turns into its reader's own time; there is then no time zone to get
wrong, in summer or in winter. Days are written as days, so that a deadline does not move by an hour.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vDuration
from icalendar.prop import vText

from .entries import Entry
from .queries import READ_AT_MOST_EVERY

PRODUCT = "-//Trefoil//Calendar//EN"
# What no text may hold (RFC 5545, 3.3.11): for one that was pasted into a title, a program refuses the whole feed.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def calendar_feed(entries: Iterable[Entry], *, name: str, now: datetime) -> bytes:
    """The feed. It holds titles, times, places and links; what is restricted is left out, whoever asks."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(_in_lines(name)))
    # How often to come again: the standard's way, and Outlook's.
    calendar.add("refresh-interval", vDuration(READ_AT_MOST_EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_AT_MOST_EVERY))
    for entry in entries:
        if not entry.is_restricted:
            calendar.add_component(event_of(entry, now))
    return bytes(calendar.to_ical())


def event_of(entry: Entry, now: datetime) -> Event:
    """One entry. Its UID is the record's, for good; SEQUENCE goes up when the record changes."""
    event = Event()
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    event.add("uid", f"{entry.reference.replace(':', '-')}-{entry.kind}@{host}")
    event.add("dtstamp", (entry.changed_at or now).astimezone(UTC))
    if entry.changed_at:
        event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.version)
    event.add("summary", _in_lines(entry.title))
    event.add("dtstart", _in_utc(entry.starts))
    event.add("dtend", _in_utc(entry.last))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    # A deadline takes no time out of anybody's day.
    event.add("transp", "OPAQUE" if entry.is_timed else "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("url", urljoin(settings.PUBLIC_ADDRESS, entry.path))
    if entry.where:
        event.add("location", _in_lines(entry.where))
    return event


def _in_utc(moment: date | datetime) -> date | datetime:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def _in_lines(text: str) -> str:
    """A text whose lines end in one way, with a space for each other control character but a tab."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
