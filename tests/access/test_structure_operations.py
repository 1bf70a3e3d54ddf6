"""Groups, seats and agencies, changed by a business manager and by nobody else."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.world import BEGINNING, World
from trefoil.access import structure_operations as operations
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import AgencyKind, GroupKind, GroupRole, Sector
from trefoil.people.group_operations import move_group as write_move
from trefoil.people.models import Agency, Group, GroupMember

Make = Callable[..., Group]


@pytest.fixture
def by(world: World, now: datetime) -> dict[str, object]:
    return {"by": world.manager, "now": now}


@pytest.fixture
def today(now: datetime) -> date:
    return timezone.localdate(now)


@pytest.fixture
def make(world: World, by: dict[str, object]) -> Make:
    def made(name: str, reports_to: Group | None = None) -> Group:
        return operations.add_group(
            partnership=world.fairmead, name=name, kind=GroupKind.SUBGROUP, reports_to=reports_to, **by
        )

    return made


def test_add_group_finds_a_free_address(make: Make) -> None:
    assert [make(name).slug for name in ("Quality", "Quality!", "New", "…")] == [
        "quality",
        "quality-2",
        "new-2",
        "group",
    ]
    with pytest.raises(NotAllowedError, match="already"):
        make("QUALITY")


def test_move_group_never_closes_a_circle(make: Make, by: dict[str, object]) -> None:
    top = make("Top")
    middle = make("Middle", top)
    low = make("Low", middle)
    for upper, words in ((top, "itself"), (middle, "comes to report"), (low, "comes to report")):
        with pytest.raises(NotAllowedError, match=words):
            operations.move_group(group=top, reports_to=upper, **by)
        with pytest.raises(ValueError, match="report to itself"):
            write_move(group=top, reports_to=upper, **by)
    operations.move_group(group=low, reports_to=top, **by)
    operations.move_group(group=middle, reports_to=low, **by)
    assert AuditEvent.objects.filter(event=EventType.GROUP_MOVED).count() == 2
    operations.move_group(group=middle, reports_to=None, **by)
    assert Group.objects.get(pk=middle.pk).reports_to is None


def test_move_group_stays_in_its_partnership(world: World, make: Make, by: dict[str, object]) -> None:
    elsewhere = Group.objects.create(partnership=world.harbury, slug="x", name="X", kind=GroupKind.BOARD)
    with pytest.raises(ValueError, match="own partnership"):
        write_move(group=make("Top"), reports_to=elsewhere, **by)


def test_seat_is_given_and_ended(world: World, make: Make, by: dict[str, object], today: date) -> None:
    group = make("Top")
    facts = {"group": group, "starts_on": today, **by}
    seat = operations.give_seat(person=world.bob, role=GroupRole.CHAIR, **facts)
    refused = [
        (world.bob, GroupRole.MEMBER, "already sits"),
        (world.alice, GroupRole.CHAIR, "has a chair"),
        (world.charlie, GroupRole.MEMBER, "holds no duty"),
    ]
    for person, role, words in refused:
        with pytest.raises(NotAllowedError, match=words):
            operations.give_seat(person=person, role=role, **facts)
    for day, words in ((1, "today at the latest"), (-1, "before the first day")):
        with pytest.raises(NotAllowedError, match=words):
            operations.end_seat(seat=seat, ends_on=today + timedelta(days=day), **by)
    operations.end_seat(seat=seat, ends_on=today, **by)
    assert AuditEvent.objects.first().event == EventType.GROUP_SEAT_ENDED
    with pytest.raises(NotAllowedError, match="already ended"):
        operations.end_seat(seat=GroupMember.objects.get(), ends_on=today, **by)
    assert operations.give_seat(person=world.alice, role=GroupRole.CHAIR, **facts).pk


def test_agency_joins_under_a_known_name_and_leaves(world: World, by: dict[str, object], today: date) -> None:
    shared = Agency.objects.create(name="Larch Hospital", sector=Sector.HEALTH)
    facts = {"partnership": world.fairmead, "sector": Sector.POLICE, "kind": AgencyKind.RELEVANT_AGENCY, **by}
    joined = operations.add_agency(name=" larch hospital ", starts_on=today, **facts)
    assert (joined.agency, joined.agency.sector) == (shared, "health")
    with pytest.raises(NotAllowedError, match="a member already"):
        operations.add_agency(name="Larch Hospital", starts_on=today, **facts)
    assert operations.add_agency(name="Larch Trust", starts_on=today, **facts).agency.is_invented
    operations.end_membership(membership=joined, ends_on=today, **by)
    event = AuditEvent.objects.first()
    assert (event.event, event.subject) == (EventType.AGENCY_LEFT, f"agency:{shared.pk}")
    joined.refresh_from_db()
    with pytest.raises(NotAllowedError, match="already left"):
        operations.end_membership(membership=joined, ends_on=today, **by)


def test_agency_whose_duties_are_held_cannot_leave(world: World, by: dict[str, object], today: date) -> None:
    membership = world.police.memberships.get()
    with pytest.raises(NotAllowedError, match="First end the duties held for Fairmead Police: Dana"):
        operations.end_membership(membership=membership, ends_on=today, **by)


def test_nobody_but_a_manager_here_changes_the_structure(
    world: World, make: Make, by: dict[str, object], now: datetime, today: date
) -> None:
    group = make("Top")
    seat = operations.give_seat(group=group, person=world.bob, role=GroupRole.MEMBER, starts_on=today, **by)
    for person in (world.charlie, world.analyst, world.bob):
        who = {"by": person, "now": now}
        attempts = [
            lambda who=who: operations.add_group(partnership=world.fairmead, name="Mine", kind=GroupKind.BOARD, **who),
            lambda who=who: operations.move_group(group=group, reports_to=None, **who),
            lambda who=who: operations.give_seat(
                group=group, person=world.alice, role=GroupRole.MEMBER, starts_on=today, **who
            ),
            lambda who=who: operations.end_seat(seat=seat, ends_on=today, **who),
            lambda who=who: operations.add_agency(
                partnership=world.fairmead,
                name="Mine",
                sector=Sector.LEGAL,
                kind=AgencyKind.OTHER,
                starts_on=BEGINNING,
                **who,
            ),
            lambda who=who: operations.end_membership(membership=world.health.memberships.get(), ends_on=today, **who),
        ]
        for attempt in attempts:
            with pytest.raises(NotAllowedError, match="do not include changing groups"):
                attempt()
