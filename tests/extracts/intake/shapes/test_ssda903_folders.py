"""A return of several years whose files are called alike and lie in a folder for each year, packed or not."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from trefoil.extracts.intake.report import Report

from .building import SSDA903, report

TAKEN = date(2022, 3, 31)


def years_in_folders(tmp_path: Path, *, above: str = "") -> Path:
    """The sample's files as `2017/episodes.csv`."""
    place = tmp_path / "return"
    for file in SSDA903.glob("*.csv"):
        year, _, name = file.name.partition("-")
        (place / above / year).mkdir(parents=True, exist_ok=True)
        shutil.copy(file, place / above / year / name)
    return place


def packed(place: Path) -> Path:
    return Path(shutil.make_archive(str(place), "zip", place))


def told(of: Report) -> list[tuple[str, str, int, str, str]]:
    """What was found, with the file as the flat sample names it."""
    return sorted((one.rule, one.file.replace("/", "-"), one.row, one.column, one.value) for one in of.findings)


@pytest.mark.parametrize("above", ["", "all years"])
def test_read_of_packed_years_finds_what_the_flat_files_have(tmp_path: Path, above: str) -> None:
    found = report(packed(years_in_folders(tmp_path, above=above)), TAKEN)

    assert found.shape == "ssda903"
    assert told(found) == told(report(SSDA903, TAKEN))
    assert "2017/reviews.csv" in {one.file for one in found.findings}


def test_read_of_years_in_folders_names_the_folder(tmp_path: Path) -> None:
    found = report(years_in_folders(tmp_path), TAKEN)

    assert told(found) == told(report(SSDA903, TAKEN))
    assert {one.file for one in found.files} >= {"2017/episodes.csv", "2021/episodes.csv"}


def test_read_of_years_that_no_name_tells_apart_says_what_to_do(tmp_path: Path) -> None:
    place = years_in_folders(tmp_path)
    (place / "2017").rename(place / "old")
    (place / "2018").rename(place / "older")

    (refusal,) = report(packed(place), TAKEN).findings

    assert (refusal.rule, refusal.file) == ("file-twice", "older/episodes.csv")
    assert "with the year in its name or its folder's" in refusal.cure


def test_read_of_packed_files_of_one_name_is_refused_for_another_kind(tmp_path: Path) -> None:
    archive = tmp_path / "ssd.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        for folder in ("one", "two"):
            opened.writestr(f"{folder}/ssd_person.csv", "pers_person_id\n1\n")

    (refusal,) = report(archive, TAKEN).findings

    assert (refusal.rule, refusal.value) == ("file-twice", "ssd_person.csv")
    assert "SSDA903" in refusal.cure
