"""Telling of clocks that have become due soon or late. Nothing here decides whether a clock is late: its moments do.

Each clock keeps the moment at which something is to be said of it next, so a run looks at nothing else. Runs may be
missed: a later one says what holds then. Two may go at once: each claims its clocks by a conditional update, and a
message has a key of its own.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.notifications.operations import queue_messages
from trefoil.people.models import Partnership, Person

from ..models import Clock
from ..reckoning.kinds import Kind
from ..telling import count_late, messages_about

AT_A_TIME = 2000
# What is said of a clock needs no more of it.
_TOLD_FROM = ("partnership_id", "agency_id", "person_id", "subject", "kind", "label", "due_at", "is_restricted")


@dataclass(frozen=True)
class Told:
    """What one batch came to."""

    clocks: int = 0
    late: int = 0
    messages: int = 0

    def __add__(self, other: "Told") -> "Told":
        return Told(self.clocks + other.clocks, self.late + other.late, self.messages + other.messages)


@transaction.atomic
def tell_of_due(*, by: Person | None, now: datetime, at_a_time: int = AT_A_TIME) -> Told:
    """Claim the clocks whose next moment has come, at most so many, tell who has to hear of them, and set the next.

    The claim and the messages stand or fall together. `by` is None for the command and the worker.
    """
    clocks = _claim(now, at_a_time)
    if not clocks:
        return Told()
    messages = queue_messages(messages=messages_about(clocks, now), by=by, now=now)
    told = Told(len(clocks), count_late(clocks, now), messages)
    for (slug, subject), number in Counter(map(_belongs, clocks)).items():
        detail = {"clocks": number}
        record(event=EventType.CLOCKS_TOLD, by=by, now=now, partnership=slug, subject=subject, detail=detail)
    return told


def _belongs(clock: Clock) -> tuple[str, str]:
    """Slug and subject of its line on the trail. A restricted one has a line with its record, and is in no count."""
    slug = clock.partnership.slug
    return slug, clock.subject if clock.is_restricted else f"partnership:{slug}"


def _claim(now: datetime, at_a_time: int) -> list[Clock]:
    """Mark them with a mark of this run alone, where nobody was quicker, and read back what bears it.

    What is due soon has its date as its next moment; of what is late, or of a least time that has passed, there is
    nothing more to say.
    """
    come = Clock.objects.filter(next_at__lte=now)
    keys = list(come.order_by("next_at").values_list("pk", flat=True)[:at_a_time])
    if not keys:
        return []
    mark = uuid4()
    goes_on = Q(due_at__gt=now) & ~Q(kind=Kind.MIN)
    after = Case(When(goes_on, then=F("due_at")), default=Value(None))
    come.filter(pk__in=keys).update(run=mark, next_at=after)
    return _with_owners(list(Clock.objects.filter(pk__in=keys, run=mark).only(*_TOLD_FROM)))


def _with_owners(clocks: list[Clock]) -> list[Clock]:
    """Each with its partnership and its person, which are few: read once, and not with every clock."""
    partnerships = Partnership.objects.in_bulk({clock.partnership_id for clock in clocks})
    people = Person.objects.in_bulk({clock.person_id for clock in clocks if clock.person_id is not None})
    for clock in clocks:
        clock.partnership = partnerships[clock.partnership_id]
        clock.person = people[clock.person_id] if clock.person_id is not None else None
    return clocks
