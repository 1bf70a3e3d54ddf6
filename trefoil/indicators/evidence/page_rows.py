"""A finding as the row of a page: every cell in words, ready for a screen, a sheet of paper or a file."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from trefoil.people.enums import Sector

from ..calculation.change import Arrow
from ..calculation.comparators import Neighbours
from ..calculation.targets import Rag
from ..catalogue.schema import Definition
from ..enums import ReturnState
from ..periods import Period
from .findings import TREND_PERIODS, Finding
from .kept import kept
from .observations import Observation, Origin
from .readings import Reading, published_reading, reading_of

FIRST_SENTENCE = 150
NOT_PUBLISHED = "not published"
NOT_COMPARED = "a count, not compared"
STATE_WORDS = {
    ReturnState.SUBMITTED.value: ("Not approved yet",),
    ReturnState.QUERIED.value: ("Not approved yet",),
    ReturnState.PRINTED.value: ("As printed",),
}
RAG_STATUS = {Rag.GREEN: "good", Rag.AMBER: "watch", Rag.RED: "act", Rag.NONE: "context"}


class Middle(StrEnum):
    """How neighbours are put together: the screen says which it is."""

    MEDIAN = "median"
    MEAN = "mean"

    def of(self, neighbours: Neighbours) -> Decimal | None:
        return neighbours.median if self is Middle.MEDIAN else neighbours.mean


@dataclass(frozen=True)
class Beside:
    """The comparators of a row in words. `when` is the published year, where it is not the row's own period, and
    `why_none` is why region or England is empty.
    """

    neighbours: str = ""
    used: str = ""
    region: str = ""
    england: str = ""
    when: str = ""
    similar: bool = False
    why_none: str = NOT_PUBLISHED


@dataclass(frozen=True)
class TrendPoint:
    """One period of the small trend."""

    label: str
    value: Decimal | None
    signal: bool


@dataclass(frozen=True)
class PageRow:
    """One measure on a page. Empty text where there is nothing to say."""

    indicator: str
    title: str
    latest: str
    period: str
    notes: tuple[str, ...]
    words: str
    trend: tuple[TrendPoint, ...]
    trend_unit: str
    arrow: Arrow | None
    change: str
    target: str
    rag_status: str
    rag_words: str
    variance: str
    beside: Beside
    signal_status: str
    signal: str
    says: str
    says_whom: str
    faults: int
    needs_attention: bool


def owners(definition: Definition) -> str:
    """Who answers for the figure, in words."""
    kinds = (definition.owner_agency, *definition.also_answering)
    return ", ".join(Sector(kind.value).label for kind in kinds)


def page_row(finding: Finding, middle: Middle = Middle.MEDIAN) -> PageRow:
    """The row of one finding."""
    status, signal = _signal(finding)
    is_judged = finding.rag is not Rag.NONE
    said = finding.commentary
    return PageRow(
        indicator=finding.definition.id,
        title=finding.definition.title,
        latest=latest_words(finding),
        period=_period(finding),
        notes=notes_of(finding),
        words="" if finding.words == finding.rag_words else finding.words,
        trend=_trend(finding),
        trend_unit="%" if finding.reading.bare(Decimal(1)).endswith("%") else "",
        arrow=finding.arrow,
        change=finding.change_words if finding.moved else "",
        target=finding.reading.say(finding.target.value) if finding.target else "",
        rag_status=RAG_STATUS[finding.rag],
        rag_words=finding.rag_words.capitalize() if is_judged else "",
        variance=_variance(finding),
        beside=beside_words(finding, middle),
        signal_status=status,
        signal=signal,
        says=first_sentence(said.says) if said else "",
        says_whom=f"{said.agency}, {said.period.label}" if said else "",
        faults=len(finding.open_faults),
        needs_attention=finding.needs_attention,
    )


def latest_words(finding: Finding) -> str:
    """The latest figure, or why there is none."""
    if finding.shares is not None:
        largest = finding.shares.largest
        return f"Most: {largest.category}, {reading_of(finding.definition).say(largest.value)}"
    latest = finding.latest
    if latest is None:
        return "No figure yet"
    if latest.value is None:
        return "Not published" if latest.origin is Origin.PUBLISHED else "No figure returned"
    reading, title = finding.reading, finding.definition.title
    return reading.bare(latest.value) if reading.after in title else reading.say(latest.value)


def _period(finding: Finding) -> str:
    if finding.shares is not None:
        return finding.shares.period.label
    latest = finding.latest
    if latest is None:
        return ""
    return f"published, {latest.period.label}" if latest.origin is Origin.PUBLISHED else latest.period.label


def notes_of(finding: Finding) -> tuple[str, ...]:
    """What a reader must know of the latest figure: another measure, not approved, restated, missing and why."""
    latest = finding.latest
    if latest is None:
        return _state_note(finding.shares.state) if finding.shares else ()
    notes = []
    if latest.origin is Origin.PUBLISHED:
        notes += ["A similar measure"] if finding.is_other_measure else []
    if latest.value is None and latest.why_missing and latest.why_missing != "not published":
        notes.append(f"{latest.why_missing[:1].upper()}{latest.why_missing[1:]}")
    if latest.is_restated:
        before = finding.reading.say(latest.restated_from)
        notes.append(f"Restated, was {before}" if before else "Restated")
    return (*notes, *_state_note(latest.state))


def _state_note(state: str) -> tuple[str, ...]:
    return STATE_WORDS.get(state, ())


def _trend(finding: Finding) -> tuple[TrendPoint, ...]:
    return _points(finding.series[-TREND_PERIODS:], _flagged(finding), finding.reading)


def _flagged(finding: Finding) -> frozenset[Period]:
    """The periods that end a pattern."""
    return frozenset(signal.points[-1].period for signal in finding.chart.signals)


@kept(4096)
def _points(series: tuple[Observation, ...], flagged: frozenset[Period], reading: Reading) -> tuple[TrendPoint, ...]:
    return tuple(
        TrendPoint(
            item.period.label, None if item.value is None else reading.rounded(item.value), item.period in flagged
        )
        for item in series
    )


def _variance(finding: Finding) -> str:
    """How far from the target, with its sign: `+4.1%`."""
    if finding.variance is None or not finding.variance:
        return ""
    return f"{'+' if finding.variance > 0 else '−'}{abs(finding.variance)}%"


def beside_words(finding: Finding, middle: Middle) -> Beside:
    """Neighbours, region and England in the published measure's own unit.

    A count of a whole region or country says nothing beside an area's, so it is left to the measure's own page.
    """
    beside, published = finding.beside, finding.definition.published
    if beside is None or published is None:
        return Beside()
    reading = published_reading(finding.definition)
    own = finding.latest.period if finding.latest else None
    alike = finding.origin is Origin.PUBLISHED or reading.unit is reading_of(finding.definition).unit
    say = reading.bare if alike else reading.say
    value = middle.of(beside.neighbours)
    return Beside(
        neighbours=say(value, middle=True),
        used=beside.neighbours.words if value is not None and beside.neighbours.missing else "",
        region=say(beside.region) if reading.unit.is_ratio else "",
        england=say(beside.england) if reading.unit.is_ratio else "",
        when="" if own == beside.observation.period else beside.observation.period.label,
        similar=not published.same and finding.origin is not Origin.PUBLISHED,
        why_none=NOT_PUBLISHED if reading.unit.is_ratio else NOT_COMPARED,
    )


def _signal(finding: Finding) -> tuple[str, str]:
    """The key of a status and the words beside it; nothing where figures are too few for a range."""
    if not finding.chart.points:
        return "", ""
    if finding.reading.adds_up_since_april:
        return "steady", "Counts up since April"
    if finding.chart.current is None:
        return "too_few", "Too few to say"
    if not finding.has_signal:
        return "steady", "Usual range"
    rule = finding.chart.latest_signals[0].words.removeprefix("more than noise: ")
    return "signal", f"{rule[:1].upper()}{rule[1:]}"


def first_sentence(text: str) -> str:
    """Up to the first full stop, cut at a word where it is long."""
    sentence = text.strip().split(". ", maxsplit=1)[0].strip()
    if len(sentence) > FIRST_SENTENCE:
        return sentence[:FIRST_SENTENCE].rsplit(" ", maxsplit=1)[0] + " …"
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."
