"""Reading a whole extract: what is found, where, and what is stored."""

import json
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extracts.folders import AS_AT, contact, context, person, said, write_csv
from trefoil.extracts.intake import RefusedError, Report, read_extract, report_from
from trefoil.extracts.store import StoreError, stored_extracts


def report_of(path: Path, **rest: object) -> Report:
    with read_extract(path, context=context(**rest)) as intake:
        return intake.report


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """Two children and three contacts, without a fault."""
    folder = tmp_path / "extract"
    folder.mkdir()
    write_csv(folder, "ssd_person", [person("P1"), person("P2", pers_dob="29/02/2012", pers_sex="Male")])
    write_csv(folder, "ssd_contacts", [contact("C1"), contact("C2", "P2"), contact("C3", cont_contact_outcome_json="")])
    return folder


def test_read_extract_that_is_clean_is_stored_whole(clean: Path, tmp_path: Path) -> None:
    with read_extract(clean, context=context()) as intake:
        assert said(intake.report) == set()
        extract = intake.store(tmp_path / "store", "first", keep_until=date(2032, 10, 31))

    people = extract.read("ssd_person").to_pylist()
    contacts = extract.read("ssd_contacts").to_pylist()
    assert [(row["pers_sex"], row["pers_age_months"]) for row in people] == [("F", 139), ("M", 176)]
    assert [row["cont_contact_outcome_json"] for row in contacts] == [",NEW_REFERRAL_FLAG,"] * 2 + [None]
    assert [row["age_months"] for row in contacts] == [129, 166, 129]
    assert [row["cont_person_id"] for row in contacts] == [people[at]["pers_person_id"] for at in (0, 1, 0)]
    assert {row["area"] for row in people} == {"E09000003"}
    assert extract.manifest.shape == "ssd"
    assert extract.manifest.as_at == AS_AT
    assert {"age_months", "cont_contact_source_code"} <= set(extract.carries["ssd_contacts"])
    assert "pers_gender" not in extract.carries["ssd_person"]


FAULTS: list[tuple[str, str, str, str]] = [
    # rule, column, what is written there, what the report shows
    ("blank", "cont_person_id", "  ", ""),
    ("blank", "cont_contact_id", "NULL", ""),
    ("blank-expected", "cont_contact_date", "", ""),
    ("date-unreadable", "cont_contact_date", "2026-02-30", "2026-02-30"),
    ("date-unreadable", "cont_contact_date", "01/31/2026", "01/31/2026"),
    ("date-unreadable", "cont_contact_date", "Quillfeather", "(not shown)"),
    ("date-out-of-range", "cont_contact_date", "1899-12-31", "1899-12-31"),
    ("date-out-of-range", "cont_contact_date", "2027-11-01", "2027-11-01"),
    ("not-in-list", "cont_contact_source_code", "Neighbourhood team", "Neighbourhood team"),
    ("code-hidden", "cont_contact_source_code", "14/03/2015", "(not shown)"),
    ("code-hidden", "cont_contact_source_code", "a" * 151, "(not shown)"),
    ("not-in-list", "cont_contact_outcome_json", '{"BEYOND_FLAG":"Y"}', "BEYOND_FLAG"),
    ("flags-unreadable", "cont_contact_outcome_json", '{"NFA_FLAG":', ""),
    ("orphan", "cont_person_id", "P9", ""),
    ("duplicate", "cont_contact_id", "C1", "the same as row 2"),
    ("before-birth", "cont_contact_date", "2014-05-13", "2014-05-13"),
    ("text-too-long", "cont_contact_id", "C" * 501, ""),
]


@pytest.mark.parametrize(("rule", "column", "value", "shown"), FAULTS)
def test_read_extract_finds_a_planted_fault_at_its_file_row_and_column(
    tmp_path: Path, rule: str, column: str, value: str, shown: str
) -> None:
    rows = [contact(f"C{at}") for at in range(1, 6)]
    rows[3] = {**rows[3], column: value}
    write_csv(tmp_path, "ssd_person", [person()])
    write_csv(tmp_path, "ssd_contacts", rows)
    report = report_of(tmp_path)

    assert said(report) == {(rule, "ssd_contacts.csv", 5, column)}
    assert report.refused is (rule not in {"orphan", "blank-expected"})
    assert [one.value for one in report.findings if one.rule == rule] == [shown]
    assert all(one.cure and one.says for one in report.findings)


