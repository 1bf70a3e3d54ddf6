"""This period against the last one, and against what was said before. Pure.

Every finding is a note: a change is not a fault.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from ..catalogue.vocabulary import Timing, Unit
from ..periods import Period, financial_year_of, month
from ..rows import FigureRow, Finding
from .check import Check, named, note
from .lookup import Figures
from .precision import shown

_LEAST_JUMP = 10  # below ten children a doubling is everyday chance
_JUMP_PERCENT = 50
_JUMP_POINTS = 20
_CATEGORY_AT_LEAST = 30


def restated(figures: Figures) -> Iterator[Finding]:
    """A figure that was given before is given again with another amount."""
    for row in figures.rows:
        before = figures.earlier.get(row.key)
        if before is None:
            continue
        for column in ("numerator", "denominator", "value"):
            was, now = getattr(before, column), getattr(row, column)
            if was is not None and now is not None and was != now:
                message = f"{named(row)}: the {column} was {was} and is now {now}. It will be marked as restated."
                yield note(RESTATED.rule, row, (column, str(now), str(was)), message)


def jumps(figures: Figures) -> Iterator[Finding]:
    """The latest whole figure is far from the period before."""
    for row in _latest(figures):
        definition = figures.definitions.get(row.indicator)
        before = _before(figures, row)
        if before is None or definition is None or definition.timing is Timing.CUMULATIVE:
            continue
        if row.breakdown:
            yield from _category_stops(row, before)
        elif definition.unit is Unit.PERCENT:
            yield from _percentage_jumps(row, before)
        elif row.value is None:
            yield from _count_jumps(row, before)


def _percentage_jumps(row: FigureRow, before: FigureRow) -> Iterator[Finding]:
    if row.value is not None and before.value is not None and abs(row.value - before.value) >= _JUMP_POINTS:
        yield _jumped(row, before, before.value, row.value)


def _count_jumps(row: FigureRow, before: FigureRow) -> Iterator[Finding]:
    """More than half up or down, by ten at least, and by more than three standard errors of two counts."""
    was, now = before.numerator, row.numerator
    if was is None or now is None:
        return
    change = abs(now - was)
    far = change * 100 > was * _JUMP_PERCENT
    if far and change >= _LEAST_JUMP and change * change > 9 * (was + now):
        yield _jumped(row, before, was, now)


def _category_stops(row: FigureRow, before: FigureRow) -> Iterator[Finding]:
    """A large category that falls to nothing or comes from nothing: often a change in recording."""
    was, now = before.numerator, row.numerator
    if was is None or now is None or min(was, now) != 0 or max(was, now) < _CATEGORY_AT_LEAST:
        return
    message = (
        f"{named(row)} is {shown(now)} after {shown(was)} in {before.period.label}. Was the way of recording changed?"
    )
    yield note(JUMP.rule, row, ("numerator", shown(now), f"near {shown(was)}"), message)


def _jumped(row: FigureRow, before: FigureRow, was: Decimal, now: Decimal) -> Finding:
    message = (
        f"{named(row)} is {shown(now)} after {shown(was)} in {before.period.label}. Is it right? Say why in the note."
    )
    return note(JUMP.rule, row, ("numerator", shown(now), f"near {shown(was)}"), message)


def cumulative_falls(figures: Figures) -> Iterator[Finding]:
    """A count since April is lower than the month before."""
    for row in figures.rows:
        definition = figures.definitions.get(row.indicator)
        if definition is None or definition.timing is not Timing.CUMULATIVE or row.period.kind != "month":
            continue
        before = _before(figures, row)
        same_year = before and financial_year_of(before.period.end) == financial_year_of(row.period.end)
        if before is None or not same_year or before.numerator is None or row.numerator is None:
            continue
        if row.numerator < before.numerator:
            was, now = shown(before.numerator), shown(row.numerator)
            message = f"{named(row)} counts since April and is {now}, after {was} in {before.period.label}."
            yield note(FALLS.rule, row, ("numerator", now, f"at least {was}"), message)


def _latest(figures: Figures) -> Iterator[FigureRow]:
    """Of each figure the latest period of each kind."""
    latest: dict[tuple[str, str, str], FigureRow] = {}
    for row in figures.rows:
        key = (row.indicator, row.breakdown, row.period.kind)
        if key not in latest or row.period > latest[key].period:
            latest[key] = row
    return iter(latest.values())


def _before(figures: Figures, row: FigureRow) -> FigureRow | None:
    period = previous(row.period)
    if period is None:
        return None
    here = figures.get(row.indicator, row.breakdown, period)
    return here or figures.earlier.get((row.indicator, row.breakdown, period))


def previous(period: Period) -> Period | None:
    """The month, quarter or year before; None for another run of months."""
    if period.kind == "span":
        return None
    end = period.start - timedelta(days=1)
    first = end.year * 12 + end.month - period.months
    return Period(month(first // 12, first % 12 + 1).start, end)


RESTATED = Check("restated", "A figure given before with another amount is marked as restated.", restated)
JUMP = Check("jump", "A figure far from the period before is looked at twice.", jumps)
FALLS = Check("cumulative-falls", "A count since April should not fall within the year.", cumulative_falls)
