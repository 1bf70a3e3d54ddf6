"""Measures: every operation, its refusals, and figures that are typed in."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.plan.made import IN_WORDS, a_priority
from tests.plan.registered import COURSE, a_measure
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.indicators.periods import month
from trefoil.people.enums import DutyKind
from trefoil.plan.enums_register import MeasurePolarity, MeasureUnit
from trefoil.plan.models import Measure, MeasureFigure
from trefoil.plan.operations.measures import (
    Counted,
    Course,
    Typed,
    add_measure,
    change_measure,
    enter_figure,
    withdraw_measure,
)

OCTOBER = month(2026, 10)


def enter(world: World, now: datetime, measure: Measure, typed: Typed, source: str = "Tracker") -> MeasureFigure:
    return enter_figure(measure=measure, period=OCTOBER, typed=typed, source=source, by=world.manager, now=now)


def test_add_measure_of_an_indicator_takes_nothing_by_hand(world: World, now: datetime) -> None:
    measure = a_measure(world, now=now, counted=Counted(indicator="CP11"), priority=a_priority(world, now=now))
    assert (measure.indicator, measure.unit, measure.polarity, measure.places) == ("CP11", "", "", None)
    with pytest.raises(NotAllowedError, match="come from the agencies’ returns"):
        enter(world, now, measure, Typed(value=Decimal(4)))
    assert AuditEvent.objects.filter(event=EventType.MEASURE_ADDED, subject=measure.reference).exists()


@pytest.mark.parametrize(
    ("counted", "why"),
    [
        (Counted(indicator="XX99"), "no indicator XX99"),
        (Counted(), "choose an indicator"),
        (Counted(unit=MeasureUnit.COUNT), "choose an indicator"),
    ],
)
def test_add_measure_refuses_figures_from_nowhere(world: World, now: datetime, counted: Counted, why: str) -> None:
    with pytest.raises(NotAllowedError, match=why):
        a_measure(world, now=now, counted=counted)


@pytest.mark.parametrize(
    ("course", "why"),
    [
        (Course(baseline_value=Decimal(5), baseline_source="report"), "of which day"),
        (Course(baseline_on=date(2026, 5, 1), baseline_value=Decimal(5)), "where the baseline figure comes from"),
        (Course(target_on=date(2027, 3, 31)), "which target"),
    ],
)
def test_add_measure_refuses_half_a_course(world: World, now: datetime, course: Course, why: str) -> None:
    with pytest.raises(NotAllowedError, match=why):
        a_measure(world, now=now, course=course)


def test_add_measure_refuses_who_does_not_write_the_plan(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="writing the plan"):
        add_measure(
            partnership=world.fairmead,
            title="x",
            counted=Counted(indicator="CP11"),
            course=COURSE,
            by=world.holder[DutyKind.ANALYST],
            now=now,
        )


def test_change_measure_by_the_second_of_two_is_told(world: World, now: datetime) -> None:
    measure = a_measure(world, now=now)
    fields = {"plan_reference": "", "priority": None, "agency": None, "by": world.manager, "now": now}
    change_measure(measure=measure, title="Mine", course=Course(), seen_version=1, **fields)
    with pytest.raises(ChangedMeanwhileError):
        change_measure(measure=measure, title="Theirs", course=COURSE, seen_version=1, **fields)
    measure.refresh_from_db()
    assert (measure.title, measure.target, measure.version) == ("Mine", None, 2)
    assert AuditEvent.objects.filter(event=EventType.MEASURE_CHANGED).count() == 1


def test_withdraw_measure_once(world: World, now: datetime) -> None:
    measure = a_measure(world, now=now)
    withdraw_measure(measure=measure, reason=IN_WORDS, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="withdrawn already"):
        withdraw_measure(measure=measure, reason=IN_WORDS, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="has been withdrawn"):
        enter(world, now, measure, Typed(value=Decimal(50)))
    assert AuditEvent.objects.filter(event=EventType.MEASURE_WITHDRAWN).count() == 1


def test_enter_figure_works_a_percentage_out_from_its_two_numbers(world: World, now: datetime) -> None:
    figure = enter(world, now, a_measure(world, now=now), Typed(Decimal(2), Decimal(3)))
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal("66.6667"), 2, 3)


def test_enter_figure_works_an_average_out(world: World, now: datetime) -> None:
    measure = a_measure(
        world, now=now, counted=Counted(unit=MeasureUnit.DAYS, polarity=MeasurePolarity.LOWER, places=1)
    )
    assert enter(world, now, measure, Typed(Decimal(107), Decimal(10))).value == Decimal("10.7")


def test_enter_figure_again_corrects_it_and_keeps_both(world: World, now: datetime) -> None:
    measure = a_measure(world, now=now)
    first = enter(world, now, measure, Typed(value=Decimal(50)))
    second = enter(world, now, measure, Typed(value=Decimal(60)))
    first.refresh_from_db()
    assert (first.is_current, second.is_current, second.replaces) == (False, True, first)
    events = AuditEvent.objects.filter(event=EventType.MEASURE_FIGURE_ENTERED).order_by("sequence")
    assert [event.detail["corrects"] for event in events] == [False, True]


def test_enter_figure_takes_a_reason_instead(world: World, now: datetime) -> None:
    figure = enter(world, now, a_measure(world, now=now), Typed(missing_reason="the system changed in October"), "")
    assert (figure.value, figure.missing_reason) == (None, "the system changed in October")


@pytest.mark.parametrize(
    ("typed", "source", "why"),
    [
        (Typed(), "Tracker", "give a figure, or say why"),
        (Typed(value=Decimal(5), missing_reason="a reason that is long"), "Tracker", "either a figure or the reason"),
        (Typed(value=Decimal(5)), "", "where the figure comes from"),
        (Typed(value=Decimal(101)), "Tracker", "between 0 and 100"),
        (Typed(Decimal(5)), "Tracker", "give both numbers"),
        (Typed(Decimal(5), Decimal(0)), "Tracker", "above 0"),
        (Typed(Decimal(5), Decimal(4)), "Tracker", "more than the whole"),
    ],
)
def test_enter_figure_refuses_what_is_no_figure(
    world: World, now: datetime, typed: Typed, source: str, why: str
) -> None:
    with pytest.raises(NotAllowedError, match=why):
        enter(world, now, a_measure(world, now=now), typed, source)
    assert not MeasureFigure.objects.exists()


def test_enter_figure_refuses_two_numbers_for_a_count(world: World, now: datetime) -> None:
    measure = a_measure(world, now=now, counted=Counted(unit=MeasureUnit.COUNT, polarity=MeasurePolarity.LOWER))
    with pytest.raises(NotAllowedError, match="this measure is a count"):
        enter(world, now, measure, Typed(Decimal(5), Decimal(6)))


def test_enter_figure_refuses_a_period_that_has_not_ended(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="has not ended"):
        enter_figure(
            measure=a_measure(world, now=now),
            period=month(2026, 11),
            typed=Typed(value=Decimal(5)),
            source="Tracker",
            by=world.manager,
            now=now,
        )
