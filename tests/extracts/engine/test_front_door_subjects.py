"""Contacts and referrals, counted from small stores."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.extracts.engine.small_stores import AS_AT, figures, write_store
from trefoil.extracts.engine import compute


def _referral(number: int, child: int, day: str, **more: Any) -> dict[str, Any]:
    return {
        "cine_referral_id": number,
        "cine_person_id": child,
        "cine_referral_date": date.fromisoformat(day),
        **more,
    }


def test_compute_counts_referrals_by_source(tmp_path: Path) -> None:
    rows = [
        _referral(1, 11, "2026-03-02", cine_referral_source_code="6"),
        _referral(2, 12, "2026-03-31", cine_referral_source_code="2A"),
        _referral(3, 13, "2026-03-31"),
        _referral(4, 14, "2026-04-01", cine_referral_source_code="6"),
    ]
    results = compute([write_store(tmp_path, {"ssd_cin_episodes": rows})], as_at=AS_AT, indicators=["FD12", "FD15"])
    assert figures(results, "FD12", "2026-03") == {
        "": (3, None),
        "police or legal agency": (1, None),
        "school or education setting": (1, None),
        "health services": (0, None),
        "local authority services": (0, None),
        "other, including missing": (1, None),
    }
    assert figures(results, "FD15", "2026-03") == {"": (1, 3)}


@pytest.mark.parametrize(
    ("earlier", "again"),
    [("2025-05-01", 0), ("2025-05-02", 1), ("2026-05-01", 1), ("2026-04-30", 1)],
)
def test_compute_again_within_12_months(tmp_path: Path, earlier: str, again: int) -> None:
    rows = [_referral(2, 11, "2026-05-01"), _referral(1, 11, earlier), _referral(3, 12, "2026-05-01")]
    results = compute([write_store(tmp_path, {"ssd_cin_episodes": rows})], as_at=AS_AT, indicators=["FD14"])
    assert figures(results, "FD14", "2026-05")[""] == (again, 3 if earlier == "2026-05-01" else 2)


def test_compute_again_looks_back_a_year_before_it_speaks(tmp_path: Path) -> None:
    store = write_store(tmp_path, {"ssd_cin_episodes": [_referral(1, 11, "2026-05-01")]})
    results = compute([store], as_at=AS_AT, indicators=["FD12", "FD14"], months=46)
    first = {}
    for row in results.rows():
        first.setdefault(row["indicator"], row["period"])
        first[row["indicator"]] = min(first[row["indicator"]], row["period"])
    assert first == {"FD12": "2023-01", "FD14": "2024-01"}


def _contact(number: int, source: str | None, outcome: str | None, **more: Any) -> dict[str, Any]:
    return {
        "cont_contact_id": number,
        "cont_person_id": number,
        "cont_contact_date": date(2026, 3, 9),
        "cont_contact_source_code": source,
        "cont_contact_outcome_json": outcome,
        **more,
    }


def test_compute_puts_a_contact_under_its_first_fitting_outcome(tmp_path: Path) -> None:
    rows = [
        _contact(1, "6", ",NFA_FLAG,NEW_REFERRAL_FLAG,"),
        _contact(2, "1C", ",SIGNPOSTING_FLAG,EARLY_HELP_FLAG,"),
        _contact(3, "7", ",EXISTING_REFERRAL_FLAG,"),
        _contact(4, None, None),
        _contact(5, "5D", ",ADVICE_FLAG,NFA_FLAG,"),
    ]
    results = compute(
        [write_store(tmp_path, {"ssd_contacts": rows})], as_at=AS_AT, indicators=["FD01", "FD02", "FD07"], months=12
    )
    assert figures(results, "FD01", "2026-03", "outcome") == {
        "referral to social care": (1, None),
        "early help assessment (CAF)": (1, None),
        "signposting": (0, None),
        "no further action or provision of information": (1, None),
        "outcome of no further action": (0, None),
        "other outcome": (1, None),
        "not assessed in month": (1, None),
    }
    assert figures(results, "FD01", "2026-03", "agency") == {
        "police": (1, None),
        "schools and education": (0, None),
        "health": (0, None),
        "local authority services": (1, None),
        "members of the public": (1, None),
        "other or not recorded": (2, None),
    }
    assert figures(results, "FD02", "2026-03") == {"": (1, 5)}
    assert figures(results, "FD07", "2026-03") == {"": (1, None)}


def test_compute_counts_contacts_by_age_and_sex_without_adults(tmp_path: Path) -> None:
    rows = [
        _contact(1, "6", None, age_months=-3),
        _contact(2, "6", None, age_months=11),
        _contact(3, "6", None, age_months=12),
        _contact(4, "6", None, age_months=215),
        _contact(5, "6", None, age_months=216),
        _contact(6, "6", None),
    ]
    people = [{"pers_person_id": number, "pers_sex": sex} for number, sex in ((1, "F"), (2, "M"), (3, "U"), (5, "F"))]
    store = write_store(tmp_path, {"ssd_contacts": rows, "ssd_person": people})
    results = compute([store], as_at=AS_AT, indicators=["FD11"])
    by_age = {group: of[0] for group, of in figures(results, "FD11", "2026-03", "age").items() if of[0]}
    assert by_age == {"unborn": 1, "under 1": 1, "1 to 4": 1, "16 and 17": 1, "not recorded": 1}
    by_sex = {group: of[0] for group, of in figures(results, "FD11", "2026-03", "sex").items()}
    assert by_sex == {"female": 1, "male": 1, "not recorded": 3}
    assert figures(results, "FD11", "2026-03", "") == {"": (5, None)}


def test_compute_finds_early_help_that_began_before_a_referral(tmp_path: Path) -> None:
    referrals = [_referral(1, 11, "2026-03-02"), _referral(2, 12, "2026-03-02"), _referral(3, 13, "2026-03-02")]
    helped = [
        {"earl_episode_id": 1, "earl_person_id": 11, "earl_episode_start_date": date(2026, 3, 2)},
        {"earl_episode_id": 2, "earl_person_id": 12, "earl_episode_start_date": date(2026, 3, 3)},
    ]
    store = write_store(tmp_path, {"ssd_cin_episodes": referrals, "ssd_early_help_episodes": helped})
    assert figures(compute([store], as_at=AS_AT, indicators=["FD21"]), "FD21", "2026-03") == {"": (1, 3)}


def test_compute_shares_of_closed_and_of_no_further_action(tmp_path: Path) -> None:
    rows = [
        _referral(1, 11, "2026-03-02", cine_referral_nfa=True, cine_close_reason="RC7"),
        _referral(2, 12, "2026-03-02", cine_referral_outcome_json=",NFA_FLAG,", cine_close_reason="RC8"),
        _referral(3, 13, "2025-04-01", cine_referral_nfa=False, cine_close_reason="RC9"),
        _referral(4, 14, "2025-03-31", cine_close_reason="RC9"),
    ]
    results = compute([write_store(tmp_path, {"ssd_cin_episodes": rows})], as_at=AS_AT, indicators=["FD22", "FD23"])
    assert figures(results, "FD22", "2026-03") == {"": (2, 2)}
    assert figures(results, "FD23", "2026-03") == {"": (2, 3)}
