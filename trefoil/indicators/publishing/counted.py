"""Approved figures as a table of counts with its sums, ready for suppression."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from trefoil.people.models import Partnership

from ..calculation.accumulate import Timing
from ..catalogue.loader import catalogue
from ..catalogue.references import FigureReference
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Unit
from ..enums import ReturnState
from ..models import Figure
from ..periods import Period, month
from ..suppression.tables import Cell, Share, Sum, Table

APRIL = 4
REST = "not in a category above"


class NotPublishableError(Exception):
    """The figures cannot be made into a table. The message says why, and what would help."""


@dataclass(frozen=True, order=True)
class Wanted:
    """What is to be published: an indicator's figure of one period, whole (`dimension` empty) or broken down."""

    indicator: str
    period: Period
    dimension: str = ""

    @property
    def definition(self) -> Definition:
        return catalogue()[self.indicator]

    @property
    def title(self) -> str:
        """`Contacts received by the front door by outcome, February 2019`."""
        by = f" by {self.dimension}" if self.dimension else ""
        return f"{self.definition.title}{by}, {self.period.label}"


@dataclass(frozen=True)
class Counted:
    """The table, with the words that stand for each key, in the order they are shown."""

    table: Table
    labels: Mapping[str, str]


@dataclass(frozen=True)
class _Held:
    """One approved figure as whole counts."""

    numerator: int | None
    denominator: int | None


def measures_offered(partnership: Partnership) -> tuple[Definition, ...]:
    """The indicators with approved figures that can be counted, by title. One query."""
    rows = _approved(partnership).values_list("indicator", flat=True).distinct().order_by()
    found = [definition for one in rows if (definition := catalogue().get(one)) and _can_be_counted(one, "")]
    return tuple(sorted(found, key=lambda one: one.title))


def offered(partnership: Partnership, indicator: str) -> tuple[Wanted, ...]:
    """What of an indicator can be published: counts whole and broken down, percentages whole. One query."""
    rows = (
        _approved(partnership)
        .filter(indicator=indicator)
        .values_list("period_start", "period_end", "breakdown")
        .distinct()
        .order_by()
    )
    found = {
        Wanted(indicator, Period(start, end), _dimension(breakdown))
        for start, end, breakdown in rows
        if " / " not in breakdown and _can_be_counted(indicator, breakdown)
    }
    return tuple(sorted(found, key=lambda one: (one.dimension, -one.period.end.toordinal())))


def counted(partnership: Partnership, wanted: Wanted) -> Counted:
    """The table for what is wanted. One query. Raises NotPublishableError."""
    whole, parts = _read(partnership, wanted)
    if wanted.definition.unit is Unit.PERCENT:
        return _percentage(wanted, whole)
    if not wanted.dimension:
        return _single(wanted, whole)
    return _broken_down(wanted, whole, parts)


def _approved(partnership: Partnership) -> QuerySet[Figure]:
    return Figure.objects.filter(
        partnership=partnership, is_current=True, agency_return__state=ReturnState.APPROVED, missing_reason=""
    )


def _can_be_counted(indicator: str, breakdown: str) -> bool:
    definition = catalogue().get(indicator)
    if definition is None:
        return False
    return definition.unit is Unit.COUNT or (definition.unit is Unit.PERCENT and not breakdown)


def _dimension(breakdown: str) -> str:
    return breakdown.partition(": ")[0] if breakdown else ""


def _read(partnership: Partnership, wanted: Wanted) -> tuple[_Held | None, dict[str, _Held]]:
    """The whole figure and the parts by category; of two approved figures of the same thing the later one."""
    start = f"{wanted.dimension}: "
    which = Q(breakdown="") | Q(breakdown__startswith=start) if wanted.dimension else Q(breakdown="")
    rows = (
        _approved(partnership)
        .filter(which, indicator=wanted.indicator, period_start=wanted.period.start, period_end=wanted.period.end)
        .order_by("entered_at", "pk")
        .values_list("breakdown", "numerator", "denominator", "value")
    )
    whole, parts = None, {}
    for breakdown, numerator, denominator, value in rows:
        held = _Held(_count(numerator if numerator is not None else value), _count(denominator))
        if not breakdown:
            whole = held
        elif " / " not in breakdown:
            parts[breakdown.removeprefix(start)] = held
    return whole, parts


def _count(number: Decimal | None) -> int | None:
    """A whole number, or None for a figure that is none."""
    return int(number) if number is not None and number >= 0 and number == number.to_integral_value() else None


