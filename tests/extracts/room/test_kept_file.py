"""The file of an extract that waits for values: kept closed for a few days, checked again, gone in every other case."""

import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.extracts.room.loaded import loaded, received, tables
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.extracts import figures_kept, job, spool
from trefoil.extracts.enums import ExtractState
from trefoil.extracts.models import Extract, MappedValue
from trefoil.extracts.operations.extracts import check_again
from trefoil.extracts.operations.values import decide_values
from trefoil.extracts.retention import delete_expired, delete_now, sweep_raw_files
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
WEEK = timedelta(days=7)


def waiting(world: World, folder: Path, *, now: datetime) -> Extract:
    """An extract with a value that nobody has decided."""
    found = tables(4)
    found["ssd_contacts"][0]["cont_contact_source_code"] = "Neighbour over fence"
    extract = loaded(world, found, folder, now=now)
    assert extract.state == ExtractState.WAITING
    return extract


def decide(world: World, *, now: datetime) -> None:
    decide_values(values=list(MappedValue.objects.waiting()), code="1B", by=world.analyst, now=now)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """One measure in place of the hundred."""
    monkeypatch.setattr(figures_kept, "compute", partial(figures_kept.compute, indicators=["FD12"]))


@pytest.mark.usefixtures("quick")
def test_check_again_stores_the_kept_file_with_the_decided_values(world: World, now: datetime, tmp_path: Path) -> None:
    extract = waiting(world, tmp_path, now=now)
    decide(world, now=now)
    check_again(extract=extract, by=world.analyst, now=now)
    assert job.run(extract.pk, now=now) == ExtractState.STORED
    assert spool.folders() == []
    states = list(extract.moves.values_list("to_state", flat=True))
    assert states == ["received", "checking", "waiting", "received", "checking", "stored"]
    extract.refresh_from_db()
    assert extract.rows["ssd_contacts"] == 4
    assert AuditEvent.objects.filter(event=EventType.EXTRACT_CHECKED, actor=world.analyst.pk).count() >= 2


def test_check_again_before_every_value_is_decided_waits_again_with_its_file(
    world: World, now: datetime, tmp_path: Path
) -> None:
    extract = waiting(world, tmp_path, now=now)
    check_again(extract=extract, by=world.analyst, now=now)
    assert job.run(extract.pk, now=now) == ExtractState.WAITING
    assert spool.has(extract.folder)
    assert extract.finding_counts.filter(level="unmapped").count() == 1


def test_kept_file_is_for_this_account_alone_and_nothing_lies_beside_it(
    world: World, now: datetime, tmp_path: Path
) -> None:
    extract = waiting(world, tmp_path, now=now)
    place = spool.raw(extract.folder).parent
    assert {one.name for one in place.iterdir()} == {spool.SENT, "lock"}
    assert {stat.S_IMODE(one.stat().st_mode) for one in spool.raw(extract.folder).iterdir()} == {0o600}
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_kept_file_goes_after_a_week_whoever_comes_by_first(world: World, now: datetime, tmp_path: Path) -> None:
    extract = waiting(world, tmp_path, now=now)
    assert sweep_raw_files(now=now + WEEK - timedelta(seconds=1)) == 0
    assert spool.has(extract.folder)
    assert sweep_raw_files(now=now + WEEK) == 1
    for way in (partial(job.resume), partial(delete_expired)):
        spool.prepared(extract.folder)
        way(now=now + WEEK)
        assert spool.folders() == []


def test_check_again_after_a_week_is_refused_even_before_anybody_swept(
    world: World, now: datetime, tmp_path: Path
) -> None:
    extract = waiting(world, tmp_path, now=now)
    with pytest.raises(NotAllowedError, match="no longer here"):
        check_again(extract=extract, by=world.analyst, now=now + WEEK)


def test_check_again_is_refused_without_the_duty_the_file_or_the_status(
    world: World, now: datetime, tmp_path: Path
) -> None:
    extract = waiting(world, tmp_path, now=now)
    with pytest.raises(NotAllowedError, match="your duties"):
        check_again(extract=extract, by=world.manager, now=now)
    spool.remove(extract.folder)
    with pytest.raises(NotAllowedError, match="no longer here"):
        check_again(extract=extract, by=world.analyst, now=now)
    fresh = received(world, tables(2), tmp_path / "fresh", now=now)
    with pytest.raises(NotAllowedError, match="is received"):
        check_again(extract=fresh, by=world.analyst, now=now)


def test_check_again_is_refused_when_the_same_file_came_a_second_time(
    world: World, now: datetime, tmp_path: Path
) -> None:
    extract = waiting(world, tmp_path / "first", now=now)
    found = tables(4)
    found["ssd_contacts"][0]["cont_contact_source_code"] = "Neighbour over fence"
    received(world, found, tmp_path / "second", now=now)
    with pytest.raises(NotAllowedError, match="sent again"):
        check_again(extract=extract, by=world.analyst, now=now)
    extract.refresh_from_db()
    assert extract.state == ExtractState.WAITING


def test_delete_of_a_waiting_extract_takes_its_file(world: World, now: datetime, tmp_path: Path) -> None:
    extract = waiting(world, tmp_path, now=now)
    delete_now(extract, reason="sent in error by the wrong agency", by=world.analyst, now=now)
    assert spool.folders() == []


def test_page_says_how_long_the_file_is_kept_and_checks_it_again(
    world: World, now: datetime, tmp_path: Path, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    extract = waiting(world, tmp_path, now=now)
    client, address = client_for(world.analyst), f"/fairmead/extracts/{extract.pk}/"
    page = client.get(address).content.decode()
    assert "1 value of" in page
    assert "is kept in a closed folder until 29 November 2026, 10:00" in page
    assert address in client.get("/fairmead/extracts/values/").content.decode()
    decide(world, now=now)
    assert "Every value of" in client.get(address).content.decode()
    answer = client.post(f"{address}again/", follow=True)
    assert "The file is checked again" in answer.content.decode()
    extract.refresh_from_db()
    assert extract.state == ExtractState.RECEIVED
    assert DBTaskResult.objects.ready().get().args_kwargs["args"] == [extract.pk]
    assert "This extract is received." in client.post(f"{address}again/", follow=True).content.decode()
    assert client_for(world.manager).post(f"{address}again/").status_code == 404


def test_page_without_the_file_asks_for_it_anew(
    world: World, now: datetime, tmp_path: Path, client_for: ClientFor
) -> None:
    extract = waiting(world, tmp_path, now=now)
    spool.remove(extract.folder)
    page = client_for(world.analyst).get(f"/fairmead/extracts/{extract.pk}/").content.decode()
    assert "The file is no longer here. Send it again." in page
    assert "Check it again" not in page
