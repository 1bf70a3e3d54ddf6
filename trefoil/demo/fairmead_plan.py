"""Fairmead's plan of two years, built through the plan's own operations and dated as if people had used them.

`fairmead_plan.toml` holds the words. Days are counted back from the demo's day, so that the plan is always fresh.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from trefoil.indicators.periods import financial_year_of
from trefoil.plan.enums import Position, SourceKind
from trefoil.plan.models import PlanYear
from trefoil.plan.operations import add_recommendation
from trefoil.plan.operations.priorities import add_priority, add_workstream, name_challenge
from trefoil.plan.operations.years import approve_year, begin_year, take_position

from .borough import Borough, read_toml
from .fairmead_actions import Making, act

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
        act(making, facts)
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
