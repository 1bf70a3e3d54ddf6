"""Golden: published percentages and rates come out of the shipped counts and populations, every one."""

from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.national.figures import AreaKind, CountFigure, Population
from trefoil.indicators.national.reader import COUNT_TABLES, read_areas, read_counts, read_populations, read_published
from trefoil.indicators.national.recompute import (
    MEASURES,
    POPULATION,
    TABLE_PERCENTAGES,
    Comparison,
    CountBook,
    PublishedValue,
    Recipe,
    compare,
    recompute,
    span_of_rounded_counts,
)

AREAS = {area.code: area for area in read_areas()}
AUTHORITIES = {code for code, area in AREAS.items() if area.kind is AreaKind.LOCAL_AUTHORITY}
ENGLAND, YORKSHIRE, SHROPSHIRE = "E92000001", "E12000003", "E06000051"


@pytest.fixture(scope="module")
def book() -> CountBook:
    return CountBook((one for table in COUNT_TABLES for one in read_counts(table)), read_populations())


@pytest.fixture(scope="module")
def measures(book: CountBook) -> list[Comparison]:
    """The twelve measures of the interactive tool, every area and year that the counts cover."""
    values: dict[str, list[PublishedValue]] = {recipe.name: [] for recipe in MEASURES}
    for figure in read_published(values):
        if figure.value is not None and figure.year is not None:
            values[figure.measure].append(PublishedValue(figure.area_code, figure.year, figure.value))
    return [one for recipe in MEASURES for one in compare(recipe, values[recipe.name], book)]


@pytest.fixture(scope="module")
def percentages(book: CountBook) -> list[Comparison]:
    """The ten percentages of the count tables, every area and year from 2013."""

    def values(recipe: Recipe) -> Iterator[PublishedValue]:
        for figure in read_counts(recipe.table):
            if figure.item == recipe.name and figure.value is not None:
                yield PublishedValue(figure.area_code, figure.year, figure.value)

    return [one for recipe in TABLE_PERCENTAGES for one in compare(recipe, values(recipe), book)]


def of_authorities(comparisons: list[Comparison]) -> list[Comparison]:
    return [one for one in comparisons if one.area_code in AUTHORITIES]


def test_all_15129_published_values_of_authorities_are_recomputed(measures: list[Comparison]) -> None:
    made = [one for one in of_authorities(measures) if one.recomputed is not None]
    assert [one for one in made if not one.equal] == []
    assert Counter(one.recipe.name for one in made) == {
        "ReReferral": 1502,
        "CIN_Refferals_NFA": 1434,
        "Referrals_AssessedNotNeed": 1504,
        "PrevRegCPR": 1484,
        "CPPlans2yrsActive": 946,
        "CPP_Total_Rateper10,000": 1503,
        "CIN": 1504,
        "CPP_Abuse_Rate": 1493,
        "CPP_rate": 1492,
        "LAC": 755,
        "LAC_Start_Rate": 756,
        "LAC_Cease_Rate": 756,
    }
    assert len(made) == 15_129


def test_values_that_cannot_be_recomputed_are_nought_over_a_hidden_count(measures: list[Comparison]) -> None:
    left = [one for one in of_authorities(measures) if one.recomputed is None]
    assert {(one.published, one.numerator, one.denominator) for one in left} == {(Decimal(0), Decimal(0), None)}
    assert {AREAS[one.area_code].name for one in left} == {"City of London", "Isles of Scilly"}
    assert len(left) == 20


def test_rates_of_regions_and_england_are_equal_to_one_decimal(measures: list[Comparison]) -> None:
    rates = [
        one
        for one in measures
        if one.area_code not in AUTHORITIES and one.recipe.denominator == POPULATION and one.recipe.places == 1
    ]
    assert [one for one in rates if not one.equal] == []
    assert len(rates) == 480


def outside_span(comparisons: list[Comparison]) -> list[tuple[str, int]]:
    found = []
    for one in comparisons:
        assert one.numerator is not None
        assert one.denominator is not None
        low, high = span_of_rounded_counts(one.recipe, one.numerator, one.denominator)
        if not low <= one.published <= high:
            found.append((one.area_code, one.year))
    return found


