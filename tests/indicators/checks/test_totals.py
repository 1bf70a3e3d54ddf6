"""Parts against totals."""

from trefoil.indicators.rows import Severity

CATEGORIES = {"emotional": 93, "neglect": 61, "physical": 17, "sexual": 2, "multiple": 0}


def plans(figure, **changed):
    counts = {**CATEGORIES, **changed}
    return [
        figure("CP01", count, f"category: {category}", row=row)
        for row, (category, count) in enumerate(counts.items(), start=3)
    ]


def rules(findings):
    return [(finding.severity, finding.rule) for finding in findings]


def test_parts_that_add_up_are_no_fault(figure, found):
    assert found(figure("CP01", 173), *plans(figure)) == []


def test_parts_one_short_are_a_fault_at_the_total(figure, found):
    (finding,) = found(figure("CP01", 173), *plans(figure, neglect=60))
    assert (finding.severity, finding.rule, finding.place.row) == (Severity.FAULT, "parts-total", 2)
    assert (finding.found, finding.expected) == ("172", "173")
    assert "1 less" in finding.message


def test_parts_against_the_denominator_they_share_when_there_is_no_total(figure, found):
    rows = [figure("SA13", n, f"age: {age}", denominator=10, row=5) for age, n in (("under 1", 4), ("1", 5))]
    assert [(f.rule, f.found, f.expected) for f in found(*rows)] == [("parts-total", "9", "10")]


def test_a_part_given_out_of_another_total_is_a_fault(figure, found):
    parts = plans(figure)
    parts[0] = figure("CP01", 93, "category: emotional", denominator=170, row=3)
    assert [(f.rule, f.found, f.expected) for f in found(figure("CP01", 173), *parts)] == [
        ("part-denominator", "170", "173")
    ]


def test_grades_that_miss_the_audits_they_are_given_out_of_are_a_fault(figure, found):
    grades = {"Good": 6, "Requires improvement": 9, "Inadequate": 2, "Not graded": 0}
    rows = [figure("QA02", n, f"grade: {grade}", denominator=17) for grade, n in grades.items()]
    assert found(*rows) == []
    rows[0] = figure("QA02", 5, "grade: Good", denominator=17)
    assert rules(found(*rows)) == [(Severity.FAULT, "parts-total")]


def test_percentages_by_team_need_not_share_a_total(figure, found):
    rows = [figure("CP09", n, f"team: {n}", denominator=20, value=n * 5) for n in (10, 19)]
    assert found(*rows) == []


def test_two_dimensions_against_one(figure, found):
    rows = [
        figure("CL12", 4, "age: 1 to 5"),
        figure("CL12", 3, "age: 1 to 5 / sex: boys"),
        figure("CL12", 1, "age: 1 to 5 / sex: girls"),
    ]
    assert found(*rows) == []
    rows[0] = figure("CL12", 5, "age: 1 to 5")
    assert [(f.rule, f.found, f.expected) for f in found(*rows)] == [("parts-margin", "4", "5")]


def test_two_breakdowns_without_a_total_must_agree(figure, found):
    rows = [
        figure("EH01", 10, "duration: 0-3 months"),
        figure("EH01", 5, "duration: 3-6 months"),
        figure("EH01", 15, "lead professional: Social care"),
    ]
    assert found(*rows) == []
    rows[2] = figure("EH01", 16, "lead professional: Social care")
    assert rules(found(*rows)) == [(Severity.FAULT, "breakdowns-agree")]


def test_a_total_reached_with_not_assessed_is_a_note_and_one_missed_is_a_fault(figure, found):
    whole = figure("FD01", 10)
    parts = [figure("FD01", 8, "outcome: signposting"), figure("FD01", 2, "outcome: not assessed in month")]
    (finding,) = found(whole, *parts)
    assert (finding.severity, finding.rule, finding.found) == (Severity.NOTE, "total-with-outside", "8")
    assert rules(found(whole, parts[0])) == [(Severity.FAULT, "parts-total")]
    assert found(figure("FD01", 8), parts[0], figure("FD01", 0, "outcome: not assessed in month")) == []


def test_a_month_greater_than_the_year_to_date_is_a_fault(figure, found):
    year = figure("FD12", 279, period="2018-04..2019-02")
    assert rules(found(figure("FD12", 280), year)) == [(Severity.FAULT, "part-within-whole")]
    assert found(figure("FD12", 279), year) == []
    assert found(figure("FD12", 280, period="2019-03"), year) == []


def test_a_part_greater_than_its_whole_is_a_fault_where_parts_do_not_add_up(figure, found):
    rows = [figure("SA01", 5), figure("SA01", 6, "agency: police", row=3)]
    (finding,) = found(*rows)
    assert (finding.rule, finding.place.row, finding.found) == ("part-within-whole", 3, "6")
    assert found(rows[0], figure("SA01", 5, "agency: police")) == []


def test_a_total_of_very_many_parts_is_added_up_once(figure, found):
    parts = [figure("CP01", 1, f"team: {n}", value="0.05", row=n) for n in range(2, 2_002)]
    assert found(*parts) == []
    (finding,) = found(figure("CP01", 2_001, row=1), *parts)
    assert (finding.rule, finding.found) == ("parts-total", "2,000")
    assert len(finding.message) < 400
