"""The two Annex A workbooks that nobody here wrote: what is wrong in them, counted by hand from the cells."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from .building import ANNEX_A_2022, ANNEX_A_2024, report, stored, tallies

TAKEN = date(2021, 3, 16)
AGE = "Age of Child (Years)"
SUPPORT = "Was the child assessed as requiring LA children's social care support?"
UASC = "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)"
ROWS = {1: 5, 2: 5, 3: 6, 4: 5, 5: 5, 6: 5, 7: 7, 8: 5, 9: 6, 10: 5, 11: 5}
BOTH = {
    ("unmapped", "not-in-list", "List 4", SUPPORT): 5,
    ("unmapped", "not-in-list", "List 6", "Primary Need Code"): 1,
    ("unmapped", "not-in-list", "List 9", "Eligibility Category"): 6,
    ("fault", "before-birth", "List 7", "Child Protection Plan Start Date"): 1,
    ("fault", "before-birth", "List 8", "Date Started to be Looked After"): 1,
    ("fault", "before-birth", "List 8", "Start date of current legal status"): 1,
    ("warning", "births-differ", "List 10", ""): 5,
    ("warning", "cell-error", "List 6", "Allocated Team"): 5,
    ("warning", "cell-error", "List 6", "Allocated Worker"): 5,
    ("warning", "blank-expected", "List 6", "Allocated Team"): 5,
    ("warning", "blank-expected", "List 6", "Allocated Worker"): 5,
    ("warning", "blank-expected", "List 8", "Ethnicity"): 1,
    ("warning", "blank-expected", "List 8", "Placement postcode"): 1,
    ("warning", "blank-expected", "List 8", "Placement Location"): 5,
    ("warning", "postcode-unreadable", "List 8", "Placement postcode"): 1,
    # List 10 has whole ages; list 11 has none.
    **{("warning", "age-not-whole", f"List {number}", AGE): ROWS[number] for number in range(1, 10)},
}
ONLY_2022 = {
    ("warning", "column-absent", "List 9", column): 1
    for column in (UASC, "Allocated Personal Advisor", "Latest Pathway Plan Review Date", "Latest Date of Contact")
}
ONLY_2024 = {
    ("warning", "blank-expected", "List 9", UASC): 6,
    ("warning", "blank-expected", "List 9", "Allocated Personal Advisor"): 6,
}
DECIDED = {
    ("yes_no", "cs assessment updated"): None,
    ("primary_need", "psrmem - support with memory and cognition"): "N2",
    ("eligibility", "b) former relevant child"): "Former Relevant",
}


@pytest.mark.parametrize(("file", "own"), [(ANNEX_A_2022, ONLY_2022), (ANNEX_A_2024, ONLY_2024)])
def test_read_sample_finds_exactly_what_is_wrong(file: Path, own: dict[tuple[str, str, str, str], int]) -> None:
    told = report(file, TAKEN)

    assert told.shape == "annex-a"
    assert told.refused
    assert dict(tallies(told)) == BOTH | own


@pytest.mark.parametrize("file", [ANNEX_A_2022, ANNEX_A_2024])
def test_read_sample_reads_every_row_of_every_list(file: Path) -> None:
    told = report(file, TAKEN)

    assert {read.sheet: read.rows for read in told.files} == {f"List {number}": rows for number, rows in ROWS.items()}


def test_read_sample_names_row_value_and_rule() -> None:
    told = report(ANNEX_A_2024, TAKEN)

    places = {(one.sheet, one.row, one.column, one.value, one.rule) for one in told.findings}
    assert ("List 6", 2, "Primary Need Code", "PSRMEM - Support with memory and cognition", "not-in-list") in places
    assert ("List 8", 5, "Date Started to be Looked After", "2010-02-24", "before-birth") in places
    assert ("List 7", 8, "Child Protection Plan Start Date", "2019-06-25", "before-birth") in places
    assert ("List 6", 2, "Allocated Team", "#N/A", "cell-error") in places
    # A postcode is personal: the place is told, the value is not.
    assert ("List 8", 3, "Placement postcode", "", "postcode-unreadable") in places


def test_read_sample_shows_no_personal_value() -> None:
    told = " ".join(str(one) for one in report(ANNEX_A_2024, TAKEN).findings)

    assert all(value not in told for value in ("2529037", "1373595", "Hazlett", "T28 2WB", "nope", "2018-03-13"))


def test_read_sample_keeps_the_values_that_wait_with_their_spelling() -> None:
    waiting = {(one.code_list, one.folded, one.count) for one in report(ANNEX_A_2022, TAKEN).unmapped}

    assert waiting == {
        ("yes_no", "cs assessment updated", 5),
        ("primary_need", "psrmem - support with memory and cognition", 1),
        ("eligibility", "b) former relevant child", 6),
    }


def corrected(folder: Path) -> Path:
    """The sample with its three impossible days put right."""
    book = openpyxl.load_workbook(ANNEX_A_2024)
    book["List 7"]["G8"] = date(2020, 7, 1)
    book["List 8"]["H5"] = date(2019, 2, 24)
    book["List 8"]["K5"] = date(2019, 2, 24)
    book.save(folder / "annex.xlsx")
    return folder / "annex.xlsx"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("annex")
    return stored(corrected(folder), TAKEN, folder / "store", value_map=DECIDED)


def test_store_sample_put_right_keeps_every_row(tables: dict[str, list[dict[str, Any]]]) -> None:
    assert {name: len(rows) for name, rows in tables.items()} == {
        "ssd_care_leavers": 6,
        "ssd_cin_assessments": 5,
        "ssd_cin_episodes": 11,
        "ssd_cin_visits": 5,
        "ssd_cla_care_plan": 0,
        "ssd_cla_episodes": 5,
        "ssd_cla_health": 10,
        "ssd_cla_placement": 5,
        "ssd_cla_reviews": 5,
        "ssd_cla_visits": 5,
        "ssd_contacts": 5,
        "ssd_cp_plans": 7,
        "ssd_cp_reviews": 5,
        "ssd_cp_visits": 7,
        "ssd_department": 13,
        "ssd_disability": 33,
        "ssd_early_help_episodes": 5,
        "ssd_immigration_status": 0,
        "ssd_initial_cp_conference": 3,
        "ssd_legal_status": 5,
        "ssd_permanence": 5,
        "ssd_person": 48,
        "ssd_s47_enquiry": 5,
    }


def test_store_sample_put_right_reads_codes_of_every_style(tables: dict[str, list[dict[str, Any]]]) -> None:
    assert sorted(row["cont_contact_source_code"] for row in tables["ssd_contacts"]) == ["1B", "6", "6", "6", "9"]
    assert sorted(row["clap_cla_placement_provider"] for row in tables["ssd_cla_placement"]) == [
        "PR1",
        "PR4",
        "PR4",
        "PR4",
        "PR5",
    ]
    assert [row.get("perm_decision_reversed_reason") for row in tables["ssd_permanence"]].count("RD2") == 1
    assert {row["cppl_cp_plan_latest_category"] for row in tables["ssd_cp_plans"]} == {"PHY", "EMO"}
    ended = [row for row in tables["ssd_cla_episodes"] if "clae_cla_episode_ceased_date" in row]
    assert [row["clae_cla_episode_ceased_reason"] for row in ended] == ["E47"]


def test_store_sample_put_right_carries_only_what_the_lists_say(tables: dict[str, list[dict[str, Any]]]) -> None:
    assert all("earl_episode_end_date" not in row for row in tables["ssd_early_help_episodes"])
    assert all("cont_contact_outcome_json" not in row for row in tables["ssd_contacts"])
    # The value map said "not known" of five answers: the assessments are there, their outcome is not.
    assert all("cina_assessment_outcome_nfa" not in row for row in tables["ssd_cin_assessments"])
