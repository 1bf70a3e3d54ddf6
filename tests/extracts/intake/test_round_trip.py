"""Generated rows go in as files and come out of the store as plain Python says they should."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extracts.folders import AREA, AS_AT, KEY, context, said, write_csv
from trefoil.extracts.intake import read_extract
from trefoil.extracts.privacy import Pseudonyms, completed_months, end_of_month
from trefoil.extracts.standard import code_lists

IDS = st.text("ABCdef0123456789-/ é'\";,", min_size=1, max_size=8).map(lambda text: f"x{text.strip()}y")
SEXES = {"M": "M", "female": "F", " 1": "M", "Not known": "U", "": None}
SOURCES = {code.label.upper(): code.code for code in code_lists()["referral_source"].codes} | {"": None, "3b": "3B"}
OUTCOMES = [code.code for code in code_lists()["contact_outcome"].codes]
FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d 00:00:00", "%Y-%m-%dT09:15:00Z")


@st.composite
def extracts(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Children, and contacts about them on or after their births."""
    names = draw(st.lists(IDS, unique=True, min_size=1, max_size=5))
    people = [
        {
            "pers_person_id": name,
            "pers_sex": draw(st.sampled_from(sorted(SEXES))),
            "pers_dob": draw(st.none() | st.dates(date(2009, 1, 1), date(2020, 12, 31))),
        }
        for name in names
    ]
    numbers = draw(st.lists(IDS, unique=True, max_size=8))
    contacts = [
        {
            "cont_contact_id": number,
            "cont_person_id": draw(st.sampled_from(names)),
            "cont_contact_date": draw(st.none() | st.dates(date(2021, 1, 1), AS_AT)),
            "cont_contact_source_code": draw(st.sampled_from(sorted(SOURCES))),
            "cont_contact_outcome_json": draw(st.none() | st.lists(st.sampled_from(OUTCOMES), unique=True, min_size=1)),
        }
        for number in numbers
    ]
    return people, contacts


def written(row: dict[str, Any], form: str) -> dict[str, object]:
    return {
        name: value.strftime(form) if isinstance(value, date) else ",".join(value) if isinstance(value, list) else value
        for name, value in row.items()
    }


@settings(max_examples=20)
@given(extract=extracts(), form=st.sampled_from(FORMATS))
def test_store_gives_back_every_generated_row(
    extract: tuple[list[dict[str, Any]], list[dict[str, Any]]], form: str
) -> None:
    people, contacts = extract
    with tempfile.TemporaryDirectory() as place:
        folder, root = Path(place) / "in", Path(place) / "store"
        folder.mkdir()
        write_csv(folder, "ssd_person", [written(row, form) for row in people])
        if contacts:
            write_csv(folder, "ssd_contacts", [written(row, form) for row in contacts])
        with read_extract(folder, context=context()) as intake:
            assert {rule for rule, *_ in said(intake.report)} <= {"blank-expected"}
            stored = intake.store(root, "one")
        rows = {table: stored.read(table).to_pylist() for table in stored.tables}
    numbers = Pseudonyms(KEY, AREA)
    births = {row["pers_person_id"]: row["pers_dob"] for row in people}

    assert [(row["pers_person_id"], row["pers_sex"], row["pers_age_months"]) for row in rows["ssd_person"]] == [
        (
            numbers.number("person", row["pers_person_id"]),
            SEXES[row["pers_sex"]],
            row["pers_dob"] and completed_months(row["pers_dob"], end_of_month(AS_AT)),
        )
        for row in people
    ]
    order = OUTCOMES.index
    assert [
        (
            row["cont_contact_id"],
            row["cont_person_id"],
            row["cont_contact_date"],
            row["cont_contact_source_code"],
            row["cont_contact_outcome_json"],
            row["age_months"],
        )
        for row in rows.get("ssd_contacts", [])
    ] == [
        (
            numbers.number("contact", row["cont_contact_id"]),
            numbers.number("person", row["cont_person_id"]),
            row["cont_contact_date"],
            SOURCES[row["cont_contact_source_code"]],
            row["cont_contact_outcome_json"] and f",{','.join(sorted(row['cont_contact_outcome_json'], key=order))},",
            completed_months(births[row["cont_person_id"]], row["cont_contact_date"])
            if births[row["cont_person_id"]] and row["cont_contact_date"]
            else None,
        )
        for row in contacts
    ]
