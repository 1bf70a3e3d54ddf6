"""The faults that are put in are those that intake finds; a clean borough has none."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from trefoil.extracts.intake import Context, Level, Report
from trefoil.extracts.intake.read import read_extract
from trefoil.extracts.synthesis import profile_for
from trefoil.extracts.synthesis.faults import SETS, known_faults
from trefoil.extracts.synthesis.folder import write_folder

from .boroughs import AS_AT, borough


def read(folder: Path, faults: str) -> Report:
    write_folder(borough("Rutland", years=1, faults=faults), folder)
    with (folder / "localities.csv").open(newline="") as file:
        places = {row["postcode"]: row["locality"] for row in csv.DictReader(file)}
    context = Context(area=profile_for("Rutland").code, as_at=AS_AT, key=b"k" * 32, localities=places)
    with read_extract(folder, shape="ssd", context=context) as intake:
        return intake.report


def test_clean_borough_has_no_fault_and_is_stored_whole(tmp_path: Path) -> None:
    report = read(tmp_path, "none")
    assert report.count(Level.FAULT) == report.count(Level.UNMAPPED) == 0
    assert {tally.rule for tally in report.tallies} <= {"file-unknown", "table-empty"}
    assert str(report.covers["ssd_contacts"][0]) == "2025-11-01"
    assert all(field.valid == field.filled for field in report.quality)


def test_usual_faults_are_seen_and_can_be_stored(tmp_path: Path) -> None:
    report = read(tmp_path, "usual")
    assert not report.refused
    assert {"blank-expected", "orphan"} <= {tally.rule for tally in report.tallies}


def test_refusing_faults_are_all_found(tmp_path: Path) -> None:
    report = read(tmp_path, "refused")
    found = {
        (tally.file.removesuffix(".csv"), tally.column) for tally in report.tallies if tally.level != Level.WARNING
    }
    put_in = {(fault.table, fault.column) for fault in known_faults() if fault.set != "usual"}
    assert found == put_in


def test_faults_change_nothing_else() -> None:
    clean, spoilt = borough("Rutland", years=1), borough("Rutland", years=1, faults="usual")
    touched = {(fault.table, fault.column) for fault in known_faults() if fault.set == "usual"}
    for name, table in clean.items():
        for column in table.column_names:
            changed = not table[column].equals(spoilt[name][column])
            assert not changed or (name, column) in touched


@pytest.mark.parametrize("fault", known_faults(), ids=lambda fault: f"{fault.table}-{fault.column}-{fault.how}")
def test_known_faults_are_documented(fault: object) -> None:
    text = (files("trefoil.extracts.synthesis") / "README.md").read_text(encoding="utf-8")
    row = f"| {fault.set} | `{fault.table}` | `{fault.column}` | {fault.share * 100:g} | {fault.says} |"  # type: ignore[attr-defined]
    assert row in text
    assert fault.set in SETS  # type: ignore[attr-defined]
