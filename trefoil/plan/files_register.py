"""Risks, measures and the X-ray as files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from trefoil.indicators.downloads.about import INVENTED
from trefoil.indicators.downloads.document import Document, TableSheet
from trefoil.indicators.intake.export import Cell
from trefoil.people.models import Partnership

from .measuring import Line, Move, Point
from .queries_measures import MeasureLine
from .queries_risks import RiskLine
from .xray.vocabulary import WORDS, Finding

RISK_HEADINGS = (
    "Risk",
    "Title",
    "Cause",
    "Event",
    "Effect",
    "Owner",
    "Likelihood",
    "Impact",
    "Score",
    "Likelihood with controls",
    "Impact with controls",
    "Score with controls",
    "Band",
    "Score with controls before",
    "Next review",
    "Controls",
    "Priorities",
)
MEASURE_HEADINGS = (
    "Priority",
    "Number in the plan",
    "Measure",
    "Unit",
    "Previous period",
    "Previous",
    "Latest period",
    "Latest",
    "Why missing",
    "Change",
    "Change in words",
    "Baseline",
    "What happened then",
    "Baseline figure",
    "Change since the baseline",
    "Change since the baseline in words",
    "Target",
    "Target by",
    "Rating",
    "Source",
)
XRAY_HEADINGS = (
    "Check",
    "Record",
    "What it says",
    "Why it was found",
    "Owner",
    "Laid beside",
    "What that says",
    "Alike",
)


def _document(
    partnership: Partnership, name: str, title: str, what: str, sheet: TableSheet, *, now: datetime
) -> Document:
    about: list[tuple[str, Cell]] = [("What this is", what), ("Partnership", partnership.name)]
    if partnership.is_invented:
        about.append(("Invented", INVENTED))
    about.append(("Made", f"{timezone.localtime(now):%-d %B %Y, %H:%M}"))
    about.append(("Who may see it", "For the partnership’s own work. Do not publish it or pass it on."))
    stamp = f"{timezone.localtime(now):%Y-%m-%d}"
    return Document(f"{partnership.slug}-{name}-{stamp}", f"{partnership.short_name}: {title}", tuple(about), (sheet,))


def risks_document(partnership: Partnership, lines: Iterable[RiskLine], *, now: datetime) -> Document:
    """The register, highest score first."""
    sheet = TableSheet("Risks", RISK_HEADINGS, tuple(_risk_row(line) for line in lines))
    what = "The open risks. A score is likelihood (1 to 5) times impact (1 to 5)."
    return _document(partnership, "risks", "Risk register", what, sheet, now=now)


def _risk_row(line: RiskLine) -> tuple[Cell, ...]:
    risk, newest = line.risk, line.newest
    return (
        risk.name,
        risk.title,
        risk.cause,
        risk.event,
        risk.effect,
        line.owner or None,
        newest.likelihood,
        newest.impact,
        newest.score,
        newest.likelihood_after,
        newest.impact_after,
        newest.score_after,
        line.band.label,
        line.before.score_after if line.before else None,
        risk.review_on,
        "; ".join(f"{control.words} ({control.get_assurance_display()})" for control in line.controls) or None,
        "; ".join(priority.title for priority in risk.priorities.all()) or None,
    )


def measures_document(partnership: Partnership, lines: Iterable[MeasureLine], *, now: datetime) -> Document:
    """The measures in the plan's order."""
    sheet = TableSheet("Measures", MEASURE_HEADINGS, tuple(_measure_row(line) for line in lines))
    what = "The improvement plan’s measures. A percentage is worked out from its own numbers, never from percentages."
    return _document(partnership, "measures", "Improvement plan: measures", what, sheet, now=now)


def _measure_row(one: MeasureLine) -> tuple[Cell, ...]:
    line, measure = one.line, one.measure
    latest = line.latest
    return (
        measure.priority.title if measure.priority else None,
        measure.plan_reference or None,
        measure.title,
        line.reading.unit_name,
        line.previous.period.label if line.previous else None,
        _figure(line, line.previous),
        latest.period.label if latest else None,
        _figure(line, latest),
        latest.why_missing or None if latest else "No figure yet",
        _size(line, line.moved),
        line.moved.words,
        line.aim.baseline_on,
        line.aim.baseline_words or None,
        _figure(line, line.baseline),
        _size(line, line.since),
        line.since.words,
        _rounded(line, line.aim.target),
        line.aim.target_on,
        line.rag_words,
        one.source or None,
    )


def _rounded(line: Line, value: Decimal | None) -> Cell:
    return None if value is None else line.reading.rounded(value)


def _figure(line: Line, point: Point | None) -> Cell:
    return _rounded(line, point.value) if point else None


def _size(line: Line, move: Move) -> Cell:
    return _rounded(line, move.change.absolute) if move.change else None


def xray_document(partnership: Partnership, found: Sequence[Finding], *, now: datetime) -> Document:
    """What the X-ray found, the gravest first, without what was accepted."""
    rows = tuple(
        (
            WORDS[one.check].name,
            one.subject,
            one.title,
            one.reason,
            one.owner or None,
            one.beside or None,
            one.quote or None,
            one.score or None,
        )
        for one in found
    )
    what = "What looks finished in the plan and is not. What was accepted with a reason is left out."
    return _document(
        partnership, "x-ray", "X-ray of the plan", what, TableSheet("Findings", XRAY_HEADINGS, rows), now=now
    )
