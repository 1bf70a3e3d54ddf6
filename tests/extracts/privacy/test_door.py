"""Nothing that names a child gets into the store or the report."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow.parquet
import pytest

from tests.extracts.folders import context, write_csv
from trefoil.extracts.intake import RefusedError, read_extract
from trefoil.extracts.privacy import Pseudonyms
from trefoil.extracts.standard import load_tables
from trefoil.extracts.store import StoredExtract

IDENTIFIERS = ("CHILD-48151", "CHILD-62342", "TEAM-NORTH-7", "WORKER-3531", "CONTACT-90210", "ADDRESS-77", "PLAN-4")
PERSONAL = (
    "Ottoline",
    "Quillfeather",
    "2015-03-14",
    "14/03/2015",
    "2016-02-29",
    "A123456789012",
    "9434765919",
    "12 Larkspur Row",
    "ZZ9 9ZZ",
    "ZZ99ZZ",
    "rang about the bruise",
    "Bartholomew Thistlewood",
    "LEG-000123",
)


def write_personal_extract(folder: Path) -> None:
    """An extract in which every kind of personal value stands somewhere."""
    write_csv(
        folder,
        "ssd_person",
        [
            _child(IDENTIFIERS[0], "2015-03-14"),
            _child(IDENTIFIERS[1], "29/02/2016"),
        ],
    )
    write_csv(
        folder,
        "ssd_contacts",
        [
            {
                "cont_contact_id": IDENTIFIERS[4],
                "cont_person_id": IDENTIFIERS[0],
                "cont_contact_date": "2026-03-14 10:11:12",
                "cont_contact_source_code": "6",
                "cont_contact_source_desc": "Bartholomew Thistlewood",
                "cont_contact_outcome_json": '{"NFA_FLAG":"Y","OUTCOME_COMMENTS":"rang about the bruise"}',
            }
        ],
    )
    write_csv(
        folder,
        "ssd_address",
        [
            {
                "addr_table_id": IDENTIFIERS[5],
                "addr_address_json": '{"ROAD":"12 Larkspur Row"}',
                "addr_person_id": IDENTIFIERS[0],
                "addr_address_start_date": "2020-01-01",
                "addr_address_postcode": "ZZ9 9ZZ",
            }
        ],
    )
    write_csv(
        folder,
        "ssd_cin_plans",
        [
            {
                "cinp_cin_plan_id": IDENTIFIERS[6],
                "cinp_person_id": IDENTIFIERS[1],
                "cinp_cin_plan_start_date": "2026-03-14",
                "cinp_cin_plan_team": IDENTIFIERS[2],
                "cinp_cin_plan_worker_id": IDENTIFIERS[3],
            }
        ],
    )
    write_csv(
        folder,
        "ssd_professionals",
        [{"prof_professional_id": IDENTIFIERS[3], "prof_professional_name": "Bartholomew Thistlewood"}],
    )
    write_csv(
        folder,
        "ssd_send",
        [
            {
                "send_table_id": "1",
                "send_upn": "A123456789012",
                "send_uln": "9434765919",
                "send_person_id": IDENTIFIERS[0],
            }
        ],
    )


def _child(identifier: str, born: str) -> dict[str, object]:
    return {
        "pers_person_id": identifier,
        "pers_forename": "Ottoline",
        "pers_surname": "Quillfeather",
        "pers_sex": "F",
        "pers_dob": born,
        "pers_common_child_id": "9434765919",
        "pers_legacy_id": "LEG-000123",
    }


def stored_bytes(root: Path) -> Iterable[bytes]:
    """Every byte that was written, and the cells again as text, for Parquet packs them."""
    for path in root.rglob("*"):
        yield str(path.relative_to(root)).encode()
        if path.is_file():
            yield path.read_bytes()
        if path.suffix == ".parquet":
            table = pyarrow.parquet.read_table(path)
            yield "\n".join(str(row) for row in table.to_pylist()).encode()
            yield str(table.schema).encode()


@pytest.fixture
def extract(tmp_path: Path) -> StoredExtract:
    folder = tmp_path / "extract"
    folder.mkdir()
    write_personal_extract(folder)
    with read_extract(folder, context=context(localities={"ZZ9": "Larks"})) as intake:
        return intake.store(tmp_path / "store", "first")


def test_let_through_writes_no_personal_value_and_no_identifier(extract: StoredExtract, tmp_path: Path) -> None:
    for data in stored_bytes(tmp_path / "store"):
        for value in (*PERSONAL, *IDENTIFIERS):
            assert value.encode() not in data, value
            assert value.encode("utf-16-le") not in data, value


def test_let_through_keeps_age_and_locality_and_one_number_for_one_identifier(extract: StoredExtract) -> None:
    people = extract.read("ssd_person").to_pylist()
    (address,) = extract.read("ssd_address").to_pylist()
    (contact,) = extract.read("ssd_contacts").to_pylist()
    (plan,) = extract.read("ssd_cin_plans").to_pylist()
    (worker,) = extract.read("ssd_professionals").to_pylist()

    assert address["addr_locality"] == "Larks"
    assert (people[0]["pers_age_months"], contact["age_months"]) == (139, 132)
    assert (people[1]["pers_age_months"], plan["age_months"]) == (128, 120)
    assert contact["cont_person_id"] == people[0]["pers_person_id"] == address["addr_person_id"]
    assert plan["cinp_cin_plan_worker_id"] == worker["prof_professional_id"]
    assert {"addr_locality"} <= set(extract.carries["ssd_address"])


def test_let_through_writes_exactly_the_stored_columns(extract: StoredExtract) -> None:
    for table in extract.tables:
        assert extract.read(table).schema.names == list(load_tables()[table].stored_columns)


def test_let_through_under_another_key_gives_other_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    write_personal_extract(folder)
    found = []
    for at, key in enumerate((b"a" * 32, b"b" * 32, b"a" * 32)):
        with read_extract(folder, context=context(key=key)) as intake:
            extract = intake.store(tmp_path / "store", f"number-{at}")
        found.append(extract.read("ssd_person").column("pers_person_id").to_pylist())

    assert found[0] == found[2]
    assert not set(found[0]) & set(found[1])


def test_let_through_twice_writes_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    write_csv(folder, "ssd_person", [_child(f"CHILD-{at}", "2015-03-14") for at in range(3_000)])
    rows = [
        {"cont_contact_id": str(at), "cont_person_id": f"CHILD-{at * 7 % 3_000}", "cont_contact_date": "2026-03-14"}
        for at in range(5_000)
    ]
    write_csv(folder, "ssd_contacts", rows)
    written = []
    for at in range(2):
        with read_extract(folder, context=context()) as intake:
            extract = intake.store(tmp_path / str(at), "first")
        written.append([extract.path(table).read_bytes() for table in extract.tables])

    assert written[0] == written[1]


def test_store_of_two_identifiers_with_one_number_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    write_personal_extract(folder)
    whole = Pseudonyms.numbers
    monkeypatch.setattr(Pseudonyms, "numbers", lambda self, *of: [one >> 62 or 1 for one in whole(self, *of)])

    with read_extract(folder, context=context()) as intake, pytest.raises(RefusedError) as refused:
        intake.store(tmp_path / "store", "first")

    assert {one.rule for one in refused.value.findings} == {"collision"}
    assert not any(value in str(refused.value) for value in IDENTIFIERS)
    assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == []


def test_report_of_a_faulty_extract_shows_no_personal_value(tmp_path: Path) -> None:
    write_personal_extract(tmp_path)
    faulty = [
        {**_child(IDENTIFIERS[0], "14/03/2015 Quillfeather"), "pers_sex": "A123456789012"},
        {**_child(IDENTIFIERS[0], "31/02/2015"), "pers_legacy_id": "Ottoline"},
        _child(IDENTIFIERS[1] * 100, "1815-03-14"),
        _child("", "2015-03-14"),
    ]
    write_csv(tmp_path, "ssd_person", faulty)
    with read_extract(tmp_path, context=context()) as intake:
        report = intake.report
    text = json.dumps(report.to_dict()) + "\n".join(map(str, report.findings))

    assert {"date-unreadable", "date-out-of-range", "duplicate", "blank", "text-too-long", "code-hidden", "orphan"} <= {
        one.rule for one in report.findings
    }
    assert [value for value in (*PERSONAL, *IDENTIFIERS, "31/02/2015", "1815-03-14") if value in text] == []


def test_let_through_before_birth_gives_an_age_below_0(tmp_path: Path) -> None:
    folder = tmp_path / "extract"
    folder.mkdir()
    write_csv(folder, "ssd_person", [_child("1", date(2026, 9, 1).isoformat())])
    write_csv(
        folder,
        "ssd_contacts",
        [{"cont_contact_id": "1", "cont_person_id": "1", "cont_contact_date": "2026-05-02"}],
    )
    with read_extract(folder, context=context()) as intake:
        extract = intake.store(tmp_path / "store", "first")

    assert extract.read("ssd_contacts").column("age_months").to_pylist() == [-4]
