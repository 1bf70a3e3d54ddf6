"""A value for every part of every URL of what follows a rapid review. Whoever asks reads the review."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from tests.reviews.late import a_member, recommended
from tests.reviews.samples import mine
from trefoil.people.models import Person
from trefoil.reviews.models import STANDS, NationalRecommendation, Review
from trefoil.reviews.operations.national import add_national_recommendation, add_national_review
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
    """What the asking person's own agency was asked to answer, and has not answered. Who has no agency gets one."""
    review, now = _review(asking), timezone.now()
    agency = asking.person.agency or asking.world.social_care
    Person.objects.filter(pk=asking.person.pk, agency__isnull=True).update(agency=agency)
    waiting = agency_responses_of(review).filter(undone_at__isnull=True, answered_at__isnull=True, agency=agency)
    known = waiting.first()
    if known is not None:
        return known.pk
    made = recommended(review, now)
    due_on = timezone.localdate(now)
    return ask_response(recommendation=made, agency=agency, due_on=due_on, by=review.recorded_by, now=now).pk


def _national(asking: Any) -> NationalRecommendation:
    """A recommendation of a national review that waits for its answer."""
    world, now = asking.world, asking.now
    known = NationalRecommendation.objects.filter(answered_at__isnull=True).first()
    if known is not None:
        return known
    review = add_national_review(
        partnership=world.fairmead, title="Sample", published_on=date(2026, 9, 1), address="", by=world.manager, now=now
    )
    return add_national_recommendation(
        national_review=review, words="Ask who else looks after the baby.", by=world.manager, now=now
    )


_ONE = ("review_local", "note_new", "note_on", "note_take_back", "draft_new", "response_give", "publishing_position")
_NATIONAL = ("national_detail", "national_recommend")
LATE_SAMPLES: dict[tuple[str, str], Sample] = {
    **{(name, "reference"): lambda asking: _review(asking).reference for name in _ONE},
    ("note_new", "kind"): lambda _asking: "process",
    **{(name, "kind"): lambda _asking: "family" for name in ("note_on", "note_take_back")},
    ("response_give", "pk"): _response,
    **{(name, "pk"): lambda asking: _national(asking).national_review_id for name in _NATIONAL},
    ("national_answer", "pk"): lambda asking: _national(asking).pk,
    **{(name, "pk"): _member for name in ("note_on", "note_take_back")},
}
