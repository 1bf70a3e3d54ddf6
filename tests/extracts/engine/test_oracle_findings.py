"""The smallest cases in which the engine and the second implementation once gave different counts."""

from datetime import date
from pathlib import Path

import pytest

from .subjects.counted import cin_plan, episode, groups, placement, status, whole


def test_cin_plan_ends_knows_early_help_of_our_own_table(tmp_path: Path) -> None:
    helped = {
        "epis_id": 1,
        "epis_person_id": 11,
        "epis_kind": "EARLY_HELP",
        "epis_start_date": date(2026, 3, 20),
    }
    rows = {"ssd_cin_plans": [cin_plan(1, 11, "2026-01-05", "2026-03-10")], "trefoil_episodes": [helped]}
    assert groups(tmp_path, rows, "CN05", "2026-03", "destination") == {"early help": 1}


@pytest.mark.parametrize(
    ("first_ends", "in_care", "came"),
    [(None, 1, 0), ("2026-05-01", 1, 0), ("2026-02-10", 1, 1)],
)
def test_stays_of_a_child_do_not_overlap(tmp_path: Path, first_ends: str | None, in_care: int, came: int) -> None:
    # An episode that was never closed, while others under it ended and began.
    rows = {
        "ssd_cla_episodes": [
            episode(1, 11, "2025-01-01", first_ends, "X1" if first_ends else None),
            episode(2, 11, "2026-01-05", "2026-02-10", "E4A"),
            episode(3, 11, "2026-02-10"),
        ]
    }
    assert whole(tmp_path / "open", rows, "CL01", "2026-03") == (in_care, None)
    assert whole(tmp_path / "came", rows, "CL03", "2026-02") == (came, None)


@pytest.mark.parametrize(("under", "three"), [("V2", 1), ("V4", 0)])
def test_care_homes_of_a_child_who_was_not_looked_after_do_not_count(tmp_path: Path, under: str, three: int) -> None:
    # Short breaks have placements too, and are no care.
    rows = {
        "ssd_cla_episodes": [episode(1, 11, "2026-04-01", "2026-05-01", "X1"), episode(2, 11, "2026-05-01")],
        "ssd_legal_status": [status(1, 11, under, "2026-04-01", "2026-05-01"), status(2, 11, "V2", "2026-05-01")],
        "ssd_cla_placement": [
            placement(1, 11, "K2", "2026-04-01", "2026-04-10"),
            placement(2, 11, "U6", "2026-04-10", "2026-05-01"),
            placement(3, 11, "U6", "2026-05-01"),
        ],
    }
    assert whole(tmp_path, rows, "CL05", "2026-06") == (three, 1)
