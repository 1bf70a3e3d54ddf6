"""Published national figures, as observations of an area and of those it is laid beside. Read once a release."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import CharField, Value

from trefoil.people.models import Area

from ..calculation.comparators import Neighbours, Rank, neighbours, quartiles, ranks
from ..calculation.polarity import Polarity
from ..catalogue.schema import Definition
from ..models import Neighbour, Population, PublishedValue, Release
from ..national.figures import MARKS
from ..periods import Period
from .kept import kept
from .observations import Observation, Origin, main_series

ENGLAND = "E92000001"

# measure -> area -> the observations of that area, oldest first
Table = Mapping[str, Mapping[str, tuple[Observation, ...]]]


@dataclass(frozen=True)
class Setting:
    """Whom an area is laid beside: its ten statistical neighbours in order, its region, England."""

    area: Area
    neighbours: tuple[tuple[str, str], ...] = ()
    region: tuple[str, str] = ("", "")
    model_year: int | None = None

    @property
    def neighbour_codes(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.neighbours)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every area whose figures a page needs, the own one first."""
        return (self.area.code, *self.neighbour_codes, *filter(None, [self.region[0]]), ENGLAND)


@dataclass(frozen=True)
class Beside:
    """An area's published figure for one period, beside others. Neighbours by mean, by median and (`each`) by code."""

    observation: Observation
    neighbours: Neighbours = field(default_factory=lambda: Neighbours(None, None, 0, 0))
    region: Decimal | None = None
    england: Decimal | None = None
    rank: Rank | None = None
    quartile: int | None = None
    each: Mapping[str, Decimal | None] = field(default_factory=dict)


def release_stamp() -> str:
    """What is loaded of the national pack, as one text; empty when nothing is. One query.

    Published figures, neighbours and populations change only when a pack is loaded, so what was read of them is kept
    by this process under the stamp.
    """
    return "|".join(
        f"{code}:{sha256}" for code, sha256 in Release.objects.order_by("code").values_list("code", "sha256")
    )


def place_in_pack(area: Area) -> tuple[Setting, dict[int, int]]:
    """The area's neighbours (the newest model), region and England; and its children aged 0 to 17 by mid-year.

    One query: both are short lists that every page needs, and a page has a dozen queries to spend.
    """
    neighbour, children = Value("neighbour"), Value("children")
    no_text = Value("", output_field=CharField())
    rows = list(
        Neighbour.objects.filter(area=area)
        .order_by()
        .values_list(neighbour, "neighbour_id", "neighbour__name", "model_year", "rank")
        .union(
            Population.objects.filter(area=area)
            .order_by()
            .values_list(children, no_text, no_text, "mid_year", "children"),
            all=True,
        )
    )
    near = sorted((-year, rank, code, name) for kind, code, name, year, rank in rows if kind == "neighbour")
    newest = near[0][0] if near else None
    setting = Setting(
        area=area,
        neighbours=tuple((code, name) for year, _, code, name in near if year == newest),
        region=(area.region.code, area.region.name) if area.region else ("", ""),
        model_year=None if newest is None else -newest,
    )
    return setting, {year: count for kind, _, _, year, count in rows if kind == "children"}


@kept(256)
def kept_place(_stamp: str, area: Area) -> tuple[Setting, dict[int, int]]:
    """The same, read once for each release of the pack."""
    return place_in_pack(area)


@dataclass
class National:
    """What the pack says of one area: whom it is laid beside, its children, and every published figure a page needs.

    Rows and comparators of an indicator are worked out once and kept with it.
    """

    setting: Setting
    children: Mapping[int, int]
    table: Table
    _series: dict[str, tuple[Observation, ...]] = field(default_factory=dict)
    _beside: dict[str, Beside | None] = field(default_factory=dict)

    def series(self, definition: Definition) -> tuple[Observation, ...]:
        """The area's own published figures of one kind of period, oldest first; none where nothing is published."""
        if definition.published is None:
            return ()
        key = definition.published.key
        if key not in self._series:
            own = self.table.get(key, {}).get(self.setting.area.code, ())
            self._series[key] = tuple(main_series(list(own)))
        return self._series[key]

    def beside(self, definition: Definition, polarity: Polarity) -> Beside | None:
        """The area's latest published figure beside others; see `beside`."""
        if definition.published is None:
            return None
        name = f"{definition.published.key} {polarity}"
        if name not in self._beside:
            self._beside[name] = beside(definition, self.table, self.setting, polarity)
        return self._beside[name]


