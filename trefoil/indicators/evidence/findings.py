"""One indicator as a row of a page: latest, trend, change, target, comparators, signal, and words for it all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from trefoil.people.models import Area, Partnership

from ..calculation.change import Arrow, Change, Direction, arrow, change, change_words, direction
from ..calculation.sentences import Summary, row_words, streak
from ..calculation.targets import Rag, Tolerance, rag, rag_words, variance
from ..calculation.xmr import Chart
from ..catalogue.loader import catalogue
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Unit
from ..enums import SHOWN_STATES
from ..models import Commentary, Fault, Target
from .kept import latest
from .observations import Observation, Origin
from .own import Own, own_figures
from .parts import Shares
from .published import Beside, National, Setting, Table, national_of
from .readings import Reading, published_reading, reading_of
from .returned import Figures, needed_by
from .stamps import Stamp, stamp_of
from .usual_range import chart_of

TREND_PERIODS = 13

Row = TypeVar("Row", Target, Commentary, Fault)


@dataclass(frozen=True, eq=False)
class Finding:
    """Everything a page says of one indicator in one area.

    `series` is oldest first and of one kind of period: what agencies `returned`, or what is `published`, whichever
    is newer. `shares` stands for an indicator that has no value of its own. `target` is the one the latest figure is
    held to, of all `targets` that were set. `faults` are those nobody has answered. Newest comes first in each.
    """

    definition: Definition
    series: tuple[Observation, ...]
    returned: tuple[Observation, ...] = ()
    published: tuple[Observation, ...] = ()
    shares: Shares | None = None
    beside: Beside | None = None
    target: Target | None = None
    targets: tuple[Target, ...] = ()
    said: tuple[Commentary, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def commentary(self) -> Commentary | None:
        """The owner's latest words."""
        return self.said[0] if self.said else None

    @property
    def latest(self) -> Observation | None:
        """The newest period, whether its figure came or not."""
        return self.series[-1] if self.series else None

    @property
    def previous(self) -> Observation | None:
        return self.series[-2] if len(self.series) > 1 else None

    @property
    def is_empty(self) -> bool:
        return self.shares is None and not any(item.value is not None for item in self.series)

    @cached_property
    def reading(self) -> Reading:
        """Unit, polarity and decimals of `series`; a published measure has its own."""
        if self.origin is Origin.PUBLISHED:
            return published_reading(self.definition)
        return reading_of(self.definition)

    @property
    def is_other_measure(self) -> bool:
        """The figures are of the nearest published measure, which is not quite this indicator."""
        published = self.definition.published
        return self.origin is Origin.PUBLISHED and published is not None and not published.same

    @property
    def is_missing(self) -> bool:
        """The newest period was asked for and no figure came."""
        return self.shares is None and (self.latest is None or self.latest.value is None)

    @property
    def origin(self) -> Origin | None:
        return self.latest.origin if self.latest else None

    @cached_property
    def moved(self) -> Change | None:
        if self.latest is None or self.previous is None:
            return None
        return change(self.previous.value, self.latest.value)

    @property
    def arrow(self) -> Arrow | None:
        if self.moved is None:
            return None
        return arrow(self.moved.previous, self.moved.latest, self.reading.polarity)

    @property
    def change_words(self) -> str:
        percent = self.reading.unit is Unit.PERCENT
        return change_words(self.moved, self.reading.polarity, points=percent, places=self.reading.places)

    @cached_property
    def chart(self) -> Chart:
        """The figures with their usual range and signals."""
        return chart_of(self.series, self.reading)

    @property
    def has_signal(self) -> bool:
        return bool(self.chart.latest_signals)

    @cached_property
    def rag(self) -> Rag:
        if self.target is None or self.latest is None:
            return Rag.NONE
        return rag(self.latest.value, self.target.value, Tolerance(self.target.tolerance), self.reading.polarity)

    @property
    def rag_words(self) -> str:
        return rag_words(self.rag, self.reading.polarity)

    @property
    def variance(self) -> Decimal | None:
        """From target, as a percentage of the target."""
        if self.target is None or self.latest is None:
            return None
        return variance(self.latest.value, self.target.value)

    @cached_property
    def summary(self) -> Summary:
        """For the sentences of a page."""
        return Summary(
            name=self.definition.short_title,
            polarity=self.reading.polarity,
            rag=self.rag,
            streak=streak([item.value for item in self.series]),
            better_or_worse=None
            if self.moved is None
            else direction(self.moved.previous, self.moved.latest, self.reading.polarity),
            missing=self.is_missing,
        )

    @property
    def words(self) -> str:
        """What a row says in words: where it stands and where it goes."""
        if self.shares is not None:
            return ""
        if self.is_missing:
            return "not published" if self.origin is Origin.PUBLISHED else "no figure returned"
        period = self.latest.period.kind if self.latest else "month"
        return row_words(self.summary, period="period" if period == "span" else period)

    @property
    def needs_attention(self) -> bool:
        """A missed target, a signal that is not good, a figure that did not come, or a fault nobody has answered."""
        worse = any(signal.meaning is Direction.WORSE for signal in self.chart.latest_signals)
        return self.rag is Rag.RED or worse or self.is_missing or bool(self.faults)


@dataclass(frozen=True, eq=False)
class Evidence:
    """The findings of a page, and whom the area was laid beside."""

    findings: tuple[Finding, ...]
    setting: Setting
    table: Table = field(default_factory=dict)
    figures: Figures = field(default_factory=dict)

    @cached_property
    def shown(self) -> tuple[Finding, ...]:
        """Those with anything to show."""
        return tuple(finding for finding in self.findings if finding.series or finding.shares)

    @cached_property
    def silent(self) -> tuple[Finding, ...]:
        """Indicators of the catalogue that nobody has returned or published here yet."""
        return tuple(finding for finding in self.findings if not (finding.series or finding.shares))


