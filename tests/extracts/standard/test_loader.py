"""The specification as data."""

import json
import tomllib
from importlib.resources import files

import pytest

from trefoil.extracts.standard import code_lists, folded, load_tables

DATA = files("trefoil.extracts.standard") / "data"
PUBLISHED = json.loads((DATA / "ssd-1.4.5.json").read_text(encoding="utf-8"))["tables"]
# The standard names a table and three fields in its references that it has under another name.
MISNAMED = {"clae_cla_placement_id", "ehcn_ehcp_asmt_id", "perm_person_id"}


def test_load_tables_has_every_table_and_field_of_the_standard_in_its_order() -> None:
    tables = load_tables()

    assert {name: [field.name for field in tables[name].fields] for name in PUBLISHED} == {
        name: [field["field"] for field in fields] for name, fields in PUBLISHED.items()
    }


def test_load_tables_adds_our_own_from_their_file() -> None:
    own = tomllib.loads((DATA / "own.toml").read_text(encoding="utf-8"))

    assert set(load_tables()) - set(PUBLISHED) == set(own)
    assert all(name.startswith("trefoil_") for name in own)


def test_load_tables_keeps_an_identifier_in_the_domain_of_the_row_it_refers_to() -> None:
    domains = {
        f"{table.name}.{field.name}": field.of
        for table in load_tables().values()
        for field in table.fields
        if field.kept == "id"
    }
    for name, fields in PUBLISHED.items():
        for field in fields:
            if field["refers_to"] and field["field"] not in MISNAMED:
                assert domains[f"{name}.{field['field']}"] == domains[field["refers_to"]], field


def test_load_tables_takes_every_code_from_a_list_that_exists() -> None:
    named = {field.of for table in load_tables().values() for field in table.fields if field.kept in {"code", "flags"}}

    assert named <= set(code_lists())


@pytest.mark.parametrize("name", sorted(code_lists()))
def test_code_lists_read_every_code_and_no_spelling_as_two_codes(name: str) -> None:
    codes = code_lists()[name]
    spellings = codes.spellings

    assert len({code.code for code in codes.codes}) == len(codes.codes)
    assert all(spellings[folded(code.code)] == code.code for code in codes.codes)
    assert codes.source


def test_load_tables_dates_every_event_by_a_field_of_its_own() -> None:
    for table in load_tables().values():
        if table.event:
            assert {field.name: field.kept for field in table.fields}[table.event] == "date", table.name


def test_stored_columns_hold_no_field_that_is_left_out() -> None:
    for table in load_tables().values():
        left_out = {field.name for field in table.fields if field.kept in {"left_out", "age_in_months", "locality"}}
        assert not left_out & set(table.stored_columns)


def test_stored_columns_have_an_age_only_where_a_child_and_a_day_are_known() -> None:
    tables = load_tables()

    assert "age_months" in tables["ssd_contacts"].stored_columns
    assert "age_months" not in tables["ssd_cla_reviews"].stored_columns
    assert "age_months" not in tables["ssd_person"].stored_columns


def test_personal_fields_are_those_that_name_a_child_or_may() -> None:
    personal = {field.name for field in load_tables()["ssd_person"].fields if field.is_personal}

    assert {"pers_person_id", "pers_forename", "pers_surname", "pers_dob", "pers_legacy_id"} <= personal
    assert not {"pers_sex", "pers_ethnicity", "pers_death_date"} & personal
