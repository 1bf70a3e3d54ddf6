"""The kept question of what needs a reader: the same rows as a question written anew, and nobody else's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.workspace.governed import Governed, govern
from tests.world import World
from trefoil.access.enums import Permission
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.access.written import (
    MOST_KEPT,
    KeptQuestions,
    KeptRows,
    Question,
    UnfitError,
    Write,
    compared,
    key_of,
    written,
)
from trefoil.people.models import Partnership, Person
from trefoil.workspace.changes import write_question as write_changes
from trefoil.workspace.needs import _parts, needs_of
from trefoil.workspace.needs.rows import QUESTIONS, write_question

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)


# No hour, day or minute is this long, so that a value rounded to one of them does not pass for one that moves along.
AWAY = timedelta(hours=9, minutes=17, seconds=11)


def question_for(write: Write, now: datetime) -> Question:
    """Told from a moment and one far away on the same day."""
    return compared(written(write, now + AWAY), written(write, now))


@pytest.fixture
def governed(world: World) -> Governed:
    return govern(world, timezone.now())


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    QUESTIONS.clear()
    yield
    QUESTIONS.clear()


def everybody(now: datetime) -> list[Standing]:
    return [standing_of(person, one, now=now) for person in Person.objects.all() for one in Partnership.objects.all()]


def test_question_for_everybody_is_the_one_written_anew_at_every_moment_of_the_day(governed: Governed) -> None:
    found = everybody(NINE)
    assert len(found) >= 10
    for standing in found:
        for write in (partial(write_question, _parts, standing), partial(write_changes, standing)):
            kept = question_for(write, NINE)
            for later in (timedelta(), timedelta(microseconds=1), timedelta(hours=1, minutes=59), timedelta(hours=14)):
                assert kept.at(NINE + later) == write(NINE + later)


def test_needs_are_the_same_when_the_question_is_kept(governed: Governed) -> None:
    for standing in everybody(NINE):
        moments = [NINE + timedelta(seconds=second) for second in range(3)]
        fresh, again, kept = (needs_of(standing, now=now) for now in moments)
        assert fresh == again == kept
    assert any(needs_of(standing, now=NINE) for standing in everybody(NINE))


def test_question_is_written_for_two_visits_and_then_kept(governed: Governed) -> None:
    questions, moments = KeptQuestions(), list[datetime]()

    def write(now: datetime) -> tuple[str, tuple[Any, ...]]:
        moments.append(now)
        return "SELECT %s, %s", ("word", connection.ops.adapt_datetimefield_value(now + timedelta(days=2)))

    standing = everybody(NINE)[0]
    for minute in range(5):
        now = NINE + timedelta(minutes=minute)
        moved = connection.ops.adapt_datetimefield_value(now + timedelta(days=2))
        assert questions.ask(write, standing, now) == ("SELECT %s, %s", ("word", moved))
    assert len(moments) == 2
    questions.ask(write, standing, NINE + timedelta(days=1))
    assert len(moments) == 3


def test_key_changes_with_each_thing_that_the_question_is_made_from(governed: Governed) -> None:
    standing = everybody(NINE)[0]
    person, partnership = standing.person, standing.partnership
    others = [
        replace(standing, permissions=standing.permissions ^ {Permission.READ_RISKS}),
        replace(standing, opened=frozenset({Permission.READ_ALL_RETURNS})),
        replace(standing, agency_permissions=frozenset({(Permission.ENTER_RETURN, 4711)})),
        replace(standing, person=Person.objects.exclude(pk=person.pk)[0]),
        replace(standing, partnership=Partnership.objects.exclude(pk=partnership.pk)[0]),
    ]
    keys = {key_of(one, NINE) for one in [standing, *others]} | {key_of(standing, NINE + timedelta(days=1))}
    assert len(keys) == 7
    assert key_of(standing, NINE) == key_of(replace(standing), NINE + timedelta(hours=3))
    assert str(person.password) not in str(key_of(standing, NINE))


@pytest.mark.parametrize("value", [lambda now: now.replace(minute=0), lambda now: now.hour, lambda now: f"{now:%H}"])
def test_value_that_does_not_move_along_with_the_moment_is_refused(db: None, value: Any) -> None:
    moment = NINE + timedelta(minutes=31)

    def write(now: datetime) -> tuple[str, tuple[Any, ...]]:
        found = value(now)
        isdate = isinstance(found, datetime)
        return "SELECT %s", (connection.ops.adapt_datetimefield_value(found) if isdate else found,)

    with pytest.raises(UnfitError):
        question_for(write, moment)


def test_question_that_asks_the_database_is_refused_and_written_each_time(governed: Governed) -> None:
    def write(now: datetime) -> tuple[str, tuple[Any, ...]]:
        return "SELECT %s", (Person.objects.count(),)

    with pytest.raises(UnfitError, match="asks the database"):
        question_for(write, NINE)
    questions, standing = KeptQuestions(), everybody(NINE)[0]
    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            questions.ask(write, standing, NINE)
        assert asked.captured_queries


def test_words_that_change_with_the_moment_are_refused(db: None) -> None:
    with pytest.raises(UnfitError, match="words"):
        question_for(lambda now: (f"SELECT {now.hour}", ()), NINE)


def test_question_that_does_not_fit_is_written_once_a_visit(governed: Governed) -> None:
    questions, standing, moments = KeptQuestions(), everybody(NINE)[0], list[datetime]()

    def write(now: datetime) -> tuple[str, tuple[Any, ...]]:
        moments.append(now)
        return "SELECT %s", (f"{now:%H:%M}",)

    for minute in range(4):
        now = NINE + timedelta(minutes=minute)
        assert questions.ask(write, standing, now) == ("SELECT %s", (f"{now:%H:%M}",))
    assert len(moments) == 4


def test_rows_that_are_kept_are_read_anew_each_time(governed: Governed) -> None:
    kept, standing, built = KeptRows(), everybody(NINE)[0], list[datetime]()

    def build(now: datetime) -> QuerySet[Person]:
        built.append(now)
        return Person.objects.filter(joined_at__lte=now + timedelta(days=1)).select_related("agency").order_by("pk")

    moments = [NINE + timedelta(minutes=minute) for minute in range(4)]
    assert all(kept.ask(build, standing, now) == list(Person.objects.order_by("pk")) for now in moments)
    assert len(built) == 2
    Person.objects.filter(pk=standing.person.pk).update(name="Another Name")
    with CaptureQueriesContext(connection) as asked:
        found = kept.ask(build, standing, NINE)
        assert "Another Name" in {one.name for one in found}
        assert any(one.agency and one.agency.name for one in found)
    assert len(asked) == 1
    assert kept.ask(lambda _now: Person.objects.none(), standing, NINE, "nobody") == []


def test_oldest_questions_are_forgotten(governed: Governed) -> None:
    questions, standing = KeptQuestions(), everybody(NINE)[0]
    times = 0

    def write(now: datetime) -> tuple[str, tuple[Any, ...]]:
        nonlocal times
        times += 1
        return "SELECT 1", ()

    for day in range(MOST_KEPT + 1):
        questions.ask(write, standing, NINE + timedelta(days=day))
    assert times == MOST_KEPT + 1
    for minute in (1, 2):
        questions.ask(write, standing, NINE + timedelta(days=MOST_KEPT, minutes=minute))
    assert times == MOST_KEPT + 2
    questions.ask(write, standing, NINE + timedelta(minutes=1))
    assert times == MOST_KEPT + 3
