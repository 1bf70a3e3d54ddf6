"""The inventor: parts add up, percentages stay percentages, and the same seed gives the same borough."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.demo.borough import read_toml
from trefoil.demo.fairmead_returns import after_what_it_uses, months_back
from trefoil.demo.invent import Inventor, periods_for, read_level
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.vocabulary import Frequency, Unit
from trefoil.indicators.checks.figures import check_figures
from trefoil.indicators.periods import month
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


@pytest.mark.parametrize("frequency", Frequency)
def test_periods_lie_within_the_months_asked_for_and_do_not_overlap(frequency):
    first, last = months_back(date(2026, 11, 22))
    periods = periods_for(frequency, first, last)
    assert periods
    assert all(first.start <= period.start for period in periods if frequency is not Frequency.ANNUAL)
    assert all(period.end <= last.end for period in periods)
    assert all(before.end < after.start for before, after in pairwise(periods))
