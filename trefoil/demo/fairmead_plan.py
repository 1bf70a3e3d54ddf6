"""Fairmead's plan of two years, built through the plan's own operations and dated as if people had used them.

`fairmead_plan.toml` holds the words. Days are counted back from the demo's day, so that the plan is always fresh.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from trefoil.indicators.periods import financial_year_of
from trefoil.plan.enums import EvidenceKind, Position, RetestOutcome, SourceKind, Standing, Verdict
from trefoil.plan.evidence_fields import EvidenceFields
from trefoil.plan.models import Action, Evidence, PlanYear
from trefoil.plan.operations import add_recommendation, propose_action
from trefoil.plan.operations.action_moves import (
    accept_action,
    close_action,
    finish_action,
    hand_over_action,
    refuse_action,
    withdraw_action,
)
from trefoil.plan.operations.actions import change_action, move_due_date, tell_progress
from trefoil.plan.operations.evidence import add_evidence, judge_impact, record_retest, set_retest
from trefoil.plan.operations.priorities import add_priority, add_workstream, name_challenge
from trefoil.plan.operations.years import approve_year, begin_year, take_position

from .borough import Borough, read_toml
from .fairmead_making import Making
from .fairmead_returns import month_began

# The front door's change of practice, in months before the last month: `levels.toml` has the shock of FD08 there.
FRONT_DOOR_CHANGED = 8


def make_plan(borough: Borough, *, now: datetime) -> None:
    """Two years with their priorities, recommendations from many sources, and actions in every status."""
    words = read_toml("fairmead_plan.toml")
    making = Making(borough, now)
    _years(making, words)
    for facts in words["recommendation"]:
        _recommend(making, facts)
    for facts in words["action"]:
        _act(making, facts)
    for facts in words["challenge"]:
        _challenge(making, facts)


def _years(making: Making, words: dict[str, Any]) -> None:
    """Last financial year's plan and this one's, both approved by the three partners."""
    this_year = financial_year_of(timezone.localdate(making.now))
    for key, back, earliest in (("before", 1, 500), ("now", 0, 200)):
        starts_on = this_year.start.replace(year=this_year.start.year - back)
        ends_on = this_year.end.replace(year=this_year.end.year - back)
        begun = datetime.combine(starts_on, time(10), tzinfo=timezone.get_current_timezone()) + timedelta(days=5)
        # Never after the first recommendation under it, also when the demo's day stands early in its year.
        then = min(begun, making.at(earliest))
        making.years[key] = begin_year(
            partnership=making.borough.partnership,
            title=f"Business plan {starts_on.year} to {ends_on.year}",
            starts_on=starts_on,
            ends_on=ends_on,
            lead_words=words["year"][key],
            by=making.person("manager"),
            now=then,
        )
        for facts in words["priority"]:
            if facts["year"] == key:
                _prioritise(making, facts, then)
        _approve(making, making.years[key], then)


def _prioritise(making: Making, facts: dict[str, Any], then: datetime) -> None:
    priority = add_priority(
        year=making.years[facts["year"]],
        title=facts["title"],
        why=facts["why"],
        success=facts["success"],
        lead=making.person(facts["lead"]),
        group=making.borough.groups[facts["group"]],
        indicators=facts["indicators"],
        continues=making.priorities.get(facts.get("continues", "")),
        by=making.person("manager"),
        now=then,
    )
    making.priorities[facts["key"]] = priority
    for title, agency in facts.get("workstreams", {}).items():
        owner = making.agency(agency)
        lead = making.lead_of(owner)
        add_workstream(priority=priority, title=title, agency=owner, lead=lead, by=making.person("manager"), now=then)


def _approve(making: Making, year: PlanYear, then: datetime) -> None:
    for key in ("council_partner", "health_partner", "police_partner"):
        partner = making.person(key)
        if partner.agency is not None:
            take_position(year=year, agency=partner.agency, position=Position.AGREES, by=partner, now=then)
    approve_year(year=year, by=making.person("manager"), now=then)


def _recommend(making: Making, facts: dict[str, Any]) -> None:
    then = making.at(facts["ago"])
    making.recommendations[facts["key"]] = add_recommendation(
        partnership=making.borough.partnership,
        words=facts["words"],
        source_kind=SourceKind(facts["source"]),
        source_reference=facts["reference"],
        made_on=timezone.localdate(then),
        priority=making.priorities.get(facts.get("priority", "")),
        by=making.person(facts.get("by", "manager")),
        now=then,
    )


def _act(making: Making, facts: dict[str, Any]) -> None:
    """One action, given and then led as far as its words go."""
    action = propose_action(
        partnership=making.borough.partnership,
        agency=making.agency(facts["agency"]),
        title=facts["title"],
        due_on=making.day(facts["due"]),
        recommendation=making.recommendations.get(facts.get("of", "")),
        priority=making.priorities.get(facts.get("priority", "")),
        success=facts.get("success", ""),
        by=making.person("manager"),
        now=making.at(facts["given"]),
    )
    for part, step in _STEPS.items():
        if part in facts:
            step(making, action, facts[part])
            action.refresh_from_db()


def _answer(making: Making, action: Action, facts: dict[str, Any]) -> None:
    by, then = making.lead_of(action.agency), making.at(facts["ago"])
    if "refuse" in facts:
        refuse_action(action=action, reason=facts["refuse"], by=by, now=then)
    else:
        accept_action(action=action, person=by, by=by, now=then)


def _hand_over(making: Making, action: Action, facts: dict[str, Any]) -> None:
    hand_over_action(
        action=action,
        to_agency=making.agency(facts["agency"]),
        to_person=None,
        reason=facts["why"],
        by=making.person("manager"),
        now=making.at(facts["ago"]),
    )


def _words(making: Making, action: Action, facts: list[dict[str, Any]]) -> None:
    """Words on how it stands, and dates moved, in the order in which they stand."""
    by = making.lead_of(action.agency)
    for one in facts:
        then = making.at(one["ago"])
        if "due" in one:
            day, why = making.day(one["due"]), one["words"]
            move_due_date(action=action, due_on=day, reason=why, seen_version=action.version, by=by, now=then)
        else:
            tell_progress(action=action, how=Standing(one["how"]), words=one["words"], by=by, now=then)
        action.refresh_from_db()


def _carried(making: Making, action: Action, facts: dict[str, Any]) -> None:
    """An action of last year's plan goes on under a priority of this one."""
    change_action(
        action=action,
        title=action.title,
        detail=action.detail,
        success=action.success,
        priority=making.priorities[facts["into"]],
        workstream=None,
        seen_version=action.version,
        by=making.person("manager"),
        now=making.at(facts["ago"]),
    )


