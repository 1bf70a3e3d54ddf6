"""Letters through a real mail server: what they say, that each goes once, and what happens when one does not."""

import threading
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.notifications.mail_server import Post
from tests.notifications.telling import at_once, tell
from tests.world import World, build_world
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.notifications.enums import LetterState
from trefoil.notifications.models import Letter, Message
from trefoil.notifications.operations import mark_read, try_letters_again
from trefoil.notifications.outbox import claim
from trefoil.notifications.sending import Round, send_due, send_due_now
from trefoil.notifications.timing import GAPS, LOST_AFTER, next_digest
from trefoil.people.models import Person
from trefoil.people.operations import end_duty


def told_at_once(world: World, person: Person, now: datetime) -> None:
    at_once(world, person, now)
    tell(world, person, now)


def state() -> str:
    return Letter.objects.get().state


def test_letter_says_how_many_and_where_and_never_what(world: World, now: datetime, post: Post) -> None:
    told_at_once(world, world.alice, now)
    tell(world, world.alice, now, key="action:2:proposed")
    assert str(send_due(now=now)) == "1 sent, 0 failed, 0 not needed"
    (letter,) = post.letters
    assert letter["To"] == "alice@example.org"
    assert letter["Subject"] == "2 things wait for you in Trefoil"
    text = letter.get_content().replace("\r\n", "\n")
    assert "2 unread messages wait for you in Fairmead Safeguarding Children Partnership:" in text
    assert "https://trefoil.example/fairmead/messages/\n" in text
    assert "You get a letter as soon as something waits." in text
    for word in ("Tarn", "agency", "action", "manager"):
        assert word not in f"{letter['Subject']} {text}".lower()
    held = Letter.objects.get()
    assert (held.state, held.sent_at, held.attempts) == (LetterState.SENT, now, 1)
    assert letter["Message-ID"] == f"<{held.key}@trefoil.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert set(Message.objects.values_list("letter", flat=True)) == {held.pk}


def test_digest_waits_for_the_morning_and_tells_everything_once(world: World, now: datetime, post: Post) -> None:
    tell(world, world.alice, now)
    tell(world, world.alice, now + timedelta(hours=3), key="action:2:proposed")
    assert send_due(now=now + timedelta(hours=4)) == Round()
    morning = next_digest(now)
    assert send_due(now=morning) == Round(sent=1)
    assert send_due(now=morning) == Round()
    (letter,) = post.letters
    assert letter["Subject"] == "2 things wait for you in Trefoil"
    assert "You get one letter a day at most" in letter.get_content()


def test_message_after_a_letter_has_one_of_its_own(world: World, now: datetime, post: Post) -> None:
    told_at_once(world, world.alice, now)
    send_due(now=now)
    tell(world, world.alice, now, key="action:2:proposed")
    assert send_due(now=now) == Round(sent=1)
    assert len(post.letters) == 2


def test_letter_is_not_needed_when_everything_was_read_or_the_duty_ended(
    world: World, now: datetime, post: Post
) -> None:
    told_at_once(world, world.alice, now)
    mark_read(partnership=world.fairmead, by=world.alice, now=now)
    told_at_once(world, world.bob, now)
    yesterday = timezone.localdate(now) - timedelta(days=1)
    end_duty(duty=world.bob.duties.get(), ends_on=yesterday, by=world.manager, now=now)
    assert send_due(now=now) == Round(not_needed=2)
    assert post.letters == []


def test_letter_that_the_server_refuses_is_tried_again_at_growing_distances(
    world: World, now: datetime, post: Post
) -> None:
    told_at_once(world, world.alice, now)
    post.answer_to_data = "451 later"
    moment = now
    for gap in GAPS:
        assert send_due(now=moment) == Round(failed=1)
        letter = Letter.objects.get()
        assert (letter.state, letter.due_at) == (LetterState.RETRY, moment + gap)
        assert letter.why_not == "The mail server refused the letter (its answer was 451)."
        assert send_due(now=moment + gap - timedelta(seconds=1)) == Round()
        moment += gap
    assert send_due(now=moment) == Round(failed=1)
    assert state() == LetterState.GIVEN_UP
    assert AuditEvent.objects.get(event=EventType.LETTER_GIVEN_UP).detail["tries"] == len(GAPS) + 1
    assert send_due(now=moment + timedelta(days=9)) == Round()
    assert post.letters == []


