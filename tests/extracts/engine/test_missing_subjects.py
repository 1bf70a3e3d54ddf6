"""Missing episodes, return interviews and exploitation, counted from small stores."""

from pathlib import Path
from typing import Any

import pytest

from tests.extracts.engine.small_stores import AS_AT, day, figures, write_store
from trefoil.extracts.engine import compute


def _episode(number: int, child: int, start: str, end: str = "", kind: str | None = None) -> dict[str, Any]:
    return {
        "miss_table_id": number,
        "miss_person_id": child,
        "miss_missing_episode_start_date": day(start),
        "miss_missing_episode_end_date": day(end) if end else None,
        "miss_missing_episode_type": kind,
    }


def _care(number: int, child: int, start: str, end: str = "") -> dict[str, Any]:
    return {
        "clae_cla_episode_id": number,
        "clae_person_id": child,
        "clae_cla_episode_start_date": day(start),
        "clae_cla_episode_ceased_date": day(end) if end else None,
    }


def test_compute_missing_from_home_and_from_care(tmp_path: Path) -> None:
    missing = [
        _episode(1, 1, "2026-03-01"),
        _episode(2, 2, "2026-03-02"),
        _episode(3, 2, "2026-03-09"),
        _episode(4, 3, "2026-03-02", kind="A"),
        _episode(5, 4, "2026-03-05", kind="M"),
    ]
    care = [
        _care(1, 2, "2025-01-01", "2026-03-09"),
        _care(2, 2, "2025-06-01"),
        _care(3, 4, "2025-01-01", "2026-03-05"),
        _care(4, 1, "2026-03-02"),
    ]
    store = write_store(tmp_path, {"ssd_missing": missing, "ssd_cla_episodes": care})
    results = compute([store], as_at=AS_AT, indicators=["MX01", "MX02", "MX03", "MX04"], months=12)
    counts = [figures(results, id_, "2026-03")[""][0] for id_ in ("MX01", "MX02", "MX03", "MX04")]
    assert counts == [2, 2, 1, 2]


@pytest.mark.parametrize(
    ("held", "in_time"),
    [(["2026-03-08"], 1), (["2026-03-09"], 0), (["2026-03-04", "2026-03-05"], 1), (["2026-03-04"], 0), ([], 0)],
)
def test_compute_return_interviews_in_72_hours(tmp_path: Path, held: list[str], in_time: int) -> None:
    interviews = [
        {"rint_id": number, "rint_person_id": 1, "rint_missing_id": 1, "rint_held_date": day(text)}
        for number, text in enumerate(held)
    ]
    rows = {"ssd_missing": [_episode(1, 1, "2026-03-01", "2026-03-05")], "trefoil_return_interviews": interviews}
    results = compute([write_store(tmp_path, rows)], as_at=AS_AT, indicators=["MX05", "MX06"], months=12)
    assert figures(results, "MX05", "2026-03") == {"": (in_time, 1)}
    assert figures(results, "MX06", "2026-03") == {"": (0, 0)}


def test_compute_average_length_of_missing_by_place(tmp_path: Path) -> None:
    missing = [
        _episode(1, 1, "2026-02-27", "2026-03-01"),
        _episode(2, 2, "2026-03-01", "2026-03-01"),
        _episode(3, 3, "2026-03-03", "2026-03-02"),
        _episode(4, 4, "2026-03-03"),
    ]
    rows = {"ssd_missing": missing, "ssd_cla_episodes": [_care(1, 2, "2025-01-01")]}
    results = compute([write_store(tmp_path, rows)], as_at=AS_AT, indicators=["MX07"], months=12)
    assert figures(results, "MX07", "2026-03") == {"": (2, 2), "from home": (2, 1), "from care": (0, 1)}


def test_compute_exploitation_begun_by_group_and_days_so_far(tmp_path: Path) -> None:
    rows = [
        ("CSE", 1, "2026-10-01", ""),
        ("CSE", 1, "2026-10-02", "2026-10-12"),
        ("GANGS", 2, "2026-10-05", "2026-10-06"),
        ("CRIMINAL", 3, "2026-10-05", ""),
        ("NRM", 3, "2026-10-05", ""),
        ("PANEL", 4, "2026-10-05", ""),
        ("PANEL", 4, "2026-10-06", ""),
    ]
    episodes = [
        {
            "epis_id": number,
            "epis_person_id": child,
            "epis_kind": kind,
            "epis_start_date": day(start),
            "epis_end_date": day(end) if end else None,
            "epis_team": 80,
        }
        for number, (kind, child, start, end) in enumerate(rows)
    ]
    people = [{"pers_person_id": 1, "pers_sex": "F", "pers_ethnicity": "MWBC"}]
    missing = [_episode(1, 4, "2026-09-01"), _episode(2, 5, "2026-09-01"), _episode(3, 6, "2026-09-01", kind="A")]
    store = write_store(tmp_path, {"trefoil_episodes": episodes, "ssd_person": people, "ssd_missing": missing})
    asked = ["MX09", "MX10", "MX11", "MX16", "MX17", "MX18", "MX19", "MX20"]
    results = compute([store], as_at=AS_AT, indicators=asked, months=12)
    counts = {id_: figures(results, id_, "2026-10", "")[""] for id_ in asked}
    assert counts == {
        "MX09": (2, None),
        "MX10": (1, None),
        "MX11": (3, None),
        "MX16": (1, None),
        "MX17": (1, None),
        "MX18": (4, None),
        "MX19": (30 + 10, 2),
        "MX20": (1, 1),
    }
    by_ethnicity = figures(results, "MX11", "2026-10", "ethnicity")
    assert {group: of[0] for group, of in by_ethnicity.items() if of[0]} == {"Mixed": 2, "not recorded": 1}
    assert figures(results, "MX11", "2026-10", "team") == {"80": (3, None)}
