"""The exceptions: what is listed, in which order, since when, who should answer, and what a reader may not see."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.indicators.handed_in import figure, hand_in, months_of
from tests.world import World
from trefoil.access.queries import standing_of
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.enums import ReturnState
from trefoil.indicators.evidence.ages import is_old
from trefoil.indicators.evidence.answering import answerers_of, answering_for
from trefoil.indicators.evidence.exceptions import ExceptionItem, Kind, exceptions_in
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.waiting import returns_waiting
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.returns import open_return, query_return
from trefoil.indicators.operations.steering import set_target
from trefoil.indicators.periods import month
from trefoil.indicators.rows import Finding, Place, Severity
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

STEADY = [90, 91, 89, 90, 92, 90, 91, 89, 90, 91, 90, 91]


def found(world: World, now: datetime, reader: Person | None = None) -> list[ExceptionItem]:
    standing = standing_of(reader or world.manager, world.fairmead, now=now)
    today = now.date()
    answerers = answerers_of(world.fairmead, today=today, with_names=True)
    evidence = gather(world.fairmead, tuple(catalogue()))
    return exceptions_in(evidence, returns_waiting(standing, today=today), answerers, today=today)


def target(world: World, now: datetime, indicator: str, value: int) -> None:
    set_target(
        partnership=world.fairmead,
        indicator=indicator,
        value=Decimal(value),
        tolerance=Decimal(2),
        starts_on=date(2024, 4, 1),
        by=world.manager,
        now=now,
    )


def test_nothing_is_listed_where_nothing_happened(world: World, now: datetime) -> None:
    hand_in(world, months_of("FD01", STEADY), now=now)
    assert found(world, now) == []


def test_missed_target_says_since_when_and_who(world: World, now: datetime) -> None:
    target(world, now, "CL07", 95)
    hand_in(world, months_of("CL07", [96, 97, 90, 89], denominator=100), now=now)
    (item,) = [one for one in found(world, now) if one.kind is Kind.MISSED]
    assert item.what == "89.0% in October 2026, below target (95.0%)."
    assert (item.since, item.who_words) == ("September 2026", "Fairmead Children's Services (Bob)")


def test_missed_target_with_a_signal_comes_first(world: World, now: datetime) -> None:
    target(world, now, "CL07", 80)
    target(world, now, "CL08", 95)
    hand_in(world, months_of("CL07", [*STEADY, 40], denominator=100), now=now)
    hand_in(world, months_of("CL08", [50], denominator=100), now=now)
    kinds = [(one.kind, one.definition.id if one.definition else "") for one in found(world, now)]
    assert kinds[0] == (Kind.MISSED_WITH_SIGNAL, "CL07")
    assert (Kind.MISSED, "CL08") in kinds


def test_order_is_the_order_of_the_kinds_then_of_size(world: World, now: datetime) -> None:
    for indicator, wanted in (("CL07", 60), ("CL08", 95)):
        target(world, now, indicator, wanted)
    hand_in(world, months_of("CL07", [50], denominator=100), now=now)
    hand_in(world, months_of("CL08", [50], denominator=100), now=now)
    missed = [one.definition.id for one in found(world, now) if one.kind is Kind.MISSED and one.definition]
    assert missed == ["CL08", "CL07"]
    places = [one.kind.place for one in found(world, now)]
    assert places == sorted(places)


def test_missing_figure_gives_its_reason(world: World, now: datetime) -> None:
    rows = [*months_of("FD01", STEADY)[:-1], figure("FD01", month(2026, 10), missing="The system was being replaced.")]
    hand_in(world, rows, now=now)
    (item,) = found(world, now)
    assert (item.kind, item.what) == (Kind.MISSING, "No figure for October 2026. The system was being replaced.")


def test_figure_asked_for_and_not_mentioned_is_missing(world: World, now: datetime) -> None:
    late = hand_in(world, months_of("FD01", STEADY), now=now)
    type(late).objects.filter(pk=late.pk).update(indicators=["FD01", "SI04", "CL03"])
    missing = {one.definition.id for one in found(world, now) if one.kind is Kind.MISSING and one.definition}
    assert missing == {"CL03"}, "a yearly figure is not missing from a month"


def test_overdue_return_is_listed_from_the_day_after(world: World, now: datetime) -> None:
    for days in (0, 3):
        open_return(
            partnership=world.fairmead,
            agency=world.police,
            title=f"Due {days} days ago",
            period=month(2026, 10),
            indicators=[],
            opens_on=now.date() - timedelta(days=20),
            due_on=now.date() - timedelta(days=days),
            by=world.manager,
            now=now,
        )
    (item,) = found(world, now)
    assert (item.kind, item.title) == (Kind.OVERDUE, "Due 3 days ago, October 2026")
    assert item.what == "Not handed in by Fairmead Police; 3 days late."


def test_question_is_for_who_may_read_the_return(world: World, now: datetime) -> None:
    returned = hand_in(world, months_of("FD01", STEADY), now=now)
    query_return(agency_return=returned, reason="Is April right? It doubled.", by=world.analyst, now=now)
    (full,) = found(world, now)
    (short,) = found(world, now, world.holder[DutyKind.READER])
    assert full.kind is short.kind is Kind.QUERIED
    assert "Is April right?" in full.what
    assert "Is April right?" not in short.what


def test_fault_is_for_who_may_read_the_return(world: World, now: datetime) -> None:
    fault = Finding(Severity.FAULT, "totals", Place(row=3), "41", "40", "The ages add up to 41, not 40.", "FD01")
    hand_in(world, months_of("FD01", STEADY), now=now, faults=[fault])
    assert [one.kind for one in found(world, now, world.bob)] == [Kind.FAULT]
    assert [one.kind for one in found(world, now, world.dana)] == []


@pytest.mark.parametrize(
    ("names", "words"), [(True, "Fairmead Children's Services (Bob)"), (False, "Fairmead Children's Services")]
)
def test_leads_are_named_to_who_may_read_people(world: World, now: datetime, names: bool, words: str) -> None:
    answerers = answerers_of(world.fairmead, today=now.date(), with_names=names)
    assert [one.words for one in answering_for(catalogue()["FD01"], answerers)] == [words]


def test_nobody_answering_is_said(world: World, now: datetime) -> None:
    answerers = answerers_of(world.harbury, today=now.date(), with_names=True)
    assert answering_for(catalogue()["FD01"], answerers) == ()


def test_nothing_is_missing_from_a_printed_pack(world: World, now: datetime) -> None:
    hand_in(world, [figure("FD01", month(2026, 10), 40)], now=now)
    returns = AgencyReturn.objects.filter(partnership=world.fairmead)
    returns.update(indicators=["FD01", "FD20"])
    assert [one.kind for one in found(world, now)] == [Kind.MISSING]
    returns.update(state=ReturnState.PRINTED)
    assert found(world, now) == []


def test_what_rests_on_old_figures_says_so_and_stands_last(world: World, now: datetime) -> None:
    target(world, now, "CL07", 95)
    set_target(
        partnership=world.fairmead,
        indicator="CL08",
        value=Decimal(95),
        tolerance=Decimal(2),
        starts_on=date(2018, 4, 1),
        by=world.manager,
        now=now,
    )
    hand_in(world, [figure("CL08", month(2019, 2), 10, 100)], now=now)
    hand_in(world, months_of("CL07", [90], denominator=100), now=now)
    off = [one for one in found(world, now) if one.kind is Kind.MISSED]
    assert [(one.definition.id, one.is_old) for one in off if one.definition] == [("CL07", False), ("CL08", True)]
    assert off[1].what == "10.0% in February 2019, below target (95.0%). The figure is seven years old."
    assert found(world, now)[-1] == off[1]


@pytest.mark.parametrize(
    ("figure_on", "old"),
    [(date(2024, 11, 30), False), (date(2024, 10, 31), True), (date(2025, 3, 31), False), (None, False)],
)
def test_figure_is_old_after_two_years(figure_on: date | None, old: bool) -> None:
    """The year's national figures come out months after it and stand for a year: they are not old by then."""
    assert is_old(figure_on, date(2026, 11, 22)) is old
