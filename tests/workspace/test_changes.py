"""What changed since somebody's last visit, and what "last visit" is taken to be."""

from datetime import timedelta

from django.utils import timezone

from tests.workspace.fairmead import Fairmead, ask
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.workspace.changes import MOST_SHOWN, Changes, changes_for


def changes(fairmead: Fairmead, person: Person) -> Changes:
    now = timezone.now()
    return changes_for(standing_of(person, fairmead.world.fairmead, now=now), now=now)


def test_changes_without_an_earlier_visit_go_back_a_fortnight(fairmead: Fairmead) -> None:
    found = changes(fairmead, fairmead.world.alice)
    assert not found.knows_visit
    assert timezone.now() - found.since >= timedelta(days=14)
    assert len(found.newest) == MOST_SHOWN


def test_changes_begin_at_the_sign_in_before_the_present_one(fairmead: Fairmead) -> None:
    world, now = fairmead.world, timezone.now()
    for moment in (now, now + timedelta(minutes=5)):
        record(event=EventType.SIGNED_IN, by=world.alice, now=moment, subject=f"person:{world.alice.pk}")
    ask(world, world.social_care, now + timedelta(minutes=6), due_on=timezone.localdate(), month=7)
    found = changes(fairmead, world.alice)
    assert found.knows_visit
    assert found.since == now
    assert [(change.words, change.subject.words, change.by) for change in found.newest] == [
        ("Return opened", "Monthly figures, July 2026", "Data and quality analyst")
    ]


def test_changes_leave_out_ones_own_doings(fairmead: Fairmead) -> None:
    assert "Return opened" not in [change.words for change in changes(fairmead, fairmead.world.analyst).newest]
    assert "Return opened" in [change.words for change in changes(fairmead, fairmead.world.manager).newest]


def test_changes_hold_no_return_of_another_agency(fairmead: Fairmead) -> None:
    assert "Return opened" not in [change.words for change in changes(fairmead, fairmead.world.dana).newest]


def test_changes_for_a_reader_of_published_figures_name_nobody(fairmead: Fairmead) -> None:
    found = changes(fairmead, fairmead.world.holder[DutyKind.READER])
    assert {change.words for change in found.newest} == {"Group created", "Agency joined a partnership"}
