"""The clocks of an action: to its date, for a word each quarter, to a test."""

from datetime import date, datetime

from django.utils import timezone

from tests.plan.made import IN_WORDS, an_action
from tests.world import World
from trefoil.clocks.models import Clock
from trefoil.plan.enums import ActionState, RetestOutcome, Standing
from trefoil.plan.models import Action
from trefoil.plan.operations.action_moves import hand_over_action, reopen_action
from trefoil.plan.operations.actions import move_due_date, tell_progress
from trefoil.plan.operations.evidence import record_retest, set_retest, withdraw_retest


def clocks(action: Action, now: datetime) -> list[str]:
    """`PL-ACTION 2026-12-22 running Fairmead Police` for each clock about an action, oldest first."""
    return [
        f"{one.rule_id} {one.due_on} {one.status_at(now).value} {one.person or one.agency}"
        for one in Clock.objects.about(action.reference).order_by("pk")
    ]


def test_proposed_action_runs_to_its_date(world: World, now: datetime) -> None:
    assert clocks(an_action(world, now=now), now) == ["PL-ACTION 2026-12-22 running Fairmead Children's Services"]


def test_accepted_action_owes_a_word_in_a_quarter(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED)
    assert clocks(action, now)[1] == "PL-UPDATE 2027-02-22 running Fairmead Children's Services"
    tell_progress(action=action, how=Standing.ON_TRACK, words="All is well here.", by=world.bob, now=now)
    assert [line.split()[2] for line in clocks(action, now)] == ["running", "met", "running"]


def test_refused_action_leaves_no_clock_running(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.REFUSED)
    assert [line.split()[2] for line in clocks(action, now)] == ["withdrawn"]


def test_done_action_stops_both(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    assert {line.split()[2] for line in clocks(action, now)} == {"met"}
    reopen_action(action=action, reason=IN_WORDS, due_on=date(2027, 3, 1), by=world.manager, now=now)
    assert clocks(action, now)[-2:] == [
        "PL-ACTION 2027-03-01 running Fairmead Children's Services",
        "PL-UPDATE 2027-02-22 running Fairmead Children's Services",
    ]


def test_moved_date_moves_the_clock(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY)
    move_due_date(
        action=action,
        due_on=date(2027, 1, 31),
        reason=IN_WORDS,
        seen_version=action.version,
        by=world.bob,
        now=now,
    )
    assert clocks(action, now)[0] == "PL-ACTION 2027-01-31 running Fairmead Children's Services"


def test_handed_over_action_takes_its_clocks_along(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED)
    give = {"action": action, "reason": IN_WORDS, "by": world.manager, "now": now}
    hand_over_action(to_agency=world.social_care, to_person=world.alice, **give)
    assert [line.split()[-1] for line in clocks(action, now)] == ["Alice", "Alice"]
    hand_over_action(to_agency=world.police, to_person=None, **give)
    assert clocks(action, now) == [
        "PL-ACTION 2026-12-22 running Fairmead Police",
        "PL-UPDATE 2027-02-22 withdrawn Alice",
    ]


def test_retest_runs_until_it_is_made(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.CLOSED)
    fields = {"action": action, "words": "Twenty reviews again.", "by": world.manager, "now": now}
    first = set_retest(due_on=date(2027, 5, 1), **fields)
    second = set_retest(due_on=date(2027, 6, 1), **fields)
    record_retest(retest=first, outcome=RetestOutcome.HELD, found="Nineteen of twenty.", by=world.manager, now=now)
    withdraw_retest(retest=second, reason=IN_WORDS, by=world.manager, now=now)
    tests = [line for line in clocks(action, now) if line.startswith("PL-RETEST")]
    assert [line.split()[1:3] for line in tests] == [["2027-05-01", "met"], ["2027-06-01", "withdrawn"]]
    assert timezone.localdate(now) < first.due_on
