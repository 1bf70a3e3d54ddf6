"""Child protection plans: open, started, ended."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from .counted import child, cin_plan, episode, groups, need, plan, whole

MARCH, YEAR = "2026-03", "2025/26"


@pytest.mark.parametrize(
    ("start", "end", "is_open"),
    [
        ("2026-03-31", None, 1),
        ("2026-04-01", None, 0),
        ("2026-01-01", "2026-03-31", 0),
        ("2026-01-01", "2026-04-01", 1),
        (None, None, 0),
    ],
)
def test_cp_plans_counts_plans_open_on_the_last_day(
    tmp_path: Path, start: str | None, end: str | None, is_open: int
) -> None:
    assert whole(tmp_path, {"ssd_cp_plans": [plan(1, 11, start, end)]}, "CP01", MARCH) == (is_open, None)


def test_cp_plans_leaves_out_another_authority_and_counts_a_child_once(tmp_path: Path) -> None:
    rows = [
        plan(1, 11, "2026-01-01", cppl_cp_plan_ola=True),
        plan(2, 12, "2026-01-01", cppl_cp_plan_ola=False),
        plan(3, 12, "2026-02-01"),
        plan(4, None, "2026-02-01"),
    ]
    assert whole(tmp_path, {"ssd_cp_plans": rows}, "CP01", MARCH) == (1, None)


def test_cp_plans_category_is_the_latest_or_else_the_first(tmp_path: Path) -> None:
    rows = [
        plan(1, 11, "2026-01-01", cppl_cp_plan_latest_category="NEG", cppl_cp_plan_initial_category="EMO"),
        plan(2, 12, "2026-01-01", cppl_cp_plan_initial_category="EMO"),
        plan(3, 13, "2026-01-01"),
        plan(4, 14, "2026-01-01", cppl_cp_plan_latest_category="MUL"),
    ]
    found = groups(tmp_path, {"ssd_cp_plans": rows}, "CP04", MARCH, "category")
    assert found == {"neglect": 1, "emotional": 1, "multiple": 1}


@pytest.mark.parametrize(
    ("start", "band"),
    [
        ("2026-03-31", "under 3 months"),
        ("2026-01-01", "under 3 months"),
        ("2025-12-31", "3 to 6 months"),
        ("2025-10-01", "3 to 6 months"),
        ("2025-09-30", "6 to 12 months"),
        ("2025-04-01", "6 to 12 months"),
        ("2025-03-31", "1 to 2 years"),
        ("2024-04-01", "1 to 2 years"),
        ("2024-03-31", "2 years or more"),
        ("2010-01-01", "2 years or more"),
    ],
)
def test_cp_plans_bands_of_duration(tmp_path: Path, start: str, band: str) -> None:
    rows = {"ssd_cp_plans": [plan(1, 11, start)]}
    assert groups(tmp_path / "bands", rows, "CP18", MARCH, "duration") == {band: 1}
    long = int(band == "2 years or more")
    assert whole(tmp_path / "count", rows, "CP06", MARCH) == (long, None)
    assert whole(tmp_path / "share", rows, "CP25", MARCH) == (long, 1)


@pytest.mark.parametrize(("age_in_october", "under_five"), [(66, 1), (67, 0), (None, 0), (2, 1)])
def test_cp_plans_under_five_on_the_day(tmp_path: Path, age_in_october: int | None, under_five: int) -> None:
    """Seven months from March to October: 66 months then is 59 in March; a child of two months was not born yet."""
    rows = {"ssd_cp_plans": [plan(1, 11, "2026-01-01")], "ssd_person": [child(11, age_in_october)]}
    assert whole(tmp_path, rows, "CP15", MARCH) == (under_five, None)


@pytest.mark.parametrize(
    ("start", "end", "both"),
    [
        ("2026-03-31", None, 1),
        ("2026-04-01", None, 0),
        ("2026-01-01", "2026-03-31", 0),
        ("2026-01-01", "2026-04-01", 1),
    ],
)
def test_cp_plans_of_children_also_in_care(tmp_path: Path, start: str, end: str | None, both: int) -> None:
    rows = {
        "ssd_cp_plans": [plan(1, 11, "2026-01-01"), plan(2, 12, "2026-01-01")],
        "ssd_cla_episodes": [episode(1, 11, start, end, "E4A" if end else None)],
    }
    assert whole(tmp_path, rows, "CP13", MARCH) == (both, None)


def test_cp_plan_starts_are_counted_by_age_and_again(tmp_path: Path) -> None:
    rows = {
        "ssd_cp_plans": [
            plan(1, 11, "2023-02-01", "2023-05-01", age_months=10),
            plan(2, 11, "2026-03-01", age_months=47),
            plan(4, 12, "2026-03-31", age_months=191),
            plan(3, 12, "2026-03-31", age_months=192),
            plan(5, 13, "2026-03-31", cppl_cp_plan_ola=True),
            plan(6, 14, "2026-04-01", age_months=0),
        ]
    }
    assert whole(tmp_path / "starts", rows, "CP03", MARCH) == (3, None)
    assert groups(tmp_path / "ages", rows, "CP22", MARCH, "age") == {"1 to 5": 1, "11 to 15": 1, "16 and over": 1}
    assert whole(tmp_path / "again", rows, "CP05", MARCH) == (2, 3)


def test_cp_plan_starts_again_needs_two_years_before(tmp_path: Path) -> None:
    rows = {"ssd_cp_plans": [plan(1, 11, "2026-03-01")]}
    covers = {"ssd_cp_plans": (date(2024, 4, 1), date(2026, 10, 31))}
    assert whole(tmp_path / "told", rows, "CP05", "2026-04", covers=covers) == (0, 0)
    assert whole(tmp_path / "untold", rows, "CP05", MARCH, covers=covers) is None


@pytest.mark.parametrize(
    ("start", "end", "long"),
    [
        ("2024-03-10", "2026-03-09", 0),
        ("2024-03-10", "2026-03-10", 1),
        ("2024-03-10", "2026-03-11", 1),
        (None, "2026-03-10", 0),
    ],
)
def test_cp_plan_ends_after_two_years(tmp_path: Path, start: str | None, end: str, long: int) -> None:
    rows = {"ssd_cp_plans": [plan(1, 11, start, end)]}
    assert whole(tmp_path, rows, "CP07", MARCH) == (long, 1)


ENDED = plan(1, 11, "2025-01-01", "2026-03-10")
STILL = need(1, 11, "2025-01-01")


@pytest.mark.parametrize(
    ("rows", "destination"),
    [
        ({"ssd_cin_episodes": [STILL]}, "other"),
        ({}, "closed"),
        ({"ssd_cin_episodes": [need(1, 11, "2025-01-01", "2026-04-07")]}, "closed"),
        ({"ssd_cin_episodes": [need(1, 11, "2025-01-01", "2026-04-08")]}, "other"),
        ({"ssd_cin_episodes": [need(1, 11, "2025-01-01", "2026-04-07", cine_close_reason="RC5")]}, "moved away"),
        ({"ssd_cin_episodes": [need(1, 11, "2025-01-01", "2026-02-10", cine_close_reason="RC5")]}, "moved away"),
        ({"ssd_cin_episodes": [need(1, 11, "2025-01-01", "2026-02-09", cine_close_reason="RC5")]}, "closed"),
        ({"ssd_cin_episodes": [STILL], "ssd_cin_plans": [cin_plan(1, 11, "2026-04-07")]}, "child in need plan"),
        ({"ssd_cin_episodes": [STILL], "ssd_cin_plans": [cin_plan(1, 11, "2026-04-08")]}, "other"),
        ({"ssd_cin_episodes": [STILL], "ssd_cin_plans": [cin_plan(1, 11, "2025-06-01", "2026-03-10")]}, "other"),
        (
            {"ssd_cla_episodes": [episode(1, 11, "2026-03-01")], "ssd_cin_plans": [cin_plan(1, 11, "2026-03-10")]},
            "in care",
        ),
        ({"ssd_cin_episodes": [STILL], "ssd_cin_plans": [cin_plan(1, 12, "2026-03-10")]}, "other"),
    ],
)
def test_cp_plan_ends_by_destination(tmp_path: Path, rows: dict[str, Any], destination: str) -> None:
    found = groups(tmp_path, {"ssd_cp_plans": [ENDED], **rows}, "CP19", MARCH, "destination")
    assert found == {destination: 1}


def test_cp_plan_ends_in_the_year_to_date_and_by_age(tmp_path: Path) -> None:
    rows = {
        "ssd_cp_plans": [
            plan(1, 11, "2025-01-01", "2025-05-31"),
            plan(2, 12, "2025-01-01", "2026-03-31"),
            plan(3, 13, "2025-01-01"),
        ],
        "ssd_person": [child(11, 28), child(12, 30)],
    }
    assert whole(tmp_path / "a", rows, "CP23", YEAR, kinds=("year_to_date",)) == (2, None)
    # 28 months on 31 October is 11 months on 31 May seventeen months before; 30 is 23 seven months before.
    by_age = {"kinds": ("year_to_date",), "breakdowns": ("age_band",)}
    assert groups(tmp_path / "b", rows, "CP23", YEAR, "age_band", **by_age) == {"under 1": 1, "1 to 4": 1}
