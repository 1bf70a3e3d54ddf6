"""What of reviews needs the reader: a part that they were asked for, a request to read. By reference, never by name."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from trefoil.access.rules import Standing
from trefoil.reviews.needs import parts_owed_by
from trefoil.reviews.queries_chronology_asked import chronologies_owed_by
from trefoil.reviews.rules import access_requests_for

from ..addresses import page_href
from ..words import day_words
from .need import Need
from .rows import Part, Row, part_rows

OWED, ASKED = "Parts of reviews to hand in", "Requests to read a review"
CHRONOLOGIES = "Chronologies for reviews to enter"


def parts_of_reviews(standing: Standing, now: datetime) -> Iterator[Part]:
    """For the one person who was asked, and for who leads a review. Nobody else learns of it here."""
    slug, today = standing.partnership.slug, timezone.localdate(now)
    every = page_href("review_list", slug)

    def owed(row: Row) -> Need:
        is_late = row.day is not None and row.day < today
        reason = f"The part of {row.agency} {'was' if is_late else 'is'} due on {day_words(row.day)}."
        href = page_href("part_detail", slug, row.title, row.key)
        return Need(
            f"Your part of review {row.title}",
            reason,
            "Write it",
            href,
            *(("late", "Late") if is_late else ("open", "Asked")),
            OWED,
        )

    def chronology(row: Row) -> Need:
        is_late = row.day is not None and row.day < today
        reason = f"The chronology of {row.agency} {'was' if is_late else 'is'} due on {day_words(row.day)}."
        return Need(
            f"Your chronology for review {row.title}",
            reason,
            "Enter it",
            page_href("chronology_own", slug, row.title, int(row.words)),
            *(("late", "Late") if is_late else ("open", "Asked")),
            CHRONOLOGIES,
        )

    def asked(row: Row) -> Need:
        href = page_href("review_answer", slug, row.key)
        reason = f"{row.words} asks to read it. Let them, or say why not."
        return Need(f"Review {row.title}", reason, "Answer", href, "open", "Asked", ASKED)

    yield Part("review_parts", OWED, partial(_parts, standing), owed, every)
    yield Part("review_chronologies", CHRONOLOGIES, partial(_chronologies, standing), chronology, every)
    yield Part("review_asked", ASKED, partial(_requests, standing), asked, every)


def _parts(standing: Standing) -> QuerySet[Any, Any]:
    return part_rows(
        parts_owed_by(standing),
        "due_on",
        title=F("review__reference"),
        agency=F("agency__name"),
        day=F("due_on"),
    )


def _chronologies(standing: Standing) -> QuerySet[Any, Any]:
    return part_rows(
        chronologies_owed_by(standing),
        "due_on",
        title=F("request__review__reference"),
        words=Cast("request_id", CharField()),
        agency=F("request__agency__name"),
        day=F("due_on"),
    )


def _requests(standing: Standing) -> QuerySet[Any, Any]:
    return part_rows(
        access_requests_for(standing),
        "asked_at",
        title=F("review__reference"),
        words=F("person__name"),
        moment=F("asked_at"),
    )
