"""An indicator in a document: only figures that may be published, with their chart and what they say."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.cache import caches

from trefoil.design.charts import Chart, LineChart, render_svg
from trefoil.design.charts.lines import Point
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.schema import Definition
from trefoil.indicators.catalogue.vocabulary import Unit
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.pictures import short_label, trend_chart
from trefoil.indicators.models import PublishedEdition
from trefoil.indicators.suppression.published import Mark
from trefoil.people.models import Partnership

from ..enums import BlockKind
from .shown import Picture, ShownBlock, table_of

MOST_DRAWN = 25
FEWEST_DRAWN = 3


def indicator_block(partnership: Partnership, indicator: str, *, until: date, draw: bool) -> ShownBlock:
    """The tables prepared for publication up to a day; where there are none, the nationally published series.

    Without `draw` the picture is left out: drawing takes a tenth of a second.
    """
    definition = catalogue().get(indicator)
    if definition is None:
        return _nothing(indicator, f"The catalogue no longer has the measure {indicator}.", ())
    prepared = _prepared(partnership, indicator, until)
    if prepared:
        return _of_prepared(definition, partnership, prepared, draw=draw)
    return _of_national(definition, partnership, until, draw=draw)


def _prepared(partnership: Partnership, indicator: str, until: date) -> list[PublishedEdition]:
    """The newest table of each period, of the whole figure alone, oldest period first. One query."""
    rows = PublishedEdition.objects.filter(
        partnership=partnership, indicator=indicator, dimension="", period_end__lte=until
    )
    newest = {row.period: row for row in rows.order_by("prepared_at", "pk")}
    return [newest[period] for period in sorted(newest, key=lambda one: (one.end, one.start))][-MOST_DRAWN:]


def _of_prepared(
    definition: Definition, partnership: Partnership, rows: Sequence[PublishedEdition], *, draw: bool
) -> ShownBlock:
    points = tuple(_point(definition, row) for row in rows)
    unit = "%" if definition.unit is Unit.PERCENT else "number"
    latest, first = points[-1], points[0]
    title = f"{definition.short_title}: {_said(latest, unit)} in {rows[-1].period.label}"
    chart = LineChart(title, f"{definition.title}, {partnership.area.name}", unit, points, partnership.area.name)
    sentences = [meaning_of(definition)]
    if len(points) > 1:
        sentences.append(
            f"{rows[0].period.label}: {_said(first, unit)}. {rows[-1].period.label}: {_said(latest, unit)}."
        )
    enough = sum(one.value is not None for one in points) >= FEWEST_DRAWN
    notes = dict.fromkeys(note for row in rows for note in row.shown["notes"])
    return ShownBlock(
        kind=BlockKind.INDICATOR.value,
        title=title,
        sentences=(*sentences, *notes),
        source=f"Figures that agencies returned, prepared for publication. Measure {definition.id}.",
        tables=(table_of(chart.subtitle, *_rows(points, unit)),),
        picture=picture_of(chart) if draw and enough else None,
    )


def meaning_of(definition: Definition) -> str:
    """What the measure means, as the dictionary says it."""
    return definition.meaning


def _point(definition: Definition, row: PublishedEdition) -> Point:
    """A table's one figure as its reader sees it: a rounded count, a percentage of rounded counts, or hidden."""
    label = short_label(row.period)
    if definition.unit is Unit.PERCENT:
        text = row.shown["shares"][0]["text"]
        value = _number(text)
        return Point(label, value, note="" if value is not None else text)
    cell = row.shown["cells"][0]
    hidden = Mark(cell["mark"]) is not Mark.SHOWN
    return Point(label, cell["value"], note=cell["mark"] if hidden else "")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _said(point: Point, unit: str) -> str:
    """`85%`, `905`, `fewer than 6`."""
    if point.value is None:
        return point.note
    return f"{point.value:,}{'%' if unit == '%' else ''}"


def _rows(points: Sequence[Point], unit: str) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    return ("Period", "Figure"), [(point.label, _said(point, unit)) for point in points]


def _of_national(definition: Definition, partnership: Partnership, until: date, *, draw: bool) -> ShownBlock:
    """The series that somebody else has published already; nothing that agencies returned."""
    evidence = gather(partnership, [definition])
    finding = evidence.findings[0]
    series = [one for one in finding.published if one.period.end <= until]
    if not any(one.value is not None for one in series):
        words = "No figure of this measure has been prepared for publication, and none is published nationally."
        return _nothing(definition.short_title, words, ("publication",))
    chart = trend_chart(finding, evidence, series)
    difference = definition.published.difference if definition.published else ""
    return ShownBlock(
        kind=BlockKind.INDICATOR.value,
        title=chart.title,
        sentences=tuple(words for words in (meaning_of(definition), difference) if words),
        source=f"Nationally published figures, under the Open Government Licence v3.0. Measure {definition.id}.",
        tables=(table_of(chart.subtitle, *chart.table()),),
        picture=picture_of(chart) if draw else None,
    )


def picture_of(chart: Chart) -> Picture:
    """The chart drawn twice, for desk and paper and for a phone."""
    kept = caches["charts"]
    return Picture(render_svg(chart, cache=kept), render_svg(chart, narrow=True, cache=kept), chart.description())


def _nothing(title: str, trouble: str, mends: tuple[str, ...]) -> ShownBlock:
    return ShownBlock(BlockKind.INDICATOR.value, title, (), "", trouble=trouble, mends=mends)
