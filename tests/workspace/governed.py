"""Fairmead with everything that governance has people do: actions, risks, time limits, meetings, minutes, decisions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from tests.meetings.meetings_made import Executive, called, executive, held
from tests.world import World
from trefoil.clocks.models import Clock
from trefoil.clocks.operations.clocks import start_clock
from trefoil.meetings.models import AgendaItem, Decision, Meeting
from trefoil.meetings.operations.agenda import add_item
from trefoil.meetings.operations.decisions import put_decision
from trefoil.meetings.operations.minutes import circulate_minutes, draft_minutes
from trefoil.people.models import Person
from trefoil.plan.enums import SourceKind
from trefoil.plan.models import Action, Risk
from trefoil.plan.operations import propose_action
from trefoil.plan.operations.action_moves import accept_action, finish_action, refuse_action
from trefoil.plan.operations.risks import Scores, raise_risk

WHY = "a reason that says enough"


@dataclass
class Governed:
    """What was made. Bob leads Fairmead's social care; the executive's chair works there too."""

    world: World
    made: Executive
    asked: Action
    late: Action
    refused: Action
    done: Action
    risk: Risk
    clock: Clock
    soon: Meeting
    past: Meeting
    item: AgendaItem
    decision: Decision


def action(world: World, now: datetime, title: str, *, days: int = 30, person: Person | None = None) -> Action:
    """Proposed to social care, due so many days after `now`."""
    return propose_action(
        partnership=world.fairmead,
        agency=world.social_care,
        title=title,
        due_on=timezone.localdate(now) + timedelta(days=days),
        source_kind=SourceKind.AUDIT,
        person=person,
        by=world.manager,
        now=now,
    )


def accepted(world: World, now: datetime, title: str, *, days: int = 30) -> Action:
    """The same, taken on in Bob's name."""
    one = action(world, now, title, days=days)
    accept_action(action=one, person=world.bob, by=world.bob, now=now)
    one.refresh_from_db()
    return one


def govern(world: World, now: datetime) -> Governed:
    """One of everything."""
    long_ago, made = now - timedelta(days=60), executive(world, now)
    late = accepted(world, long_ago, "Train the panel", days=40)
    done = accepted(world, long_ago, "Write the pathway", days=40)
    finish_action(action=done, reason=WHY, by=world.bob, now=long_ago)
    refused = action(world, now, "Move the clinic")
    refuse_action(action=refused, reason=WHY, by=world.bob, now=now)
    soon, past = called(made, now, days=7), held(made, now, days=-7)
    minutes = draft_minutes(meeting=held(made, now, days=-60), by=world.manager, now=now)
    circulate_minutes(minutes=minutes, by=world.manager, now=now)
    risk = raise_risk(
        partnership=world.fairmead,
        title="Too few health visitors",
        cause="Posts stand empty in two teams.",
        event="Babies may not be seen in time.",
        effect="Injuries may be seen too late.",
        scores=Scores(4, 4, 3, 4),
        review_on=timezone.localdate(now) + timedelta(days=3),
        person=world.bob,
        by=world.manager,
        now=now,
    )
    clock = start_clock(
        partnership=world.fairmead,
        rule_id="PT-YRSEP",
        subject="partnership:fairmead",
        label="Yearly report 2026",
        started_at=long_ago,
        due_on=timezone.localdate(now) - timedelta(days=5),
        person=world.bob,
        by=None,
        now=long_ago,
    )
    return Governed(
        world=world,
        made=made,
        asked=action(world, now, "Share the protocol"),
        late=late,
        refused=refused,
        done=done,
        risk=risk,
        clock=clock,
        soon=soon,
        past=past,
        item=add_item(meeting=soon, title="The plan", owner=world.bob, by=world.manager, now=now),
        decision=put_decision(meeting=past, headline="Move £20,000", words="For training.", by=world.manager, now=now),
    )
