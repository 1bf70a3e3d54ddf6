"""Reading a chronology: in order of time, what seems the same or contradicts, redacted copies."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from trefoil.access.rules import Standing
from trefoil.people.models import Agency

from .chronology.alike import Pair, Told, pairs_of
from .chronology.redaction import Redactor, names_of_child
from .chronology.when import Precision
from .models import (
    STANDS,
    AgencyRequest,
    ChronologyEntry,
    ChronologyUpload,
    IdentityRecord,
    PairNote,
    RedactedCopy,
    RedactedLine,
    RedactedWord,
    Review,
)
from .rules import identities_visible_to
from .rules_chronology import entries_visible_to

_TO_THE_DAY = (Precision.MOMENT.value, Precision.DAY.value)


def merged(standing: Standing, review: Review) -> QuerySet[ChronologyEntry]:
    """Every agency's entries that stand, in order of time, as far as the reader may see them."""
    visible = entries_visible_to(standing).filter(review=review)
    return visible.select_related("agency", "entered_by", "corrects")


def of_request(standing: Standing, request: AgencyRequest) -> QuerySet[ChronologyEntry]:
    """The entries of the one agency that was asked."""
    return merged(standing, request.review).filter(agency=request.agency_id)


def uploads_of(request: AgencyRequest) -> list[ChronologyUpload]:
    """The files of an agency with how many of their entries still stand, newest first. `standing` is the number."""
    files = ChronologyUpload.objects.filter(review=request.review_id, agency=request.agency_id)
    standing = Count("entries", filter=Q(entries__undone_at__isnull=True))
    return list(files.annotate(standing=standing).select_related("uploaded_by").order_by("-uploaded_at", "-pk"))


def agencies_in(review: Review) -> list[tuple[Agency, int]]:
    """Each agency with entries that stand, and how many."""
    counts = review.chronology.filter(STANDS).order_by().values_list("agency").annotate(entries=Count("pk"))
    found = dict(counts)
    return [(one, found[one.pk]) for one in Agency.objects.filter(pk__in=found).order_by("name")]


@dataclass(frozen=True)
class Beside:
    """Two entries to be shown side by side, and what somebody found about them."""

    first: ChronologyEntry
    second: ChronologyEntry
    pair: Pair
    note: PairNote | None


def found_pairs(review: Review, days: Collection[date] | None = None) -> tuple[list[Pair], list[date]]:
    """The pairs of a review, or of some days of it, and the days too crowded to compare.

    Only entries of days on which two agencies have one are opened. Two queries.
    """
    told = _told(review, _shared_days(review, days))
    return pairs_of(told)


def _shared_days(review: Review, days: Collection[date] | None) -> list[date]:
    entries = review.chronology.filter(STANDS, precision__in=_TO_THE_DAY)
    if days is not None:
        entries = entries.filter(first_on__in=days)
    agencies = entries.order_by().values("first_on").annotate(agencies=Count("agency", distinct=True))
    return list(agencies.filter(agencies__gt=1).values_list("first_on", flat=True))


def _told(review: Review, days: Sequence[date]) -> list[Told]:
    entries = review.chronology.filter(STANDS, precision__in=_TO_THE_DAY, first_on__in=days)
    rows = entries.values_list("pk", "agency_id", "first_on", "at_time", "what", "place", "seen")
    return [Told(*row) for row in rows]


def notes_on(review: Review) -> Mapping[tuple[int, int], PairNote]:
    """What was found of pairs, by the keys of both. One query."""
    return {(one.first_id, one.second_id): one for one in review.pair_notes.select_related("noted_by")}


def beside(
    pairs: Iterable[Pair], notes: Mapping[tuple[int, int], PairNote], redactor: Redactor | None = None
) -> list[Beside]:
    """The entries of these pairs, as the reader may read them. One query."""
    shown = list(pairs)
    keys = {key for pair in shown for key in pair.keys}
    rows = ChronologyEntry.objects.filter(pk__in=keys).select_related("agency")
    entries = {one.pk: one for one in as_read(rows, redactor)}
    return [Beside(entries[one.first], entries[one.second], one, notes.get(one.keys)) for one in shown]


def marks(review: Review, entries: Iterable[ChronologyEntry]) -> Mapping[int, tuple[int, int]]:
    """For each entry shown: with how many others it is likely the same, and how many it contradicts."""
    days = {one.first_on for one in entries if one.precision in _TO_THE_DAY}
    alike: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    if days:
        settled = notes_on(review)
        for pair in found_pairs(review, days)[0]:
            if pair.keys not in settled:
                for key in pair.keys:
                    alike[key][bool(pair.unlike)] += 1
    return {key: (same, unlike) for key, (same, unlike) in alike.items()}


def redactor_of(review: Review) -> Redactor:
    """The list of the review as it stands, and the child's own name, on the list or not."""
    child = IdentityRecord.objects.filter(review=review).first()
    names = names_of_child(child.child_name, child.address) if child is not None else {}
    return Redactor({one.words: one.role for one in words_of(review)}, names)


def hides_names(standing: Standing, review: Review) -> Redactor | None:
    """What hides names from a reader who was not given who the child is; nothing for one who was."""
    return None if identities_visible_to(standing).filter(review=review).exists() else redactor_of(review)


def as_read(entries: Iterable[ChronologyEntry], redactor: Redactor | None) -> list[ChronologyEntry]:
    """The entries as this reader may read them. They are not saved."""
    rows = list(entries)
    if redactor is None:
        return rows
    for one in rows:
        one.what, one.place, one.source = (redactor.redacted(text) for text in (one.what, one.place, one.source))
    return rows


def words_of(review: Review) -> QuerySet[RedactedWord]:
    """The names and places on the list."""
    return review.redacted_words.filter(STANDS).select_related("review__partnership", "added_by")


def lines_of_copy(copy: RedactedCopy) -> QuerySet[RedactedLine]:
    """The lines of a copy. What they were made of is not loaded."""
    return copy.lines.select_related("looked_by")


def lines_beside_originals(copy: RedactedCopy) -> QuerySet[RedactedLine]:
    """The lines with their originals, for who looks at them."""
    return copy.lines.select_related("entry__agency", "looked_by", "copy__review__partnership")
