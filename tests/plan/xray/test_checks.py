"""Each check finds its fault, and nothing a day before it is one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plan.xray.made import ACTION, MEASURE, OWNER, PRIORITY, RECOMMENDATION, RISK, SOUND, TODAY, days_ago
from trefoil.plan.xray.looking import look
from trefoil.plan.xray.rows import Owner, PlanRows
from trefoil.plan.xray.vocabulary import WORDS, Check, Finding

NOBODY = Owner()


def checks(rows: PlanRows) -> list[Check]:
    return [found.check for found in look(rows, today=TODAY)]


def only(rows: PlanRows) -> Finding:
    (found,) = look(rows, today=TODAY)
    return found


def with_action(**changed: object) -> PlanRows:
    return replace(SOUND, actions=(replace(ACTION, **changed),))


def test_look_says_nothing_of_a_sound_plan() -> None:
    assert look(SOUND, today=TODAY) == []


def test_look_says_nothing_of_an_empty_plan() -> None:
    assert look(PlanRows(), today=TODAY) == []


@pytest.mark.parametrize(
    ("changed", "check"),
    [
        ({"due_on": days_ago(3), "word_on": days_ago(28)}, Check.OVERDUE_SILENT),
        ({"due_on": days_ago(3), "word_on": None}, Check.OVERDUE_SILENT),
        ({"state": "closed", "impact_shown": False}, Check.CLOSED_WITHOUT_IMPACT),
        ({"state": "closed", "impact_shown": None}, Check.CLOSED_WITHOUT_IMPACT),
        ({"evidence_on": ()}, Check.GREEN_WITHOUT_EVIDENCE),
        ({"state": "proposed", "accepted_on": None, "proposed_on": days_ago(11)}, Check.NO_ANSWER),
        ({"moves": 3}, Check.MOVED_OFTEN),
        ({"state": "done", "done_on": days_ago(91)}, Check.DONE_NOT_JUDGED),
        ({"state": "done", "done_on": days_ago(9), "evidence_on": (days_ago(56),)}, Check.EVIDENCE_OLDER),
        ({"retests_due": (days_ago(1), TODAY)}, Check.RETEST_OVERDUE),
        ({"owner": NOBODY}, Check.NO_OWNER),
        ({"owner": Owner("Fairmead Police", "Bob", agency_left=True)}, Check.OWNER_LEFT),
        ({"owner": Owner("Fairmead Police", "Bob", person_left=True)}, Check.OWNER_LEFT),
        ({"owner": Owner("Fairmead Police")}, Check.NO_PERSON),
    ],
)
def test_look_finds_the_fault_of_an_action(changed: dict[str, object], check: Check) -> None:
    assert checks(with_action(**changed)) == [check]


@pytest.mark.parametrize(
    "changed",
    [
        {"due_on": days_ago(3), "word_on": days_ago(27)},
        {"due_on": TODAY, "word_on": days_ago(200)},
        {"state": "closed", "impact_shown": True},
        {"evidence_on": (), "said": "at_risk"},
        {"state": "proposed", "accepted_on": None, "proposed_on": days_ago(10)},
        {"moves": 2},
        {"state": "done", "done_on": days_ago(90)},
        {"state": "done", "done_on": days_ago(400), "retests_due": (TODAY,)},
        {"state": "done", "done_on": days_ago(400), "impact_shown": False},
        {"evidence_on": (days_ago(55),)},
        {"retests_due": (TODAY,)},
        {"state": "withdrawn", "owner": NOBODY, "due_on": days_ago(300), "moves": 9},
        {"state": "refused", "owner": NOBODY, "due_on": days_ago(300), "moves": 9},
    ],
)
def test_look_leaves_an_action_alone(changed: dict[str, object]) -> None:
    assert look(with_action(**changed), today=TODAY) == []


@pytest.mark.parametrize(
    ("rows", "check"),
    [
        (replace(SOUND, priorities=(replace(PRIORITY, measures=0),)), Check.PRIORITY_UNMEASURED),
        (replace(SOUND, priorities=(replace(PRIORITY, evidence_on=()),)), Check.GREEN_WITHOUT_EVIDENCE),
        (replace(SOUND, priorities=(replace(PRIORITY, owner=NOBODY),)), Check.NO_OWNER),
        (replace(SOUND, recommendations=(replace(RECOMMENDATION, actions=0),)), Check.NO_ACTION),
        (replace(SOUND, measures=(replace(MEASURE, has_target=False),)), Check.MEASURE_AIMLESS),
        (replace(SOUND, measures=(replace(MEASURE, latest_end=days_ago(191)),)), Check.MEASURE_STALE),
        (replace(SOUND, measures=(replace(MEASURE, latest_end=None),)), Check.MEASURE_STALE),
        (replace(SOUND, risks=(replace(RISK, review_on=days_ago(1)),)), Check.RISK_REVIEW_OVERDUE),
        (replace(SOUND, risks=(replace(RISK, score_after=16, controls=0),)), Check.RISK_UNCONTROLLED),
        (replace(SOUND, risks=(replace(RISK, untested_controls=2),)), Check.RISK_UNTESTED),
        (replace(SOUND, risks=(replace(RISK, controls=0, untested_controls=0),)), Check.RISK_UNTESTED),
        (replace(SOUND, risks=(replace(RISK, owner=NOBODY),)), Check.NO_OWNER),
    ],
)
def test_look_finds_the_fault_of_a_record(rows: PlanRows, check: Check) -> None:
    assert checks(rows) == [check]


@pytest.mark.parametrize(
    "rows",
    [
        replace(SOUND, priorities=(replace(PRIORITY, measures=0, evidence_on=(), owner=NOBODY, is_open=False),)),
        replace(SOUND, recommendations=(replace(RECOMMENDATION, actions=0, made_on=days_ago(28)),)),
        replace(SOUND, recommendations=(replace(RECOMMENDATION, actions=0, is_withdrawn=True),)),
        replace(SOUND, measures=(replace(MEASURE, has_target=False, latest_end=None, is_open=False),)),
        replace(SOUND, risks=(replace(RISK, review_on=TODAY, score_before=None, score_after=None),)),
        replace(SOUND, risks=(replace(RISK, review_on=days_ago(9), owner=NOBODY, controls=0, is_open=False),)),
    ],
)
def test_look_leaves_a_record_alone(rows: PlanRows) -> None:
    assert look(rows, today=TODAY) == []


def test_look_gives_the_reason_in_words() -> None:
    found = only(with_action(due_on=days_ago(40), word_on=days_ago(35)))
    assert found.reason == "It was due on 13 October 2026, 40 days ago. The last word was 35 days ago."
    assert (found.subject, found.owner) == ("action:3", "Fairmead Police, Bob")
    closed = only(with_action(state="closed", closed_on=days_ago(1), impact_shown=False, why_none="too few children"))
    assert closed.reason == (
        "It was closed on 21 November 2026 and no impact was shown. The reason given: “too few children”"
    )


def test_look_puts_what_is_latest_first() -> None:
    actions = tuple(
        replace(ACTION, key=key, due_on=days_ago(late), word_on=None) for key, late in ((1, 5), (2, 90), (3, 40))
    )
    found = look(PlanRows(actions=(*actions, replace(ACTION, key=4, moves=7))), today=TODAY)
    assert [one.subject for one in found] == ["action:2", "action:3", "action:1", "action:4"]


def test_every_check_has_words_and_can_be_found() -> None:
    assert set(WORDS) == set(Check)
    assert all(words.mend.endswith(".") and words.why.endswith(".") for words in WORDS.values())


days = st.integers(min_value=-400, max_value=400).map(lambda number: TODAY + timedelta(days=number))
maybe = st.none() | days
owners = st.builds(
    Owner,
    agency=st.sampled_from(["", "Fairmead Police"]),
    person=st.sampled_from(["", "Bob"]),
    agency_left=st.booleans(),
    person_left=st.booleans(),
)
actions = st.builds(
    replace,
    st.just(ACTION),
    key=st.integers(1, 5),
    state=st.sampled_from(["proposed", "accepted", "refused", "under_way", "done", "closed", "withdrawn"]),
    owner=owners,
    proposed_on=days,
    due_on=maybe,
    accepted_on=maybe,
    done_on=maybe,
    closed_on=maybe,
    word_on=maybe,
    said=st.sampled_from(["", "on_track", "at_risk", "off_track"]),
    moves=st.integers(0, 6),
    impact_shown=st.none() | st.booleans(),
    evidence_on=st.lists(days, max_size=3).map(tuple),
    retests_due=st.lists(days, max_size=3).map(tuple),
)


@settings(max_examples=30)
@given(st.lists(actions, max_size=6, unique_by=lambda action: action.key))
def test_look_is_the_same_in_any_order_and_names_only_what_is_there(made: list) -> None:
    found = look(PlanRows(actions=tuple(made)), today=TODAY)
    assert found == look(PlanRows(actions=tuple(reversed(made))), today=TODAY)
    assert {one.subject for one in found} <= {f"action:{action.key}" for action in made}
    assert len({one.key for one in found}) == len(found)
    assert all(one.reason.strip() for one in found)


@settings(max_examples=30)
@given(actions)
def test_evidence_and_judgement_only_ever_take_findings_away(action) -> None:
    """New evidence of today and a judgement that impact was shown never make a plan look worse."""
    before = {one.key for one in look(PlanRows(actions=(action,)), today=TODAY)}
    better = replace(action, evidence_on=(TODAY,), impact_shown=True)
    accepted_later = action.accepted_on is not None and action.accepted_on > TODAY
    after = {one.key for one in look(PlanRows(actions=(better,)), today=TODAY)}
    assert accepted_later or after <= before


def test_owner_words() -> None:
    assert only(with_action(moves=3, owner=OWNER)).owner == "Fairmead Police, Bob"
