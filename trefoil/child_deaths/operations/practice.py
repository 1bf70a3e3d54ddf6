"""A practice review that was there before the death was notified, linked to it: nothing is typed or recorded twice."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person
from trefoil.reviews.models import Review

from ..linking import reviews_of_the_child
from ..models import Death, PracticeReview
from ..moving import held, on_death
from ..rules import check_open, deaths_visible_to, identities_visible_to


@transaction.atomic
def link_practice_review(*, death: Death, review: Review, by: Person, now: datetime) -> PracticeReview:
    """The serious incident was recorded before the death was notified: the two belong together.

    Whoever does this reads the whole of this death, may see who the child was, and leads the review of the same child.
    """
    standing, own = standing_of(by, death.partnership, now=now), held(death)
    today = timezone.localdate(now)
    identity = identities_visible_to(standing, today=today).filter(death=own).first()
    if identity is None or not deaths_visible_to(standing, today=today).filter(pk=own.pk).exists():
        raise NotAllowedError("Only who reads this and sees who the child was may do that.")
    check_open(own)
    if PracticeReview.objects.filter(death=own).exists():
        raise NotAllowedError("A practice review belongs to this death already.")
    if review not in reviews_of_the_child(standing, identity):
        raise NotAllowedError("Choose a review that you lead, of the same child, and that belongs to no other death.")
    made = PracticeReview.objects.create(death=own, review=review, begun_at=now, begun_by=by)
    record(event=EventType.PRACTICE_REVIEW_LINKED, by=by, now=now, **on_death(own))
    return made
