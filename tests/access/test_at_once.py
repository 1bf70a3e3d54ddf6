"""Two managers enter the same thing at the same moment: one does, the other is told, and no page fails."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import connection
from django.db.models import Model
from django.db.models.signals import pre_save
from django.test import Client
from django.utils import timezone

from tests.world import World, build_world
from trefoil.access.errors import NotAllowedError
from trefoil.access.people_operations import Added, add_person
from trefoil.access.structure_operations import add_agency, add_group, give_seat
from trefoil.audit.queries import verify_chain
from trefoil.people.enums import AgencyKind, DutyKind, GroupKind, GroupRole, Sector
from trefoil.people.models import Agency, Group, GroupMember, Membership, Person

ClientFor = Callable[[Person], Client]


@contextmanager
def just_before(model: type[Model], write: Callable[[], object]) -> Iterator[None]:
    """Between looking whether something is there and writing it, somebody else writes it."""

    def other(**_rest: object) -> None:
        pre_save.disconnect(other, sender=model)
        write()

    pre_save.connect(other, sender=model, weak=False)
    try:
        yield
    finally:
        pre_save.disconnect(other, sender=model)


def test_form_of_a_person_just_added_by_somebody_else_comes_back_with_the_reason(
    world: World, client_for: ClientFor, now: datetime
) -> None:
    hazel = Person(email="hazel@example.org", name="Hazel", joined_at=now)
    today = timezone.localdate()
    first_day = {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year}
    given = {"email": "hazel@example.org", "name": "Hazel", "kind": DutyKind.READER, **first_day}
    client = client_for(world.manager)
    with just_before(Person, lambda: Person.objects.bulk_create([hazel])):
        page = client.post("/fairmead/people/new/", given)
    assert page.status_code == 200
    assert "Somebody has just entered an account under this address." in page.content.decode()


def test_group_agency_and_chair_just_entered_are_refused_in_words(world: World, now: datetime) -> None:
    by = {"by": world.manager, "now": now}
    today = timezone.localdate(now)
    quality = Group(partnership=world.fairmead, slug="quality", name="Quality!", kind=GroupKind.SUBGROUP)
    with just_before(Group, lambda: Group.objects.bulk_create([quality])), pytest.raises(NotAllowedError, match="just"):
        add_group(partnership=world.fairmead, name="Quality", kind=GroupKind.SUBGROUP, **by)
    board = add_group(partnership=world.fairmead, name="Board", kind=GroupKind.EXECUTIVE, **by)

    chair = GroupMember(group=board, person=world.alice, role=GroupRole.CHAIR, starts_on=today)
    with (
        just_before(GroupMember, lambda: GroupMember.objects.bulk_create([chair])),
        pytest.raises(NotAllowedError, match="just entered a chair of Board"),
    ):
        give_seat(group=board, person=world.bob, role=GroupRole.CHAIR, starts_on=today, **by)

    school = {"name": "New School", "sector": Sector.EDUCATION}
    joining = {"partnership": world.fairmead, "kind": AgencyKind.RELEVANT_AGENCY, "starts_on": today, **by}
    with (
        just_before(Agency, lambda: Agency.objects.bulk_create([Agency(**school)])),
        pytest.raises(NotAllowedError, match="just entered New School"),
    ):
        add_agency(**school, **joining)
    assert not Membership.objects.filter(agency__name="New School").exists()


@pytest.mark.django_db(transaction=True)
def test_one_address_entered_at_once_makes_one_account(now: datetime) -> None:
    world = build_world(now=now)
    start, said = threading.Barrier(2), []

    def add() -> None:
        try:
            start.wait(10)
            said.append(
                add_person(
                    email="hazel@example.org",
                    name="Hazel",
                    job_title="",
                    partnership=world.fairmead,
                    kind=DutyKind.READER,
                    starts_on=timezone.localdate(now),
                    by=world.manager,
                    now=now,
                )
            )
        except Exception as error:
            said.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(said) == 2
    assert [one for one in said if not isinstance(one, Added | NotAllowedError)] == []
    assert [one.is_new for one in said if isinstance(one, Added)].count(True) == 1
    assert Person.objects.filter(email="hazel@example.org").count() == 1
    assert verify_chain().is_whole
