"""The shipped pack reads whole, and says what the source files say.

Figures in these tests were copied by eye from the source files, not from the pack.
"""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.national.figures import MARKS, Area, AreaKind, Measure, Polarity, PublishedFigure
from trefoil.indicators.national.reader import (
    COUNT_TABLES,
    read_areas,
    read_counts,
    read_ethnicity,
    read_measures,
    read_neighbours,
    read_populations,
    read_published,
)
from trefoil.indicators.periods import Period, parse_period

BARNET, ENGLAND, KENT, INNER_LONDON = "E09000003", "E92000001", "E10000016", "E13000001"
POOLE, DONCASTER, CITY_OF_LONDON = "E06000029", "E08000017", "E09000001"


@pytest.fixture(scope="module")
def areas() -> dict[str, Area]:
    return {area.code: area for area in read_areas()}


@pytest.fixture(scope="module")
def measures() -> dict[str, Measure]:
    return {measure.code: measure for measure in read_measures()}


@pytest.fixture(scope="module")
def published() -> list[PublishedFigure]:
    return list(read_published())


Lookup = dict[tuple[str, str, str], PublishedFigure]


@pytest.fixture(scope="module")
def by_key(published: list[PublishedFigure]) -> Lookup:
    return {(one.measure, one.label, one.area_code): one for one in published}


def test_read_areas_gives_170_of_four_kinds(areas: dict[str, Area]) -> None:
    kinds = Counter((area.kind, area.ended_on is None) for area in areas.values())
    assert kinds == {
        (AreaKind.ENGLAND, True): 1,
        (AreaKind.REGION, True): 9,
        (AreaKind.LONDON_PART, True): 2,
        (AreaKind.LOCAL_AUTHORITY, True): 153,
        (AreaKind.LOCAL_AUTHORITY, False): 5,
    }


def test_read_areas_has_no_code_or_name_twice(areas: dict[str, Area]) -> None:
    assert len(areas) == 170
    assert len({area.old_code for area in areas.values()}) == 170
    assert len({area.name.casefold() for area in areas.values()}) == 170


def test_read_areas_knows_what_reorganisation_did(areas: dict[str, Area]) -> None:
    poole = areas[POOLE]
    assert (poole.name, poole.ended_on) == ("Poole (until March 2019)", date(2019, 3, 31))
    assert [areas[code].name for code in poole.successors] == ["Bournemouth, Christchurch and Poole"]
    assert poole.other_names == ("Poole (Pre LG)",)
    renumbered = {area.name: area.former_codes for area in areas.values() if area.former_codes}
    assert renumbered == {
        "Buckinghamshire": ("E10000002",),
        "North Yorkshire": ("E10000023",),
        "Somerset": ("E10000027",),
    }


def test_every_code_that_an_area_names_is_an_area(areas: dict[str, Area]) -> None:
    named = {code for area in areas.values() for code in (area.region, area.london_part, *area.successors) if code}
    assert named <= set(areas)


def test_read_measures_gives_163_with_dates_from_serial_days(measures: dict[str, Measure]) -> None:
    assert len(measures) == 163
    rate = measures["CPP_rate"]
    # The dictionary has 45931 and 46296: days after 30 December 1899.
    assert (rate.last_update, rate.next_update) == (date(2025, 10, 1), date(2026, 10, 1))
    assert (rate.title, rate.unit, rate.places) == ("Child Protection Plans rate per 10,000", "Rate per 10,000", 1)
    assert measures["Vacancies_cover"].last_update is None  # "New data"
    assert measures["LAC_KS2_AVG_Prog8_R"].next_update is None  # "TBC"


def test_read_measures_polarity_is_high_low_or_not_said(measures: dict[str, Measure]) -> None:
    # The dictionary has 77 "-" and 7 empty.
    said = Counter(measure.polarity for measure in measures.values())
    assert said == {Polarity.HIGH: 43, Polarity.LOW: 36, Polarity.NONE: 84}


def test_read_published_gives_every_value_of_the_source(published: list[PublishedFigure], by_key: Lookup) -> None:
    assert len(published) == len(by_key) == 247_180
    assert len({one.measure for one in published}) == 163
    assert len({one.area_code for one in published}) == 170
    assert Counter(one.mark for one in published) == {"": 208_632, "-": 38_548}


@pytest.mark.parametrize(
    ("measure", "label", "area", "shown"),
    [
        ("ReReferral", "2025", BARNET, "14.8"),
        ("ReReferral", "2025", ENGLAND, "22.6"),
        ("CIN", "2025", BARNET, "210.8"),
        ("CIN", "2024", KENT, "334.6"),
        ("LACnum", "2025", BARNET, "343"),
        ("LACnum", "2025", ENGLAND, "81770"),
        ("CPP_rate", "2025", BARNET, "24"),
        ("ReoffYO15-17", "2024", BARNET, "21.28"),
        ("CPP_Total_Rateper10,000", "2025", BARNET, "293.1"),  # 293.10000000000002 in the source
        ("CPPlans2yrsActive", "2025", ENGLAND, "2.3"),  # 2.2999999999999998
        ("CPP_rate", "2025", INNER_LONDON, "35.2"),  # 35.200000000000003
        ("LAC_KS2_AVG_Prog8_M", "2018", BARNET, "0.07"),  # 7.0000000000000007E-2
        ("Premium", "2020-21", ENGLAND, "2036171.833331"),  # 2036171.8333310001
        ("Work_Force_NoSW", "2016", "E09000030", "249.95714285714286"),  # never rounded by the source
    ],
)
def test_read_published_value_is_the_one_in_the_source(
    by_key: Lookup, measure: str, label: str, area: str, shown: str
) -> None:
    figure = by_key[measure, label, area]
    assert (figure.shown, figure.value, figure.mark) == (shown, Decimal(shown), "")


