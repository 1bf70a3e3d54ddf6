"""Letters to the national panel, Ofsted and the department, their replies, and the commission of a local review."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.reviews.made import (
    TEXT,
    a_letter,
    agreed,
    chosen,
    notified,
    partners,
    recorded,
    written,
)
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.people.models import Person
from trefoil.reviews.enums import LetterSubject, NextStepKind, Recipient, ReplyKind, ReviewState
from trefoil.reviews.models import STANDS, Commission, Reply, Review, SentLetter
from trefoil.reviews.operations.commissions import Terms, commission_review
from trefoil.reviews.operations.letters import note_letter, note_reply, take_back_letter
from trefoil.reviews.operations.rapid import decide_next_step, send_rapid_review
from trefoil.reviews.operations.undoing import undo_last_step
from trefoil.reviews.queries import untold

ClientFor = Callable[[Person], Client]
WORDS = "What the services knew from birth until November."
TERMS = Terms(
    terms=WORDS, method="Significant incident learning", reviewer="A. Reviewer", conflict="Nothing to declare."
)
TODAY = date(2026, 11, 22)
DAYS = ("sent_on", "came_on", "agreed_on")


def commissioned(review: Review, now: datetime, terms: Terms = TERMS, **named: object) -> Commission:
    given = {"agreed_on": TODAY, **named}
    return commission_review(review=review, terms=terms, by=review.recorded_by, now=now, **given)


def replied(letter: SentLetter, now: datetime, **named: object) -> Reply:
    given = {"kind": ReplyKind.AGREES, "came_on": TODAY, "words": TEXT, **named}
    return note_reply(letter=letter, by=letter.written_by, now=now, **given)


def told_all(review: Review, now: datetime) -> list[SentLetter]:
    return [a_letter(review, now, to=one, subject=LetterSubject.DECISION) for one in Recipient]


def decision_clock(review: Review) -> Clock:
    return Clock.objects.about(review.subject).under("SI-DEC").latest("pk")


def events(kind: EventType) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=kind))


def test_note_letter_keeps_what_went_and_when(world: World, now: datetime) -> None:
    review = notified(world, now)
    letter = a_letter(review, now, sent_on=date(2026, 11, 20))
    assert (letter.to, letter.sent_on, letter.words) == (Recipient.OFSTED, date(2026, 11, 20), TEXT)
    line = events(EventType.REVIEW_LETTER_NOTED)[0]
    assert (line.subject, line.detail["to"]) == (review.subject, "ofsted")
    assert TEXT not in str(line.detail)


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"sent_on": date(2026, 11, 23)}, "future"),
        ({"sent_on": date(2026, 11, 16)}, "before the incident was notified"),
        ({"words": "Hello."}, "Say what the letter said"),
        ({"subject": LetterSubject.DECISION}, "not decided yet"),
        ({"to": Recipient.PANEL, "subject": LetterSubject.RAPID_REVIEW}, "rapid review was sent"),
    ],
)
def test_note_letter_refuses_with_the_reason(world: World, now: datetime, named: dict[str, object], why: str) -> None:
    with pytest.raises(NotAllowedError, match=why):
        a_letter(notified(world, now), now, **named)


def test_note_letter_before_notifying_or_by_a_reader_is_refused(world: World, now: datetime) -> None:
    review = recorded(world, now)
    with pytest.raises(NotAllowedError, match="once the incident has been notified"):
        a_letter(review, now)
    with pytest.raises(NotAllowedError, match="Only who leads"):
        note_letter(
            review=review,
            to=Recipient.OFSTED,
            subject=LetterSubject.OTHER,
            sent_on=TODAY,
            words=TEXT,
            by=world.bob,
            now=now,
        )


def test_note_letter_of_the_decision_before_the_decision_is_refused(world: World, now: datetime) -> None:
    review = chosen(world, now)
    with pytest.raises(NotAllowedError, match="before the next step was decided"):
        a_letter(review, now, subject=LetterSubject.DECISION, sent_on=date(2026, 11, 20))


def test_note_reply_keeps_several_and_refuses_what_cannot_be(world: World, now: datetime) -> None:
    letter = a_letter(notified(world, now), now, sent_on=date(2026, 11, 19))
    replied(letter, now, kind=ReplyKind.NOTED, came_on=date(2026, 11, 19))
    replied(letter, now, kind=ReplyKind.DISAGREES)
    assert [one.kind for one in letter.replies.all()] == [ReplyKind.NOTED, ReplyKind.DISAGREES]
    assert len(events(EventType.REVIEW_REPLY_NOTED)) == 2
    wrong = [({"came_on": date(2026, 11, 18)}, "before the letter went"), ({"came_on": date(2026, 11, 23)}, "future")]
    for named, why in [*wrong, ({"words": "Yes."}, "Say what they replied")]:
        with pytest.raises(NotAllowedError, match=why):
            replied(letter, now, **named)
    with pytest.raises(NotAllowedError, match="Only who leads"):
        note_reply(letter=letter, kind=ReplyKind.AGREES, came_on=TODAY, words=TEXT, by=world.bob, now=now)


def test_take_back_letter_keeps_it_and_takes_no_more_replies(world: World, now: datetime) -> None:
    letter = a_letter(notified(world, now), now)
    take_back_letter(letter=letter, reason="It went for another review.", by=world.manager, now=now)
    assert (letter.undone_by, letter.undone_reason) == (world.manager, "It went for another review.")
    assert len(events(EventType.REVIEW_LETTER_TAKEN_BACK)) == 1
    with pytest.raises(NotAllowedError, match="taken back"):
        replied(letter, now)
    with pytest.raises(NotAllowedError, match="taken back"):
        take_back_letter(letter=letter, reason="It went for another review.", by=world.manager, now=now)


def test_send_rapid_review_writes_its_letter_and_undoing_takes_it_back(world: World, now: datetime) -> None:
    review = chosen(world, now)
    send_rapid_review(review=review, sent_on=TODAY, by=world.manager, now=now)
    letter = review.letters.get()
    assert (letter.to, letter.subject, letter.sent_on) == (Recipient.PANEL, LetterSubject.RAPID_REVIEW, TODAY)
    replied(letter, now)
    with pytest.raises(NotAllowedError, match="Undo the last step"):
        take_back_letter(letter=letter, reason=TEXT, by=world.manager, now=now)
    undo_last_step(review=review, reason=TEXT, by=world.manager, now=now)
    assert not review.letters.filter(STANDS).exists()


def test_decision_clock_ends_when_all_three_know_and_a_reviewer_is_named(world: World, now: datetime) -> None:
    review = chosen(world, now)
    assert decision_clock(review).is_open
    letters = told_all(review, now)
    assert decision_clock(review).is_open
    commissioned(review, now)
    assert decision_clock(review).stopped_at == now
    take_back_letter(letter=letters[1], reason="It never went.", by=world.manager, now=now)
    assert decision_clock(review).is_open
    a_letter(review, now, to=letters[1].to, subject=LetterSubject.DECISION)
    assert not decision_clock(review).is_open


def test_undoing_the_decision_takes_the_commission_and_its_clock_with_it(world: World, now: datetime) -> None:
    review = chosen(world, now)
    commissioned(review, now)
    undo_last_step(review=review, reason=TEXT, by=world.manager, now=now)
    assert review.state == ReviewState.RAPID
    assert not review.commissions.filter(STANDS).exists()
    assert decision_clock(review).withdrawn_at == now


def test_letters_of_a_decision_that_was_undone_do_not_tell_of_the_next(world: World, now: datetime) -> None:
    earlier = now - timedelta(days=2)
    review = notified(world, earlier)
    written(review, earlier)
    agreed(review, partners(world, earlier), earlier)
    decide_next_step(
        review=review,
        kind=NextStepKind.LOCAL_REVIEW,
        reasons=TEXT,
        decided_on=earlier.date(),
        by=world.manager,
        now=earlier,
    )
    told_all(review, earlier)
    undo_last_step(review=review, reason=TEXT, by=world.manager, now=now)
    decide(world, now, review)
    commissioned(review, now)
    assert decision_clock(review).is_open
    assert len(untold(review, review.next_steps.get(STANDS))) == len(Recipient)


def decide(world: World, now: datetime, review: Review) -> Review:
    """The local review is decided for a rapid review that is under way, for which the partners hold it right."""
    written(review, now)
    kind = NextStepKind.LOCAL_REVIEW
    decide_next_step(review=review, kind=kind, reasons=TEXT, decided_on=TODAY, by=world.manager, now=now)
    return review


def test_letters_and_commission_through_their_pages(world: World, now: datetime, client_for: ClientFor) -> None:
    review, client = chosen(world, now), client_for(world.manager)
    names = ["fairmead", review.reference]
    day = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year}
    sent_on, came_on, agreed_on = ({f"{name}_{part}": value for part, value in day.items()} for name in DAYS)
    letter = {"to": "ofsted", "subject": "decision", "words": "We will review this together."}
    assert client.post(reverse("letter_new", args=names), letter | sent_on).status_code == 302
    reply = {"kind": "asks", "words": "Who is the reviewer to be?"}
    page = reverse("letter_reply", args=[*names, review.letters.get().pk])
    assert "It was about: what follows the rapid review." in client.get(page).content.decode()
    assert client.post(page, reply | came_on).status_code == 302
    terms = {"terms": WORDS, "method": "A method", "reviewer": "A. Reviewer", "conflict": "Nothing.", "cost": "14500"}
    first = client.post(reverse("review_commission", args=names), terms | agreed_on)
    assert "at least 10 characters" in first.content.decode()
    terms["conflict"] = "Nothing to declare."
    assert client.post(reverse("review_commission", args=names), terms | agreed_on).status_code == 302
    shown = client.get(reverse("review_detail", args=names)).content.decode()
    for words in (
        "We will review this together.",
        "Who is the reviewer to be?",
        "They ask for more",
        "£14,500.00",
        WORDS,
    ):
        assert words in shown
    changed = client.post(reverse("review_commission", args=names), terms | agreed_on)
    assert "Why is it changed?" in changed.content.decode()
    taken = client.post(reverse("letter_take_back", args=[*names, review.letters.get().pk]), {"reason": TEXT})
    assert taken.status_code == 302
    assert client.get(page).status_code == 404


def test_letters_replies_and_terms_are_sealed(world: World, now: datetime) -> None:
    review = chosen(world, now)
    replied(a_letter(review, now), now)
    commissioned(review, now)
    with connection.cursor() as cursor:
        for table in ("sentletter", "reply", "commission"):
            cursor.execute(f"SELECT * FROM reviews_{table}")
            stored = str(cursor.fetchall())
            assert not any(words in stored for words in (TEXT, WORDS, "Nothing to declare")), table
