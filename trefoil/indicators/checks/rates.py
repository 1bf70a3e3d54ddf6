"""Rates per head of one population: is there a whole number of people that gives them all? Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil, floor

from ..periods import Period, financial_year_of
from ..rows import FigureRow, Finding
from .check import Check, fault, named
from .lookup import Figures
from .precision import half_unit

_Implied = tuple[int, int, FigureRow]


def one_population(figures: Figures) -> Iterator[Finding]:
    """All rates on one population in one financial year are reproduced by one whole number of people."""
    for implied in _by_population(figures).values():
        best = _population(implied)
        for least, most, row in implied:
            if not least <= best <= most:
                message = (
                    f"{named(row)} is given as {row.value}, which means {_between(least, most)} people; "
                    f"the other rates of the file mean {best:,}."
                )
                yield fault(RATES.rule, row, ("value", str(row.value), f"a rate on {best:,} people"), message)


def implied_population(figures: Figures) -> dict[tuple[str, Period], tuple[int, int]]:
    """The least and the greatest population that reproduce every published rate, by population and financial
    year.

    Where no number reproduces all of them, the population is left out.
    """
    found = {}
    for key, implied in _by_population(figures).items():
        least, most = max(low for low, _, _ in implied), min(high for _, high, _ in implied)
        if least <= most:
            found[key] = (least, most)
    return found


def _by_population(figures: Figures) -> dict[tuple[str, Period], list[_Implied]]:
    groups: dict[tuple[str, Period], list[_Implied]] = defaultdict(list)
    for row in figures.rows:
        definition = figures.definitions.get(row.indicator)
        per = definition.unit.per_population if definition else 0
        if definition is None or not per or row.breakdown or not row.value:
            continue
        numerator = figures.numerator_of(row)
        half = half_unit(row.value)
        if numerator and row.value > half:
            least, most = numerator * per / (row.value + half), numerator * per / (row.value - half)
            key = (definition.population, financial_year_of(row.period.end))
            groups[key].append((ceil(least), floor(most), row))
    return groups


def _population(implied: Sequence[_Implied]) -> int:
    """The whole number that reproduces most rates; the least of them where several do."""
    candidates = sorted({least for least, _, _ in implied})
    return max(candidates, key=lambda people: sum(low <= people <= high for low, high, _ in implied))


def _between(least: int, most: int) -> str:
    if least > most:
        return "no whole number of"
    return f"{Decimal(least):,}" if least == most else f"{least:,} to {most:,}"


RATES = Check(
    "rates-population",
    "All rates per head in a file must fit one population.",
    one_population,
)
