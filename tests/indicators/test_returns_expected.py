"""What a return waits for follows from how often each measure is returned."""

from datetime import date

import pytest

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.expected import expected_figures, expected_periods, is_worked_out, missing_figures
from trefoil.indicators.periods import Period, parse_period


@pytest.mark.parametrize(
    ("indicator", "period", "expected"),
    [
        ("FD01", "2026-10", ["2026-10"]),
        ("FD01", "2026-Q3", ["2026-07", "2026-08", "2026-09"]),
        ("FD22", "2026-10", []),
        ("FD22", "2026-09", ["2026-Q3"]),
        ("FD23", "2026-09", []),
        ("FD23", "2026-03", ["2025/26"]),
        ("FD23", "2025/26", ["2025/26"]),
        ("", "2026-Q3", ["2026-04..2026-07"]),
    ],
)
def test_expected_periods_follow_the_frequency(indicator: str, period: str, expected: list[str]) -> None:
    termly = next(one for one in catalogue() if one.frequency.value == "termly")
    definition = catalogue().get(indicator) or termly
    found = expected_periods(definition, parse_period(period))
    assert [one.code for one in found] == expected


def test_expected_periods_of_odd_days_is_the_returns_own() -> None:
    odd = Period(date(2026, 10, 5), date(2026, 10, 20))
    assert expected_periods(catalogue()["FD01"], odd) == [odd]


@pytest.mark.parametrize(
    ("indicator", "worked_out"), [("FD01", False), ("FD02", True), ("FD07", True), ("FD13", True), ("FD14", False)]
)
def test_is_worked_out_when_no_part_is_left_to_give(indicator: str, worked_out: bool) -> None:
    assert is_worked_out(catalogue()[indicator]) is worked_out


def test_expected_figures_leave_out_what_is_worked_out_and_unknown() -> None:
    found = expected_figures(["FD01", "FD02", "XX99"], parse_period("2026-10"), catalogue(), breakdowns=False)
    assert [one.key for one in found] == [("FD01", "", parse_period("2026-10"))]


def test_expected_figures_name_each_category_but_no_local_one() -> None:
    found = expected_figures(["FD01"], parse_period("2026-10"), catalogue())
    assert [one.breakdown for one in found][:2] == ["", "outcome: referral to social care"]
    assert not any(one.breakdown.startswith("agency") for one in found)


def test_missing_figures_counts_parts_alone_as_given() -> None:
    october = parse_period("2026-10")
    given = [("FD12", "source: health services", october)]
    missing = missing_figures(["FD01", "FD12"], october, catalogue(), given)
    assert [one.definition.id for one in missing] == ["FD01"]
