"""Strategy discussions, section 47 enquiries and conferences, counted from small stores."""

from pathlib import Path
from typing import Any

import pytest

from tests.extracts.engine.small_stores import AS_AT, day, figures, write_store
from trefoil.extracts.engine import compute


def _enquiry(number: int, start: str, end: str = "", outcome: str = "", nfa: bool | None = None) -> dict[str, Any]:
    return {
        "s47e_s47_enquiry_id": number,
        "s47e_person_id": number,
        "s47e_s47_start_date": day(start),
        "s47e_s47_end_date": day(end) if end else None,
        "s47e_s47_outcome_json": outcome or None,
        "s47e_s47_nfa": nfa,
    }


def _conference(number: int, held: str, enquiry: int | None = None, **more: Any) -> dict[str, Any]:
    return {
        "icpc_icpc_id": number,
        "icpc_person_id": number,
        "icpc_s47_enquiry_id": enquiry,
        "icpc_icpc_date": day(held),
        **more,
    }


def test_compute_who_came_to_strategy_discussions(tmp_path: Path) -> None:
    rows = [
        {"strd_invited": ",POLICE,HEALTH,", "strd_attended": ",POLICE,", "strd_s47_enquiry_id": 5},
        {"strd_invited": ",POLICE,", "strd_attended": None},
        {"strd_invited": ",EDUCATION,HOUSING,OTHER,", "strd_attended": ",HEALTH,"},
    ]
    full = [
        {"strd_id": number, "strd_person_id": 1, "strd_date": day("2026-03-02")} | row
        for number, row in enumerate(rows)
    ]
    asked = [f"SA0{number}" for number in range(1, 8)]
    store = write_store(tmp_path, {"trefoil_strategy_discussions": full})
    results = compute([store], as_at=AS_AT, indicators=asked, months=12)
    assert figures(results, "SA01", "2026-03") == {"": (3, None)}
    assert figures(results, "SA02", "2026-03") == {"": (1, 2)}
    assert figures(results, "SA03", "2026-03") == {"": (0, 1)}
    assert figures(results, "SA05", "2026-03") == {"": (0, 0)}
    assert figures(results, "SA06", "2026-03") == {
        "social care": (0, 3),
        "police": (2, 3),
        "health": (1, 3),
        "education": (1, 3),
        "early help": (0, 3),
        "other": (1, 3),
    }
    assert figures(results, "SA07", "2026-03") == {"": (1, 3)}


def test_compute_enquiries_begun_and_ended(tmp_path: Path) -> None:
    rows = [
        _enquiry(1, "2026-02-20", "2026-03-02", ",CP_CONFERENCE_FLAG,"),
        _enquiry(2, "2026-03-01", "2026-03-31", ",NFA_FLAG,"),
        _enquiry(3, "2026-03-03", "2026-03-03", ",NFA_FLAG,NFA_CONTINUE_SINGLE_FLAG,"),
        _enquiry(4, "2026-03-05", "2026-03-04", nfa=True),
        _enquiry(5, "2026-03-31"),
    ]
    store = write_store(tmp_path, {"ssd_s47_enquiry": rows})
    asked = ["SA08", "SA09", "SA10", "SA11", "SA12"]
    results = compute([store], as_at=AS_AT, indicators=asked, months=12, populations={store.area: {2020: 9000}})
    assert figures(results, "SA08", "2026-03") == {"": (4, None)}
    assert figures(results, "SA09", "2026-03") == {"": (5, 9000)}
    assert figures(results, "SA10", "2026-03") == {"": (1, 4)}
    assert figures(results, "SA11", "2026-03") == {"": (2, 4)}
    # The fourth ends before it starts: how long it was open is not known, so it is in neither figure.
    assert figures(results, "SA12", "2026-03") == {"": (10 + 30 + 0, 3)}


@pytest.mark.parametrize(
    ("start", "held", "in_time"),
    [
        ("2026-03-02", "2026-03-23", 1),
        ("2026-03-02", "2026-03-24", 0),
        ("2026-03-20", "2026-04-14", 1),  # Good Friday and Easter Monday lie between
        ("2026-03-20", "2026-04-15", 0),
        ("2026-03-23", "2026-03-20", 0),
    ],
)
def test_compute_conferences_in_15_working_days(tmp_path: Path, start: str, held: str, in_time: int) -> None:
    rows = {"ssd_s47_enquiry": [_enquiry(1, start)], "ssd_initial_cp_conference": [_conference(1, held, 1)]}
    results = compute([write_store(tmp_path, rows)], as_at=AS_AT, indicators=["SA15"], months=12)
    assert figures(results, "SA15", held[:7]) == {"": (in_time, 1)}


def test_compute_a_conference_is_in_time_when_it_is_for_every_child(tmp_path: Path) -> None:
    conferences = [
        _conference(1, "2026-03-09", 1, icpc_icpc_meeting_id=50),
        _conference(2, "2026-03-09", 2, icpc_icpc_meeting_id=50),
        _conference(3, "2026-03-09", 1),
        _conference(4, "2026-03-09"),
        _conference(5, "2026-03-09", 1, icpc_icpc_transfer_in=True),
    ]
    rows = {
        "ssd_s47_enquiry": [_enquiry(1, "2026-03-02"), _enquiry(2, "2026-01-02")],
        "ssd_initial_cp_conference": conferences,
    }
    results = compute([write_store(tmp_path, rows)], as_at=AS_AT, indicators=["SA13", "SA15", "SA18"], months=12)
    assert figures(results, "SA18", "2026-03") == {"": (4, None)}
    assert figures(results, "SA13", "2026-03", "") == {"": (5, None)}
    assert figures(results, "SA15", "2026-03") == {"": (1, 3)}


def test_compute_children_at_conferences_by_age_and_plan(tmp_path: Path) -> None:
    rows = [
        _conference(1, "2026-03-09", age_months=11, icpc_icpc_outcome_cp_flag=True),
        _conference(2, "2026-03-09", age_months=12, icpc_icpc_outcome_json=",CP_FLAG,"),
        _conference(3, "2026-03-09", age_months=215, icpc_icpc_outcome_cp_flag=False),
        _conference(4, "2026-03-09", age_months=-2),
        _conference(5, "2026-03-09"),
    ]
    store = write_store(tmp_path, {"ssd_initial_cp_conference": rows})
    results = compute([store], as_at=AS_AT, indicators=["SA13", "SA16", "SA17"], months=12)
    ages = {group: of for group, of in figures(results, "SA16", "2026-03").items() if of[0]}
    assert ages == dict.fromkeys(("under 1", "1", "17", "unborn", "not recorded"), (1, 5))
    assert figures(results, "SA17", "2026-03") == {"": (2, 5)}
