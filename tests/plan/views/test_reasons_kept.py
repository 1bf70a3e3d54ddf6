"""A reason that was typed and not sent is there again: after an error, and after somebody was signed out."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.plan.made import an_action
from tests.world import World
from trefoil.people.models import Person
from trefoil.plan.enums import ActionState
from trefoil.plan.models import Action

ClientFor = Callable[[Person], Client]
TYPED = {
    "action_refuse": "Too few",
    "action_hand_over": "She left",
    "action_withdraw": "Not now",
    "action_reopen": "Slipped",
}
STATES = {
    "action_refuse": ActionState.PROPOSED,
    "action_hand_over": ActionState.ACCEPTED,
    "action_withdraw": ActionState.ACCEPTED,
    "action_reopen": ActionState.CLOSED,
}


@pytest.mark.parametrize("name", STATES)
def test_reason_that_was_refused_is_kept_for_the_next_visit(
    world: World, now: datetime, client_for: ClientFor, name: str
) -> None:
    action = an_action(world, now=now, state=STATES[name])
    who = world.bob if name == "action_refuse" else world.manager
    address = reverse(name, args=["fairmead", action.pk])
    client = client_for(who)
    sent = {
        "reason": TYPED[name],
        "agency": world.police.pk,
        "due_on_day": "1",
        "due_on_month": "3",
        "due_on_year": "x",
    }
    assert client.post(address, sent).status_code == 200
    assert Action.objects.get(pk=action.pk).state == STATES[name]
    assert TYPED[name] in client_for(who).get(address).content.decode()
    other = client_for(world.manager if who == world.bob else world.holder["scrutineer"])
    assert TYPED[name] not in other.get(address).content.decode()
