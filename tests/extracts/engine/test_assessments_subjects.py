"""Assessments, counted from small stores."""

from pathlib import Path
from typing import Any

import pytest

from tests.extracts.engine.small_stores import AS_AT, day, figures, write_store
from trefoil.extracts.engine import compute


def _assessment(number: int, start: str | None, authorised: str | None, **more: Any) -> dict[str, Any]:
    return {
        "cina_assessment_id": number,
        "cina_person_id": number,
        "cina_assessment_start_date": day(start) if start else None,
        "cina_assessment_auth_date": day(authorised) if authorised else None,
        **more,
    }


@pytest.mark.parametrize(
    ("start", "authorised", "in_time", "band"),
    [
        # Forty-five working days from 2 March 2026 pass over Good Friday, Easter Monday and the bank holiday of 4 May.
        ("2026-03-02", "2026-05-07", 1, "41-45 days"),
        ("2026-03-02", "2026-05-08", 0, "46 or more days"),
        ("2026-06-01", "2026-07-06", 1, "0-25 days"),
        ("2026-06-01", "2026-07-07", 1, "26-40 days"),
        ("2026-06-02", "2026-06-01", 0, "not recorded"),
        (None, "2026-06-01", 0, "not recorded"),
    ],
)
def test_compute_assessments_in_45_working_days(
    tmp_path: Path, start: str | None, authorised: str, in_time: int, band: str
) -> None:
    store = write_store(tmp_path, {"ssd_cin_assessments": [_assessment(1, start, authorised)]})
    results = compute([store], as_at=AS_AT, indicators=["AS02", "AS03"], months=12)
    assert figures(results, "AS02", authorised[:7]) == {"": (in_time, 1)}
    assert {group for group, of in figures(results, "AS03", authorised[:7]).items() if of == (1, 1)} == {band}


def test_compute_assessments_authorised_in_the_month(tmp_path: Path) -> None:
    rows = [
        _assessment(1, "2026-02-02", "2026-03-02", cina_assessment_child_seen=True, cina_referral_id=7),
        _assessment(2, "2026-02-02", "2026-03-03", cina_assessment_child_seen=False, cina_referral_id=7),
        _assessment(3, "2026-02-01", None, cina_referral_id=8),
        _assessment(4, "2026-02-03", "2026-03-04", cina_referral_id=8, cina_assessment_outcome_nfa=True),
        _assessment(5, "2026-02-03", "2026-03-04", cina_assessment_outcome_json=",NFA_FLAG,CIN_PLAN_FLAG,"),
    ]
    store = write_store(tmp_path, {"ssd_cin_assessments": rows})
    results = compute([store], as_at=AS_AT, indicators=["AS01", "AS04", "AS05", "AS09"], months=12)
    assert figures(results, "AS01", "2026-03", "") == {"": (4, None)}
    assert figures(results, "AS04", "2026-03") == {"": (1, 4)}
    assert figures(results, "AS09", "2026-03") == {"": (1, 4)}
    outcomes = {group: of for group, of in figures(results, "AS05", "2026-03").items() if of[0]}
    assert outcomes == {
        "no further action": (1, 4),
        "child in need, update child's plan": (1, 4),
        "other or not recorded": (2, 4),
    }


def test_compute_factors_of_assessments(tmp_path: Path) -> None:
    factors = {1: ",3A,4B,16A,", 2: ",21,", 3: ",18B,", 4: None}
    rows = [_assessment(number, "2026-02-02", "2026-03-02") for number in range(1, 6)]
    found = [
        {"cinf_table_id": number, "cinf_assessment_id": number, "cinf_assessment_factors_json": codes}
        for number, codes in factors.items()
    ]
    store = write_store(tmp_path, {"ssd_cin_assessments": rows, "ssd_assessment_factors": found})
    results = compute([store], as_at=AS_AT, indicators=["AS06", "AS07", "AS08"], months=12)
    assert figures(results, "AS06", "2026-03") == {"": (1, 3)}
    assert figures(results, "AS07", "2026-03") == {"": (2, 3)}
    assert figures(results, "AS08", "2026-03") == {"": (4, 3)}
