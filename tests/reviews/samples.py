"""A value for every part of every URL of reviews. Whoever asks reads the review that the page is about.

`asking` is `tests.repository.url_samples.Asking`: the world, the moment, and who is going to ask.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.reviews.made import CHILD, a_letter, notified, reading, recorded, somebody, who
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.reviews.models import AccessRequest, AgencyRequest, Review
from trefoil.reviews.operations.agencies import ask_agency
from trefoil.reviews.operations.readers import ask_for_access
from trefoil.reviews.rules import people_here

Sample = Callable[[Any], Any]
SPARE = "Spare manager"


def _reader(asking: Any) -> Person:
    """Whoever asks, if their duties let them be put on a review; else Bob, and they find nothing."""
    able = people_here(asking.world.fairmead, timezone.localdate()).filter(pk=asking.person.pk).exists()
    return asking.person if able else asking.world.bob


def mine(asking: Any) -> AgencyRequest:
    """A rapid review that the asking person reads, and for which they were asked for their agency's part."""
    person, manager, now = _reader(asking), asking.world.manager, timezone.now()
    known = AgencyRequest.objects.filter(person=person).first()
    if known is not None:
        return known
    review = notified(asking.world, now)
    if person != manager:
        reading(review, person, now, sees_identity=True)
    due_on = timezone.localdate(now) + timedelta(days=5)
    agency = asking.world.social_care
    return ask_agency(review=review, agency=agency, person=person, due_on=due_on, by=manager, now=now, ask=f"{CHILD}?")


def _spare(asking: Any) -> Person:
    known = Person.objects.filter(name=SPARE).first()
    return known or somebody(asking.world, SPARE, DutyKind.BUSINESS_MANAGER, asking.now)


def unread(asking: Any) -> Review:
    """A review that somebody else leads and the asking person does not read."""
    spare = _spare(asking)
    known = Review.objects.filter(recorded_by=spare, access_requests=None).first()
    return known or recorded(asking.world, timezone.now(), by=spare)


def _asked(asking: Any) -> int:
    """A request that waits: of a review of the manager's, or of one that nobody leads any more."""
    manager, now = asking.world.manager, timezone.now()
    leads = asking.person == manager
    known = AccessRequest.objects.filter(review__recorded_by=manager if leads else _spare(asking)).first()
    if known is not None:
        return known.pk
    then = now if leads else now - timedelta(days=800)
    days: dict[str, Any] = {
        "identity": who(born_on=None),
        "happened_on": timezone.localdate(then),
        "known_on": timezone.localdate(then),
    }
    review = recorded(asking.world, then, by=manager if leads else _spare(asking), **days)
    scrutineer = asking.world.holder[DutyKind.SCRUTINEER]
    return ask_for_access(review=review, reason="The scrutineer has to see it.", by=scrutineer, now=now).pk


def _reference(asking: Any) -> str:
    return mine(asking).review.reference


def _letter(asking: Any) -> int:
    """A letter about that review, to which nothing has come."""
    request = mine(asking)
    known = request.review.letters.filter(replies=None).first()
    return known.pk if known is not None else a_letter(request.review, timezone.now()).pk


def _place(asking: Any) -> int:
    return mine(asking).review.readers.earliest("pk").pk


_ONE = [
    *("review_detail", "review_trail", "review_identity", "review_identity_change", "review_correct"),
    *("review_withdraw", "review_undo", "review_decide", "review_pack", "reader_new", "reader_end", "agency_ask"),
    "review_hand_over",
    *("part_detail", "part_withdraw", "section_write", "criteria_answer", "position_take", "review_next_step"),
    *("review_sent", "review_recommend", "letter_new", "letter_reply", "letter_take_back", "review_commission"),
]
REVIEW_SAMPLES: dict[tuple[str, str], Sample] = {
    **{(name, "reference"): _reference for name in _ONE},
    ("review_ask", "reference"): lambda asking: unread(asking).reference,
    ("review_answer", "pk"): _asked,
    ("reader_end", "pk"): _place,
    ("letter_reply", "pk"): _letter,
    ("letter_take_back", "pk"): _letter,
    **{(name, "pk"): lambda asking: mine(asking).pk for name in ("part_detail", "part_withdraw")},
    ("section_write", "code"): lambda _asking: "facts",
}
