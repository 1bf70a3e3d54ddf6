"""Confirming an edition, and taking files away: who may, what is stored, what is on the trail."""

from datetime import datetime

import pytest

from tests.indicators.handed_in import figure, hand_in
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.models import PublishedEdition
from trefoil.indicators.operations.downloads import note_download
from trefoil.indicators.operations.publication import publish_edition
from trefoil.indicators.periods import month
from trefoil.indicators.publishing.counted import Wanted
from trefoil.indicators.publishing.prepared import prepared
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

WANTED = Wanted("FD01", month(2026, 10))


@pytest.fixture
def approved(world: World, now: datetime) -> World:
    hand_in(world, [figure("FD01", month(2026, 10), 41)], now=now, approved=True)
    return world


def confirm(world: World, now: datetime, *, by: Person | None = None, digest: str = "") -> PublishedEdition:
    return publish_edition(
        partnership=world.fairmead,
        wanted=WANTED,
        looked_at=digest or prepared(world.fairmead, WANTED).digest,
        by=by or world.analyst,
        now=now,
    )


def test_publish_edition_stores_both_tables_and_says_so_on_the_trail(approved: World, now: datetime) -> None:
    edition = confirm(approved, now)
    assert edition.title == "Contacts received by the front door, October 2026"
    assert [cell["count"] for cell in edition.exact["cells"]] == [41]
    assert [cell["value"] for cell in edition.shown["cells"]] == [40]
    event = AuditEvent.objects.get(event=EventType.PUBLICATION_PREPARED)
    assert (event.subject, event.detail["period"]) == (f"edition:{edition.pk}", "2026-10")
    assert "41" not in str(event.detail)


def test_publish_edition_twice_is_one_edition(approved: World, now: datetime) -> None:
    assert confirm(approved, now) == confirm(approved, now)
    assert PublishedEdition.objects.count() == 1


def test_publish_edition_of_changed_figures_is_refused(approved: World, now: datetime) -> None:
    looked_at = prepared(approved.fairmead, WANTED).digest
    hand_in(approved, [figure("FD01", month(2026, 10), 61)], now=now, approved=True)
    with pytest.raises(NotAllowedError, match="have changed since you looked"):
        confirm(approved, now, digest=looked_at)
    assert not PublishedEdition.objects.exists()


@pytest.mark.parametrize("kind", [DutyKind.SAFEGUARDING_PARTNER, DutyKind.AGENCY_LEAD, DutyKind.READER])
def test_publish_edition_without_the_duty_is_refused(approved: World, now: datetime, kind: DutyKind) -> None:
    with pytest.raises(NotAllowedError):
        confirm(approved, now, by=approved.holder[kind])
    assert not PublishedEdition.objects.exists()


def test_note_download_is_on_the_trail(world: World, now: datetime) -> None:
    note_download(
        partnership=world.fairmead, page="theme", file_name="a.csv", rows=3, sha256="ab", by=world.alice, now=now
    )
    event = AuditEvent.objects.get(event=EventType.EXPORTED)
    assert (event.subject, event.detail) == ("page:theme", {"file": "a.csv", "rows": 3, "sha256": "ab"})


def test_note_download_by_an_outsider_is_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError):
        note_download(
            partnership=world.fairmead, page="theme", file_name="a", rows=0, sha256="", by=world.charlie, now=now
        )
