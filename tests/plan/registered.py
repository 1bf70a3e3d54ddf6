"""Risks and measures in the tests' world, by operations."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from tests.world import World
from trefoil.indicators.periods import month
from trefoil.plan.enums_register import MeasurePolarity, MeasureUnit
from trefoil.plan.models import Measure, Risk
from trefoil.plan.operations.measures import Counted, Course, Typed, add_measure, enter_figure
from trefoil.plan.operations.risks import Scores, raise_risk

SCORES = Scores(4, 4, 3, 3)
COURSE = Course(baseline_on=date(2026, 5, 10), baseline_words="Inspection of children's services", target=Decimal(90))


def a_risk(world: World, *, now: datetime, scores: Scores = SCORES, **changed: Any) -> Risk:
    """A risk of Bob's agency, to be looked at in 60 days."""
    fields = {
        "title": "Too few health visitors",
        "cause": "Posts are empty and few people apply.",
        "event": "Babies are not seen at home in time.",
        "effect": "Neglect of babies is noticed late.",
        "agency": world.social_care,
        "person": world.bob,
        "review_on": timezone.localdate(now) + timedelta(days=60),
        **changed,
    }
    return raise_risk(partnership=world.fairmead, scores=scores, by=world.manager, now=now, **fields)


def a_measure(world: World, *, now: datetime, course: Course = COURSE, **changed: Any) -> Measure:
    """A percentage that is typed in, up is good."""
    fields = {
        "title": "Supervision recorded in time",
        "plan_reference": "3a(vii)",
        "counted": Counted(unit=MeasureUnit.PERCENT, polarity=MeasurePolarity.HIGHER, places=0),
        **changed,
    }
    return add_measure(partnership=world.fairmead, course=course, by=world.manager, now=now, **fields)


def type_in(world: World, measure: Measure, number: int, part: int | None, whole: int = 100, *, now: datetime) -> None:
    """The figure of month `number` of 2026, or that none came."""
    missing = "" if part is not None else "the new system does not record it yet"
    typed = Typed(missing_reason=missing) if part is None else Typed(Decimal(part), Decimal(whole))
    source = "" if part is None else "Supervision tracker"
    enter_figure(measure=measure, period=month(2026, number), typed=typed, source=source, by=world.manager, now=now)
