"""Health of children in care."""

from pathlib import Path
from typing import Any

import pytest

from .counted import child, day, episode, whole

MARCH = "2026-03"
Row = dict[str, Any]


def _check(of: int, on: str | None, kind: str = "RHA", state: str | None = "Completed") -> Row:
    return {
        "clah_health_check_id": of,
        "clah_person_id": of,
        "clah_health_check_type": kind,
        "clah_health_check_date": day(on),
        "clah_health_check_status": state,
    }


@pytest.mark.parametrize(
    ("start", "checks", "figure"),
    [
        # From Monday 2 March 2026 the 20th working day is Monday 30 March.
        ("2026-03-02", [_check(11, "2026-03-30", "IHA")], (1, 1)),
        ("2026-03-02", [_check(11, "2026-03-31", "IHA")], (0, 1)),
        ("2026-03-02", [_check(11, "2026-03-02", "IHA")], (1, 1)),
        ("2026-03-02", [_check(11, "2026-03-01", "IHA")], (0, 1)),
        ("2026-03-02", [_check(11, "2026-03-20")], (1, 1)),
        ("2026-03-02", [_check(11, "2026-03-20", "DENTAL")], (0, 1)),
        ("2026-03-02", [_check(11, "2026-03-20", state="Planned")], (0, 1)),
        ("2026-03-02", [_check(11, "2026-03-20", state=None)], (1, 1)),
        ("2026-03-02", [_check(12, "2026-03-20")], (0, 1)),
        ("2026-03-02", [], (0, 1)),
        ("2026-03-04", [_check(11, "2026-03-20")], (0, 0)),
    ],
)
def test_care_health_first_assessment(tmp_path: Path, start: str, checks: list[Row], figure: tuple[int, int]) -> None:
    rows = {"ssd_cla_episodes": [episode(1, 11, start)], "ssd_cla_health": checks}
    assert whole(tmp_path, rows, "CL09", MARCH) == figure


def test_care_health_first_assessment_is_due_to_children_still_in_care(tmp_path: Path) -> None:
    ends = {11: "2026-03-30", 12: "2026-03-31", 13: None}
    rows = {
        "ssd_cla_episodes": [
            episode(number, number, "2026-03-02", end, "E4A" if end else None) for number, end in ends.items()
        ]
    }
    assert whole(tmp_path, rows, "CL09", MARCH) == (0, 2)


@pytest.mark.parametrize(
    ("age_in_october", "on", "state", "up_to_date"),
    [
        (66, "2025-10-01", "Completed", 1),
        (66, "2025-09-30", "Completed", 0),
        (67, "2025-09-30", "Completed", 1),
        (67, "2025-04-01", "Completed", 1),
        (67, "2025-03-31", "Completed", 0),
        (None, "2025-04-01", "Completed", 1),
        (67, "2026-04-01", "Completed", 0),
        (67, "2026-03-31", "Refused", 0),
        (67, "2026-03-31", "Cancelled", 0),
        (67, None, "Completed", 0),
    ],
)
def test_care_health_assessments_up_to_date(
    tmp_path: Path, age_in_october: int | None, on: str | None, state: str, up_to_date: int
) -> None:
    """Under five is 59 months in March, 66 in October."""
    rows = {
        "ssd_cla_episodes": [episode(1, 11, "2024-01-01"), episode(2, 12, "2025-04-01")],
        "ssd_person": [child(11, age_in_october)],
        "ssd_cla_health": [_check(11, on, state=state)],
    }
    assert whole(tmp_path, rows, "CL10", MARCH) == (up_to_date, 1)


@pytest.mark.parametrize(("start", "counted"), [("2025-03-31", 1), ("2025-04-01", 0)])
def test_care_health_dental_checks(tmp_path: Path, start: str, counted: int) -> None:
    days = {11: "2025-04-01", 12: "2025-03-31", 13: "2026-03-31", 14: "2026-04-01"}
    rows = {
        "ssd_cla_episodes": [episode(number, number, start) for number in days],
        "ssd_cla_health": [_check(number, on, "DENTAL") for number, on in days.items()],
    }
    assert whole(tmp_path, rows, "CL11", MARCH) == (2 * counted, 4 * counted)


def test_care_health_vaccinations_of_the_latest_row(tmp_path: Path) -> None:
    known = [
        (11, True, "2026-03-31"),
        (12, True, "2026-04-01"),
        (13, True, "2025-01-01"),
        (13, False, "2026-01-01"),
        (14, False, "2026-01-01"),
        (14, True, "2026-01-01"),
        (15, None, "2026-01-01"),
        (16, True, None),
    ]
    rows = {
        "ssd_cla_episodes": [episode(number, number, "2024-01-01") for number in range(11, 18)],
        "ssd_cla_immunisations": [
            {
                "clai_person_id": of,
                "clai_immunisations_status": state,
                "clai_immunisations_status_date": day(on),
            }
            for of, state, on in known
        ],
    }
    assert whole(tmp_path, rows, "CL23", MARCH) == (2, 7)


def test_care_health_scores_of_the_year_added_up(tmp_path: Path) -> None:
    known = [
        (11, 12, "2025-04-01"),
        (12, 40, "2025-03-31"),
        (13, 10, "2025-06-01"),
        (13, 20, "2026-03-31"),
        (13, 30, "2026-04-01"),
        (14, 41, "2026-01-01"),
        (15, 8, "2026-01-01"),
        (16, 9, "2026-01-01"),
        (17, 7, "2026-01-01"),
        (18, 5, "2026-01-01"),
    ]
    # Four years is 48 months in March and 55 in October; the seventeenth birthday is 204 and 211.
    ages = {15: 54, 16: 55, 17: 210, 18: 211}
    rows = {
        "ssd_cla_episodes": [episode(number, number, "2024-01-01") for number in range(11, 20)],
        "ssd_person": [child(number, ages.get(number, 120)) for number in range(11, 20)],
        "ssd_sdq_scores": [
            {"csdq_table_id": number, "csdq_person_id": of, "csdq_sdq_score": score, "csdq_sdq_completed_date": day(on)}
            for number, (of, score, on) in enumerate(known)
        ],
    }
    assert whole(tmp_path, rows, "CL24", MARCH) == (12 + 20 + 9 + 7, 4)
