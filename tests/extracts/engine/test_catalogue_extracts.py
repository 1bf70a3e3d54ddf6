"""Every definition that says how it is counted from extracts can be counted."""

import pytest

from trefoil.extracts.engine.measures import Measure, measures
from trefoil.extracts.engine.subjects import SUBJECTS
from trefoil.extracts.standard import load_tables
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition
from trefoil.indicators.catalogue.vocabulary import Theme

COUNTED = measures(catalogue())
SAID_OF_EVERY = (
    Theme.FRONT_DOOR,
    Theme.EARLY_HELP,
    Theme.ASSESSMENT,
    Theme.MISSING_EXPLOITATION,
    Theme.YOUTH_JUSTICE,
    Theme.CHILDREN_IN_NEED,
    Theme.CHILD_PROTECTION,
    Theme.CARE_LEAVERS,
)


@pytest.mark.parametrize("theme", SAID_OF_EVERY, ids=lambda theme: theme.value)
def test_every_definition_says_whether_an_extract_can_give_it(theme: Theme) -> None:
    silent = [one.id for one in catalogue().in_theme(theme) if not (one.extract or one.not_from_extract)]
    assert silent == []


def test_the_themes_of_this_engine_are_counted() -> None:
    by_prefix: dict[str, int] = {}
    for measure in COUNTED:
        by_prefix[measure.id[:2]] = by_prefix.get(measure.id[:2], 0) + 1
    expected = {
        "FD": 19,
        "EH": 11,
        "SA": 18,
        "AS": 9,
        "MX": 16,
        "YJ": 1,
        "CN": 8,
        "CP": 24,
        "CL": 27,
        "CV": 10,
        "PF": 2,
    }
    assert {prefix: number for prefix, number in by_prefix.items() if prefix in expected} == expected


def _fields_that_are_not_stored(needs: tuple[str, ...]) -> list[str]:
    tables = load_tables()
    choices = [choice.partition(".") for need in needs for choice in need.split("|")]
    return [
        f"{table}.{field}"
        for table, _, field in choices
        if table not in tables or field not in tables[table].stored_columns
    ]


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=lambda subject: subject.name)
def test_a_subject_needs_only_fields_that_the_store_keeps(subject) -> None:  # type: ignore[no-untyped-def]
    needs = [need for column in subject.own.values() for need in column.needs]
    assert _fields_that_are_not_stored((*subject.needs, *needs, *([subject.team] if subject.team else []))) == []


@pytest.mark.parametrize("measure", COUNTED, ids=lambda measure: measure.id)
def test_an_own_breakdown_has_the_categories_of_the_definition(measure: Measure) -> None:
    for dimension, column in measure.extract.by.items():
        listed = _breakdown(measure.definition, dimension)
        if listed.local_categories:
            continue
        values = set(measure.columns[column].values)
        if listed.exhaustive:
            assert set(listed.categories) <= values
        # What no category holds is shown as what it is, and never put into one of them.
        for extra in values - set(listed.categories):
            assert extra.split()[0] in {"other", "not", "unborn", "18"}, extra


def _breakdown(definition: Definition, dimension: str):  # type: ignore[no-untyped-def]
    shared = definition.calculation and definition.calculation.share
    of = catalogue()[shared.indicator] if shared else definition
    found = of.breakdown(dimension)
    assert found is not None
    return found
