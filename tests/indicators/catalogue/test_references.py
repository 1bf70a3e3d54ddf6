import pytest

from trefoil.indicators.catalogue.references import FigureReference, parse_reference, split_breakdown


def test_parse_reference_reads_a_whole_indicator() -> None:
    assert parse_reference("FD01") == FigureReference("FD01", "")


def test_parse_reference_reads_a_crossed_breakdown() -> None:
    reference = parse_reference("QA01 | service: * / grade: Good")
    assert reference.indicator == "QA01"
    assert reference.parts == (("service", "*"), ("grade", "Good"))


@pytest.mark.parametrize(
    "text", ["", "fd01", "FD1", "FD01|outcome: x", "FD01 | outcome", "FD01 | : x", "FD01 and FD02"]
)
def test_parse_reference_refuses_other_forms(text: str) -> None:
    with pytest.raises(ValueError, match="not"):
        parse_reference(text)


def test_split_breakdown_keeps_slashes_inside_a_category() -> None:
    assert split_breakdown("outcome: continue with CIN/CP/CLA") == (("outcome", "continue with CIN/CP/CLA"),)


def test_split_breakdown_of_the_whole_is_empty() -> None:
    assert split_breakdown("") == ()
