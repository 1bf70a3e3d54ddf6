"""Contradictions stand under every measure that they are about."""

from datetime import date

from trefoil.indicators.evidence.questions import by_measure, in_words
from trefoil.indicators.models import Fault

SECTION_20 = (
    "CL01 “Children in care” (legal status: section 20) says 118, CL12 “In care under section 20” says 128: for "
    "October 2026 both count children accommodated under section 20 and must be the same."
)


def row(rule: str, indicator: str, message: str, **more: str | date) -> Fault:
    return Fault(severity=more.pop("severity", "note"), rule=rule, indicator=indicator, message=message, **more)


def test_same_thing_counted_twice_stands_under_both_measures() -> None:
    fault = row("same-thing", "CL01", SECTION_20, severity="fault", breakdown="legal status: section 20")
    assert dict(by_measure([fault])) == {"CL01": [fault], "CL12": [fault]}


def test_jump_of_a_part_stands_under_the_measure_worked_out_from_it() -> None:
    jump = row("jump", "FD01", "From 627 to 0.", breakdown="outcome: outcome of no further action")
    assert dict(by_measure([jump])) == {"FD01": [jump], "FD05": [jump]}


def test_measure_that_is_only_mentioned_does_not_get_the_note() -> None:
    note = row("percentage-counts", "CP05", "CP05 is given as 10.8%, but is 9.5%. It would fit CP01, 167.")
    assert dict(by_measure([note])) == {"CP05": [note]}


def test_fault_in_a_sum_is_not_laid_at_the_first_part() -> None:
    fault = row("parts-total", "FD01", "1 less.", severity="fault", breakdown="outcome: outcome of no further action")
    assert list(by_measure([fault])) == ["FD01"]


def test_newest_comes_first_with_the_measures_it_names() -> None:
    old = row("same-thing", "CL01", SECTION_20, period_end=date(2019, 1, 31))
    new = row("jump", "CL12", "A jump.", period_end=date(2019, 2, 28))
    first, second = in_words([old, new])
    assert (first.message, first.measures) == ("A jump.", ())
    assert second.measures == (("CL01", "Children in care"), ("CL12", "Children in care by agreement under section 20"))