def test_read_published_hidden_value_has_a_mark_and_no_value(by_key: Lookup) -> None:
    figure = by_key["CPPlans2yrsActive", "2025", BARNET]
    assert (figure.value, figure.shown, figure.mark) == (None, "-", "-")


def test_read_published_shown_text_round_trips(published: list[PublishedFigure]) -> None:
    assert all(format(one.value, "f") == one.shown for one in published if one.value is not None)
    assert all(one.value is not None or one.shown == one.mark in MARKS for one in published)


def test_read_published_periods_follow_the_year_type(by_key: Lookup) -> None:
    assert by_key["ReReferral", "2025", BARNET].period == Period(date(2024, 4, 1), date(2025, 3, 31))
    assert by_key["Premium", "2020-21", BARNET].period == Period(date(2020, 4, 1), date(2021, 3, 31))
    assert by_key["CINFSM", "2025", BARNET].period == Period(date(2024, 9, 1), date(2025, 8, 31))
    assert by_key["FirstYJS", "2024", BARNET].period == Period(date(2024, 1, 1), date(2024, 12, 31))
    assert by_key["EALPri", "2025", BARNET].period == Period(date(2025, 1, 1), date(2025, 1, 31))
    workforce = by_key["Work_Force_NoSW", "2025", BARNET]
    assert (workforce.year, workforce.period) == (2025, Period(date(2024, 10, 1), date(2025, 9, 30)))


def test_read_published_label_without_a_year_holds_no_value(published: list[PublishedFigure]) -> None:
    nameless = [one for one in published if one.period is None]
    assert {(one.measure, one.label, one.year, one.value) for one in nameless} == {
        ("CINPermExclusion", "0", None, None)
    }
    assert len(nameless) == 170


def test_read_published_of_some_measures_is_that_part_of_the_whole(published: list[PublishedFigure]) -> None:
    wanted = {"LAC", "CPP_rate"}
    assert list(read_published(wanted)) == [one for one in published if one.measure in wanted]


@given(index=st.integers(min_value=0, max_value=247_179))
def test_read_published_periods_read_back_from_their_code(published: list[PublishedFigure], index: int) -> None:
    period = published[index].period
    assert period is None or parse_period(period.code) == period


def counts_of(table: str, area: str, year: int) -> dict[str, str]:
    return {one.item: one.shown for one in read_counts(table) if (one.area_code, one.year) == (area, year)}


def test_read_counts_of_barnet_are_those_in_the_sources() -> None:
    referrals = counts_of("referrals", BARNET, 2025)
    assert referrals["referral_count"] == "2751"
    assert (referrals["rereferral_count"], referrals["rereferral_percent"]) == ("407", "14.8")
    assert counts_of("looked_after", BARNET, 2025) == {
        "population": "93851",
        "starting_count": "162",
        "starting_rate": "17",
        "at_31_march_count": "343",
        "at_31_march_rate": "37",
        "ceasing_count": "150",
        "ceasing_rate": "16",
    }
    assert counts_of("children_in_need", BARNET, 2025)["at31_episodes"] == "1978"


def test_read_counts_rows_are_those_of_the_sources() -> None:
    sizes = {table: sum(1 for _ in read_counts(table)) for table in COUNT_TABLES}
    assert sizes == {
        "children_in_need": 2132 * 8,
        "referrals": 2132 * 10,
        "plans_started": 2132 * 3,
        "plans_by_duration": 2132 * 11,
        "looked_after": 835 * 7,
    }


def test_read_counts_keeps_each_kind_of_mark() -> None:
    doncaster = counts_of("plans_started", DONCASTER, 2022)
    assert doncaster == {"cpp_start": "437", "cpp_subsequent": "u", "cpp_subsequent_percent": "u"}
    marks = {one.mark for table in COUNT_TABLES for one in read_counts(table)}
    assert marks == {"", "c", "u", "x", "z"}


def test_read_counts_unknown_table_is_refused() -> None:
    with pytest.raises(KeyError):
        next(read_counts("measures"))


def test_read_populations_are_those_in_the_source() -> None:
    populations = {(one.area_code, one.mid_year): one for one in read_populations()}
    assert len(populations) == 2132
    assert populations[BARNET, 2024].children == 93_851
    assert populations[ENGLAND, 2024].children == 12_183_016
    assert (populations[POOLE, 2012].children, populations[POOLE, 2012].mark) == (None, "x")
    assert {year for _, year in populations} == set(range(2012, 2025))


def test_read_populations_regions_add_up_to_england(areas: dict[str, Area]) -> None:
    children = {one.area_code: one.children or 0 for one in read_populations() if one.mid_year == 2024}
    regions = [code for code, area in areas.items() if area.kind is AreaKind.REGION]
    assert sum(children[code] for code in regions) == children[ENGLAND]


def test_read_neighbours_gives_ten_for_each_of_153() -> None:
    neighbours = list(read_neighbours())
    ranks = Counter(one.area_code for one in neighbours)
    assert set(ranks.values()) == {10}
    assert len(ranks) == 153
    assert Counter(one.closeness for one in neighbours) == {
        "Extremely close": 12,
        "Very close": 820,
        "Close": 513,
        "Somewhat close": 136,
        "Not close": 49,
    }
    assert not any(one.area_code == one.neighbour_code for one in neighbours)


def test_read_ethnicity_gives_nineteen_groups_for_each_of_153() -> None:
    people = {(one.area_code, one.group): one for one in read_ethnicity()}
    assert len(people) == 153 * 19
    assert people[BARNET, 1].people == 2873
    assert people[BARNET, 3].name == "Asian, Asian British or Asian Welsh: Indian"
    assert people[BARNET, 3].people == 30_389
