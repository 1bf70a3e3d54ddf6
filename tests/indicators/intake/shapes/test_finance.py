"""Accounts are read as sums of money, and have exactly the one wrong total that was published."""

import pytest

from trefoil.indicators.intake.read import read_return
from trefoil.indicators.rows import Severity

HEADINGS = "year,kind,item,amount_gbp,note\n"


def test_published_accounts_have_exactly_one_wrong_total(packs, context):
    result = read_return("accounts.csv", (packs / "barnet_finance.csv").read_bytes(), context)
    assert (result.ok, result.shape, len(result.money)) == (True, "finance", 61)
    (finding,) = result.findings
    assert (finding.severity, finding.rule, finding.place.row) == (Severity.FAULT, "money-total", 61)
    assert (finding.found, finding.expected) == ("£186,532", "£186,492")
    assert "£40 more" in finding.message


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ("2020-21,outturn,Pay,5,", "year-unreadable", "year"),
        ("2020/21,outturn,Pay,,", "amount-missing", "amount_gbp"),
        ("2020/21,outturn,Pay,£5,", "number-money-sign", "amount_gbp"),
        ("2020/21,,Pay,5,", "kind-missing", "kind"),
    ],
)
def test_accounts_with_one_wrong_cell_name_it(context, row, rule, column):
    (finding,) = read_return("a.csv", (HEADINGS + row + "\n").encode(), context).findings
    assert (finding.rule, finding.place.row, finding.place.column) == (rule, 2, column)


def test_accounts_with_a_sum_twice_are_refused(context):
    data = HEADINGS + "2020/21,outturn,Pay,5,\n" * 2
    (finding,) = read_return("a.csv", data.encode(), context).findings
    assert (finding.rule, finding.place.row) == ("row-twice", 3)


def test_accounts_without_a_column_name_it(context):
    (finding,) = read_return("a.csv", b"year,kind,amount_gbp\n2020/21,outturn,5\n", context).findings
    assert (finding.rule, finding.place.column) == ("column-missing", "item")
