"""What of child deaths needs the reader: an answer they were asked for, a request to read. By reference alone."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from trefoil.access.rules import Standing
from trefoil.child_deaths.enums import OPEN_STATES
from trefoil.child_deaths.needs import replies_owed_by
from trefoil.child_deaths.rules import askings_for, deaths_without_lead

from ..addresses import page_href
from ..words import day_words
from .need import Need
from .rows import Part, Row, part_rows

OWED, ASKED, WAITING = "Information to give", "Requests to read a record", "Notifications to take up"


def parts_of_deaths(standing: Standing, now: datetime) -> Iterator[Part]:
    """For the one who was asked, for who runs a review, and for who may take one up. Nobody else learns of it."""
    slug, today = standing.partnership.slug, timezone.localdate(now)
    every = page_href("death_list", slug)

    def owed(row: Row) -> Need:
        is_late = row.day is not None and row.day < today
        reason = f"What {row.agency} knows {'was' if is_late else 'is'} due on {day_words(row.day)}."
        href = page_href("reply_detail", slug, row.title, row.subject)
        return Need(
            f"Your answer to {row.title}",
            reason,
            "Write it",
            href,
            *(("late", "Late") if is_late else ("open", "Asked")),
            OWED,
        )

    def asked(row: Row) -> Need:
        href = page_href("death_answer", slug, row.key)
        reason = f"{row.words} asks to read it. Let them, or say why not."
        return Need(f"Record {row.title}", reason, "Answer", href, "open", "Asked", ASKED)

    def waiting(row: Row) -> Need:
        href = page_href("death_take_up", slug, row.title)
        return Need(f"Notification {row.title}", "Nobody runs it yet.", "Take it up", href, "open", "Waits", WAITING)

    yield Part("death_replies", OWED, partial(_replies, standing), owed, every)
    yield Part("death_asked", ASKED, partial(_requests, standing), asked, every)
    yield Part("deaths_to_take_up", WAITING, partial(_untaken, standing), waiting, every)


def _replies(standing: Standing) -> QuerySet[Any, Any]:
    # An answer is found by its agency: a number of its own would tell how many others were asked.
    return part_rows(
        replies_owed_by(standing),
        "due_on",
        title=F("death__reference"),
        agency=F("agency__name"),
        subject=Cast("agency_id", CharField()),
        day=F("due_on"),
    )


def _requests(standing: Standing) -> QuerySet[Any, Any]:
    return part_rows(
        askings_for(standing), "asked_at", title=F("death__reference"), words=F("person__name"), moment=F("asked_at")
    )


def _untaken(standing: Standing) -> QuerySet[Any, Any]:
    untaken = deaths_without_lead(standing).filter(state__in=OPEN_STATES)
    return part_rows(untaken, "notified_at", title=F("reference"), moment=F("notified_at"))
