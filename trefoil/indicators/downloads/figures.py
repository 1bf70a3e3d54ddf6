"""The pages of figures as tables: all themes, one theme, one indicator, the dictionary."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..catalogue.schema import Definition
from ..definition_words import beside_in_words, often_in_words, unit_in_words, way_in_words
from ..enums import ReturnState
from ..evidence.findings import Evidence, Finding
from ..evidence.observations import Observation, Origin
from ..evidence.page_rows import owners
from ..evidence.parts import breakdowns_of
from ..evidence.readings import Reading, published_reading, reading_of
from ..intake.export import Cell
from .document import TableSheet, trimmed

FIGURE_HEADINGS = (
    "Theme",
    "Code",
    "Measure",
    "Period",
    "Figure",
    "Unit",
    "Numerator",
    "Denominator",
    "Figure before",
    "Change",
    "Target",
    "Against target",
    "Comparison period",
    "Same measure?",
    "Comparison unit",
    "Own published figure",
    "Neighbours, mean",
    "Neighbours, median",
    "Neighbours with a figure",
    "Region",
    "England",
    "Rank among neighbours",
    "Signal",
    "In words",
    "The owner says",
    "What is being done",
    "Where from",
    "Status",
)
SERIES_HEADINGS = (
    "Period",
    "First day",
    "Last day",
    "Figure",
    "Unit",
    "Numerator",
    "Denominator",
    "Why missing",
    "Figure before restating",
    "Signal",
    "Note",
    "Where from",
    "Status",
)


def figures_sheet(findings: Iterable[Finding], name: str = "Figures") -> TableSheet:
    """One row for each indicator that has anything to show."""
    return TableSheet(name, FIGURE_HEADINGS, tuple(_figure_row(one) for one in findings if one.series))


def _figure_row(finding: Finding) -> tuple[Cell, ...]:
    latest, definition, reading = finding.latest, finding.definition, finding.reading
    before = finding.previous.value if finding.previous else None
    return (
        definition.theme.title,
        definition.id,
        definition.title,
        latest.period.label if latest else None,
        figure(latest.value if latest else None, reading),
        reading.unit_name,
        trimmed(latest.numerator if latest else None),
        trimmed(latest.denominator if latest else None),
        figure(before, reading),
        finding.change_words,
        trimmed(finding.target.value) if finding.target else None,
        finding.rag_words if finding.target else None,
        *_beside_cells(finding),
        finding.chart.words if finding.has_signal else None,
        finding.words,
        finding.commentary.says if finding.commentary else None,
        finding.commentary.doing if finding.commentary else None,
        *_origin_cells(latest),
    )


def _beside_cells(finding: Finding) -> tuple[Cell, ...]:
    """As the page has them: a count of a whole region or country is not laid beside an area's."""
    beside, published = finding.beside, finding.definition.published
    if beside is None or published is None:
        return (None,) * 10
    reading = published_reading(finding.definition)
    wider = reading.unit.is_ratio
    return (
        beside.observation.period.label,
        "Yes" if published.same else "No, a similar measure",
        reading.unit_name,
        figure(beside.observation.value, reading),
        figure(beside.neighbours.mean, reading, middle=True),
        figure(beside.neighbours.median, reading, middle=True),
        beside.neighbours.used,
        figure(beside.region, reading) if wider else None,
        figure(beside.england, reading) if wider else None,
        beside.rank.words if beside.rank else None,
    )


def _origin_cells(observation: Observation | None) -> tuple[Cell, Cell]:
    if observation is None:
        return None, None
    if observation.origin is Origin.PUBLISHED:
        return "National publication", "Published"
    return "Return", ReturnState(observation.state).label if observation.state else None


def figure(value: Decimal | None, reading: Reading, *, middle: bool = False) -> Cell:
    """A figure as a number of the measure's own decimals."""
    if value is None:
        return None
    rounded = reading.rounded(value, middle=middle)
    return int(rounded) if rounded.as_tuple().exponent == 0 else rounded


def indicator_sheets(finding: Finding, evidence: Evidence) -> tuple[TableSheet, ...]:
    """Every period of an indicator, its breakdowns, whom it is laid beside, and its definition."""
    periods = TableSheet("Figures", SERIES_HEADINGS, tuple(_series_rows(finding)))
    parts = [
        TableSheet(
            f"By {one.dimension}",
            (one.dimension.capitalize(), "Period", "Figure", "Count", "Why missing"),
            tuple(
                (part.category, one.period.label, trimmed(part.value), trimmed(part.count), part.why or None)
                for part in one.parts
            ),
        )
        for one in breakdowns_of(finding.definition, evidence.figures)
    ]
    return (periods, *parts, *_beside_sheet(finding, evidence), dictionary_sheet([finding.definition], "Definition"))


def _series_rows(finding: Finding) -> Iterable[tuple[Cell, ...]]:
    signals = {point.period: signal.words for signal in finding.chart.signals for point in signal.points[-1:]}
    own, national = reading_of(finding.definition), published_reading(finding.definition)
    for item in (*finding.returned, *finding.published):
        reading = own if item.origin is Origin.RETURNED else national
        in_chart = item.origin is finding.origin
        yield (
            item.period.label,
            item.period.start,
            item.period.end,
            figure(item.value, reading),
            reading.unit_name,
            trimmed(item.numerator),
            trimmed(item.denominator),
            item.why_missing or None,
            figure(item.restated_from, reading),
            signals.get(item.period) if in_chart else None,
            item.note or None,
            *_origin_cells(item),
        )


def _beside_sheet(finding: Finding, evidence: Evidence) -> tuple[TableSheet, ...]:
    beside = finding.beside
    if beside is None:
        return ()
    reading, names = published_reading(finding.definition), dict(evidence.setting.neighbours)
    year, own = beside.observation.period.label, beside.observation.value
    rows: list[tuple[Cell, ...]] = [
        (evidence.setting.area.name, "Own area", year, figure(own, reading)),
        *((names[code], "Statistical neighbour", year, figure(value, reading)) for code, value in beside.each.items()),
    ]
    if reading.unit.is_ratio or own is not None:
        rows += [
            (evidence.setting.region[1] or "No region", "Region", year, figure(beside.region, reading)),
            ("England", "England", year, figure(beside.england, reading)),
        ]
    return (TableSheet("Beside others", ("Area", "What it is", "Year", "Figure"), tuple(rows)),)


DICTIONARY_HEADINGS = (
    "Theme",
    "Code",
    "Measure",
    "What it means",
    "Numerator",
    "Denominator",
    "Unit",
    "Which way is good",
    "How often",
    "Laid beside",
    "Who answers",
    "Cautions",
    "Source",
    "Reviewed",
    "Next review",
)


def dictionary_sheet(definitions: Sequence[Definition], name: str = "Dictionary") -> TableSheet:
    """One row for each definition."""
    return TableSheet(name, DICTIONARY_HEADINGS, tuple(_definition_row(one) for one in definitions))


def _definition_row(definition: Definition) -> tuple[Cell, ...]:
    return (
        definition.theme.title,
        definition.id,
        definition.title,
        definition.meaning,
        definition.numerator,
        definition.denominator or None,
        unit_in_words(definition),
        way_in_words(definition),
        often_in_words(definition),
        beside_in_words(definition),
        owners(definition),
        definition.cautions,
        definition.source,
        definition.reviewed_on,
        definition.next_review_on,
    )
