"""Who hears what of an action: in the application in words, by e-mail never what it is about."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from tests.notifications.telling import at_once
from tests.plan.made import IN_WORDS, a_colleague, an_action
from tests.world import World
from trefoil.clocks.rounds import run_clocks
from trefoil.notifications.models import Message
from trefoil.notifications.sending import send_due
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.people.operations import end_duty
from trefoil.plan.enums import ActionState
from trefoil.plan.models import Action
from trefoil.plan.operations.action_moves import (
    accept_action,
    finish_action,
    hand_over_action,
    refuse_action,
    reopen_action,
    withdraw_action,
)
from trefoil.plan.operations.actions import move_due_date

TITLE = "“Use the neglect toolkit at every review”"
DAY = "22 December 2026"


def told(person: Person) -> list[str]:
    """What stands in somebody's inbox, oldest first."""
    return list(Message.objects.filter(person=person).order_by("pk").values_list("words", flat=True))


def forget() -> None:
    Message.objects.all().delete()


def test_lead_is_asked_to_answer_what_is_put_to_the_agency(world: World, now: datetime) -> None:
    action = an_action(world, now=now)
    said = f"{TITLE} is put to Fairmead Children's Services, to be done by {DAY}. It waits for an answer."
    assert told(world.bob) == [said]
    assert Message.objects.get().path == f"/fairmead/plan/actions/{action.pk}/"
    assert told(world.manager) == []


def test_named_person_is_told_beside_the_lead(world: World, now: datetime) -> None:
    an_action(world, now=now, person=world.alice)
    assert len(told(world.alice)) == len(told(world.bob)) == 1
    assert told(world.dana) == []


def test_answer_comes_back_to_whoever_gave_it(world: World, now: datetime) -> None:
    action = an_action(world, now=now)
    forget()
    accept_action(action=action, person=world.alice, by=world.bob, now=now)
    assert told(world.manager) == [f"Fairmead Children's Services has accepted {TITLE}."]
    assert told(world.alice) == [f"{TITLE} is in your hands, to be done by {DAY}."]
    assert told(world.bob) == []


def test_refusal_comes_to_who_writes_the_plan_without_its_reason(world: World, now: datetime) -> None:
    action = an_action(world, now=now)
    forget()
    refuse_action(action=action, reason="A family of three would be named by it.", by=world.bob, now=now)
    said = f"Fairmead Children's Services has refused {TITLE}. Give it to another agency, or withdraw it."
    assert told(world.manager) == [said]
    assert Message.objects.count() == 1


def test_handing_over_tells_both_agencies(world: World, now: datetime) -> None:
    lead = a_colleague(world, world.police, DutyKind.AGENCY_LEAD, now=now)
    action = an_action(world, now=now, state=ActionState.ACCEPTED, person=world.alice)
    forget()
    hand_over_action(action=action, to_agency=world.police, to_person=None, reason=IN_WORDS, by=world.manager, now=now)
    gone = f"{TITLE} has gone from Fairmead Children's Services to Fairmead Police."
    assert told(lead) == [f"{gone} It is to be done by {DAY}, and waits for an answer."]
    assert told(world.bob) == told(world.alice) == [gone]


def test_handing_over_within_an_agency_tells_both_people(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED, person=world.bob)
    forget()
    hand_over_action(
        action=action, to_agency=world.social_care, to_person=world.alice, reason=IN_WORDS, by=world.manager, now=now
    )
    assert told(world.alice) == [f"{TITLE} is in your hands, to be done by {DAY}."]
    assert told(world.bob) == [f"{TITLE} is no longer in your hands."]


def test_what_is_done_asks_the_scrutineer_and_the_manager(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY)
    forget()
    finish_action(action=action, reason=IN_WORDS, by=world.bob, now=now)
    said = f"Fairmead Children's Services says that {TITLE} is done. Did it change anything?"
    assert told(world.holder[DutyKind.SCRUTINEER]) == told(world.manager) == [said]
    assert Message.objects.count() == 2


def test_closing_and_opening_again_are_told_to_the_agency(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.CLOSED)
    day = timezone.localdate(now) + timedelta(days=60)
    reopen_action(action=action, reason=IN_WORDS, due_on=day, by=world.manager, now=now)
    closed, again = told(world.bob)[-2:]
    assert closed == f"{TITLE} is closed: impact shown."
    assert again == f"{TITLE} is open again, to be done by 21 January 2027."


def test_withdrawing_and_another_date_are_told_to_the_agency(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED)
    forget()
    day = timezone.localdate(now) + timedelta(days=60)
    move_due_date(action=action, due_on=day, reason=IN_WORDS, seen_version=action.version, by=world.manager, now=now)
    action.refresh_from_db()
    withdraw_action(action=action, reason=IN_WORDS, by=world.manager, now=now)
    assert told(world.bob) == [f"{TITLE} is now to be done by 21 January 2027.", f"{TITLE} is withdrawn."]


def test_nobody_is_told_who_has_left(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED, person=world.bob)
    end_duty(
        duty=world.bob.duties.get(), ends_on=timezone.localdate(now) - timedelta(days=1), by=world.manager, now=now
    )
    forget()
    withdraw_action(action=action, reason=IN_WORDS, by=world.manager, now=now)
    assert told(world.bob) == []


def test_action_past_its_date_is_told_to_lead_and_manager_by_its_clock(world: World, now: datetime) -> None:
    an_action(world, now=now, state=ActionState.ACCEPTED)
    forget()
    late = now + timedelta(days=40)
    run_clocks(now=late)
    run_clocks(now=late)
    said = "“Use the neglect toolkit at every review” was due on"
    for person in (world.bob, world.manager):
        assert [words.startswith(said) and words.endswith("is late.") for words in told(person)] == [True]


def test_a_round_trip_tells_each_state_once(world: World, now: datetime) -> None:
    """Refused, given back by way of another agency, and put to the first again: each time anew."""
    lead = a_colleague(world, world.police, DutyKind.AGENCY_LEAD, now=now)
    action = an_action(world, now=now)
    forget()
    for agency in (world.police, world.social_care):
        held = Action.objects.get(pk=action.pk)
        hand_over_action(action=held, to_agency=agency, to_person=None, reason=IN_WORDS, by=world.manager, now=now)
    assert len(told(lead)) == len(told(world.bob)) == 2


@pytest.mark.parametrize("word", ["toolkit", "neglect", "Children's Services", "family"])
def test_letter_says_nothing_of_the_action(world: World, now: datetime, settings: Any, word: str) -> None:
    settings.PUBLIC_ADDRESS = "https://trefoil.example"
    at_once(world, world.bob, now)
    at_once(world, world.manager, now)
    action = an_action(world, now=now)
    refuse_action(action=action, reason="A family of three would be named by it.", by=world.bob, now=now)
    send_due(now=now)
    assert {letter.to[0] for letter in mail.outbox} == {world.bob.email, world.manager.email}
    for letter in mail.outbox:
        assert word not in f"{letter.subject} {letter.body}"
