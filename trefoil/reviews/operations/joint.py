"""A review that two partnerships carry together."""

from datetime import date, datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person

from ..models import STANDS, JointPartnership, Review
from ..moving import on_review
from ..rules import check_words, safeguarding_partners_on
from ..rules_local import check_between, led


@transaction.atomic
def join_partnership_to(
    *, review: Review, partnership: Partnership, words: str, agreed_on: date, by: Person, now: datetime
) -> JointPartnership:
    """Another partnership carries the review too: the leading one goes on to run it.

    Its people can be put on it one by one, its agencies asked, and its statutory partners take positions.
    Nobody there reads anything by this alone; those who may know of reviews there know its reference.
    """
    own, today = led(review, by, now)
    if partnership.pk == own.partnership_id:
        raise NotAllowedError("That partnership leads the review already.")
    if own.joined.filter(STANDS, partnership=partnership).exists():
        raise NotAllowedError(f"{partnership} has joined already.")
    if not safeguarding_partners_on(partnership, today):
        raise NotAllowedError(f"{partnership} has no statutory partners on record today.")
    check_between(agreed_on, own.known_on, today, "The day", "It cannot have been before the incident was known.")
    made = JointPartnership.objects.create(
        review=own,
        partnership=partnership,
        words=check_words(words, "Say what was agreed: who leads, who does what"),
        agreed_on=agreed_on,
        written_at=now,
        written_by=by,
    )
    record(event=EventType.REVIEW_JOINED, by=by, now=now, detail={"partnership": partnership.slug}, **on_review(own))
    return made
