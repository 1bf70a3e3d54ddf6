"""Periods, breakdowns, what an extract can tell, populations and writing out, on small stores."""

import io
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extracts.engine.small_stores import AS_AT, SmallStore, day, figures, write_store
from trefoil.extracts.engine import compute
from trefoil.extracts.engine.backends import connect
from trefoil.extracts.engine.periods import KINDS
from trefoil.extracts.engine.results import COLUMNS, value_of
from trefoil.indicators.periods import parse_period

AREA, OTHER = "E09000003", "E09000002"


def _referrals(*days: str) -> list[dict[str, Any]]:
    return [
        {
            "cine_referral_id": number,
            "cine_person_id": number,
            "cine_referral_date": day(text),
            "cine_referral_source_code": "6",
            "cine_referral_team": 70 + number % 2,
        }
        for number, text in enumerate(days)
    ]


def _missing(*episodes: tuple[int, str]) -> list[dict[str, Any]]:
    return [
        {"miss_table_id": number, "miss_person_id": child, "miss_missing_episode_start_date": day(text)}
        for number, (child, text) in enumerate(episodes)
    ]


def _store(folder: Path, **tables: list[dict[str, Any]]) -> SmallStore:
    return write_store(folder, tables)


def test_compute_joins_months_into_longer_periods(tmp_path: Path) -> None:
    rows = _referrals("2025-04-01", "2025-06-30", "2025-07-01", "2026-03-31", "2026-04-01")
    results = compute([_store(tmp_path, ssd_cin_episodes=rows)], as_at=AS_AT, indicators=["FD12"], kinds=KINDS)
    counts = {row["period"]: row["numerator"] for row in results.rows() if not row["group"]}
    assert counts["2025-04"] == 1
    assert counts["2025-Q2"] == 2
    assert counts["2025-04..2025-07"] == 3
    assert counts["2025/26"] == 4
    assert counts["2025-05..2026-04"] == 4
    assert counts["2024/25"] == 0


def test_compute_counts_a_child_once_in_each_period(tmp_path: Path) -> None:
    rows = _missing((11, "2026-01-03"), (11, "2026-01-20"), (11, "2026-02-01"), (12, "2026-02-01"), (13, "2026-05-01"))
    results = compute([_store(tmp_path, ssd_missing=rows)], as_at=AS_AT, indicators=["MX01", "MX02"], kinds=KINDS)
    children = {row["period"]: row["numerator"] for row in results.rows() if row["indicator"] == "MX01"}
    assert (children["2026-01"], children["2026-02"], children["2026-Q1"]) == (1, 2, 2)
    assert children["2025-11..2026-10"] == 3
    assert figures(results, "MX02", "2026-Q1") == {"": (4, None)}


def test_compute_of_a_window_counts_the_year_that_ends_with_the_period(tmp_path: Path) -> None:
    rows = _referrals("2025-05-01", "2025-04-30", "2026-04-30")
    populations = {AREA: {2023: 5000, 2025: 10_000}}
    results = compute(
        [_store(tmp_path, ssd_cin_episodes=rows)],
        as_at=AS_AT,
        indicators=["FD13"],
        kinds=("month", "quarter"),
        populations=populations,
    )
    assert figures(results, "FD13", "2026-04") == {"": (2, 10_000)}
    assert figures(results, "FD13", "2026-Q2") == {"": (1, 10_000)}
    # The year to March 2025 divides by mid-2024, and the latest there is before it is mid-2023.
    assert figures(results, "FD13", "2025-03") == {"": (0, 5000)}


def test_compute_without_a_population_gives_no_rate(tmp_path: Path) -> None:
    store = _store(tmp_path, ssd_cin_episodes=_referrals("2026-04-30"))
    assert len(compute([store], as_at=AS_AT, indicators=["FD13"])) == 0


def test_compute_of_nobody_has_no_value(tmp_path: Path) -> None:
    store = _store(tmp_path, ssd_cin_episodes=_referrals("2026-04-30"))
    rows = {row["period"]: row for row in compute([store], as_at=AS_AT, indicators=["FD15"]).rows()}
    assert (rows["2026-03"]["numerator"], rows["2026-03"]["denominator"], rows["2026-03"]["value"]) == (0, 0, None)
    assert rows["2026-04"]["value"] == Decimal("100.0")


def test_compute_says_nothing_of_days_the_extract_does_not_cover(tmp_path: Path) -> None:
    rows = {"ssd_cin_episodes": _referrals("2026-04-30", "2026-05-02")}
    covers = {"ssd_cin_episodes": (date(2026, 4, 2), date(2026, 6, 29))}
    results = compute([write_store(tmp_path, rows, covers=covers)], as_at=AS_AT, indicators=["FD12"])
    assert {row["period"] for row in results.rows()} == {"2026-05"}


