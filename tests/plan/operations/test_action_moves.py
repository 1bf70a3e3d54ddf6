"""Actions from status to status: who may, what it asks for, what stays written."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.plan.made import IN_WORDS, a_colleague, an_action, said_by_families
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.plan.enums import ActionState, Verdict
from trefoil.plan.models import Action, HandOver
from trefoil.plan.operations.action_moves import (
    accept_action,
    begin_action,
    close_action,
    finish_action,
    hand_over_action,
    refuse_action,
    reopen_action,
    withdraw_action,
)
from trefoil.plan.operations.evidence import judge_impact, withdraw_evidence

Step = Callable[[Action, World, datetime], None]


def _later(now: datetime, days: int = 60) -> object:
    return timezone.localdate(now) + timedelta(days=days)


def last_event(action: Action) -> AuditEvent:
    return AuditEvent.objects.filter(subject=action.reference).latest("sequence")


def test_accept_action_by_the_agency(world: World, now: datetime) -> None:
    action = an_action(world, now=now)
    accept_action(action=action, by=world.bob, now=now, person=world.alice)
    assert (action.state, action.person) == (ActionState.ACCEPTED, world.alice)
    assert [(move.from_state, move.to_state) for move in action.moves.all()] == [
        ("", "proposed"),
        ("proposed", "accepted"),
    ]
    assert last_event(action).event == "action_accepted"


@pytest.mark.parametrize("kind", [DutyKind.BUSINESS_MANAGER, DutyKind.AGENCY_RETURNS, DutyKind.SCRUTINEER])
def test_accept_action_refused_to_others(world: World, now: datetime, kind: DutyKind) -> None:
    with pytest.raises(NotAllowedError, match="only the safeguarding lead of Fairmead Children's Services"):
        accept_action(action=an_action(world, now=now), by=world.holder[kind], now=now)


def test_accept_action_of_another_agency_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="only the safeguarding lead of Fairmead Police"):
        accept_action(action=an_action(world, now=now, agency=world.police), by=world.bob, now=now)


def test_accept_action_with_a_name_of_another_agency_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="Dana holds no duty here for Fairmead Children's Services"):
        accept_action(action=an_action(world, now=now), by=world.bob, now=now, person=world.dana)


def test_accept_action_twice_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now)
    accept_action(action=Action.objects.get(pk=action.pk), by=world.bob, now=now)
    with pytest.raises(NotAllowedError, match="the action is accepted"):
        accept_action(action=action, by=world.bob, now=now)


def test_refuse_action_keeps_the_reason(world: World, now: datetime) -> None:
    action = an_action(world, now=now)
    refuse_action(action=action, reason="This is the police’s to do.", by=world.bob, now=now)
    assert action.state == ActionState.REFUSED
    assert action.moves.latest("pk").reason == "This is the police’s to do."
    assert last_event(action).event == "action_refused"


def test_refuse_action_without_reason_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="say why your agency does not take this on"):
        refuse_action(action=an_action(world, now=now), reason="  no ", by=world.bob, now=now)


def test_begin_action_by_the_named_person(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED, person=world.alice)
    begin_action(action=action, by=world.alice, now=now)
    assert action.state == ActionState.UNDER_WAY
    assert last_event(action).event == "action_begun"


def test_begin_action_by_an_unnamed_colleague_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="belongs to Fairmead Children's Services"):
        begin_action(action=an_action(world, now=now, state=ActionState.ACCEPTED), by=world.alice, now=now)


def test_finish_action_says_what_was_done(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY)
    with pytest.raises(NotAllowedError, match="say what was done"):
        finish_action(action=action, reason="", by=world.bob, now=now)
    finish_action(action=action, reason="Every team has it.", by=world.bob, now=now)
    assert (action.state, last_event(action).reason) == (ActionState.DONE, "Every team has it.")


def test_close_action_without_judgement_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    with pytest.raises(NotAllowedError, match="its impact has not been judged"):
        close_action(action=action, by=world.manager, now=now)


def test_close_action_whose_impact_was_not_shown_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    piece = said_by_families(action, world, now=now)
    judge_impact(action=action, verdict=Verdict.NOT_SHOWN, words=IN_WORDS, rests_on=[piece], by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="do more, or record why none can be shown"):
        close_action(action=action, by=world.manager, now=now)


def test_close_action_that_can_show_none_with_a_reason(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    words = "The service it was about has been closed."
    judge_impact(action=action, verdict=Verdict.CANNOT_SHOW, words=words, by=world.manager, now=now)
    close_action(action=action, by=world.manager, now=now)
    assert action.state == ActionState.CLOSED
    assert last_event(action).reason == "Impact cannot be shown"


def test_close_action_whose_evidence_was_withdrawn_since_refused(
    world: World, now: datetime, client_for: Callable[[Person], Client]
) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    piece, other = (said_by_families(action, world, now=now) for _ in range(2))
    judged = {"verdict": Verdict.SHOWN, "words": IN_WORDS, "by": world.manager, "now": now}
    judge_impact(action=action, rests_on=[piece, other], **judged)
    withdraw_evidence(evidence=piece, reason=IN_WORDS, by=world.bob, now=now)
    with pytest.raises(NotAllowedError, match="evidence that it was judged on has been withdrawn: judge it again"):
        close_action(action=action, by=world.manager, now=now)
    page = client_for(world.manager).get(f"/fairmead/plan/actions/{action.pk}/").content.decode()
    assert "Judge it again." in page
    assert "/close/" not in page
    judge_impact(action=action, rests_on=[other], **judged)
    close_action(action=action, by=world.manager, now=now)
    assert action.state == ActionState.CLOSED


def test_close_action_by_its_agency_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="your duties do not include judging impact"):
        close_action(action=an_action(world, now=now, state=ActionState.DONE), by=world.bob, now=now)


def test_reopen_action_to_a_new_date(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.CLOSED)
    was = action.due_on
    reopen_action(action=action, reason=IN_WORDS, due_on=_later(now), by=world.manager, now=now)
    assert (action.state, action.due_on, action.how) == (ActionState.UNDER_WAY, _later(now), "")
    moved = action.due_date_moves.get()
    assert (moved.from_on, moved.to_on) == (was, _later(now))
    assert last_event(action).event == "action_reopened"


def test_reopen_action_to_a_day_that_is_over_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="must not lie in the past"):
        reopen_action(
            action=an_action(world, now=now, state=ActionState.CLOSED),
            reason=IN_WORDS,
            due_on=_later(now, -1),
            by=world.manager,
            now=now,
        )


def test_withdraw_action_stays_with_its_reason(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY)
    withdraw_action(action=action, reason=IN_WORDS, by=world.manager, now=now)
    assert action.state == ActionState.WITHDRAWN
    assert last_event(action).event == "action_withdrawn"


def test_withdraw_action_by_its_agency_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="do not include writing the plan"):
        withdraw_action(action=an_action(world, now=now), reason=IN_WORDS, by=world.bob, now=now)


def test_withdraw_action_that_is_closed_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="the action is closed"):
        withdraw_action(
            action=an_action(world, now=now, state=ActionState.CLOSED), reason=IN_WORDS, by=world.manager, now=now
        )


def test_hand_over_action_to_a_colleague_keeps_the_status(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY)
    hand_over_action(
        action=action, to_agency=world.social_care, to_person=world.alice, reason=IN_WORDS, by=world.bob, now=now
    )
    assert (action.state, action.person) == (ActionState.UNDER_WAY, world.alice)
    assert (action.hand_overs.get().from_person, action.hand_overs.get().to_person) == (None, world.alice)
    assert last_event(action).event == "action_handed_over"


def test_hand_over_action_to_another_agency_asks_it_anew(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY)
    lead = a_colleague(world, world.police, DutyKind.AGENCY_LEAD, now=now)
    hand_over_action(action=action, to_agency=world.police, to_person=None, reason=IN_WORDS, by=world.bob, now=now)
    assert (action.state, action.agency, action.how) == (ActionState.PROPOSED, world.police, "")
    with pytest.raises(NotAllowedError, match="only the safeguarding lead of Fairmead Police"):
        accept_action(action=action, by=world.bob, now=now)
    accept_action(action=action, by=lead, now=now)
    assert action.state == ActionState.ACCEPTED


def test_hand_over_action_that_was_refused_within_the_agency_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="the agency has refused it"):
        hand_over_action(
            action=an_action(world, now=now, state=ActionState.REFUSED),
            to_agency=world.social_care,
            to_person=world.alice,
            reason=IN_WORDS,
            by=world.manager,
            now=now,
        )


def test_hand_over_action_to_who_has_it_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="with them already"):
        hand_over_action(
            action=an_action(world, now=now),
            to_agency=world.social_care,
            to_person=None,
            reason=IN_WORDS,
            by=world.manager,
            now=now,
        )


def test_hand_over_action_by_the_named_person_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED, person=world.alice)
    with pytest.raises(NotAllowedError, match="belongs to"):
        hand_over_action(
            action=action, to_agency=world.police, to_person=None, reason=IN_WORDS, by=world.alice, now=now
        )


def test_hand_over_action_that_breaks_off_leaves_one_owner(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = an_action(world, now=now, state=ActionState.ACCEPTED)

    def broken(**_given: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("trefoil.plan.operations.action_moves.record", broken)
    with pytest.raises(OSError, match="disk"):
        hand_over_action(
            action=action, to_agency=world.police, to_person=None, reason=IN_WORDS, by=world.manager, now=now
        )
    held = Action.objects.get(pk=action.pk)
    assert (held.agency, held.state) == (world.social_care, ActionState.ACCEPTED)
    assert not HandOver.objects.exists()
    assert held.moves.count() == 2
