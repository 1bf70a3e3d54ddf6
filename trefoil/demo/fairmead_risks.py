"""Fairmead's risk register, its measures, and a plan in which every check of the X-ray finds something."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from trefoil.access.queries import standing_of
from trefoil.indicators.periods import Period, month
from trefoil.people.models import Partnership
from trefoil.plan.enums_register import Assurance, MeasurePolarity, MeasureUnit
from trefoil.plan.models import Measure, PlanYear, Priority, Risk
from trefoil.plan.operations.accepted import accept_finding
from trefoil.plan.operations.controls import add_control
from trefoil.plan.operations.measures import Counted, Course, Typed, add_measure, enter_figure
from trefoil.plan.operations.priorities import add_priority
from trefoil.plan.operations.risks import Scores, close_risk, raise_risk, review_risk
from trefoil.plan.operations.years import begin_year
from trefoil.plan.queries_xray import xray_of
from trefoil.plan.xray.vocabulary import WORDS, Check

from .borough import Borough, read_toml
from .fairmead_traces import lay_traces

BASELINE_AGO, TARGET_IN = 330, 200
ACCEPTED_FOR = 120


def invent_register(borough: Borough, *, now: datetime) -> None:
    """Risks with their history, measures with their figures, and traces for the X-ray. Call it after the plan."""
    plan = read_toml("fairmead_risks.toml")
    priorities = _priorities(borough, now)
    for facts in plan["risks"]:
        _risk(borough, facts, priorities.get(facts["priority"]), now)
    for facts in plan["measures"]:
        _measure(borough, facts, priorities.get(facts["priority"]), now)
    lay_traces(borough, plan["recommendations"], now=now)
    _accept_one(borough.partnership, borough, now)


def _priorities(borough: Borough, now: datetime) -> Mapping[int, Priority]:
    """This year's priorities by number, with one more that nobody measures yet. Begins the year where there is none."""
    partnership, manager, today = borough.partnership, borough.people["manager"], timezone.localdate(now)
    held = PlanYear.objects.filter(partnership=partnership, starts_on__lte=today, ends_on__gte=today).first()
    year = held or _begin_year(borough, today, now)
    if held is None:
        for title, success in _FIRST:
            add_priority(year=year, title=title, success=success, lead=manager, by=manager, now=now)
    add_priority(
        year=year,
        title="Young carers are known",
        why="Young Voices asked for it twice.",
        success="Every school can say which of its pupils look after somebody.",
        by=manager,
        now=now - timedelta(days=30),
    )
    return {priority.number: priority for priority in year.priorities.all()}


_FIRST = (
    ("Neglect is seen early", "Children are helped before harm has lasted a year."),
    ("The front door hears every agency", "Decisions rest on what every agency knows."),
)


def _begin_year(borough: Borough, today: date, now: datetime) -> PlanYear:
    first = today.year if today.month >= 4 else today.year - 1
    return begin_year(
        partnership=borough.partnership,
        title=f"Business plan {first} to {first + 1}",
        starts_on=date(first, 4, 1),
        ends_on=date(first + 1, 3, 31),
        by=borough.people["manager"],
        now=now,
    )


def _risk(borough: Borough, facts: dict[str, Any], priority: Priority | None, now: datetime) -> None:
    manager = borough.people["manager"]
    first, *later = facts["reviews"]
    days = [review[0] for review in later]
    risk = raise_risk(
        partnership=borough.partnership,
        title=facts["title"],
        cause=facts["cause"],
        event=facts["event"],
        effect=facts["effect"],
        scores=Scores(*first[1:5]),
        review_on=_next_on(days, facts["next_in"], now),
        agency=borough.agencies.get(facts["agency"]),
        person=borough.people.get(facts["person"]),
        priorities=[priority] if priority else [],
        by=manager,
        now=_ago(now, first[0]),
    )
    for words, agency, assurance, shown, tested in facts["controls"]:
        add_control(
            risk=risk,
            words=words,
            agency=borough.agencies.get(agency),
            assurance=Assurance(assurance),
            assurance_words=shown,
            assured_on=_day(now, tested) if shown else None,
            by=manager,
            now=_ago(now, tested or first[0]),
        )
    for place, review in enumerate(later):
        _review(risk, review, _next_on(days[place + 1 :], facts["next_in"], now), borough, now)
    if "closed" in facts:
        close_risk(risk=risk, reason=facts["closed"], by=manager, now=_ago(now, facts["closed_ago"]))


