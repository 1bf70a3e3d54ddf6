"""The patterns that are shipped, and the faults that a pattern may have."""

from typing import Any

import pytest
from pydantic import ValidationError

from trefoil.publishing.enums import BlockKind, PublicKind
from trefoil.publishing.patterns.reading import LAW, Pattern, pattern_of, patterns

SOUND: dict[str, Any] = {
    "kind": "yearly_report",
    "title": "Report",
    "law": "WT2023",
    "reviewed_on": "2026-11-23",
    "section": [{"key": "summary", "title": "Summary", "ask": "What was done this year.", "items": ["YR-1"]}],
    "item": [
        {
            "id": "YR-1",
            "words": "What was done because of the arrangements",
            "must": True,
            "asked_by": ["WT2018"],
            "source": "Children Act 2004, section 16G",
            "confidence": "S",
        }
    ],
}


def test_patterns_are_one_for_each_kind() -> None:
    assert set(patterns()) == set(PublicKind.values)


def test_patterns_ask_what_the_editions_ask() -> None:
    arrangements = pattern_of(PublicKind.ARRANGEMENTS)
    asked = arrangements.asked("WT2018")
    assert [one.must for one in asked] == [True] * 3 + [False] * 11
    assert {one.id for one in asked} < {one.id for one in arrangements.asked("WT2023")}
    assert {one.id for one in arrangements.asked("WT2023")} < {one.id for one in arrangements.asked("WT2026")}
    assert pattern_of(PublicKind.COMMITTEE_REPORT).laws == ()
    assert set(pattern_of(PublicKind.YEARLY_REPORT).laws) == set(LAW)


def test_patterns_want_figures_that_there_are() -> None:
    wanted = {one.needs for pattern in patterns().values() for one in pattern.item}
    assert {"indicator", "priority", "budget"} <= wanted - {""} <= set(BlockKind.values)


def test_items_of_a_section_that_is_gone_are_none() -> None:
    assert pattern_of(PublicKind.ARRANGEMENTS).items_of("gone", "WT2023") == ()


@pytest.mark.parametrize(
    ("section", "item", "fault"),
    [
        ({"items": []}, {}, "YR-1 has no section"),
        ({"items": ["YR-1", "YR-2"]}, {}, "YR-2 is no item"),
        ({}, {"asked_by": ["WT1999"]}, "asked_by"),
        ({}, {"source": ""}, "source"),
    ],
)
def test_pattern_with_a_fault_is_refused(section: dict[str, Any], item: dict[str, Any], fault: str) -> None:
    planted = {**SOUND, "section": [{**SOUND["section"][0], **section}], "item": [{**SOUND["item"][0], **item}]}
    Pattern.model_validate(SOUND)
    with pytest.raises(ValidationError, match=fault):
        Pattern.model_validate(planted)


def test_pattern_with_a_name_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="summary stands twice"):
        Pattern.model_validate({**SOUND, "section": SOUND["section"] * 2})
