"""What of publishing needs the reader: a document that was put to the partners and waits for their agency's answer."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F

from trefoil.access.rules import Standing
from trefoil.publishing.needs import documents_waiting_for

from ..addresses import page_href
from .need import Need
from .rows import Part, Row, part_rows

WAITING = "Documents that wait for your answer"


def parts_of_publishing(standing: Standing, _now: datetime) -> Iterator[Part]:
    """For a statutory partner, of its own agency alone."""
    slug = standing.partnership.slug

    def waits(row: Row) -> Need:
        href = page_href("publishing_document", slug, row.key)
        reason = "It was put to the partners. Read it, then approve it or ask for changes."
        return Need(row.title, reason, "Read and answer", href, "open", "Waits for you", WAITING)

    found = documents_waiting_for(standing)
    rows = part_rows(found, "ends_on", title=F("title")) if found is not None else None
    yield Part("public_documents", WAITING, rows, waits, page_href("publishing_list", slug))
