"""A published measure that a definition names is shipped, and is measured in the definition's unit."""

import pytest

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.vocabulary import PublishedDataset, Unit
from trefoil.indicators.national.reader import read_measures


@pytest.fixture(scope="module")
def axes() -> dict[str, str]:
    """The axis title of each shipped measure."""
    return {measure.code: measure.unit for measure in read_measures()}


def named() -> dict[str, Unit]:
    """The unit in which each named measure of the interactive tool is used."""
    return {
        definition.published.measure: definition.unit
        for definition in catalogue()
        if definition.published and definition.published.dataset is PublishedDataset.LAIT
    }


def test_every_named_measure_is_shipped(axes: dict[str, str]) -> None:
    assert len(named()) > 50
    assert [measure for measure in named() if measure not in axes] == []


def test_a_rate_per_10000_is_laid_beside_a_rate_per_10000(axes: dict[str, str]) -> None:
    wrong = [m for m, unit in named().items() if ("10,000" in axes[m]) != (unit is Unit.PER_10000)]
    assert wrong == []


def test_a_count_is_laid_beside_a_count(axes: dict[str, str]) -> None:
    counts = [m for m, unit in named().items() if unit is Unit.COUNT]
    assert counts
    assert [m for m in counts if "%" in axes[m] or "rate" in axes[m].lower()] == []
