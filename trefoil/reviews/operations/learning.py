"""Learning in another way than a local review: what, by when, and what was learnt."""

from datetime import date, datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..enums import NextStepKind
from ..enums_local import LearningMethod
from ..models import STANDS, LearningReview, Review, undoing
from ..moving import move, on_review
from ..rules import check_move, check_words
from ..rules_local import check_between, led


@transaction.atomic
def begin_learning(
    *, review: Review, method: LearningMethod, words: str, due_on: date, by: Person, now: datetime, reason: str = ""
) -> LearningReview:
    """Say how the learning is brought out without a local review, and by when. A change takes a reason."""
    own, today = led(review, by, now)
    step = own.next_steps.filter(STANDS, kind=NextStepKind.OTHER_LEARNING).first()
    if step is None:
        raise NotAllowedError("Learning in another way was not decided to follow.")
    if due_on < step.decided_on:
        raise NotAllowedError("It cannot be due before it was decided.")
    said, standing = check_words(words, "Say what is done, and what it asks"), own.learning_reviews.filter(STANDS)
    if standing.filter(ended_at__isnull=False).exists():
        raise NotAllowedError("It has ended. Undo that step first.")
    if standing.exists():
        if due_on < today:
            raise NotAllowedError("The new day lies behind. Choose one from today on.")
        standing.update(**undoing(by, now, check_words(reason, "Say why it is changed")))
    made = LearningReview.objects.create(
        review=own, method=LearningMethod(method), words=said, due_on=due_on, written_at=now, written_by=by
    )
    detail = {"method": made.method, "due_on": due_on.isoformat()}
    record(event=EventType.REVIEW_LEARNING_BEGUN, by=by, now=now, detail=detail, **on_review(own))
    return made


@transaction.atomic
def end_learning(*, review: Review, ended_on: date, learnt: str, by: Person, now: datetime) -> None:
    """Say what was learnt. The review ends with that; at least one finding stands, so that the library has it."""
    own, today = led(review, by, now)
    to, said = check_move("end_learning", own), check_words(learnt, "Say what was learnt")
    row = own.learning_reviews.filter(STANDS).first()
    if row is None:
        raise NotAllowedError("How the learning is brought out is not on record yet.")
    decided_on = own.next_steps.filter(STANDS).values_list("decided_on", flat=True).get()
    check_between(ended_on, decided_on, today, "The day", "It cannot have ended before it was decided.")
    if not own.findings.filter(STANDS).exists():
        raise NotAllowedError("Write down at least one finding with its theme first: the learning library reads those.")
    row.learnt, row.ended_on, row.ended_at, row.ended_by = said, ended_on, now, by
    row.save(update_fields=["learnt", "ended_on", "ended_at", "ended_by"])
    move(own, to, by=by, now=now)
    detail = {"ended_on": ended_on.isoformat()}
    record(event=EventType.REVIEW_LEARNING_ENDED, by=by, now=now, detail=detail, **on_review(own))
    review.refresh_from_db()
