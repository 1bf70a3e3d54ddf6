"""What of local reviews needs who leads them, or who reads them for an agency. By reference, never by name."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from trefoil.access.rules import Standing
from trefoil.reviews.needs import (
    chronologies_late_for,
    learning_due_for,
    practitioners_unheard_for,
    requests_unanswered_for,
    responses_waiting_for,
)

from ..addresses import page_href
from ..words import day_words
from .need import Need
from .rows import Part, Row, part_rows

LATE, OWED, ENDING = "Reviews that wait for others", "Responses to recommendations", "Reviews to write up"


def parts_of_local_reviews(standing: Standing, now: datetime) -> Iterator[Part]:
    """For who leads a review, and for who reads it and owes their agency's response. Nobody else learns of it here."""
    slug, today = standing.partnership.slug, timezone.localdate(now)
    every = page_href("review_list", slug)

    def chronology(row: Row) -> Need:
        reason = f"The chronology of {row.agency} was due on {day_words(row.day)}."
        href = page_href("review_detail", slug, row.title)
        return Need(f"Review {row.title}", reason, "Ask them", href, "late", "Late", LATE)

    def unanswered(row: Row) -> Need:
        reason = f"A written request was to be answered by {day_words(row.day)}."
        href = page_href("review_local", slug, row.title)
        return Need(f"Review {row.title}", reason, "Say what came", href, "late", "Late", LATE)

    def response(row: Row) -> Need:
        is_late = row.day is not None and row.day < today
        reason = f"The response of {row.agency} {'was' if is_late else 'is'} due on {day_words(row.day)}."
        status = ("late", "Late") if is_late else ("open", "Asked")
        href = page_href("response_give", slug, row.title, row.key)
        return Need(f"Review {row.title}", reason, "Put it on record", href, *status, OWED)

    def learning(row: Row) -> Need:
        is_late = row.day is not None and row.day < today
        reason = f"What was learnt {'was' if is_late else 'is'} due on {day_words(row.day)}."
        status = ("late", "Late") if is_late else ("open", "Due")
        return Need(
            f"Review {row.title}", reason, "Write it", page_href("review_local", slug, row.title), *status, ENDING
        )

    def unheard(row: Row) -> Need:
        reason = f"Practitioners met on {day_words(row.day)}. What was learnt is not written down."
        href = page_href("review_local", slug, row.title)
        return Need(f"Review {row.title}", reason, "Write it", href, "open", "To write", ENDING)

    yield Part("review_chronologies_late", LATE, partial(_chronologies, standing, today), chronology, every)
    yield Part("review_requests", LATE, partial(_requests, standing, today), unanswered, every)
    yield Part("review_responses", OWED, partial(_responses, standing, today), response, every)
    yield Part("review_learning", ENDING, partial(_learning, standing, today), learning, every)
    yield Part("review_practitioners", ENDING, partial(_practitioners, standing, today), unheard, every)


def _chronologies(standing: Standing, today: date) -> QuerySet[Any, Any]:
    late, agency = chronologies_late_for(standing, today), F("request__agency__name")
    return part_rows(late, "due_on", title=F("request__review__reference"), agency=agency, day=F("due_on"))


def _requests(standing: Standing, today: date) -> QuerySet[Any, Any]:
    late = requests_unanswered_for(standing, today)
    return part_rows(late, "due_on", title=F("review__reference"), day=F("due_on"))


def _responses(standing: Standing, today: date) -> QuerySet[Any, Any]:
    waiting, title = responses_waiting_for(standing, today), F("recommendation__review__reference")
    return part_rows(waiting, "due_on", title=title, agency=F("agency__name"), day=F("due_on"))


def _learning(standing: Standing, today: date) -> QuerySet[Any, Any]:
    due = learning_due_for(standing, today)
    return part_rows(due, "due_on", title=F("review__reference"), day=F("due_on"))


def _practitioners(standing: Standing, today: date) -> QuerySet[Any, Any]:
    passed = practitioners_unheard_for(standing, today)
    return part_rows(passed, "held_on", title=F("review__reference"), day=F("held_on"))
