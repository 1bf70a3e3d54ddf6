"""A folder of the Standard Safeguarding Dataset."""

from datetime import date
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from tests.extracts.folders import AS_AT, contact, context, person, said, write_csv
from trefoil.extracts.intake import Report, read_extract
from trefoil.extracts.intake.shapes.ssd import SSD
from trefoil.extracts.standard import load_tables


def report_of(path: Path, **rest: object) -> Report:
    with read_extract(path, shape=SSD, context=context(**rest)) as intake:
        return intake.report


def test_recognises_a_folder_by_the_name_of_one_table(tmp_path: Path) -> None:
    assert not SSD.recognises(tmp_path)
    assert not SSD.recognises(tmp_path / "nowhere")
    (tmp_path / "SSD_Contacts.CSV").write_text("x")
    assert SSD.recognises(tmp_path)
    assert not SSD.recognises(tmp_path / "SSD_Contacts.CSV")


def test_layouts_are_the_tables_of_the_store() -> None:
    assert [layout.name for layout in SSD.layouts] == list(load_tables())
    for layout in SSD.layouts:
        names = {column.name for column in layout.columns}
        used = {*layout.key, *layout.events, *(name for pair in layout.orders for name in pair)}
        assert used | ({layout.person} - {""}) | ({layout.born} - {""}) <= names
        for column in layout.columns:
            home, _, field = column.refers.partition(".")
            assert not home or field in {one.name for one in load_tables()[home].fields}


def test_parts_of_parquet_and_csv_together_are_read(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([person()]), tmp_path / "SSD_PERSON.parquet")
    write_csv(tmp_path, "ssd_contacts", [contact()])
    report = report_of(tmp_path)

    assert said(report) == set()
    assert {(file.file, file.rows) for file in report.files} == {("SSD_PERSON.parquet", 1), ("ssd_contacts.csv", 1)}


def test_parts_with_one_table_twice_are_refused(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([person()]), tmp_path / "ssd_person.parquet")
    write_csv(tmp_path, "ssd_person", [person()])

    assert said(report_of(tmp_path)) == {("file-twice", "ssd_person.parquet", 0, "")}


def test_parts_with_children_and_without_ssd_person_are_refused(tmp_path: Path) -> None:
    write_csv(tmp_path, "ssd_contacts", [contact()])

    assert said(report_of(tmp_path)) == {("table-missing", tmp_path.name, 0, "")}


def test_parts_without_children_need_no_ssd_person(tmp_path: Path) -> None:
    write_csv(tmp_path, "ssd_department", [{"dept_team_id": "1", "dept_team_name": "North", "dept_team_parent_id": ""}])

    assert said(report_of(tmp_path), "fault") == set()


def test_parts_with_a_family_of_two_children_have_no_duplicate(tmp_path: Path) -> None:
    write_csv(tmp_path, "ssd_person", [person("P1"), person("P2")])
    row = {"fami_table_id": "1", "fami_family_id": "F1", "fami_person_id": "P1"}
    write_csv(tmp_path, "ssd_family", [row, {**row, "fami_person_id": "P2"}])

    assert said(report_of(tmp_path)) == set()


def test_parts_of_our_own_tables_are_read(tmp_path: Path) -> None:
    write_csv(tmp_path, "ssd_person", [person()])
    row = {"strd_id": "1", "strd_person_id": "P1", "strd_date": "2026-02-03", "strd_attended": "Police, Health"}
    write_csv(tmp_path, "trefoil_strategy_discussions", [row, {**row, "strd_id": "2", "strd_date": ""}])
    with read_extract(tmp_path, context=context()) as intake:
        assert said(intake.report) == {("blank", "trefoil_strategy_discussions.csv", 3, "strd_date")}


@pytest.mark.parametrize(
    ("first", "since", "covered"),
    [
        ("2023-11-01", None, date(2023, 11, 1)),
        ("2023-11-05", None, date(2023, 11, 1)),
        ("2023-11-20", None, date(2023, 12, 1)),
        ("2023-11-20", date(2020, 4, 1), date(2020, 4, 1)),
    ],
)
def test_covers_from_the_first_whole_month_or_the_day_that_was_named(
    tmp_path: Path, first: str, since: date | None, covered: date
) -> None:
    write_csv(tmp_path, "ssd_person", [person()])
    write_csv(tmp_path, "ssd_contacts", [contact("C1", cont_contact_date=first), contact("C2")])

    assert report_of(tmp_path, since=since).covers == {"ssd_contacts": (covered, AS_AT)}


def test_covers_nothing_when_nobody_can_say(tmp_path: Path) -> None:
    write_csv(tmp_path, "ssd_person", [person()])
    write_csv(
        tmp_path, "ssd_disability", [{"disa_table_id": "1", "disa_person_id": "P1", "disa_disability_code": "MOB"}]
    )

    assert report_of(tmp_path).covers == {}