def test_values_of_regions_lie_in_the_span_of_their_rounded_counts(measures: list[Comparison]) -> None:
    groups = [one for one in measures if one.area_code not in AUTHORITIES]
    assert len(groups) == 1260
    assert sorted(outside_span(groups)) == [(YORKSHIRE, 2022), (ENGLAND, 2022)]


def test_the_two_outside_the_span_leave_out_an_authority_of_low_reliability(
    measures: list[Comparison], book: CountBook
) -> None:
    """Doncaster's second plans of 2022 are marked `u`: its plans are in the count and not in the percentage."""
    recipe = next(one for one in MEASURES if one.name == "PrevRegCPR")
    doncaster = book.denominator(recipe, "E08000017", 2022)
    assert doncaster is not None
    assert doncaster == 437
    assert book.numerator(recipe, "E08000017", 2022) is None
    for one in measures:
        if one.recipe is recipe and (one.area_code, one.year) in {(YORKSHIRE, 2022), (ENGLAND, 2022)}:
            assert one.numerator is not None
            assert one.denominator is not None
            low, high = span_of_rounded_counts(recipe, one.numerator, one.denominator - doncaster)
            assert low <= one.published <= high
            assert not one.equal


def test_percentages_of_the_tables_are_equal_but_for_one(percentages: list[Comparison]) -> None:
    """Shropshire 2017: 69 of 240 is 28.75, published as 28.7. In binary floats 69 / 240 * 100 is just below."""
    made = [one for one in of_authorities(percentages) if one.recomputed is not None]
    unequal = [(one.area_code, one.year, one.recipe.name) for one in made if not one.equal]
    assert unequal == [(SHROPSHIRE, 2017, "more_than_6_months_less_than_1_year_percent")]
    assert len(made) == 17_928


def falls_on_a_half(one: Comparison) -> bool:
    """Whether the quotient is exactly halfway between two values of the published precision, in whole numbers."""
    assert one.numerator is not None
    assert one.denominator is not None
    above, below = int(one.numerator) * one.recipe.per * 10**one.recipe.places, int(one.denominator)
    return below > 0 and 2 * (above % below) == below


def test_a_half_is_rounded_up_and_the_published_values_show_it(measures: list[Comparison]) -> None:
    """Rounding halves to even would miss the eight of these whose digit before the half is even."""
    halves = [one for one in of_authorities(measures) if one.recomputed is not None and falls_on_a_half(one)]
    missed = []
    for one in halves:
        assert one.numerator is not None
        assert one.denominator is not None
        quotient = one.numerator * one.recipe.per / one.denominator
        if quotient.quantize(Decimal(1).scaleb(-one.recipe.places), ROUND_HALF_EVEN) != one.published:
            missed.append(one)
    assert all(one.equal for one in halves)
    assert len(missed) == 8


def test_compare_uses_the_population_of_the_year_before() -> None:
    recipe = Recipe("rate", "table", "children", POPULATION, per=10_000)
    counts = [CountFigure("table", "children", "A", 2025, Decimal(30), "30", "")]
    book = CountBook(counts, [Population("A", 2024, 10_000, ""), Population("A", 2025, 20_000, "")])
    found = list(compare(recipe, [PublishedValue("A", 2025, Decimal(30))], book))
    assert [(one.denominator, one.recomputed, one.equal) for one in found] == [(Decimal(10_000), Decimal(30), True)]


def test_compare_leaves_out_what_the_table_does_not_cover() -> None:
    recipe = Recipe("share", "table", "part", "whole")
    assert list(compare(recipe, [PublishedValue("A", 2025, Decimal(1))], CountBook([], []))) == []


@given(
    numerator=st.integers(min_value=0, max_value=100_000),
    denominator=st.integers(min_value=1, max_value=100_000),
    per=st.sampled_from([100, 10_000]),
)
def test_span_of_rounded_counts_holds_every_value_that_rounds_to_them(
    numerator: int, denominator: int, per: int
) -> None:
    recipe = Recipe("share", "table", "part", "whole", per=per)
    exact = recompute(recipe, Decimal(numerator), Decimal(denominator))
    rounded = [Decimal((count + 5) // 10 * 10) for count in (numerator, denominator)]
    low, high = span_of_rounded_counts(recipe, rounded[0], rounded[1])
    assert exact is not None
    assert low <= exact
    assert exact <= high or rounded[1] <= 5
