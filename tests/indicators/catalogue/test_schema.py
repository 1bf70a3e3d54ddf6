"""What a definition may say: each refusal names the field."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from trefoil.indicators.catalogue.schema import Definition, definition_json_schema
from trefoil.indicators.catalogue.vocabulary import Theme, Unit


def valid(**changes: Any) -> dict[str, Any]:
    """The fields of a sound definition, with changes; a change to None takes the field out."""
    fields: dict[str, Any] = {
        "id": "FD01",
        "title": "Contacts received",
        "short_title": "Contacts",
        "meaning": "How many times someone told children's services about a child.",
        "theme": "front-door",
        "numerator": "Contacts received in the period.",
        "unit": "count",
        "decimal_places": 0,
        "polarity": "monitor",
        "frequency": "monthly",
        "timing": "flow",
        "owner_agency": "children_social_care",
        "comparators": ["own_trend"],
        "cautions": "Areas count differently.",
        "source": "Case system.",
        "core": True,
        "reviewed_on": date(2026, 11, 22),
        "next_review_on": date(2027, 6, 1),
        "confidence": "printed",
    }
    fields.update(changes)
    return {name: value for name, value in fields.items() if value is not None}


def fields_refused(data: dict[str, Any]) -> set[str]:
    with pytest.raises(ValidationError) as refused:
        Definition.model_validate(data)
    return {".".join(str(part) for part in error["loc"]) for error in refused.value.errors()}


def message_of(data: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as refused:
        Definition.model_validate(data)
    return refused.value.errors()[0]["msg"]


def test_definition_accepts_the_sound_one() -> None:
    definition = Definition.model_validate(valid())
    assert definition.theme is Theme.FRONT_DOOR
    assert definition.unit is Unit.COUNT
    assert definition.breakdowns == ()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("id", "FD1"),
        ("id", "fd01"),
        ("title", ""),
        ("short_title", "A short title that goes on for far longer than it should"),
        ("meaning", "Too short."),
        ("theme", "kitchen"),
        ("unit", "pounds"),
        ("decimal_places", -1),
        ("decimal_places", 4),
        ("polarity", "up"),
        ("frequency", "often"),
        ("timing", "always"),
        ("owner_agency", "council"),
        ("comparators", []),
        ("comparators", ["mars"]),
        ("confidence", "sure"),
        ("reviewed_on", "soon"),
        ("next_review_on", "2027-02-30"),
        ("core", "perhaps"),
    ],
)
def test_definition_refuses_a_wrong_value_and_names_the_field(field: str, wrong: object) -> None:
    refused = fields_refused(valid(**{field: wrong}))
    assert {name.split(".")[0] for name in refused} == {field}


@pytest.mark.parametrize("field", ["id", "title", "meaning", "theme", "numerator", "unit", "owner_agency", "cautions"])
def test_definition_refuses_a_missing_field_and_names_it(field: str) -> None:
    assert fields_refused(valid(**{field: None})) == {field}


def test_definition_refuses_an_unknown_field_and_names_it() -> None:
    assert fields_refused(valid(colour="blue")) == {"colour"}


def test_definition_is_frozen() -> None:
    definition = Definition.model_validate(valid())
    with pytest.raises(ValidationError, match="frozen"):
        definition.__setattr__("title", "Other")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"next_review_on": date(2026, 11, 22)}, "next_review_on"),
        ({"also_answering": ["children_social_care"]}, "also_answering"),
        ({"unit": "percent", "decimal_places": 1}, "denominator"),
        ({"unit": "per_10000", "denominator": "Children."}, "population"),
        ({"population": "children_0_17"}, "population"),
        ({"calculation": {"share_of": "FD01 | outcome: *"}}, "share_of"),
        ({"breakdowns": [{"dimension": "age", "categories": ["1"], "exhaustive": True}] * 2}, "breakdowns"),
    ],
)
def test_definition_refuses_what_does_not_hang_together(changes: dict[str, Any], said: str) -> None:
    assert said in message_of(valid(**changes))


@pytest.mark.parametrize(
    "calculation",
    [
        {},
        {"numerator_from": "FD01", "share_of": "FD01 | outcome: *"},
        {"share_of": "FD01"},
        {"numerator_from": "FD01 outcome"},
    ],
)
def test_calculation_refuses_what_cannot_be_worked_out(calculation: dict[str, str]) -> None:
    refused = fields_refused(valid(unit="percent", denominator="Contacts.", calculation=calculation))
    assert {name.split(".")[0] for name in refused} == {"calculation"}


def test_calculation_reads_its_references() -> None:
    calculation = {"numerator_from": "FD01 | outcome: signposting", "denominator_from": "FD01"}
    definition = Definition.model_validate(valid(unit="percent", denominator="Contacts.", calculation=calculation))
    assert definition.calculation is not None
    assert definition.calculation.numerator is not None
    assert definition.calculation.numerator.parts == (("outcome", "signposting"),)
    assert [reference.indicator for reference in definition.calculation.references] == ["FD01", "FD01"]
    assert definition.calculation.share is None


@pytest.mark.parametrize(
    "published",
    [
        {"dataset": "lait", "measure": "CIN", "same": False},
        {"dataset": "lait", "measure": "CIN", "same": True, "difference": "Another year is covered."},
        {"dataset": "elsewhere", "measure": "CIN", "same": True},
    ],
)
def test_published_must_say_how_it_differs(published: dict[str, object]) -> None:
    refused = fields_refused(valid(published=published))
    assert {name.split(".")[0] for name in refused} == {"published"}


@pytest.mark.parametrize(
    "breakdown",
    [
        {"dimension": "team", "exhaustive": True},
        {"dimension": "age", "categories": ["1", "1"], "exhaustive": True},
        {"dimension": "age", "categories": ["1"]},
    ],
)
def test_breakdown_must_be_usable(breakdown: dict[str, object]) -> None:
    refused = fields_refused(valid(breakdowns=[breakdown]))
    assert {".".join(name.split(".")[:2]) for name in refused} == {"breakdowns.0"}


def test_breakdown_with_local_categories_accepts_any() -> None:
    team = {"dimension": "team", "exhaustive": True, "local_categories": True}
    age = {"dimension": "age", "categories": ["under 1", "1 to 5"], "exhaustive": True}
    definition = Definition.model_validate(valid(breakdowns=[team, age]))
    teams, ages = definition.breakdown("team"), definition.breakdown("age")
    assert teams is not None
    assert teams.accepts("North")
    assert ages is not None
    assert ages.accepts("1 to 5")
    assert not ages.accepts("6 to 10")
    assert definition.breakdown("sex") is None


def test_default_target_refuses_a_negative_tolerance() -> None:
    target = {"value": Decimal(95), "tolerance": Decimal(-1), "source": "Guidance."}
    assert fields_refused(valid(default_target=target)) == {"default_target.tolerance"}


def test_needs_review_from_the_day_itself() -> None:
    definition = Definition.model_validate(valid())
    assert not definition.needs_review(date(2027, 5, 31))
    assert definition.needs_review(date(2027, 6, 1))


def test_units_know_their_population() -> None:
    assert Unit.PER_10000.per_population == 10_000
    assert Unit.PERCENT.per_population == 0
    assert not Unit.COUNT.is_ratio
    assert Unit.DAYS.is_ratio


def test_json_schema_names_every_field_and_closes_the_door() -> None:
    schema = definition_json_schema()
    assert set(Definition.model_fields) == set(schema["properties"])
    assert schema["additionalProperties"] is False
