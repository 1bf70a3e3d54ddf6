"""What is looked at before an entry, or a file of them, is stored. Nothing is stored here."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.people.models import Agency, Person

from .chronology.reading import MOST_ROWS, SEEN_WORDS, EntryRow, check_text
from .chronology.when import UnclearError, check_known
from .models import STANDS, AgencyRequest, ChronologyUpload, Review
from .rules_chronology import check_enters


@dataclass(frozen=True)
class CheckedRow:
    """A row of a file, and whether its agency has it already, word for word."""

    row: EntryRow
    is_known: bool

    @property
    def seen_words(self) -> str:
        """Whether the child was seen, in words."""
        return SEEN_WORDS[self.row.seen]


def checked_rows(
    review: Review, agency: Agency, rows: Sequence[EntryRow], data: bytes, *, by: Person, now: datetime
) -> list[CheckedRow]:
    """What would come of a file if it were stored now; nothing is stored here. Raises NotAllowedError with why not."""
    check_enters(review, agency, by, now)
    if not 0 < len(rows) <= MOST_ROWS:
        raise NotAllowedError(f"A file holds between 1 and {MOST_ROWS:,} entries.")
    for row in rows:
        check_row(row, timezone.localdate(now))
    _check_meant_for(review, fingerprint_of(data), by)
    known = standing_rows(review, agency, rows)
    once = {row.same_as: row for row in rows}
    return [CheckedRow(row, same_as in known) for same_as, row in once.items()]


def sent_before(request: AgencyRequest, data: bytes) -> ChronologyUpload | None:
    """The last time that this same file was stored for this agency."""
    fingerprint, files = fingerprint_of(data), ChronologyUpload.objects.filter(review=request.review_id)
    same = [one for one in files.filter(agency=request.agency_id) if one.fingerprint == fingerprint]
    return same[-1] if same else None


def fingerprint_of(data: bytes) -> str:
    """By which the same file is known again."""
    return hashlib.sha256(data).hexdigest()


def check_row(row: EntryRow, today: date) -> None:
    """Raises NotAllowedError for an entry of a time to come, without a source, or too long."""
    try:
        check_known(row.when, today)
        for column in ("what", "place", "source"):
            check_text(column, getattr(row, column))
    except UnclearError as wrong:
        raise NotAllowedError(str(wrong)) from wrong


def standing_rows(review: Review, agency: Agency, rows: Iterable[EntryRow]) -> set[tuple[str, ...]]:
    """What stands of the agency in the days of these rows, to be compared word for word."""
    days = {row.when.first for row in rows}
    standing = review.chronology.filter(STANDS, agency=agency, first_on__gte=min(days), first_on__lte=max(days))
    return {one.row.same_as for one in standing if one.first_on in days}


def _check_meant_for(review: Review, fingerprint: str, by: Person) -> None:
    others = ChronologyUpload.objects.filter(uploaded_by=by).exclude(review=review)
    if any(one.fingerprint == fingerprint for one in others):
        raise NotAllowedError("You sent this same file for another review. Look which one it is meant for.")
