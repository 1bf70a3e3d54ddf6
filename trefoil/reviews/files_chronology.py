"""A chronology as a file to take away: every agency's entries, or a redacted copy."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from trefoil.indicators.downloads.about import INVENTED
from trefoil.indicators.downloads.document import Document, TableSheet
from trefoil.indicators.intake.export import Cell

from .chronology.reading import SEEN_WORDS, Seen
from .models import ChronologyEntry, RedactedCopy, RedactedLine, Review

MERGED = ("When", "Earliest", "Latest", "Agency", "What", "Place", "Child seen", "Source")
COPY = ("Line", "When", "Earliest", "Latest", "Agency", "What", "Place", "Child seen", "Source")


def merged_document(review: Review, entries: Iterable[ChronologyEntry], *, now: datetime) -> Document:
    """Every entry that stands, in order of time."""
    rows = tuple(
        (*_when(one), one.agency.name, one.what, one.place, SEEN_WORDS[Seen(one.seen)], one.source) for one in entries
    )
    about = "All agencies’ entries. It names people. For the readers of this review alone."
    return _document(review, "chronology", f"Chronology of review {review.reference}", about, MERGED, rows, now)


def copy_document(copy: RedactedCopy, lines: Iterable[RedactedLine], *, now: datetime) -> Document:
    """The lines of a redacted copy."""
    rows = tuple(
        (one.number, *_when(one.entry), one.agency, one.what, one.place, SEEN_WORDS[Seen(one.entry.seen)], one.source)
        for one in lines
    )
    about = "Redacted: roles stand for names and places. Days and times are those of the chronology."
    name, title = f"redacted-copy-{copy.number}", f"Redacted chronology of review {copy.review.reference}"
    return _document(copy.review, name, title, about, COPY, rows, now)


def _document(
    review: Review,
    name: str,
    title: str,
    about: str,
    headings: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    now: datetime,
) -> Document:
    lines: list[tuple[str, Cell]] = [
        ("What this is", about),
        *([("Invented", INVENTED)] if review.partnership.is_invented else []),
        ("Made", f"{timezone.localtime(now):%-d %B %Y, %H:%M}"),
    ]
    file_name = f"{review.reference.lower()}-{name}-{timezone.localdate(now):%Y-%m-%d}"
    return Document(file_name, title, tuple(lines), (TableSheet("Chronology", headings, rows),))


def _when(entry: ChronologyEntry) -> tuple[Cell, Cell, Cell]:
    return str(entry.when), entry.first_on, entry.last_on
