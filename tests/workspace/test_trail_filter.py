"""The trail narrowed, in words, and as a file."""

import csv
from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest

from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.audit.operations import record
from trefoil.workspace.trail_filter import TrailFilter, actors_of, csv_lines, detail_words, harmless

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def trail(world: World) -> list[AuditEvent]:
    """Two reads: Bob's of a return just before midnight in summer, the manager's of the list of people a minute on."""
    evening = datetime(2026, 7, 1, 23, 59, tzinfo=LONDON)
    midnight = datetime(2026, 7, 2, 0, 0, tzinfo=LONDON)
    return [
        record(event=EventType.RECORD_READ, by=world.bob, now=evening, partnership="fairmead", subject="return:1"),
        record(event=EventType.EXPORTED, by=world.manager, now=midnight, partnership="fairmead", subject="people"),
    ]


def kept(asked: TrailFilter, trail: list[AuditEvent]) -> list[AuditEvent]:
    return list(asked.apply(AuditEvent.objects.filter(pk__in=[event.pk for event in trail])))


def test_trail_filter_without_anything_keeps_everything_newest_first(trail: list[AuditEvent]) -> None:
    assert kept(TrailFilter(), trail) == [trail[1], trail[0]]


def test_trail_filter_by_person_kind_and_record(world: World, trail: list[AuditEvent]) -> None:
    assert kept(TrailFilter(person=world.bob.pk), trail) == [trail[0]]
    assert kept(TrailFilter(kind=EventType.EXPORTED), trail) == [trail[1]]
    assert kept(TrailFilter(subject="return:1"), trail) == [trail[0]]
    assert kept(TrailFilter(subject="return:1", kind=EventType.EXPORTED), trail) == []


def test_trail_filter_days_are_those_of_england_and_both_included(trail: list[AuditEvent]) -> None:
    assert kept(TrailFilter(first_day=date(2026, 7, 1), last_day=date(2026, 7, 1)), trail) == [trail[0]]
    assert kept(TrailFilter(first_day=date(2026, 7, 2)), trail) == [trail[1]]
    assert kept(TrailFilter(last_day=date(2026, 6, 30)), trail) == []


def test_trail_filter_says_what_was_asked(world: World) -> None:
    assert TrailFilter(person=3, last_day=date(2026, 7, 1)).as_detail() == {"person": 3, "to": "2026-07-01"}


def test_actors_are_each_named_once(world: World, trail: list[AuditEvent]) -> None:
    found = actors_of(AuditEvent.objects.all())
    assert found == [(world.bob.pk, "Bob"), (world.manager.pk, "Business manager")]


def test_detail_is_put_in_words() -> None:
    assert (
        detail_words({"duty": "agency_lead", "agency": None, "asked_for": "read_trail", "by": ["password", "totp"]})
        == "duty: Agency safeguarding lead; asked for: see who read and changed what; by: password, totp"
    )


def test_csv_holds_a_line_for_each_event(trail: list[AuditEvent]) -> None:
    rows = list(csv.DictReader(StringIO("".join(csv_lines(trail)).removeprefix("\ufeff"))))
    assert [(row["When"], row["Who"], row["About"]) for row in rows] == [
        ("2026-07-01T23:59:00+01:00", "Bob", "return:1"),
        ("2026-07-02T00:00:00+01:00", "Business manager", "people"),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_csv_cell_cannot_start_a_formula(start: str) -> None:
    assert harmless(f"{start}1+1") == f"'{start}1+1"
    assert harmless(f"1{start}") == f"1{start}"


def test_csv_neutralises_a_reason_that_is_a_formula(world: World, now: datetime) -> None:
    event = record(event=EventType.REFUSED, by=world.bob, now=now, reason='=HYPERLINK("http://example.org")')
    (row,) = csv.DictReader(StringIO("".join(csv_lines([event])).removeprefix("\ufeff")))
    assert row["Reason"].startswith("'=")
