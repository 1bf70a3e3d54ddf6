"""Reviews of child protection plans."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from .counted import AS_AT, day, plan, whole

MARCH = "2026-03"


def _review(number: int, of_plan: int, on: str | None, part: str | None = None) -> dict[str, Any]:
    return {
        "cppr_cp_review_id": number,
        "cppr_person_id": of_plan + 10,
        "cppr_cp_plan_id": of_plan,
        "cppr_cp_review_date": day(on),
        "cppr_cp_review_participation": part,
    }


def _reviewed(
    folder: Path, start: str, days: list[str], period: str = MARCH, **more: Any
) -> tuple[int, int | None] | None:
    rows = {
        "ssd_cp_plans": [plan(1, 11, start)],
        "ssd_cp_reviews": [_review(number, 1, on) for number, on in enumerate(days, 1)],
    }
    return whole(folder, rows, "CP08", period, **more)


@pytest.mark.parametrize(
    ("start", "counted"), [("2025-12-31", 1), ("2026-01-01", 0), ("2025-12-01", 1), ("2026-03-31", 0)]
)
def test_cp_reviews_counts_plans_of_three_months(tmp_path: Path, start: str, counted: int) -> None:
    found = _reviewed(tmp_path, start, [])
    assert found == (0, counted)


@pytest.mark.parametrize(
    ("start", "days", "in_time"),
    [
        # The first review is due three months after the start.
        ("2025-12-15", ["2026-03-14"], 1),
        ("2025-12-15", ["2026-03-15"], 1),
        ("2025-12-15", ["2026-03-16"], 0),
        ("2025-12-15", ["2026-04-01"], 0),
        ("2025-12-31", ["2026-03-31"], 1),
        ("2025-12-31", [], 0),
        # On the day the plan started there is a conference and no review.
        ("2025-12-15", ["2025-12-15"], 0),
        ("2025-12-15", ["2025-12-01"], 0),
        # Later ones are due six months after the one before.
        ("2025-06-10", ["2025-09-10", "2026-03-10"], 1),
        ("2025-06-10", ["2025-09-10", "2026-03-11"], 0),
        ("2025-06-10", ["2025-09-10"], 0),
        ("2025-06-10", ["2025-09-10", "2025-10-01"], 1),
        ("2025-06-10", ["2025-09-10", "2025-09-10", "2026-03-10"], 1),
        # 31 August and six months is 28 February.
        ("2025-06-01", ["2025-08-31", "2026-02-28"], 1),
        ("2025-06-01", ["2025-08-31", "2026-03-01"], 0),
    ],
)
def test_cp_reviews_held_in_time(tmp_path: Path, start: str, days: list[str], in_time: int) -> None:
    assert _reviewed(tmp_path, start, days) == (in_time, 1)


def test_cp_reviews_review_after_the_day_is_not_late_yet(tmp_path: Path) -> None:
    """Due on 10 September: at the end of March nothing is late, whenever it is held after that."""
    assert _reviewed(tmp_path / "a", "2025-12-10", ["2026-03-10", "2026-10-20"]) == (1, 1)
    assert _reviewed(tmp_path / "b", "2025-12-10", ["2026-03-10", "2026-10-20"], "2026-09") == (0, 1)


@pytest.mark.parametrize(("period", "in_time"), [("2025-03", 0), ("2025-04", 1), ("2025-09", 1), ("2025-10", 0)])
def test_cp_reviews_late_one_counts_for_twelve_months(tmp_path: Path, period: str, in_time: int) -> None:
    """The first was due on 1 April 2024 and held a day later; the next were in time, to 2 October 2025."""
    days = ["2024-04-02", "2024-10-02", "2025-04-02"]
    assert _reviewed(tmp_path, "2024-01-01", days, period) == (in_time, 1)


def test_cp_reviews_of_before_the_extract_are_not_missed(tmp_path: Path) -> None:
    covers = {"ssd_cp_reviews": (date(2024, 1, 1), AS_AT)}
    days = ["2025-02-01", "2025-08-01", "2026-02-01"]
    assert _reviewed(tmp_path / "before", "2023-12-31", days, covers=covers) == (1, 1)
    assert _reviewed(tmp_path / "within", "2024-01-01", ["2024-07-01", *days], covers=covers) == (1, 1)
    assert _reviewed(tmp_path / "too soon", "2023-12-31", days, "2025-06", covers=covers) is None


def test_cp_reviews_conferences_the_child_took_part_in(tmp_path: Path) -> None:
    codes = ["PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7", None]
    reviews = [_review(number, 1, "2026-03-31", code) for number, code in enumerate(codes, 1)]
    reviews += [_review(20, 1, "2026-04-01", "PN1"), _review(21, 2, "2026-03-10", "PN1"), _review(22, 1, None, "PN1")]
    rows = {
        "ssd_cp_plans": [plan(1, 11, "2025-01-01"), plan(2, 12, "2025-01-01", cppl_cp_plan_ola=True)],
        "ssd_cp_reviews": reviews,
    }
    assert whole(tmp_path / "part", rows, "CP16", MARCH) == (2, 7)
    assert whole(tmp_path / "views", rows, "CP17", MARCH) == (5, 7)
