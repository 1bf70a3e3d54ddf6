"""Visits to children with a child protection plan."""

from pathlib import Path
from typing import Any

import pytest

from .counted import child, day, plan, whole

MARCH, APRIL = "2026-03", "2026-04"
Row = dict[str, Any]


def _visit(
    number: int, on: str | None, *, of_plan: int | None = 1, seen: bool | None = True, alone: bool | None = None
) -> Row:
    return {
        "cppv_cp_visit_id": number,
        "cppv_cp_plan_id": of_plan,
        "cppv_cp_visit_date": day(on),
        "cppv_cp_visit_seen": seen,
        "cppv_cp_visit_seen_alone": alone,
    }


def _rows(*visits: Row) -> dict[str, list[Row]]:
    return {"ssd_cp_plans": [plan(1, 11, "2025-01-01")], "ssd_cp_visits": list(visits)}


@pytest.mark.parametrize(
    ("on", "period", "seen"),
    [
        # Ten working days back from Tuesday 31 March 2026 is Tuesday 17 March.
        ("2026-03-16", MARCH, 0),
        ("2026-03-17", MARCH, 1),
        ("2026-03-31", MARCH, 1),
        ("2026-04-01", MARCH, 0),
        # From Thursday 30 April: Good Friday and Easter Monday are before 16 April, so that is the day.
        ("2026-04-15", APRIL, 0),
        ("2026-04-16", APRIL, 1),
        # The end of May 2026 is a Sunday after a bank holiday: ten working days back is Thursday 14 May.
        ("2026-05-13", "2026-05", 0),
        ("2026-05-14", "2026-05", 1),
        ("2026-05-16", "2026-05", 1),
        (None, MARCH, 0),
    ],
)
def test_cp_visits_within_ten_working_days(tmp_path: Path, on: str | None, period: str, seen: int) -> None:
    assert whole(tmp_path, _rows(_visit(1, on)), "CP09", period) == (seen, 1)


@pytest.mark.parametrize(
    ("visits", "seen"),
    [
        ([_visit(1, "2026-03-25", seen=False)], 0),
        ([_visit(1, "2026-03-25", seen=None)], 0),
        ([_visit(1, "2026-03-25", of_plan=2)], 0),
        ([_visit(1, "2026-03-25", of_plan=None)], 0),
        ([_visit(1, "2026-03-10"), _visit(2, "2026-03-25", seen=False), _visit(3, "2026-03-20")], 1),
    ],
)
def test_cp_visits_count_when_the_child_was_seen(tmp_path: Path, visits: list[Row], seen: int) -> None:
    assert whole(tmp_path, _rows(*visits), "CP09", MARCH) == (seen, 1)


@pytest.mark.parametrize(
    ("on", "period", "seen"),
    [
        ("2026-03-02", MARCH, 0),
        ("2026-03-03", MARCH, 1),
        ("2026-01-30", "2026-02", 0),
        ("2026-01-31", "2026-02", 1),
    ],
)
def test_cp_visits_within_four_weeks(tmp_path: Path, on: str, period: str, seen: int) -> None:
    assert whole(tmp_path, _rows(_visit(1, on)), "CP11", period) == (seen, 1)


def test_cp_visits_to_children_under_five(tmp_path: Path) -> None:
    rows = {
        "ssd_cp_plans": [plan(1, 11, "2025-01-01"), plan(2, 12, "2025-01-01"), plan(3, 13, "2025-01-01")],
        "ssd_cp_visits": [_visit(1, "2026-03-25"), _visit(2, "2026-03-25", of_plan=2)],
        "ssd_person": [child(11, 66), child(12, 67), child(13, 20)],
    }
    assert whole(tmp_path, rows, "CP10", MARCH) == (1, 2)


@pytest.mark.parametrize(
    ("visits", "alone"),
    [
        ([_visit(1, "2026-03-25", alone=True)], 1),
        ([_visit(1, "2026-03-25", alone=False)], 0),
        ([_visit(1, "2026-03-25")], 0),
        ([_visit(1, "2026-03-20", alone=True), _visit(2, "2026-03-25", alone=False)], 0),
        ([_visit(1, "2026-03-20", alone=False), _visit(2, "2026-03-25", alone=True)], 1),
        ([_visit(1, "2026-03-25", alone=False), _visit(2, "2026-03-25", alone=True)], 1),
        ([_visit(1, "2025-06-20", alone=True)], 1),
        ([_visit(1, "2026-03-20", alone=True), _visit(2, "2026-04-02", alone=False)], 1),
        ([], 0),
    ],
)
def test_cp_visits_seen_alone_at_the_last(tmp_path: Path, visits: list[Row], alone: int) -> None:
    assert whole(tmp_path, _rows(*visits), "CP24", MARCH) == (alone, 1)
