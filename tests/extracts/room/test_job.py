"""The job: what becomes of a file, and that none of it stays where it should not."""

import os
import stat
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from tests.extracts.room.loaded import CHILD, FORENAME, SURNAME, loaded, received, settle_localities, tables
from tests.world import World
from trefoil.audit.models import AuditEvent
from trefoil.extracts import job, spool
from trefoil.extracts.enums import Decision, ExtractState
from trefoil.extracts.intake import read_extract
from trefoil.extracts.loading import context_of
from trefoil.extracts.models import Extract, Finding, FindingCount, MappedValue
from trefoil.extracts.operations.values import decide_values
from trefoil.extracts.standard.loader import load_tables
from trefoil.extracts.store import StoredExtract
from trefoil.extracts.storing import stored_folder


def everything_kept(extract: Extract) -> bytes:
    """Every byte of the store and the spool, and every finding and row of the trail as text."""
    roots = (Path(settings.EXTRACT_STORE), Path(settings.EXTRACT_SPOOL))
    files = b"".join(path.read_bytes() for root in roots if root.exists() for path in root.rglob("*") if path.is_file())
    rows = [
        str(one.__dict__) for one in [*Finding.objects.all(), *FindingCount.objects.all(), *AuditEvent.objects.all()]
    ]
    return files + "".join(rows).encode()


def test_run_stores_an_extract_counts_it_and_leaves_no_raw_file(world: World, now: datetime, tmp_path: Path) -> None:
    settle_localities(world, now=now)
    extract = loaded(world, tables(), tmp_path / "sent", now=now)
    assert (extract.state, extract.progress) == (ExtractState.STORED, 100)
    assert extract.rows["ssd_contacts"] == 12
    names = {path.name for path in stored_folder(extract).iterdir()}
    assert names >= {"manifest.json", "figures.parquet", "journeys.parquet", "ssd_contacts.parquet"}
    assert spool.folders() == []
    assert list(extract.moves.values_list("to_state", flat=True)) == ["received", "checking", "stored"]
    kept = everything_kept(extract)
    for word in (SURNAME, FORENAME, CHILD, "Invented Row", "ZZ1 1AA"):
        assert word.encode() not in kept
    stored = StoredExtract(stored_folder(extract))
    for name in stored.tables:
        assert set(stored.read(name).column_names) == set(load_tables()[name].stored_columns)


def test_run_refuses_a_file_with_a_fault_stores_nothing_and_says_where(
    world: World, now: datetime, tmp_path: Path
) -> None:
    found = tables()
    found["ssd_contacts"][4]["cont_contact_date"] = "31/02/2026"
    extract = loaded(world, found, tmp_path / "sent", now=now)
    assert extract.state == ExtractState.REFUSED
    assert not stored_folder(extract).exists()
    assert spool.folders() == []
    count = extract.finding_counts.get(level="fault")
    assert (count.rule, count.file, count.column, count.found) == (
        "date-unreadable",
        "ssd_contacts.csv",
        "cont_contact_date",
        1,
    )
    assert [(one.row, one.value) for one in count.findings.all()] == [(6, "31/02/2026")]


def test_run_waits_for_values_and_reads_the_same_file_once_they_are_decided(
    world: World, now: datetime, tmp_path: Path
) -> None:
    found = tables()
    for row in found["ssd_contacts"][:3]:
        row["cont_contact_source_code"] = "Neighbour over fence"
    extract = loaded(world, found, tmp_path / "sent", now=now)
    assert extract.state == ExtractState.WAITING
    assert (spool.folders(), stored_folder(extract).exists()) == ([extract.folder], False)
    value = MappedValue.objects.get()
    assert (value.code_list, value.raw, value.seen, value.decision) == (
        "referral_source",
        "Neighbour over fence",
        3,
        Decision.WAITING,
    )
    decide_values(values=[value], code="1B", by=world.analyst, now=now)
    again = received(world, found, tmp_path / "again", now=now)
    with read_extract(spool.one_path(again.folder), shape="ssd", context=context_of(again)) as intake:
        assert not intake.report.refused
        assert intake.report.mapped == {"referral_source: neighbour over fence": 3}


def test_raw_files_can_be_read_by_this_account_alone(world: World, now: datetime, tmp_path: Path) -> None:
    extract = received(world, tables(2), tmp_path / "sent", now=now)
    place = spool.raw(extract.folder)
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (place, place.parent, spool.root())} == {0o700}


def test_run_twice_does_the_work_once(world: World, now: datetime, tmp_path: Path) -> None:
    found = tables(2)
    found["ssd_contacts"][0]["cont_contact_date"] = "never"
    extract = loaded(world, found, tmp_path / "sent", now=now)
    moves = extract.moves.count()
    assert job.run(extract.pk, now=now) == ExtractState.REFUSED
    assert extract.moves.count() == moves


def test_run_leaves_an_extract_to_the_worker_that_has_its_lock(world: World, now: datetime, tmp_path: Path) -> None:
    extract = received(world, tables(2), tmp_path / "sent", now=now)
    with spool.locked(extract.folder) as mine:
        assert mine
        assert job.run(extract.pk, now=now) == "another worker checks it"
        assert job.resume(now=now) == []
    extract.refresh_from_db()
    assert extract.state == ExtractState.RECEIVED
    assert spool.has(extract.folder)


def test_error_of_ours_stops_the_extract_in_words_and_its_text_goes_nowhere(
    world: World, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_more: object) -> None:
        raise ValueError(f"cannot read {SURNAME}")

    monkeypatch.setattr(job, "check_and_store", broken)
    extract = received(world, tables(2), tmp_path / "sent", now=now)
    with pytest.raises(job.CheckBrokenError) as caught:
        job.run(extract.pk, now=now)
    assert SURNAME not in str(caught.value)
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)
    extract.refresh_from_db()
    assert (extract.state, spool.folders()) == (ExtractState.FAILED, [])
    assert extract.moves.last().reason == job.UNEXPECTED


def test_resume_gives_up_after_three_attempts(world: World, now: datetime, tmp_path: Path) -> None:
    extract = received(world, tables(2), tmp_path / "sent", now=now)
    for attempt in range(job.MOST_ATTEMPTS):
        assert job.resume(now=now) == [extract], attempt
        job.begin_check(extract=Extract.objects.get(pk=extract.pk), by=world.analyst, now=now)
    assert job.resume(now=now) == []
    extract.refresh_from_db()
    assert (extract.state, spool.folders()) == (ExtractState.FAILED, [])
    assert extract.moves.last().reason == job.TOO_OFTEN


def test_resume_sweeps_what_ended_extracts_and_broken_requests_left(
    world: World, now: datetime, tmp_path: Path
) -> None:
    extract = received(world, tables(2), tmp_path / "sent", now=now)
    job.stop_extract(extract=extract, reason="stopped by hand", by=world.analyst, now=now)
    forgotten = spool.prepared("f" * 32).parent
    os.utime(forgotten, (0, 0))
    job.resume(now=now)
    assert spool.folders() == []
