"""What may be wrong with the fields of each kind of evidence."""

from dataclasses import replace
from datetime import date

import pytest

from trefoil.plan.enums import EvidenceKind
from trefoil.plan.evidence_fields import EvidenceFields, evidence_faults

TODAY = date(2026, 11, 22)
AUDIT = EvidenceFields(
    before_on=date(2026, 3, 1),
    before_number=12,
    before_of=40,
    after_on=date(2026, 10, 1),
    after_number=30,
    after_of=40,
)
TRAINING = EvidenceFields(trained=60, after_on=date(2026, 10, 1), after_number=14, after_of=18)
INDICATOR = EvidenceFields(indicator="CP11", change_on=date(2026, 4, 1))


def faults(kind: EvidenceKind, given: EvidenceFields, words: str = "", happened_on: date = TODAY) -> list[str]:
    found = evidence_faults(kind, given, words=words, happened_on=happened_on, today=TODAY)
    return [f"{fault.field}: {fault.words}" for fault in found]


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        (EvidenceKind.AUDIT, AUDIT, ""),
        (EvidenceKind.TRAINING, TRAINING, ""),
        (EvidenceKind.INDICATOR, INDICATOR, ""),
        (EvidenceKind.VOICE, EvidenceFields(voice_of="children", heard=12), "They are asked what they want."),
        (EvidenceKind.OTHER, EvidenceFields(), "The inspectors say so."),
    ],
)
def test_evidence_faults_of_whole_evidence_are_none(kind: EvidenceKind, given: EvidenceFields, words: str) -> None:
    assert faults(kind, given, words) == []


@pytest.mark.parametrize(
    ("kind", "given", "found"),
    [
        (EvidenceKind.AUDIT, replace(AUDIT, after_number=41), "after_number: no more can be right than were looked at"),
        (EvidenceKind.AUDIT, replace(AUDIT, before_of=0), "before_of: say how many were looked at (first)"),
        (EvidenceKind.AUDIT, replace(AUDIT, before_number=None), "before_number: say how many were found right"),
        (EvidenceKind.AUDIT, replace(AUDIT, before_on=None), "before_on: say when the first audit was"),
        (EvidenceKind.AUDIT, replace(AUDIT, after_on=None), "after_on: say when the second audit was"),
        (EvidenceKind.AUDIT, replace(AUDIT, after_on=date(2026, 3, 1)), "after_on: the second audit must come after"),
        (
            EvidenceKind.AUDIT,
            replace(AUDIT, after_on=date(2027, 3, 1)),
            "after_on: the second audit lies in the future",
        ),
        (EvidenceKind.TRAINING, replace(TRAINING, trained=0), "trained: say how many people were trained"),
        (EvidenceKind.TRAINING, replace(TRAINING, after_of=61), "after_of: no more people can be asked than were"),
        (EvidenceKind.TRAINING, replace(TRAINING, after_on=None), "after_on: say when they were asked"),
        (EvidenceKind.TRAINING, replace(TRAINING, after_on=date(2027, 1, 1)), "after_on: the day on which they were"),
        (EvidenceKind.INDICATOR, replace(INDICATOR, indicator="XX1"), "indicator: choose the indicator"),
        (EvidenceKind.INDICATOR, replace(INDICATOR, change_on=None), "change_on: say from which day"),
        (EvidenceKind.INDICATOR, replace(INDICATOR, change_on=date(2027, 1, 1)), "change_on: the day of the change"),
        (EvidenceKind.VOICE, EvidenceFields(), "voice_of: say whose words these are"),
        (EvidenceKind.OTHER, EvidenceFields(), "words: say what this shows"),
    ],
)
def test_evidence_faults_names_the_field(kind: EvidenceKind, given: EvidenceFields, found: str) -> None:
    assert any(fault.startswith(found) for fault in faults(kind, given))


def test_evidence_faults_of_a_day_to_come() -> None:
    assert faults(EvidenceKind.OTHER, EvidenceFields(), "It is so.", date(2026, 12, 1)) == [
        "happened_on: evidence speaks of a day that has come"
    ]


def test_of_kind_leaves_other_fields_out() -> None:
    assert replace(INDICATOR, heard=4).of_kind(EvidenceKind.INDICATOR) == {
        "indicator": "CP11",
        "change_on": date(2026, 4, 1),
    }
