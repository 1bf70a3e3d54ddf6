"""The parts of an indicator's page: each source's row of figures, its patterns, and what its quality notes say."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from trefoil.design.charts import Chart as Picture
from trefoil.design.charts import LineChart

from ..calculation.comparators import ordinal
from ..calculation.intervals import proportion_interval
from ..catalogue.vocabulary import Unit
from ..enums import ReturnState
from .findings import Evidence, Finding
from .kept import kept
from .observations import Observation, Origin
from .parts import Parts, breakdowns_of, counts_something
from .pictures import neighbours_chart, parts_chart, shares_chart, trend_chart
from .readings import Reading, published_reading, reading_of
from .so_far import SoFar, so_far
from .usual_range import chart_of

SMALL = 6
SECTION_NAMES = {Origin.RETURNED: "returned", Origin.PUBLISHED: "published"}


@dataclass(frozen=True)
class Section:
    """One source's figures: `name` is also the name of its picture."""

    name: str
    heading: str
    chart: LineChart
    patterns: tuple[str, ...]
    range_words: str
    so_far: tuple[SoFar, ...]
    note: str


@kept(256)
def sections_of(finding: Finding, evidence: Evidence) -> tuple[Section, ...]:
    """The newer source first; both where an area has returned months and published years."""
    rows = [finding.returned, finding.published]
    if finding.origin is Origin.PUBLISHED:
        rows.reverse()
    return tuple(_section(finding, evidence, series) for series in rows if series)


def _heading(latest: Observation) -> str:
    if latest.origin is Origin.PUBLISHED:
        return "Published figures"
    printed = latest.state == ReturnState.PRINTED
    return "Figures as printed by the partnership" if printed else "Figures that agencies returned"


def _section(finding: Finding, evidence: Evidence, series: Sequence[Observation]) -> Section:
    definition, origin = finding.definition, series[-1].origin
    is_published = origin is Origin.PUBLISHED
    reading = published_reading(definition) if is_published else reading_of(definition)
    chart = chart_of(series, reading)
    return Section(
        name=SECTION_NAMES[origin],
        heading=_heading(series[-1]),
        chart=trend_chart(finding, evidence, series),
        patterns=tuple(
            f"{signal.points[-1].period.label}: {signal.words.removeprefix('more than noise: ')}"
            for signal in reversed(chart.signals)
        ),
        range_words=_range_words(series, reading),
        so_far=() if is_published else so_far(definition, series, evidence.figures),
        note=definition.published.difference if is_published and definition.published else "",
    )


def _range_words(series: Sequence[Observation], reading: Reading) -> str:
    """The usual range in a sentence, or why there is none."""
    usual = chart_of(series, reading).current
    known = sum(item.value is not None for item in series)
    if reading.adds_up_since_april:
        return "This measure counts up since April and begins anew each year, so it has no usual range."
    if usual is None:
        return f"{known} figure{'' if known == 1 else 's'} so far: too few to say what is usual. Ten are needed."
    return (
        f"Usual range {reading.bare(usual.lower)} to {reading.say(usual.upper)}, around {reading.bare(usual.centre)}, "
        f"worked out from {known} figures. A figure inside it is no news by itself."
    )


@kept(256)
def pictures_of(finding: Finding, evidence: Evidence) -> dict[str, Picture]:
    """Every picture of the page under the name that its address has."""
    pictures: dict[str, Picture] = {section.name: section.chart for section in sections_of(finding, evidence)}
    if near := neighbours_chart(finding, evidence):
        pictures["neighbours"] = near
    area = evidence.setting.area.name
    for place, parts in enumerate(breakdowns_of(finding.definition, evidence.figures), start=1):
        pictures[f"parts-{place}"] = parts_chart(finding.definition, parts, area)
    if finding.shares:
        pictures["shares"] = shares_chart(finding.definition, finding.shares, area)
    return pictures


