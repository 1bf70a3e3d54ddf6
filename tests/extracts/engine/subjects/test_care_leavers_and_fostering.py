"""Care leavers, and children who are privately fostered: what an extract keeps of the present."""

from pathlib import Path
from typing import Any

import pytest

from .counted import child, counted, day, groups, whole

LAST = "2026-10"
Row = dict[str, Any]


def _leaver(of: int, kind: str | None = "Former Relevant", contact: str | None = "2026-10-01", **more: Any) -> Row:
    return {
        "clea_table_id": of,
        "clea_person_id": of,
        "clea_care_leaver_eligibility": kind,
        "clea_care_leaver_latest_contact": day(contact),
        **more,
    }


def test_care_leavers_only_in_the_last_month(tmp_path: Path) -> None:
    rows = {"ssd_care_leavers": [_leaver(11)]}
    assert {period for period, breakdown, _ in counted(tmp_path, rows, "CV01") if not breakdown} == {LAST}


def test_care_leavers_by_right_to_help_and_age(tmp_path: Path) -> None:
    kinds = ["Relevant", "Former Relevant", "Qualifying", "Eligible", "No Current Eligibility", None]
    rows = {
        "ssd_care_leavers": [_leaver(number, kind) for number, kind in enumerate(kinds, 11)],
        "ssd_person": [child(11, 17 * 12 + 11), child(12, 18 * 12), child(13, 22 * 12), child(14, 19 * 12)],
    }
    assert whole(tmp_path / "a", rows, "CV01", LAST) == (3, None)
    assert groups(tmp_path / "b", rows, "CV01", LAST, "age") == {"17": 1, "18": 1, "22 and over": 1}


def test_care_leavers_aged_19_to_21(tmp_path: Path) -> None:
    """19 to 21 is 228 to 263 months."""
    states = {11: (227, "F1"), 12: (228, "F1"), 13: (263, "P5"), 14: (264, "F1"), 15: (240, "G5"), 16: (240, "0")}
    rows = {
        "ssd_care_leavers": [
            _leaver(
                number,
                clea_care_leaver_activity=activity,
                clea_care_leaver_accom_suitable="1" if number == 12 else "2",
                clea_care_leaver_in_touch="NO" if number == 16 else "YES",
                clea_care_leaver_accommodation="Z" if number == 12 else None,
            )
            for number, (_, activity) in states.items()
        ],
        "ssd_person": [child(number, age) for number, (age, _) in states.items()],
    }
    for indicator, figure in {"CV02": (2, 4), "CV03": (1, 4), "CV08": (1, 4), "CV09": (1, 4), "CV10": (1, 4)}.items():
        assert whole(tmp_path / indicator, rows, indicator, LAST) == figure
    assert whole(tmp_path / "CV05", rows, "CV05", LAST) == (3, 4)
    homes = groups(tmp_path / "CV07", rows, "CV07", LAST, "accommodation")
    assert homes == {"with former foster carer": 1, "not known": 3}


def test_care_leavers_in_touch_and_with_a_plan(tmp_path: Path) -> None:
    days = {11: "2025-11-01", 12: "2025-10-31", 13: "2026-05-01", 14: "2026-04-30", 15: None}
    rows = {
        "ssd_care_leavers": [
            _leaver(number, contact=on, clea_pathway_plan_review_date=day(on)) for number, on in days.items()
        ]
        + [_leaver(16, "Qualifying", "2026-10-01")]
    }
    assert whole(tmp_path / "touch", rows, "CV04", LAST) == (4, 6)
    assert whole(tmp_path / "plan", rows, "CV06", LAST) == (1, 5)


def test_care_leavers_latest_row_counts(tmp_path: Path) -> None:
    rows = {
        "ssd_care_leavers": [
            _leaver(11, "Qualifying", "2026-01-01"),
            {**_leaver(11, "Eligible", "2026-10-01"), "clea_table_id": 1},
            {**_leaver(12, "Eligible", None), "clea_table_id": 9},
            {**_leaver(12, "Relevant", None), "clea_table_id": 10},
        ]
    }
    assert whole(tmp_path, rows, "CV01", LAST) == (1, None)


def _fostered(number: int, of: int, start: str, end: str | None = None, visit: str | None = None) -> Row:
    return {
        "epis_id": number,
        "epis_person_id": of,
        "epis_kind": "PRIVATE_FOSTERING",
        "epis_start_date": day(start),
        "epis_end_date": day(end),
        "epis_last_visit_date": day(visit),
    }


@pytest.mark.parametrize(
    ("start", "end", "is_open"),
    [
        ("2026-03-31", None, 1),
        ("2026-04-01", None, 0),
        ("2026-01-01", "2026-03-31", 0),
        ("2026-01-01", "2026-04-01", 1),
    ],
)
def test_private_fostering_open_on_the_day(tmp_path: Path, start: str, end: str | None, is_open: int) -> None:
    rows = {"trefoil_episodes": [_fostered(1, 11, start, end), {**_fostered(2, 12, "2026-01-01"), "epis_kind": "CSE"}]}
    assert whole(tmp_path, rows, "PF01", "2026-03") == (is_open, None)


def test_private_fostering_has_no_figure_where_no_list_was_sent(tmp_path: Path) -> None:
    rows = {"trefoil_episodes": [{**_fostered(2, 12, "2026-01-01"), "epis_kind": "CSE"}]}
    assert whole(tmp_path, rows, "PF01", "2026-03") is None


def test_private_fostering_visits_in_time(tmp_path: Path) -> None:
    """42 days back from 31 October 2026 is 19 September, 84 is 8 August; twelve months is 31 October 2025."""
    cases = [
        ("2026-09-19", "2026-09-19", (1, 1)),
        ("2026-09-20", None, (0, 0)),
        ("2026-01-01", "2026-09-18", (0, 1)),
        ("2026-01-01", "2026-09-19", (1, 1)),
        ("2025-11-01", "2026-08-08", (0, 1)),
        ("2025-10-31", "2026-08-08", (1, 1)),
        ("2025-10-31", "2026-08-07", (0, 1)),
        ("2026-09-10", "2026-09-09", (0, 1)),
        ("2026-01-01", None, (0, 1)),
    ]
    rows = {"trefoil_episodes": [_fostered(n, n, start, None, visit) for n, (start, visit, _) in enumerate(cases, 1)]}
    expected = tuple(sum(figure[place] for _, _, figure in cases) for place in (0, 1))
    found = counted(tmp_path, rows, "PF02")
    assert found == {(LAST, "", ""): expected}
