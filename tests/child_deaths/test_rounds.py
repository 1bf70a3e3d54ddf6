"""What the worker tells of answers that are due or late, and of what nobody took up: in words that name nobody."""

from datetime import date, datetime, timedelta

from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.child_deaths.made import CHILD, TEXT, answered, asked, notified, reading, who
from tests.world import World
from trefoil.child_deaths.models import Death, DeathReader
from trefoil.child_deaths.operations.readers import end_reading
from trefoil.child_deaths.operations.requests import withdraw_request
from trefoil.child_deaths.rounds import round_of_answers, tell_of_answers
from trefoil.clocks.rounds import run_clocks
from trefoil.notifications.models import Letter, Message
from trefoil.notifications.sending import send_due
from trefoil.people.enums import DutyKind

DUE = date(2026, 12, 11)
SAID = "due on 11 December 2026"


def in_days(now: datetime, day: date) -> datetime:
    return now + (day - timezone.localdate(now))


def told(since: int = 0) -> list[tuple[str, str]]:
    return list(Message.objects.filter(pk__gt=since).order_by("pk").values_list("person__name", "words"))


def may_run(world: World) -> set[str]:
    return {world.manager.name, world.holder[DutyKind.CHILD_DEATH_OFFICER].name}


def last() -> int:
    return Message.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def test_tell_of_answers_warns_two_days_before_and_tells_the_lead_when_late(world: World, now: datetime) -> None:
    death = notified(world, now)
    # Asked on Sunday 22 November 2026: the fifteenth working day is Friday 11 December. Counted by hand.
    assert asked(death, world.police, world.dana, now).due_on == DUE
    seen = last()
    assert tell_of_answers(now=in_days(now, date(2026, 12, 8))) == 0
    assert [tell_of_answers(now=in_days(now, date(2026, 12, 9))) for _ in range(2)] == [1, 0]
    assert [tell_of_answers(now=in_days(now, date(2026, 12, 12))) for _ in range(2)] == [2, 0]
    assert told(seen) == [
        (world.dana.name, f"Your agency’s answer is {SAID}."),
        (world.dana.name, f"Your agency’s answer was {SAID} and is late."),
        (world.manager.name, f"An agency’s answer was {SAID} and is late."),
    ]


def test_tell_of_answers_names_no_child_and_no_record(world: World, now: datetime) -> None:
    death = notified(world, now)
    asked(death, world.police, world.dana, now)
    tell_of_answers(now=in_days(now, date(2026, 12, 12)))
    send_due(now=in_days(now, date(2026, 12, 14)))
    assert {letter.to[0] for letter in mail.outbox} == {world.dana.email, world.manager.email}
    sent = [f"{one.words} {one.path} {one.key}" for one in Message.objects.all()]
    sent += [f"{letter.subject} {letter.body}" for letter in mail.outbox]
    given_away = (death.reference, *CHILD.split(), world.police.name, "death of", "child died")
    assert [(words, text) for words in given_away for text in sent if words in text] == []


def test_tell_of_answers_leaves_out_what_came_or_was_withdrawn(world: World, now: datetime) -> None:
    death = notified(world, now)
    answered(asked(death, world.police, world.dana, now), now)
    withdraw_request(request=asked(death, world.health, world.bob, now), reason=TEXT, by=world.manager, now=now)
    assert tell_of_answers(now=in_days(now, date(2026, 12, 20))) == 0


def test_tell_of_answers_when_the_writer_reads_no_more_tells_the_lead_alone(world: World, now: datetime) -> None:
    request = asked(notified(world, now), world.police, world.dana, now)
    end_reading(reader=request.death.readers.get(person=world.dana), by=world.manager, now=now)
    seen = last()
    assert tell_of_answers(now=in_days(now, date(2026, 12, 9))) == 0
    assert tell_of_answers(now=in_days(now, date(2026, 12, 12))) == 1
    assert told(seen) == [(world.manager.name, f"An agency’s answer was {SAID} and is late.")]


def test_tell_of_answers_when_nobody_runs_it_tells_who_may(world: World, now: datetime) -> None:
    request = asked(notified(world, now), world.police, world.dana, now)
    DeathReader.objects.filter(person=world.manager).update(ended_at=now, ended_by=world.manager)
    seen = last()
    tell_of_answers(now=in_days(now, date(2026, 12, 12)))
    assert {name for name, _ in told(seen)} == {world.dana.name, *may_run(world)}
    assert request.death.state == "notified"


def test_tell_of_answers_says_once_that_nobody_took_a_notification_up(world: World, now: datetime) -> None:
    notified(world, now, by=world.bob)
    seen = last()
    assert tell_of_answers(now=now + timedelta(hours=23)) == 0
    assert [tell_of_answers(now=now + timedelta(hours=hours)) for hours in (25, 26, 60)] == [2, 0, 0]
    words = "A notification has waited for more than a day, and nobody has taken it up."
    assert set(told(seen)) == {(name, words) for name in may_run(world)}


def test_run_clocks_of_a_late_meeting_tells_who_runs_it_and_who_works_on_it(world: World, now: datetime) -> None:
    death = notified(world, now)
    reading(death, world.analyst, now, ends_on=date(2027, 5, 1))
    # Died on 12 November 2026: three months are over on 12 February 2027.
    seen = last()
    run_clocks(now=in_days(now, date(2027, 2, 13)))
    late = "A time limit of a record that you read was due on 12 February 2027 and is late."
    assert sorted(told(seen)) == sorted([(world.analyst.name, late), (world.manager.name, late)])


def test_round_of_answers_says_how_many_were_told(world: World, now: datetime) -> None:
    asked(notified(world, now), world.police, world.dana, now, due_on=timezone.localdate(now))
    said = [round_of_answers(), round_of_answers()]
    assert said[1] == ""
    assert said[0].endswith("about reviews of deaths queued.")


def test_tell_of_answers_costs_the_same_for_one_and_for_three(world: World, now: datetime) -> None:
    then, spent = in_days(now, date(2026, 12, 12)), []
    for number in (1, 3):
        while Death.objects.count() < number:
            death = notified(world, now, identity=who(child_name=f"Child {'abc'[Death.objects.count()]} Other"))
            asked(death, world.police, world.dana, now)
        Message.objects.all().delete()
        Letter.objects.all().delete()
        with CaptureQueriesContext(connection) as seen:
            assert tell_of_answers(now=then) == 2 * number
        spent.append(len(seen))
    assert spent[0] == spent[1]
