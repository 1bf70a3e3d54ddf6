"""Open clocks after an upgrade that knows another bank holiday, or has another length in its rule pack."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.clocks.test_clocks import at, started
from tests.world import World
from trefoil.audit.models import AuditEvent
from trefoil.clocks.enums import ClockMoveKind
from trefoil.clocks.models import Clock
from trefoil.clocks.operations import pause_clock, reckon_open_clocks, resume_clock, set_local_limit, stop_clock
from trefoil.clocks.reckoning import calendar
from trefoil.clocks.reckoning.kinds import Unit
from trefoil.clocks.rulebook.loader import EditionRule, Rulebook

# A Wednesday on which nobody knew of a holiday: as of 19 September 2022 until nine days before.
PROCLAIMED = date(2026, 11, 18)
Proclaim = Callable[[date], None]


@pytest.fixture
def proclaim(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proclaim]:
    """Make a day a bank holiday, as an upgrade of the table would."""
    known = calendar.bank_holidays()

    def also(day: date) -> None:
        monkeypatch.setattr(calendar, "bank_holidays", lambda: known | {day})
        calendar._working_days.cache_clear()

    yield also
    monkeypatch.undo()
    calendar._working_days.cache_clear()


def dates(*clocks: Clock) -> list[date | None]:
    for clock in clocks:
        clock.refresh_from_db()
    return [clock.due_day for clock in clocks]


def test_holiday_that_becomes_known_moves_what_it_lies_in_and_says_so(
    world: World, now: datetime, proclaim: Proclaim
) -> None:
    runs, past = started(world, now, started_at=at(16)), started(world, now, started_at=at(9))
    over, dated = started(world, now, started_at=at(16)), started(world, now, "PL-ACTION", due_on=date(2026, 11, 19))
    stop_clock(clock=over, stopped_at=at(16), by=world.manager, now=at(16))
    before = dates(runs, past, over, dated)
    proclaim(PROCLAIMED)
    assert reckon_open_clocks(by=None, now=now) == 1
    assert dates(runs, past, over, dated) == [date(2026, 11, 24), *before[1:]]
    move = runs.moves.get(kind=ClockMoveKind.RECKONED)
    assert (move.due_before.day, move.due_after.day, move.written_by) == (23, 24, None)
    assert move.words == "The bank holidays that are known have changed."
    (row,) = AuditEvent.objects.filter(event="clock_moved")
    assert (row.subject, row.reason) == (runs.reference, move.words)
    assert runs.next_at is not None
    assert reckon_open_clocks(by=None, now=now) == 0


def test_pauses_and_local_lengths_hold_when_dates_are_worked_out_again(
    world: World, now: datetime, proclaim: Proclaim
) -> None:
    paused = started(world, now, started_at=at(16))
    pause_clock(clock=paused, reason="The family is away.", by=world.manager, now=at(17))
    resume_clock(clock=paused, by=world.manager, now=at(19))
    facts = {"length": 3, "unit": Unit.WORKING_DAYS, "starts_on": date(2026, 11, 16)}
    reason = "The board decided it."
    set_local_limit(partnership=world.fairmead, rule_id="PT-LF", reason=reason, by=world.manager, now=now, **facts)
    ours = started(world, now, "PT-LF", started_at=at(16))
    assert dates(paused, ours) == [date(2026, 11, 25), date(2026, 11, 19)]
    assert reckon_open_clocks(by=None, now=now) == 0
    proclaim(PROCLAIMED)
    assert reckon_open_clocks(by=None, now=now) == 1
    assert dates(paused, ours) == [date(2026, 11, 25), date(2026, 11, 20)]


def test_limit_put_right_in_its_pack_reaches_what_runs(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = started(world, now, started_at=at(16))
    as_it_was = Rulebook.on

    def put_right(self: Rulebook, rule_id: str, day: date) -> EditionRule:
        found = as_it_was(self, rule_id, day)
        return replace(found, rule=found.rule.model_copy(update={"length": 7}))

    monkeypatch.setattr(Rulebook, "on", put_right)
    assert reckon_open_clocks(by=None, now=now) == 1
    assert dates(clock) == [date(2026, 11, 25)]
    assert clock.moves.get(kind=ClockMoveKind.RECKONED).words == "The limit was put right in its rule pack."
    assert reckon_open_clocks(by=None, now=now) == 0
