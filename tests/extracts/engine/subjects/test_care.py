"""Children in care on a day: time, legal status, placement, ethnic group; unaccompanied children; missing."""

from pathlib import Path
from typing import Any

import pytest

from .counted import child, day, episode, groups, placement, status, whole

MARCH = "2026-03"
Row = dict[str, Any]


@pytest.mark.parametrize(
    ("start", "short", "long"),
    [
        ("2026-03-31", "0-6 months", "under 1 month"),
        ("2026-02-28", "0-6 months", "2-3 months"),
        ("2025-12-31", "0-6 months", "4-6 months"),
        ("2025-09-30", "6-12 months", "7-12 months"),
        ("2025-04-01", "6-12 months", "7-12 months"),
        ("2025-03-31", "12-18 months", "13-18 months"),
        ("2024-04-01", "18-24 months", "19-24 months"),
        ("2024-03-31", "over 24 months", "over 24 months"),
    ],
)
def test_care_bands_of_time(tmp_path: Path, start: str, short: str, long: str) -> None:
    rows = {"ssd_cla_episodes": [episode(1, 11, start)]}
    assert groups(tmp_path / "a", rows, "CL19", MARCH, "time in care") == {short: 1}
    assert groups(tmp_path / "b", rows, "CL01", MARCH, "months in care") == {long: 1}


def test_care_time_runs_on_through_changes(tmp_path: Path) -> None:
    rows = {
        "ssd_cla_episodes": [episode(1, 11, "2023-06-01", "2026-03-01", "X1"), episode(2, 11, "2026-03-01")],
        "ssd_cla_placement": [placement(1, 11, "U6", "2023-06-01", "2026-03-01"), placement(2, 11, "K2", "2026-03-01")],
    }
    assert groups(tmp_path, rows, "CL19", MARCH, "time in care") == {"over 24 months": 1}


@pytest.mark.parametrize(
    ("statuses", "group"),
    [
        ([], "other or missing"),
        ([status(1, 11, "C1", "2026-01-01")], "interim care order"),
        ([status(1, 11, "C1", "2026-01-01", "2026-03-31"), status(2, 11, "C2", "2026-03-31")], "full care order"),
        ([status(1, 11, "C1", "2026-01-01"), status(2, 11, "C2", "2026-04-01")], "interim care order"),
        ([status(1, 11, "C1", "2026-01-01", "2026-03-31"), status(2, 11, "C2", "2026-04-01")], "interim care order"),
        ([status(1, 11, "C1", "2026-01-01", "2026-03-31")], "other or missing"),
        ([status(1, 11, "V2", "2026-01-01")], "section 20"),
        ([status(1, 11, "L2", "2026-01-01")], "emergency protection order"),
        ([status(1, 11, "J1", "2026-01-01")], "remanded"),
        ([status(1, 11, "D1", "2026-01-01")], "other or missing"),
        ([status(1, 11, "C1", "2026-01-01"), status(2, 11, "C2", "2026-01-01")], "full care order"),
        ([status(1, 11, "E1", "2026-01-01")], "placement order, awaiting placement"),
    ],
)
def test_care_legal_status_on_the_day(tmp_path: Path, statuses: list[Row], group: str) -> None:
    rows = {"ssd_cla_episodes": [episode(1, 11, "2026-01-01")], "ssd_legal_status": statuses}
    assert groups(tmp_path, rows, "CL04", MARCH, "legal status") == {group: 1}


@pytest.mark.parametrize(("kind", "end", "placed"), [("A5", None, 1), ("U6", None, 0), ("A5", "2026-03-31", 0)])
def test_care_placement_order_with_and_without_a_placement(
    tmp_path: Path, kind: str, end: str | None, placed: int
) -> None:
    rows = {
        "ssd_cla_episodes": [episode(1, 11, "2026-01-01")],
        "ssd_legal_status": [status(1, 11, "E1", "2026-01-01")],
        "ssd_cla_placement": [placement(1, 11, kind, "2026-02-01", end)],
    }
    wanted = "in adoptive placement" if placed else "awaiting placement"
    assert groups(tmp_path, rows, "CL04", MARCH, "legal status") == {f"placement order, {wanted}": 1}


def test_care_foster_homes_on_the_day(tmp_path: Path) -> None:
    placements = [
        placement(1, 11, "U6", "2026-01-01"),
        placement(2, 12, "U1", "2026-01-01", "2026-03-31"),
        placement(3, 12, "K2", "2026-03-31"),
        placement(4, 13, "U4", "2026-01-01", "2026-03-31"),
        placement(5, 13, "U6", "2026-04-01"),
        placement(6, 14, None, "2026-01-01"),
    ]
    rows = {
        "ssd_cla_episodes": [episode(number, number, "2026-01-01") for number in (11, 12, 13, 14, 15)],
        "ssd_cla_placement": placements,
    }
    assert whole(tmp_path, rows, "CL31", MARCH) == (2, 5)


