"""Who may read which marking, tried with every duty."""

from datetime import datetime

import pytest

from tests.documents.attached import attached
from tests.documents.test_operations import group_of
from tests.world import BEGINNING, World
from trefoil.access.queries import standing_of
from trefoil.documents.enums import Marking
from trefoil.documents.operations import withdraw
from trefoil.documents.rules import documents_visible_to, versions_visible_to
from trefoil.people.enums import DutyKind, GroupRole
from trefoil.people.models import Person
from trefoil.people.operations import give_seat

ALL_PAPERS = {DutyKind.BUSINESS_MANAGER, DutyKind.SAFEGUARDING_PARTNER, DutyKind.SCRUTINEER}


def titles(world: World, person: Person, now: datetime) -> set[str]:
    standing = standing_of(person, world.fairmead, now=now)
    return set(documents_visible_to(standing).values_list("title", flat=True))


@pytest.mark.parametrize("kind", DutyKind)
def test_documents_visible_to_each_duty(world: World, now: datetime, kind: DutyKind) -> None:
    group = group_of(world, now)
    for marking in Marking:
        attached(world, now=now, title=marking.value, marking=marking, group=group)
    seen = titles(world, world.holder[kind], now)
    if kind in ALL_PAPERS:
        assert seen == set(Marking.values)
    else:
        assert seen == (set() if kind == DutyKind.READER else {"open"})


def test_documents_visible_to_a_seat_of_today(world: World, now: datetime) -> None:
    group, other = group_of(world, now), group_of(world, now, "other")
    attached(world, now=now, title="ours", marking=Marking.GROUP_ONLY, group=group)
    attached(world, now=now, title="sensitive", marking=Marking.OFFICIAL_SENSITIVE, group=group)
    attached(world, now=now, title="theirs", marking=Marking.GROUP_ONLY, group=other)
    attached(world, now=now, title="nobody's", marking=Marking.OFFICIAL_SENSITIVE)
    seat = give_seat(group=group, person=world.alice, role=GroupRole.MEMBER, starts_on=BEGINNING, by=None, now=now)
    assert titles(world, world.alice, now) == {"ours", "sensitive"}
    seat.ends_on = BEGINNING
    seat.save()
    assert titles(world, world.alice, now) == set()


def test_documents_of_another_partnership(world: World, now: datetime) -> None:
    attached(world, now=now)
    standing = standing_of(world.charlie, world.harbury, now=now)
    assert not documents_visible_to(standing).exists()


def test_versions_of_a_withdrawn_document(world: World, now: datetime) -> None:
    document = attached(world, now=now)
    withdraw(document=document, reason="It named a family.", by=world.manager, now=now)
    bob, manager = (standing_of(one, world.fairmead, now=now) for one in (world.bob, world.manager))
    assert documents_visible_to(bob).get().is_withdrawn
    assert not versions_visible_to(bob).exists()
    assert versions_visible_to(manager).exists()
