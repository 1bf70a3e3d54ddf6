"""Contacts and referrals, counted from small stores."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.extracts.engine.small_stores import AS_AT, write_store
from trefoil.extracts.engine import compute


def _referral(number: int, child: int, day: str, **more: Any) -> dict[str, Any]:
    return {
        "cine_referral_id": number,
        "cine_person_id": child,
        "cine_referral_date": date.fromisoformat(day),
        **more,
    }


def _figures(results: Any, indicator: str, period: str) -> dict[str, tuple[int, int | None]]:
    return {
        row["group"]: (row["numerator"], row["denominator"])
        for row in results.rows()
        if (row["indicator"], row["period"]) == (indicator, period)
    }


def test_compute_counts_referrals_by_source(tmp_path: Path) -> None:
    rows = [
        _referral(1, 11, "2026-03-02", cine_referral_source_code="6"),
        _referral(2, 12, "2026-03-31", cine_referral_source_code="2A"),
        _referral(3, 13, "2026-03-31"),
        _referral(4, 14, "2026-04-01", cine_referral_source_code="6"),
    ]
    results = compute([write_store(tmp_path, {"ssd_cin_episodes": rows})], as_at=AS_AT, indicators=["FD12", "FD15"])
    assert _figures(results, "FD12", "2026-03") == {
        "": (3, None),
        "police or legal agency": (1, None),
        "school or education setting": (1, None),
        "health services": (0, None),
        "local authority services": (0, None),
        "other, including missing": (1, None),
    }
    assert _figures(results, "FD15", "2026-03") == {"": (1, 3)}


@pytest.mark.parametrize(
    ("earlier", "again"),
    [("2025-05-01", 0), ("2025-05-02", 1), ("2026-05-01", 1), ("2026-04-30", 1)],
)
def test_compute_again_within_12_months(tmp_path: Path, earlier: str, again: int) -> None:
    rows = [_referral(2, 11, "2026-05-01"), _referral(1, 11, earlier), _referral(3, 12, "2026-05-01")]
    results = compute([write_store(tmp_path, {"ssd_cin_episodes": rows})], as_at=AS_AT, indicators=["FD14"])
    assert _figures(results, "FD14", "2026-05")[""] == (again, 3 if earlier == "2026-05-01" else 2)


def test_compute_again_looks_back_a_year_before_it_speaks(tmp_path: Path) -> None:
    store = write_store(tmp_path, {"ssd_cin_episodes": [_referral(1, 11, "2026-05-01")]})
    results = compute([store], as_at=AS_AT, indicators=["FD12", "FD14"], months=46)
    first = {}
    for row in results.rows():
        first.setdefault(row["indicator"], row["period"])
        first[row["indicator"]] = min(first[row["indicator"]], row["period"])
    assert first == {"FD12": "2023-01", "FD14": "2024-01"}
