"""Parts against their totals. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ..catalogue.references import split_breakdown
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Timing, Unit
from ..periods import Period, financial_year_of, month
from ..rows import FigureRow, Finding
from .check import Check, fault, named, note
from .lookup import Dimensions, Figures, adds_up, shares_out, summed
from .precision import shown

_LISTED = 40
_OUTSIDE = "not "  # a category such as “not assessed in month” completes a total without being an answer


def parts_against_total(figures: Figures) -> Iterator[Finding]:
    """A breakdown that covers the whole adds up to it."""
    for definition, period, parts in figures.split():
        for dimensions, rows in parts.items():
            total = summed(rows) if adds_up(definition, dimensions) else None
            if total is None or not _countable(definition, dimensions):
                continue
            for whole, row in _wholes(figures, definition, period, rows):
                if whole != total:
                    yield _does_not_add_up(dimensions, rows, row, whole, total)


def _countable(definition: Definition, dimensions: Dimensions) -> bool:
    """Whether the counts of the parts are parts of one count.

    By team they are not: there each percentage has a denominator of its own.
    """
    if definition.unit is Unit.PERCENT:
        return all(shares_out(definition, dimension) for dimension in dimensions)
    return True


def _wholes(
    figures: Figures, definition: Definition, period: Period, rows: list[FigureRow]
) -> Iterator[tuple[Decimal, FigureRow]]:
    """The totals that the parts must reach: the whole as returned, else the denominator they share."""
    whole = figures.get(definition.id, "", period)
    shared = {row.denominator for row in rows if row.denominator is not None}
    if definition.unit is not Unit.PERCENT and whole is not None and whole.numerator is not None:
        yield whole.numerator, whole
    elif definition.unit in (Unit.COUNT, Unit.PERCENT) and len(shared) == 1:
        yield shared.pop(), _first(rows)


def _does_not_add_up(
    dimensions: Dimensions, rows: list[FigureRow], row: FigureRow, whole: Decimal, total: Decimal
) -> Finding:
    by = " and ".join(dimensions)
    size = abs(whole - total)
    how = "less" if total < whole else "more"
    listed = sorted(rows, key=_position)[:_LISTED]
    counts = " + ".join(shown(part.numerator) for part in listed if part.numerator)
    counts += " + ..." if len(rows) > _LISTED else ""
    message = (
        f"{row.indicator} by {by} for {row.period.label} adds up to {shown(total)}, {shown(size)} {how} "
        f"than its "
        f"total of {shown(whole)} ({counts})."
    )
    return fault(PARTS.rule, row, ("numerator", shown(total), shown(whole)), message)


def shared_denominators(figures: Figures) -> Iterator[Finding]:
    """The denominator that a part of a count is given with is the whole."""
    for definition, period, parts in figures.split():
        whole = figures.get(definition.id, "", period)
        if definition.unit is not Unit.COUNT or whole is None or whole.numerator is None:
            continue
        for row in (row for rows in parts.values() for row in rows):
            if row.denominator is not None and row.denominator != whole.numerator:
                message = (
                    f"{named(row)} is given out of {shown(row.denominator)}, but the total is {shown(whole.numerator)}."
                )
                found, expected = shown(row.denominator), shown(whole.numerator)
                yield fault(PART_DENOMINATOR.rule, row, ("denominator", found, expected), message)


def two_dimensions(figures: Figures) -> Iterator[Finding]:
    """A breakdown by two things adds up to the breakdown by each of them."""
    for definition, period, parts in figures.split():
        for dimensions, rows in parts.items():
            if len(dimensions) == 2:
                for at in (0, 1):
                    if adds_up(definition, (dimensions[1 - at],)):
                        yield from _margin(figures, definition, period, rows, at)


def _margin(
    figures: Figures, definition: Definition, period: Period, rows: list[FigureRow], at: int
) -> Iterator[Finding]:
    by_category: dict[tuple[str, str], list[FigureRow]] = defaultdict(list)
    for row in rows:
        by_category[split_breakdown(row.breakdown)[at]].append(row)
    for (dimension, category), group in by_category.items():
        margin = figures.get(definition.id, f"{dimension}: {category}", period)
        total = summed(group)
        if margin is None or margin.numerator is None or total is None or total == margin.numerator:
            continue
        message = f"{named(margin)} is {shown(margin.numerator)}, but its own breakdown adds up to {shown(total)}."
        yield fault(MARGINS.rule, margin, ("numerator", shown(total), shown(margin.numerator)), message)


def breakdowns_agree(figures: Figures) -> Iterator[Finding]:
    """Where no total is given, two breakdowns of the same whole reach the same sum."""
    for definition, period, parts in figures.split():
        if figures.get(definition.id, "", period) is not None or definition.unit is Unit.PERCENT:
            continue
        sums = [
            (total, dimensions, rows)
            for dimensions, rows in parts.items()
            if adds_up(definition, dimensions) and (total := summed(rows)) is not None
        ]
        for total, dimensions, rows in sums[1:]:
            first, against, _ = sums[0]
            if total != first and not set(against) & set(dimensions):  # else the margins are checked
                row = _first(rows)
                message = (
                    f"{definition.id} for {period.label} adds up to {shown(total)} by "
                    f"{' and '.join(dimensions)} but "
                    f"to {shown(first)} by {' and '.join(against)}."
                )
                yield fault(BREAKDOWNS.rule, row, ("numerator", shown(total), shown(first)), message)


def outside_categories(figures: Figures) -> Iterator[Finding]:
    """A total that is reached only with a category such as “not assessed” is worth knowing."""
    for definition, period, parts in figures.split():
        whole = figures.get(definition.id, "", period)
        for dimensions, rows in parts.items():
            if len(dimensions) != 1 or whole is None or not adds_up(definition, dimensions):
                continue
            outside = [row for row in rows if _category(row).casefold().startswith(_OUTSIDE) and row.numerator]
            if outside and summed(rows) == whole.numerator:
                yield _only_with(whole, dimensions, rows, outside)


def _only_with(whole: FigureRow, dimensions: Dimensions, rows: list[FigureRow], outside: list[FigureRow]) -> Finding:
    without = summed(row for row in rows if row not in outside) or Decimal(0)
    names = ", ".join(f"{shown(row.numerator)} “{_category(row)}”" for row in outside if row.numerator)
    total = shown(whole.numerator or Decimal(0))
    message = (
        f"{whole.indicator} by {dimensions[0]} for {whole.period.label} adds up to its total of {total} "
        f"only with "
        f"{names}; without, to {shown(without)}."
    )
    return note(OUTSIDE.rule, whole, ("numerator", shown(without), total), message)


def part_within_whole(figures: Figures) -> Iterator[Finding]:
    """No part is greater than its whole, and no month greater than the year to date it lies in."""
    for definition, period, parts in figures.split():
        whole = figures.get(definition.id, "", period)
        if whole is None or whole.numerator is None or definition.unit is Unit.PERCENT:
            continue
        for dimensions, rows in parts.items():
            if not adds_up(definition, dimensions):
                yield from (_greater(row, whole) for row in rows if _above(row, whole))
    for row in figures.rows:
        definition_ = figures.definitions.get(row.indicator)
        if definition_ and definition_.timing is Timing.FLOW and row.period.kind == "month":
            yield from (_greater(row, run) for run in _years_to_date(figures, row) if _above(row, run))


def _years_to_date(figures: Figures, row: FigureRow) -> Iterator[FigureRow]:
    """The runs of months since April that a month lies in."""
    year = financial_year_of(row.period.end)
    for offset in range(12):
        number = year.start.month - 1 + offset
        last = month(year.start.year + number // 12, number % 12 + 1)
        if last.end >= row.period.end and last.start > year.start:
            run = figures.get(row.indicator, row.breakdown, Period(year.start, last.end))
            if run is not None:
                yield run


def _above(row: FigureRow, whole: FigureRow) -> bool:
    return row.numerator is not None and whole.numerator is not None and row.numerator > whole.numerator


def _greater(row: FigureRow, whole: FigureRow) -> Finding:
    found, limit = shown(row.numerator or Decimal(0)), shown(whole.numerator or Decimal(0))
    message = f"{named(row)} is {found}, more than {named(whole)}, which is {limit}."
    return fault(WITHIN.rule, row, ("numerator", found, f"at most {limit}"), message)


def _position(row: FigureRow) -> tuple[int, str]:
    return (row.place.row, row.breakdown)


def _first(rows: list[FigureRow]) -> FigureRow:
    return min(rows, key=_position)


def _category(row: FigureRow) -> str:
    return split_breakdown(row.breakdown)[0][1]


PARTS = Check(
    "parts-total",
    "The parts of a breakdown that covers everything must add up to the total.",
    parts_against_total,
)
PART_DENOMINATOR = Check(
    "part-denominator", "The denominator given with a part must be the total.", shared_denominators
)
MARGINS = Check(
    "parts-margin", "A breakdown by two things must add up to the breakdown by each of them.", two_dimensions
)
BREAKDOWNS = Check("breakdowns-agree", "Two breakdowns of the same whole must reach the same sum.", breakdowns_agree)
OUTSIDE = Check(
    "total-with-outside",
    "Say so when a total is reached only with a category such as “not assessed”.",
    outside_categories,
)
WITHIN = Check(
    "part-within-whole",
    "A part must not be greater than its whole, nor a month greater than the year to date.",
    part_within_whole,
)
