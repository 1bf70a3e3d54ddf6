"""A plan in the tests' world: a year, a priority, and an action in whichever status a test needs. All by operations."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from tests.world import BEGINNING, World
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Person
from trefoil.people.operations import create_person, give_duty
from trefoil.plan.enums import ActionState, EvidenceKind, SourceKind, Standing, Verdict
from trefoil.plan.models import Action, Evidence, PlanYear, Priority, Recommendation
from trefoil.plan.operations import add_recommendation, propose_action
from trefoil.plan.operations.action_moves import (
    accept_action,
    close_action,
    finish_action,
    refuse_action,
    withdraw_action,
)
from trefoil.plan.operations.actions import tell_progress
from trefoil.plan.operations.evidence import add_evidence, judge_impact
from trefoil.plan.operations.priorities import add_priority
from trefoil.plan.operations.years import begin_year

IN_WORDS = "a reason that says enough"


def a_year(world: World, *, now: datetime) -> PlanYear:
    """This year's plan of Fairmead, the one there is or a new one."""
    held = PlanYear.objects.filter(partnership=world.fairmead).first()
    return held or begin_year(
        partnership=world.fairmead,
        title="Business plan 2026 to 2027",
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        by=world.manager,
        now=now,
    )


def a_priority(world: World, *, now: datetime, title: str = "Neglect") -> Priority:
    """A priority of this year's plan."""
    year = a_year(world, now=now)
    held = Priority.objects.filter(year=year, title=title).first()
    return held or add_priority(
        year=year,
        title=title,
        why="Neglect is the most frequent category of abuse here.",
        success="Neglect is seen earlier and children wait less for help.",
        indicators=["CP11"],
        lead=world.manager,
        by=world.manager,
        now=now,
    )


def a_recommendation(world: World, *, now: datetime, priority: Priority | None = None) -> Recommendation:
    """A recommendation of the scrutineer."""
    return add_recommendation(
        partnership=world.fairmead,
        words="The partnership should see that neglect is named earlier.",
        source_kind=SourceKind.SCRUTINY,
        source_reference="Scrutineer's report, summer 2026",
        made_on=date(2026, 7, 1),
        priority=priority or a_priority(world, now=now),
        by=world.holder[DutyKind.SCRUTINEER],
        now=now,
    )


def an_action(
    world: World,
    *,
    now: datetime,
    state: ActionState = ActionState.PROPOSED,
    agency: Agency | None = None,
    title: str = "Use the neglect toolkit at every review",
    due_in: int = 30,
    recommendation: Recommendation | None = None,
    person: Person | None = None,
) -> Action:
    """An action of Bob's agency (or of `agency`, while it is only proposed) in this status."""
    action = propose_action(
        partnership=world.fairmead,
        agency=agency or world.social_care,
        title=title,
        due_on=timezone.localdate(now) + timedelta(days=due_in),
        recommendation=recommendation or a_recommendation(world, now=now),
        person=person,
        success="Nine of ten reviews hold a toolkit.",
        by=world.manager,
        now=now,
    )
    _lead_to(state, action, world, now)
    return action


def _lead_to(state: ActionState, action: Action, world: World, now: datetime) -> None:
    if state == ActionState.REFUSED:
        refuse_action(action=action, reason=IN_WORDS, by=world.bob, now=now)
    elif state == ActionState.WITHDRAWN:
        withdraw_action(action=action, reason=IN_WORDS, by=world.manager, now=now)
    for step_state, step in _STEPS:
        if state in ONWARD[ONWARD.index(step_state) :]:
            step(action, world, now)


def _accepted(action: Action, world: World, now: datetime) -> None:
    accept_action(action=action, by=world.bob, now=now)


def _under_way(action: Action, world: World, now: datetime) -> None:
    tell_progress(action=action, how=Standing.ON_TRACK, words="The toolkit is printed.", by=world.bob, now=now)


def _done(action: Action, world: World, now: datetime) -> None:
    finish_action(action=action, reason="Every team uses it.", by=world.bob, now=now)


def _closed(action: Action, world: World, now: datetime) -> None:
    judge = world.holder[DutyKind.SCRUTINEER]
    piece = said_by_families(action, world, now=now)
    judge_impact(action=action, verdict=Verdict.SHOWN, words=IN_WORDS, rests_on=[piece], by=judge, now=now)
    close_action(action=action, by=judge, now=now)


ONWARD = [ActionState.ACCEPTED, ActionState.UNDER_WAY, ActionState.DONE, ActionState.CLOSED]
_STEPS = list(zip(ONWARD, (_accepted, _under_way, _done, _closed), strict=True))


def said_by_families(action: Action, world: World, *, now: datetime) -> Evidence:
    """A piece of evidence without numbers."""
    return add_evidence(
        action=action,
        kind=EvidenceKind.OTHER,
        title="Families say it helps",
        words="Families told reviewers that plans are clearer.",
        happened_on=timezone.localdate(now),
        by=world.bob,
        now=now,
    )


def a_colleague(world: World, agency: Agency, kind: DutyKind, *, now: datetime, name: str = "Colleague") -> Person:
    """Somebody else of an agency, with a duty for it."""
    email = f"{name.lower()}.{agency.pk}@example.org"
    person = create_person(email=email, name=name, agency=agency, by=None, now=now, is_invented=True)
    give_duty(
        person=person, partnership=world.fairmead, kind=kind, agency=agency, starts_on=BEGINNING, by=None, now=now
    )
    return person
