"""A chronology as a file to take away: every agency's entries, or a redacted copy."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from trefoil.indicators.downloads.about import INVENTED
from trefoil.indicators.downloads.document import Document, TableSheet
from trefoil.indicators.intake.export import Cell

from .chronology.reading import SEEN_WORDS, Seen
from .chronology.when import SHOWN, Shown
from .models import ChronologyEntry, RedactedCopy, RedactedLine, Review

MERGED = ("When", "Earliest", "Latest", "Agency", "What", "Place", "Child seen", "Source")
COPY = ("Line", "When", "Earliest", "Latest", "Agency", "What", "Place", "Child seen", "Source")


def merged_document(
    review: Review, entries: Iterable[ChronologyEntry], *, now: datetime, names_are_hidden: bool
) -> Document:
    """Every entry that stands, in order of time."""
    rows = tuple(
        (*_when(one), one.agency.name, one.what, one.place, SEEN_WORDS[Seen(one.seen)], one.source) for one in entries
    )
    names = "Names on the list are roles here; others may stand in it." if names_are_hidden else "It names people."
    about = f"All agencies’ entries. {names} For the readers of this review alone."
    title = f"Chronology of review {review.reference}"
    return Document(
        f"{_stem(review)}-chronology-{timezone.localdate(now):%Y-%m-%d}",
        title,
        _about(review, about, now),
        (TableSheet("Chronology", MERGED, rows),),
    )


def copy_document(copy: RedactedCopy, lines: Iterable[RedactedLine], *, now: datetime) -> Document:
    """The lines of a redacted copy."""
    rows = tuple(
        (one.number, *_when(one), one.agency, one.what, one.place, SEEN_WORDS[Seen(one.seen)], one.source)
        for one in lines
    )
    about = f"Redacted: roles stand for names and places. When: {SHOWN[Shown(copy.days)].lower()}."
    title = f"Redacted chronology of review {copy.review.reference}"
    return Document(
        f"{_stem(copy.review)}-redacted-copy-{copy.number}-{timezone.localdate(now):%Y-%m-%d}",
        title,
        _about(copy.review, about, now),
        (TableSheet("Chronology", COPY, rows),),
    )


def _stem(review: Review) -> str:
    return review.reference.lower()


def _about(review: Review, about: str, now: datetime) -> tuple[tuple[str, Cell], ...]:
    invented: list[tuple[str, Cell]] = [("Invented", INVENTED)] if review.partnership.is_invented else []
    return ("What this is", about), *invented, ("Made", f"{timezone.localtime(now):%-d %B %Y, %H:%M}")


def _when(entry: ChronologyEntry | RedactedLine) -> tuple[Cell, Cell, Cell]:
    return str(entry.when), entry.first_on, entry.last_on
