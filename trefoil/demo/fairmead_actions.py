"""What Fairmead does: its actions, with their answers, evidence, judgements and tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from trefoil.people.models import Agency, Person
from trefoil.plan.enums import EvidenceKind, RetestOutcome, Standing, Verdict
from trefoil.plan.evidence_fields import EvidenceFields
from trefoil.plan.models import Action, Evidence, PlanYear, Priority, Recommendation
from trefoil.plan.operations import propose_action
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

from .borough import Borough
from .fairmead_returns import months_back

# The front door's change of practice, in months before the last month: `levels.toml` has the shock of FD08 there.
FRONT_DOOR_CHANGED = 8


@dataclass
class Making:
    """The plan while it is being made."""

    borough: Borough
    now: datetime
    years: dict[str, PlanYear] = field(default_factory=dict)
    priorities: dict[str, Priority] = field(default_factory=dict)
    recommendations: dict[str, Recommendation] = field(default_factory=dict)

    def person(self, key: str) -> Person:
        return self.borough.people[key]

    def agency(self, key: str) -> Agency:
        return self.borough.agencies[key]

    def lead_of(self, agency: Agency) -> Person:
        """Who answers for an agency: the holder of its lead's duty."""
        return next(one for key, one in self.borough.people.items() if key.endswith("_lead") and one.agency == agency)

    def at(self, ago: int) -> datetime:
        """A moment so many days ago."""
        return self.now - timedelta(days=ago)

    def day(self, ahead: int) -> date:
        """A day so many days ahead of the demo's; behind it when negative."""
        return timezone.localdate(self.now) + timedelta(days=ahead)


def act(making: Making, facts: dict[str, Any]) -> None:
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
        given["change_on"] = _month_began(making, facts.get("changed", FRONT_DOOR_CHANGED))
    return given


def _month_began(making: Making, before_the_last: int) -> date:
    """The first day of the month so many months before the last one of the invented figures."""
    _, last = months_back(timezone.localdate(making.now))
    month = last.start.year * 12 + last.start.month - 1 - before_the_last
    return date(month // 12, month % 12 + 1, 1)


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