def test_compute_says_nothing_of_fields_the_shape_does_not_carry(tmp_path: Path) -> None:
    rows = {"ssd_cin_episodes": _referrals("2026-04-30")}
    carries = {"ssd_cin_episodes": ["cine_referral_id", "cine_person_id", "cine_referral_date"]}
    results = compute(
        [write_store(tmp_path, rows, carries=carries)], as_at=AS_AT, indicators=["FD12", "FD14", "FD15"], months=12
    )
    assert {(row["indicator"], row["breakdown"]) for row in results.rows()} >= {("FD12", ""), ("FD14", "")}
    assert "FD15" not in {row["indicator"] for row in results.rows()}
    assert ("FD12", "source") not in {(row["indicator"], row["breakdown"]) for row in results.rows()}


def test_compute_of_a_table_that_is_not_covered_at_all(tmp_path: Path) -> None:
    store = _store(tmp_path, ssd_cin_episodes=_referrals("2026-04-30"))
    bare = SmallStore(store.folder, store.area, store.as_at, {}, store.carries)
    assert len(compute([bare], as_at=AS_AT, indicators=["FD12", "SA01"])) == 0


def test_compute_keeps_areas_apart(tmp_path: Path) -> None:
    first = _store(tmp_path, ssd_cin_episodes=_referrals("2026-04-30", "2026-04-29"))
    second = write_store(tmp_path, {"ssd_cin_episodes": _referrals("2026-04-30")}, area=OTHER)
    empty = write_store(tmp_path, {}, area="E09000004")
    results = compute([first, second, empty], as_at=AS_AT, indicators=["FD12"], months=7)
    counts = {
        row["area"]: row["numerator"] for row in results.rows() if row["period"] == "2026-04" and not row["group"]
    }
    assert counts == {AREA: 2, OTHER: 1, "E09000004": 0}


def test_compute_of_unlike_extracts_over_one_backend_counts_each_by_itself(tmp_path: Path) -> None:
    """The first has no table of disabilities, the second has."""
    referrals = _referrals("2026-10-01", "2026-10-05")
    disability = [{"disa_table_id": 1, "disa_person_id": 1, "disa_disability_code": "VIS"}]
    bare = _store(tmp_path / "bare", ssd_cin_episodes=referrals)
    full = _store(tmp_path / "full", ssd_cin_episodes=referrals, ssd_disability=disability)
    asked: dict[str, Any] = {"as_at": AS_AT, "indicators": ["FD12"], "breakdowns": ("disability",), "months": 1}
    apart = [compute([one], **asked).table for one in (bare, full, bare)]
    with closing(connect("duckdb")) as backend:
        together = [compute([one], backend=backend, **asked).table for one in (bare, full, bare)]

    assert together == apart
    assert apart[0] != apart[1]


def test_compute_by_the_standing_breakdowns(tmp_path: Path) -> None:
    rows = {
        "ssd_cin_episodes": [row | {"age_months": 30} for row in _referrals("2026-04-30", "2026-04-29")],
        "ssd_person": [{"pers_person_id": 0, "pers_sex": "M", "pers_ethnicity": "BCRB", "pers_age_months": 40}],
        "ssd_disability": [
            {"disa_person_id": 0, "disa_table_id": 1, "disa_disability_code": "LD"},
            {"disa_person_id": 1, "disa_table_id": 2, "disa_disability_code": "NONE"},
        ],
        "ssd_address": [
            {
                "addr_table_id": 1,
                "addr_person_id": 0,
                "addr_address_start_date": day("2025-01-01"),
                "addr_locality": "A",
            },
            {
                "addr_table_id": 3,
                "addr_person_id": 0,
                "addr_address_start_date": day("2026-01-01"),
                "addr_locality": "B",
            },
            {
                "addr_table_id": 2,
                "addr_person_id": 0,
                "addr_address_start_date": day("2026-01-01"),
                "addr_locality": "C",
            },
        ],
    }
    breakdowns = ("locality", "team", "age_band", "sex", "ethnicity", "disability")
    results = compute([write_store(tmp_path, rows)], as_at=AS_AT, indicators=["FD15"], breakdowns=breakdowns, months=8)
    found = {name: figures(results, "FD15", "2026-04", name) for name in breakdowns}
    assert found == {
        "locality": {"B": (1, 1), "not recorded": (1, 1)},
        "team": {"70": (1, 1), "71": (1, 1)},
        "age_band": {"1 to 4": (2, 2)},
        "sex": {"male": (1, 1), "not recorded": (1, 1)},
        "ethnicity": {"Black": (1, 1), "not recorded": (1, 1)},
        "disability": {"disabled": (1, 1), "no disability recorded": (1, 1)},
    }


