"""Percentages against their counts; what rounding explains is no fault."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trefoil.indicators.checks.precision import agrees, shown
from trefoil.indicators.rows import Severity


def rules(findings):
    return [finding.rule for finding in findings]


@pytest.mark.parametrize(
    ("value", "counts", "agree"),
    [
        ("48.0", (36, 75), True),
        ("35", (1094, 3170), True),
        ("34.5", (1094, 3170), True),
        ("34", (1094, 3170), False),
        ("77.0", (134, 173), True),
        ("77.4", (134, 173), False),
        ("12.5", (1, 8), True),
        ("12", (1, 8), True),
        ("13", (1, 8), True),
        ("2", (1, 40), True),
        ("3", (1, 40), True),
        ("0", (0, 75), True),
        ("100", (199, 200), True),
    ],
)
def test_a_percentage_agrees_at_the_decimals_it_is_published_to(figure, found, value, counts, agree):
    rows = found(figure("CP08", counts[0], denominator=counts[1], value=value))
    assert rules(rows) == ([] if agree else ["percentage-counts"])


@given(numerator=st.integers(0, 5_000), more=st.integers(0, 5_000), places=st.integers(0, 4))
def test_agrees_takes_every_honest_rounding(numerator, more, places):
    exact = Decimal(numerator) / Decimal(numerator + more + 1) * 100
    for way in ("ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_HALF_DOWN"):
        assert agrees(exact.quantize(Decimal(1).scaleb(-places), rounding=way), exact)


@given(tenths=st.integers(-5_000, 5_000).filter(lambda n: n % 10), off=st.integers(1, 300))
def test_agrees_refuses_what_is_a_whole_unit_off(tenths, off):
    published = Decimal(tenths) / 10
    assert not agrees(published, published + Decimal(off) / 10)
    assert not agrees(published, published - Decimal(off) / 10)


@pytest.mark.parametrize(
    ("printed", "agree"),
    [
        (("CP01", (173, None), "173"), True),
        (("CP01", (173, None), "170"), False),
        (("CP02", (173, 96_900), "17.9"), True),
        (("CP02", (173, 96_900), "18.9"), False),
        (("WF01", (156, 10), "15.6"), True),
        (("WF01", (156, 10), "15.5"), False),
        (("SA12", (0, 0), "0"), True),
    ],
)
def test_a_rate_a_mean_or_a_count_agrees_with_the_counts_of_its_row(figure, found, printed, agree):
    indicator, counts, value = printed
    findings = found(figure(indicator, counts[0], denominator=counts[1], value=value))
    assert rules(findings) == ([] if agree else ["value-counts"])


def test_a_share_is_checked_against_the_total_of_its_count(figure, found):
    whole = figure("CL01", 318, row=2)
    assert found(whole, figure("CL01", 118, "legal status: section 20", value="37.1"))[0].rule == "parts-total"
    wrong = found(whole, figure("CL01", 118, "legal status: section 20", value="37.2"))
    assert "percentage-counts" in rules(wrong)


def test_the_denominator_may_come_from_another_indicator(figure, found):
    assert found(figure("FD12", 3170), figure("FD14", 684, value=22)) == []
    assert rules(found(figure("FD12", 3170), figure("FD14", 684, value=23))) == ["percentage-counts"]


def test_a_percentage_that_no_whole_denominator_gives_is_a_fault(figure, found):
    assert found(figure("CP08", 126, value=100)) == []
    assert rules(found(figure("CP08", 1, value="70.0001"))) == ["percentage-possible"]


def test_shares_that_miss_a_hundred_by_rounding_are_no_fault(figure, found):
    states = {"case allocated less than 6 weeks": 54, "supervision in time": 39, "supervision overdue": 4}
    rows = [figure("WF03", None, f"service: Duty and Assessment / state: {s}", value=v) for s, v in states.items()]
    last = "service: Duty and Assessment / state: no supervision record"
    assert found(*rows, figure("WF03", None, last, value=2)) == []
    (finding,) = found(*rows, figure("WF03", None, last, value=8))
    assert (finding.severity, finding.rule, finding.found) == (Severity.FAULT, "shares-hundred", "105")
    assert "Duty and Assessment" in finding.message


def test_a_cumulative_percentage_whose_denominator_shrinks_is_noted(figure, found):
    months = [("2018-11", 18, "10.2"), ("2018-12", 18, "10.8"), ("2019-01", 20, "12.7")]
    rows = [figure("CP05", n, value=v, period=p, row=at) for at, (p, n, v) in enumerate(months, start=2)]
    notes = found(*rows)
    assert [(f.severity, f.rule, f.place.row) for f in notes] == [
        (Severity.NOTE, "cumulative-denominator", 3),
        (Severity.NOTE, "cumulative-denominator", 4),
    ]
    assert (
        found(
            figure("CP05", 7, value="31.8", period="2018-04"),
            figure("CP05", 7, value="15.9", period="2018-05"),
        )
        == []
    )


def test_shown_drops_zeros_and_groups_thousands():
    assert [shown(Decimal(text)) for text in ("1390.00", "0.25", "100")] == ["1,390", "0.2", "100"]
