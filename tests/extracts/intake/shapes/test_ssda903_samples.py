"""Five linked years of SSDA903 that nobody here wrote: what is wrong in them, and what is stored once it is decided."""

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from trefoil.extracts.intake.report import Report

from .building import SSDA903, report, stored, tallies

TAKEN = date(2022, 3, 31)
LATE_ENOUGH = date(2026, 10, 31)
DECIDED = {
    ("yes_no", "1.0"): "Y",
    ("accommodation_and_suitability", "01"): "0",
    ("accommodation_and_suitability", "02"): "0",
}


def rows_of(name: str, year: int) -> list[dict[str, str]]:
    with (SSDA903 / f"{year}-{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date:
    of_month, month, year = map(int, text.split("/"))
    return date(year, month, of_month)


def expected() -> Counter[tuple[str, str, str, str]]:
    """The findings by plain counting over the rows, with none of the code that is tested."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    open_before: set[tuple[str, str]] = set()
    for year in range(2017, 2022):
        episodes = rows_of("episodes", year)
        file = f"{year}-episodes.csv"
        found[("warning", "end-and-reason", file, "REC")] += sum(1 for row in episodes if row["REC"] and not row["DEC"])
        keys = {(row["CHILD"], row["DECOM"]) for row in episodes}
        found[("warning", "not-continued", f"{year - 1}-episodes.csv", "DECOM")] += len(open_before - keys)
        open_before = {(row["CHILD"], row["DECOM"]) for row in episodes if not row["DEC"]}
        reviews = rows_of("reviews", year)
        times = Counter((row["CHILD"], row["REVIEW"]) for row in reviews)
        found[("warning", "duplicate", f"{year}-reviews.csv", "REVIEW")] += sum(count - 1 for count in times.values())
        late = sum(1 for row in reviews if day(row["REVIEW"]) > date(2023, 3, 31))
        found[("fault", "date-out-of-range", f"{year}-reviews.csv", "REVIEW")] += late
        odd = sum(1 for row in rows_of("oc3", year) if row["ACCOM"] in {"01", "02"})
        found[("unmapped", "not-in-list", f"{year}-oc3.csv", "ACCOM")] += odd
    found[("unmapped", "not-in-list", "2017-header.csv", "MOTHER")] += 1
    # One finding for each code: E45 to E48 and CUSTOD came with 2019, F3 and P3 went with 2022.
    found[("warning", "other-year", "2017-episodes.csv", "REC")] += 4
    found[("warning", "other-year", "2017-episodes.csv", "REASON_PLACE_CHANGE")] += 1
    found[("warning", "other-year", "2021-oc3.csv", "ACTIV")] += 2
    return Counter({key: count for key, count in found.items() if count})


@pytest.fixture(scope="module")
def told() -> Report:
    return report(SSDA903, TAKEN)


def test_read_sample_finds_exactly_what_is_wrong(told: Report) -> None:

    assert told.shape == "ssda903"
    assert told.refused
    assert tallies(told) == expected()


def test_read_sample_counts_by_hand(told: Report) -> None:
    """A few of the counts as a person reads them off the files."""
    found = tallies(told)

    assert found[("warning", "end-and-reason", "2017-episodes.csv", "REC")] == 434
    assert found[("warning", "end-and-reason", "2021-episodes.csv", "REC")] == 62
    assert found[("fault", "date-out-of-range", "2017-reviews.csv", "REVIEW")] == 78
    assert found[("unmapped", "not-in-list", "2018-oc3.csv", "ACCOM")] == 11


def test_read_sample_names_the_place(told: Report) -> None:
    places = {(one.file, one.row, one.column, one.value) for one in told.findings}
    assert ("2017-header.csv", 2, "MOTHER", "1.0") in places
    assert ("2017-episodes.csv", 4, "REC", "X1") in places
    assert ("2017-episodes.csv", 4, "DECOM", "13/09/2017") not in places


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    root: Path = tmp_path_factory.mktemp("store")
    return stored(SSDA903, LATE_ENOUGH, root, value_map=DECIDED)


def test_store_sample_keeps_each_episode_once(tables: dict[str, list[dict[str, Any]]]) -> None:
    last: dict[tuple[str, str], dict[str, str]] = {}
    for year in range(2017, 2022):
        last |= {(row["CHILD"], row["DECOM"]): row for row in rows_of("episodes", year)}

    rows = tables["ssd_cla_episodes"]
    assert len(rows) == len(last) == 2827
    assert len({row["clae_cla_episode_id"] for row in rows}) == 2827
    assert sum("clae_cla_episode_ceased_date" in row for row in rows) == sum(bool(row["DEC"]) for row in last.values())


def test_store_sample_keeps_no_end_reason_without_an_end(tables: dict[str, list[dict[str, Any]]]) -> None:
    assert all(
        ("clae_cla_episode_ceased_date" in row) == ("clae_cla_episode_ceased_reason" in row)
        for row in tables["ssd_cla_episodes"]
    )


def test_store_sample_makes_periods_placements_and_statuses_as_a_plain_count_does(
    tables: dict[str, list[dict[str, Any]]],
) -> None:
    last: dict[tuple[str, str], dict[str, str]] = {}
    for year in range(2017, 2022):
        last |= {(row["CHILD"], row["DECOM"]): row for row in rows_of("episodes", year)}
    children: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in last.values():
        children[row["CHILD"]].append(row)
    periods = placements = statuses = entered = 0
    for episodes in children.values():
        before: dict[str, str] | None = None
        for row in sorted(episodes, key=lambda row: day(row["DECOM"])):
            gap = before is not None and before["DEC"] and day(before["DEC"]) < day(row["DECOM"])
            begins = before is None or row["RNE"] == "S" or bool(gap)
            periods += begins
            entered += begins and row["RNE"] == "S"
            placements += begins or row["RNE"] != "L"
            statuses += begins or (before or {}).get("LS") != row["LS"]
            before = row

    assert len({row["clae_cla_id"] for row in tables["ssd_cla_episodes"]}) == periods
    assert len(tables["ssd_cla_placement"]) == placements
    assert len(tables["ssd_legal_status"]) == statuses
    starts = {row["clae_cla_id"] for row in tables["ssd_cla_episodes"] if "clae_entered_care_date" in row}
    assert len(starts) == entered


def test_store_sample_keeps_each_review_once(tables: dict[str, list[dict[str, Any]]]) -> None:
    keys = {(row["CHILD"], row["REVIEW"]) for year in range(2017, 2022) for row in rows_of("reviews", year)}

    assert len(tables["ssd_cla_reviews"]) == len(keys) == 3477


def test_store_sample_keeps_yearly_facts_at_the_end_of_their_year(tables: dict[str, list[dict[str, Any]]]) -> None:
    told = Counter(
        (year + 1, kind)
        for year in range(2017, 2022)
        for row in rows_of("oc2", year)
        for kind, column in (("RHA", "HEALTH_ASSESSMENT"), ("DENTAL", "TEETH_CHECK"), ("SURVEILLANCE", "HEALTH_CHECK"))
        if row[column] == "1"
    )

    kept = Counter(
        (row["clah_health_check_date"].year, row["clah_health_check_type"]) for row in tables["ssd_cla_health"]
    )
    assert kept == told
    assert {row["clah_health_check_date"] for row in tables["ssd_cla_health"]} == {
        date(year + 1, 3, 31) for year in range(2017, 2022)
    }


def test_store_sample_keeps_the_care_leavers_of_the_last_year(tables: dict[str, list[dict[str, Any]]]) -> None:
    leavers = Counter(row["IN_TOUCH"] for row in rows_of("oc3", 2021))

    assert Counter(row["clea_care_leaver_in_touch"] for row in tables["ssd_care_leavers"]) == leavers
    odd = sum(row["ACCOM"] in {"01", "02"} for row in rows_of("oc3", 2021))
    assert sum("clea_care_leaver_accommodation" not in row for row in tables["ssd_care_leavers"]) == odd


def test_store_sample_covers_the_five_years(tmp_path: Path) -> None:
    covers = report(SSDA903, LATE_ENOUGH, value_map=DECIDED).covers

    assert covers["ssd_cla_episodes"] == (date(2017, 4, 1), date(2022, 3, 31))
    assert "ssd_care_leavers" not in covers
    assert covers["ssd_missing"][1] + timedelta(days=1) == date(2022, 4, 1)
