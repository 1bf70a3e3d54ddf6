"""Entries of a chronology: written, uploaded, corrected and taken out by the agency's person; pairs looked into."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trefoil.access.at_once import unless_just_entered
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Person

from ..checking_chronology import check_row, checked_rows, fingerprint_of, standing_rows
from ..chronology.reading import EntryRow
from ..models import (
    STANDS,
    AgencyRequest,
    ChronologyAsking,
    ChronologyEntry,
    ChronologyUpload,
    PairNote,
    Review,
    undoing,
)
from ..moving import held, on_review
from ..rules import check_leads, check_words
from ..rules_chronology import check_enters


@transaction.atomic
def enter_entry(*, request: AgencyRequest, row: EntryRow, by: Person, now: datetime) -> ChronologyEntry:
    """Add one entry of the agency that was asked. Raises NotAllowedError with the reason why not."""
    own = held(request.review)
    check_enters(own, request.agency, by, now)
    check_row(row, timezone.localdate(now))
    if row.same_as in standing_rows(own, request.agency, [row]):
        raise NotAllowedError("This entry stands already, word for word.")
    entry = ChronologyEntry(**_columns(own, request.agency, row, by, now))
    entry.save()
    _knows_something(own, request.agency)
    detail = {"agency": request.agency_id, "entry": entry.pk}
    record(event=EventType.CHRONOLOGY_ENTERED, by=by, now=now, detail=detail, **on_review(own))
    return entry


@transaction.atomic
def upload_entries(
    *, request: AgencyRequest, rows: Sequence[EntryRow], file_name: str, data: bytes, by: Person, now: datetime
) -> ChronologyUpload:
    """Store a file's rows, all or none. Rows that stand already, word for word, are left out.

    Refused: a file that holds nothing new, and one that this person sent for another review. `count` of the result is
    how many were new.
    """
    own = held(request.review)
    new = [one for one in checked_rows(own, request.agency, rows, data, by=by, now=now) if not one.is_known]
    if not new:
        raise NotAllowedError("Every entry of this file stands already. Nothing was stored.")
    upload = ChronologyUpload.objects.create(
        review=own,
        agency=request.agency,
        file_name=file_name[:200],
        fingerprint=fingerprint_of(data),
        count=len(new),
        uploaded_at=now,
        uploaded_by=by,
    )
    columns = (_columns(own, request.agency, one.row, by, now, upload=upload) for one in new)
    ChronologyEntry.objects.bulk_create([ChronologyEntry(**one) for one in columns], batch_size=500)
    _knows_something(own, request.agency)
    detail = {"agency": request.agency_id, "upload": upload.pk, "count": len(new), "known": len(rows) - len(new)}
    record(event=EventType.CHRONOLOGY_UPLOADED, by=by, now=now, detail=detail, **on_review(own))
    return upload


@transaction.atomic
def correct_entry(*, entry: ChronologyEntry, row: EntryRow, reason: str, by: Person, now: datetime) -> ChronologyEntry:
    """Put another entry in its place, with why. The earlier one stays, as taken out."""
    own, why = held(entry.review), check_words(reason, "Say why it is corrected")
    check_enters(own, entry.agency, by, now)
    check_row(row, timezone.localdate(now))
    if row.same_as == entry.row.same_as:
        raise NotAllowedError("Nothing was changed.")
    if row.same_as in standing_rows(own, entry.agency, [row]):
        raise NotAllowedError("An entry with these words stands already.")
    _take_out([entry.pk], why, by, now)
    columns = _columns(own, entry.agency, row, by, now, upload=entry.upload, corrects=entry)
    new = ChronologyEntry.objects.create(**columns)
    detail = {"agency": entry.agency_id, "entry": entry.pk, "by": new.pk}
    record(event=EventType.CHRONOLOGY_CORRECTED, by=by, now=now, detail=detail, **on_review(own))
    return new


@transaction.atomic
def take_out_entry(*, entry: ChronologyEntry, reason: str, by: Person, now: datetime) -> None:
    """Take an entry out, with why. It stays on record and is shown no more."""
    own, why = held(entry.review), check_words(reason, "Say why it is taken out")
    check_enters(own, entry.agency, by, now)
    _take_out([entry.pk], why, by, now)
    detail = {"agency": entry.agency_id, "entry": entry.pk}
    record(event=EventType.CHRONOLOGY_TAKEN_OUT, by=by, now=now, detail=detail, **on_review(own))


@transaction.atomic
def take_out_upload(*, upload: ChronologyUpload, reason: str, by: Person, now: datetime) -> int:
    """Take out every entry of a file that still stands, with what they were corrected to. How many."""
    own, why = held(upload.review), check_words(reason, "Say why it is taken out")
    check_enters(own, upload.agency, by, now)
    taken = upload.entries.filter(STANDS).update(**undoing(by, now, why))
    if not taken:
        raise NotAllowedError("Nothing of this file stands any more.")
    detail = {"agency": upload.agency_id, "upload": upload.pk, "count": taken}
    record(event=EventType.CHRONOLOGY_TAKEN_OUT, by=by, now=now, detail=detail, **on_review(own))
    return taken


@transaction.atomic
def note_pair(
    *, review: Review, first: ChronologyEntry, second: ChronologyEntry, words: str, by: Person, now: datetime
) -> PairNote:
    """Who leads the review says what they found about two entries. The entries stay as they are."""
    check_leads(by, review, now)
    own, said = held(review), check_words(words, "Say what you found")
    low, high = sorted([first, second], key=lambda one: one.pk)
    if low.pk == high.pk or {low.review_id, high.review_id} != {own.pk}:
        raise NotAllowedError("They are not two entries of this review.")
    if PairNote.objects.filter(first=low, second=high).exists():
        raise NotAllowedError("Somebody has looked into these two already.")
    with unless_just_entered("a note on these two"):
        note = PairNote.objects.create(review=own, first=low, second=high, words=said, noted_at=now, noted_by=by)
    detail = {"first": low.pk, "second": high.pk}
    record(event=EventType.CHRONOLOGY_PAIR_NOTED, by=by, now=now, detail=detail, **on_review(own))
    return note


@transaction.atomic
def note_chronology_taken(*, review: Review, what: str, rows: int, by: Person, now: datetime) -> None:
    """That somebody took a file of it away: `what` is the kind of file, and never words of the record."""
    record(
        event=EventType.CHRONOLOGY_DOWNLOADED, by=by, now=now, detail={"file": what, "rows": rows}, **on_review(review)
    )


def _knows_something(review: Review, agency: Agency) -> None:
    """An agency that said that it knows nothing, and enters something, has not handed in any more."""
    said = ChronologyAsking.objects.filter(STANDS, request__review=review, request__agency=agency, knows_nothing=True)
    said.update(done_at=None, done_by=None, knows_nothing=False)


def _take_out(entries: list[int], why: str, by: Person, now: datetime) -> None:
    if not ChronologyEntry.objects.filter(STANDS, pk__in=entries).update(**undoing(by, now, why)):
        raise NotAllowedError("This entry was corrected or taken out already.")


def _columns(review: Review, agency: Agency, row: EntryRow, by: Person, now: datetime, **more: Any) -> dict[str, Any]:
    when = row.when
    return {
        "review": review,
        "agency": agency,
        "precision": when.precision.value,
        "first_on": when.first,
        "last_on": when.last,
        "at_time": when.at,
        "is_about": when.is_about,
        "seen": row.seen.value,
        "what": row.what.strip(),
        "place": row.place.strip(),
        "source": row.source.strip(),
        "entered_at": now,
        "entered_by": by,
        **more,
    }
