"""The fixtures themselves: a broken fixture must not pass for a working page."""

import socket
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tests.world import World, build_world
from trefoil.access.queries import partnerships_visible_to, standing_of
from trefoil.access.rules import DUTY_GIVES
from trefoil.audit.models import AuditEvent
from trefoil.audit.queries import verify_chain
from trefoil.people.enums import DutyKind


@pytest.mark.parametrize("kind", DutyKind)
def test_world_holder_has_that_duty_alone(world: World, now: datetime, kind: DutyKind) -> None:
    standing = standing_of(world.holder[kind], world.fairmead, now=now)
    assert standing.duties == (kind,)
    assert standing.permissions == DUTY_GIVES[kind]


def test_world_outsider_sees_another_partnership_only(world: World, now: datetime) -> None:
    assert list(partnerships_visible_to(world.charlie, now=now)) == [world.harbury]
    assert not standing_of(world.charlie, world.fairmead, now=now).permissions


def test_world_leaves_a_whole_trail(world: World) -> None:
    verdict = verify_chain()
    assert verdict.is_whole
    assert verdict.rows == AuditEvent.objects.count() > 0


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_trail_is_guarded_again_after_a_test_with_real_transactions(now: datetime, time: int) -> None:
    build_world(now=now)
    with pytest.raises(DatabaseError, match=r"cannot be (deleted|changed)"), transaction.atomic():
        AuditEvent.objects.filter(sequence=time).delete()
    assert connection.is_usable()


def test_network_is_blocked() -> None:
    with pytest.raises((UserWarning, RuntimeError), match="A test tried to use"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