def national_of(area: Area, measures: Iterable[str], *, stamp: str | None = None) -> National:
    """What the pack says of the area in these measures. Two queries the first time after a load, and one more for
    the stamp when the caller has none.
    """
    known = release_stamp() if stamp is None else stamp
    return _kept_national(known, area.code, tuple(sorted(set(measures))), area)


@kept(256)
def _kept_national(stamp: str, _code: str, measures: tuple[str, ...], area: Area) -> National:
    setting, children = kept_place(stamp, area)
    return National(setting, children, published_table(measures, setting.codes))


def published_table(measures: Iterable[str], areas: Iterable[str]) -> Table:
    """The published figures of these measures and areas. One query."""
    table: dict[str, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    rows = (
        PublishedValue.objects.filter(measure__in=measures, area__in=areas)
        .order_by("period_end")
        .values_list("measure", "area_id", "period_start", "period_end", "label", "value", "shown")
    )
    for measure, area, start, end, label, value, shown in rows:
        table[measure][area].append(_observation(start, end, label, value, shown))
    return {measure: {area: tuple(series) for area, series in by_area.items()} for measure, by_area in table.items()}


def _observation(start: date, end: date, label: str, value: Decimal | None, shown: str) -> Observation:
    return Observation(
        period=Period(start, end),
        value=value,
        origin=Origin.PUBLISHED,
        shown=shown,
        why_missing="" if value is not None else _why_hidden(shown),
        label=label,
    )


def _why_hidden(mark: str) -> str:
    """The publisher's mark in words."""
    meaning = MARKS.get(mark, "")
    return (
        f"hidden by the publisher, marked {mark}: {meaning}" if mark in ("c", "u", "k") else meaning or "not published"
    )


def beside(definition: Definition, table: Table, setting: Setting, polarity: Polarity) -> Beside | None:
    """The area's latest published figure and, for that same period, everybody else's. None when there is none.

    A figure that was withheld from the area is its latest too, where others have theirs: the row then says that it was
    not published, and older comparators beside it would look like those of its period.
    """
    if definition.published is None:
        return None
    by_area = table.get(definition.published.key, {})
    latest = _latest_own(by_area, setting) or _latest_anywhere(by_area)
    if latest is None:
        return None

    def then(code: str) -> Decimal | None:
        return next((item.value for item in by_area.get(code, ()) if item.period == latest.period), None)

    near = {code: then(code) for code in setting.neighbour_codes}
    mine = then(setting.area.code)
    everyone = {**near, setting.area.code: mine}
    return Beside(
        observation=latest if mine is not None else replace(latest, value=None, shown=""),
        neighbours=neighbours(near.values()),
        region=then(setting.region[0]),
        england=then(ENGLAND),
        rank=ranks(everyone, polarity)[setting.area.code],
        quartile=quartiles(everyone, polarity)[setting.area.code],
        each=near,
    )


def _latest_own(by_area: Mapping[str, tuple[Observation, ...]], setting: Setting) -> Observation | None:
    """The area's newest figure, or its newest mark where a neighbour, its region or England has a figure."""
    others = {item.period for code in setting.codes[1:] for item in by_area.get(code, ()) if item.value is not None}
    own = reversed(by_area.get(setting.area.code, ()))
    return next((item for item in own if item.value is not None or item.period in others), None)


def _latest_anywhere(by_area: Mapping[str, tuple[Observation, ...]]) -> Observation | None:
    """For an area without figures of its own (an invented one): England's latest."""
    return next((item for item in reversed(by_area.get(ENGLAND, ())) if item.value is not None), None)
