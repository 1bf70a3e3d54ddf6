"""Emergency access that is running: one's own, and everybody's for those who read the trail."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from trefoil.access.enums import WORDS, Permission
from trefoil.access.queries import openings_visible_to
from trefoil.access.rules import Standing

from ..addresses import page_href
from .need import Need
from .rows import Part, Row, part_rows

EMERGENCIES = "Emergency access"


def parts_of_emergencies(standing: Standing, now: datetime) -> Iterator[Part]:
    """Each that is open at this moment, the one that ends first before the others."""
    if not (standing.opened or standing.may(Permission.READ_TRAIL)):
        return
    href, me = page_href("emergency", standing.partnership.slug), str(standing.person.pk)

    def as_need(row: Row) -> Need:
        title = "Your emergency access is open" if row.subject == me else f"{row.title} has emergency access"
        what, until = WORDS[Permission(row.agency)], timezone.localtime(row.moment)
        reason = f"To {what}, until {until:%H:%M}. “{row.words}”"
        return Need(title, reason, "See it or end it", href, "act", "Running", EMERGENCIES)

    yield Part("emergencies", EMERGENCIES, partial(_running, standing, now), as_need, href)


def _running(standing: Standing, now: datetime) -> QuerySet[Any, Any]:
    return part_rows(
        openings_visible_to(standing).open_at(now),
        "ends_at",
        title=F("person__name"),
        words=F("reason"),
        agency=F("permission"),
        subject=Cast("person_id", CharField()),
        moment=F("ends_at"),
    )
