"""The commands of extracts, and the picture of the statuses."""

import csv
import io
import shutil
import zipfile
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.extracts.room.loaded import decided_value, quickly_stored, settle_localities, tables, write
from tests.world import World
from trefoil.extracts import dry_run, figures_kept, spool
from trefoil.extracts.enums import ExtractState
from trefoil.extracts.management.commands import compute_indicators
from trefoil.extracts.models import Extract
from trefoil.extracts.states import OWNER
from trefoil.extracts.storing import stored_folder


def load(path: Path, *more: str) -> tuple[str, int]:
    """What `load_extract` said, and its exit status."""
    told = io.StringIO()
    try:
        call_command("load_extract", str(path), "--area", "Fairmead", "--as-at", "2026-10-31", *more, stdout=told)
    except SystemExit as left:
        return told.getvalue(), int(left.code or 0)
    return told.getvalue(), 0


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two measures in place of the hundred that a load in earnest works out."""
    monkeypatch.setattr(figures_kept, "compute", partial(figures_kept.compute, indicators=["FD01", "FD12"]))


@pytest.mark.usefixtures("quick")
def test_load_extract_stores_and_counts(world: World, now: datetime, tmp_path: Path) -> None:
    settle_localities(world, now=now)
    told, status = load(write(tmp_path / "ssd", tables()))
    extract = Extract.objects.get()
    assert (status, extract.state, extract.received_by, extract.agency) == (0, "stored", None, world.social_care)
    assert "Stored as extract" in told
    assert spool.folders() == []
    assert (tmp_path / "ssd" / "ssd_contacts.csv").exists()


def test_load_extract_refuses_with_1_and_says_where(world: World, tmp_path: Path) -> None:
    found = tables(4)
    found["ssd_contacts"][1]["cont_contact_date"] = "31/02/2026"
    told, status = load(write(tmp_path / "ssd", found), "--shape", "ssd")
    assert status == 1
    assert "FAULT ssd_contacts.csv, row 3, cont_contact_date" in told
    assert Extract.objects.get().state == ExtractState.REFUSED


def test_load_extract_dry_run_needs_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dry_run, "is_set_up", lambda: False)
    told, status = load(write(tmp_path / "ssd", tables()), "--dry-run")
    assert (status, "Dry run: nothing was stored." in told) == (0, True)
    assert "Checked alone" in told
    found = tables(4)
    found["ssd_contacts"][1]["cont_contact_date"] = "31/02/2026"
    assert load(write(tmp_path / "bad", found), "--dry-run")[1] == 1


def packed(archive: Path, folder: Path, *, below: str = "") -> Path:
    with zipfile.ZipFile(archive, "w") as opened:
        for file in folder.iterdir():
            opened.write(file, f"{below}{file.name}")
    return archive


@pytest.mark.parametrize("below", ["", "extract/"])
def test_load_extract_recognises_what_is_in_an_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    monkeypatch.setattr(dry_run, "is_set_up", lambda: False)
    archive = packed(tmp_path / "sent.zip", write(tmp_path / "ssd", tables()), below=below)
    told, status = load(archive, "--dry-run")
    assert (status, "ssd: " in told) == (0, True)


def test_load_extract_says_why_an_archive_is_not_unpacked(tmp_path: Path) -> None:
    archive = packed(tmp_path / "sent.zip", write(tmp_path / "ssd", tables()), below="../")
    with pytest.raises(CommandError, match="a path that leads out of it") as wrong:
        load(archive, "--dry-run")
    assert wrong.value.returncode == 2


def test_load_extract_says_what_refuses_it_before_what_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dry_run, "is_set_up", lambda: False)
    found = tables(60)
    for row in found["ssd_contacts"]:
        row["of_no_table"] = "x"
    found["ssd_contacts"][-1]["cont_contact_date"] = "31/02/2026"
    for row in found["ssd_person"]:
        row["pers_sex"] = ""
    told, status = load(write(tmp_path / "ssd", found), "--dry-run")
    lines = told.splitlines()
    assert (status, lines[1].split(" ")[0], "31/02/2026" in lines[1]) == (1, "FAULT", True)


def test_is_set_up_makes_no_database_by_asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(dry_run.connection.settings_dict, "NAME", str(tmp_path / "none.sqlite3"))
    monkeypatch.setattr(dry_run.connection, "vendor", "sqlite")
    assert not dry_run.is_set_up()
    assert list(tmp_path.iterdir()) == []


def test_load_extract_dry_run_knows_what_the_partnership_has_decided(
    world: World, now: datetime, tmp_path: Path
) -> None:
    found = tables(2)
    found["ssd_contacts"][0]["cont_contact_source_code"] = "Neighbour over fence"
    path = write(tmp_path / "ssd", found)
    told, status = load(path, "--dry-run")
    assert (status, "UNMAPPED" in told) == (1, True)
    decided_value(world, now=now)
    told, status = load(path, "--dry-run")
    assert status == 0, told
    assert f"with what Fairmead has decided about the values of {world.social_care}." in told
    assert not Extract.objects.filter(state=ExtractState.RECEIVED).exists()


def test_load_extract_of_nothing_or_nowhere_says_so(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there is nothing at"):
        load(tmp_path / "nothing")
    (tmp_path / "strange.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="no known kind of extract"):
        load(tmp_path / "strange.csv")
    with pytest.raises(CommandError, match="no partnership of"):
        call_command("load_extract", str(write(tmp_path / "ssd", tables(2))), "--area", "Atlantis")


def test_compute_indicators_writes_every_figure(
    world: World, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quickly_stored(world, now=now)
    out = tmp_path / "figures.csv"
    monkeypatch.setattr(compute_indicators, "BREAKDOWNS", {})
    asked = ["--area", "Fairmead", "--as-at", "2026-10-31", "--out", str(out)]
    said = io.StringIO()
    call_command("compute_indicators", *asked, stdout=said)
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert list(rows[0]) == [
        "indicator",
        "area",
        "period",
        "breakdown",
        "group",
        "numerator",
        "denominator",
        "value",
        "unit",
    ]
    assert "measures from Standard Safeguarding Dataset, as at 31 October 2026" in said.getvalue()
    (august,) = [row for row in rows if (row["indicator"], row["period"], row["breakdown"]) == ("FD12", "2026-08", "")]
    assert (august["area"], august["numerator"], august["value"]) == ("X99000001", "1", "1")


def test_compute_indicators_without_an_extract_says_so(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no extract of Fairmead is stored"):
        call_command("compute_indicators", "--area", "Fairmead", "--as-at", "2026-10-31", "--out", str(tmp_path / "x"))


def test_compute_indicators_of_an_extract_whose_folder_is_gone_says_so(
    world: World, now: datetime, tmp_path: Path
) -> None:
    shutil.rmtree(stored_folder(quickly_stored(world, now=now)))
    with pytest.raises(CommandError, match="no stored extract at"):
        call_command("compute_indicators", "--area", "Fairmead", "--as-at", "2026-10-31", "--out", str(tmp_path / "x"))


def test_compute_indicators_of_what_cannot_be_counted_says_so(world: World, now: datetime, tmp_path: Path) -> None:
    quickly_stored(world, now=now)
    asked = ["--area", "Fairmead", "--as-at", "2026-10-31", "--out", str(tmp_path / "x")]
    with pytest.raises(CommandError, match="XX99 cannot be counted"):
        call_command("compute_indicators", *asked, "--indicators", "XX99")
    with pytest.raises(CommandError, match="abacus"):
        call_command("compute_indicators", *asked, "--engine", "abacus")


@pytest.mark.parametrize("out", ["nowhere/figures.csv", "."])
def test_compute_indicators_says_before_the_work_that_a_file_cannot_be_written(
    world: World, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    quickly_stored(world, now=now)
    monkeypatch.delattr(compute_indicators, "compute_together")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("compute_indicators", "--area=Fairmead", "--as-at=2026-10-31", f"--out={tmp_path / out}")


def test_load_extract_of_a_day_to_come_is_not_looked_at(world: World, tmp_path: Path) -> None:
    """Figures up to that day would be zeros that nobody counted."""
    path, ahead = write(tmp_path / "ssd", tables(2)), (timezone.localdate() + timedelta(days=1)).isoformat()
    for more in ([], ["--dry-run"]):
        with pytest.raises(CommandError, match="cannot be in the future") as refusal:
            call_command("load_extract", str(path), "--area=Fairmead", f"--as-at={ahead}", *more, stdout=io.StringIO())
        assert refusal.value.returncode == 2


def test_a_day_that_is_none_is_refused_with_how_to_write_it(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="“31/10/2026” is no day; write it as 2026-10-31"):
        call_command("load_extract", str(tmp_path), "--area=Fairmead", "--as-at=31/10/2026")


def test_every_status_has_an_owner() -> None:
    assert set(OWNER) == set(ExtractState)
