"""Charts of one indicator, made from its finding: one specification for screen and document."""

import calendar
from collections.abc import Sequence
from decimal import Decimal

from trefoil.design.charts import Bar, BarChart, Dot, DotPlot, LineChart
from trefoil.design.charts.lines import Comparator, Point, UsualRange

from ..calculation.comparators import neighbours
from ..calculation.runs import Rule
from ..calculation.sentences import chart_title
from ..calculation.xmr import Chart
from ..catalogue.schema import Definition
from ..periods import Period
from .findings import Evidence, Finding
from .observations import Observation, Origin
from .parts import Part, Parts, Shares
from .published import ENGLAND
from .readings import Reading, published_reading, reading_of
from .usual_range import chart_of

DRAWN = 25


def trend_chart(finding: Finding, evidence: Evidence, series: Sequence[Observation]) -> LineChart:
    """The last 25 periods of a row of figures: usual range, signals, and England and the neighbours if published."""
    origin = series[-1].origin if series else Origin.RETURNED
    is_published = origin is Origin.PUBLISHED
    reading = published_reading(finding.definition) if is_published else reading_of(finding.definition)
    chart, drawn = chart_of(series, reading), list(series)[-DRAWN:]
    words = _words_of_signals(chart)
    return LineChart(
        title=chart_title(finding.definition.short_title, chart),
        subtitle=_subtitle(finding.definition, evidence, drawn, reading),
        unit=reading.unit_name,
        points=tuple(_point(item, reading, words.get(item.period, "")) for item in drawn),
        name=evidence.setting.area.name,
        target=_target(finding, series, reading),
        usual_range=_usual(chart, reading),
        comparators=_comparators(finding.definition, evidence, drawn, reading) if is_published else (),
    )


def _words_of_signals(chart: Chart) -> dict[Period, str]:
    """Period to the words of the pattern that ends there; the strongest rule where several do."""
    weakest_first = sorted(chart.signals, key=lambda signal: list(Rule).index(signal.rule), reverse=True)
    return {signal.points[-1].period: signal.words.removeprefix("more than noise: ") for signal in weakest_first}


def _subtitle(definition: Definition, evidence: Evidence, drawn: Sequence[Observation], reading: Reading) -> str:
    name = f"{definition.title}, {evidence.setting.area.name}"
    unit = f" ({reading.after})" if reading.after and reading.after not in definition.title else ""
    if not drawn:
        return f"{name}{unit}"
    first, last = drawn[0].period, drawn[-1].period
    span = last.label if first == last else f"{short_label(first)} to {short_label(last)}"
    return f"{name}{unit}, {span}"


def _point(item: Observation, reading: Reading, words: str) -> Point:
    value = None if item.value is None else reading.rounded(item.value)
    return Point(short_label(item.period), value, signal=words, note=item.why_missing or item.note)


def _target(finding: Finding, series: Sequence[Observation], reading: Reading) -> Decimal | None:
    """The target is drawn on the row of figures that is held to it."""
    if finding.target is None or tuple(series) != finding.series:
        return None
    return reading.rounded(finding.target.value)


def _usual(chart: Chart, reading: Reading) -> UsualRange | None:
    usual = chart.current
    if usual is None:
        return None
    return UsualRange(reading.rounded(usual.lower), reading.rounded(usual.centre), reading.rounded(usual.upper))


def _comparators(
    definition: Definition, evidence: Evidence, drawn: Sequence[Observation], reading: Reading
) -> tuple[Comparator, ...]:
    """England's and the neighbours' median, for the periods that are drawn."""
    if definition.published is None:
        return ()
    by_area = evidence.table.get(definition.published.key, {})
    at = {code: {item.period: item.value for item in series} for code, series in by_area.items()}
    near = [at.get(code, {}) for code in evidence.setting.neighbour_codes]
    england = [at.get(ENGLAND, {}).get(item.period) for item in drawn]
    medians = [neighbours(area.get(item.period) for area in near).median for item in drawn]
    rows = [("Neighbours' median", medians)] if near else []
    # A count of the whole country would flatten the area's own line.
    rows += [("England", england)] if reading.unit.is_ratio else []
    return tuple(
        Comparator(name, tuple(None if value is None else reading.rounded(value, middle=True) for value in values))
        for name, values in rows
        if any(value is not None for value in values)
    )


def neighbours_chart(finding: Finding, evidence: Evidence) -> DotPlot | None:
    """The area and each neighbour for the latest published period; None when the area has no figure."""
    beside, area = finding.beside, evidence.setting.area.name
    if beside is None or beside.observation.value is None or not beside.each:
        return None
    reading = published_reading(finding.definition)
    names = dict(evidence.setting.neighbours)
    values = [(names[code], value) for code, value in beside.each.items()]
    dots = [
        Dot(name, None if value is None else reading.rounded(value), "" if value is not None else "Not published")
        for name, value in [(area, beside.observation.value), *values]
    ]
    standing = beside.rank.words if beside.rank else "without a rank"
    return DotPlot(
        title=f"{area} stands {standing} with its statistical neighbours",
        subtitle=f"{finding.definition.title}, {beside.observation.period.label}",
        unit=reading.unit_name,
        dots=tuple(dots),
        highlight=area,
        median_name=f"Median of all {sum(dot.value is not None for dot in dots)}",
    )


def parts_chart(definition: Definition, parts: Parts, area: str) -> BarChart:
    """One breakdown as bars, in the order of the definition."""
    reading = reading_of(definition)
    return BarChart(
        title=_parts_title(parts.parts, reading),
        subtitle=f"{definition.title} by {parts.dimension}, {area}, {parts.period.label}",
        unit=reading.unit_name,
        bars=tuple(_bar(part, reading) for part in parts.parts),
    )


def shares_chart(definition: Definition, shares: Shares, area: str) -> BarChart:
    """Shares as bars, largest first."""
    reading = reading_of(definition)
    return BarChart(
        title=_parts_title(shares.parts, reading),
        subtitle=f"{definition.title}, {area}, {shares.period.label}",
        unit=reading.unit_name,
        bars=tuple(_bar(part, reading) for part in shares.parts),
    )


def _bar(part: Part, reading: Reading) -> Bar:
    value = None if part.value is None else reading.rounded(part.value)
    return Bar(part.category[:1].upper() + part.category[1:], value, note=part.why)


def _parts_title(parts: Sequence[Part], reading: Reading) -> str:
    known = [(part.value, part.category) for part in parts if part.value is not None]
    if not known:
        return "No figure came for any part"
    value, category = max(known, key=lambda pair: pair[0])
    return f"Highest for “{category}”: {reading.say(value)}"


def short_label(period: Period) -> str:
    """A period for an axis: `Feb 2019`, `Oct to Dec 2018`, `2024-25`, `Apr 2018 to Feb 2019`."""
    if period.kind == "year":
        return period.label
    first, last = (f"{calendar.month_abbr[day.month]} {day.year}" for day in (period.start, period.end))
    if period.kind == "month":
        return last
    return f"{first[:3]} to {last}" if period.start.year == period.end.year else f"{first} to {last}"
