"""The last step of a review taken back, with a reason. What was decided stays to read as undone."""

from datetime import datetime

from django.db import transaction

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..enums import LetterSubject, Recipient, ReviewState
from ..models import STANDS, LearningReview, NextStep, Review, undoing
from ..moving import (
    AVAILABLE,
    BEFORE,
    DECISION,
    LOCAL,
    RAPID,
    begin_clock,
    begin_notify_clocks,
    drop_clocks,
    held,
    move,
    on_review,
)
from ..plan_sources import hide_source
from ..rules import check_leads, check_undo, check_words


@transaction.atomic
def undo_last_step(*, review: Review, reason: str, by: Person, now: datetime) -> None:
    """Take back the last step, with a reason. What was decided stays to read as undone; clocks are set as before it."""
    check_leads(by, review, now)
    own = held(review)
    to, why = check_undo(own), check_words(reason, "Say why it is undone")
    _UNDO[ReviewState(own.state)](own, why, by, now)
    move(own, to, by=by, now=now, reason=why, is_undoing=True)
    record(event=EventType.REVIEW_STEP_UNDONE, by=by, now=now, detail={"back_to": to.value}, **on_review(own))
    review.refresh_from_db()


def _deciding(review: Review, why: str, by: Person, now: datetime) -> None:
    review.notify_decisions.filter(STANDS).update(**undoing(by, now, why))
    if review.state == ReviewState.NOT_NOTIFIED:
        begin_notify_clocks(review, by=by, now=now)


def _notifying(review: Review, why: str, by: Person, now: datetime) -> None:
    if review.agency_requests.filter(withdrawn_at__isnull=True).exists():
        raise NotAllowedError("Agencies were asked for their part. Withdraw what was asked first.")
    review.notifications.filter(STANDS).update(**undoing(by, now, why))
    drop_clocks(review, RAPID, reason="The notification was undone.", by=by, now=now)
    begin_notify_clocks(review, by=by, now=now)


def _next_step(review: Review, why: str, by: Person, now: datetime) -> None:
    if review.learning_reviews.filter(STANDS).exists() or review.drafts.filter(STANDS).exists():
        raise NotAllowedError("Work has begun on what was decided: it is on record. Take that back first.")
    undone = undoing(by, now, why)
    review.next_steps.filter(STANDS).update(**undone)
    review.commissions.filter(STANDS).update(**undone)
    review.publication_plans.filter(STANDS).update(**undone)
    drop_clocks(review, DECISION, LOCAL, BEFORE, reason="The decision was undone.", by=by, now=now)


def _sending(review: Review, why: str, by: Person, now: datetime) -> None:
    undone = undoing(by, now, why)
    review.letters.filter(STANDS, to=Recipient.PANEL, subject=LetterSubject.RAPID_REVIEW).update(**undone)
    sent_on = review.notifications.filter(STANDS).values_list("sent_on", flat=True).get()
    begin_clock(review, RAPID, sent_on, by=by, now=now)


def _learning(review: Review, why: str, by: Person, now: datetime) -> None:
    _undo_ending(review, reason=why, by=by, now=now)


def _publishing(review: Review, why: str, by: Person, now: datetime) -> None:
    """Put on record in error: the six months run again. What was published and came down is taken down instead."""
    review.publications.filter(STANDS).update(**undoing(by, now, why))
    drop_clocks(review, AVAILABLE, reason="The publication was undone.", by=by, now=now)
    begin_clock(review, LOCAL, NextStep.objects.get(STANDS, review=review).decided_on, by=by, now=now)
    hide_source(review, by=by, now=now)


_UNDO = {
    ReviewState.TO_NOTIFY: _deciding,
    ReviewState.NOT_NOTIFIED: _deciding,
    ReviewState.RAPID: _notifying,
    ReviewState.DECIDED: _next_step,
    ReviewState.SENT: _sending,
    ReviewState.LEARNT: _learning,
    ReviewState.PUBLISHED: _publishing,
}


def _undo_ending(review: Review, *, reason: str, by: Person, now: datetime) -> None:
    """The ending did not hold: it stays to read as undone, and the learning goes on as it was."""
    ended = review.learning_reviews.filter(STANDS).get()
    LearningReview.objects.filter(pk=ended.pk).update(**undoing(by, now, reason))
    LearningReview.objects.create(
        review=review,
        method=ended.method,
        words=ended.words,
        due_on=ended.due_on,
        written_at=now,
        written_by=by,
    )
