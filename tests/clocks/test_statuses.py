"""The status in words and the status as the database sees it are the same, for every mixture of moments."""

from datetime import datetime, timedelta

from django.db.models import Count

from tests.clocks.test_clocks import started
from tests.world import World
from trefoil.access.enums import Permission
from trefoil.access.queries import standing_of
from trefoil.clocks.enums import OPEN_STATUSES, OWED_STATUSES, STATUS_WORDS, Status
from trefoil.clocks.models import Clock
from trefoil.clocks.queries import owed_at, status_column, status_is, with_status
from trefoil.clocks.reckoning.kinds import Kind
from trefoil.clocks.rules import clocks_visible_to
from trefoil.people.enums import DutyKind

HOUR = timedelta(hours=1)


def test_every_status_has_words() -> None:
    assert set(STATUS_WORDS) == set(Status)
    assert set(Status) - OPEN_STATUSES == {Status.MET, Status.MET_LATE, Status.TOO_EARLY, Status.WITHDRAWN}


def every_mixture(world: World, now: datetime) -> None:
    """A row for each kind, date and end that can stand beside one another, edges included."""
    dates = [None, now - HOUR, now, now + HOUR, now + 3 * HOUR]
    rows = []
    for kind in (Kind.MAX, Kind.MIN):
        for due_at in dates:
            soon_at = due_at - 2 * HOUR if due_at else None
            facts = {"kind": kind, "due_at": due_at, "soon_at": soon_at, "started_at": now - 9 * HOUR}
            ends = [{}, {"paused_at": now}, {"withdrawn_at": now}]
            ends += [{"stopped_at": moment} for moment in (now - 2 * HOUR, now - HOUR, now)]
            rows += [
                Clock(
                    partnership=world.fairmead,
                    rule_id="ESC-1",
                    edition="local",
                    subject="x:1",
                    label="x",
                    **facts,
                    **end,
                )
                for end in ends
            ]
    Clock.objects.bulk_create(rows)


def test_database_and_arithmetic_give_the_same_status(world: World, now: datetime) -> None:
    every_mixture(world, now)
    clocks = {clock.pk: clock.status_at(now) for clock in Clock.objects.all()}
    column = dict(Clock.objects.annotate(status=status_column(now)).values_list("pk", "status"))
    assert column == {pk: status.value for pk, status in clocks.items()}
    for status in Status:
        found = set(Clock.objects.filter(status_is(status, now)).values_list("pk", flat=True))
        assert found == {pk for pk, one in clocks.items() if one is status}, status
    assert set(clocks.values()) == set(Status)


def test_statuses_can_be_counted_and_asked_for_together(world: World, now: datetime) -> None:
    every_mixture(world, now)
    counted = Clock.objects.annotate(status=status_column(now)).values("status").annotate(number=Count("pk"))
    assert sum(row["number"] for row in counted) == Clock.objects.count()
    owed = Clock.objects.filter(owed_at(now))
    assert {clock.status_at(now) for clock in owed} == OWED_STATUSES
    assert set(owed) == set(with_status(Clock.objects.all(), sorted(OWED_STATUSES), now))
    both = with_status(Clock.objects.all(), [Status.LATE, Status.PAUSED], now)
    assert {clock.status_at(now) for clock in both} == {Status.LATE, Status.PAUSED}


def test_clocks_are_visible_within_the_partnership_alone(world: World, now: datetime) -> None:
    clock = started(world, now)
    assert list(clocks_visible_to(standing_of(world.alice, world.fairmead, now=now))) == [clock]
    assert not clocks_visible_to(standing_of(world.charlie, world.harbury, now=now)).exists()
    assert not clocks_visible_to(standing_of(world.charlie, world.fairmead, now=now)).exists()


def test_restricted_clock_is_visible_to_its_owner_alone(world: World, now: datetime) -> None:
    clock = started(world, now, person=world.bob, is_restricted=True)
    seen = [
        person.name
        for person in (world.bob, world.alice, world.manager, world.analyst)
        if clock in clocks_visible_to(standing_of(person, world.fairmead, now=now))
    ]
    assert seen == ["Bob"]


def test_reader_of_published_figures_sees_no_clock(world: World, now: datetime) -> None:
    started(world, now)
    standing = standing_of(world.holder[DutyKind.READER], world.fairmead, now=now)
    assert not standing.may(Permission.READ_CLOCKS)
    assert not clocks_visible_to(standing).exists()
