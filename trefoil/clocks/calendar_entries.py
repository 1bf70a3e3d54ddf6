"""Clocks on a calendar: the days by which something is due."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from trefoil.access.rules import Standing
from trefoil.notifications.entries import Entry

from .enums import STATUS_WORDS, Kind
from .models import OPEN, Clock
from .reckoning.days import end_of, start_of
from .rules import clocks_visible_to, is_owner


def clock_entries(standing: Standing, start: date, end: date) -> Iterable[Entry]:
    """The open clocks that are due on these days, both included. One query."""
    due = clocks_visible_to(standing).filter(OPEN, due_at__range=(start_of(start), end_of(end)))
    dated = due.annotate(changes=Count("moves"), changed_at=Max("moves__written_at")).order_by("due_at", "pk")
    return _entries(dated, standing)


def _entries(clocks: Iterable[Clock], standing: Standing) -> Iterator[Entry]:
    now = timezone.now()
    for clock in clocks:
        colour, word = STATUS_WORDS[clock.status_at(now)]
        assert clock.due_at is not None
        yield Entry(
            reference=clock.reference,
            kind="clock",
            title=f"May happen from today: {clock.label}" if clock.kind == Kind.MIN else f"Due: {clock.label}",
            starts=timezone.localdate(clock.due_at),
            path=reverse("clock_detail", args=[standing.partnership.slug, clock.pk]),
            version=getattr(clock, "changes", 0),
            changed_at=getattr(clock, "changed_at", None),
            agency_id=clock.agency_id,
            agency=str(clock.agency or ""),
            is_mine=is_owner(clock, standing),
            is_restricted=clock.is_restricted,
            status=colour,
            status_words=word,
        )
