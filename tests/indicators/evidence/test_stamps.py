"""Whatever a page is made from changes the stamp, so that nothing old is shown by any process."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.indicators.handed_in import figure, hand_in, months_of, publish
from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.enums import ReturnState
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.kept import latest
from trefoil.indicators.evidence.stamps import stamp_of
from trefoil.indicators.models import AgencyReturn, Fault
from trefoil.indicators.operations.steering import set_target, write_commentary
from trefoil.indicators.periods import month

OCTOBER = month(2026, 10)


def _figure(world: World, now: datetime) -> None:
    hand_in(world, [figure("CL07", OCTOBER, 70, 100)], now=now)


def _status(world: World, now: datetime) -> None:
    AgencyReturn.objects.filter(partnership=world.fairmead).update(state=ReturnState.QUERIED)


def _target(world: World, now: datetime) -> None:
    held = {"partnership": world.fairmead, "indicator": "CL07", "value": Decimal(90), "tolerance": Decimal(1)}
    set_target(**held, starts_on=OCTOBER.start, by=world.analyst, now=now)


def _words(world: World, now: datetime) -> None:
    where = {"partnership": world.fairmead, "agency": world.social_care, "indicator": "CL07", "period": OCTOBER}
    write_commentary(**where, says="Staff came.", doing="", by=world.bob, now=now)


def _fault(world: World, now: datetime) -> None:
    held = AgencyReturn.objects.filter(partnership=world.fairmead).latest("pk")
    words = {"rule": "sum", "place": "row 2", "found": "1", "expected": "2", "message": "One is not two"}
    Fault.objects.create(agency_return=held, severity="fault", indicator="CL07", **words)


def _answer(world: World, now: datetime) -> None:
    _fault(world, now)
    stamp = stamp_of(world.fairmead)
    Fault.objects.filter(agency_return__partnership=world.fairmead).update(answer="The figure is right as it stands")
    assert stamp_of(world.fairmead) != stamp


def _pack(world: World, now: datetime) -> None:
    publish("CPP_rate", {world.fairmead.area.code: ["30"]}, now=now)


@pytest.mark.parametrize("change", [_figure, _status, _target, _words, _fault, _answer, _pack])
def test_stamp_changes_with_whatever_a_page_is_made_from(
    world: World, now: datetime, change: Callable[[World, datetime], None]
) -> None:
    hand_in(world, months_of("CL07", [80], 100), now=now)
    before = stamp_of(world.fairmead)
    change(world, now)
    assert stamp_of(world.fairmead) != before


def test_stamp_of_one_partnership_is_left_alone_by_another(world: World, now: datetime) -> None:
    before = stamp_of(world.harbury)
    hand_in(world, months_of("CL07", [80], 100), now=now)
    assert stamp_of(world.harbury) == before


def test_stamp_is_one_question(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        stamp_of(world.fairmead)


def test_gather_puts_a_finding_together_once_until_something_changes(world: World, now: datetime) -> None:
    hand_in(world, months_of("CL07", [80], 100), now=now)
    asked = [catalogue()["CL07"]]
    first = gather(world.fairmead, asked).findings[0]
    assert gather(world.fairmead, asked).findings[0] is first
    _target(world, now)
    changed = gather(world.fairmead, asked).findings[0]
    assert changed.target is not None
    assert first.target is None


def test_gather_keeps_partnerships_apart(world: World, now: datetime) -> None:
    hand_in(world, months_of("CL07", [80], 100), now=now)
    asked = [catalogue()["CL07"]]
    assert gather(world.fairmead, asked).findings[0].series
    assert not gather(world.harbury, asked).findings[0].series
    assert gather(world.fairmead, asked).findings[0].series


def test_latest_lets_go_of_what_an_older_stamp_gave() -> None:
    made = []

    @latest(2)
    def double(stamp: str, number: int) -> int:
        made.append((stamp, number))
        return number * 2

    assert [double("a", 1), double("a", 1), double("b", 1), double("a", 1)] == [2, 2, 2, 2]
    assert made == [("a", 1), ("b", 1), ("a", 1)]
