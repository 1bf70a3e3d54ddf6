"""Recommendations from any source, and who may add one."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.plan.made import IN_WORDS, a_priority, a_recommendation, an_action
from tests.world import BEGINNING, World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.enums import DutyKind, GroupKind, GroupRole
from trefoil.people.models import Person
from trefoil.people.operations import create_group, give_seat
from trefoil.plan.enums import ActionState, SourceKind
from trefoil.plan.models import Action, Recommendation
from trefoil.plan.operations import add_recommendation, propose_action
from trefoil.plan.operations.recommendations import change_recommendation, withdraw_recommendation


def _added(world: World, by: Person, now: datetime, **fields: object) -> Recommendation:
    given: dict[str, object] = {
        "words": "Agencies should name neglect earlier.",
        "source_kind": SourceKind.AUDIT,
        "source_reference": "Audit of neglect, June 2026",
        "made_on": date(2026, 6, 1),
    }
    return add_recommendation(partnership=world.fairmead, by=by, now=now, **{**given, **fields})


@pytest.mark.parametrize(
    "kind",
    [DutyKind.BUSINESS_MANAGER, DutyKind.ANALYST, DutyKind.SCRUTINEER, DutyKind.SAFEGUARDING_PARTNER],
)
def test_add_recommendation_by_who_may(world: World, now: datetime, kind: DutyKind) -> None:
    added = _added(world, world.holder[kind], now)
    assert (added.added_by, added.priority) == (world.holder[kind], None)
    assert AuditEvent.objects.latest("sequence").event == "recommendation_added"


@pytest.mark.parametrize("kind", [DutyKind.AGENCY_LEAD, DutyKind.GROUP_MEMBER, DutyKind.READER])
def test_add_recommendation_refused_to_others(world: World, now: datetime, kind: DutyKind) -> None:
    with pytest.raises(NotAllowedError, match="do not include adding recommendations"):
        _added(world, world.holder[kind], now)


def test_add_recommendation_of_their_meeting_by_a_chair(world: World, now: datetime) -> None:
    member = world.holder[DutyKind.GROUP_MEMBER]
    group = create_group(
        partnership=world.fairmead, slug="neglect", name="Neglect", kind=GroupKind.SUBGROUP, by=None, now=now
    )
    give_seat(group=group, person=member, role=GroupRole.CHAIR, starts_on=BEGINNING, by=None, now=now)
    added = _added(world, member, now, source_kind=SourceKind.MEETING, source_reference="meeting:7")
    action = propose_action(
        partnership=world.fairmead,
        agency=world.police,
        title="Bring the figures",
        due_on=date(2026, 12, 1),
        recommendation=added,
        by=member,
        now=now,
    )
    assert (action.source_kind, action.source_reference) == (SourceKind.MEETING, "meeting:7")
    with pytest.raises(NotAllowedError, match="do not include adding recommendations"):
        _added(world, member, now)


def test_add_recommendation_of_tomorrow_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="a day that has come"):
        _added(world, world.manager, now, made_on=timezone.localdate(now) + timedelta(days=1))


def test_add_recommendation_that_says_nothing_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="say what ought to change"):
        _added(world, world.manager, now, words="Improve")


def _changed(held: Recommendation, world: World, now: datetime, **fields: object) -> None:
    given: dict[str, object] = {
        "words": held.words,
        "source_kind": held.source_kind,
        "source_reference": held.source_reference,
        "made_on": held.made_on,
        "priority": held.priority,
        "seen_version": held.version,
    }
    change_recommendation(recommendation=held, by=world.manager, now=now, **{**given, **fields})


def test_change_recommendation_takes_its_actions_along(world: World, now: datetime) -> None:
    action = an_action(world, now=now)
    other = a_priority(world, now=now, title="Exploitation")
    assert action.recommendation is not None
    _changed(action.recommendation, world, now, priority=other, source_kind=SourceKind.INSPECTION)
    held = Action.objects.get(pk=action.pk)
    assert (held.priority, held.source_kind) == (other, SourceKind.INSPECTION)
    assert AuditEvent.objects.latest("sequence").event == "recommendation_changed"


def test_change_recommendation_by_two_at_once_refuses_the_second(world: World, now: datetime) -> None:
    held = a_recommendation(world, now=now)
    same = Recommendation.objects.get(pk=held.pk)
    _changed(held, world, now, words="Agencies should name neglect at once.")
    with pytest.raises(ChangedMeanwhileError):
        _changed(same, world, now, words="Agencies should name neglect some day.")


def test_withdraw_recommendation_with_open_actions_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now)
    assert action.recommendation is not None
    with pytest.raises(NotAllowedError, match="actions that are not closed"):
        withdraw_recommendation(recommendation=action.recommendation, reason=IN_WORDS, by=world.manager, now=now)


def test_withdraw_recommendation_keeps_the_reason(world: World, now: datetime) -> None:
    held = a_recommendation(world, now=now)
    withdraw_recommendation(recommendation=held, reason=IN_WORDS, by=world.manager, now=now)
    assert (held.withdrawn_by, held.withdrawn_reason) == (world.manager, IN_WORDS)
    assert AuditEvent.objects.latest("sequence").event == "recommendation_withdrawn"
    with pytest.raises(NotAllowedError, match="withdrawn already"):
        withdraw_recommendation(recommendation=held, reason=IN_WORDS, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="has been withdrawn"):
        an_action(world, now=now, recommendation=held, state=ActionState.PROPOSED)
