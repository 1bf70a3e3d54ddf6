"""Our own table of episodes, as CSV and as a workbook."""

import csv
from datetime import date
from pathlib import Path

import pytest

from trefoil.extracts.intake.shapes.annex_a import ANNEX_A
from trefoil.extracts.intake.shapes.episodes import EPISODES, episodes_layout, template
from trefoil.extracts.standard import load_tables

from .building import report, stored, workbook

TAKEN = date(2024, 3, 31)
HEADINGS = [column.name for column in episodes_layout().columns]
ROW = {
    "Child number": "A1",
    "Date of birth": "01/05/2010",
    "Sex": "Female",
    "Ethnicity": "WBRI",
    "Kind of episode": "Early help",
    "Start date": "05/01/2024",
    "Who referred": "Police",
    "Main need": "Domestic abuse",
    "Lead agency": "Education",
    "Team": "Hub North",
}


def table(folder: Path, *rows: dict[str, str], headings: list[str] | None = None) -> Path:
    path = folder / "episodes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings or HEADINGS)
        writer.writerows([row.get(heading, "") for heading in HEADINGS] for row in rows)
    return path


def test_layout_has_every_field_of_the_table() -> None:
    fields = {field.name for field in load_tables()["trefoil_episodes"].fields}

    assert {column.as_standard for column in episodes_layout().columns} >= fields


def test_template_is_read_back_as_this_shape(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    path.write_bytes(template())

    told = report(path, TAKEN)

    assert told.shape == "episodes"
    assert [one.rule for one in told.findings] == ["table-empty", "file-empty"]


def test_store_keeps_codes_and_the_child(tmp_path: Path) -> None:
    tables = stored(table(tmp_path, ROW), TAKEN, tmp_path / "store")

    (row,), (person,), (team,) = tables["trefoil_episodes"], tables["ssd_person"], tables["ssd_department"]
    assert (row["epis_kind"], row["epis_source_code"], row["epis_need"]) == ("EARLY_HELP", "6", "DOMESTIC_ABUSE")
    assert row["epis_person_id"] == person["pers_person_id"]
    assert (person["pers_sex"], row["age_months"]) == ("F", 164)
    assert row["epis_team"] == team["dept_team_id"]


def test_store_numbers_episodes_that_have_no_number(tmp_path: Path) -> None:
    rows = [ROW, ROW, ROW | {"Kind of episode": "CSE"}, ROW | {"Episode number": "77"}]

    tables = stored(table(tmp_path, *rows), TAKEN, tmp_path / "store")

    assert len({row["epis_id"] for row in tables["trefoil_episodes"]}) == 4


@pytest.mark.parametrize("at", [0, 1])
def test_read_takes_the_names_of_the_standard_and_other_headings(tmp_path: Path, at: int) -> None:
    headings = [column.also[at] for column in episodes_layout().columns]

    told = report(table(tmp_path, ROW, headings=headings), TAKEN)

    assert told.shape == "episodes"
    assert not told.findings


def test_read_takes_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "episodes.xlsx", {"Sheet1": [HEADINGS, [ROW.get(heading) for heading in HEADINGS]]})

    assert report(path, TAKEN).shape == "episodes"
    assert not report(path, TAKEN).refused


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"Child number": ""}, ("blank", "Child number")),
        ({"Kind of episode": "Holiday"}, ("not-in-list", "Kind of episode")),
        ({"Start date": "31/02/2024"}, ("date-unreadable", "Start date")),
        ({"End date": "01/01/2024"}, ("dates-out-of-order", "End date")),
    ],
)
def test_read_refuses_what_is_wrong(tmp_path: Path, change: dict[str, str], found: tuple[str, str]) -> None:
    told = report(table(tmp_path, ROW | change), TAKEN)

    assert told.refused
    assert [(one.rule, one.column) for one in told.findings] == [found]


def test_covers_only_from_the_day_the_sender_names(tmp_path: Path) -> None:
    path = table(tmp_path, ROW)

    assert report(path, TAKEN).covers == {}
    since = date(2023, 4, 1)
    assert report(path, TAKEN, since=since).covers == {"trefoil_episodes": (since, TAKEN)}


def test_recognises_no_other_table(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("CHILD,SEX,DOB\n1,2,3\n", encoding="utf-8")
    annex = workbook(tmp_path / "annex.xlsx", {"List 1": [["Child Unique ID", "Gender", "Date of Contact"]]})

    assert not EPISODES.recognises(tmp_path / "other.csv")
    assert not EPISODES.recognises(annex)
    assert ANNEX_A.recognises(annex)