def test_care_by_agreement_by_age_and_sex(tmp_path: Path) -> None:
    rows = {
        "ssd_cla_episodes": [episode(number, number, "2026-01-01") for number in (11, 12, 13)],
        "ssd_legal_status": [status(1, 11, "V2", "2026-01-01"), status(2, 12, "V2", "2026-01-01")],
        "ssd_person": [child(11, 18, pers_sex="M"), child(12, 199, pers_sex="F"), child(13, 50, pers_sex="F")],
    }
    assert whole(tmp_path / "a", rows, "CL12", MARCH) == (2, None)
    assert groups(tmp_path / "b", rows, "CL12", MARCH, "age") == {"under 1": 1, "16 and over": 1}
    assert groups(tmp_path / "c", rows, "CL12", MARCH, "sex") == {"boys": 1, "girls": 1}


def test_care_ethnic_groups_add_up(tmp_path: Path) -> None:
    codes = {11: "WBRI", 12: "MWBC", 13: "CHNE", 14: "BAFR", 15: "OOTH", 16: "REFU", 17: None}
    rows = {
        "ssd_cla_episodes": [episode(number, number, "2026-01-01") for number in (*codes, 18)],
        "ssd_person": [child(number, 60, pers_ethnicity=code) for number, code in codes.items()],
    }
    found = groups(tmp_path, rows, "CL22", MARCH, "ethnicity")
    assert found == {"White": 1, "Mixed": 1, "Asian": 1, "Black": 1, "Other": 1, "missing": 3}


def _alone(number: int, of: int, start: str, end: str | None = None, code: str = "UASC") -> Row:
    return {
        "immi_immigration_status_id": number,
        "immi_person_id": of,
        "immi_immigration_status": code,
        "immi_immigration_status_start_date": day(start),
        "immi_immigration_status_end_date": day(end),
    }


@pytest.mark.parametrize(
    ("statuses", "counted"),
    [
        ([_alone(1, 11, "2026-03-31")], 1),
        ([_alone(1, 11, "2026-04-01")], 0),
        ([_alone(1, 11, "2025-01-01", "2026-03-31")], 0),
        ([_alone(1, 11, "2025-01-01", "2026-04-01")], 1),
        ([_alone(1, 11, "2025-01-01", code="LEAVE")], 0),
        ([_alone(1, 11, "2025-01-01"), _alone(2, 11, "2025-06-01")], 1),
        ([_alone(1, 12, "2025-01-01")], 0),
    ],
)
def test_unaccompanied_children_in_care(tmp_path: Path, statuses: list[Row], counted: int) -> None:
    rows = {"ssd_cla_episodes": [episode(1, 11, "2025-01-01")], "ssd_immigration_status": statuses}
    assert whole(tmp_path, rows, "CL13", MARCH) == (counted, None)


def test_unaccompanied_children_by_placement(tmp_path: Path) -> None:
    kinds = {11: "U6", 12: "H5", 13: "K2", 14: "Z1"}
    rows = {
        "ssd_cla_episodes": [episode(number, number, "2025-01-01") for number in kinds],
        "ssd_immigration_status": [_alone(number, number, "2025-01-01") for number in kinds],
        "ssd_cla_placement": [placement(number, number, kind, "2025-01-01") for number, kind in kinds.items()],
    }
    found = groups(tmp_path, rows, "CL14", MARCH, "placement")
    assert found == {"fostering": 1, "semi-independence": 1, "residential": 1, "other": 1}


def _lost(on: str, kind: str | None = "M") -> Row:
    return {
        "miss_table_id": 1,
        "miss_person_id": 11,
        "miss_missing_episode_start_date": day(on),
        "miss_missing_episode_type": kind,
    }


@pytest.mark.parametrize(
    ("missing", "counted"),
    [
        ([_lost("2025-04-01")], 1),
        ([_lost("2025-03-31")], 0),
        ([_lost("2026-02-27")], 1),
        ([_lost("2026-02-28")], 0),
        ([_lost("2025-05-01", "A")], 0),
        ([_lost("2025-05-01", None)], 1),
        ([_lost("2025-04-05"), _lost("2026-03-15")], 1),
        ([], 0),
    ],
)
def test_care_missing_in_the_year(tmp_path: Path, missing: list[Row], counted: int) -> None:
    """The child left care on 28 February 2026, so it was in care in the year to March 2026."""
    rows = {"ssd_cla_episodes": [episode(1, 11, "2024-01-01", "2026-02-28", "E4A")], "ssd_missing": missing}
    assert whole(tmp_path, rows, "CL18", MARCH) == (counted, 1)


@pytest.mark.parametrize(
    ("start", "end", "counted"),
    [
        ("2024-01-01", "2025-04-01", 0),
        ("2024-01-01", "2025-04-02", 1),
        ("2026-03-31", None, 1),
        ("2026-04-01", None, 0),
        ("2025-06-01", "2025-06-02", 1),
    ],
)
def test_care_at_any_time_in_the_year(tmp_path: Path, start: str, end: str | None, counted: int) -> None:
    again = episode(2, 12, "2025-05-01", "2025-06-01", "E4A"), episode(3, 12, "2025-07-01", "2025-08-01", "E4A")
    rows = {"ssd_cla_episodes": [episode(1, 11, start, end, "E4A" if end else None), *again]}
    assert whole(tmp_path, rows, "CL18", MARCH) == (0, 1 + counted)
