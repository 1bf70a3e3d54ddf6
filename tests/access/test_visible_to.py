"""What each distance from a partnership sees of its people, groups and trail."""

from datetime import datetime

from tests.workspace.fairmead import furnish
from tests.world import World
from trefoil.access import queries
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.audit.operations import record
from trefoil.people.enums import DutyKind


def test_people_visible_to_a_member_are_those_with_a_duty_or_seat_here(world: World, now: datetime) -> None:
    furnish(world, now=now)
    seen = set(queries.people_visible_to(standing_of(world.bob, world.fairmead, now=now)))
    assert seen == {*world.holder.values(), world.dana}


def test_people_visible_to_a_reader_are_nobody(world: World, now: datetime) -> None:
    furnish(world, now=now)
    standing = standing_of(world.holder[DutyKind.READER], world.fairmead, now=now)
    assert not queries.people_visible_to(standing).exists()
    assert not queries.duties_visible_to(standing).exists()
    assert not queries.seats_visible_to(standing).exists()
    assert queries.groups_visible_to(standing).count() == 2


def test_groups_and_memberships_of_another_partnership_are_not_visible(world: World, now: datetime) -> None:
    furnish(world, now=now)
    standing = standing_of(world.charlie, world.harbury, now=now)
    assert not queries.groups_visible_to(standing).exists()
    assert not queries.memberships_visible_to(standing).exists()
    assert list(queries.people_visible_to(standing)) == [world.charlie]


def test_trail_visible_to_its_readers_holds_this_partnership_alone(world: World, now: datetime) -> None:
    seen = queries.trail_visible_to(standing_of(world.manager, world.fairmead, now=now))
    assert set(seen.values_list("partnership", flat=True)) == {"fairmead"}
    assert not queries.trail_visible_to(standing_of(world.analyst, world.fairmead, now=now)).exists()


def test_trail_about_oneself_holds_own_doings_and_who_read_about_one(world: World, now: datetime) -> None:
    bob = f"person:{world.bob.pk}"
    before = set(queries.trail_about(standing_of(world.bob, world.fairmead, now=now)).values_list("pk", flat=True))
    mine = [
        record(event=EventType.SIGNED_IN, by=world.bob, now=now, subject=bob),
        record(event=EventType.RECORD_READ, by=world.bob, now=now, partnership="fairmead", subject="people"),
        record(event=EventType.RECORD_READ, by=world.manager, now=now, partnership="fairmead", subject=bob),
    ]
    record(event=EventType.RECORD_READ, by=world.manager, now=now, partnership="fairmead", subject="people")
    record(event=EventType.RECORD_READ, by=world.bob, now=now, partnership="harbury", subject="people")
    seen = set(queries.trail_about(standing_of(world.bob, world.fairmead, now=now)).values_list("pk", flat=True))
    assert seen - before == {event.pk for event in mine}


def test_changes_visible_to_a_member_never_say_who_read_what(world: World, now: datetime) -> None:
    record(event=EventType.RECORD_READ, by=world.manager, now=now, partnership="fairmead", subject="people")
    record(event=EventType.RETURN_OPENED, by=world.analyst, now=now, partnership="fairmead", subject="return:1")
    record(event=EventType.RETURN_OPENED, by=world.analyst, now=now, partnership="fairmead", subject="return:2")
    standing = standing_of(world.bob, world.fairmead, now=now)
    seen = queries.changes_visible_to(standing, records=["return:1"])
    assert set(seen.values_list("event", "subject").filter(event__startswith="return")) == {
        (EventType.RETURN_OPENED, "return:1")
    }
    assert EventType.RECORD_READ not in seen.values_list("event", flat=True)


def test_changes_visible_to_a_reader_name_nobody(world: World, now: datetime) -> None:
    standing = standing_of(world.holder[DutyKind.READER], world.fairmead, now=now)
    seen = queries.changes_visible_to(standing, records=AuditEvent.objects.none().values("subject"))
    assert seen.exists()
    assert not seen.filter(subject__startswith="person:").exists()


def test_account_under_an_address_is_for_managers(world: World, now: datetime) -> None:
    manager = standing_of(world.manager, world.fairmead, now=now)
    assert queries.account_under(" Nobody@Example.org ", manager) == world.nobody
    assert queries.account_under("unknown@example.org", manager) is None
    assert queries.account_under("nobody@example.org", standing_of(world.analyst, world.fairmead, now=now)) is None
