"""From bytes to a verdict: always an answer, whatever is sent, in whatever order."""

from itertools import permutations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trefoil.indicators.intake.read import in_order, read_return
from trefoil.indicators.intake.shapes.template import COLUMNS
from trefoil.indicators.rows import Severity


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_read_return_of_any_bytes_gives_a_verdict(data, context):
    result = read_return("r.csv", data, context)
    assert not result.ok
    assert result.rows == ()
    assert result.of(Severity.ERROR)[0].message


cells = st.sampled_from(
    [
        "",
        "CP01",
        "CL01",
        "age: 1",
        "service: a / b: c",
        ":",
        "2019-02",
        "0001-01",
        "9999-12",
        "2019-02..2019-01",
        "5",
        "0",
        "-1",
        "100",
        "99999999999.99999999999",
        "0.00000000000000000001",
        "1,5",
        "n/a",
        "=1",
        "lost",
        "x" * 50,
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(cells, min_size=9, max_size=9), min_size=1, max_size=5))
def test_read_return_of_any_cells_under_the_right_headings_gives_a_verdict(rows, context, returned):
    result = read_return("r.csv", returned([dict(zip(COLUMNS, row, strict=True)) for row in rows]), context)
    assert result.ok == (not any(finding.severity is Severity.ERROR for finding in result.findings))
    assert result.ok or result.rows == ()


def test_read_return_in_another_order_says_the_same_of_each_row(context, returned):
    rows = [
        {"indicator": "CP01", "period": "2019-02", "numerator": 10},
        {"indicator": "CP01", "period": "2019-02", "numerator": 7, "breakdown": "category: neglect"},
        {"indicator": "CP01", "period": "2019-02", "numerator": 2, "breakdown": "category: physical"},
        {"indicator": "CP08", "period": "2019-02", "numerator": 9, "denominator": 10, "value": "91"},
        {"indicator": "CL07", "period": "2019-02", "value": "95"},
    ]

    def said(these):
        found = read_return("r.csv", returned(these), context).findings
        return {(f.severity, f.rule, f.indicator, f.breakdown, f.found, f.expected) for f in found}

    straight = said(rows)
    assert {rule for _, rule, *_ in straight} == {"parts-total", "percentage-counts"}
    for mixed in permutations(rows):
        assert said(mixed) == straight


def test_in_order_puts_errors_first(context, returned):
    result = read_return("Enfield.csv", returned([{"indicator": "CP01", "period": "2019-02"}]), context)
    assert [finding.severity for finding in result.findings] == [Severity.ERROR, Severity.FAULT]
    assert in_order(result.findings[::-1]) == result.findings