def test_compute_of_open_episodes_counts_the_last_day(tmp_path: Path) -> None:
    rows = [
        {"epis_id": 1, "epis_person_id": 1, "epis_start_date": day("2026-03-31"), "epis_end_date": day("2026-05-31")},
        {"epis_id": 2, "epis_person_id": 1, "epis_start_date": day("2026-04-30")},
        {"epis_id": 3, "epis_person_id": 2, "epis_start_date": day("2026-05-01"), "epis_end_date": day("2026-05-02")},
    ]
    cse = [row | {"epis_kind": "CSE"} for row in rows] + [
        row | {"epis_id": 9, "epis_kind": "YOUTH_JUSTICE"} for row in rows
    ]
    people = [{"pers_person_id": 1, "pers_age_months": 18}]
    store = _store(tmp_path, trefoil_episodes=cse, ssd_person=people)
    results = compute(
        [store],
        as_at=AS_AT,
        indicators=["MX08", "YJ01"],
        kinds=("month", "quarter"),
        breakdowns=["age_band"],
        months=12,
    )
    children = [figures(results, "MX08", f"2026-{month}", "")[""][0] for month in ("02", "03", "04", "05", "06")]
    assert children == [0, 1, 1, 1, 1]
    assert figures(results, "MX08", "2026-Q2", "") == {"": (1, None)}
    cases = [figures(results, "YJ01", f"2026-{month}", "")[""][0] for month in ("02", "03", "04", "05", "06")]
    assert cases == [0, 1, 2, 1, 1]
    # Eighteen months old at the end of October: eleven months old in March, and twelve in April.
    assert figures(results, "MX08", "2026-03", "age_band") == {"under 1": (1, None)}
    assert figures(results, "MX08", "2026-04", "age_band") == {"1 to 4": (1, None)}


def test_compute_of_our_own_episodes_is_silent_where_none_of_the_kind_was_found(tmp_path: Path) -> None:
    rows = [{"epis_id": 1, "epis_person_id": 1, "epis_kind": "NRM", "epis_start_date": day("2026-03-31")}]
    results = compute([_store(tmp_path, trefoil_episodes=rows)], as_at=AS_AT, indicators=["MX16", "YJ01"])
    assert {row["indicator"] for row in results.rows()} == {"MX16"}


def test_compute_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    store = _store(tmp_path, ssd_cin_episodes=[])
    with pytest.raises(ValueError, match="two extracts"):
        compute([store, store], as_at=AS_AT)
    with pytest.raises(ValueError, match="“ward” is not a breakdown"):
        compute([store], as_at=AS_AT, breakdowns=["ward"])
    with pytest.raises(ValueError, match="FD08 cannot be counted"):
        compute([store], as_at=AS_AT, indicators=["FD12", "FD08"])
    with pytest.raises(ValueError, match="“dask” is not a backend"):
        compute([store], as_at=AS_AT, backend="dask")


def test_write_csv_divides_and_rounds_once(tmp_path: Path) -> None:
    store = _store(tmp_path, ssd_cin_episodes=_referrals("2026-10-01", "2026-10-02", "2026-10-03"))
    results = compute([store], as_at=AS_AT, indicators=["FD14", "FD12"], months=1)
    out = io.StringIO()
    assert results.write_csv(out) == len(results)
    lines = out.getvalue().splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert f"FD14,{AREA},2026-10,,,0,3,0.0,percent" in lines
    assert f"FD12,{AREA},2026-10,,,3,,3,count" in lines


@pytest.mark.parametrize(
    ("unit", "numerator", "denominator", "value"),
    [
        ("percent", 1, 3, "33.3"),
        ("percent", 1, 0, None),
        ("per_10000", 7, 30_000, "2.3"),
        ("days", 10, 4, "2.5"),
        ("count", 7, None, "7.0"),
    ],
)
def test_value_of_each_unit(unit: str, numerator: int, denominator: int | None, value: str | None) -> None:
    row = {"unit": unit, "numerator": numerator, "denominator": denominator}
    assert value_of(row, places=1) == (None if value is None else Decimal(value))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offsets=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1300)), max_size=40))
def test_compute_agrees_with_counting_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, offsets: list[tuple[int, int]]
) -> None:
    days = [(child, date.fromordinal(day("2023-01-01").toordinal() + offset)) for child, offset in offsets]
    store = _store(tmp_path_factory.mktemp("store"), ssd_missing=_missing(*((child, str(on)) for child, on in days)))
    results = compute([store], as_at=AS_AT, indicators=["MX01", "MX02"], kinds=KINDS, months=30)
    for row in results.rows():
        period = parse_period(row["period"])
        inside = [child for child, on in days if period.start <= on <= period.end]
        assert row["numerator"] == (len(set(inside)) if row["indicator"] == "MX01" else len(inside)), row
