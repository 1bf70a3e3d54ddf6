"""Children in need on a day."""

from pathlib import Path

import pytest

from .counted import groups, need, whole

MARCH = "2026-03"


@pytest.mark.parametrize(
    ("start", "end", "open_on_31_march"),
    [
        ("2026-03-31", None, 1),
        ("2026-04-01", None, 0),
        ("2026-01-01", "2026-03-31", 0),
        ("2026-01-01", "2026-04-01", 1),
        ("2026-03-31", "2026-03-31", 0),
        ("2026-05-01", "2026-02-01", 0),
        (None, None, 0),
        ("2030-01-01", None, 0),
    ],
)
def test_children_in_need_counts_episodes_open_on_the_last_day(
    tmp_path: Path, start: str | None, end: str | None, open_on_31_march: int
) -> None:
    rows = {"ssd_cin_episodes": [need(1, 11, start, end)]}
    assert whole(tmp_path, rows, "CN01", MARCH) == (open_on_31_march, None)


def test_children_in_need_leaves_out_no_further_action(tmp_path: Path) -> None:
    rows = {
        "ssd_cin_episodes": [
            need(1, 11, "2026-01-01", cine_referral_nfa=True),
            need(2, 12, "2026-01-01", cine_referral_outcome_json=",NFA_FLAG,"),
            need(3, 13, "2026-01-01", cine_referral_nfa=False, cine_referral_outcome_json=",SINGLE_ASSESSMENT_FLAG,"),
        ]
    }
    assert whole(tmp_path, rows, "CN01", MARCH) == (1, None)


@pytest.mark.parametrize(
    ("second_start", "second_end"),
    [("2026-02-01", None), ("2026-01-01", None), ("2026-02-01", "2026-03-01"), ("2025-12-01", "2026-02-01")],
)
def test_children_in_need_counts_a_child_once(tmp_path: Path, second_start: str, second_end: str | None) -> None:
    rows = {
        "ssd_cin_episodes": [
            need(1, 11, "2026-01-01"),
            need(2, 11, second_start, second_end),
            need(3, 12, "2026-01-01"),
        ]
    }
    assert whole(tmp_path, rows, "CN01", MARCH) == (2, None)


def test_children_in_need_second_episode_takes_over_when_the_first_ends(tmp_path: Path) -> None:
    rows = {
        "ssd_cin_episodes": [
            need(1, 11, "2026-01-01", "2026-03-15", cine_referral_team=7),
            need(2, 11, "2026-02-01", cine_referral_team=8),
        ]
    }
    assert groups(tmp_path / "a", rows, "CN01", "2026-02", "team", breakdowns=["team"]) == {"7": 1}
    assert groups(tmp_path / "b", rows, "CN01", MARCH, "team", breakdowns=["team"]) == {"8": 1}


def test_children_in_need_share_with_a_disability(tmp_path: Path) -> None:
    rows = {
        "ssd_cin_episodes": [need(1, 11, "2026-01-01"), need(2, 12, "2026-01-01"), need(3, 13, "2026-01-01")],
        "ssd_disability": [
            {"disa_person_id": 11, "disa_disability_code": "AUT"},
            {"disa_person_id": 11, "disa_disability_code": "LD"},
            {"disa_person_id": 12, "disa_disability_code": "NONE"},
        ],
    }
    assert whole(tmp_path, rows, "CN08", MARCH) == (1, 3)


def test_children_in_need_has_no_figure_where_the_closure_is_not_carried(tmp_path: Path) -> None:
    rows = {"ssd_cin_episodes": [need(1, 11, "2026-01-01")]}
    carries = {"ssd_cin_episodes": ["cine_person_id", "cine_referral_date", "cine_referral_nfa"]}
    assert whole(tmp_path, rows, "CN01", MARCH, carries=carries) is None
