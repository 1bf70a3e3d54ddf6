"""Work published percentages and rates out again from the counts and the population behind them. Pure.

A rate for reporting year Y divides by the population of mid-year Y-1 (Department for Education, children in
need and children looked after statistics). Quotients are rounded half away from zero to the places published.

Authorities' counts are exact, so their values must come out equal. Counts of regions and of England are
published to the nearest 10, while their percentages were made from the exact counts: those can only be
checked for lying in the span that the rounded counts allow.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from trefoil.indicators.calculation.ratios import percentage, population_year, rate_per

from .figures import CountFigure, Population

POPULATION = "population aged 0 to 17"
REGION_COUNTS_TO = 10


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one published value is made: items of a count table, or POPULATION below the line.

    `name` is a measure of the interactive tool, or an item of the table itself.
    """

    name: str
    table: str
    numerator: str
    denominator: str
    per: int = 100
    places: int = 1


MEASURES = (
    Recipe("ReReferral", "referrals", "rereferral_count", "referral_count"),
    Recipe("CIN_Refferals_NFA", "referrals", "no_further_action_count", "referral_count"),
    Recipe("Referrals_AssessedNotNeed", "referrals", "not_in_need_count", "referral_count"),
    Recipe("PrevRegCPR", "plans_started", "cpp_subsequent", "cpp_start"),
    Recipe("CPPlans2yrsActive", "plans_by_duration", "2_years_or_more", "cpp_at31"),
    Recipe("CPP_Total_Rateper10,000", "referrals", "referral_count", POPULATION, per=10_000),
    Recipe("CIN", "children_in_need", "at31_episodes", POPULATION, per=10_000),
    Recipe("CPP_Abuse_Rate", "plans_started", "cpp_start", POPULATION, per=10_000),
    Recipe("CPP_rate", "plans_by_duration", "cpp_at31", POPULATION, per=10_000),
    Recipe("LAC", "looked_after", "at_31_march_count", POPULATION, per=10_000, places=0),
    Recipe("LAC_Start_Rate", "looked_after", "starting_count", POPULATION, per=10_000, places=0),
    Recipe("LAC_Cease_Rate", "looked_after", "ceasing_count", POPULATION, per=10_000, places=0),
)
"""The twelve measures of the interactive tool that the shipped counts and populations can make."""

_DURATIONS = (
    "3_months_or_less",
    "more_than_3_months_6_months",
    "more_than_6_months_less_than_1_year",
    "1_year_less_than_2_years",
    "2_years_or_more",
)

TABLE_PERCENTAGES = (
    Recipe("rereferral_percent", "referrals", "rereferral_count", "referral_count"),
    Recipe("no_further_action_percent", "referrals", "no_further_action_count", "referral_count"),
    Recipe("not_in_need_percent", "referrals", "not_in_need_count", "referral_count"),
    Recipe("rereferral_child_percent", "referrals", "rereferral_child_count", "referral_child_count"),
    Recipe("cpp_subsequent_percent", "plans_started", "cpp_subsequent", "cpp_start"),
    *(Recipe(f"{item}_percent", "plans_by_duration", item, "cpp_at31") for item in _DURATIONS),
)
"""The ten percentages that the count tables publish beside their counts, back to 2013."""


class PublishedValue(NamedTuple):
    """A published value to be worked out again."""

    area_code: str
    year: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published value beside what its counts give. `recomputed` is None when a count was not published."""

    recipe: Recipe
    area_code: str
    year: int
    published: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    recomputed: Decimal | None

    @property
    def equal(self) -> bool:
        """Whether the counts give the published value to its last place."""
        return self.recomputed == self.published


class CountBook:
    """Counts and populations, looked up by what a recipe needs."""

    def __init__(self, counts: Iterable[CountFigure], populations: Iterable[Population]) -> None:
        self._counts = {(figure.table, figure.item, figure.area_code, figure.year): figure.value for figure in counts}
        self._children = {
            (population.area_code, population.mid_year): Decimal(population.children)
            for population in populations
            if population.children is not None
        }

    def numerator(self, recipe: Recipe, area_code: str, year: int) -> Decimal | None:
        """The count above the line; None when it was not published."""
        return self._counts.get((recipe.table, recipe.numerator, area_code, year))

    def denominator(self, recipe: Recipe, area_code: str, year: int) -> Decimal | None:
        """The count or population below the line; None when it was not published."""
        if recipe.denominator == POPULATION:
            return self._children.get((area_code, population_year(year)))
        return self._counts.get((recipe.table, recipe.denominator, area_code, year))

    def covers(self, recipe: Recipe, area_code: str, year: int) -> bool:
        """Whether the recipe's table has that area and year at all, published or marked."""
        return (recipe.table, recipe.numerator, area_code, year) in self._counts


def recompute(recipe: Recipe, numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """The percentage or rate that the counts give, to the recipe's places; None over nought."""
    if recipe.per == 100:
        return percentage(numerator, denominator, recipe.places)
    return rate_per(numerator, denominator, recipe.per, recipe.places)


def compare(recipe: Recipe, published: Iterable[PublishedValue], book: CountBook) -> Iterator[Comparison]:
    """Each published value that the table covers, beside its recomputed value."""
    for area_code, year, value in published:
        if not book.covers(recipe, area_code, year):
            continue
        above = book.numerator(recipe, area_code, year)
        below = book.denominator(recipe, area_code, year)
        made = None if above is None or below is None else recompute(recipe, above, below)
        yield Comparison(recipe, area_code, year, value, above, below, made)


def span_of_rounded_counts(recipe: Recipe, numerator: Decimal, denominator: Decimal) -> tuple[Decimal, Decimal]:
    """The lowest and highest value that can be published when counts are given to the nearest 10.

    A population is exact. A denominator of 5 or less gives no upper bound but the whole, `per`.
    """
    half = Decimal(REGION_COUNTS_TO) / 2
    slack = Decimal(0) if recipe.denominator == POPULATION else half
    low = recompute(recipe, max(numerator - half, Decimal(0)), denominator + slack)
    high = recompute(recipe, numerator + half, denominator - slack) if denominator > slack else None
    return low or Decimal(0), Decimal(recipe.per) if high is None else high
