"""Priorities, workstreams and stubborn challenges: added, changed by two at once, withdrawn with a reason."""

from datetime import date, datetime

import pytest

from tests.plan.made import IN_WORDS, a_priority, a_year, an_action
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.enums import DutyKind
from trefoil.plan.enums import ActionState
from trefoil.plan.models import Priority, StubbornChallenge, Workstream
from trefoil.plan.operations.priorities import (
    add_priority,
    add_workstream,
    change_challenge,
    change_priority,
    change_workstream,
    name_challenge,
    withdraw_challenge,
    withdraw_priority,
    withdraw_workstream,
)


def last_event() -> str:
    return str(AuditEvent.objects.latest("sequence").event)


def _changed(priority: Priority, world: World, now: datetime, **fields: object) -> None:
    given: dict[str, object] = {
        "title": "Neglect and its signs",
        "success": "Fewer children wait for help.",
        "why": "",
        "lead": None,
        "group": None,
        "indicators": [],
        "seen_version": priority.version,
    }
    change_priority(priority=priority, by=world.manager, now=now, **{**given, **fields})


def test_add_priority_takes_the_next_number(world: World, now: datetime) -> None:
    first = a_priority(world, now=now)
    second = a_priority(world, now=now, title="Exploitation")
    assert [first.number, second.number] == [1, 2]
    assert last_event() == "priority_added"


def test_add_priority_without_success_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="say what success looks like"):
        add_priority(year=a_year(world, now=now), title="Neglect", success="", by=world.manager, now=now)


def test_add_priority_with_an_unknown_indicator_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="there is no indicator XX99"):
        add_priority(
            year=a_year(world, now=now),
            title="Neglect",
            success="Fewer children wait.",
            indicators=["XX99"],
            by=world.manager,
            now=now,
        )


def test_change_priority_by_two_at_once_keeps_the_first(world: World, now: datetime) -> None:
    priority, same = a_priority(world, now=now), a_priority(world, now=now)
    _changed(priority, world, now)
    assert last_event() == "priority_changed"
    with pytest.raises(ChangedMeanwhileError) as raised:
        _changed(same, world, now, title="Other words")
    assert str(raised.value.held) == "Neglect and its signs"


def test_change_priority_by_a_partner_refused(world: World, now: datetime) -> None:
    priority = a_priority(world, now=now)
    world.holder[DutyKind.BUSINESS_MANAGER] = world.holder[DutyKind.SAFEGUARDING_PARTNER]
    with pytest.raises(NotAllowedError, match="do not include writing the plan"):
        _changed(priority, world, now)


def test_withdraw_priority_with_open_actions_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now)
    assert action.priority is not None
    with pytest.raises(NotAllowedError, match="actions under it that are not closed"):
        withdraw_priority(priority=action.priority, reason=IN_WORDS, by=world.manager, now=now)


def test_withdraw_priority_twice_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.WITHDRAWN)
    priority = a_priority(world, now=now)
    withdraw_priority(priority=priority, reason=IN_WORDS, by=world.manager, now=now)
    assert (priority.is_withdrawn, priority.withdrawn_reason, last_event()) == (True, IN_WORDS, "priority_withdrawn")
    with pytest.raises(NotAllowedError, match="withdrawn already"):
        withdraw_priority(priority=priority, reason=IN_WORDS, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="has been withdrawn"):
        _changed(priority, world, now)
    assert action.priority == priority


def test_workstream_is_added_changed_and_withdrawn(world: World, now: datetime) -> None:
    stream = add_workstream(priority=a_priority(world, now=now), title="Training", by=world.manager, now=now)
    assert last_event() == "workstream_added"
    fields = {"words": "Two days", "lead": world.alice, "agency": world.health, "by": world.manager, "now": now}
    change_workstream(workstream=stream, title="Training together", seen_version=1, **fields)
    assert (str(stream), stream.agency, last_event()) == ("Training together", world.health, "workstream_changed")
    with pytest.raises(ChangedMeanwhileError):
        change_workstream(workstream=stream, title="Training apart", seen_version=1, **fields)
    withdraw_workstream(workstream=stream, reason=IN_WORDS, by=world.manager, now=now)
    assert last_event() == "workstream_withdrawn"
    assert not Workstream.objects.standing().exists()


def test_add_workstream_to_a_withdrawn_priority_refused(world: World, now: datetime) -> None:
    priority = a_priority(world, now=now)
    withdraw_priority(priority=priority, reason=IN_WORDS, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="has been withdrawn"):
        add_workstream(priority=priority, title="Training", by=world.manager, now=now)


def test_challenge_is_named_changed_and_withdrawn(world: World, now: datetime) -> None:
    named = name_challenge(
        partnership=world.fairmead,
        title="Adolescents out of school",
        why_stubborn="Placements are scarce and far away.",
        first_named_on=date(2023, 4, 1),
        priority=a_priority(world, now=now),
        by=world.manager,
        now=now,
    )
    assert last_event() == "challenge_named"
    change_challenge(
        challenge=named,
        title=named.title,
        why_stubborn=named.why_stubborn,
        tried="A panel of heads.",
        next_words="A fund.",
        priority=None,
        seen_version=1,
        by=world.manager,
        now=now,
    )
    assert (named.tried, named.priority, last_event()) == ("A panel of heads.", None, "challenge_changed")
    withdraw_challenge(challenge=named, reason="It has yielded at last.", by=world.manager, now=now)
    assert last_event() == "challenge_withdrawn"
    assert not StubbornChallenge.objects.standing().exists()


def test_name_challenge_under_another_partnerships_priority_refused(world: World, now: datetime) -> None:
    theirs = Priority(partnership=world.harbury, title="Theirs")
    with pytest.raises(NotAllowedError, match="not one of this partnership’s"):
        name_challenge(
            partnership=world.fairmead,
            title="Adolescents",
            why_stubborn="Placements are scarce.",
            first_named_on=date(2023, 4, 1),
            priority=theirs,
            by=world.manager,
            now=now,
        )
