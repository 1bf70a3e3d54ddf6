"""Accounts: items against totals, reserves against what was spent."""

from decimal import Decimal

from trefoil.indicators.checks.money import INSTRUCTIONS, check_money
from trefoil.indicators.money import MoneyRow
from trefoil.indicators.rows import Place


def sums(*lines):
    return [
        MoneyRow(Place(row=row), "2020/21", kind, item, Decimal(amount))
        for row, (kind, item, amount) in enumerate(lines, start=2)
    ]


def test_items_that_reach_their_total_are_no_fault():
    rows = sums(("outturn", "a", 5), ("outturn", "b", 6), ("published total of outturn", "", 11))
    assert check_money(rows) == []


def test_a_total_that_misses_its_items_is_a_fault_at_the_total():
    rows = sums(("contribution", "a", 5), ("published total of contributions", "", 6))
    (finding,) = check_money(rows)
    assert (finding.rule, finding.place.row, finding.found, finding.expected) == (
        "money-total",
        3,
        "£6",
        "£5",
    )
    assert finding.rule in INSTRUCTIONS


def test_a_total_of_another_year_is_left_alone():
    rows = sums(("outturn", "a", 5))
    total = MoneyRow(Place(row=9), "2021/22", "published total of outturn", "", Decimal(7))
    assert check_money([*rows, total]) == []


def test_contributions_and_reserves_must_cover_the_outturn():
    lines = [
        ("published total of contributions", "", 10),
        ("published total of outturn", "", 15),
        ("draw-down from reserves", "", 5),
    ]
    assert check_money(sums(*lines)) == []
    (finding,) = check_money(sums(*lines[:2], ("draw-down from reserves", "", 4)))
    assert (finding.rule, finding.place.row) == ("money-reserves", 4)
