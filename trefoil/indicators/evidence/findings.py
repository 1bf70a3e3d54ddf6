"""One indicator as a row of a page: latest, trend, change, target, comparators, signal, and words for it all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from trefoil.people.models import Partnership

from ..calculation.change import Arrow, Change, arrow, change, change_words, direction
from ..calculation.sentences import Summary, row_words, streak
from ..calculation.targets import Rag, Tolerance, rag, rag_words, variance
from ..calculation.xmr import Chart, Kind, xmr
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Unit
from ..models import Commentary, Fault, Target
from .observations import Observation, Origin, main_series
from .published import Beside, Setting, Table, beside, children_of, published_table, setting_of
from .returned import Figures, needed_by, observations_of, read_figures

TREND_PERIODS = 13

Row = TypeVar("Row", Target, Commentary, Fault)


@dataclass(frozen=True)
class Finding:
    """Everything a page says of one indicator in one area. `series` is oldest first and of one kind of period."""

    definition: Definition
    series: tuple[Observation, ...]
    beside: Beside | None = None
    target: Target | None = None
    commentary: Commentary | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def latest(self) -> Observation | None:
        """The newest period, whether its figure came or not."""
        return self.series[-1] if self.series else None

    @property
    def previous(self) -> Observation | None:
        return self.series[-2] if len(self.series) > 1 else None

    @property
    def is_empty(self) -> bool:
        return not any(item.value is not None for item in self.series)

    @property
    def is_missing(self) -> bool:
        """The newest period was asked for and no figure came."""
        return self.latest is None or self.latest.value is None

    @property
    def origin(self) -> Origin | None:
        return self.latest.origin if self.latest else None

    @property
    def moved(self) -> Change | None:
        if self.latest is None or self.previous is None:
            return None
        return change(self.previous.value, self.latest.value)

    @property
    def arrow(self) -> Arrow | None:
        if self.moved is None:
            return None
        return arrow(self.moved.previous, self.moved.latest, self.definition.polarity)

    @property
    def change_words(self) -> str:
        percent = self.definition.unit is Unit.PERCENT
        return change_words(self.moved, self.definition.polarity, points=percent, places=self.definition.decimal_places)

    @cached_property
    def chart(self) -> Chart:
        """The figures with their usual range and signals."""
        return xmr(
            [(item.period, item.value) for item in self.series],
            polarity=self.definition.polarity,
            kind=kind_of(self.definition.unit),
        )

    @property
    def has_signal(self) -> bool:
        return bool(self.chart.latest_signals)

    @property
    def rag(self) -> Rag:
        if self.target is None or self.latest is None:
            return Rag.NONE
        return rag(self.latest.value, self.target.value, Tolerance(self.target.tolerance), self.definition.polarity)

    @property
    def rag_words(self) -> str:
        return rag_words(self.rag, self.definition.polarity)

    @property
    def variance(self) -> Decimal | None:
        """From target, as a percentage of the target."""
        if self.target is None or self.latest is None:
            return None
        return variance(self.latest.value, self.target.value)

    @property
    def summary(self) -> Summary:
        """For the sentences of a page."""
        return Summary(
            name=self.definition.short_title,
            polarity=self.definition.polarity,
            rag=self.rag,
            streak=streak([item.value for item in self.series]),
            better_or_worse=None
            if self.moved is None
            else direction(self.moved.previous, self.moved.latest, self.definition.polarity),
            missing=self.is_missing,
        )

    @property
    def words(self) -> str:
        """What a row says in words: where it stands and where it goes, and a signal if there is one."""
        period = self.latest.period.kind if self.latest else "month"
        said = row_words(self.summary, period="period" if period == "span" else period)
        return "; ".join(filter(None, [said, self.chart.words if self.has_signal else ""]))


def kind_of(unit: Unit) -> Kind:
    """What limits figures of a unit can have."""
    if unit is Unit.PERCENT:
        return Kind.PERCENTAGE
    return Kind.COUNT


@dataclass(frozen=True)
class Evidence:
    """The findings of a page, and whom the area was laid beside."""

    findings: tuple[Finding, ...]
    setting: Setting

    @property
    def shown(self) -> tuple[Finding, ...]:
        """Those with anything to show."""
        return tuple(finding for finding in self.findings if not finding.is_empty or finding.latest)

    @property
    def silent(self) -> tuple[Finding, ...]:
        """Indicators of the catalogue that nobody has returned or published here yet."""
        return tuple(finding for finding in self.findings if not finding.series)


@dataclass(frozen=True)
class _Sources:
    """What was read for a page, before it is put together by indicator."""

    setting: Setting
    figures: Figures
    table: Table
    children: Mapping[int, int]
    targets: Mapping[str, Sequence[Target]]
    commentary: Mapping[str, Commentary]
    faults: Mapping[str, Sequence[Fault]]


def gather(partnership: Partnership, definitions: Sequence[Definition]) -> Evidence:
    """The findings for these definitions, in their order. At most eight queries, whatever their number."""
    setting = setting_of(partnership.area)
    ids = [definition.id for definition in definitions]
    measures = [definition.published.key for definition in definitions if definition.published]
    sources = _Sources(
        setting=setting,
        figures=read_figures(partnership, *needed_by(definitions)),
        table=published_table(measures, setting.codes),
        children=children_of(partnership.area),
        targets=_by_indicator(Target.objects.filter(partnership=partnership, indicator__in=ids)),
        commentary={
            indicator: said[0]
            for indicator, said in _by_indicator(
                Commentary.objects.filter(partnership=partnership, indicator__in=ids).select_related("agency")
            ).items()
        },
        faults=_by_indicator(
            Fault.objects.filter(agency_return__partnership=partnership, indicator__in=ids, severity="fault")
        ),
    )
    return Evidence(tuple(_finding(definition, sources) for definition in definitions), setting)


def _by_indicator(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.indicator].append(row)
    return grouped


def _finding(definition: Definition, sources: _Sources) -> Finding:
    returned = observations_of(definition, sources.figures, populations=sources.children)
    series = main_series(returned)
    national = _own_published(definition, sources)
    if national and (not series or national[-1].period.end > series[-1].period.end):
        series = main_series(national)
    return Finding(
        definition=definition,
        series=tuple(series),
        beside=beside(definition, sources.table, sources.setting, definition.polarity),
        target=_target_for(sources.targets.get(definition.id, ()), series[-1].period.end if series else None),
        commentary=sources.commentary.get(definition.id),
        faults=tuple(sources.faults.get(definition.id, ())),
    )


def _own_published(definition: Definition, sources: _Sources) -> list[Observation]:
    if definition.published is None:
        return []
    return list(sources.table.get(definition.published.key, {}).get(sources.setting.area.code, ()))


def _target_for(targets: Sequence[Target], day: date | None) -> Target | None:
    """The target that held on the last day of the latest figure's period. Rows come newest first."""
    return next(
        (
            target
            for target in targets
            if day is not None and target.starts_on <= day and (target.ends_on is None or day <= target.ends_on)
        ),
        None,
    )
