"""A world that is put back is the world that was built."""

from datetime import datetime

from django.db import connection, transaction

from tests.kept_world import _all_rows
from tests.world import _build, build_world
from trefoil.audit.queries import verify_chain
from trefoil.people.enums import DutyKind
from trefoil.people.operations import create_person


class TakenBackError(Exception):
    """Ends a transaction."""


def rows_of(build) -> dict[str, int]:
    """How many rows each table holds when it was built; they are gone again when this returns."""
    counted: dict[str, int] = {}
    try:
        with transaction.atomic():
            build()
            counted = {name: len(rows) for name, (_, rows) in _all_rows().items()}
            raise TakenBackError
    except TakenBackError:
        return counted


def test_world_put_back_is_the_world_that_was_built(db: None, now: datetime) -> None:
    built = rows_of(lambda: _build(now))
    assert rows_of(lambda: build_world(now=now)) == built
    assert rows_of(lambda: build_world(now=now)) == built
    world = build_world(now=now)
    world.alice.refresh_from_db()
    assert world.alice.duties.get().kind == DutyKind.AGENCY_RETURNS
    assert verify_chain().is_whole
    connection.check_constraints()


def test_world_takes_new_rows_after_it_was_put_back(db: None, now: datetime) -> None:
    rows_of(lambda: build_world(now=now))
    world = build_world(now=now)
    added = create_person(email="new@example.org", name="New", agency=None, by=world.manager, now=now)
    assert added.pk not in {world.alice.pk, world.bob.pk}
    assert verify_chain().is_whole


def test_world_is_built_anew_where_somebody_is_there_already(db: None, now: datetime) -> None:
    rows_of(lambda: build_world(now=now))
    first = create_person(email="first@example.org", name="First", agency=None, by=None, now=now)
    assert build_world(now=now).alice.pk > first.pk
    assert verify_chain().is_whole
