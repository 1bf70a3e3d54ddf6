"""Variances, things counted twice, rates on one population, change over time, and the list of checks."""

import pytest

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.references import parse_reference
from trefoil.indicators.checks.figures import CHECKS, instruction_for
from trefoil.indicators.checks.over_time import previous
from trefoil.indicators.checks.same_things import SAME_THINGS
from trefoil.indicators.periods import parse_period
from trefoil.indicators.rows import Severity


def rules(findings):
    return [(finding.severity, finding.rule) for finding in findings]


def test_every_check_has_a_rule_of_its_own_and_an_instruction():
    assert len({check.rule for check in CHECKS}) == len(CHECKS)
    assert all(check.instruction.endswith(".") for check in CHECKS)
    assert instruction_for("variance") == next(c.instruction for c in CHECKS if c.rule == "variance")
    assert instruction_for("no-such-rule") == ""


@pytest.mark.parametrize(
    ("printed", "fault"),
    [
        (("89.0", "95.0", "-6.7"), True),
        (("89.0", "95.0", "-6.3"), False),
        (("10.7", "11.5", "-7.0"), False),
        (("86.0", "80.0", "7.5"), False),
        (("86.0", "80.0", "-7.5"), True),
        (("10", "0", "5"), False),
    ],
)
def test_variance_is_latest_less_target_over_target(figure, found, printed, fault):
    value, target, published = printed
    findings = found(figure("CL07", value=value, target=target, published_variance=published))
    assert rules(findings) == ([(Severity.FAULT, "variance")] if fault else [])


def test_the_same_thing_counted_twice_must_agree(figure, found):
    ages = [figure("CL12", n, f"age: {age}", row=9) for age, n in (("under 1", 2), ("16 and over", 126))]
    status = figure("CL01", 118, "legal status: section 20", row=5)
    (finding,) = found(status, *ages)
    assert (finding.rule, finding.place.row, finding.found, finding.expected) == (
        "same-thing",
        5,
        "128",
        "118",
    )
    assert finding.message == (
        "CL01 “Children in care” (legal status: section 20) says 118, CL12 “In care under section 20” "
        "(its parts added up) says 128: for February 2019 both count children accommodated under section 20 "
        "and must be the same."
    )
    assert found(figure("CL01", 128, "legal status: section 20"), *ages) == []


def test_the_same_thing_added_up_names_each_part(figure, found):
    bands = [figure("AS01", 10, f"duration: {band}") for band in ("0-25 days", "26-40 days", "41-45 days")]
    messages = [one.message for one in found(figure("AS02", 31, denominator=40), *bands) if one.rule == "same-thing"]
    assert messages == [
        "AS02 “Assessments in 45 days” says 31, AS01 “Assessments completed” (duration: 0-25 days + duration: "
        "26-40 days + duration: 41-45 days) says 30: for February 2019 both count assessments completed within 45 "
        "working days and must be the same."
    ]


def test_every_rule_of_the_same_thing_names_figures_of_the_dictionary():
    for rule in SAME_THINGS:
        for text in (*rule.first, *rule.second):
            reference = parse_reference(text)
            definition = catalogue()[reference.indicator]
            for dimension, category in reference.parts:
                assert definition.breakdown(dimension).accepts(category)


def test_rates_that_fit_one_population_are_no_fault_and_a_stranger_is_named(figure, found):
    rows = [
        figure("CP01", 173),
        figure("CP02", value="17.9"),
        figure("CL01", 318),
        figure("CL02", value="32.8", row=7),
        figure("FD12", 3170, period="2018-04..2019-02"),
        figure("FD13", value="327.1", period="2018-04..2019-02"),
    ]
    assert found(*rows) == []
    rows[3] = figure("CL02", value="33.8", row=7)
    (finding,) = found(*rows)
    assert (finding.severity, finding.rule, finding.place.row) == (Severity.FAULT, "rates-population", 7)
    assert "96,898" in finding.message


def test_a_figure_given_again_with_another_amount_is_noted_as_restated(figure, found):
    earlier = [figure("CP01", 170), figure("CP01", 158, period="2019-01")]
    findings = found(figure("CP01", 173), earlier=earlier)
    assert [(f.severity, f.rule, f.found, f.expected) for f in findings] == [(Severity.NOTE, "restated", "173", "170")]


@pytest.mark.parametrize(
    ("before", "now", "noted"), [(100, 200, True), (4, 9, False), (100, 140, False), (60, 20, True)]
)
def test_a_count_far_from_the_month_before_is_noted(figure, found, before, now, noted):
    findings = found(figure("FD12", now), earlier=[figure("FD12", before, period="2019-01")])
    assert rules(findings) == ([(Severity.NOTE, "jump")] if noted else [])


def test_a_percentage_far_from_the_month_before_is_noted(figure, found):
    rows = [figure("CL07", value=60, period="2019-01"), figure("CL07", value=80)]
    assert rules(found(*rows)) == [(Severity.NOTE, "jump")]
    assert found(rows[0], figure("CL07", value=79)) == []


def test_a_count_since_april_that_falls_is_noted_but_not_over_the_new_year(figure, found):
    rows = [figure("CP03", 194, period="2019-01"), figure("CP03", 190)]
    assert rules(found(*rows)) == [(Severity.NOTE, "cumulative-falls")]
    assert found(figure("CP03", 233, period="2019-03"), figure("CP03", 20, period="2019-04")) == []


@pytest.mark.parametrize(
    ("code", "before"),
    [("2019-01", "2018-12"), ("2019-Q1", "2018-Q4"), ("2018/19", "2017/18"), ("2018-04..2019-02", None)],
)
def test_previous_period(code, before):
    assert previous(parse_period(code)) == (parse_period(before) if before else None)
