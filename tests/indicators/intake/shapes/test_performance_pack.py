"""The published pack is read row by row and joined figure by figure."""

import csv
import io
from decimal import Decimal

import pytest

from trefoil.indicators.intake.read import read_return
from trefoil.indicators.intake.shapes.performance_pack import COLUMNS
from trefoil.indicators.periods import parse_period
from trefoil.indicators.rows import Severity

HEADINGS = ",".join(COLUMNS) + "\n"


@pytest.fixture(scope="module")
def pack(packs):
    return (packs / "barnet_performance_2019-02.csv").read_bytes()


@pytest.fixture(scope="module")
def result(pack, context):
    return read_return("pack.csv", pack, context)


def test_performance_pack_is_read_whole(result):
    assert result.ok
    assert result.shape == "performance_pack"
    assert len(result.rows) == 773


def test_performance_pack_joins_a_count_with_its_percentage(result):
    rows = {row.key: row for row in result.rows}
    row = rows[("CL01", "legal status: section 20", parse_period("2019-02"))]
    assert (row.numerator, row.value, row.value_places) == (118, Decimal("37.1"), 1)
    visits = rows[("CL07", "", parse_period("2019-02"))]
    assert (visits.value, visits.target, visits.published_variance) == (89, 95, Decimal("-6.7"))
    plans = rows[("CP02", "", parse_period("2019-02"))]
    assert (plans.value, plans.published_neighbours, plans.note) == (
        Decimal("17.9"),
        Decimal("41.2"),
        "target: monitor",
    )


def test_performance_pack_loses_no_printed_amount(result, pack):
    printed = sum(Decimal(line["value"]) for line in csv.DictReader(io.StringIO(pack.decode())))
    twice = Decimal("17.9") + Decimal("13.3")  # printed on a chart and again in the table of targets
    kept = sum((row.numerator or 0) + (row.value or 0) for row in result.rows)
    assert kept + twice == printed


def test_performance_pack_with_two_amounts_for_one_figure_is_refused(context):
    data = HEADINGS + "mash,referrals,,2019-02,280,count,,,,,\nmash,referrals,,2019-02,281,count,,,,,\n"
    (finding,) = read_return("p.csv", data.encode(), context).findings
    assert (finding.rule, finding.place.row, finding.found) == ("row-contradicts", 3, "rows 2 and 3")


def test_performance_pack_with_the_same_row_twice_is_refused(context):
    data = HEADINGS + "mash,referrals,,2019-02,280,count,,,,,\n" * 2
    assert [f.rule for f in read_return("p.csv", data.encode(), context).findings] == ["row-twice"]


def test_performance_pack_with_an_unknown_measure_suggests_the_nearest(context):
    data = HEADINGS + "mash,referals,,2019-02,280,count,,,,,\n"
    (finding,) = read_return("p.csv", data.encode(), context).of(Severity.ERROR)
    assert (finding.rule, finding.expected) == ("measure-unknown", "referrals")


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        ("mash,referrals,,2019-02,,count,,,,,", "figure-missing", "value"),
        ("mash,referrals,,2019-02,-1,count,,,,,", "count-negative", "numerator"),
        ('mash,referrals,,2019-02,"1,390",count,,,,,', "number-thousands", "value"),
        ("mash,referrals,,2019-03,5,count,,,,,", "period-outside", "period"),
        ("mash,re-referrals within 12 months,,2019-02,101,percent,,,,,", "percentage-range", "value"),
    ],
)
def test_performance_pack_with_one_wrong_cell_names_it(context, row, rule, column):
    (finding,) = read_return("p.csv", (HEADINGS + row + "\n").encode(), context).of(Severity.ERROR)
    assert (finding.rule, finding.place.row, finding.place.column) == (rule, 2, column)


def test_performance_pack_takes_a_quarter_that_is_still_running(context):
    data = HEADINGS + "vulnerable-adolescents,gang episodes,,2019-Q1,0,count,,,,,\n"
    assert read_return("p.csv", data.encode(), context).ok