@dataclass(frozen=True, eq=False)
class _Sources:
    """What was read of a partnership, before it is put together by indicator; a finding is put together once."""

    partnership: Partnership
    stamp: Stamp
    national: National
    needed: tuple[frozenset[str], frozenset[str]]
    targets: Mapping[str, Sequence[Target]]
    commentary: Mapping[str, Sequence[Commentary]]
    faults: Mapping[str, Sequence[Fault]]
    _found: dict[str, Finding] = field(default_factory=dict)

    @cached_property
    def own(self) -> Own:
        """What agencies handed in, without breakdowns that nothing is worked out from; read when first needed."""
        return own_figures(self.partnership, self.stamp.own, *self.needed, self.national.children)

    def finding(self, definition: Definition) -> Finding:
        if definition.id not in self._found:
            self._found[definition.id] = _finding(definition, self, self.own)
        return self._found[definition.id]


def gather(partnership: Partnership, definitions: Sequence[Definition], *, in_parts: bool = False) -> Evidence:
    """The findings for these definitions, in their order. `in_parts` reads their breakdowns too.

    One query while nothing has changed since this process was last asked, whatever the number of definitions; else at
    most eight. What was read is of the whole catalogue, so that one page warms them all.
    """
    stamp = stamp_of(partnership)
    if all(catalogue().get(definition.id) is definition for definition in definitions):
        sources = _kept_sources(stamp, partnership, partnership.area)
        return _kept_evidence(sources, partnership, tuple(definition.id for definition in definitions), in_parts)
    return _evidence(_sources(stamp, partnership, definitions), definitions, in_parts)


@latest(64)
def _kept_sources(stamp: Stamp, partnership: Partnership, _area: Area) -> _Sources:
    return _sources(stamp, partnership, tuple(catalogue()))


@latest(256)
def _kept_evidence(sources: _Sources, _partnership: Partnership, ids: tuple[str, ...], in_parts: bool) -> Evidence:
    return _evidence(sources, [catalogue()[indicator] for indicator in ids], in_parts)


def _evidence(sources: _Sources, definitions: Sequence[Definition], in_parts: bool) -> Evidence:
    if in_parts:
        whole, broken_down = needed_by(definitions)
        parts = broken_down | {definition.id for definition in definitions}
        own = own_figures(sources.partnership, sources.stamp.own, whole, parts, sources.national.children)
        found = tuple(_finding(definition, sources, own) for definition in definitions)
    else:
        own, found = sources.own, tuple(sources.finding(definition) for definition in definitions)
    return Evidence(found, sources.national.setting, sources.national.table, own.figures)


def _sources(stamp: Stamp, partnership: Partnership, definitions: Sequence[Definition]) -> _Sources:
    ids = [definition.id for definition in definitions]
    whole, broken_down = needed_by(definitions)
    national = national_of(partnership.area, _published_keys(definitions), stamp=stamp.pack)
    return _Sources(
        partnership=partnership,
        stamp=stamp,
        national=national,
        needed=(frozenset(whole), frozenset(broken_down)),
        targets=_by_indicator(Target.objects.filter(partnership=partnership, indicator__in=ids)),
        commentary=_by_indicator(
            Commentary.objects.filter(partnership=partnership, indicator__in=ids).select_related("agency")
        ),
        faults=_by_indicator(
            Fault.objects.filter(
                agency_return__partnership=partnership,
                agency_return__state__in=SHOWN_STATES,
                indicator__in=ids,
                severity="fault",
                answer="",
            )
        ),
    )


def _published_keys(definitions: Sequence[Definition]) -> set[str]:
    """What every page of an area reads is read and kept together, so that one page warms them all."""
    everyone = (*catalogue(), *definitions)
    return {definition.published.key for definition in everyone if definition.published}


def _by_indicator(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.indicator].append(row)
    return grouped


def _finding(definition: Definition, sources: _Sources, own: Own) -> Finding:
    returned = own.series(definition)
    national = sources.national.series(definition)
    series = national if _is_newer(national, returned) else returned
    last = series[-1] if series else None
    targets = sources.targets.get(definition.id, ())
    return Finding(
        definition=definition,
        series=series,
        returned=returned,
        published=national,
        shares=own.shares(definition),
        beside=sources.national.beside(definition, published_reading(definition).polarity),
        target=_target_for(definition, targets, last),
        targets=tuple(targets),
        said=tuple(sources.commentary.get(definition.id, ())),
        faults=tuple(sources.faults.get(definition.id, ())),
    )


def _is_newer(national: Sequence[Observation], returned: Sequence[Observation]) -> bool:
    return bool(national) and (not returned or national[-1].period.end > returned[-1].period.end)


def _target_for(definition: Definition, targets: Sequence[Target], last: Observation | None) -> Target | None:
    """The target that held on the last day of the latest figure's period, else the one the definition brings.

    None for a published measure that is not quite the indicator: the target was not set for it. Rows come newest
    first.
    """
    if last is None or (last.origin is Origin.PUBLISHED and not (definition.published and definition.published.same)):
        return None
    day = last.period.end
    for target in targets:
        if target.starts_on <= day and (target.ends_on is None or day <= target.ends_on):
            return target
    return _brought_by(definition)


def _brought_by(definition: Definition) -> Target | None:
    """The target of law or guidance that stands in the definition, for a partnership that has set none."""
    default = definition.default_target
    if default is None:
        return None
    return Target(
        indicator=definition.id,
        value=default.value,
        tolerance=default.tolerance,
        starts_on=date.min,
        source=default.source,
    )
