"""Homes of children in care."""

from pathlib import Path
from typing import Any

import pytest

from .counted import child, episode, placement, whole

MARCH = "2026-03"
Row = dict[str, Any]


def _rows(*placements: Row, start: str = "2023-01-01", age: int = 100) -> dict[str, list[Row]]:
    return {
        "ssd_cla_episodes": [episode(1, 11, start)],
        "ssd_cla_placement": list(placements),
        "ssd_person": [child(11, age)],
    }


FIRST = placement(1, 11, "U6", "2024-01-01", "2025-06-01")
SECOND = placement(2, 11, "K2", "2025-06-01", "2025-09-01")
THIRD = placement(3, 11, "U4", "2025-09-01")


@pytest.mark.parametrize(
    ("placements", "three"),
    [
        ([FIRST, SECOND, THIRD], 1),
        ([FIRST, SECOND], 0),
        ([placement(1, 11, "U6", "2024-01-01", "2025-04-01"), SECOND, THIRD], 0),
        ([placement(1, 11, "U6", "2024-01-01", "2025-04-02"), SECOND, THIRD], 1),
        ([FIRST, SECOND, placement(3, 11, "U4", "2026-03-31")], 1),
        ([FIRST, SECOND, placement(3, 11, "U4", "2026-04-01")], 0),
        # A hospital is no home, and the return to the home before it is no new one.
        ([FIRST, placement(2, 11, "T1", "2025-06-01", "2025-06-08"), placement(3, 11, "U6", "2025-06-08")], 0),
        (
            [
                FIRST,
                placement(2, 11, "T1", "2025-06-01", "2025-06-08"),
                placement(3, 11, "K2", "2025-06-08", "2025-09-01"),
                placement(4, 11, "U4", "2025-09-01"),
            ],
            1,
        ),
        # Without the hospital between, the same kind of home again is another home.
        ([FIRST, placement(2, 11, "U6", "2025-06-01", "2025-09-01"), THIRD], 1),
        # A home of no days is none.
        ([FIRST, placement(2, 11, "K2", "2025-06-01", "2025-06-01"), placement(3, 11, "U4", "2025-06-01")], 0),
        # The first was never closed: it ends when the next begins.
        ([placement(1, 11, "U6", "2024-01-01"), placement(2, 11, "K2", "2025-02-01", "2025-09-01"), THIRD], 0),
        ([], 0),
    ],
)
def test_care_homes_three_since_april(tmp_path: Path, placements: list[Row], three: int) -> None:
    assert whole(tmp_path, _rows(*placements), "CL05", MARCH) == (three, 1)


def test_care_homes_are_counted_anew_from_april(tmp_path: Path) -> None:
    assert whole(tmp_path, _rows(FIRST, SECOND, THIRD), "CL05", "2026-04") == (0, 1)


@pytest.mark.parametrize(
    ("start", "age_in_october", "counted"),
    [("2023-09-30", 100, 1), ("2023-10-01", 100, 0), ("2023-09-01", 198, 1), ("2023-09-01", 199, 0)],
)
def test_care_homes_long_term_care(tmp_path: Path, start: str, age_in_october: int, counted: int) -> None:
    """Two and a half years to 31 March 2026; under sixteen is 191 months in March and 198 in October."""
    rows = _rows(placement(1, 11, "U6", start), start=start, age=age_in_october)
    assert whole(tmp_path, rows, "CL06", MARCH) == (counted, counted)


@pytest.mark.parametrize(
    ("placements", "stable"),
    [
        ([placement(1, 11, "U6", "2024-03-31")], 1),
        ([placement(1, 11, "U6", "2024-04-01")], 0),
        ([placement(1, 11, "U6", "2023-01-01", "2025-06-01"), placement(2, 11, "U4", "2025-06-01")], 0),
        # Placed for adoption: the home before it counts too, when it ended no more than a day before.
        ([placement(1, 11, "U6", "2023-01-01", "2025-06-01"), placement(2, 11, "A5", "2025-06-01")], 1),
        ([placement(1, 11, "U6", "2023-01-01", "2025-06-01"), placement(2, 11, "A5", "2025-06-02")], 1),
        ([placement(1, 11, "U6", "2023-01-01", "2025-06-01"), placement(2, 11, "A5", "2025-06-03")], 0),
        (
            [
                placement(1, 11, "U6", "2023-01-01", "2025-06-01"),
                placement(2, 11, "T2", "2025-06-01", "2025-06-15"),
                placement(3, 11, "U6", "2025-06-15"),
            ],
            1,
        ),
        ([], 0),
    ],
)
def test_care_homes_same_for_two_years(tmp_path: Path, placements: list[Row], stable: int) -> None:
    assert whole(tmp_path, _rows(*placements), "CL06", MARCH) == (stable, 1)
