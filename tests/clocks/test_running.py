"""Telling of what comes due: who hears of it, once, twice at a time, and after a missed day."""

import threading
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.clocks.test_clocks import at, started
from tests.world import World
from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.clocks.operations import move_start, pause_clock, resume_clock, stop_clock
from trefoil.clocks.operations.running import Told, tell_of_due
from trefoil.clocks.rounds import round_of_clocks, run_clocks, words_of
from trefoil.notifications.models import Message

REASON = "The parties asked for it."


def told() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("person__name", "words"))


def due_tomorrow(world: World, now: datetime, **given: object) -> Clock:
    """An action due on Monday, told of from Wednesday before."""
    return started(world, now, "PL-ACTION", label="Audit", due_on=now.date() + timedelta(days=1), **given)


def test_due_soon_is_told_to_the_agencys_lead(world: World, now: datetime) -> None:
    clock = due_tomorrow(world, now, agency=world.social_care)
    assert run_clocks(now=now) == Told(clocks=1, late=0, messages=1)
    assert told() == [("Bob", "“Audit” is due on 23 November 2026.")]
    clock.refresh_from_db()
    assert clock.next_at == clock.due_at
    assert Message.objects.get().path == f"/fairmead/clocks/{clock.pk}/"


def test_due_soon_is_told_to_the_person_before_the_agency(world: World, now: datetime) -> None:
    due_tomorrow(world, now, agency=world.social_care, person=world.alice)
    run_clocks(now=now)
    assert [name for name, _ in told()] == ["Alice"]


def test_late_is_told_to_the_managers_too(world: World, now: datetime) -> None:
    started(world, now, agency=world.social_care, label="Dispute")
    assert run_clocks(now=now) == Told(clocks=1, late=1, messages=2)
    late = "“Dispute” was due on 9 November 2026 and is late."
    assert told() == [("Bob", late), (world.manager.name, late)]


def test_nobodys_clock_is_told_to_the_managers(world: World, now: datetime) -> None:
    due_tomorrow(world, now)
    run_clocks(now=now)
    assert [name for name, _ in told()] == [world.manager.name]


def test_leavers_clock_goes_to_the_agencys_lead(world: World, now: datetime) -> None:
    due_tomorrow(world, now, agency=world.social_care, person=world.nobody)
    run_clocks(now=now)
    assert [name for name, _ in told()] == ["Bob"]


def test_restricted_clock_is_told_to_its_owner_without_its_name(world: World, now: datetime) -> None:
    started(world, now, person=world.bob, is_restricted=True)
    started(world, now, agency=world.social_care, is_restricted=True)
    run_clocks(now=now)
    assert told() == [("Bob", "A time limit of yours was due on 9 November 2026 and is late.")]


def test_least_time_is_told_of_when_it_has_passed(world: World, now: datetime) -> None:
    clock = started(world, now, "EX-NRM-CG", started_at=at(1, 10), person=world.bob, label="Decision")
    assert run_clocks(now=now).late == 0
    assert told() == [("Bob", "“Decision” may happen from 31 October 2026 on.")]
    clock.refresh_from_db()
    assert clock.next_at is None


def test_second_run_says_nothing_twice(world: World, now: datetime) -> None:
    due_tomorrow(world, now, agency=world.social_care)
    run_clocks(now=now)
    assert run_clocks(now=now) == Told()
    assert len(told()) == 1


def test_each_moment_is_told_of_in_its_time(world: World, now: datetime) -> None:
    due_tomorrow(world, now, agency=world.social_care)
    runs = [run_clocks(now=now + timedelta(days=day)) for day in (-4, 0, 1, 2, 3)]
    assert [(run.clocks, run.late) for run in runs] == [(1, 0), (0, 0), (0, 0), (1, 1), (0, 0)]


def test_missed_days_mean_only_that_it_is_said_later(world: World, now: datetime) -> None:
    due_tomorrow(world, now, agency=world.social_care)
    assert run_clocks(now=now + timedelta(days=30)) == Told(clocks=1, late=1, messages=2)
    assert {words for _, words in told()} == {"“Audit” was due on 23 November 2026 and is late."}


def test_stopped_and_paused_clocks_are_not_told_of(world: World, now: datetime) -> None:
    stopped, paused = started(world, now), started(world, now, started_at=at(19))
    stop_clock(clock=stopped, stopped_at=at(5), by=world.manager, now=now)
    pause_clock(clock=paused, reason=REASON, by=world.manager, now=now)
    later = now + timedelta(days=60)
    assert run_clocks(now=later) == Told()
    resume_clock(clock=paused, by=world.manager, now=later)
    assert run_clocks(now=later + timedelta(days=30)).late == 1


def test_date_that_moved_is_told_of_anew(world: World, now: datetime) -> None:
    clock = due_tomorrow(world, now, agency=world.social_care)
    run_clocks(now=now)
    move_start(clock=clock, due_on=now.date() + timedelta(days=2), by=world.manager, now=now)
    run_clocks(now=now)
    assert [words for _, words in told()] == [
        "“Audit” is due on 23 November 2026.",
        "“Audit” is due on 24 November 2026.",
    ]


def test_batches_reach_every_clock_and_the_trail_says_so(world: World, now: datetime) -> None:
    for _ in range(5):
        started(world, now, agency=world.social_care)
    assert run_clocks(now=now, at_a_time=2) == Told(clocks=5, late=5, messages=10)
    events = AuditEvent.objects.filter(event="clocks_told").order_by("sequence")
    assert [event.detail["clocks"] for event in events] == [2, 2, 1]


def test_batch_asks_the_same_number_of_queries_for_one_and_for_many(world: World, now: datetime) -> None:
    def queries(number: int) -> int:
        for _ in range(number):
            started(world, now, agency=world.social_care)
        with CaptureQueriesContext(connection) as captured:
            tell_of_due(by=None, now=now)
        return len(captured)

    queries(1)  # the letters to Bob and the manager are made the first time
    assert queries(1) == queries(20)


def test_claim_of_another_run_is_left_alone(world: World, now: datetime) -> None:
    """As if another run had claimed it between our look and our claim."""
    clock = due_tomorrow(world, now, agency=world.social_care)
    Clock.objects.filter(pk=clock.pk).update(next_at=clock.due_at)
    assert tell_of_due(by=None, now=now) == Told()


def test_command_and_worker_say_what_they_did(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    moment = timezone.now()
    started(world, moment, agency=world.social_care, started_at=moment - timedelta(days=60))
    call_command("run_clocks")
    assert capsys.readouterr().out == "1 clock came due, 1 of them late; 2 messages queued.\n"
    assert round_of_clocks() == ""
    assert words_of(Told(2000, 0, 1)) == "2,000 clocks came due, 0 of them late; 1 message queued."


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_tell_once(world: World, now: datetime) -> None:
    for _ in range(30):
        started(world, now, agency=world.social_care)
    results: list[Told] = []
    together = threading.Barrier(2)

    def run() -> None:
        try:
            together.wait(10)
            results.append(run_clocks(now=now, at_a_time=7))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(result.clocks for result in results) == 30
    assert sum(result.messages for result in results) == 60
    assert Message.objects.count() == 60
