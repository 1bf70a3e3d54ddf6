"""What of publishing needs the reader: answers, parts, scrutiny, boards, publication, policies to look at again."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from trefoil.access.rules import Standing
from trefoil.publishing.needs import (
    contributions_waited_for,
    documents_waiting_for,
    editions_for_own_board,
    editions_for_scrutiny,
    editions_to_publish,
    policies_to_look_at,
)

from ..addresses import page_href
from .need import Need
from .rows import Part, Row, part_rows

WAITING = "Documents that wait for your answer"
AFTER = "Editions on their way to the public"
POLICIES = "Policies whose day of review has passed"
ASKED = "Parts of documents that your agency was asked for"


def parts_of_publishing(standing: Standing, now: datetime) -> Iterator[Part]:
    """For a statutory partner and an agency's leads of their own agency; for the scrutineer, the manager and owners."""
    slug = standing.partnership.slug

    def waits(row: Row) -> Need:
        href = page_href("publishing_document", slug, row.key)
        reason = "It was put to the partners. Read it, then approve it or ask for changes."
        return Need(row.title, reason, "Read and answer", href, "open", "Waits for you", WAITING)

    yield Part("public_documents", WAITING, partial(_waiting, standing), waits, page_href("publishing_list", slug))
    yield _asked_for(standing, timezone.localdate(now))
    yield from _after_approval(standing, now)
    yield _policies(standing, timezone.localdate(now))


def _asked_for(standing: Standing, today: date) -> Part:
    slug = standing.partnership.slug

    def asked(row: Row) -> Need:
        late = row.day is not None and row.day < today
        reason = f"Your agency’s part of “{row.words}” is wanted by {row.day:%-d %B %Y}."
        status, word = ("late", "Late") if late else ("open", "Asked for")
        href = page_href("publishing_contribution", slug, row.key)
        return Need(row.title, reason, "Write it", href, status, word, ASKED)

    return Part("public_parts", ASKED, partial(_wanted, standing), asked, page_href("publishing_list", slug))


def _waiting(standing: Standing) -> QuerySet[Any, Any] | None:
    found = documents_waiting_for(standing)
    return part_rows(found, "ends_on", title=F("title")) if found is not None else None


def _wanted(standing: Standing) -> QuerySet[Any, Any] | None:
    found = contributions_waited_for(standing)
    title, words = F("section__document__title"), F("section__title")
    return part_rows(found, "due_on", title=title, words=words, day=F("due_on")) if found is not None else None


def _after_approval(standing: Standing, now: datetime) -> Iterator[Part]:
    """What is frozen and waits for the scrutineer, for a partner's own board, or for the manager to publish it."""
    waits = (
        (
            "scrutiny",
            editions_for_scrutiny,
            "It waits for what independent scrutiny says of it.",
            "Say what scrutiny found",
        ),
        ("boards", editions_for_own_board, "Take it through your agency’s own board.", "Record what the board said"),
        ("to_publish", editions_to_publish, "It is frozen, and the public cannot read it yet.", "See what is open"),
    )
    slug = standing.partnership.slug
    href_of_list = page_href("publishing_list", slug)
    for key, found_for, reason, action in waits:

        def need(row: Row, reason: str = reason, action: str = action) -> Need:
            href = page_href("publishing_after", slug, row.key)
            return Need(row.title, reason, action, href, "open", "Waits for you", AFTER)

        yield Part(f"public_{key}", AFTER, partial(_frozen, found_for, standing, now), need, href_of_list)


def _policies(standing: Standing, today: date) -> Part:
    slug = standing.partnership.slug

    def late(row: Row) -> Need:
        reason = f"It was to be looked at again by {row.day:%-d %B %Y}."
        href = page_href("publishing_reviewed", slug, row.key)
        return Need(row.title, reason, "Look at it again", href, "late", "Late", POLICIES)

    rows = partial(_overdue, standing, today)
    return Part("public_policies", POLICIES, rows, late, page_href("publishing_list", slug))


def _frozen(
    found_for: Callable[[Standing, datetime], QuerySet[Any] | None], standing: Standing, now: datetime
) -> QuerySet[Any, Any] | None:
    found = found_for(standing, now)
    return part_rows(found, "frozen_at", title=F("document__title")) if found is not None else None


def _overdue(standing: Standing, today: date) -> QuerySet[Any, Any] | None:
    found = policies_to_look_at(standing, today)
    if found is None:
        return None
    return part_rows(found, "review_on", title=F("document__title"), day=F("review_on"))