def _review(risk: Risk, review: list[Any], next_on: date, borough: Borough, now: datetime) -> None:
    review_risk(
        risk=risk,
        scores=Scores(*review[1:5]),
        words=review[5],
        next_review_on=next_on,
        seen_version=risk.version,
        by=borough.people["manager"],
        now=_ago(now, review[0]),
    )


def _next_on(later: list[int], next_in: int, now: datetime) -> date:
    """The day that was set at a review: when the next one was held, or the one to come."""
    return _day(now, later[0]) if later else _day(now, -next_in)


def _measure(borough: Borough, facts: dict[str, Any], priority: Priority | None, now: datetime) -> None:
    target = Decimal(facts["target"]) if "target" in facts else None
    by_hand = "unit" in facts
    measure = add_measure(
        partnership=borough.partnership,
        title=facts["title"],
        plan_reference=facts["reference"],
        priority=priority,
        agency=borough.agencies[facts["agency"]],
        counted=Counted(
            unit=MeasureUnit(facts["unit"]), polarity=MeasurePolarity(facts["polarity"]), places=facts["places"]
        )
        if by_hand
        else Counted(indicator=facts["indicator"]),
        course=Course(
            baseline_on=_day(now, BASELINE_AGO),
            baseline_words="Inspection of children’s services",
            target=target,
            target_on=_day(now, -TARGET_IN) if target is not None else None,
        ),
        by=borough.people["manager"],
        now=_ago(now, BASELINE_AGO),
    )
    _figures(borough, measure, facts, now)


def _figures(borough: Borough, measure: Measure, facts: dict[str, Any], now: datetime) -> None:
    manager = borough.people["manager"]
    for back, typed, source in _typed(facts):
        period = _month(now, back)
        entered = min(now, _end_of(period.end) + timedelta(days=9))
        enter_figure(measure=measure, period=period, typed=typed, source=source, by=manager, now=entered)


def _typed(facts: dict[str, Any]) -> Iterator[tuple[int, Typed, str]]:
    """How many months back, the figure or the reason, and its source."""
    for back, *numbers in facts.get("figures", []):
        first, *second = (Decimal(number) for number in numbers)
        yield back, Typed(first, second[0]) if second else Typed(value=first), facts["source"]
    for back, reason in facts.get("missing", []):
        yield back, Typed(missing_reason=reason), ""


def _accept_one(partnership: Partnership, borough: Borough, now: datetime) -> None:
    """One finding that the manager knows of and lets stand until the next meeting."""
    manager = borough.people["manager"]
    seen = xray_of(standing_of(manager, partnership, now=now), today=timezone.localdate(now))
    found = next(one for one in seen.found if one.check is Check.MEASURE_AIMLESS)
    accept_finding(
        partnership=partnership,
        key=found.key,
        words=f"{WORDS[found.check].name}: {found.title}",
        reason="Young Voices will say at its spring meeting what would be good enough.",
        until=_day(now, -ACCEPTED_FOR),
        by=manager,
        now=_ago(now, 10),
    )


def _end_of(day: date) -> datetime:
    """The midnight that ends a day, in local time."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def _day(now: datetime, days_ago: int) -> date:
    return timezone.localdate(now) - timedelta(days=days_ago)


def _month(now: datetime, back: int) -> Period:
    """The last month that has ended, or the one so many before it."""
    today = timezone.localdate(now)
    index = today.year * 12 + today.month - 2 - back
    return month(index // 12, index % 12 + 1)
