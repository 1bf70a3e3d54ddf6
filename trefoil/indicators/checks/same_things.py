"""The same thing counted in two places of a return. The rules are data. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..catalogue.references import FigureReference, parse_reference
from ..periods import Period
from ..rows import FigureRow, Finding
from .check import Check, fault
from .lookup import Figures
from .precision import shown


@dataclass(frozen=True, slots=True)
class SameThing:
    """Two ways to count `what`; each is a sum of references (`CP01 | duration: 2 years or more`)."""

    what: str
    first: tuple[str, ...]
    second: tuple[str, ...]


SAME_THINGS = (
    SameThing("children accommodated under section 20", ("CL01 | legal status: section 20",), ("CL12",)),
    SameThing("children with a plan for 2 years or more", ("CP06",), ("CP01 | duration: 2 years or more",)),
    SameThing(
        "assessments completed within 45 working days",
        ("AS02",),
        ("AS01 | duration: 0-25 days", "AS01 | duration: 26-40 days", "AS01 | duration: 41-45 days"),
    ),
)


def same_things_agree(figures: Figures) -> Iterator[Finding]:
    """What is counted twice is counted alike."""
    for rule in SAME_THINGS:
        for period in figures.periods:
            first, second = _sum(figures, rule.first, period), _sum(figures, rule.second, period)
            if first is not None and second is not None and first != second:
                row = _row(figures, rule, period)
                message = (
                    f"{_said(figures, rule.first, first, period)}, {_said(figures, rule.second, second, period)}: "
                    f"for {period.label} both count {rule.what} and must be the same."
                )
                yield fault(SAME.rule, row, ("numerator", shown(second), shown(first)), message)


def _sum(figures: Figures, texts: tuple[str, ...], period: Period) -> Decimal | None:
    amounts = [figures.amount(parse_reference(text), period) for text in texts]
    if any(amount is None for amount in amounts):
        return None
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _row(figures: Figures, rule: SameThing, period: Period) -> FigureRow:
    """The row to point at: the first that either way of counting names."""
    wanted = [parse_reference(text) for text in (*rule.first, *rule.second)]
    return min(
        (row for row in figures.at(period) if any(_is(row, one) for one in wanted)),
        key=lambda row: (row.place.row, row.key),
    )


def _is(row: FigureRow, reference: FigureReference) -> bool:
    return row.indicator == reference.indicator and reference.breakdown in ("", row.breakdown)


def _said(figures: Figures, texts: tuple[str, ...], amount: Decimal, period: Period) -> str:
    """`CL01 “Children in care” (legal status: section 20) says 118`; a whole that was added up here says so."""
    references = [parse_reference(text) for text in texts]
    indicator = references[0].indicator
    definition = figures.definitions.get(indicator)
    title = f" “{definition.short_title}”" if definition else ""
    parts = " + ".join(reference.breakdown for reference in references if reference.breakdown)
    if not parts and figures.get(indicator, "", period) is None:
        parts = "its parts added up"
    return f"{indicator}{title}{f' ({parts})' if parts else ''} says {shown(amount)}"


SAME = Check("same-thing", "The same thing counted in two places must be the same number.", same_things_agree)
