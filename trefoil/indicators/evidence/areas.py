"""One published measure in many areas for one year: neighbours, a region, or all England by rank.

An invented borough has no published figure and never gets one: its own returned figure stands beside, under its own
name with the word invented, outside every rank and median, and only where the two can be laid beside each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache

from trefoil.people.enums import AreaKind
from trefoil.people.models import Area, Partnership

from ..calculation.accumulate import Timing
from ..calculation.comparators import Neighbours, Rank, neighbours, quartiles, ranks
from ..catalogue.loader import catalogue
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Unit
from ..national.reader import read_areas
from ..periods import Period
from .findings import Finding
from .gathering import gather
from .kept import kept
from .observations import Observation
from .published import ENGLAND, Setting, kept_place, published_table, release_stamp
from .readings import Reading, published_reading


class Scope(Enum):
    """Whom the area is laid beside."""

    NEIGHBOURS = "neighbours"
    REGION = "region"
    ENGLAND = "england"


@dataclass(frozen=True)
class AreaFigure:
    """One authority's figure for the year. `rank` and `quartile` are None without a figure."""

    code: str
    name: str
    observation: Observation | None
    rank: Rank | None = None
    quartile: int | None = None

    @property
    def value(self) -> Decimal | None:
        return self.observation.value if self.observation else None

    @property
    def why_missing(self) -> str:
        """In words: the publisher's mark, or that the publication has no such row."""
        return (self.observation.why_missing if self.observation else "") or "not in the publication"


@dataclass(frozen=True)
class Comparison:
    """What the page shows. `authorities` are ranked among each other; `aside` (region, England) are not.

    `middle` is over the neighbours without the own area, or over all authorities of a region or of England.
    """

    definition: Definition
    reading: Reading
    scope: Scope
    setting: Setting
    year: Observation | None
    years: tuple[Observation, ...]
    authorities: tuple[AreaFigure, ...]
    aside: tuple[AreaFigure, ...]
    middle: Neighbours
    invented: Finding | None = None

    @property
    def own(self) -> AreaFigure | None:
        """The partnership's own area; None for an invented one."""
        return next((one for one in self.authorities if one.code == self.setting.area.code), None)

    @property
    def missing(self) -> tuple[AreaFigure, ...]:
        """The authorities without a figure, for the words beneath the chart."""
        return tuple(one for one in self.authorities if one.value is None)

    @property
    def invented_figure(self) -> Observation | None:
        """The invented borough's returned figure, where it measures the same over the same kind of time."""
        found = self.invented.returned[-1] if self.invented and self.invented.returned else None
        return found if found and found.value is not None and not self.why_not_beside else None

    @property
    def why_not_beside(self) -> str:
        """Why an invented borough's figure cannot stand beside the published ones; empty when it can."""
        if self.invented is None:
            return ""
        published = self.definition.published
        if not self.invented.returned or self.invented.returned[-1].value is None:
            return "Its agencies have returned no figure for this measure."
        if published is None or not published.same:
            return f"The published measure is not quite the same: {published.difference if published else ''}"
        is_yearly = self.invented.returned[-1].period.kind == "year"
        comparable = self.definition.unit is Unit.PERCENT or self.definition.timing is Timing.SNAPSHOT
        if not (comparable or is_yearly):
            return "Its figure is for part of a year; the published ones are for whole years."
        return ""


def comparable_definitions() -> tuple[Definition, ...]:
    """The indicators that have a nationally published measure, in the order of the themes."""
    return tuple(sorted((one for one in catalogue() if one.published), key=lambda one: (one.theme.order, one.id)))


def scopes_for(setting: Setting) -> tuple[Scope, ...]:
    """What can be chosen: an area without neighbours or a region (an invented one) has England alone."""
    return tuple(
        scope
        for scope, there in (
            (Scope.NEIGHBOURS, bool(setting.neighbours)),
            (Scope.REGION, bool(setting.region[0])),
            (Scope.ENGLAND, True),
        )
        if there
    )


