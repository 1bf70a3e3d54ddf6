"""Starting and stopping clocks, and what moves their date."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.clocks.enums import ClockMoveKind, Status
from trefoil.clocks.models import Clock
from trefoil.clocks.operations import (
    move_start,
    record_attempt,
    start_clock,
    start_triggered_clock,
    stop_clock,
)
from trefoil.clocks.views.clock_words import steps_of

LONDON = ZoneInfo("Europe/London")


def at(day: int, month: int = 11, year: int = 2026, hour: int = 9) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LONDON)


def started(world: World, now: datetime, rule_id: str = "ESC-1", **given: object) -> Clock:
    facts = {"subject": "action:12", "label": "Sample", "started_at": at(2), "by": world.manager} | given
    return start_clock(partnership=world.fairmead, rule_id=rule_id, now=now, **facts)


def test_start_works_out_the_date_and_writes_it_down(world: World, now: datetime) -> None:
    clock = started(world, now, agency=world.police)
    assert clock.due_day == date(2026, 11, 9)
    assert clock.due_at == datetime(2026, 11, 9, 23, 59, 59, 999999, tzinfo=LONDON)
    assert (clock.edition, clock.kind, clock.length, clock.unit) == ("local", "max", 5, "working_days")
    assert clock.status_at(now) is Status.LATE
    assert [move.kind for move in clock.moves.all()] == [ClockMoveKind.STARTED]
    assert AuditEvent.objects.filter(event="clock_started", subject=clock.reference).count() == 1
    assert list(Clock.objects.about("action:12")) == [clock]


@pytest.mark.parametrize(
    ("day", "edition", "due"),
    [
        (at(4, 3, 2019), "wt2018", None),
        (at(14, 12, 2023), "wt2018", None),
        (at(15, 12, 2023), "wt2023", date(2024, 1, 10)),
        (at(17, 3, 2026), "wt2023", date(2026, 4, 9)),
        (at(18, 3, 2026), "wt2026", date(2026, 4, 10)),
    ],
)
def test_start_takes_the_edition_in_force_on_its_day(
    world: World, now: datetime, day: datetime, edition: str, due: date | None
) -> None:
    clock = started(world, now, "SI-RR", started_at=day)
    assert (clock.edition, clock.due_day) == (edition, due)
    assert clock.status_at(now) is (Status.UNDATED if due is None else Status.LATE)


def test_start_refuses_a_day_before_every_edition(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="no edition of SI-RR held on 1 May 2010"):
        started(world, now, "SI-RR", started_at=at(1, 5, 2010))


def test_start_refuses_a_rule_that_is_not_there(world: World, now: datetime) -> None:
    with pytest.raises(LookupError, match="XX-1"):
        started(world, now, "XX-1")


def test_start_refuses_who_is_no_part_of_the_partnership(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="your duties"):
        started(world, now, by=world.charlie)


def test_start_takes_the_date_that_the_record_sets(world: World, now: datetime) -> None:
    clock = started(world, now, "PL-ACTION", due_on=date(2026, 12, 4))
    assert clock.due_day == date(2026, 12, 4)
    assert clock.status_at(now) is Status.RUNNING


def test_start_refuses_a_date_for_a_rule_that_works_it_out(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="worked out, and cannot be given"):
        started(world, now, due_on=date(2026, 12, 4))


def test_start_refuses_a_record_without_its_date(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="needs the date"):
        started(world, now, "PL-ACTION")


def test_start_before_an_event_counts_backwards_from_it(world: World, now: datetime) -> None:
    clock = started(world, now, "MT-PAPERS", started_at=at(1, 12))
    assert clock.due_day == date(2026, 11, 24)
    assert clock.status_at(now) is Status.DUE_SOON


def test_start_without_a_number_runs_without_a_date(world: World, now: datetime) -> None:
    clock = started(world, now, "FD-WRITE")
    assert (clock.due_at, clock.next_at) == (None, None)
    assert clock.status_at(now) is Status.UNDATED


def test_start_counts_school_days_only_with_terms(world: World, now: datetime) -> None:
    clock = started(world, now, "ED-CME20")
    assert clock.status_at(now) is Status.UNDATED


def test_stop_in_time_is_met(world: World, now: datetime) -> None:
    clock = started(world, now, started_at=at(19))
    stop_clock(clock=clock, stopped_at=at(20), by=world.manager, now=now)
    assert clock.status_at(now) is Status.MET
    assert clock.next_at is None


def test_stop_past_its_date_is_met_late(world: World, now: datetime) -> None:
    clock = started(world, now)
    stop_clock(clock=clock, stopped_at=at(20), by=world.manager, now=now)
    assert clock.status_at(now) is Status.MET_LATE
    assert AuditEvent.objects.get(event="clock_stopped").detail["status"] == "met_late"


def test_stop_refuses_the_future_and_a_moment_before_the_start(world: World, now: datetime) -> None:
    clock = started(world, now)
    with pytest.raises(NotAllowedError, match="future"):
        stop_clock(clock=clock, stopped_at=now + timedelta(hours=1), by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="before it started"):
        stop_clock(clock=clock, stopped_at=at(1), by=world.manager, now=now)


def test_stop_refuses_one_that_has_stopped(world: World, now: datetime) -> None:
    clock = started(world, now)
    stop_clock(clock=clock, stopped_at=now, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="has stopped"):
        stop_clock(clock=clock, stopped_at=now, by=world.manager, now=now)


def test_attempt_that_failed_stops_nothing(world: World, now: datetime) -> None:
    clock = started(world, now, agency=world.social_care)
    record_attempt(clock=clock, succeeded=False, attempted_at=at(5), by=world.bob, now=now, words="Nobody at home.")
    clock.refresh_from_db()
    assert clock.is_open
    assert clock.moves.get(kind=ClockMoveKind.ATTEMPTED).reason == "Nobody at home."
    assert AuditEvent.objects.filter(event="clock_attempted").count() == 1


def test_attempt_that_succeeded_stops_the_clock(world: World, now: datetime) -> None:
    clock = started(world, now, agency=world.social_care)
    record_attempt(clock=clock, succeeded=True, attempted_at=at(5), by=world.bob, now=now)
    assert clock.status_at(now) is Status.MET


def test_attempt_is_refused_to_another_agency(world: World, now: datetime) -> None:
    clock = started(world, now, agency=world.police)
    with pytest.raises(NotAllowedError, match="only who owes this"):
        record_attempt(clock=clock, succeeded=False, attempted_at=at(5), by=world.bob, now=now)


def test_attempt_is_refused_in_the_future(world: World, now: datetime) -> None:
    clock = started(world, now)
    with pytest.raises(NotAllowedError, match="future"):
        record_attempt(clock=clock, succeeded=False, attempted_at=at(30), by=world.manager, now=now)


def test_move_start_works_it_out_anew_and_keeps_the_old_date(world: World, now: datetime) -> None:
    clock = started(world, now)
    move_start(clock=clock, started_at=at(18), by=world.manager, now=now, reason="The concern was raised later.")
    assert steps_of(clock.moves.all())[-1].what == "Start moved"
    assert clock.due_day == date(2026, 11, 25)
    move = clock.moves.get(kind=ClockMoveKind.MOVED)
    assert (move.due_before.day, move.due_after.day) == (9, 25)
    assert "2 November 2026" in move.words
    assert "18 November 2026" in move.words
    assert AuditEvent.objects.get(event="clock_moved").detail["was"].startswith("2026-11-09")


def test_move_start_can_take_it_into_another_edition(world: World, now: datetime) -> None:
    clock = started(world, now, "SI-RR", started_at=at(1, 12, 2023))
    move_start(clock=clock, started_at=at(15, 12, 2023), by=world.manager, now=now)
    assert (clock.edition, clock.due_day) == ("wt2023", date(2024, 1, 10))


def test_move_start_judges_a_stopped_clock_anew(world: World, now: datetime) -> None:
    clock = started(world, now)
    stop_clock(clock=clock, stopped_at=at(20), by=world.manager, now=now)
    move_start(clock=clock, started_at=at(18), by=world.manager, now=now)
    assert clock.status_at(now) is Status.MET


def test_move_start_moves_the_date_of_a_record(world: World, now: datetime) -> None:
    clock = started(world, now, "PL-ACTION", due_on=date(2026, 12, 4))
    move_start(clock=clock, due_on=date(2027, 1, 29), by=world.manager, now=now)
    assert clock.due_day == date(2027, 1, 29)
    assert clock.moves.get(kind=ClockMoveKind.MOVED).words == ""
    assert steps_of(clock.moves.all())[-1].what == "Date moved"


def test_triggered_clock_starts_at_the_third_event(world: World, now: datetime) -> None:
    moments = [at(1, 9), at(10, 10), at(9, 11)]
    facts = {"partnership": world.fairmead, "rule_id": "MS-REPEAT", "subject": "child:1", "label": "Third episode"}
    assert start_triggered_clock(moments=moments[:2], by=world.manager, now=now, **facts) is None
    clock = start_triggered_clock(moments=moments, by=world.manager, now=now, **facts)
    assert clock is not None
    assert clock.started_at == at(9)
    assert start_triggered_clock(moments=moments, by=world.manager, now=now, **facts) is None


def test_triggered_clock_is_refused_for_a_rule_without_a_trigger(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="not started by events"):
        start_triggered_clock(
            partnership=world.fairmead,
            rule_id="ESC-1",
            subject="x:1",
            label="x",
            moments=[now],
            by=world.manager,
            now=now,
        )
