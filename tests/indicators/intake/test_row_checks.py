"""Every row is checked, and every finding names row, column, what was found and what is expected."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from trefoil.indicators.intake.areas import is_same_area
from trefoil.indicators.intake.read import read_return
from trefoil.indicators.periods import parse_period
from trefoil.indicators.return_of_file import authority_names
from trefoil.indicators.rows import Severity

GOOD = {"indicator": "CP08", "period": "2019-02", "numerator": 90, "denominator": 100}
COUNT = {"indicator": "CP01", "period": "2019-02", "numerator": 173}


def errors(result):
    return [(f.rule, f.place.row, f.place.column) for f in result.of(Severity.ERROR)]


def test_read_return_of_good_rows_gives_figures(context, returned):
    result = read_return(
        "r.csv", returned([GOOD, {**COUNT, "numerator": None, "missing_reason": "system down"}]), context
    )
    assert result.ok
    assert [(row.indicator, row.numerator, row.missing_reason) for row in result.rows] == [
        ("CP08", 90, ""),
        ("CP01", None, "system down"),
    ]


def test_read_return_of_a_period_that_has_not_begun_is_an_error(context, returned):
    rows = [GOOD, {**COUNT, "period": "2019-03"}, {**COUNT, "period": "2091-03"}]
    loose = replace(context, period=None, today=date(2019, 3, 1))
    assert errors(read_return("r.csv", returned(rows), loose)) == [("period-ahead", 4, "period")]


@pytest.mark.parametrize(
    ("text", "rule", "cure"),
    [
        ("31/02/2024", "number-is-date", "date"),
        ("12,5", "number-decimal-comma", "write 12.5"),
        ("1,390", "number-thousands", "write 1390"),
        ("n/a", "number-not-given", "missing_reason"),
        ("-", "number-not-given", "missing_reason"),
        ("~", "number-not-given", "missing_reason"),
        ("89%", "number-percent-sign", "write 89"),
        ("£500", "number-money-sign", "write 500"),
        ("−6", "number-sign", "write -6"),
        ("Feb-19", "number-is-date", "date"),
        ("about 10", "number-text", "digits"),
        ("1e5", "number-text", "digits"),
        ("9" * 30, "number-too-long", "too long"),
        ("٣", "number-text", "digits"),
    ],
)
def test_read_return_with_a_number_as_text_says_why_and_how(context, returned, text, rule, cure):
    result = read_return("r.csv", returned([GOOD, {**GOOD, "indicator": "CP09", "numerator": text}]), context)
    found = result.of(Severity.ERROR)
    assert errors(result) == [(rule, 3, "numerator")]
    assert cure in found[0].message
    assert found[0].expected
    assert result.rows == ()


@pytest.mark.parametrize(
    ("change", "rule", "column"),
    [
        ({"numerator": -4}, "count-negative", "numerator"),
        ({"numerator": "4.5"}, "count-not-whole", "numerator"),
        ({"numerator": 101}, "numerator-above", "numerator"),
        ({"denominator": 0}, "denominator-zero", "denominator"),
        ({"value": "100.1"}, "percentage-range", "value"),
        ({"value": "-0.1"}, "percentage-range", "value"),
        ({"numerator": None, "denominator": None}, "figure-missing", "numerator"),
        ({"missing_reason": "lost"}, "reason-with-value", "missing_reason"),
        ({"denominator": None}, "denominator-missing", "denominator"),
        ({"period": "February"}, "period-unreadable", "period"),
        ({"period": "2019-13"}, "period-unreadable", "period"),
        ({"period": "2019-03"}, "period-outside", "period"),
        ({"period": "2018-04..2019-02"}, "period-outside", "period"),
        ({"breakdown": "age"}, "breakdown-unreadable", "breakdown"),
        ({"breakdown": "shoe size: 4"}, "breakdown-dimension-unknown", "breakdown"),
        ({"breakdown": "team: " + "x" * 200}, "breakdown-too-long", "breakdown"),
        ({"period": "2019-02" * 9}, "period-unreadable", "period"),
        ({"area": "Enfield"}, "area-wrong", "area"),
        ({"note": "x" * 2_001}, "text-too-long", "note"),
    ],
)
def test_read_return_with_one_wrong_cell_names_it(context, returned, change, rule, column):
    result = read_return("r.csv", returned([COUNT, {**GOOD, **change}]), context)
    assert errors(result) == [(rule, 3, column)]
    assert not result.ok
    assert result.rows == ()


def test_read_return_of_the_own_area_in_any_case_is_fine(context, returned):
    assert read_return("r.csv", returned([{**GOOD, "area": "BARNET "}]), context).ok


@pytest.mark.parametrize("heading", ["Local authority", "authority", "LA name", "Area"])
def test_read_return_for_another_area_in_any_layout_names_row_and_column(context, returned, packs, heading):
    pack = (packs / "barnet_performance_2019-02.csv").read_text(encoding="utf-8").splitlines()
    accounts = (packs / "barnet_finance.csv").read_text(encoding="utf-8").splitlines()
    template = returned([GOOD, GOOD]).decode().splitlines()
    for lines in (pack, accounts, template):
        own = ["London Borough of Barnet", "", *["Barnet Council"] * (len(lines) - 3)]
        there = [f"{cell},{line}" for cell, line in zip([heading, *own], lines, strict=True)]
        assert not [one for one in read("\n".join(there), context) if one.rule in {"area-wrong", "column-unknown"}]
        there[2] = f"Enfield,{lines[2]}"
        (wrong,) = [one for one in read("\n".join(there), context) if one.rule == "area-wrong"]
        assert (wrong.severity, wrong.place.row, wrong.found) == (Severity.ERROR, 3, "Enfield")
        assert wrong.place.column == heading.lower().replace(" ", "_")
        assert wrong.message == "The row is for “Enfield” but this return belongs to Barnet."


def read(text, context):
    return read_return("r.csv", text.encode(), context).findings


def test_many_rows_of_another_area_are_counted(context, returned):
    result = read_return("r.csv", returned([{**GOOD, "area": "Enfield"}] * 50), context)
    assert len([one for one in result.findings if one.rule == "area-wrong"]) == 21
    assert not result.ok


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bristol, City of", "City of Bristol", True),
        ("Derby City Council", "Derby", True),
        ("Brighton & Hove", "Brighton and Hove", True),
        ("Derbyshire", "Derby", False),
        ("London", "City of London", False),
        ("Council", "Derby", False),
    ],
)
def test_same_area_is_known_with_and_without_its_titles(one, other, same):
    assert is_same_area(one, other) is is_same_area(other, one) is same


def test_no_two_authorities_are_taken_for_each_other():
    names = sorted(authority_names())
    assert [(one, other) for one, other in combinations(names, 2) if is_same_area(one, other)] == []


def test_read_return_takes_a_percentage_of_none_of_none(context, returned):
    assert read_return("r.csv", returned([{**GOOD, "numerator": 0, "denominator": 0}]), context).ok


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("cp08", "CP08"),
        ("CP 08", "CP08"),
        ("Children subject to child protection plan", "CP"),
        ("CP99", "CP"),
    ],
)
def test_read_return_of_an_unknown_indicator_suggests_the_nearest(context, returned, text, near):
    (finding,) = read_return("r.csv", returned([{**GOOD, "indicator": text}]), context).of(Severity.ERROR)
    assert finding.rule == "indicator-unknown"
    assert near in finding.expected


def test_read_return_of_an_unknown_category_suggests_the_nearest(context, returned):
    row = {**COUNT, "breakdown": "category: neglekt"}
    (finding,) = read_return("r.csv", returned([row]), context).of(Severity.ERROR)
    assert (finding.rule, finding.expected) == ("breakdown-category-unknown", "neglect")


def test_read_return_of_an_indicator_that_another_agency_answers_is_refused(context, returned):
    police = replace(context, asked=frozenset({"CP01"}), agency="the police")
    (finding,) = read_return("r.csv", returned([GOOD, COUNT]), police).of(Severity.ERROR)
    assert (finding.rule, finding.place.row) == ("indicator-not-asked", 2)
    assert "the police" in finding.message


def test_read_return_of_the_same_row_twice_names_both_rows_and_whether_they_agree(context, returned):
    result = read_return("r.csv", returned([GOOD, COUNT, GOOD, {**COUNT, "numerator": 5}]), context)
    assert errors(result) == [("row-twice", 4, ""), ("row-contradicts", 5, "")]
    assert "Rows 2 and 4" in result.findings[0].message
    assert "Rows 3 and 5" in result.findings[1].message


def test_read_return_without_a_column_or_with_a_strange_one_names_it(context):
    data = b"indicator,breakdown,period,numerator,denominator,valeu,missing_reason\nCP08,,2019-02,1,2,,\n"
    result = read_return("r.csv", data, context)
    assert sorted(errors(result)) == [("column-missing", 0, "value"), ("column-unknown", 0, "valeu")]
    assert "valeu" in result.findings[0].message


def test_read_return_of_unknown_headings_lists_the_layouts(context):
    (finding,) = read_return("r.csv", b"name,age\nx,4\n", context).findings
    assert finding.rule == "shape-unknown"
    assert "indicator" in finding.expected


def test_read_return_named_after_another_authority_must_be_answered(context, returned):
    (finding,) = read_return("Brighton_and-hove return.csv", returned([GOOD]), context).findings
    assert (finding.severity, finding.rule) == (Severity.FAULT, "file-other-area")
    for name in ("Barnet Enfield.csv", "Enfielder.csv"):
        assert read_return(name, returned([GOOD]), context).findings == ()


def test_read_return_of_a_value_that_disagrees_is_a_fault_and_is_kept(context, returned):
    result = read_return("r.csv", returned([{**GOOD, "value": "91"}]), context)
    assert result.ok
    assert [(f.rule, f.place.row, f.place.column) for f in result.of(Severity.FAULT)] == [
        ("percentage-counts", 2, "value")
    ]
    assert len(result.rows) == 1


def test_read_return_takes_any_number_of_decimals(context, returned):
    row = {"indicator": "CP08", "period": "2019-02", "value": "33.3333333333333333"}
    result = read_return("r.csv", returned([row]), context)
    assert result.ok
    assert result.rows[0].value_places == 16


def test_read_return_without_a_period_of_its_own_takes_any(context, returned):
    data = returned([{**COUNT, "period": "2010-01"}])
    assert read_return("r.csv", data, replace(context, period=None)).rows[0].period == parse_period("2010-01")


def test_read_return_of_huge_cells_gives_short_findings(context, returned):
    huge = "=" + "x" * 30_000
    row = {"indicator": huge, "period": huge, "breakdown": huge, "numerator": huge, "area": huge}
    for finding in read_return("r.csv", returned([row]), context).findings:
        assert len(finding.message) + len(finding.found) + len(finding.expected) < 2_000
