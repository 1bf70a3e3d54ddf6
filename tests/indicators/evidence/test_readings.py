"""How figures are read and written."""

from decimal import Decimal

import pytest

from trefoil.indicators.calculation.polarity import Polarity
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition, Published
from trefoil.indicators.catalogue.vocabulary import PublishedDataset, Unit
from trefoil.indicators.evidence.readings import Reading, published_reading, published_title, reading_of


@pytest.mark.parametrize(
    ("unit", "places", "value", "said"),
    [
        (Unit.PERCENT, 1, "82.75", "82.8%"),
        (Unit.COUNT, 0, "1234", "1,234"),
        (Unit.PER_10000, 1, "293.1", "293.1 per 10,000"),
        (Unit.GBP, 0, "12500", "£12,500"),
        (Unit.WEEKS, 1, "44.7", "44.7 weeks"),
    ],
)
def test_say_writes_value_with_its_unit(unit: Unit, places: int, value: str, said: str) -> None:
    assert Reading(unit, Polarity.MONITOR, places).say(Decimal(value)) == said


def test_say_is_empty_without_a_value() -> None:
    assert Reading(Unit.COUNT, Polarity.MONITOR, 0).say(None) == ""


def test_middle_of_whole_percentages_keeps_a_half() -> None:
    reading = Reading(Unit.PERCENT, Polarity.HIGHER, 0)
    assert reading.say(Decimal("93.5"), middle=True) == "93.5%"
    assert Reading(Unit.COUNT, Polarity.HIGHER, 0).say(Decimal("93.5"), middle=True) == "94"


def beside_measure(indicator: str, measure: str) -> Definition:
    """A definition that stands beside a published measure that is not quite the same."""
    published = Published(
        dataset=PublishedDataset.LAIT, measure=measure, same=False, difference="It counts something else."
    )
    return catalogue()[indicator].model_copy(update={"published": published})


def test_published_measure_of_another_unit_is_read_in_its_own() -> None:
    plans_of_two_years = beside_measure("CP06", "CPPlans2yrsActive")
    assert reading_of(plans_of_two_years).unit is Unit.COUNT
    assert published_reading(plans_of_two_years).unit is Unit.PERCENT


def test_published_measure_that_counts_the_opposite_has_the_opposite_polarity() -> None:
    in_touch = beside_measure("CV04", "CareLeavers_LA_NotInTouch")
    assert reading_of(in_touch).polarity is Polarity.HIGHER
    assert published_reading(in_touch).polarity is Polarity.LOWER


def test_the_same_measure_published_is_judged_as_the_definition_judges_it() -> None:
    watched = catalogue()["CP26"]
    assert published_reading(watched).polarity is watched.polarity is Polarity.MONITOR


def test_published_title_is_the_publishers() -> None:
    assert published_title(catalogue()["CP02"]) == "Child Protection Plans rate per 10,000"
    assert published_title(catalogue()["FD01"]) == ""
