"""Letters to the national panel, Ofsted and the department, and what they replied."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..enums import LetterSubject, Recipient, ReplyKind, ReviewState
from ..models import STANDS, Reply, Review, SentLetter, undoing
from ..moving import check_not_before, held, keep_before_clock, keep_decision_clock, on_review
from ..queries import sent_on_of
from ..rules import check_day, check_leads, check_words

WRITING = frozenset(
    {ReviewState.RAPID, ReviewState.DECIDED, ReviewState.SENT, ReviewState.LEARNT, ReviewState.PUBLISHED}
)


@transaction.atomic
def note_letter(
    *, review: Review, to: Recipient, subject: LetterSubject, sent_on: date, words: str, by: Person, now: datetime
) -> SentLetter:
    """Write down that a letter went, on which day and what it said.

    That the rapid review went to the panel is a step of the review (`send_rapid_review`), which writes its own letter.
    """
    check_leads(by, review, now)
    own = held(review)
    if own.state not in WRITING:
        raise NotAllowedError("Letters go out once the incident has been notified.")
    if (to, subject) == (Recipient.PANEL, LetterSubject.RAPID_REVIEW):
        raise NotAllowedError("Say on the review’s page that the rapid review was sent. That writes this letter.")
    check_day(sent_on, timezone.localdate(now), "The day on which it was sent")
    check_not_before(sent_on, sent_on_of(own), "It cannot have been sent before the incident was notified.")
    if subject == LetterSubject.DECISION:
        _check_decided(own, sent_on)
    if (
        subject == LetterSubject.REPORT
        and not own.drafts.filter(STANDS, is_final=True, received_on__lte=sent_on).exists()
    ):
        raise NotAllowedError("The final report had not come by that day, so it cannot have been sent.")
    said = check_words(words, "Say what the letter said")
    letter = SentLetter.objects.create(
        review=own,
        to=Recipient(to),
        subject=LetterSubject(subject),
        sent_on=sent_on,
        words=said,
        written_at=now,
        written_by=by,
    )
    keep_decision_clock(own, by=by, now=now)
    keep_before_clock(own, by=by, now=now)
    detail = {"to": letter.to, "subject": letter.subject, "sent_on": sent_on.isoformat()}
    record(event=EventType.REVIEW_LETTER_NOTED, by=by, now=now, detail=detail, **on_review(own))
    return letter


def _check_decided(review: Review, sent_on: date) -> None:
    decided_on = review.next_steps.filter(STANDS).values_list("decided_on", flat=True).first()
    if decided_on is None:
        raise NotAllowedError("The next step is not decided yet, so nobody can have been told of it.")
    check_not_before(sent_on, decided_on, "They cannot have been told before the next step was decided.")


@transaction.atomic
def note_reply(*, letter: SentLetter, kind: ReplyKind, came_on: date, words: str, by: Person, now: datetime) -> Reply:
    """Write down what came back to a letter, and when. A letter may have several replies."""
    check_leads(by, letter.review, now)
    own = held(letter.review)
    _check_stands(letter)
    check_day(came_on, timezone.localdate(now), "The day on which it came")
    check_not_before(came_on, letter.sent_on, "A reply cannot have come before the letter went.")
    said = check_words(words, "Say what they replied")
    reply = Reply.objects.create(
        letter=letter, kind=ReplyKind(kind), came_on=came_on, words=said, written_at=now, written_by=by
    )
    detail = {"from": letter.to, "came_on": came_on.isoformat()}
    record(event=EventType.REVIEW_REPLY_NOTED, by=by, now=now, detail=detail, **on_review(own))
    return reply


@transaction.atomic
def take_back_letter(*, letter: SentLetter, reason: str, by: Person, now: datetime) -> None:
    """It was written down in error. It stays to read, with its replies, and counts no more."""
    check_leads(by, letter.review, now)
    own, why = held(letter.review), check_words(reason, "Say why it is taken back")
    if letter.is_of_a_step:
        raise NotAllowedError("Undo the last step instead: it is the step by which the rapid review was sent.")
    _check_stands(letter)
    SentLetter.objects.filter(pk=letter.pk).update(**undoing(by, now, why))
    keep_decision_clock(own, by=by, now=now)
    keep_before_clock(own, by=by, now=now)
    record(event=EventType.REVIEW_LETTER_TAKEN_BACK, by=by, now=now, detail={"to": letter.to}, **on_review(own))
    letter.refresh_from_db()


def _check_stands(letter: SentLetter) -> None:
    if not SentLetter.objects.filter(STANDS, pk=letter.pk).exists():
        raise NotAllowedError("That letter was taken back.")
