"""What is done to a clock while it runs and afterwards: pause, go on, hand over, explain, withdraw."""

from datetime import date, datetime, timedelta

import pytest

from tests.clocks.test_clocks import at, started
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.clocks.enums import ClockMoveKind, Status
from trefoil.clocks.operations import (
    explain_breach,
    hand_over_clock,
    pause_clock,
    resume_clock,
    stop_clock,
    withdraw_clock,
)

REASON = "The parties asked for it."


def on_trail(event: str) -> int:
    return AuditEvent.objects.filter(event=event).count()


def test_pause_and_resume_move_the_date_by_the_pause(world: World, now: datetime) -> None:
    clock = started(world, now, started_at=at(19))
    pause_clock(clock=clock, reason=REASON, by=world.manager, now=at(20))
    assert clock.status_at(at(20)) is Status.PAUSED
    assert clock.next_at is None
    resume_clock(clock=clock, by=world.manager, now=at(25))
    assert clock.due_day == date(2026, 12, 1)
    assert clock.status_at(at(25)) is Status.RUNNING
    resumed = clock.moves.get(kind=ClockMoveKind.RESUMED)
    assert (resumed.due_before.day, resumed.due_after.day) == (26, 1)
    assert clock.moves.get(kind=ClockMoveKind.PAUSED).reason == REASON
    assert (on_trail("clock_paused"), on_trail("clock_resumed")) == (1, 1)


def test_pauses_add_up(world: World, now: datetime) -> None:
    clock = started(world, now, started_at=at(19))
    for first, last in ((20, 23), (24, 25)):
        pause_clock(clock=clock, reason=REASON, by=world.manager, now=at(first))
        resume_clock(clock=clock, by=world.manager, now=at(last))
    assert clock.due_day == date(2026, 11, 30)


def test_stop_ends_an_open_pause(world: World, now: datetime) -> None:
    clock = started(world, now, started_at=at(2))
    pause_clock(clock=clock, reason=REASON, by=world.manager, now=at(3))
    stop_clock(clock=clock, stopped_at=at(18), by=world.manager, now=at(18))
    assert clock.status_at(now) is Status.MET
    assert clock.due_day == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("rule_id", "given", "says"),
    [
        ("CLA-R1", {"started_at": at(19)}, "knows no pause"),
        ("PL-ACTION", {"due_on": date(2026, 12, 4)}, "tied to a date"),
        ("MT-PAPERS", {"started_at": at(1, 12)}, "tied to a date"),
        ("EX-NRM-CG", {}, "tied to a date"),
    ],
)
def test_pause_is_refused_where_the_rule_knows_none(
    world: World, now: datetime, rule_id: str, given: dict[str, object], says: str
) -> None:
    clock = started(world, now, rule_id, **given)
    with pytest.raises(NotAllowedError, match=says):
        pause_clock(clock=clock, reason=REASON, by=world.manager, now=now)


def test_pause_is_refused_without_a_reason_twice_and_to_others(world: World, now: datetime) -> None:
    clock = started(world, now, started_at=at(19))
    with pytest.raises(NotAllowedError, match="say why it pauses"):
        pause_clock(clock=clock, reason=" so ", by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="your duties"):
        pause_clock(clock=clock, reason=REASON, by=world.bob, now=now)
    with pytest.raises(NotAllowedError, match="not started yet"):
        pause_clock(clock=clock, reason=REASON, by=world.manager, now=at(18))
    pause_clock(clock=clock, reason=REASON, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="paused already"):
        pause_clock(clock=clock, reason=REASON, by=world.manager, now=now)


def test_pause_is_refused_once_it_is_late(world: World, now: datetime) -> None:
    clock = started(world, now)
    with pytest.raises(NotAllowedError, match="late already"):
        pause_clock(clock=clock, reason=REASON, by=world.manager, now=now)


def test_resume_is_refused_when_it_runs(world: World, now: datetime) -> None:
    clock = started(world, now)
    with pytest.raises(NotAllowedError, match="not paused"):
        resume_clock(clock=clock, by=world.manager, now=now)


def test_hand_over_says_from_whom_to_whom(world: World, now: datetime) -> None:
    clock = started(world, now, agency=world.police, person=world.dana)
    hand_over_clock(clock=clock, agency=world.health, by=world.manager, now=now, reason="New lead.")
    assert (clock.agency, clock.person) == (world.health, None)
    move = clock.moves.get(kind=ClockMoveKind.HANDED_OVER)
    assert move.words == "From Dana, Fairmead Police to Fairmead Health."
    assert on_trail("clock_handed_over") == 1


def test_hand_over_from_nobody(world: World, now: datetime) -> None:
    clock = started(world, now)
    hand_over_clock(clock=clock, person=world.bob, by=world.manager, now=now)
    assert clock.moves.get(kind=ClockMoveKind.HANDED_OVER).words == "From nobody to Bob."
    with pytest.raises(NotAllowedError, match="say who"):
        hand_over_clock(clock=clock, by=world.manager, now=now)


def test_explain_keeps_each_reason(world: World, now: datetime) -> None:
    clock = started(world, now, agency=world.social_care)
    explain_breach(clock=clock, reason="The panel could not meet.", by=world.bob, now=now)
    explain_breach(clock=clock, reason="The room was flooded as well.", by=world.manager, now=now)
    assert clock.explained_at == now
    assert clock.moves.filter(kind=ClockMoveKind.EXPLAINED).count() == 2
    assert on_trail("clock_explained") == 2


def test_explain_is_refused_in_time_and_to_strangers(world: World, now: datetime) -> None:
    clock = started(world, now, started_at=at(20), agency=world.social_care)
    with pytest.raises(NotAllowedError, match="nothing to explain"):
        explain_breach(clock=clock, reason=REASON, by=world.bob, now=now)
    with pytest.raises(NotAllowedError, match="only who owes this"):
        explain_breach(clock=clock, reason=REASON, by=world.dana, now=now)
    with pytest.raises(NotAllowedError, match="say why it was late"):
        explain_breach(clock=clock, reason="", by=world.manager, now=now)


def test_withdraw_keeps_it_with_its_reason(world: World, now: datetime) -> None:
    clock = started(world, now, started_at=at(19))
    pause_clock(clock=clock, reason=REASON, by=world.manager, now=now)
    withdraw_clock(clock=clock, reason="Entered twice by mistake.", by=world.manager, now=now)
    assert clock.status_at(now) is Status.WITHDRAWN
    assert (clock.paused_at, clock.next_at) == (None, None)
    assert on_trail("clock_withdrawn") == 1
    for refused in (
        lambda: withdraw_clock(clock=clock, reason=REASON, by=world.manager, now=now),
        lambda: stop_clock(clock=clock, stopped_at=now, by=world.manager, now=now),
        lambda: hand_over_clock(clock=clock, person=world.bob, by=world.manager, now=now),
    ):
        with pytest.raises(NotAllowedError, match="was withdrawn"):
            refused()


def test_pause_is_refused_after_the_end(world: World, now: datetime) -> None:
    clock = started(world, now)
    stop_clock(clock=clock, stopped_at=now, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="has ended"):
        pause_clock(clock=clock, reason=REASON, by=world.manager, now=now + timedelta(hours=1))
