"""Recommendations and actions of Fairmead told step by step, in days ago: what the X-ray is there to find."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from trefoil.access.duty_operations import end_duty
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.people.operations import create_person, give_duty
from trefoil.plan.enums import EvidenceKind, SourceKind, Standing, Verdict
from trefoil.plan.models import Action
from trefoil.plan.operations import add_recommendation, propose_action
from trefoil.plan.operations.action_moves import accept_action, close_action, finish_action
from trefoil.plan.operations.actions import move_due_date, tell_progress
from trefoil.plan.operations.evidence import add_evidence, judge_impact, set_retest

from .borough import Borough

LEFT_AGO = 30
LEADS = {
    "icb": "health_lead",
    "police": "police_lead",
    "schools": "schools_lead",
    "council": "council_lead",
    "charities": "charity_lead",
    "early_help": "hubs_lead",
}


def lay_traces(borough: Borough, recommendations: Iterable[dict[str, Any]], *, now: datetime) -> None:
    """Each recommendation with its actions, through the operations that people use. Somebody leaves at the end."""
    leaver = _hire(borough, now)
    for facts in recommendations:
        made = add_recommendation(
            partnership=borough.partnership,
            words=facts["words"],
            source_kind=SourceKind(facts["kind"]),
            source_reference=facts["reference"],
            made_on=_day(now, facts["made"]),
            by=borough.people["scrutineer"],
            now=_ago(now, facts["made"]),
        )
        for its in facts.get("actions", []):
            proposed = _ago(now, its["proposed"])
            action = propose_action(
                partnership=borough.partnership,
                agency=borough.agencies[its["agency"]],
                title=its["title"],
                recommendation=made,
                due_on=timezone.localdate(proposed) + timedelta(days=its["due_in"]),
                by=borough.people["manager"],
                now=proposed,
            )
            lead = leaver if its.get("leaver") else borough.people[LEADS[its["agency"]]]
            trace = _Trace(borough, action, lead, leaver, now)
            for step in its["steps"]:
                trace.take(step)
    duty = leaver.duties.get(partnership=borough.partnership)
    left = _ago(now, LEFT_AGO)
    last = timezone.localdate(left) - timedelta(days=1)
    end_duty(duty=duty, ends_on=last, by=borough.people["manager"], now=left)


def _hire(borough: Borough, now: datetime) -> Person:
    """Who leads for housing until a month ago."""
    housing, hired = borough.agencies["housing"], _ago(now, 500)
    person = create_person(
        email="housing.lead@fairmead.example",
        name="Bertram Nettlewick",
        job_title="Housing safeguarding lead",
        agency=housing,
        is_invented=True,
        by=None,
        now=hired,
    )
    give_duty(
        person=person,
        partnership=borough.partnership,
        kind=DutyKind.AGENCY_LEAD,
        agency=housing,
        starts_on=timezone.localdate(hired),
        by=None,
        now=hired,
    )
    return person


@dataclass
class _Trace:
    """One action and who works on it."""

    borough: Borough
    action: Action
    lead: Person
    leaver: Person
    now: datetime

    def take(self, step: list[Any]) -> None:
        """`step` is days ago, the name of the step, and what it needs."""
        days, name, *rest = step
        steps: dict[str, Callable[..., None]] = {
            "accept": self._accept,
            "update": self._update,
            "move": self._move,
            "done": self._done,
            "evidence": self._evidence,
            "judge": self._judge,
            "close": self._close,
            "retest": self._retest,
        }
        steps[name](_ago(self.now, days), *rest)

    def _accept(self, at: datetime, person: str) -> None:
        named = self.leaver if person == "leaver" else self.borough.people.get(person)
        accept_action(action=self.action, person=named, by=self.lead, now=at)

    def _update(self, at: datetime, how: str, words: str) -> None:
        tell_progress(action=self.action, how=Standing(how), words=words, by=self.lead, now=at)

    def _move(self, at: datetime, by_days: int, reason: str) -> None:
        self.action.refresh_from_db()
        move_due_date(
            action=self.action,
            due_on=self.action.due_on + timedelta(days=by_days),
            reason=reason,
            seen_version=self.action.version,
            by=self.lead,
            now=at,
        )

    def _done(self, at: datetime, words: str) -> None:
        finish_action(action=self.action, reason=words, by=self.lead, now=at)

    def _evidence(self, at: datetime, title: str, words: str, happened: int) -> None:
        add_evidence(
            action=self.action,
            kind=EvidenceKind.OTHER,
            title=title,
            words=words,
            happened_on=_day(self.now, happened),
            by=self.lead,
            now=at,
        )

    def _judge(self, at: datetime, verdict: str, words: str) -> None:
        judge = self.borough.people["scrutineer"]
        rests_on = [] if verdict == Verdict.CANNOT_SHOW else list(self.action.evidence.all())
        judge_impact(action=self.action, verdict=Verdict(verdict), words=words, rests_on=rests_on, by=judge, now=at)

    def _close(self, at: datetime) -> None:
        close_action(action=self.action, by=self.borough.people["scrutineer"], now=at)

    def _retest(self, at: datetime, words: str, due: int) -> None:
        judge = self.borough.people["scrutineer"]
        set_retest(action=self.action, due_on=_day(self.now, due), words=words, by=judge, now=at)


def _ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _day(now: datetime, days_ago: int) -> date:
    return timezone.localdate(now) - timedelta(days=days_ago)
