"""Visits to children in care, and their reviews. One store holds a child for each case, to count in one go."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from .counted import AS_AT, day, episode, placement, whole

MARCH = "2026-03"
Row = dict[str, Any]


def _visit(of: int, on: str, *, seen: bool | None = True) -> Row:
    return {
        "clav_cla_visit_id": of,
        "clav_person_id": of,
        "clav_cla_visit_date": day(on),
        "clav_cla_visit_seen": seen,
    }


@pytest.mark.parametrize(
    ("kind", "placed", "visits", "figure"),
    [
        ("U6", "2026-03-24", [], (0, 1)),
        ("U6", "2026-03-25", [], (0, 0)),
        ("U6", "2026-03-24", ["2026-03-23"], (0, 1)),
        ("U6", "2026-03-24", ["2026-03-24"], (1, 1)),
        ("U6", "2025-06-01", ["2026-02-16"], (0, 1)),
        ("U6", "2025-06-01", ["2026-02-17"], (1, 1)),
        ("U6", "2025-06-01", ["2026-04-01"], (0, 1)),
        # Three months in a lasting home of a year.
        ("U4", "2025-03-31", ["2025-12-31"], (1, 1)),
        ("U4", "2025-03-31", ["2025-12-30"], (0, 1)),
        ("U4", "2025-04-01", ["2025-12-31"], (0, 1)),
        ("U6", "2025-03-31", ["2025-12-31"], (0, 1)),
        ("U1", "2024-01-01", ["2025-12-31"], (1, 1)),
    ],
)
def test_care_visits_in_time(
    tmp_path: Path, kind: str, placed: str, visits: list[str], figure: tuple[int, int]
) -> None:
    rows = {
        "ssd_cla_episodes": [episode(1, 11, "2023-06-01")],
        "ssd_cla_placement": [placement(1, 11, "U5", "2023-06-01", placed), placement(2, 11, kind, placed)],
        "ssd_cla_visits": [_visit(11, on) for on in visits],
    }
    assert whole(tmp_path, rows, "CL07", MARCH) == figure


def test_care_visits_count_when_the_child_was_seen(tmp_path: Path) -> None:
    rows = {
        "ssd_cla_episodes": [episode(number, number, "2025-01-01") for number in (11, 12, 13)],
        "ssd_cla_visits": [
            _visit(11, "2026-03-20"),
            _visit(12, "2026-03-20", seen=False),
            _visit(13, "2026-03-20", seen=None),
        ],
    }
    assert whole(tmp_path, rows, "CL07", MARCH) == (1, 3)


def _review(number: int, on: str | None, *, cancelled: bool | None = False, of: int = 500) -> Row:
    return {
        "clar_cla_review_id": number,
        "clar_cla_id": of,
        "clar_cla_review_date": day(on),
        "clar_cla_review_cancelled": cancelled,
    }


def _reviewed(
    folder: Path, start: str, days: list[str], period: str, end: str | None = None, **more: Any
) -> tuple[int, int | None] | None:
    rows = {
        "ssd_cla_episodes": [episode(1, 11, start, end, "E4A" if end else None, clae_cla_id=500)],
        "ssd_cla_reviews": [_review(number, on) for number, on in enumerate(days, 1)],
    }
    return whole(folder, rows, "CL08", period, **more)


@pytest.mark.parametrize(
    ("start", "days", "period", "figure"),
    [
        # From Monday 2 March 2026 the 20th working day is Monday 30 March.
        ("2026-03-02", [], MARCH, (0, 1)),
        ("2026-03-02", ["2026-03-30"], MARCH, (1, 1)),
        ("2026-03-02", ["2026-03-31"], MARCH, (0, 1)),
        ("2026-03-02", ["2026-03-02"], MARCH, (0, 1)),
        ("2026-03-03", [], MARCH, (0, 1)),
        # Good Friday and Easter Monday of 2026 are no working days: from 13 March it is 14 April.
        ("2026-03-13", [], MARCH, (0, 0)),
        ("2026-03-13", ["2026-04-14"], "2026-04", (1, 1)),
        ("2026-03-13", ["2026-04-15"], "2026-04", (0, 1)),
        # The second is due three months after the first, later ones after six.
        ("2025-12-01", ["2025-12-20", "2026-03-20"], MARCH, (1, 1)),
        ("2025-12-01", ["2025-12-20", "2026-03-21"], MARCH, (0, 1)),
        ("2025-12-01", ["2025-12-20", "2026-02-01"], MARCH, (1, 1)),
        ("2025-05-01", ["2025-05-20", "2025-08-20", "2026-02-20"], "2026-02", (1, 1)),
        ("2025-05-01", ["2025-05-20", "2025-08-20", "2026-02-21"], "2026-02", (0, 1)),
        ("2025-05-01", ["2025-05-20", "2025-08-20"], MARCH, (0, 0)),
        ("2025-05-01", ["2025-05-20", "2025-08-20", "2025-08-20"], "2026-02", (0, 1)),
    ],
)
def test_care_reviews_in_time(
    tmp_path: Path, start: str, days: list[str], period: str, figure: tuple[int, int]
) -> None:
    assert _reviewed(tmp_path, start, days, period) == figure


@pytest.mark.parametrize(("end", "due"), [("2026-03-30", 0), ("2026-03-31", 1), (None, 1)])
def test_care_reviews_fall_due_while_in_care(tmp_path: Path, end: str | None, due: int) -> None:
    assert _reviewed(tmp_path, "2026-03-02", [], MARCH, end) == (0, due)


def test_care_reviews_cancelled_or_of_another_child_do_not_count(tmp_path: Path) -> None:
    rows = {
        "ssd_cla_episodes": [
            episode(1, 11, "2026-03-02", "2026-03-10", "X1", clae_cla_id=500),
            episode(2, 11, "2026-03-10", clae_cla_id=500),
            episode(3, 12, "2026-03-02", clae_cla_id=600),
        ],
        "ssd_cla_reviews": [
            _review(1, "2026-03-20", cancelled=True),
            _review(2, None),
            _review(3, "2026-03-20", of=600, cancelled=None),
            _review(4, "2026-03-20", of=700),
        ],
    }
    assert whole(tmp_path, rows, "CL08", MARCH) == (1, 2)


def test_care_reviews_of_before_the_extract_are_not_missed(tmp_path: Path) -> None:
    covers = {"ssd_cla_reviews": (date(2025, 1, 1), AS_AT)}
    days = ["2025-03-20", "2025-09-20"]
    assert _reviewed(tmp_path / "six months", "2024-12-31", days, "2025-09", covers=covers) == (1, 1)
    assert _reviewed(tmp_path / "too soon", "2024-12-31", days, "2025-06", covers=covers) is None
    assert _reviewed(tmp_path / "seen whole", "2025-02-24", days, "2025-09", covers=covers) == (0, 0)