def _covers(wanted: Wanted) -> frozenset[str]:
    """What a count is of, in months, so that a quarter less two months is seen; a snapshot covers its own day alone."""
    period = wanted.period
    timing = wanted.definition.timing
    if timing is Timing.SNAPSHOT:
        return frozenset({f"on {period.end:%Y-%m-%d}"})
    last = period.end.year * 12 + period.end.month - 1
    first = last + 1 - max(period.months, _reaches_back(period, timing))
    return frozenset(month(at // 12, at % 12 + 1).code for at in range(first, last + 1))


def _reaches_back(period: Period, timing: Timing) -> int:
    """How many months the figure counts whatever its period says: since April, or the last twelve."""
    if timing is Timing.CUMULATIVE:
        return (period.end.month - APRIL) % 12 + 1
    return 12 if timing is Timing.ROLLING else 1


def _cell(wanted: Wanted, name: str, count: int, same_as: FigureReference | None = None) -> Cell:
    """A cell whose key and measure are the same in every publication of the same fact.

    `same_as` is the other indicator's count that this one is by definition.
    """
    measure = f"{same_as.indicator} {same_as.breakdown or 'all'}" if same_as else f"{wanted.indicator} {name}"
    return Cell(f"{measure}, {wanted.period.code}", count, measure, _covers(wanted))


def _single(wanted: Wanted, whole: _Held | None) -> Counted:
    if whole is None or whole.numerator is None:
        raise NotPublishableError("There is no approved whole number for this period.")
    cell = _cell(wanted, "all", whole.numerator)
    return Counted(Table((cell,)), {cell.key: "All"})


def _broken_down(wanted: Wanted, whole: _Held | None, parts: Mapping[str, _Held]) -> Counted:
    """Categories, what is in none of them, and the whole."""
    counts = {category: held.numerator for category, held in parts.items()}
    known = {category: count for category, count in counts.items() if count is not None}
    if not known or len(known) < len(counts):
        raise NotPublishableError("A category has no approved whole number, so the parts cannot be published.")
    total, added = whole.numerator if whole else None, sum(known.values())
    if total is not None and added > total:
        raise NotPublishableError(
            f"The categories add up to {added:,}, more than the whole of {total:,}. Either a child can be in two of "
            "them, or a figure is wrong. Ask the agency before anything is published."
        )
    cells = [_cell(wanted, f"{wanted.dimension}: {category}", known[category]) for category in _in_order(wanted, known)]
    labels = [*_in_order(wanted, known)]
    if total is not None and added < total:
        cells.append(_cell(wanted, f"{wanted.dimension}: {REST}", total - added))
        labels.append(REST.capitalize())
    name = "all" if total is not None else f"{wanted.dimension}: all of these"
    all_of_them = _cell(wanted, name, added if total is None else total)
    table = Table((*cells, all_of_them), (Sum(all_of_them.key, tuple(cell.key for cell in cells)),))
    return Counted(table, dict(zip([cell.key for cell in table.cells], [*labels, "All"], strict=True)))


def _in_order(wanted: Wanted, known: Iterable[str]) -> Sequence[str]:
    """Categories in the definition's order, then the area's own by name."""
    breakdown = wanted.definition.breakdown(wanted.dimension)
    listed = [category for category in (breakdown.categories if breakdown else ()) if category in set(known)]
    return [*listed, *sorted(set(known) - set(listed))]


def _percentage(wanted: Wanted, whole: _Held | None) -> Counted:
    """Numerator, the rest and denominator, with the percentage worked out from what is shown."""
    if whole is None or whole.numerator is None or whole.denominator is None:
        raise NotPublishableError("A percentage can be published where its two counts were returned and approved.")
    if whole.numerator > whole.denominator:
        raise NotPublishableError("The numerator is larger than the denominator. Ask the agency first.")
    calculation = wanted.definition.calculation
    above, below = (calculation.numerator, calculation.denominator) if calculation else (None, None)
    counted_ = _cell(wanted, "counted", whole.numerator, above)
    out_of = _cell(wanted, "out of", whole.denominator, below)
    rest = _cell(wanted, "not counted", whole.denominator - whole.numerator)
    share = Share(f"{wanted.indicator} %, {wanted.period.code}", counted_.key, out_of.key)
    table = Table((counted_, rest, out_of), (Sum(out_of.key, (counted_.key, rest.key)),), (share,))
    labels = {counted_.key: "Counted", rest.key: "Not counted", out_of.key: "Out of", share.key: "Percentage"}
    return Counted(table, labels)
