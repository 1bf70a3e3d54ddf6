"""The inventor: parts add up, percentages stay percentages, and the same seed gives the same borough."""

from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.demo.borough import read_toml
from trefoil.demo.fairmead_returns import after_what_it_uses, months_back
from trefoil.demo.invent import Inventor, periods_for, read_level
from trefoil.demo.stocks import read_stock
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.vocabulary import Frequency, Timing, Unit
from trefoil.indicators.checks.figures import check_figures
from trefoil.indicators.periods import Period, month
from trefoil.indicators.rows import FigureRow, Severity

LAST = month(2026, 10)
LEVELS = read_toml("levels.toml")
SOME_COUNTS = [item for item in catalogue() if item.id in LEVELS["levels"] and item.unit is Unit.COUNT]


def inventor(seed: int, *, level: float | None = None) -> Inventor:
    """Six months of the demo's borough; with `level`, every measure stands there."""
    levels = {key: item | ({} if level is None else {"level": level}) for key, item in LEVELS["levels"].items()}
    return Inventor(
        seed=seed,
        levels={key: read_level(item) for key, item in levels.items()},
        weights=LEVELS["weights"],
        stocks={key: read_stock(item) for key, item in LEVELS["stocks"].items()},
        first=month(2026, 5),
        last=LAST,
    )


def borough(drawn: Inventor) -> list[FigureRow]:
    """Every row, counts first, as the demo draws them."""
    ordered = sorted(catalogue(), key=after_what_it_uses(LEVELS))
    return [row for definition in ordered for row in drawn.rows(definition)]


@settings(max_examples=5)
@given(st.integers(0, 10**9))
def test_same_seed_gives_the_same_borough(seed):
    assert borough(inventor(seed)) == borough(inventor(seed))


def test_another_seed_gives_another_borough():
    assert borough(inventor(1)) != borough(inventor(2))


@settings(max_examples=8)
@given(st.integers(0, 10**9))
def test_invented_parts_add_up_and_nothing_contradicts_itself(seed):
    found = check_figures(borough(inventor(seed)), catalogue())
    assert [str(finding) for finding in found if finding.severity is not Severity.NOTE] == []


@settings(max_examples=6)
@given(st.integers(0, 10**9), st.floats(-50, 250))
def test_invented_percentages_lie_within_0_and_100_whatever_the_level(seed, level):
    rows = borough(inventor(seed, level=level))
    percentages = [row for row in rows if catalogue()[row.indicator].unit is Unit.PERCENT and row.value is not None]
    assert percentages
    assert all(0 <= row.value <= 100 for row in percentages)
    assert all(row.numerator is None or row.numerator >= 0 for row in rows)


@settings(max_examples=25)
@given(st.integers(0, 10**9), st.sampled_from(SOME_COUNTS))
def test_invented_parts_of_a_count_are_the_count(seed, definition):
    rows = list(inventor(seed).rows(definition)) if "from" not in LEVELS["levels"][definition.id] else []
    for breakdown in definition.breakdowns:
        if breakdown.exhaustive:
            for whole in (row for row in rows if not row.breakdown and row.numerator is not None):
                parts = [row.numerator for row in rows if row.period == whole.period and of(row, breakdown.dimension)]
                assert sum(parts, Decimal(0)) == whole.numerator


def of(row: FigureRow, dimension: str) -> bool:
    return row.breakdown.startswith(f"{dimension}: ")


FLOWS = [("CP01", "CP03", "CP23"), ("CN03", "CN04", "CN05"), ("EH01", "EH02", "EH03")]
SEEDS = pytest.mark.parametrize("seed", [1, 20261122, 77])
MONTHS = [month(2026, number) for number in range(5, 11)]


@cache
def counts(seed: int) -> dict[tuple[str, Period, str], Decimal]:
    """Counts by indicator, period and breakdown."""
    rows = borough(inventor(seed))
    return {(row.indicator, row.period, row.breakdown): row.numerator for row in rows if row.numerator is not None}


