"""Stays in care: what is one, when it begins and ends, and short breaks."""

from pathlib import Path
from typing import Any

import pytest

from .counted import counted, episode, status, whole

MARCH = "2026-03"
Row = dict[str, Any]


@pytest.mark.parametrize(
    ("start", "end", "in_care"),
    [
        ("2026-03-31", None, 1),
        ("2026-04-01", None, 0),
        ("2026-01-01", "2026-03-31", 0),
        ("2026-01-01", "2026-04-01", 1),
        ("2026-03-31", "2026-03-31", 0),
        ("2026-05-01", "2026-01-01", 0),
        (None, None, 0),
    ],
)
def test_care_counts_children_in_care_on_the_last_day(
    tmp_path: Path, start: str | None, end: str | None, in_care: int
) -> None:
    rows = {"ssd_cla_episodes": [episode(1, 11, start, end, "E4A" if end else None), episode(9, 99, "2020-01-01")]}
    assert whole(tmp_path, rows, "CL01", MARCH) == (in_care + 1, None)


@pytest.mark.parametrize(
    ("statuses", "in_care"),
    [
        ([status(1, 11, "V3", "2026-03-01")], 0),
        ([status(1, 11, "V4", "2025-01-01")], 0),
        ([status(1, 11, "V2", "2026-03-01")], 1),
        ([status(1, 11, "V4", "2025-01-01", "2026-03-01")], 1),
        ([status(1, 11, "V4", "2025-01-01", "2026-03-02")], 0),
        ([status(1, 11, "V4", "2026-03-02")], 1),
        ([status(1, 11, "V2", "2026-01-01"), status(2, 11, "V4", "2026-03-01")], 0),
        ([status(1, 11, "V4", "2026-03-01"), status(2, 11, "V2", "2026-03-01")], 1),
        ([status(1, 12, "V4", "2025-01-01")], 1),
        ([], 1),
    ],
)
def test_care_leaves_out_short_breaks(tmp_path: Path, statuses: list[Row], in_care: int) -> None:
    rows = {"ssd_cla_episodes": [episode(1, 11, "2026-03-01")], "ssd_legal_status": statuses}
    assert whole(tmp_path, rows, "CL01", MARCH) == (in_care, None)


# Each: the episodes of a child, the days its stays began and the days they ended (by month).
CHAINS = [
    pytest.param(
        [episode(1, 11, "2026-01-05", "2026-02-10", "X1"), episode(2, 11, "2026-02-10")], ["2026-01"], [], id="same day"
    ),
    pytest.param(
        [episode(1, 11, "2026-01-05", "2026-02-10", "X1"), episode(2, 11, "2026-02-11")], ["2026-01"], [], id="next day"
    ),
    pytest.param(
        [episode(1, 11, "2026-01-05", "2026-02-10", "X1"), episode(2, 11, "2026-02-12")],
        ["2026-01", "2026-02"],
        ["2026-02"],
        id="a day between",
    ),
    pytest.param(
        [episode(1, 11, "2026-01-05", "2026-02-10", "E4A"), episode(2, 11, "2026-02-10")],
        ["2026-01", "2026-02"],
        ["2026-02"],
        id="left and came back",
    ),
    pytest.param(
        [episode(1, 11, "2026-01-05", "2026-02-10"), episode(2, 11, "2026-02-10")], ["2026-01"], [], id="no reason"
    ),
    pytest.param(
        [episode(1, 11, "2026-01-05"), episode(2, 11, "2026-02-10", "2026-03-01", "E4A")],
        ["2026-01"],
        [],
        id="never closed",
    ),
    pytest.param(
        [
            episode(1, 11, "2026-01-05", "2026-03-20", "X1"),
            episode(2, 11, "2026-02-01", "2026-02-10", "X1"),
            episode(3, 11, "2026-03-20", "2026-03-31", "E11"),
        ],
        ["2026-01"],
        ["2026-03"],
        id="one inside another",
    ),
    pytest.param(
        [episode(1, 11, "2026-02-10", "2026-02-10", "E4A")], ["2026-02"], ["2026-02"], id="came and left on a day"
    ),
    pytest.param(
        [
            episode(2, 11, "2026-02-10", "2026-02-10", "X1"),
            episode(1, 11, "2026-01-05", "2026-02-10", "X1"),
            episode(3, 11, "2026-02-10", "2026-03-01", "E47"),
        ],
        ["2026-01"],
        ["2026-03"],
        id="three on one day",
    ),
]


@pytest.mark.parametrize(("episodes", "began", "ended"), CHAINS)
def test_care_starts_and_ends_of_stays(tmp_path: Path, episodes: list[Row], began: list[str], ended: list[str]) -> None:
    months = ("2026-01", "2026-02", "2026-03")
    rows = {"ssd_cla_episodes": episodes}
    starts, ends = counted(tmp_path / "s", rows, "CL03"), counted(tmp_path / "e", rows, "CL29")
    assert [month for month in months if starts[month, "", ""][0]] == began
    # The denominator of CL29 is of twelve months: the first month it is 1 in is that of the end.
    first = [month for month in months if ends[month, "", ""][1]][:1]
    assert first == ended


def test_care_stay_ends_when_short_breaks_follow(tmp_path: Path) -> None:
    rows = {
        "ssd_cla_episodes": [episode(1, 11, "2026-01-05", "2026-02-10", "X1"), episode(2, 11, "2026-02-10")],
        "ssd_legal_status": [status(1, 11, "V2", "2026-01-05", "2026-02-10"), status(2, 11, "V4", "2026-02-10")],
    }
    assert whole(tmp_path, rows, "CL01", "2026-01") == (1, None)
    assert whole(tmp_path / "after", rows, "CL01", "2026-02") == (0, None)


def test_care_starts_counts_a_child_once(tmp_path: Path) -> None:
    rows = {
        "ssd_cla_episodes": [
            episode(1, 11, "2026-03-01", "2026-03-05", "E4A"),
            episode(2, 11, "2026-03-20"),
            episode(3, 12, "2026-03-31"),
        ]
    }
    assert whole(tmp_path, rows, "CL03", MARCH) == (2, None)


def test_care_starts_by_police_protection(tmp_path: Path) -> None:
    rows = {
        "ssd_cla_episodes": [episode(1, 11, "2026-03-01"), episode(2, 12, "2026-03-01"), episode(3, 13, "2026-03-01")],
        "ssd_legal_status": [
            status(1, 11, "L1", "2026-03-01", "2026-03-03"),
            status(2, 11, "V2", "2026-03-03"),
            status(3, 12, "V2", "2026-03-01"),
            status(4, 13, "L1", "2026-02-01", "2026-02-03"),
        ],
    }
    assert whole(tmp_path, rows, "CL20", MARCH) == (1, 3)


def test_care_ends_by_adoption_and_guardianship(tmp_path: Path) -> None:
    reasons = ["E11", "E12", "E45", "E46", "E47", "E48", "E4A", "X1", None]
    episodes = [episode(number, number, "2025-01-01", "2026-03-31", code) for number, code in enumerate(reasons, 1)]
    rows = {"ssd_cla_episodes": [*episodes, episode(20, 20, "2025-01-01", "2026-04-01", "E11")]}
    assert whole(tmp_path / "a", rows, "CL16", MARCH) == (2, None)
    assert whole(tmp_path / "b", rows, "CL17", MARCH) == (4, None)
    assert whole(tmp_path / "c", rows, "CL29", MARCH) == (2, 9)
    assert whole(tmp_path / "d", rows, "CL30", "2026-04") == (4, 10)
