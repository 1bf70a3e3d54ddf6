"""Who may do what with extracts, and what is left of it on the trail."""

from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from tests.extracts.room.loaded import decided_value, quickly_stored, received, stored_copy, tables
from tests.world import World
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.rules import DUTY_GIVES
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.extracts.enums import Decision, ExtractState
from trefoil.extracts.models import Extract, Finding, MappedValue
from trefoil.extracts.operations import reading
from trefoil.extracts.operations.deletion import delete_extract, set_retention
from trefoil.extracts.operations.reading import read_rows
from trefoil.extracts.operations.values import decide_values, undo_decision
from trefoil.extracts.retention import delete_expired, delete_now, kept_until
from trefoil.extracts.rows import Asked
from trefoil.extracts.storing import stored_folder
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.periods import month
from trefoil.people.enums import DutyKind
from trefoil.people.models import Partnership

REASON = "to check why August has so many referrals"
ROWS = Asked(catalogue()["FD12"], month(2026, 8))


def events(event: EventType) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=event).order_by("sequence"))


def test_duties_that_load_and_read_rows_are_the_analysts_alone() -> None:
    loads = {kind for kind, gives in DUTY_GIVES.items() if Permission.EXTRACT_LOAD in gives}
    rows = {kind for kind, gives in DUTY_GIVES.items() if Permission.EXTRACT_ROWS in gives}
    assert loads == rows == {DutyKind.ANALYST}


def test_receive_extract_by_somebody_else_is_refused(world: World, now: datetime, tmp_path: Path) -> None:
    for person in (world.manager, world.alice, world.charlie):
        with pytest.raises(NotAllowedError, match="your duties"):
            received(world, tables(2), tmp_path / "sent", now=now, by=person)
    assert Extract.objects.count() == 0


def test_receive_extract_of_the_same_files_is_refused(world: World, now: datetime, tmp_path: Path) -> None:
    received(world, tables(2), tmp_path / "sent", now=now)
    with pytest.raises(NotAllowedError, match="this very file"):
        received(world, tables(2), tmp_path / "again", now=now)


def test_receive_extract_of_a_day_to_come_is_refused(world: World, now: datetime, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError, match="in the future"):
        received(world, tables(2), tmp_path / "sent", now=now, as_at=date(2026, 11, 23))


def test_receive_extract_for_published_figures_alone_is_refused(world: World, now: datetime, tmp_path: Path) -> None:
    Partnership.objects.filter(pk=world.fairmead.pk).update(published_only=True, is_invented=False)
    world.fairmead.refresh_from_db()
    with pytest.raises(NotAllowedError, match="published figures alone"):
        received(world, tables(2), tmp_path / "sent", now=now, by=None)
    assert not Extract.objects.exists()


def test_read_rows_shows_pseudonyms_and_puts_the_reason_on_the_trail(world: World, now: datetime) -> None:
    extract = quickly_stored(world, now=now)
    shown = read_rows(extract=extract, asked=ROWS, reason=REASON, by=world.analyst, now=now)
    assert shown.in_all == len(shown.rows) == 1
    assert shown.headings[:2] == ("Child", "Month")
    assert shown.rows[0][1] == "August 2026"
    assert "Front Door" in shown.rows[0]
    (event,) = events(EventType.ROWS_READ)
    assert (event.actor, event.reason, event.subject) == (world.analyst.pk, REASON, f"extract:{extract.pk}")
    assert event.detail == {"indicator": "FD12", "period": "2026-08", "shown": 1, "in_all": 1}


def test_read_rows_of_a_group_shows_that_group_alone(world: World, now: datetime) -> None:
    asked = Asked(catalogue()["FD12"], month(2026, 1), "locality", "Harbour")
    shown = read_rows(extract=quickly_stored(world, now=now), asked=asked, reason=REASON, by=world.analyst, now=now)
    place = shown.headings.index("Locality")
    assert {row[place] for row in shown.rows} == {"Harbour"}


@pytest.mark.parametrize("reason", ["", "curious", " " * 40])
def test_read_rows_without_a_reason_shows_and_writes_nothing(world: World, now: datetime, reason: str) -> None:
    extract = quickly_stored(world, now=now)
    with pytest.raises(NotAllowedError, match="say what you need"):
        read_rows(extract=extract, asked=ROWS, reason=reason, by=world.analyst, now=now)
    assert events(EventType.ROWS_READ) == []


def test_read_rows_by_any_other_duty_is_refused(world: World, now: datetime) -> None:
    extract = quickly_stored(world, now=now)
    for kind in set(DutyKind) - {DutyKind.ANALYST}:
        with pytest.raises(NotAllowedError):
            read_rows(extract=extract, asked=ROWS, reason=REASON, by=world.holder[kind], now=now)
    assert events(EventType.ROWS_READ) == []


def test_read_rows_shows_nothing_when_the_trail_cannot_be_written(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_given: object) -> None:
        raise IntegrityError("the disk is full")

    extract = quickly_stored(world, now=now)
    monkeypatch.setattr(reading, "record", full)
    with pytest.raises(IntegrityError):
        read_rows(extract=extract, asked=ROWS, reason=REASON, by=world.analyst, now=now)