@settings(max_examples=20)
@given(
    planted=st.dictionaries(
        st.integers(3, 30), st.sampled_from([fault for fault in FAULTS if fault[0] not in {"duplicate", "orphan"}])
    )
)
def test_read_extract_finds_every_planted_fault_and_no_other(planted: dict[int, tuple[str, str, str, str]]) -> None:
    rows = {at: contact(f"C{at}") for at in range(2, 31)}
    for at, (_, column, value, _) in planted.items():
        rows[at] = {**rows[at], column: value}
    long = [at for at, fault in planted.items() if fault[0] == "text-too-long"]
    for at in long:
        rows[at]["cont_contact_id"] = f"{at:>502}".replace(" ", "C")
    with tempfile.TemporaryDirectory() as folder:
        write_csv(Path(folder), "ssd_person", [person()])
        write_csv(Path(folder), "ssd_contacts", list(rows.values()))
        report = report_of(Path(folder))
    # A value that is in no list is told once, at the first row that has it; its example rows are in `unmapped`.
    waiting = {(one.column, row) for one in report.unmapped for row in one.rows}

    assert {one for one in said(report) if one[0] != "not-in-list"} == {
        (rule, "ssd_contacts.csv", at, column) for at, (rule, column, _, _) in planted.items() if rule != "not-in-list"
    }
    assert waiting <= {(column, at) for at, (rule, column, _, _) in planted.items() if rule == "not-in-list"}
    assert sum(one.count for one in report.unmapped) == sum(fault[0] == "not-in-list" for fault in planted.values())


def test_read_extract_finds_faults_of_every_file_at_once(tmp_path: Path) -> None:
    write_csv(tmp_path, "ssd_person", [person(), person("P2", pers_dob="31/02/2015"), person("P3", pers_sex="Q")])
    write_csv(
        tmp_path,
        "ssd_cin_episodes",
        [
            {
                "cine_referral_id": "R1",
                "cine_person_id": "P1",
                "cine_referral_date": "2026-03-02",
                "cine_close_date": "",
            },
            {
                "cine_referral_id": "R2",
                "cine_person_id": "P1",
                "cine_referral_date": "2026-03-02",
                "cine_close_date": "2026-03-01",
            },
        ],
    )
    write_csv(tmp_path, "ssd_sdq_scores", [{"csdq_table_id": "1", "csdq_person_id": "P1", "csdq_sdq_score": "high"}])
    (tmp_path / "ssd_contacts.csv").write_bytes(b"")
    (tmp_path / "notes.docx").write_bytes(b"x")

    assert said(report_of(tmp_path)) == {
        ("file-unknown", "notes.docx", 0, ""),
        ("file-empty", "ssd_contacts.csv", 0, ""),
        ("dates-out-of-order", "ssd_cin_episodes.csv", 3, "cine_close_date"),
        ("date-unreadable", "ssd_person.csv", 3, "pers_dob"),
        ("not-in-list", "ssd_person.csv", 4, "pers_sex"),
        ("figure-unreadable", "ssd_sdq_scores.csv", 2, "csdq_sdq_score"),
    }


def test_read_extract_with_wrong_columns_says_which(tmp_path: Path) -> None:
    write_csv(tmp_path, "ssd_person", [person()])
    row = contact()
    del row["cont_person_id"]
    write_csv(tmp_path, "ssd_contacts", [{**row, "colour": "blue"}])
    report = report_of(tmp_path)

    assert said(report) == {
        ("column-missing", "ssd_contacts.csv", 1, "cont_person_id"),
        ("column-unknown", "ssd_contacts.csv", 1, ""),
    }
    assert [one.value for one in report.findings if one.rule == "column-unknown"] == ["colour"]
    assert {one.column for one in report.findings if one.rule == "column-absent"} >= {"pers_gender"}


def test_read_extract_without_a_heading_row_shows_nothing_of_the_first_row(tmp_path: Path) -> None:
    (tmp_path / "ssd_person.csv").write_text("P1,Ottoline,Quillfeather\nP2,Ottoline,Quillfeather\n")
    report = report_of(tmp_path)

    assert said(report) == {("heading-broken", "ssd_person.csv", 1, "")}
    assert "Quillfeather" not in json.dumps(report.to_dict())


def test_read_extract_counts_every_fault_and_keeps_200(tmp_path: Path) -> None:
    write_csv(tmp_path, "ssd_person", [person()])
    write_csv(tmp_path, "ssd_contacts", [contact(f"C{at}", cont_contact_date="soon-1") for at in range(700)])
    report = report_of(tmp_path)
    tally = next(one for one in report.tallies if one.rule == "date-unreadable")

    assert tally.count == 700
    assert [one.row for one in report.findings if one.rule == "date-unreadable"] == list(range(2, 202))


