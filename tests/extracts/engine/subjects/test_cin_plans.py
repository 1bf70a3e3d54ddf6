"""Child in need plans: open, started, ended, and visits."""

from pathlib import Path
from typing import Any

import pytest

from .counted import cin_plan, day, episode, groups, need, plan, status, whole

MARCH = "2026-03"


def _visit(number: int, of: int | None, on: str | None, *, seen: bool | None = True) -> dict[str, Any]:
    return {
        "cinv_cin_visit_id": number,
        "cinv_person_id": of,
        "cinv_cin_visit_date": day(on),
        "cinv_cin_visit_seen": seen,
    }


@pytest.mark.parametrize(
    ("rows", "counted"),
    [
        ({}, 1),
        ({"ssd_cp_plans": [plan(1, 11, "2026-03-31")]}, 0),
        ({"ssd_cp_plans": [plan(1, 11, "2026-04-01")]}, 1),
        ({"ssd_cp_plans": [plan(1, 11, "2026-02-01", "2026-03-31")]}, 1),
        ({"ssd_cp_plans": [plan(1, 11, "2026-02-01", "2026-04-01")]}, 0),
        ({"ssd_cp_plans": [plan(1, 11, "2026-02-01", cppl_cp_plan_ola=True)]}, 1),
        ({"ssd_cp_plans": [plan(1, 12, "2026-02-01")]}, 1),
        ({"ssd_cla_episodes": [episode(1, 11, "2026-03-31")]}, 0),
        (
            {
                "ssd_cla_episodes": [episode(1, 11, "2026-03-01")],
                "ssd_legal_status": [status(1, 11, "V4", "2026-03-01")],
            },
            1,
        ),
        (
            {
                "ssd_cp_plans": [plan(1, 11, "2026-01-01", "2026-02-01"), plan(2, 11, "2026-03-01", "2026-03-20")],
                "ssd_cla_episodes": [episode(1, 11, "2026-02-01", "2026-03-01", "E4A")],
            },
            1,
        ),
        (
            {
                "ssd_cp_plans": [plan(1, 11, "2026-01-01", "2026-03-20")],
                "ssd_cla_episodes": [episode(1, 11, "2026-03-15", "2026-04-01", "E4A")],
            },
            0,
        ),
    ],
)
def test_cin_plans_leaves_out_children_protected_or_in_care(tmp_path: Path, rows: dict[str, Any], counted: int) -> None:
    found = whole(tmp_path, {"ssd_cin_plans": [cin_plan(1, 11, "2025-12-01")], **rows}, "CN03", MARCH)
    assert found == (counted, None)


@pytest.mark.parametrize(
    ("start", "band"),
    [
        ("2026-01-01", "0-3 months"),
        ("2025-12-31", "3-6 months"),
        ("2025-09-30", "6-12 months"),
        ("2025-04-01", "6-12 months"),
        ("2025-03-31", "over 12 months"),
    ],
)
def test_cin_plans_bands_of_duration(tmp_path: Path, start: str, band: str) -> None:
    assert groups(tmp_path, {"ssd_cin_plans": [cin_plan(1, 11, start)]}, "CN07", MARCH, "duration") == {band: 1}


def test_cin_plans_child_with_two_is_in_the_band_of_the_first(tmp_path: Path) -> None:
    rows = {"ssd_cin_plans": [cin_plan(2, 11, "2024-01-01"), cin_plan(1, 11, "2026-03-01")]}
    assert groups(tmp_path, rows, "CN03", MARCH, "duration") == {"over 12 months": 1}


@pytest.mark.parametrize(
    ("visits", "seen"),
    [
        ([], 0),
        ([_visit(1, 11, "2026-03-03")], 1),
        ([_visit(1, 11, "2026-03-02")], 0),
        ([_visit(1, 11, "2026-03-31")], 1),
        ([_visit(1, 11, "2026-04-01")], 0),
        ([_visit(1, 11, "2026-03-20", seen=False)], 0),
        ([_visit(1, 11, "2026-03-20", seen=None)], 0),
        ([_visit(1, 11, "2026-03-20", seen=False), _visit(2, 11, "2026-03-03")], 1),
        ([_visit(1, None, "2026-03-20"), _visit(2, 11, None), _visit(3, 12, "2026-03-20")], 0),
    ],
)
def test_cin_plans_seen_within_four_weeks(tmp_path: Path, visits: list[dict[str, Any]], seen: int) -> None:
    rows = {"ssd_cin_plans": [cin_plan(1, 11, "2026-01-01")], "ssd_cin_visits": visits}
    assert whole(tmp_path, rows, "CN06", MARCH) == (seen, 1)


def test_cin_plans_seen_at_the_end_of_january_is_in_time_to_the_end_of_february(tmp_path: Path) -> None:
    rows = {"ssd_cin_plans": [cin_plan(1, 11, "2026-01-01")], "ssd_cin_visits": [_visit(1, 11, "2026-01-31")]}
    assert whole(tmp_path / "a", rows, "CN06", "2026-02") == (1, 1)
    rows["ssd_cin_visits"] = [_visit(1, 11, "2026-01-30")]
    assert whole(tmp_path / "b", rows, "CN06", "2026-02") == (0, 1)


def test_cin_plan_starts_in_the_month_by_age(tmp_path: Path) -> None:
    rows = {
        "ssd_cin_plans": [
            cin_plan(1, 11, "2026-03-01", age_months=59),
            cin_plan(2, 12, "2026-03-31", age_months=60),
            cin_plan(3, 13, "2026-04-01", age_months=60),
            cin_plan(4, 14, "2026-03-15"),
        ]
    }
    assert whole(tmp_path / "a", rows, "CN04", MARCH) == (3, None)
    assert groups(tmp_path / "b", rows, "CN04", MARCH, "age") == {"0-4": 1, "5-9": 1}


def _help(start: str, end: str | None = None) -> dict[str, Any]:
    return {
        "earl_episode_id": 1,
        "earl_person_id": 11,
        "earl_episode_start_date": day(start),
        "earl_episode_end_date": day(end),
    }


@pytest.mark.parametrize(
    ("rows", "destination"),
    [
        ({}, "closed"),
        ({"ssd_cin_episodes": [need(1, 11, "2025-01-01")]}, "other"),
        ({"ssd_early_help_episodes": [_help("2026-04-07")]}, "early help"),
        ({"ssd_early_help_episodes": [_help("2026-04-08")]}, "closed"),
        ({"ssd_early_help_episodes": [_help("2025-01-01", "2026-03-10")]}, "closed"),
        ({"ssd_early_help_episodes": [_help("2025-01-01", "2026-03-11")]}, "early help"),
        (
            {"ssd_early_help_episodes": [_help("2026-04-01")], "ssd_cla_episodes": [episode(1, 11, "2026-04-07")]},
            "in care",
        ),
        (
            {"ssd_cp_plans": [plan(1, 11, "2026-03-10")], "ssd_cla_episodes": [episode(1, 11, "2026-04-07")]},
            "child protection plan",
        ),
    ],
)
def test_cin_plan_ends_by_destination(tmp_path: Path, rows: dict[str, Any], destination: str) -> None:
    rows = {"ssd_cin_plans": [cin_plan(1, 11, "2025-01-01", "2026-03-10")], **rows}
    assert groups(tmp_path, rows, "CN05", MARCH, "destination") == {destination: 1}
