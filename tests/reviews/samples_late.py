"""A value for every part of every URL of what follows a rapid review. Whoever asks reads the review."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.reviews.late import a_member, recommended
from tests.reviews.samples import mine
from trefoil.reviews.models import STANDS, Review
from trefoil.reviews.operations.report import ask_response
from trefoil.reviews.queries_report import agency_responses_of

Sample = Callable[[Any], Any]


def _review(asking: Any) -> Review:
    return mine(asking).review


def _member(asking: Any) -> int:
    review = _review(asking)
    known = review.family_members.filter(STANDS).first()
    return (known or a_member(review, timezone.now())).pk


def _response(asking: Any) -> int:
    """What the asking person's own agency was asked to answer, and has not answered."""
    review, now = _review(asking), timezone.now()
    known = agency_responses_of(review).filter(undone_at__isnull=True, answered_at__isnull=True).first()
    if known is not None:
        return known.pk
    agency = asking.person.agency or asking.world.social_care
    made = recommended(review, now)
    due_on = timezone.localdate(now)
    return ask_response(recommendation=made, agency=agency, due_on=due_on, by=review.recorded_by, now=now).pk


_ONE = ("review_local", "note_new", "note_on", "note_take_back", "draft_new", "response_give", "publishing_position")
LATE_SAMPLES: dict[tuple[str, str], Sample] = {
    **{(name, "reference"): lambda asking: _review(asking).reference for name in _ONE},
    ("note_new", "kind"): lambda _asking: "process",
    **{(name, "kind"): lambda _asking: "family" for name in ("note_on", "note_take_back")},
    ("response_give", "pk"): _response,
    **{(name, "pk"): _member for name in ("note_on", "note_take_back")},
}
