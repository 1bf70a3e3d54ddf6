"""Messages: once for each key, in the inbox, with a letter that waits for its time."""

import threading
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.notifications.telling import at_once, tell
from tests.world import World, build_world
from trefoil.access.queries import standing_in
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.notifications.enums import LetterState, MailChoice, MessageKind
from trefoil.notifications.models import Letter, Message
from trefoil.notifications.operations import (
    NewMessage,
    delete_old_messages,
    mark_read,
    queue_messages,
    set_mail_choice,
)
from trefoil.notifications.timing import GAPS, next_digest, next_try

ENGLAND = ZoneInfo("Europe/London")


def test_queue_message_puts_one_in_the_inbox_and_a_letter_in_the_outbox(world: World, now: datetime) -> None:
    assert tell(world, world.alice, now)
    message = Message.objects.get()
    assert (message.person, message.queued_by, message.read_at) == (world.alice, world.manager, None)
    letter = Letter.objects.get()
    assert (letter.person, letter.state) == (world.alice, LetterState.WAITING)
    assert letter.due_at == datetime(2026, 11, 23, 7, tzinfo=ENGLAND)


def test_queue_message_again_under_the_same_key_does_nothing(world: World, now: datetime) -> None:
    tell(world, world.alice, now)
    assert not tell(world, world.alice, now, words="Another sentence.")
    assert tell(world, world.bob, now)
    assert tell(world, world.alice, now, key="action:2:proposed")
    assert (Message.objects.count(), Letter.objects.count()) == (3, 2)


def test_queue_message_tells_nobody_what_they_did_nor_a_closed_account(world: World, now: datetime) -> None:
    assert not tell(world, world.manager, now)
    world.alice.is_active = False
    assert not tell(world, world.alice, now)
    assert tell(world, world.manager, now, by=None)


def test_queue_message_to_a_page_elsewhere_is_refused(world: World, now: datetime) -> None:
    for path in ("/harbury/", "https://evil.example/fairmead/", "fairmead/"):
        with pytest.raises(ValueError, match="is no page of fairmead"):
            tell(world, world.alice, now, path=path)


def test_queue_message_cuts_what_is_too_long(world: World, now: datetime) -> None:
    tell(world, world.alice, now, words="x" * 400)
    assert Message.objects.get().words == "x" * 299 + "…"


def test_queue_message_without_mail_makes_no_letter(world: World, now: datetime) -> None:
    set_mail_choice(choice=MailChoice.NONE, partnership=world.fairmead, by=world.alice, now=now)
    tell(world, world.alice, now)
    assert (Message.objects.count(), Letter.objects.count()) == (1, 0)


def test_queue_messages_asks_no_more_for_more(world: World, now: datetime) -> None:
    def many(number: int) -> list[NewMessage]:
        return [
            NewMessage(person, world.fairmead, MessageKind.CLOCK, "Late.", "/fairmead/", f"clock:{n}:late:{number}")
            for n in range(number)
            for person in (world.alice, world.bob)
        ]

    def queries_of(messages: list[NewMessage]) -> int:
        Letter.objects.all().delete()
        with CaptureQueriesContext(connection) as captured:
            assert queue_messages(messages=messages, by=None, now=now) == len(messages)
        return len(captured)

    few, lots = many(1), many(30)
    assert queries_of(few) == queries_of(lots)
    assert queue_messages(messages=lots, by=None, now=now) == 0
    assert Letter.objects.count() == 2


def test_mail_choice_moves_the_letter_that_waits(world: World, now: datetime) -> None:
    tell(world, world.alice, now)
    at_once(world, world.alice, now)
    assert Letter.objects.get().due_at == now
    set_mail_choice(choice=MailChoice.DIGEST, partnership=world.fairmead, by=world.alice, now=now)
    assert Letter.objects.get().due_at == next_digest(now)
    set_mail_choice(choice=MailChoice.NONE, partnership=world.fairmead, by=world.alice, now=now)
    assert not Letter.objects.exists()
    assert AuditEvent.objects.filter(event=EventType.MAIL_CHOICE_SET).count() == 3


def test_mark_read_takes_the_readers_own(world: World, now: datetime) -> None:
    tell(world, world.alice, now)
    tell(world, world.alice, now, key="action:2:proposed")
    tell(world, world.bob, now)
    first = Message.objects.filter(person=world.alice).first()
    assert mark_read(partnership=world.fairmead, by=world.bob, now=now, message=first) == 0
    assert mark_read(partnership=world.fairmead, by=world.alice, now=now, message=first) == 1
    assert mark_read(partnership=world.fairmead, by=world.alice, now=now) == 1
    assert Message.objects.filter(read_at__isnull=True).get().person == world.bob


def test_unread_messages_are_counted_with_the_duties(
    world: World, now: datetime, django_assert_num_queries: object
) -> None:
    for number in range(3):
        tell(world, world.alice, now, key=f"action:{number}:proposed")
    tell(world, world.bob, now)
    with django_assert_num_queries(1):
        standing = standing_in(world.alice, "fairmead", now=now)
    assert standing.counts == {"unread": 3, "elsewhere": 0}
    assert standing_in(world.dana, "fairmead", now=now).counts["unread"] == 0
    mark_read(partnership=world.fairmead, by=world.alice, now=now)
    assert standing_in(world.alice, "fairmead", now=now).counts["unread"] == 0


def test_delete_old_messages_after_400_days(world: World, now: datetime) -> None:
    tell(world, world.alice, now - timedelta(days=401))
    tell(world, world.bob, now - timedelta(days=399))
    assert delete_old_messages(by=None, now=now) == 1
    assert Message.objects.get().person == world.bob
    assert Letter.objects.get().person == world.bob
    assert AuditEvent.objects.get(event=EventType.MESSAGES_EXPIRED).detail == {"number": 1}


def test_delete_old_messages_command_says_how_many(world: World) -> None:
    tell(world, world.alice, timezone.now())
    said = StringIO()
    call_command("delete_old_messages", stdout=said)
    assert said.getvalue() == "0 messages deleted\n"


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-22 06:59", "2026-11-22 07:00 +00:00"),
        ("2026-11-22 07:00", "2026-11-23 07:00 +00:00"),
        ("2026-03-28 12:00", "2026-03-29 07:00 +01:00"),
        ("2026-10-24 23:30", "2026-10-25 07:00 +00:00"),
    ],
)
def test_digest_goes_at_seven_in_winter_and_summer(at: str, due: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=ENGLAND)
    assert next_digest(moment).isoformat(sep=" ", timespec="minutes") == due.replace(" +", "+")


def test_tries_grow_apart_and_end(now: datetime) -> None:
    assert list(GAPS) == sorted(GAPS)
    assert next_try(1, now) == now + timedelta(minutes=5)
    assert next_try(6, now) == now + timedelta(days=1)
    assert next_try(7, now) is None


@pytest.mark.django_db(transaction=True)
def test_same_message_queued_at_once_is_there_once(now: datetime) -> None:
    world = build_world(now=now)
    start, faults = threading.Barrier(3), []

    def queue() -> None:
        try:
            start.wait(10)
            tell(world, world.alice, now)
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=queue) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    assert (Message.objects.count(), Letter.objects.count()) == (1, 1)
