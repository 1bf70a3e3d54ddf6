"""The trail, narrowed by person, kind, record and dates, and as rows of a file."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from trefoil.access.enums import WORDS, Permission
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind

READS = (EventType.RECORD_READ, EventType.EXPORTED)
NOBODY = "The installation"
CSV_HEADINGS = ("Number", "When", "Who", "What", "About", "Details", "Reason")
# A cell that begins so is run as a formula by spreadsheets.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class TrailFilter:
    """What to keep. Empty means everything; both days are included."""

    person: int | None = None
    kind: str = ""
    subject: str = ""
    first_day: date | None = None
    last_day: date | None = None

    def apply(self, events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """The events that fit, newest first."""
        if self.person is not None:
            events = events.filter(actor=self.person)
        if self.kind:
            events = events.filter(event=self.kind)
        if self.subject:
            events = events.filter(subject=self.subject)
        if self.first_day:
            events = events.filter(at__gte=_midnight(self.first_day))
        if self.last_day:
            events = events.filter(at__lt=_midnight(self.last_day + timedelta(days=1)))
        return events

    def as_detail(self) -> dict[str, Any]:
        """For the trail's own record of a download."""
        days = {"from": self.first_day, "to": self.last_day}
        said = {"person": self.person, "kind": self.kind, "about": self.subject}
        return {key: value for key, value in said.items() if value} | {
            key: day.isoformat() for key, day in days.items() if day
        }


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def actors_of(events: QuerySet[AuditEvent]) -> list[tuple[int, str]]:
    """Everybody who appears in these events, by name, as (key, name)."""
    found = events.order_by("actor_name", "actor").values_list("actor", "actor_name").distinct()
    return [(actor, name) for actor, name in found if actor is not None]


def who(event: AuditEvent) -> str:
    """The name that the trail kept; without one it was done at the command line of the installation."""
    return event.actor_name or NOBODY


def detail_words(detail: dict[str, Any]) -> str:
    """`duty: Analyst; until: 2026-03-01`, from the plain values of an event's detail."""
    return "; ".join(
        f"{key.replace('_', ' ')}: {_value_words(key, value)}"
        for key, value in detail.items()
        if value not in (None, "")
    )


def _value_words(key: str, value: Any) -> str:
    if key == "duty" and value in DutyKind.values:
        return str(DutyKind(value).label)
    if key in {"asked_for", "opened"} and value in WORDS:
        return WORDS[Permission(value)]
    if key == "opened" and value is True:
        return "by emergency access"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value).replace("_", " ")


class _Line:
    """Something to write to that gives the line back, so that a long file is sent as it is made."""

    def write(self, text: str) -> str:
        return text


def csv_lines(events: Iterable[AuditEvent]) -> Iterator[str]:
    """The events as lines of a CSV file, with its heading. No cell can start a formula."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(CSV_HEADINGS)
    for event in events:
        yield writer.writerow([harmless(cell) for cell in _cells(event)])


def _cells(event: AuditEvent) -> list[str]:
    return [
        str(event.sequence),
        timezone.localtime(event.at).isoformat(timespec="seconds"),
        who(event),
        event.words,
        event.subject,
        detail_words(event.detail),
        event.reason,
    ]


def harmless(cell: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
