"""The X-ray over plans made bad through operations, as people make them: its words, and where each is mended."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.plan.made import IN_WORDS, a_colleague, a_recommendation, a_year, an_action, said_by_families
from tests.plan.registered import a_measure, a_risk
from tests.world import World
from trefoil.access.queries import standing_of
from trefoil.people.enums import DutyKind
from trefoil.people.operations import end_duty
from trefoil.plan.enums import ActionState, EvidenceKind, SourceKind, Verdict
from trefoil.plan.operations import add_recommendation
from trefoil.plan.operations.action_moves import close_action, finish_action, hand_over_action, reopen_action
from trefoil.plan.operations.actions import move_due_date
from trefoil.plan.operations.evidence import add_evidence, judge_impact, set_retest
from trefoil.plan.operations.measures import Course
from trefoil.plan.operations.priorities import add_priority
from trefoil.plan.operations.risks import Scores
from trefoil.plan.queries_xray import xray_of
from trefoil.plan.views.mending import FORMS
from trefoil.plan.xray.vocabulary import Check

ClientFor = Callable[..., Client]
Bad = Callable[[World, datetime], str]


def days(now: datetime, number: int) -> date:
    return timezone.localdate(now) + timedelta(days=number)


def reasons(world: World, now: datetime, subject: str) -> dict[Check, str]:
    """What is found about one record, seen by the manager."""
    standing = standing_of(world.manager, world.fairmead, now=now)
    found = xray_of(standing, today=timezone.localdate(now)).found
    return {one.check: one.reason for one in found if one.subject == subject}


def overdue(world: World, now: datetime) -> str:
    return an_action(world, now=now - timedelta(days=60), state=ActionState.ACCEPTED, due_in=20).reference


def closed_for_a_reason(world: World, now: datetime) -> str:
    action = an_action(world, now=now, state=ActionState.DONE)
    words = "The service it was about has been closed."
    judge_impact(action=action, verdict=Verdict.CANNOT_SHOW, words=words, by=world.manager, now=now)
    close_action(action=action, by=world.manager, now=now)
    return action.reference


def green(world: World, now: datetime) -> str:
    return an_action(world, now=now, state=ActionState.UNDER_WAY).reference


def owner_gone(world: World, now: datetime) -> str:
    fern = a_colleague(world, world.social_care, DutyKind.AGENCY_RETURNS, now=now, name="Fern")
    action = an_action(world, now=now, state=ActionState.ACCEPTED, person=fern)
    end_duty(duty=fern.duties.get(), ends_on=days(now, -1), by=world.manager, now=now)
    return action.reference


def nobody_named(world: World, now: datetime) -> str:
    return an_action(world, now=now, state=ActionState.ACCEPTED).reference


def unanswered(world: World, now: datetime) -> str:
    return an_action(world, now=now - timedelta(days=20), due_in=300).reference


def nothing_came_of_it(world: World, now: datetime) -> str:
    return a_recommendation(world, now=now).reference


def moved(world: World, now: datetime) -> str:
    action = an_action(world, now=now, state=ActionState.ACCEPTED, person=world.bob)
    for number in range(3):
        day, seen = days(now, 100 + number), action.version
        move_due_date(action=action, due_on=day, reason=IN_WORDS, seen_version=seen, by=world.bob, now=now)
        action.refresh_from_db()
    return action.reference


def not_judged(world: World, now: datetime) -> str:
    return an_action(world, now=now - timedelta(days=120), state=ActionState.DONE).reference


def known_before(world: World, now: datetime) -> str:
    action = an_action(world, now=now, state=ActionState.UNDER_WAY, person=world.bob)
    words = {"title": "Families said so", "words": "Families told reviewers that plans are clearer."}
    then = days(now, -30)
    add_evidence(action=action, kind=EvidenceKind.OTHER, happened_on=then, by=world.bob, now=now, **words)
    return action.reference


def not_tested_again(world: World, now: datetime) -> str:
    began = now - timedelta(days=60)
    action = an_action(world, now=began, state=ActionState.CLOSED)
    set_retest(action=action, due_on=days(now, -10), words="Ten reviews are read.", by=world.manager, now=began)
    return action.reference


def unmeasured(world: World, now: datetime) -> str:
    words = {"title": "Exploitation", "success": "Children are found sooner."}
    return add_priority(year=a_year(world, now=now), by=world.manager, now=now, **words).reference


def no_figure(world: World, now: datetime) -> str:
    return a_measure(world, now=now).reference


def no_target(world: World, now: datetime) -> str:
    return a_measure(world, now=now, course=Course()).reference


def not_reviewed(world: World, now: datetime) -> str:
    then = now - timedelta(days=90)
    return a_risk(world, now=then, review_on=days(now, -5)).reference


def uncontrolled(world: World, now: datetime) -> str:
    return a_risk(world, now=now, scores=Scores(5, 4, 5, 4)).reference


def trusted(world: World, now: datetime) -> str:
    return a_risk(world, now=now, scores=Scores(5, 4, 2, 2)).reference


def risk_of_nobody(world: World, now: datetime) -> str:
    return a_risk(world, now=now, agency=None, person=None).reference


CASES: list[tuple[Bad, Check, str, str]] = [
    (
        overdue,
        Check.OVERDUE_SILENT,
        "It was due on 13 October 2026, 40 days ago. Nobody has ever said how it goes.",
        "Move its date, with the reason",
    ),
    (
        closed_for_a_reason,
        Check.CLOSED_WITHOUT_IMPACT,
        "It was closed on 22 November 2026 and no impact was shown. "
        "The reason given: “The service it was about has been closed.”",
        "Add evidence",
    ),
    (
        green,
        Check.GREEN_WITHOUT_EVIDENCE,
        "It is said to be on track, and no evidence is attached.",
        "Add evidence",
    ),
    (owner_gone, Check.OWNER_LEFT, "Fern holds no duty in the partnership any more.", "Hand it over"),
    (
        nobody_named,
        Check.NO_PERSON,
        "Fairmead Children's Services has accepted it and named nobody.",
        "Name a person",
    ),
    (
        unanswered,
        Check.NO_ANSWER,
        "It was put to Fairmead Children's Services 20 days ago and there is no answer.",
        "",
    ),
    (
        nothing_came_of_it,
        Check.NO_ACTION,
        "It was made 144 days ago (Independent scrutiny, “Scrutineer's report, summer 2026”). "
        "No action has come of it.",
        "Give it an action",
    ),
    (moved, Check.MOVED_OFTEN, "Its date has been moved 3 times. It is now due on 4 March 2027.", ""),
    (
        not_judged,
        Check.DONE_NOT_JUDGED,
        "It was done 120 days ago. No judgement of its impact is recorded.",
        "Judge its impact",
    ),
    (
        known_before,
        Check.EVIDENCE_OLDER,
        "Its newest evidence is of 23 October 2026. It was accepted on 22 November 2026.",
        "Add evidence",
    ),
    (
        not_tested_again,
        Check.RETEST_OVERDUE,
        "A re-test was due on 12 November 2026, 10 days ago.",
        "Write down what was found",
    ),
    (unmeasured, Check.PRIORITY_UNMEASURED, "No indicator and no measure is tied to it.", "Choose an indicator"),
    (no_figure, Check.MEASURE_STALE, "It has never had a figure.", ""),
    (no_target, Check.MEASURE_AIMLESS, "No target is set for it.", "Set a target"),
    (
        not_reviewed,
        Check.RISK_REVIEW_OVERDUE,
        "Its review was due on 17 November 2026, 5 days ago.",
        "Review it",
    ),
    (uncontrolled, Check.RISK_UNCONTROLLED, "It scores 20 of 25 and has no control.", "Add a control"),
    (trusted, Check.RISK_UNTESTED, "Its score falls from 20 to 4 and it has no control.", ""),
    (risk_of_nobody, Check.NO_OWNER, "No agency and no person answers for it.", "Name an owner"),
]


@pytest.mark.parametrize(("bad", "check", "reason", "_label"), CASES)
def test_xray_finds_what_operations_left_behind(
    world: World, now: datetime, bad: Bad, check: Check, reason: str, _label: str
) -> None:
    assert reasons(world, now, bad(world, now))[check] == reason


@pytest.mark.parametrize(("bad", "check", "_reason", "label"), [case for case in CASES if case[3]])
def test_xray_leads_to_a_form_that_opens(
    world: World, client_for: ClientFor, bad: Bad, check: Check, _reason: str, label: str
) -> None:
    now = timezone.now()
    subject = bad(world, now)
    client = client_for(world.manager)
    sections = client.get("/fairmead/plan/x-ray/").context["sections"]
    shown = next(
        one
        for section in sections
        if section.check is check
        for one in section.findings
        if one.finding.subject == subject
    )
    assert shown.mend.label == label
    page = client.get(shown.mend.href)
    assert page.status_code == 200
    text = page.content.decode()
    assert ("Write down what you found" if check is Check.RETEST_OVERDUE else "<form method=") in text


def test_xray_gives_a_reader_no_way_that_is_not_theirs(world: World, client_for: ClientFor) -> None:
    owner_gone(world, timezone.now())
    text = client_for(world.bob).get("/fairmead/plan/x-ray/").content.decode()
    assert "Owner has left" in text
    assert "/hand-over/" not in text


def test_every_way_to_mend_belongs_to_a_check_that_is_tried() -> None:
    tried = {check for _bad, check, _reason, label in CASES if label}
    assert {check for check, _kind in FORMS} == tried


def test_xray_counts_from_the_day_the_agency_of_today_was_asked(world: World, now: datetime) -> None:
    """Handed over yesterday, an action does not wait for the new agency since it was first proposed."""
    action = an_action(world, now=now - timedelta(days=100), due_in=300)
    give = {"to_agency": world.police, "to_person": None, "reason": IN_WORDS, "by": world.manager}
    hand_over_action(action=action, now=now - timedelta(days=1), **give)
    assert reasons(world, now, action.reference) == {}
    late = reasons(world, now + timedelta(days=20), action.reference)
    assert late[Check.NO_ANSWER] == "It was put to Fairmead Police 21 days ago and there is no answer."


def test_xray_leaves_what_is_done_to_its_judge(world: World, now: datetime) -> None:
    fern = a_colleague(world, world.social_care, DutyKind.AGENCY_RETURNS, now=now, name="Fern")
    action = an_action(world, now=now, state=ActionState.UNDER_WAY, person=fern)
    finish_action(action=action, reason=IN_WORDS, by=world.bob, now=now)
    end_duty(duty=fern.duties.get(), ends_on=days(now, -1), by=world.manager, now=now)
    assert reasons(world, now, action.reference) == {}


def test_xray_asks_for_a_new_judgement_of_what_was_opened_again(world: World, now: datetime) -> None:
    began = now - timedelta(days=140)
    action = an_action(world, now=began, state=ActionState.CLOSED)
    again = began + timedelta(days=10)
    day = timezone.localdate(began) + timedelta(days=90)
    reopen_action(action=action, reason=IN_WORDS, due_on=day, by=world.manager, now=again)
    finish_action(action=action, reason=IN_WORDS, by=world.bob, now=again + timedelta(days=20))
    said_by_families(action, world, now=now)
    assert Check.DONE_NOT_JUDGED in reasons(world, now, action.reference)


def test_xray_lays_a_recommendation_beside_the_one_closed_before(world: World, now: datetime) -> None:
    then = now - timedelta(days=400)
    made = {"partnership": world.fairmead, "source_kind": SourceKind.AUDIT, "by": world.manager}
    earlier = add_recommendation(
        words="Schools should share chronologies before each initial conference.",
        source_reference="Neglect audit",
        made_on=days(then, -1),
        now=then,
        **made,
    )
    an_action(world, now=then, state=ActionState.CLOSED, recommendation=earlier)
    again = add_recommendation(
        words="The partnership should see that schools share their chronologies before every initial conference.",
        source_reference="Second audit",
        made_on=days(now, -1),
        now=now,
        **made,
    )
    said = reasons(world, now, again.reference)[Check.SAME_AGAIN]
    assert said.endswith("one made on 17 October 2025 (Audit, “Neglect audit”), closed on 18 October 2025.")
