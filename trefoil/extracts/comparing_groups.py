"""Disproportionality: groups of children in an extract's counts against the children of the area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from trefoil.indicators.calculation.ratios import round_half_up
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition
from trefoil.indicators.catalogue.vocabulary import Unit
from trefoil.indicators.periods import Period

from .area_groups import KnownChildren
from .engine.disproportionality import MINIMUM_EVENTS, GroupRate, disproportionality
from .engine.showing import hidden_groups
from .figures_file import ExtractFigure, newest_groups, newest_of_each
from .models import Extract
from .pictures.ratios import Ratio
from .storing import stored_folder

NOT_RECORDED = "not recorded"
FEWER = f"fewer than {MINIMUM_EVENTS}"
HIDDEN = "hidden beside it"
NOT_SHOWN = (
    f"A count of 1 to {MINIMUM_EVENTS - 1} is not shown here, nor a count from which it could be worked out. "
    f"With fewer than {MINIMUM_EVENTS} counted in a group, or among all others, there are too few to say."
)


@dataclass(frozen=True)
class ComparedGroup:
    """One group against all others of the area. Counts that may not be shown are words; then there is no rate."""

    rate: GroupRate
    hidden: bool

    @property
    def title(self) -> str:
        return self.rate.group[:1].upper() + self.rate.group[1:]

    @property
    def counted(self) -> str:
        if not self.hidden:
            return f"{self.rate.events:,}"
        return FEWER if self.rate.events < MINIMUM_EVENTS else HIDDEN

    @property
    def children(self) -> str:
        """Children of the group in the area, in words."""
        return f"{self.rate.children:,}"

    @property
    def per_10000(self) -> Decimal | None:
        """Of the group's children; None where the count is hidden or nobody of the group lives here."""
        if self.hidden or not self.rate.children:
            return None
        return round_half_up(Decimal(self.rate.events) * 10_000 / self.rate.children, 1)

    @property
    def others_per_10000(self) -> Decimal | None:
        if self.ratio.ratio is None or self.rate.rate_of_others is None:
            return None
        return round_half_up(self.rate.rate_of_others * 10_000, 1)

    @property
    def ratio(self) -> Ratio:
        """For the picture and the words. A hidden group has none: its count would follow from it."""
        one = self.rate
        return Ratio(self.title) if self.hidden else Ratio(self.title, one.ratio, one.low, one.high)


@dataclass(frozen=True)
class Compared:
    """A measure's newest period: its groups, and how many could be laid to none (None: too few to show)."""

    definition: Definition
    period: Period
    groups: tuple[ComparedGroup, ...]
    not_recorded: int
    extract: Extract

    @property
    def finding(self) -> str:
        """What the comparison says, in a sentence."""
        differ = [one for one in self.groups if one.ratio.differs]
        more = [f"{one.title} {one.ratio.words}" for one in differ if (one.ratio.ratio or 0) > 1]
        less = [f"{one.title} {one.ratio.words}" for one in differ if (one.ratio.ratio or 0) < 1]
        if not any(one.ratio.ratio is not None for one in self.groups):
            return "Too few were counted to say."
        if not differ:
            return "No group differs from the others by more than chance would explain."
        parts = [f"more often than other children: {'; '.join(more)}"] if more else []
        parts += [f"less often: {'; '.join(less)}"] if less else []
        said = ". ".join(part[:1].upper() + part[1:] for part in parts)
        return f"{said}."


def counts_people(definition: Definition) -> bool:
    """Whether it is a count from extracts, which can be laid against the children of the area."""
    own = definition.extract
    return own is not None and definition.unit is Unit.COUNT and not own.per


def counted_twin(definition: Definition) -> Definition | None:
    """The count behind a measure: itself, or for a rate of the area's children the measure that counts the same."""
    if counts_people(definition):
        return definition
    own = definition.extract
    if own is None or not own.per:
        return None
    alike = (
        one
        for one in catalogue()
        if counts_people(one)
        and one.extract is not None
        and (one.extract.subject, one.extract.count, one.extract.where) == (own.subject, own.count, own.where)
    )
    return next(alike, None)


def compared_together(extracts: Sequence[Extract], known: KnownChildren, breakdown: str, kind: str) -> list[Compared]:
    """Each measure that counts, from the first of `extracts` that gives it so, in the catalogue's order."""
    found: dict[str, Compared] = {}
    for extract in extracts:
        for one in compared_groups(extract, known, breakdown, kind):
            found.setdefault(one.definition.id, one)
    return [found[definition.id] for definition in catalogue() if definition.id in found]


def compared_groups(extract: Extract, known: KnownChildren, breakdown: str, kind: str) -> list[Compared]:
    """Each measure that counts, in its newest period of a kind, in the order of the catalogue."""
    folder = stored_folder(extract)
    newest = {one.indicator: one.period for one in newest_of_each(folder, kind)}
    by_measure: dict[str, list[ExtractFigure]] = {}
    for figure in newest_groups(folder, breakdown, kind):
        if figure.period == newest.get(figure.indicator):  # else nobody of any group was counted in the newest
            by_measure.setdefault(figure.indicator, []).append(figure)
    return [
        compared_one(definition, by_measure[definition.id], known, extract)
        for definition in catalogue()
        if definition.id in by_measure and counts_people(definition) and not _divides(by_measure[definition.id])
    ]


def _divides(figures: Sequence[ExtractFigure]) -> bool:
    return any(one.denominator is not None for one in figures)


def compared_one(
    definition: Definition, figures: Sequence[ExtractFigure], known: KnownChildren, extract: Extract
) -> Compared:
    """One measure's groups. `figures` are of one period."""
    events = {one.group: one.numerator or 0 for one in figures}
    counted: Mapping[str, int] = {group: events.get(group, 0) for group in known.children}
    hidden = hidden_groups(counted)
    rates = disproportionality(counted, known.children)
    groups = tuple(ComparedGroup(rate, rate.group in hidden) for rate in rates)
    left_out = sum(number for group, number in events.items() if group not in known.children)
    return Compared(definition, figures[0].period, groups, left_out, extract)
