"""Two people with one action at the same moment: one of them does it, the other is told, and nothing is half done."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.at_once import WRITERS, at_once
from tests.plan.made import IN_WORDS, a_colleague, an_action, said_by_families
from tests.world import World, build_world
from trefoil.access.queries import standing_of
from trefoil.audit.queries import verify_chain
from trefoil.clocks.models import Clock
from trefoil.notifications.models import Message
from trefoil.people.enums import DutyKind
from trefoil.plan.enums import ActionState, Verdict
from trefoil.plan.models import AcceptedFinding, Action, HandOver
from trefoil.plan.operations.accepted import accept_finding
from trefoil.plan.operations.action_moves import accept_action, close_action, hand_over_action, refuse_action
from trefoil.plan.operations.evidence import judge_impact
from trefoil.plan.queries_xray import xray_of


def held(action: Action) -> Action:
    """The action as a request of its own would load it."""
    return Action.objects.select_related("partnership", "agency", "person").get(pk=action.pk)


@pytest.fixture
def crowded(transactional_db: None, now: datetime) -> World:
    return build_world(now=now)


def test_accepting_at_once_is_one_answer(crowded: World, now: datetime) -> None:
    action = an_action(crowded, now=now)
    told = at_once(lambda _: accept_action(action=held(action), by=crowded.bob, now=now))
    assert told == ["", *["the action is accepted, so this cannot be done now"] * (WRITERS - 1)]
    assert [move.to_state for move in action.moves.all()] == ["proposed", "accepted"]
    assert sorted(clock.rule_id for clock in Clock.objects.about(action.reference).open()) == ["PL-ACTION", "PL-UPDATE"]
    assert Message.objects.filter(person=crowded.manager, key__contains=":accepted:").count() == 1
    assert verify_chain().is_whole


def test_accepting_and_refusing_at_once_is_one_of_them(crowded: World, now: datetime) -> None:
    action = an_action(crowded, now=now)

    def answer(number: int) -> None:
        if number:
            refuse_action(action=held(action), reason=IN_WORDS, by=crowded.bob, now=now)
        else:
            accept_action(action=held(action), by=crowded.bob, now=now)

    told = at_once(answer)
    assert told.count("") == 1
    state = held(action).state
    assert [move.to_state for move in action.moves.all()] == ["proposed", state]
    assert Clock.objects.about(action.reference).open().exists() is (state == ActionState.ACCEPTED)
    assert verify_chain().is_whole


def test_closing_at_once_is_one_closing(crowded: World, now: datetime) -> None:
    action = an_action(crowded, now=now, state=ActionState.DONE)
    piece = said_by_families(action, crowded, now=now)
    scrutineer = crowded.holder[DutyKind.SCRUTINEER]
    judge_impact(action=action, verdict=Verdict.SHOWN, words=IN_WORDS, rests_on=[piece], by=scrutineer, now=now)
    by = (scrutineer, crowded.manager, scrutineer)
    told = at_once(lambda number: close_action(action=held(action), by=by[number], now=now))
    assert told == ["", *["the action is closed, so this cannot be done now"] * (WRITERS - 1)]
    assert action.moves.filter(to_state=ActionState.CLOSED).count() == 1
    assert verify_chain().is_whole


def test_handing_over_at_once_leaves_one_owner_and_a_whole_history(crowded: World, now: datetime) -> None:
    """Each may succeed after the other; whatever the order, each hand-over begins where the one before ended."""
    for agency in (crowded.police, crowded.health):
        a_colleague(crowded, agency, DutyKind.AGENCY_LEAD, now=now)
    action = an_action(crowded, now=now, state=ActionState.ACCEPTED)
    to = (crowded.police, crowded.health, crowded.police)

    def give(number: int) -> None:
        hand_over_action(
            action=held(action), to_agency=to[number], to_person=None, reason=IN_WORDS, by=crowded.manager, now=now
        )

    told = at_once(give)
    assert set(told) <= {"", "it is with them already"}
    line = [(one.from_agency_id, one.to_agency_id) for one in HandOver.objects.filter(action=action).order_by("pk")]
    assert len(line) == told.count("")
    assert [before for before, _ in line] == [crowded.social_care.pk, *(after for _, after in line[:-1])]
    now_with = held(action)
    assert (now_with.agency_id, now_with.state) == (line[-1][1], ActionState.PROPOSED)
    assert {clock.agency_id for clock in Clock.objects.about(action.reference).open()} == {now_with.agency_id}
    assert verify_chain().is_whole


def test_accepting_one_finding_at_once_keeps_one_acceptance(crowded: World, now: datetime) -> None:
    an_action(crowded, now=now - timedelta(days=30), due_in=300)
    today = timezone.localdate(now)
    finding = xray_of(standing_of(crowded.manager, crowded.fairmead, now=now), today=today).found[0]

    def accept(_number: int) -> None:
        accept_finding(
            partnership=crowded.fairmead,
            key=finding.key,
            words=finding.title,
            reason=IN_WORDS,
            until=today + timedelta(days=30),
            by=crowded.manager,
            now=now,
        )

    assert at_once(accept) == ["", *["it has been accepted already"] * (WRITERS - 1)]
    assert AcceptedFinding.objects.count() == 1
    assert verify_chain().is_whole


def test_xray_at_once_finds_the_same_and_writes_nothing(crowded: World, now: datetime) -> None:
    an_action(crowded, now=now - timedelta(days=30), due_in=300)
    standing, today, seen = standing_of(crowded.manager, crowded.fairmead, now=now), timezone.localdate(now), []
    length = verify_chain().rows
    assert at_once(lambda _: seen.append([one.key for one in xray_of(standing, today=today).found])) == [""] * WRITERS
    assert seen == [seen[0]] * WRITERS
    assert seen[0]
    assert verify_chain().rows == length