def compare_areas(partnership: Partnership, definition: Definition, scope: Scope | None, year: str = "") -> Comparison:
    """The comparison for a scope (else the first to be had) and a year (its label, else the latest).

    At most four queries, one once the pack's tables are kept; an invented area adds those of `gather`.
    """
    # An invented area's own figures ask for their stamp anyway; the pack's is part of it.
    beside = gather(partnership, [definition]) if partnership.is_invented else None
    stamp = beside.pack if beside else release_stamp()
    key = definition.published.key if definition.published else ""
    setting, _ = kept_place(stamp, partnership.area)
    areas, by_area = _kept_everywhere(stamp, key)
    can_choose = scopes_for(setting)
    chosen = scope if scope in can_choose else can_choose[0]
    codes = _codes(chosen, setting, areas)
    years = _years(by_area, codes)
    shown = _chosen_year(years, year, by_area.get(setting.area.code, ()))
    reading = published_reading(definition)
    authorities = _figures(codes, areas, by_area, shown, reading)
    return Comparison(
        definition=definition,
        reading=reading,
        scope=chosen,
        setting=setting,
        year=shown,
        years=years,
        authorities=authorities,
        aside=_aside(setting, by_area, shown),
        middle=neighbours(
            one.value for one in authorities if chosen is not Scope.NEIGHBOURS or one.code != setting.area.code
        ),
        invented=beside.findings[0] if beside else None,
    )


Series = Mapping[str, Sequence[Observation]]
Names = Mapping[str, tuple[str, str, str]]


@kept(64)
def _kept_everywhere(_stamp: str, key: str) -> tuple[Names, Series]:
    return _everywhere(key)


def _everywhere(key: str) -> tuple[Names, Series]:
    """Name, kind and region of every real area by code, and one measure's figures in all of them. Two queries."""
    rows = Area.objects.exclude(kind=AreaKind.INVENTED).values_list("code", "name", "kind", "region_id")
    areas = {code: (name, kind, region or "") for code, name, kind, region in rows}
    return areas, published_table([key], tuple(areas)).get(key, {})


@cache
def _ended() -> frozenset[str]:
    """Authorities that reorganisation ended: shown for the years they published in, and not as missing after."""
    return frozenset(area.code for area in read_areas() if area.ended_on)


def _codes(scope: Scope, setting: Setting, areas: Names) -> tuple[str, ...]:
    own = setting.area.code
    if scope is Scope.NEIGHBOURS:
        return (own, *setting.neighbour_codes)
    return tuple(
        code
        for code, (_, kind, region) in areas.items()
        if kind == AreaKind.LOCAL_AUTHORITY and (scope is Scope.ENGLAND or region == setting.region[0])
    )


def _years(by_area: Series, codes: Iterable[str]) -> tuple[Observation, ...]:
    """One observation for each year in which any of the areas has a figure, newest first."""
    found: dict[Period, Observation] = {}
    for code in codes:
        for item in by_area.get(code, ()):
            if item.value is not None:
                found.setdefault(item.period, item)
    return tuple(sorted(found.values(), key=lambda item: item.period.end, reverse=True))


def _chosen_year(years: Sequence[Observation], label: str, own: Sequence[Observation]) -> Observation | None:
    """The year asked for, else the latest of the own area, else the latest of any."""
    asked = next((item for item in years if item.period_label == label), None)
    mine = {item.period for item in own if item.value is not None}
    return asked or next((item for item in years if item.period in mine), years[0] if years else None)


def _then(series: Sequence[Observation], year: Observation | None) -> Observation | None:
    return next((item for item in series if year and item.period == year.period), None)


def _figures(
    codes: Iterable[str], areas: Names, by_area: Series, year: Observation | None, reading: Reading
) -> tuple[AreaFigure, ...]:
    found = {code: _then(by_area.get(code, ()), year) for code in codes if code in areas}
    found = {code: item for code, item in found.items() if code not in _ended() or (item and item.value is not None)}
    values = {code: item.value if item else None for code, item in found.items()}
    places, quarters = ranks(values, reading.polarity), quartiles(values, reading.polarity)
    return tuple(AreaFigure(code, areas[code][0], item, places[code], quarters[code]) for code, item in found.items())


def _aside(setting: Setting, by_area: Series, year: Observation | None) -> tuple[AreaFigure, ...]:
    region, name = setting.region
    own_region = [(region, f"{name} (region)")] if region else []
    return tuple(
        AreaFigure(code, label, _then(by_area.get(code, ()), year))
        for code, label in [*own_region, (ENGLAND, "England")]
    )