def test_read_extract_reports_how_full_and_how_right_each_field_is(tmp_path: Path) -> None:
    write_csv(
        tmp_path, "ssd_person", [person(), person("P2", pers_dob="", pers_surname=""), person("P3", pers_dob="soon")]
    )
    quality = {one.field: (one.table, one.rows, one.filled, one.valid) for one in report_of(tmp_path).quality}

    assert quality["pers_dob"] == ("ssd_person", 3, 2, 1)
    assert quality["pers_surname"] == ("ssd_person", 3, 2, 2)
    assert quality["pers_person_id"] == ("ssd_person", 3, 3, 3)
    assert "pers_gender" not in quality


def test_read_extract_with_values_nobody_knows_waits_for_the_value_map(tmp_path: Path) -> None:
    sources = ["MASH desk", "mash  desk", "Unsure", "6", "MASH Desk"]
    write_csv(tmp_path, "ssd_person", [person()])
    write_csv(
        tmp_path,
        "ssd_contacts",
        [contact(f"C{at}", cont_contact_source_code=source) for at, source in enumerate(sources)],
    )
    report = report_of(tmp_path)
    waiting = {one.folded: (one.code_list, one.count, one.rows) for one in report.unmapped}

    assert report.refused
    assert waiting == {"mash desk": ("referral_source", 3, (2, 3, 6)), "unsure": ("referral_source", 1, (4,))}

    decided = {("referral_source", "mash desk"): "5C", ("referral_source", "unsure"): None}
    with read_extract(tmp_path, context=context(value_map=decided)) as intake:
        assert intake.report.unmapped == ()
        assert intake.report.mapped == {"referral_source: mash desk": 3, "referral_source: unsure": 1}
        extract = intake.store(tmp_path / "store", "first")
    kept = extract.read("ssd_contacts").column("cont_contact_source_code").to_pylist()
    assert kept == ["5C", "5C", None, "6", "5C"]


def test_store_of_a_refused_extract_raises_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    write_csv(folder, "ssd_person", [person(pers_dob="soon")])

    with read_extract(folder, context=context()) as intake, pytest.raises(RefusedError, match="not a date"):
        intake.store(tmp_path / "store", "first")

    assert not (tmp_path / "store").exists()


def test_store_under_an_id_that_is_taken_leaves_the_first(clean: Path, tmp_path: Path) -> None:
    with read_extract(clean, context=context()) as intake:
        intake.store(tmp_path / "store", "first")
    with read_extract(clean, context=context()) as intake, pytest.raises(StoreError, match="already"):
        intake.store(tmp_path / "store", "first")

    assert [one.extract for one in stored_extracts(tmp_path / "store")] == ["first"]


def test_read_extract_of_an_archive_is_that_of_its_folder_and_leaves_no_file(
    clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    packed = tmp_path / "extract.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in clean.iterdir():
            archive.write(file, f"extract/{file.name}")

    assert report_of(packed) == report_of(clean)
    assert list(scratch.iterdir()) == []


def test_read_extract_of_something_else_says_what_is_known(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")

    assert said(report_of(tmp_path)) == {("shape-unknown", tmp_path.name, 0, "")}
    assert said(report_of(tmp_path / "nowhere")) == {("file-not-found", "nowhere", 0, "")}


def test_read_extract_with_a_symbolic_link_is_refused(clean: Path) -> None:
    (clean / "ssd_disability.csv").symlink_to("/etc/hostname")

    assert {rule for rule, *_ in said(report_of(clean), "fault")} == {"file-unsafe"}


def test_read_extract_by_the_name_of_a_shape_nobody_knows_raises(clean: Path) -> None:
    with pytest.raises(KeyError):
        read_extract(clean, shape="abc", context=context())


def test_report_goes_through_json_and_back(tmp_path: Path) -> None:
    write_csv(tmp_path, "ssd_person", [person(pers_sex="Q"), person("P2", pers_dob="soon")])
    refused = report_of(tmp_path)
    write_csv(tmp_path, "ssd_person", [person()])
    write_csv(tmp_path, "ssd_contacts", [contact()])

    for report in (refused, report_of(tmp_path)):
        assert report_from(json.loads(json.dumps(report.to_dict()))) == report


def test_read_extract_reads_no_file_but_its_own(clean: Path, tmp_path: Path) -> None:
    """A value that DuckDB would run as a path or a query stays a value."""
    write_csv(
        clean, "ssd_contacts", [contact("'; ATTACH 'x.db'; --", cont_contact_source_code="read_csv('/etc/passwd')")]
    )
    before = {path.name for path in tmp_path.iterdir()}
    report = report_of(clean)

    assert [(one.rule, one.value) for one in report.findings if one.level == "unmapped"] == [
        ("not-in-list", "read_csv('/etc/passwd')")
    ]
    assert {path.name for path in tmp_path.iterdir()} == before