def test_decide_values_and_undo_are_on_the_trail(world: World, now: datetime) -> None:
    value = decided_value(world, now=now)
    assert (value.decision, value.code, value.decided_by) == (Decision.CODE, "1B", world.analyst)
    undo_decision(value=value, by=world.analyst, now=now)
    value.refresh_from_db()
    assert (value.decision, value.code, value.decided_by, value.decided_at) == (Decision.WAITING, "", None, None)
    assert [event.detail["meaning"] for event in events(EventType.VALUE_DECIDED)] == ["1B", "waits again"]
    with pytest.raises(NotAllowedError, match="waits already"):
        undo_decision(value=value, by=world.analyst, now=now)


def test_decide_values_takes_a_code_of_the_list_alone(world: World, now: datetime) -> None:
    values = list(MappedValue.objects.filter(pk=decided_value(world, now=now).pk))
    with pytest.raises(NotAllowedError, match="not a code of this list"):
        decide_values(values=values, code="WBRI", by=world.analyst, now=now)
    with pytest.raises(NotAllowedError, match="at least one"):
        decide_values(values=[], code="1B", by=world.analyst, now=now)
    assert decide_values(values=values, code="", by=world.analyst, now=now) == 1
    values[0].refresh_from_db()
    assert values[0].decision == Decision.NOT_KNOWN


def test_delete_now_takes_rows_figures_and_findings_and_keeps_the_facts(world: World, now: datetime) -> None:
    extract = quickly_stored(world, now=now)
    folder = stored_folder(extract)
    assert folder.exists()
    assert extract.finding_counts.exists()
    delete_now(extract, reason="sent by mistake, with another area's children", by=world.analyst, now=now)
    assert not folder.exists()
    extract.refresh_from_db()
    assert (extract.state, extract.file_name, extract.rows_in_all > 0) == (ExtractState.DELETED, "fairmead.zip", True)
    assert (Finding.objects.count(), extract.qualities.count()) == (0, 0)
    last = extract.moves.last()
    assert (last.to_state, last.moved_by, last.moved_at) == ("deleted", world.analyst, now)
    assert len(events(EventType.EXTRACT_DELETED)) == 1


def test_delete_extract_asks_for_the_duty_a_reason_and_an_end(world: World, now: datetime, tmp_path: Path) -> None:
    extract = quickly_stored(world, now=now)
    with pytest.raises(NotAllowedError, match="your duties"):
        delete_extract(extract=extract, reason=REASON, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="say why"):
        delete_extract(extract=extract, reason="no", by=world.analyst, now=now)
    working = received(world, tables(2), tmp_path / "sent", now=now)
    with pytest.raises(NotAllowedError, match="received"):
        delete_extract(extract=working, reason=REASON, by=world.analyst, now=now)


def test_delete_expired_takes_what_is_two_years_old_and_nothing_younger(world: World, now: datetime) -> None:
    old = stored_copy(world, now=now - timedelta(days=732))
    young = stored_copy(world, now=now - timedelta(days=700))
    assert kept_until(old, 24) < timezone.localdate(now) <= kept_until(young, 24)
    assert delete_expired(now=now, dry_run=True) == [old]
    assert stored_folder(old).exists()
    assert delete_expired(now=now) == [old]
    assert (stored_folder(old).exists(), stored_folder(young).exists()) == (False, True)
    assert delete_expired(now=now) == []


def test_delete_expired_keeps_to_the_partnerships_own_period(world: World, now: datetime) -> None:
    extract = stored_copy(world, now=now - timedelta(days=100))
    assert delete_expired(now=now) == []
    set_retention(
        partnership=world.fairmead, months=3, why="our information agreement says so", by=world.analyst, now=now
    )
    assert delete_expired(now=now) == [extract]


def test_delete_expired_takes_a_folder_that_an_interrupted_deletion_left(world: World, now: datetime) -> None:
    extract = quickly_stored(world, now=now)
    delete_extract(extract=extract, reason=REASON, by=world.analyst, now=now)
    assert stored_folder(extract).exists()
    delete_expired(now=now)
    assert not stored_folder(extract).exists()


def test_command_deletes_what_is_due(world: World, now: datetime) -> None:
    stored_copy(world, now=timezone.now() - timedelta(days=800))
    told = StringIO()
    call_command("delete_expired_extracts", "--dry-run", stdout=told)
    assert "would be deleted" in told.getvalue()
    call_command("delete_expired_extracts", stdout=told)
    assert Extract.objects.get().state == ExtractState.DELETED


@pytest.mark.parametrize(
    ("received_on", "months", "last"),
    [
        (datetime(2026, 8, 31, 12, tzinfo=timezone.get_default_timezone()), 6, date(2027, 2, 28)),
        (datetime(2024, 2, 29, 12, tzinfo=timezone.get_default_timezone()), 12, date(2025, 2, 28)),
        (datetime(2026, 12, 15, 12, tzinfo=timezone.get_default_timezone()), 1, date(2027, 1, 15)),
    ],
)
def test_kept_until_ends_with_a_shorter_month(received_on: datetime, months: int, last: date) -> None:
    assert kept_until(Extract(received_at=received_on), months) == last
