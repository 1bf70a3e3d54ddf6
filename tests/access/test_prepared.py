"""A prepared question gives the rows of the question as Django would put it each time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.world import World
from trefoil.access.prepared import Prepared
from trefoil.access.queries import _DUTIES, _duties_in, standing_in
from trefoil.people.models import Duty, Person


def test_ask_gives_what_the_question_gives_for_everybody_and_every_day(world: World, now: datetime) -> None:
    found = 0
    for person in Person.objects.all():
        for slug in ("fairmead", "harbury", "nowhere"):
            for moment in (now, now - timedelta(days=365 * 20), now + timedelta(days=30)):
                values = {"person": person.pk, "slug": slug, "today": moment.date(), "moment": moment}
                asked, plain = _DUTIES.ask(**values), list(_duties_in(**values))
                assert asked == plain
                assert [(one.unread, one.elsewhere, one.has_opened) for one in asked] == [
                    (one.unread, one.elsewhere, one.has_opened) for one in plain
                ]
                found += len(asked)
    assert found >= 20


def test_ask_sends_the_sql_that_django_would_send(world: World, now: datetime) -> None:
    values = {"person": world.bob.pk, "slug": "fairmead", "today": now.date(), "moment": now}
    with CaptureQueriesContext(connection) as sent:
        _DUTIES.ask(**values)
        list(_duties_in(**values))
    first, second = (query["sql"] for query in sent.captured_queries)
    assert first == second


def test_standing_brings_partnership_and_area_without_another_question(world: World, now: datetime) -> None:
    with CaptureQueriesContext(connection) as sent:
        standing = standing_in(world.bob, "fairmead", now=now)
        assert standing is not None
        assert (standing.partnership, standing.partnership.area.name) == (world.fairmead, "Fairmead")
        assert standing.partnership.is_invented is True
    assert len(sent) == 1


def test_question_that_works_something_out_of_a_value_is_refused(db: None) -> None:
    def build(moment: datetime) -> object:
        return Duty.objects.filter(starts_on=moment.date())

    with pytest.raises(ValueError, match="never asks for moment"):
        Prepared(build, moment=datetime(1801, 1, 2, 3, tzinfo=UTC)).ask(moment=datetime(2026, 1, 1, tzinfo=UTC))


def test_two_values_of_one_question_are_not_mistaken(world: World) -> None:
    prepared = Prepared(
        lambda first, last: Duty.objects.filter(starts_on__gte=first, starts_on__lte=last),
        first=date(1801, 1, 1),
        last=date(1802, 1, 1),
    )
    assert len(prepared.ask(first=date(2020, 1, 1), last=date(2021, 1, 1))) == Duty.objects.count()
    assert prepared.ask(first=date(2021, 1, 1), last=date(2022, 1, 1)) == []
