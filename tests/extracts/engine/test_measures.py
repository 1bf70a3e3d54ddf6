"""A definition that cannot be counted says which part of it is wrong."""

from typing import Any

import pytest

from trefoil.extracts.engine.measures import MeasureError, measures
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Extract


def _changed(indicator: str, **extract: Any):  # type: ignore[no-untyped-def]
    definition = catalogue()[indicator]
    assert definition.extract is not None
    return definition.model_copy(update={"extract": Extract.model_validate(definition.extract.model_dump() | extract)})


@pytest.mark.parametrize(
    ("indicator", "extract", "words"),
    [
        ("FD14", {"subject": "calls"}, "FD14: extract.subject: there is no subject “calls”"),
        ("FD14", {"numerator": "again and"}, "FD14: extract.numerator: “again and” cannot be read (at character 10)"),
        ("FD14", {"where": "late"}, "FD14: extract.where: there is no column “late”"),
        ("FD12", {"by": {"source": "origin"}}, "FD12: extract.by.source: there is no column “origin”"),
        ("FD12", {"by": {"source": "nfa"}}, "FD12: extract.by.source: “nfa” is not a code"),
        ("SA12", {"sum": "nfa"}, "SA12: extract.sum: “nfa” is not a number"),
        ("FD14", {"count": "open"}, "FD14: extract.count: referrals are events"),
        ("YJ01", {"count": "events"}, "YJ01: extract.count: youth_justice are episodes"),
    ],
)
def test_measures_refused(indicator: str, extract: dict[str, Any], words: str) -> None:
    with pytest.raises(MeasureError) as found:
        measures([_changed(indicator, **extract)])
    assert words in str(found.value)


def test_measures_leaves_out_what_no_extract_can_give() -> None:
    assert [measure.id for measure in measures([catalogue()["FD08"], catalogue()["FD12"]])] == ["FD12"]