def in_month(seed: int, indicator: str, each: Period) -> Decimal:
    """A month's flow: its own figure, or what the year so far grew by since the month before."""
    so_far = catalogue()[indicator].timing is Timing.CUMULATIVE
    before = counts(seed)[indicator, month(each.start.year, each.start.month - 1), ""] if so_far else Decimal(0)
    return counts(seed)[indicator, each, ""] - before


@SEEDS
@pytest.mark.parametrize(("stock", "starts", "ends"), FLOWS)
def test_stock_is_last_months_and_who_came_less_who_went(stock, starts, ends, seed):
    held = counts(seed)
    for before, each in pairwise(MONTHS):
        grown = in_month(seed, starts, each) - in_month(seed, ends, each)
        assert held[stock, each, ""] == held[stock, before, ""] + grown


@SEEDS
@pytest.mark.parametrize(
    ("stock", "starts", "newest", "span"),
    [
        ("CP01", "CP03", ["duration: under 3 months"], 3),
        ("CN03", "CN04", ["duration: 0-3 months"], 3),
        ("EH01", "EH02", ["duration: 0-3 months"], 3),
        ("CL01", "CL03", ["months in care: under 1 month"], 1),
        ("CL01", "CL03", ["months in care: under 1 month", "months in care: 2-3 months"], 3),
    ],
)
def test_no_more_are_new_than_came_in_those_months(stock, starts, newest, span, seed):
    for place in range(span, len(MONTHS)):
        new = sum(counts(seed)[stock, MONTHS[place], part] for part in newest)
        assert 0 < new <= sum(in_month(seed, starts, each) for each in MONTHS[place - span + 1 : place + 1])


@SEEDS
def test_time_in_care_is_the_same_on_both_breakdowns(seed):
    held = counts(seed)
    for each in MONTHS:
        months = [held["CL01", each, f"months in care: {part}"] for part in MONTHS_IN_CARE]
        years = [held["CL01", each, f"time in care: {part}"] for part in TIME_IN_CARE]
        assert [sum(months[:3]), *months[3:]] == years


@SEEDS
@pytest.mark.parametrize("indicator", ["CP03", "CP05", "CP07", "CP23", "CL16", "CL17"])
def test_year_so_far_never_falls_before_april(indicator, seed):
    rows = [row for row in borough(inventor(seed)) if row.indicator == indicator and not row.breakdown]
    assert [row.numerator for row in rows] == sorted(row.numerator for row in rows)
    assert all(row.denominator is None or row.numerator <= row.denominator for row in rows)


@SEEDS
def test_percentages_of_a_flow_divide_by_that_flow(seed):
    rows, held = borough(inventor(seed)), counts(seed)
    below = {(row.indicator, row.period): row.denominator for row in rows if row.denominator is not None}
    third = Period(month(2026, 7).start, month(2026, 9).end)
    assert all(below["EH05", each] == below["EH08", each] == held["EH03", each, ""] for each in MONTHS)
    assert below["CL20", third] == sum(held["CL03", month(2026, number), ""] for number in (7, 8, 9))
    assert below["CP07", third] == held["CP23", month(2026, 9), ""]


MONTHS_IN_CARE = (
    "under 1 month",
    "2-3 months",
    "4-6 months",
    "7-12 months",
    "13-18 months",
    "19-24 months",
    "over 24 months",
)
TIME_IN_CARE = ("0-6 months", "6-12 months", "12-18 months", "18-24 months", "over 24 months")


@pytest.mark.parametrize("frequency", Frequency)
def test_periods_lie_within_the_months_asked_for_and_do_not_overlap(frequency):
    first, last = months_back(date(2026, 11, 22))
    periods = periods_for(frequency, first, last)
    assert periods
    assert all(first.start <= period.start for period in periods if frequency is not Frequency.ANNUAL)
    assert all(period.end <= last.end for period in periods)
    assert all(before.end < after.start for before, after in pairwise(periods))
