"""A value for every part of every URL of a chronology. Whoever asks reads the review and writes for one agency."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from tests.reviews.chronologies import copied, entered, file, listed
from tests.reviews.made import asked
from tests.reviews.samples import mine
from trefoil.reviews.chronology.reading import Seen, read_entries
from trefoil.reviews.models import STANDS, AgencyRequest, ChronologyEntry, ChronologyUpload, RedactedCopy, RedactedLine
from trefoil.reviews.operations.chronology import upload_entries
from trefoil.reviews.operations.chronology_asking import ask_for_chronology

Sample = Callable[[Any], Any]


@transaction.atomic
def _filled(asking: Any) -> AgencyRequest:
    """The asking person's request, with entries of two agencies, a file, a list of words, and copies of both kinds.

    All or nothing: where a partnership's people may not do one step, the next address finds nothing half made.
    """
    request, now = mine(asking), timezone.now()
    review = request.review
    if review.chronology.exists():
        return request
    world = asking.world
    other = asked(review, world.police, world.bob if request.person == world.dana else world.dana, now)
    entered(request, now)
    entered(other, now, seen=Seen.SEEN)
    data = file(["March 2026", "Wren moved to another school.", "", "", "School roll"])
    rows = read_entries("entries.csv", data, timezone.localdate(now)).rows
    upload_entries(request=request, rows=rows, file_name="entries.csv", data=data, by=request.person, now=now)
    listed(review, now)
    ask_for_chronology(request=request, due_on=timezone.localdate(now), by=review.recorded_by, now=now)
    copied(review, now, is_final=True)
    copied(review, now)
    return request


def _entries(asking: Any) -> list[ChronologyEntry]:
    return list(_filled(asking).review.chronology.filter(STANDS).order_by("pk"))


def _copy(asking: Any) -> RedactedCopy:
    return _filled(asking).review.redacted_copies.get(number=1)


def _line(asking: Any) -> RedactedLine:
    """Of the newest copy: the demo's review has one alone."""
    lines = RedactedLine.objects.filter(copy__review=_filled(asking).review)
    return lines.order_by("-copy__number", "number")[0]


def _upload(asking: Any) -> ChronologyUpload:
    return _filled(asking).review.chronology_uploads.earliest("pk")


_OF_REQUEST = [
    *("chronology_own", "chronology_enter", "chronology_upload", "chronology_upload_take_out"),
    *("chronology_template", "chronology_own_file", "chronology_ask", "chronology_hand_in"),
]
_OF_COPY = ["chronology_copy", "chronology_copy_finish", "chronology_copy_withdraw", "chronology_copy_file"]
_OF_REVIEW = [
    *("chronology_merged", "chronology_file", "chronology_pairs", "chronology_pair_note", "chronology_correct"),
    *("chronology_take_out", "chronology_redaction", "chronology_word_remove", "chronology_copy_new"),
    *("chronology_line", "chronology_lanes"),
]
CHRONOLOGY_SAMPLES: dict[tuple[str, str], Sample] = {
    **{
        (name, "reference"): lambda asking: _filled(asking).review.reference
        for name in [*_OF_REQUEST, *_OF_COPY, *_OF_REVIEW]
    },
    **{(name, "pk"): lambda asking: _filled(asking).pk for name in _OF_REQUEST},
    **{(name, "pk"): lambda asking: _copy(asking).pk for name in _OF_COPY},
    **{(name, "pk"): lambda asking: _entries(asking)[0].pk for name in ("chronology_correct", "chronology_take_out")},
    ("chronology_upload_take_out", "upload"): lambda asking: _upload(asking).pk,
    ("chronology_word_remove", "pk"): lambda asking: _filled(asking).review.redacted_words.earliest("pk").pk,
    ("chronology_line", "pk"): lambda asking: _line(asking).pk,
    ("chronology_pair_note", "first"): lambda asking: _entries(asking)[0].pk,
    ("chronology_pair_note", "second"): lambda asking: _entries(asking)[1].pk,
}
