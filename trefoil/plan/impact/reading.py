"""The figures of an indicator in a partnership, with its shift at a day: from its own returns, else as published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trefoil.design.charts.lines import Point
from trefoil.indicators.calculation.xmr import Limits
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition
from trefoil.indicators.evidence.findings import Finding
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.observations import Observation
from trefoil.indicators.evidence.pictures import short_label
from trefoil.indicators.evidence.readings import Reading, published_reading, reading_of
from trefoil.indicators.evidence.usual_range import kind_of
from trefoil.people.models import Partnership

from .chart import ShiftChart, Stretch
from .shift import Noise, Shift, find_shift
from .words import TAGS, shift_words

DRAWN = 40


@dataclass(frozen=True)
class IndicatorShift:
    """An indicator before and after: the plain statement with its tag, and the chart if there are figures."""

    definition: Definition
    shift: Shift
    words: str
    tag: tuple[str, str]
    chart: ShiftChart | None


def indicator_shifts(partnership: Partnership, asked: Sequence[tuple[str, date]]) -> list[IndicatorShift | None]:
    """Whether each indicator changed at its day by more than noise; None for an id that the catalogue no longer has.

    The figures of all of them are read at once.
    """
    known = {one: found for one, _ in asked if (found := catalogue().get(one)) is not None}
    if not known:
        return [None for _ in asked]
    findings = {finding.definition.id: finding for finding in gather(partnership, list(known.values())).findings}
    return [_read(partnership, findings[one], change_on) if one in known else None for one, change_on in asked]


def _read(partnership: Partnership, finding: Finding, change_on: date) -> IndicatorShift:
    definition = finding.definition
    own = [item for item in finding.returned if item.value is not None]
    series = finding.returned if own else finding.published
    reading = reading_of(definition) if own else published_reading(definition)
    shift = _shift(series, reading, change_on)
    return IndicatorShift(
        definition=definition,
        shift=shift,
        words=shift_words(shift, reading),
        tag=TAGS[shift.noise],
        chart=_chart(definition, partnership, series, shift, reading) if series else None,
    )


def _shift(series: tuple[Observation, ...], reading: Reading, change_on: date) -> Shift:
    if reading.adds_up_since_april:
        return Shift(Noise.NO_RANGE, change_on)
    figures = [(item.period, item.value) for item in series]
    return find_shift(figures, change_on=change_on, polarity=reading.polarity, kind=kind_of(reading.unit))


def _chart(
    definition: Definition, partnership: Partnership, series: tuple[Observation, ...], shift: Shift, reading: Reading
) -> ShiftChart:
    drawn = series[-DRAWN:]
    labels = [short_label(item.period) for item in drawn]
    since = [short_label(item.period) for item in drawn if item.period.start >= shift.change_on]
    span = f"{labels[0]} to {labels[-1]}" if len(labels) > 1 else labels[0]
    return ShiftChart(
        title=_title(definition, shift),
        subtitle=f"{definition.title}, {partnership.area.name}, {span}",
        unit=reading.unit_name,
        points=tuple(
            Point(label, _rounded(item.value, reading), note=item.why_missing)
            for label, item in zip(labels, drawn, strict=True)
        ),
        name=partnership.area.name,
        stretches=_stretches(shift, labels, since, reading),
        changed=since[0] if since and len(since) < len(labels) else "",
        change_words=f"Change, {shift.change_on:%-d %b %Y}",
    )


def _rounded(value: Decimal | None, reading: Reading) -> Decimal | None:
    return None if value is None else reading.rounded(value)


def _title(definition: Definition, shift: Shift) -> str:
    name = definition.short_title
    if not shift.noise.is_told:
        return f"{name}: {TAGS[shift.noise][1].lower()}"
    if shift.noise is Noise.NOISE:
        return f"{name}: no more change than noise would make"
    good = {"better": "better", "worse": "worse"}.get(shift.meaning.value if shift.meaning else "", "different")
    lasting = "and stayed so" if shift.noise is Noise.LASTING else "in places, not lasting yet"
    return f"{name}: {good} after the change, {lasting}"


def _stretches(shift: Shift, labels: list[str], since: list[str], reading: Reading) -> tuple[Stretch, ...]:
    """The usual range before; over the periods since, the new one, or the old one carried on."""
    usual = shift.limits_before
    before = [label for label in labels if label not in since]
    found = [_stretch(before[0], before[-1], usual, reading)] if usual and before else []
    then = shift.limits_since or usual
    if then is not None and since:
        found.append(_stretch(since[0], since[-1], then, reading, carried=shift.limits_since is None))
    return tuple(found)


def _stretch(first: str, last: str, limits: Limits, reading: Reading, *, carried: bool = False) -> Stretch:
    low, centre, high = (reading.rounded(value, middle=True) for value in (limits.lower, limits.centre, limits.upper))
    return Stretch(first, last, low, centre, high, carried=carried)
