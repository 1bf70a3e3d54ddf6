"""What of publishing needs the reader: documents that wait for their agency's answer, parts that it was asked for."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from trefoil.access.rules import Standing
from trefoil.publishing.needs import contributions_waited_for, documents_waiting_for

from ..addresses import page_href
from .need import Need
from .rows import Part, Row, part_rows

WAITING = "Documents that wait for your answer"
ASKED = "Parts of documents that your agency was asked for"


def parts_of_publishing(standing: Standing, now: datetime) -> Iterator[Part]:
    """For a statutory partner and for an agency's leads, of their own agency alone."""
    slug = standing.partnership.slug

    def waits(row: Row) -> Need:
        href = page_href("publishing_document", slug, row.key)
        reason = "It was put to the partners. Read it, then approve it or ask for changes."
        return Need(row.title, reason, "Read and answer", href, "open", "Waits for you", WAITING)

    yield Part("public_documents", WAITING, partial(_waiting, standing), waits, page_href("publishing_list", slug))
    yield _asked_for(standing, timezone.localdate(now))


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