@dataclass(frozen=True)
class Breakdown:
    """One breakdown: its picture's name and whether its parts add up."""

    picture: str
    dimension: str
    adds_up: str
    is_fault: bool = False


@kept(256)
def breakdown_sections(finding: Finding, evidence: Evidence) -> tuple[Breakdown, ...]:
    """The breakdowns that have figures, in the order of the definition."""
    found = enumerate(breakdowns_of(finding.definition, evidence.figures), start=1)
    return tuple(_breakdown(place, parts) for place, parts in found)


def _breakdown(place: int, parts: Parts) -> Breakdown:
    name, total, whole = f"parts-{place}", parts.total, parts.whole
    if not parts.exhaustive:
        return Breakdown(name, parts.dimension, "These parts are not meant to add up to the whole.")
    if total is None or whole is None:
        return Breakdown(name, parts.dimension, "A figure is missing, so the sum cannot be checked.")
    if total == whole:
        return Breakdown(name, parts.dimension, f"The parts add up to the whole, {whole.normalize():,f}.")
    words = f"The parts add up to {total.normalize():,f}, but the whole was returned as {whole.normalize():,f}."
    return Breakdown(name, parts.dimension, words, is_fault=True)


@kept(256)
def small_numbers_note(finding: Finding, evidence: Evidence) -> str:
    """A warning where a count of one to five children stands on the page."""
    counts = [part.count for parts in breakdowns_of(finding.definition, evidence.figures) for part in parts.parts]
    counts += [finding.latest.numerator] if finding.latest and counts_something(finding.reading.unit) else []
    if any(count is not None and 0 < count < SMALL for count in counts):
        return (
            "Some counts here are fewer than 6. They are for the partnership's own use. "
            "Before anything is published, small counts have to be hidden."
        )
    return ""


def sureness(finding: Finding) -> str:
    """How sure a returned percentage is, from its counts; empty for other figures."""
    latest = finding.latest
    if latest is None or finding.reading.unit is not Unit.PERCENT or latest.numerator is None:
        return ""
    above, below = latest.numerator, latest.denominator
    if not below or not 0 <= above <= below:
        return ""
    interval = proportion_interval(above, below)
    parts = f"{above.normalize():,f} of {below.normalize():,f}"
    return f"{parts}, {interval.words}" if interval else parts


def quality_notes(finding: Finding) -> tuple[str, ...]:
    """Restatements, figures that did not come with their reasons, and those not approved, newest first."""
    notes = []
    for item in reversed((*finding.published, *finding.returned)):
        reading = (
            published_reading(finding.definition) if item.origin is Origin.PUBLISHED else reading_of(finding.definition)
        )
        if item.value is None:
            notes.append(f"{item.period.label}: no figure. {_sentence(item.why_missing or 'No reason was given')}")
        elif item.is_restated:
            notes.append(f"{item.period.label}: {_restated(item.restated_from, item.value, reading)}")
        if item.note:
            notes.append(f"{item.period.label}: {_sentence(item.note)}")
        if item.state in ("submitted", "queried"):
            notes.append(f"{item.period.label}: not approved yet.")
    return tuple(notes)


def _restated(before: Decimal | None, now: Decimal, reading: Reading) -> str:
    if before is None:
        return f"restated. It is {reading.say(now)} and had not been given before."
    return f"restated from {reading.say(before)} to {reading.say(now)}."


def _sentence(text: str) -> str:
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}"


def place_words(finding: Finding, area: str) -> str:
    """Which quarter of its neighbours the area is in, in a sentence; the rank is the title of the picture."""
    beside = finding.beside
    if beside is None or beside.rank is None or beside.quartile is None:
        return ""
    end = "best, which is 1st" if beside.rank.polarity.judges else "highest"
    quarter = ordinal(beside.quartile)
    return f"With its neighbours put in order and cut into four, {area} is in the {quarter} quarter from the {end}."
