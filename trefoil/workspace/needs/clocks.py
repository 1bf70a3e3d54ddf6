"""Time limits that the reader owes: late, or due soon."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.rules import Standing
from trefoil.clocks.models.clocks import OPEN
from trefoil.clocks.reckoning.kinds import Kind
from trefoil.clocks.rulebook.loader import rulebook
from trefoil.clocks.rules import clocks_visible_to

from ..addresses import page_href
from ..subjects import page_of
from ..words import counted, day_words
from .need import Need
from .rows import Part, Row, part_rows

LATE, SOON = "Late by a time limit", "Due soon"

# Told by a part of their own: an action that is overdue, a risk to look at, papers that have not gone, minutes.
TOLD_ELSEWHERE = ("PL-ACTION", "PL-RISK", "MT-PAPERS", "MT-MINUTES")

# No rule calls anything "due soon" earlier than this; it lets the database stop looking.
SOON_AT_MOST = timedelta(days=92)


def owed_by(standing: Standing) -> Q:
    """Clocks that this person owes: in their own name, for an agency they lead, or the partnership's own."""
    owed = Q(person=standing.person) | Q(agency__in=standing.agencies_for(Permission.ANSWER_ACTION))
    if standing.may(Permission.MANAGE_CLOCKS):
        owed |= Q(person__isnull=True, agency__isnull=True)
    return owed


def parts_of_clocks(standing: Standing, now: datetime) -> Iterator[Part]:
    """Late ones first; each says since when, or until when."""
    slug, today = standing.partnership.slug, timezone.localdate(now)
    every = page_href("clock_list", slug)

    def as_need(row: Row, heading: str, status: str) -> Need:
        href = page_of(row.subject, slug) or page_href("clock_detail", slug, row.key)
        due = timezone.localdate(row.moment) if row.moment else today
        days = (today - due).days
        ago = f", {counted(days, 'day')} ago" if days > 0 else ""
        said = f"{rule_name(row.words)}: {'it was due' if heading == LATE else 'due'} on {day_words(due)}{ago}."
        return Need(row.title, said, "Go to it", href, status, "Late" if heading == LATE else "Due soon", heading)

    late = Q(due_at__lt=now)
    soon = Q(due_at__gte=now, due_at__lt=now + SOON_AT_MOST, soon_at__lte=now)
    yield Part("late", LATE, partial(_owed, standing, late), lambda row: as_need(row, LATE, "late"), every)
    yield Part("soon", SOON, partial(_owed, standing, soon), lambda row: as_need(row, SOON, "watch"), every)


def _owed(standing: Standing, when: Q) -> QuerySet[Any, Any]:
    """Those that run and that no part of their own tells of."""
    running = clocks_visible_to(standing).filter(OPEN, owed_by(standing), when, paused_at__isnull=True)
    running = running.exclude(kind=Kind.MIN).exclude(rule_id__in=TOLD_ELSEWHERE)
    columns = {"title": F("label"), "words": F("rule_id"), "subject": F("subject"), "moment": F("due_at")}
    return part_rows(running, "due_at", **columns)


def rule_name(rule_id: str) -> str:
    """What the time limit is called; its id where no edition knows it any more."""
    try:
        return rulebook().editions_of(rule_id)[-1].rule.name
    except LookupError:
        return rule_id
