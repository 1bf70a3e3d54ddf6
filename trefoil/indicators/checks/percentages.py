"""Percentages against the counts they are made of. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor

from ..catalogue.references import split_breakdown
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Timing, Unit
from ..periods import Period, financial_year_of
from ..rows import FigureRow, Finding
from .check import Check, fault, named, note
from .lookup import Figures, shares_out
from .precision import HALF, agrees, half_unit, places_of, shown

_HUNDRED = Decimal(100)


def _is_share(definition: Definition | None, row: FigureRow) -> bool:
    """Whether the value of a row is a percentage: of its indicator, or of a part in a count."""
    if definition is None or row.value is None:
        return False
    part_of_count = definition.unit is Unit.COUNT and bool(row.breakdown)
    return definition.unit is Unit.PERCENT or part_of_count


def percentage_of_counts(figures: Figures) -> Iterator[Finding]:
    """A percentage is its numerator over its denominator, at the precision it was published to."""
    for row in figures.rows:
        if not _is_share(figures.definitions.get(row.indicator), row) or row.value is None:
            continue
        numerator, denominator = figures.numerator_of(row), figures.denominator_of(row)
        if numerator is None or denominator is None or denominator <= 0:
            continue
        exact = numerator / denominator * _HUNDRED
        if not agrees(row.value, exact):
            places = max(1, places_of(row.value))
            another = _taken_of_another(figures, row, numerator)
            message = (
                f"{named(row)} is given as {row.value}%, but {shown(numerator)} of {shown(denominator)} is "
                f"{shown(exact, places)}%.{another}"
            )
            # A percentage whose own denominator is not printed, and which fits another count of the period exactly,
            # was worked out another way than the catalogue does: worth knowing, but no contradiction in the file.
            say = note if another and row.denominator is None else fault
            yield say(PERCENTAGE.rule, row, ("value", f"{row.value}", shown(exact, places)), message)


def value_of_counts(figures: Figures) -> Iterator[Finding]:
    """Any other value agrees with the counts of its own row: a rate, a mean, or the count itself."""
    for row in figures.rows:
        definition = figures.definitions.get(row.indicator)
        if definition is None or row.value is None or _is_share(definition, row):
            continue
        exact = _worked_out(definition, row)
        if exact is not None and not agrees(row.value, exact):
            right = shown(exact, max(1, places_of(row.value)))
            message = f"{named(row)} is given as {row.value}, but its own counts make {right}."
            yield fault(VALUE.rule, row, ("value", f"{row.value}", right), message)


def _worked_out(definition: Definition, row: FigureRow) -> Decimal | None:
    if row.numerator is None or definition.unit is Unit.SCORE:
        return None
    if not definition.unit.is_ratio:
        return row.numerator
    if not row.denominator:
        return None
    return row.numerator * (definition.unit.per_population or 1) / row.denominator


def _taken_of_another(figures: Figures, row: FigureRow, numerator: Decimal) -> str:
    """A hint: the other wholes of the period that the percentage would fit."""
    if row.breakdown:
        return ""
    fitting = [
        f"{other.indicator}, {shown(other.numerator)}"
        for other in figures.at(row.period)
        if not other.breakdown and other.numerator and row.value is not None
        if other.indicator != row.indicator and agrees(row.value, numerator / other.numerator * _HUNDRED)
    ]
    return f" It would fit {' or '.join(fitting)}." if 0 < len(fitting) <= 3 else ""


def percentage_is_possible(figures: Figures) -> Iterator[Finding]:
    """A percentage that comes with a count alone must fit some whole denominator."""
    for row in figures.rows:
        implied = _implied(figures, row)
        if implied is not None and ceil(implied[0]) > floor(implied[1]):
            message = (
                f"{named(row)} is given as {row.value}% with a count of "
                f"{shown(row.numerator or Decimal(0))}; no whole "
                "number of children gives that percentage."
            )
            found = f"{shown(row.numerator or Decimal(0))} and {row.value}%"
            yield fault(POSSIBLE.rule, row, ("value", found, "a count and percentage that fit"), message)


def _implied(figures: Figures, row: FigureRow) -> tuple[Decimal, Decimal] | None:
    """The least and the greatest denominator that a count and its percentage allow, when none is given."""
    if not _is_share(figures.definitions.get(row.indicator), row) or row.value is None or not row.numerator:
        return None
    if figures.denominator_of(row) is not None:
        return None  # then the percentage itself is checked
    half = half_unit(row.value)
    if row.value <= half:
        return None
    return row.numerator * _HUNDRED / (row.value + half), row.numerator * _HUNDRED / (row.value - half)


def shares_of_whole(figures: Figures) -> Iterator[Finding]:
    """Shares of a whole add up to 100, but for the rounding of each."""
    for definition, _period, parts in figures.split():
        for dimensions, rows in parts.items():
            for at, dimension in enumerate(dimensions):
                if shares_out(definition, dimension):
                    yield from _share_groups(definition, rows, at)


def _share_groups(definition: Definition, rows: list[FigureRow], at: int) -> Iterator[Finding]:
    groups: dict[tuple[tuple[str, str], ...], list[FigureRow]] = defaultdict(list)
    for row in rows:
        parts = split_breakdown(row.breakdown)
        groups[parts[:at] + parts[at + 1 :]].append(row)
    for others, group in groups.items():
        values = [row.value for row in group if row.value is not None]
        of_the_whole = definition.unit is Unit.COUNT and not others
        if len(values) < len(group) or len(group) < 2 or not (definition.unit is Unit.PERCENT or of_the_whole):
            continue
        total = sum(values, Decimal(0))
        places = max(places_of(value) for value in values)
        if abs(total - _HUNDRED) > len(values) * HALF.scaleb(-places):
            first = min(group, key=lambda row: (row.place.row, row.breakdown))
            within = " and ".join(f"{dimension} {category}" for dimension, category in others)
            message = (
                f"The shares of {definition.id}{f' within {within}' if within else ''} for "
                f"{first.period.label} add "
                f"up to {shown(total)}, which rounding cannot explain."
            )
            yield fault(SHARES.rule, first, ("value", shown(total), "100"), message)


def denominator_of_cumulative(figures: Figures) -> Iterator[Finding]:
    """The children counted since April cannot become fewer; a percentage that implies it changed its basis."""
    series: dict[tuple[str, Period], list[tuple[FigureRow, tuple[Decimal, Decimal]]]] = defaultdict(list)
    for row in figures.rows:
        definition = figures.definitions.get(row.indicator)
        cumulative = definition is not None and definition.timing is Timing.CUMULATIVE
        implied = _implied(figures, row) if cumulative and not row.breakdown else None
        if implied is not None and row.period.kind == "month":
            series[(row.indicator, financial_year_of(row.period.end))].append((row, implied))
    for months in series.values():
        months.sort(key=lambda month: month[0].period)
        for (before, earlier), (row, later) in pairwise(months):
            if floor(later[1]) < ceil(earlier[0]):
                yield _fell(before, ceil(earlier[0]), row, floor(later[1]))


def _fell(before: FigureRow, least: int, row: FigureRow, most: int) -> Finding:
    message = (
        f"{named(row)}: {shown(row.numerator or Decimal(0))} and {row.value}% mean at most {most:,} "
        f"children, but "
        f"{before.period.label} ({shown(before.numerator or Decimal(0))} and {before.value}%) means at "
        f"least {least:,}. "
        "A count since April cannot fall, so the percentage was taken of something else from then on."
    )
    return note(CUMULATIVE.rule, row, ("value", f"at most {most}", f"at least {least}"), message)


PERCENTAGE = Check(
    "percentage-counts",
    "A percentage must be its numerator over its denominator, at the decimals it is published to.",
    percentage_of_counts,
)
VALUE = Check("value-counts", "A rate, a mean or a count must agree with the counts of its own row.", value_of_counts)
POSSIBLE = Check(
    "percentage-possible",
    "A percentage given with a count must fit some whole number as its denominator.",
    percentage_is_possible,
)
SHARES = Check("shares-hundred", "Shares of a whole must add up to 100, but for the rounding of each.", shares_of_whole)
CUMULATIVE = Check(
    "cumulative-denominator",
    "What a cumulative percentage is taken of must not become smaller within a year.",
    denominator_of_cumulative,
)
