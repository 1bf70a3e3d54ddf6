"""Evidence of impact, judgements of it, and tests whether a change has lasted."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.indicators.handed_in import figure, hand_in
from tests.plan.made import IN_WORDS, an_action, said_by_families
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.indicators.periods import month
from trefoil.people.enums import DutyKind
from trefoil.plan.enums import ActionState, EvidenceKind, RetestOutcome, Verdict
from trefoil.plan.evidence_fields import EvidenceFields
from trefoil.plan.models import Action, Evidence, Retest
from trefoil.plan.operations.evidence import (
    add_evidence,
    judge_impact,
    record_retest,
    set_retest,
    withdraw_evidence,
    withdraw_retest,
)
from trefoil.plan.summaries import evidence_line

AUDIT = EvidenceFields(
    before_on=date(2026, 3, 1),
    before_number=12,
    before_of=40,
    after_on=date(2026, 10, 1),
    after_number=30,
    after_of=40,
)


def last_event() -> str:
    return str(AuditEvent.objects.latest("sequence").event)


def _added(action: Action, world: World, now: datetime, **fields: object) -> Evidence:
    given: dict[str, object] = {
        "kind": EvidenceKind.AUDIT,
        "title": "Audit of toolkits",
        "happened_on": date(2026, 10, 1),
        "fields": AUDIT,
        "by": world.bob,
    }
    return add_evidence(action=action, now=now, **{**given, **fields})


def test_add_evidence_keeps_the_fields_of_its_kind_alone(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY)
    piece = _added(
        action,
        world,
        now,
        kind=EvidenceKind.INDICATOR,
        fields=EvidenceFields(indicator="CP11", change_on=date(2026, 4, 1), heard=3, before_of=5),
    )
    held = Evidence.objects.get(pk=piece.pk)
    assert (held.indicator, held.change_on, held.heard, held.before_of) == ("CP11", date(2026, 4, 1), None, None)
    assert last_event() == "evidence_added"


@pytest.mark.parametrize("kind", [DutyKind.ANALYST, DutyKind.SCRUTINEER, DutyKind.BUSINESS_MANAGER])
def test_add_evidence_by_others_who_may(world: World, now: datetime, kind: DutyKind) -> None:
    piece = _added(an_action(world, now=now, state=ActionState.DONE), world, now, by=world.holder[kind])
    assert piece.added_by == world.holder[kind]


@pytest.mark.parametrize("kind", [DutyKind.GROUP_MEMBER, DutyKind.AGENCY_RETURNS])
def test_add_evidence_refused_to_others(world: World, now: datetime, kind: DutyKind) -> None:
    with pytest.raises(NotAllowedError, match="evidence is added by Fairmead Children's Services"):
        _added(an_action(world, now=now, state=ActionState.DONE), world, now, by=world.holder[kind])


def test_add_evidence_to_a_proposal_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="the action is proposed"):
        _added(an_action(world, now=now), world, now)


def test_add_evidence_with_a_fault_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="say whose words these are"):
        _added(
            an_action(world, now=now, state=ActionState.DONE),
            world,
            now,
            kind=EvidenceKind.VOICE,
            words="Children feel heard.",
            fields=EvidenceFields(),
        )


def test_withdraw_evidence_of_a_closed_action_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.CLOSED)
    with pytest.raises(NotAllowedError, match="open the action again first"):
        withdraw_evidence(evidence=action.evidence.get(), reason=IN_WORDS, by=world.bob, now=now)


def test_withdraw_evidence_keeps_it_with_the_reason(world: World, now: datetime) -> None:
    piece = _added(an_action(world, now=now, state=ActionState.DONE), world, now)
    withdraw_evidence(evidence=piece, reason=IN_WORDS, by=world.bob, now=now)
    assert (piece.is_withdrawn, piece.withdrawn_reason, last_event()) == (True, IN_WORDS, "evidence_withdrawn")
    with pytest.raises(NotAllowedError, match="withdrawn already"):
        withdraw_evidence(evidence=piece, reason=IN_WORDS, by=world.bob, now=now)


@pytest.mark.parametrize("verdict", [Verdict.SHOWN, Verdict.PARTLY])
def test_judge_impact_on_what_changed_no_more_than_chance_refused(
    world: World, now: datetime, verdict: Verdict
) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    same = _added(action, world, now, fields=replace(AUDIT, before_number=29))
    given = {"action": action, "words": IN_WORDS, "by": world.manager, "now": now}
    with pytest.raises(NotAllowedError, match="no more than noise or chance would"):
        judge_impact(verdict=verdict, rests_on=[same], **given)
    assert judge_impact(verdict=Verdict.NOT_SHOWN, rests_on=[same], **given).verdict == Verdict.NOT_SHOWN
    better = _added(action, world, now)
    assert judge_impact(verdict=verdict, rests_on=[same, better], **given).rests_on.count() == 2


def test_judge_impact_on_an_indicator_that_changed_no_more_than_noise_refused(world: World, now: datetime) -> None:
    months = [month(2025 + at // 12, at % 12 + 1) for at in range(21)]
    figures = [figure("FD01", one, 300 + place % 3) for place, one in enumerate(months)]
    hand_in(world, figures, now=now, approved=True)
    action = an_action(world, now=now, state=ActionState.DONE)
    fields = EvidenceFields(indicator="FD01", change_on=date(2026, 1, 1))
    piece = _added(action, world, now, kind=EvidenceKind.INDICATOR, fields=fields)
    assert evidence_line(piece).says_no_change
    given = {"action": action, "words": IN_WORDS, "by": world.manager, "now": now, "rests_on": [piece]}
    with pytest.raises(NotAllowedError, match="no more than noise or chance would"):
        judge_impact(verdict=Verdict.SHOWN, **given)


def test_judge_impact_rests_on_evidence(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    piece = _added(action, world, now)
    judged = judge_impact(
        action=action, verdict=Verdict.PARTLY, words=IN_WORDS, rests_on=[piece], by=world.manager, now=now
    )
    assert list(judged.rests_on.all()) == [piece]
    assert last_event() == "impact_judged"


@pytest.mark.parametrize("verdict", [Verdict.SHOWN, Verdict.PARTLY, Verdict.NOT_SHOWN])
def test_judge_impact_without_evidence_refused(world: World, now: datetime, verdict: Verdict) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    with pytest.raises(NotAllowedError, match="choose the evidence"):
        judge_impact(action=action, verdict=verdict, words=IN_WORDS, by=world.manager, now=now)


def test_judge_impact_on_withdrawn_evidence_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    piece = _added(action, world, now)
    withdraw_evidence(evidence=piece, reason=IN_WORDS, by=world.bob, now=now)
    with pytest.raises(NotAllowedError, match="has not been withdrawn"):
        judge_impact(action=action, verdict=Verdict.SHOWN, words=IN_WORDS, rests_on=[piece], by=world.manager, now=now)


def test_judge_impact_on_another_actions_evidence_refused(world: World, now: datetime) -> None:
    piece = said_by_families(an_action(world, now=now, state=ActionState.DONE), world, now=now)
    action = an_action(world, now=now, state=ActionState.DONE, title="Another")
    with pytest.raises(NotAllowedError, match="evidence of its own action"):
        judge_impact(action=action, verdict=Verdict.SHOWN, words=IN_WORDS, rests_on=[piece], by=world.manager, now=now)


def test_judge_impact_of_ones_own_action_refused(world: World, now: datetime) -> None:
    action = an_action(world, now=now, state=ActionState.DONE)
    Action.objects.filter(pk=action.pk).update(person=world.manager)
    with pytest.raises(NotAllowedError, match="somebody other than the person"):
        judge_impact(action=action, verdict=Verdict.CANNOT_SHOW, words=IN_WORDS, by=world.manager, now=now)


def test_judge_impact_by_an_agency_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="do not include judging impact"):
        judge_impact(
            action=an_action(world, now=now, state=ActionState.DONE),
            verdict=Verdict.CANNOT_SHOW,
            words=IN_WORDS,
            by=world.bob,
            now=now,
        )


def _retest(world: World, now: datetime, state: ActionState = ActionState.CLOSED) -> Retest:
    return set_retest(
        action=an_action(world, now=now, state=state),
        due_on=date(2027, 5, 1),
        words="Twenty reviews are looked at again.",
        by=world.manager,
        now=now,
    )


def test_set_retest_of_work_that_goes_on_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="once its action is done"):
        _retest(world, now, ActionState.UNDER_WAY)


def test_record_retest_that_held(world: World, now: datetime) -> None:
    retest = _retest(world, now)
    assert last_event() == "retest_set"
    record_retest(retest=retest, outcome=RetestOutcome.HELD, found="Nineteen of twenty.", by=world.manager, now=now)
    assert (retest.is_waiting, retest.outcome, last_event()) == (False, "held", "retest_done")
    assert retest.action.state == ActionState.CLOSED


def test_record_retest_that_slipped_opens_the_action_again(world: World, now: datetime) -> None:
    retest = _retest(world, now)
    record_retest(
        retest=retest,
        outcome=RetestOutcome.SLIPPED,
        found="Four of twenty have one.",
        next_on=date(2027, 6, 1),
        by=world.manager,
        now=now,
    )
    action = Action.objects.get(pk=retest.action_id)
    assert (action.state, action.due_on) == (ActionState.UNDER_WAY, date(2027, 6, 1))
    assert action.moves.latest("pk").reason == "A test found that it has slipped back. Four of twenty have one."


def test_record_retest_that_cannot_tell_is_set_again(world: World, now: datetime) -> None:
    retest = _retest(world, now)
    with pytest.raises(NotAllowedError, match="give the next date"):
        record_retest(
            retest=retest, outcome=RetestOutcome.CANNOT_TELL, found="Too few reviews.", by=world.manager, now=now
        )
    record_retest(
        retest=retest,
        outcome=RetestOutcome.CANNOT_TELL,
        found="Too few reviews yet.",
        next_on=date(2027, 9, 1),
        by=world.manager,
        now=now,
    )
    assert [(one.due_on, one.outcome) for one in retest.action.retests.all()] == [
        (date(2027, 5, 1), "cannot_tell"),
        (date(2027, 9, 1), ""),
    ]


def test_record_retest_twice_refused(world: World, now: datetime) -> None:
    retest = _retest(world, now)
    record_retest(retest=retest, outcome=RetestOutcome.HELD, found="Nineteen of twenty.", by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="recorded or withdrawn already"):
        record_retest(retest=retest, outcome=RetestOutcome.HELD, found="All of twenty.", by=world.manager, now=now)


def test_withdraw_retest_keeps_the_reason(world: World, now: datetime) -> None:
    retest = _retest(world, now)
    withdraw_retest(retest=retest, reason=IN_WORDS, by=world.manager, now=now)
    assert (retest.is_waiting, retest.withdrawn_reason, last_event()) == (False, IN_WORDS, "retest_withdrawn")
