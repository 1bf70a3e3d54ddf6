"""Lists that become several tables, or join with another."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trefoil.extracts.intake.shapes.annex_a import months_before
from trefoil.extracts.intake.shapes.annex_a_layouts import layouts

from .building import report, stored, workbook

TAKEN = date(2024, 3, 31)
WHO = {"Child Unique ID": "A1", "Gender": "a) Male", "Ethnicity": "a) WBRI", "Date of Birth": date(2012, 5, 1)}


def sheet(name: str, *rows: dict[str, Any]) -> list[list[Any]]:
    """A list with the headings of the specification; a row is who it is about and what is given."""
    columns = [column.name for layout in layouts() if layout.name == name for column in layout.columns]
    return [columns, *([(WHO | row).get(column) for column in columns] for row in rows)]


def tables_of(folder: Path, **lists: list[list[Any]]) -> dict[str, list[dict[str, Any]]]:
    names = [layout.name for layout in layouts()]
    path = workbook(folder / "annex.xlsx", {f"List {names.index(name) + 1}": rows for name, rows in lists.items()})
    return stored(path, TAKEN, folder / "store")


def referral(child: str, day: date) -> dict[str, Any]:
    return {"Child Unique ID": child, "Date of referral": day, "Referral Source": "6", "Referral NFA?": "b) No"}


def need(child: str, day: date) -> dict[str, Any]:
    return {
        "Child Unique ID": child,
        "CIN Start Date": day,
        "Primary Need Code": "N1",
        "Case Status": "d) Open assessment",
    }


@pytest.mark.parametrize(("days", "joined"), [(0, True), (45, True), (46, False), (-1, False)])
def test_need_joins_the_referral_of_the_days_before(tmp_path: Path, days: int, joined: bool) -> None:
    began = date.fromordinal(date(2023, 11, 1).toordinal() + days)
    tables = tables_of(
        tmp_path,
        referrals=sheet("referrals", referral("A1", date(2023, 11, 1))),
        children_in_need=sheet("children_in_need", need("A1", began)),
    )

    rows = tables["ssd_cin_episodes"]
    assert len(rows) == (1 if joined else 2)
    assert [row["cine_cin_primary_need_code"] for row in rows if "cine_cin_primary_need_code" in row] == ["N1"]
    assert [row["cine_referral_source_code"] for row in rows if "cine_referral_source_code" in row] == ["6"]


def test_need_joins_the_nearest_of_two_referrals_and_only_once(tmp_path: Path) -> None:
    tables = tables_of(
        tmp_path,
        referrals=sheet("referrals", referral("A1", date(2023, 11, 1)), referral("A1", date(2023, 11, 20))),
        children_in_need=sheet("children_in_need", need("A1", date(2023, 11, 25))),
    )

    found = {row["cine_referral_date"]: row.get("cine_cin_primary_need_code") for row in tables["ssd_cin_episodes"]}
    assert found == {date(2023, 11, 1): None, date(2023, 11, 20): "N1"}


def test_need_of_another_child_is_a_row_of_its_own(tmp_path: Path) -> None:
    tables = tables_of(
        tmp_path,
        referrals=sheet("referrals", referral("A1", date(2023, 11, 1))),
        children_in_need=sheet("children_in_need", need("B2", date(2023, 11, 1))),
    )

    assert len(tables["ssd_cin_episodes"]) == 2


def test_conference_stands_under_its_enquiry(tmp_path: Path) -> None:
    strategy = "Strategy discussion initiating Section 47 Enquiry Start Date"
    held = {"Date of Initial Child Protection Conference": date(2024, 1, 20)}
    result = {"Did the Initial Child Protection Conference Result in a Child Protection Plan": "a) Yes"}
    tables = tables_of(
        tmp_path,
        section47=sheet("section47", {strategy: date(2024, 1, 5)}, {strategy: date(2024, 1, 5), **held, **result}),
    )

    enquiries = [row["s47e_s47_enquiry_id"] for row in tables["ssd_s47_enquiry"]]
    (conference,) = tables["ssd_initial_cp_conference"]
    assert len(set(enquiries)) == 2
    assert conference["icpc_s47_enquiry_id"] in enquiries
    assert conference["icpc_icpc_outcome_cp_flag"] is True


def test_plan_gives_its_latest_visit_and_review(tmp_path: Path) -> None:
    row = {
        "Child Protection Plan Start Date": date(2023, 12, 1),
        "Initial Category of Abuse": "a) Neglect",
        "Latest Category of Abuse": "Emotional abuse",
        "Date of the Last Statutory Visit": date(2024, 3, 1),
        "Was the Child Seen Alone?": "c) Unknown",
        "Number of Previous Child Protection Plans": 0,
    }
    tables = tables_of(tmp_path, child_protection=sheet("child_protection", row))

    (plan,), (visit,) = tables["ssd_cp_plans"], tables["ssd_cp_visits"]
    assert (plan["cppl_cp_plan_initial_category"], plan["cppl_cp_plan_latest_category"]) == ("NEG", "EMO")
    assert visit["cppv_cp_plan_id"] == plan["cppl_cp_plan_id"]
    assert "cppv_cp_visit_seen_alone" not in visit
    assert tables["ssd_cp_reviews"] == []


def test_child_in_care_gives_period_placement_status_and_health(tmp_path: Path) -> None:
    row = {
        "Date Started to be Looked After": date(2020, 1, 1),
        "Child's Category of Need": "N1 - Abuse or neglect",
        "Start date of current legal status": date(2020, 6, 1),
        "Child's Legal Status": "C2: FCO",
        "Date of Latest Statutory Review": date(2024, 2, 1),
        "What is the permanence plan for this child?": "f) Long-term fostering",
        "Date of Last Dental Check": date(2024, 1, 15),
        "Start Date of Most Recent Placement": date(2021, 3, 1),
        "Placement Type": "d) U4: Foster placement - long term",
        "Placement Provider": "b) PR1: Own provision",
        "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)": "a) Yes",
    }
    tables = tables_of(tmp_path, children_in_care=sheet("children_in_care", row))

    (episode,), (placement,) = tables["ssd_cla_episodes"], tables["ssd_cla_placement"]
    assert placement["clap_cla_id"] == episode["clae_cla_id"] == tables["ssd_cla_reviews"][0]["clar_cla_id"]
    assert episode["clae_cla_placement_id"] == placement["clap_cla_placement_id"]
    assert (placement["clap_cla_placement_type"], placement["clap_cla_placement_provider"]) == ("U4", "PR1")
    assert tables["ssd_legal_status"][0]["lega_legal_status"] == "C2"
    assert [row["clah_health_check_type"] for row in tables["ssd_cla_health"]] == ["DENTAL"]
    assert tables["ssd_cla_care_plan"][0]["lacp_cla_care_plan_json"] == ",FOSTERING,"
    assert [row["immi_immigration_status"] for row in tables["ssd_immigration_status"]] == ["UASC"]


def test_person_takes_a_known_value_before_an_unknown_one(tmp_path: Path) -> None:
    contact = {"Date of Contact": date(2024, 1, 5), "Contact Source": "6"}
    unknown = {"Gender": "c) Not stated/recorded", "Ethnicity": "s) NOBT"}
    tables = tables_of(
        tmp_path,
        contacts=sheet("contacts", contact | unknown),
        referrals=sheet("referrals", referral("A1", date(2024, 1, 6))),
    )

    (person,) = tables["ssd_person"]
    assert (person["pers_sex"], person["pers_ethnicity"]) == ("M", "WBRI")


def test_covers_six_months_of_events_and_no_latest_ones(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "annex.xlsx",
        {"List 1": sheet("contacts", {"Date of Contact": date(2024, 1, 5), "Contact Source": "6"})},
    )

    assert report(path, TAKEN).covers == {"ssd_contacts": (date(2023, 10, 1), TAKEN)}


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2021, 3, 16), date(2020, 9, 17)),
        (date(2024, 3, 31), date(2023, 10, 1)),
        (date(2024, 8, 31), date(2024, 3, 1)),
        (date(2024, 6, 30), date(2023, 12, 31)),
    ],
)
def test_months_before_gives_the_day_after(day: date, before: date) -> None:
    assert months_before(day, 6) == before
