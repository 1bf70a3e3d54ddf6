"""Early help, counted from small stores."""

from pathlib import Path
from typing import Any

import pytest

from tests.extracts.engine.small_stores import AS_AT, day, figures, write_store
from trefoil.extracts.engine import compute


def _episode(number: int, child: int, start: str, end: str = "", **more: Any) -> dict[str, Any]:
    return {
        "earl_episode_id": number,
        "earl_person_id": child,
        "earl_episode_start_date": day(start),
        "earl_episode_end_date": day(end) if end else None,
        **more,
    }


def test_compute_open_early_help_by_duration_and_lead(tmp_path: Path) -> None:
    rows = [
        _episode(1, 1, "2026-03-31", earl_episode_organisation="EDUCATION"),
        _episode(2, 2, "2025-12-30", earl_episode_organisation="HEALTH"),
        _episode(3, 3, "2025-12-29"),
        _episode(4, 4, "2025-03-31"),
        _episode(5, 5, "2025-03-30"),
        _episode(6, 6, "2026-03-01", "2026-03-31"),
    ]
    store = write_store(tmp_path, {"ssd_early_help_episodes": rows})
    results = compute([store], as_at=AS_AT, indicators=["EH01", "EH04", "EH06"], months=12)
    assert figures(results, "EH01", "2026-03", "")[""] == (5, None)
    durations = {
        "0-3 months": 2,
        "3-6 months": 1,
        "6-9 months": 0,
        "9-12 months": 1,
        "over 1 year": 1,
    }
    assert figures(results, "EH01", "2026-03", "duration") == {name: (n, None) for name, n in durations.items()}
    assert figures(results, "EH04", "2026-03") == {name: (n, 5) for name, n in durations.items()}
    leads = {name: of for name, of in figures(results, "EH06", "2026-03").items() if of[0]}
    assert leads == {"Education setting": (1, 5), "Health": (1, 5), "Unknown": (3, 5)}


def test_compute_early_help_begun_and_ended(tmp_path: Path) -> None:
    rows = [
        _episode(
            1, 1, "2026-03-02", "2026-04-01", earl_episode_end_reason="NEEDS_MET", earl_episode_reason="PARENTING"
        ),
        _episode(2, 2, "2026-03-02", "2026-04-02", earl_episode_end_reason="CONSENT_WITHDRAWN"),
        _episode(3, 3, "2026-02-02", "2026-04-30", earl_episode_end_reason="STEPPED_UP"),
        _episode(4, 4, "2026-03-31", earl_episode_organisation="HOUSING"),
    ]
    store = write_store(tmp_path, {"ssd_early_help_episodes": rows})
    asked = ["EH02", "EH03", "EH05", "EH07", "EH08", "EH11"]
    results = compute([store], as_at=AS_AT, indicators=asked, months=12)
    assert figures(results, "EH02", "2026-03", "")[""] == (3, None)
    assert figures(results, "EH02", "2026-03", "agency")["local authority"] == (1, None)
    assert figures(results, "EH03", "2026-04", "reason")["needs met"] == (1, None)
    assert [figures(results, id_, "2026-04")[""] for id_ in ("EH05", "EH07", "EH08")] == [(1, 3)] * 3
    needs = {name: of[0] for name, of in figures(results, "EH11", "2026-03", "need").items() if of[0]}
    assert needs == {"parenting": 1, "not recorded": 2}


@pytest.mark.parametrize(
    ("earlier", "back"),
    [
        ([("2025-01-01", "2025-06-02")], 1),
        ([("2025-01-01", "2025-06-01")], 0),
        ([("2025-01-01", "2026-06-01")], 1),
        ([("2025-01-01", "2026-06-02")], 0),
        ([("2025-01-01", "")], 0),
        ([("2025-01-01", "2025-12-01"), ("2025-02-01", "")], 0),
        ([("2026-06-01", "2026-06-01")], 1),
        ([], 0),
    ],
)
def test_compute_back_within_12_months(tmp_path: Path, earlier: list[tuple[str, str]], back: int) -> None:
    rows = [_episode(number, 1, start, end) for number, (start, end) in enumerate(earlier)]
    rows += [_episode(9, 1, "2026-06-01"), _episode(10, 2, "2026-06-05")]
    store = write_store(tmp_path, {"ssd_early_help_episodes": rows})
    results = compute([store], as_at=AS_AT, indicators=["EH09"], months=12)
    begun_that_day = 1 if earlier and earlier[0][0] == "2026-06-01" else 0
    assert figures(results, "EH09", "2026-06") == {"": (back, 2 + begun_that_day)}


def test_compute_early_help_from_our_own_table_where_it_holds_any(tmp_path: Path) -> None:
    own = [
        {
            "epis_id": 1,
            "epis_person_id": 1,
            "epis_kind": "EARLY_HELP",
            "epis_start_date": day("2026-03-02"),
            "epis_source_code": "8",
        },
        {"epis_id": 2, "epis_person_id": 2, "epis_kind": "CSE", "epis_start_date": day("2026-03-02")},
    ]
    both = [_episode(1, 1, "2026-03-02"), _episode(2, 3, "2026-03-02")]
    first = write_store(tmp_path, {"trefoil_episodes": own, "ssd_early_help_episodes": both})
    second = write_store(tmp_path, {"trefoil_episodes": own[1:], "ssd_early_help_episodes": both}, area="E09000002")
    results = compute([first, second], as_at=AS_AT, indicators=["EH02", "EH10"], months=12)
    counts = {
        row["area"]: row["numerator"]
        for row in results.rows()
        if (row["indicator"], row["period"], row["breakdown"]) == ("EH02", "2026-03", "")
    }
    assert counts == {"E09000003": 1, "E09000002": 2}
    asked = {(row["area"], row["group"]) for row in results.rows() if row["indicator"] == "EH10" and row["numerator"]}
    assert asked == {("E09000003", ""), ("E09000003", "voluntary sector")}
