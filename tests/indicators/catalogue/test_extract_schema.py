"""What a definition may say of how it is counted from extracts."""

from typing import Any

import pytest

from tests.indicators.catalogue.test_schema import fields_refused, message_of, valid
from trefoil.indicators.catalogue.schema import Definition

COUNT: dict[str, Any] = {"subject": "contacts", "count": "events"}
PERCENT: dict[str, Any] = {"unit": "percent", "denominator": "All contacts.", "decimal_places": 1}
RATE: dict[str, Any] = {"unit": "per_10000", "denominator": "Children.", "population": "children_0_17"}
BY_AGENCY = [{"dimension": "agency", "categories": ["police"], "exhaustive": False}]


def test_extract_of_a_count_is_accepted() -> None:
    definition = Definition.model_validate(
        valid(extract=COUNT | {"where": "open", "by": {"agency": "agency"}}, breakdowns=BY_AGENCY)
    )
    assert definition.extract is not None
    assert definition.extract.dimensions == ("agency",)


def test_extract_of_a_share_may_take_the_dimension_of_what_it_is_a_share_of() -> None:
    share = {"share_of": "FD01 | outcome: *"}
    definition = Definition.model_validate(
        valid(**PERCENT, calculation=share, extract=COUNT | {"by": {"outcome": "outcome"}})
    )
    assert definition.extract is not None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (PERCENT | {"extract": COUNT}, "needs numerator, sum, per or by"),
        ({"extract": COUNT | {"numerator": "nfa"}}, "use where"),
        (RATE | {"extract": COUNT | {"numerator": "nfa"}}, "extract.per must be given"),
        (PERCENT | {"extract": COUNT | {"numerator": "nfa", "sum": "days"}}, "one of numerator, sum and per"),
        (PERCENT | {"extract": COUNT | {"count": "children", "sum": "days"}}, "sum needs count events or open"),
        ({"extract": COUNT | {"by": {"agency": "agency"}}}, "by agency, which is not a breakdown"),
        (
            {"extract": COUNT | {"by": {"agency": "a"}, "parts": {"agency": {"police": "p"}}}, "breakdowns": BY_AGENCY},
            "either in by or in parts",
        ),
        ({"extract": COUNT, "not_from_extract": {"reason": "There is no field for it anywhere."}}, "not both"),
    ],
)
def test_extract_that_does_not_fit_is_refused(changes: dict[str, Any], words: str) -> None:
    assert words in message_of(valid(**changes))


@pytest.mark.parametrize(
    ("extract", "field"),
    [
        ({"subject": "contacts", "count": "people"}, "extract.count"),
        ({"subject": "Contacts; drop", "count": "events"}, "extract.subject"),
        ({"subject": "contacts", "count": "events", "window": "rolling_6"}, "extract.window"),
        ({"subject": "contacts", "count": "events", "wher": "nfa"}, "extract.wher"),
    ],
)
def test_extract_with_an_unknown_word_is_refused(extract: dict[str, Any], field: str) -> None:
    assert field in fields_refused(valid(extract=extract))


def test_not_from_extract_needs_a_reason() -> None:
    assert fields_refused(valid(not_from_extract={"reason": "No."})) == {"not_from_extract.reason"}