def _done(making: Making, action: Action, facts: dict[str, Any]) -> None:
    by = making.lead_of(action.agency)
    finish_action(action=action, reason=facts["words"], by=by, now=making.at(facts["ago"]))


def _evidence(making: Making, action: Action, facts: list[dict[str, Any]]) -> None:
    for one in facts:
        then = making.at(one["ago"])
        add_evidence(
            action=action,
            kind=EvidenceKind(one["kind"]),
            title=one["title"],
            words=one.get("words", ""),
            happened_on=timezone.localdate(then),
            fields=EvidenceFields(**_fields(making, one)),
            by=making.person(one.get("by", "analyst")),
            now=then,
        )


def _fields(making: Making, facts: dict[str, Any]) -> dict[str, Any]:
    given = {name: facts[name] for name in EvidenceFields.__dataclass_fields__ if name in facts}
    for name in ("before_on", "after_on"):
        if name in given:
            given[name] = making.day(-given[name])
    if facts["kind"] == EvidenceKind.INDICATOR:
        given["change_on"] = month_began(
            timezone.localdate(making.now), before_the_last=facts.get("changed", FRONT_DOOR_CHANGED)
        )
    return given


def _judged(making: Making, action: Action, facts: dict[str, Any]) -> None:
    judge_impact(
        action=action,
        verdict=Verdict(facts["verdict"]),
        words=facts["words"],
        rests_on=list(Evidence.objects.filter(action=action)) if facts["verdict"] != Verdict.CANNOT_SHOW else [],
        by=making.person(facts.get("by", "scrutineer")),
        now=making.at(facts["ago"]),
    )


def _closed(making: Making, action: Action, ago: int) -> None:
    close_action(action=action, by=making.person("scrutineer"), now=making.at(ago))


def _retests(making: Making, action: Action, facts: list[dict[str, Any]]) -> None:
    for one in facts:
        retest = set_retest(
            action=action,
            due_on=making.day(one["due"]),
            words=one["words"],
            by=making.person("manager"),
            now=making.at(one["ago"]),
        )
        if "outcome" in one:
            record_retest(
                retest=retest,
                outcome=RetestOutcome(one["outcome"]),
                found=one["found"],
                next_on=making.day(one["next"]) if "next" in one else None,
                by=making.person("scrutineer"),
                now=making.at(one["found_ago"]),
            )


def _withdrawn(making: Making, action: Action, facts: dict[str, Any]) -> None:
    withdraw_action(action=action, reason=facts["why"], by=making.person("manager"), now=making.at(facts["ago"]))


# In this order, whatever order they stand in: an action is answered before it is told about, done before it is judged.
_STEPS: dict[str, Callable[[Making, Action, Any], None]] = {
    "answer": _answer,
    "handed": _hand_over,
    "again": _answer,
    "words": _words,
    "carried": _carried,
    "done": _done,
    "evidence": _evidence,
    "judged": _judged,
    "closed": _closed,
    "retests": _retests,
    "withdrawn": _withdrawn,
}


def _challenge(making: Making, facts: dict[str, Any]) -> None:
    name_challenge(
        partnership=making.borough.partnership,
        title=facts["title"],
        why_stubborn=facts["why"],
        tried=facts["tried"],
        next_words=facts["next"],
        first_named_on=making.day(-facts["named"]),
        priority=making.priorities[facts["priority"]],
        by=making.person("manager"),
        now=making.at(30),
    )
