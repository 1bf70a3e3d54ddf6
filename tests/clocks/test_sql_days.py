"""Days in England as the database works them out: the same as Python's, in summer, in winter and at the change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.world import World, build_world
from trefoil.clocks.models import ClockMove
from trefoil.clocks.operations import start_clock
from trefoil.clocks.sql_days import DaysBetween, EnglandDay

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def a_move(world: World) -> ClockMove:
    """A row with two moments of its own."""
    clock = start_clock(
        partnership=world.fairmead,
        rule_id="PT-YRSEP",
        subject="partnership:fairmead",
        label="Yearly report",
        started_at=NOW,
        by=world.manager,
        now=NOW,
    )
    return ClockMove.objects.filter(clock=clock).latest("pk")


def day_of(move: ClockMove, moment: datetime) -> date:
    ClockMove.objects.filter(pk=move.pk).update(happened_at=moment)
    return ClockMove.objects.annotate(day=EnglandDay("happened_at")).get(pk=move.pk).day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-28T23:30:00+00:00", "2026-03-28"),
        ("2026-03-29T00:59:59+00:00", "2026-03-29"),
        ("2026-03-29T23:00:00+00:00", "2026-03-30"),
        ("2024-03-31T23:15:00.000001+00:00", "2024-04-01"),
        ("2026-07-14T22:59:59.999999+00:00", "2026-07-14"),
        ("2026-07-14T23:00:00+00:00", "2026-07-15"),
        ("2026-10-24T23:30:00+00:00", "2026-10-25"),
        ("2026-10-25T23:30:00+00:00", "2026-10-25"),
        ("2027-12-31T23:59:59+00:00", "2027-12-31"),
    ],
)
def test_england_day_knows_summer_time(world: World, moment: str, day: str) -> None:
    assert day_of(a_move(world), datetime.fromisoformat(moment)) == date.fromisoformat(day)


class EnglandDays(TestCase):
    """Over decades, against the zone that Python knows."""

    @settings(max_examples=30, deadline=None)
    @given(seconds=st.lists(st.integers(950_000_000, 2_800_000_000), min_size=1, max_size=20))
    def test_england_day_is_that_of_python(self, seconds: list[int]) -> None:
        move = a_move(build_world(now=NOW))
        for moment in (datetime.fromtimestamp(one, tz=UTC) for one in seconds):
            assert day_of(move, moment) == timezone.localdate(moment)


def test_days_between_counts_from_the_earlier_day(world: World) -> None:
    move = a_move(world)
    early = datetime(2026, 2, 27, 23, tzinfo=UTC)
    for days in (0, 1, 3, 300):
        ClockMove.objects.filter(pk=move.pk).update(happened_at=early, written_at=early + timedelta(days=days))
        between = DaysBetween(EnglandDay("written_at"), EnglandDay("happened_at"))
        assert ClockMove.objects.annotate(days=between).get(pk=move.pk).days == days
