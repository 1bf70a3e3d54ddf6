"""From months to the year so far, and to the last twelve months. The year runs from April."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from trefoil.indicators.periods import Period, financial_year_of, month

from .ratios import rate_per


class Timing(StrEnum):
    """How a month's figure sits in time.

    A `FLOW` counts what happened in it and can be added up to a year to date. A `SNAPSHOT` is the position on the
    last day. A `CUMULATIVE` figure is returned as the total since April. A `ROLLING` one covers the last 12 months.
    """

    FLOW = "flow"
    SNAPSHOT = "snapshot"
    CUMULATIVE = "cumulative"
    ROLLING = "rolling"


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """One month as returned. A count has no denominator; a percentage or a rate has both."""

    numerator: Decimal | None
    denominator: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Accumulated:
    """What months make together.

    `period` is what the figure covers (for a snapshot the month it was taken). `missing` names the months
    that should be in it and are not. With none of the months present the numerator is None.
    """

    period: Period
    numerator: Decimal | None
    denominator: Decimal | None
    missing: tuple[Period, ...]

    @property
    def complete(self) -> bool:
        """Whether every month that belongs in the figure is in it."""
        return not self.missing

    def per(self, base: int = 100, places: int = 1) -> Decimal | None:
        """The ratio of the sums for every `base`: 100 for a percentage. None when it cannot be worked out."""
        return rate_per(self.numerator, self.denominator, base, places)

    @property
    def words(self) -> str:
        """`April 2018 to June 2018`, or that with `, incomplete: May 2018 missing`."""
        if self.complete:
            return self.period.label
        return f"{self.period.label}, incomplete: {', '.join(each.label for each in self.missing)} missing"


def months_between(first: Period, last: Period) -> tuple[Period, ...]:
    """Every calendar month from the one `first` starts in to the one `last` ends in."""
    start = first.start.year * 12 + first.start.month - 1
    end = last.end.year * 12 + last.end.month - 1
    return tuple(month(index // 12, index % 12 + 1) for index in range(start, end + 1))


def year_to_date(figures: Mapping[Period, MonthFigure], upto: Period, timing: Timing) -> Accumulated:
    """The financial year so far, to the end of the month `upto`.

    A flow is summed, numerators and denominators apart, so that a percentage is a ratio of sums. A snapshot, a
    cumulative and a rolling figure take the latest month of the year that was returned, unchanged.
    """
    _must_be_month(upto)
    first = month(financial_year_of(upto.end).start.year, 4)
    wanted = months_between(first, upto)
    if timing is Timing.FLOW:
        return _summed(figures, wanted)
    return _latest(figures, wanted, timing)


def rolling_twelve(figures: Mapping[Period, MonthFigure], upto: Period) -> Accumulated:
    """A flow summed over the twelve months that end with the month `upto`."""
    _must_be_month(upto)
    return _summed(figures, months_between(_months_before(upto, 11), upto))


def _must_be_month(period: Period) -> None:
    if period.kind != "month":
        raise ValueError(f"the figure must be taken up to a calendar month, not {period.label}")


def _summed(figures: Mapping[Period, MonthFigure], wanted: Sequence[Period]) -> Accumulated:
    is_ratio = any(figure.denominator is not None for figure in figures.values())
    numerators: list[Decimal] = []
    denominators: list[Decimal] = []
    missing: list[Period] = []
    for each in wanted:
        figure = figures.get(each)
        if figure is None or figure.numerator is None or (is_ratio and figure.denominator is None):
            missing.append(each)
            continue
        numerators.append(figure.numerator)
        if figure.denominator is not None:
            denominators.append(figure.denominator)
    return Accumulated(
        Period(wanted[0].start, wanted[-1].end),
        sum(numerators, Decimal(0)) if numerators else None,
        sum(denominators, Decimal(0)) if denominators else None,
        tuple(missing),
    )


def _latest(figures: Mapping[Period, MonthFigure], wanted: Sequence[Period], timing: Timing) -> Accumulated:
    missing: list[Period] = []
    for each in reversed(wanted):
        figure = figures.get(each)
        if figure is not None and figure.numerator is not None:
            covers = _covers(each, wanted[0], timing)
            return Accumulated(covers, figure.numerator, figure.denominator, tuple(reversed(missing)))
        missing.append(each)
    return Accumulated(Period(wanted[0].start, wanted[-1].end), None, None, tuple(reversed(missing)))


def _covers(returned: Period, first: Period, timing: Timing) -> Period:
    """What the figure returned for a month covers."""
    if timing is Timing.SNAPSHOT:
        return returned
    if timing is Timing.ROLLING:
        return Period(_months_before(returned, 11).start, returned.end)
    return Period(first.start, returned.end)


def _months_before(period: Period, number: int) -> Period:
    index = period.start.year * 12 + period.start.month - 1 - number
    return month(index // 12, index % 12 + 1)