def test_letter_that_failed_goes_when_the_server_is_back(world: World, now: datetime, post: Post) -> None:
    told_at_once(world, world.alice, now)
    post.answer_to_data = "451 later"
    send_due(now=now)
    # A message that comes meanwhile is told by the same person's next letter or by this one, and by no third.
    tell(world, world.alice, now, key="action:2:proposed")
    post.answer_to_data = "250 kept"
    later = now + GAPS[0]
    done = send_due(now=later)
    assert done.failed == 0
    assert len(post.letters) == done.sent
    assert not Letter.objects.due(later).exists()
    assert not Message.objects.filter(letter__isnull=True).exists()


def test_refused_address_holds_nobody_else_up(world: World, now: datetime, post: Post) -> None:
    told_at_once(world, world.alice, now)
    told_at_once(world, world.bob, now)
    post.refused = {"alice@example.org"}
    assert send_due(now=now) == Round(sent=1, failed=1)
    assert Letter.objects.get(person=world.alice).why_not == "The mail server refused the person’s address."


def test_server_that_is_away_costs_one_try_and_keeps_the_rest(
    world: World, now: datetime, post: Post, settings: object
) -> None:
    settings.EMAIL_PORT = 1
    told_at_once(world, world.alice, now)
    told_at_once(world, world.bob, now)
    assert send_due(now=now) == Round(failed=1)
    assert Letter.objects.get(person=world.alice).why_not == "The mail server could not be reached."
    assert Letter.objects.get(person=world.bob).attempts == 0


def test_letter_of_a_killed_sender_is_taken_up_later_under_the_same_name(
    world: World, now: datetime, post: Post
) -> None:
    told_at_once(world, world.alice, now)
    taken = claim(Letter.objects.get().pk, now=now)
    assert claim(taken.pk, now=now) is None
    assert send_due(now=now + LOST_AFTER - timedelta(seconds=1)) == Round()
    assert send_due(now=now + LOST_AFTER) == Round(sent=1)
    assert post.letters[0]["Message-ID"] == f"<{taken.key}@trefoil.example>"


def test_manager_has_failed_letters_tried_again_and_nobody_else_may(world: World, now: datetime, post: Post) -> None:
    told_at_once(world, world.alice, now)
    post.answer_to_data = "554 no"
    send_due(now=now)
    with pytest.raises(NotAllowedError):
        try_letters_again(partnership=world.fairmead, by=world.bob, now=now)
    with pytest.raises(NotAllowedError):
        try_letters_again(partnership=world.fairmead, by=world.charlie, now=now)
    assert try_letters_again(partnership=world.harbury, by=world.charlie, now=now) == 0
    post.answer_to_data = "250 kept"
    assert try_letters_again(partnership=world.fairmead, by=world.manager, now=now) == 1
    assert AuditEvent.objects.filter(event=EventType.LETTERS_TRIED_AGAIN).count() == 2
    assert send_due(now=now) == Round(sent=1)


def test_command_makes_one_round(world: World, post: Post) -> None:
    told_at_once(world, world.alice, timezone.now())
    said = StringIO()
    call_command("send_messages", stdout=said)
    assert said.getvalue() == "1 sent, 0 failed, 0 not needed\n"
    assert send_due_now() == ""


@pytest.mark.django_db(transaction=True)
def test_senders_at_once_send_each_letter_once(now: datetime, post: Post) -> None:
    world = build_world(now=now)
    people = [world.alice, world.bob, world.dana, world.analyst]
    for person in people:
        told_at_once(world, person, now)
    start, rounds = threading.Barrier(3), []

    def send() -> None:
        try:
            start.wait(10)
            rounds.append(send_due(now=now))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(one.sent for one in rounds) == len(people)
    assert sorted(letter["To"] for letter in post.letters) == sorted(person.email for person in people)
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SENT}


@pytest.mark.django_db(transaction=True)
def test_messages_queued_while_letters_go_are_all_told(now: datetime, post: Post) -> None:
    """Whatever the order, no message is left without a letter that went after it was there."""
    world = build_world(now=now)
    at_once(world, world.alice, now)
    stop = threading.Event()

    def send() -> None:
        try:
            while not stop.is_set():
                send_due(now=now)
        finally:
            connection.close()

    sender = threading.Thread(target=send)
    sender.start()
    for number in range(25):
        tell(world, world.alice, now, key=f"action:{number}:proposed")
    stop.set()
    sender.join(60)
    send_due(now=now)
    assert not Message.objects.filter(letter__isnull=True).exists()
    assert not Letter.objects.exclude(state=LetterState.SENT).exists()
    assert post.letters[-1]["Subject"] == "25 things wait for you in Trefoil"
