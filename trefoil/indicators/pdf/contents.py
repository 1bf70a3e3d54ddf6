"""What goes into the pack: words and pictures only, as plain JSON. No database is asked here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import escape

from trefoil.design.charts import LineChart, render_svg
from trefoil.design.charts.rendering import Cache
from trefoil.design.sparklines import Sparkline, SparkPoint, sparkline
from trefoil.people.models import Partnership

from ..calculation.change import Direction
from ..calculation.sentences import page_sentences
from ..calculation.targets import Rag
from ..catalogue.vocabulary import Theme
from ..downloads.about import approved_words
from ..evidence.exceptions import ExceptionItem
from ..evidence.findings import Evidence, Finding
from ..evidence.observations import Origin
from ..evidence.page_rows import Middle, page_row
from ..evidence.pictures import trend_chart
from ..evidence.readings import reading_of
from ..periods import Period

MOST_CHARTS = 2
FEWEST_DRAWN = 5

READING = (
    "“More than noise” means that the latest figure stands outside its usual range, or follows a pattern that chance "
    "seldom makes. The usual range is the mean of the figures plus and minus 2.66 times their average moving range.",
    "A diamond on a trend marks a figure that is more than noise. A gap is a figure that did not come.",
    "Neighbours are the ten statistical neighbours of the national model; what is shown is their median.",
    "Change says how the latest figure differs from the one before it, and better or worse where the measure says "
    "which way is good.",
)


@dataclass(frozen=True)
class PackRequest:
    """What a pack is made from. `period` None is the latest figures of each measure."""

    partnership: Partnership
    evidence: Evidence
    exceptions: Sequence[ExceptionItem]
    period: Period | None
    today: date
    sources: Sequence[str]


def pack_contents(asked: PackRequest, *, cache: Cache | None = None) -> dict[str, Any]:
    """Everything that the document says and shows. `cache` keeps drawn charts."""
    shown = [finding for finding in asked.evidence.findings if finding.series or finding.shares]
    words, short, banner = _banner(asked.partnership, shown)
    return {
        "title": f"Performance pack, {asked.partnership.short_name}",
        "partnership": asked.partnership.name,
        "period": asked.period.code if asked.period else "latest",
        "period_words": f"Figures up to {asked.period.label}" if asked.period else "The latest figures",
        "banner_word": words,
        "banner_short": short,
        "banner": banner,
        "cover": _cover(shown, asked.exceptions),
        "made": f"Made on {asked.today:%-d %B %Y}. {approved_words(_returned(shown))}",
        "footer": f"{asked.partnership.short_name}, made on {asked.today:%-d %B %Y}",
        "middle": Middle.MEDIAN.value,
        "themes": [_theme(theme, asked.evidence, cache) for theme in Theme if _has_any(theme, shown)],
        "exceptions": [_exception(item) for item in asked.exceptions],
        "exceptions_words": _exceptions_words(asked),
        "definitions": [_definition(finding) for finding in shown],
        "sources": list(asked.sources),
        "reading": READING,
    }


def _returned(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.origin is Origin.RETURNED]


def _banner(partnership: Partnership, shown: Sequence[Finding]) -> tuple[str, str, str]:
    """The classification: a word, a few words for each page, and the sentences of the cover."""
    if partnership.is_invented:
        return (
            "Invented",
            "Every figure and person in this pack is invented.",
            f"{partnership.area.name} is an invented borough. "
            "Every figure, agency and person in this pack is invented.",
        )
    if not _returned(shown):
        return (
            "Published figures",
            "Published figures alone.",
            "This pack holds published figures alone. They may be used again under their licence.",
        )
    if partnership.published_only:
        return (
            "Published figures",
            "Figures that were published or printed for the public.",
            "Every figure in this pack was published, nationally or in papers that the authority printed for the "
            "public. Each source keeps its own licence.",
        )
    return (
        "For the partnership",
        "Not for publication: small numbers are not hidden.",
        "For the partnership’s own work. Small numbers are not hidden here, so do not publish it or pass it on.",
    )


def _cover(shown: Sequence[Finding], exceptions: Sequence[ExceptionItem]) -> list[str]:
    old = sum(item.is_old for item in exceptions)
    aged = f", {old} of them on figures more than two years old" if old else ""
    counted = f"{len(shown)} measures have figures. {len(exceptions)} exceptions are listed{aged}."
    return [counted, *page_sentences([finding.summary for finding in shown])]


def _has_any(theme: Theme, shown: Sequence[Finding]) -> bool:
    return any(finding.definition.theme is theme for finding in shown)


def _theme(theme: Theme, evidence: Evidence, cache: Cache | None) -> dict[str, Any]:
    findings = [finding for finding in evidence.findings if finding.definition.theme is theme]
    shown = [finding for finding in findings if finding.series or finding.shares]
    silent = len(findings) - len(shown)
    return {
        "title": theme.title,
        "sentences": page_sentences([finding.summary for finding in shown]),
        "rows": [_row(finding) for finding in shown],
        "charts": [_chart(trend_chart(one, evidence, one.series), cache) for one in _worth_drawing(shown)],
        "silent": f"Measures of this theme without figures yet: {silent}." if silent else "",
    }


def _worth_drawing(shown: Sequence[Finding]) -> list[Finding]:
    """The measures whose trend says most: signals for the worse, then missed targets, then other signals."""

    def weight(finding: Finding) -> int:
        worse = any(signal.meaning is Direction.WORSE for signal in finding.chart.latest_signals)
        return 4 * worse + 2 * (finding.rag is Rag.RED) + finding.has_signal

    known = [finding for finding in shown if sum(item.value is not None for item in finding.series) >= FEWEST_DRAWN]
    return sorted((one for one in known if weight(one)), key=weight, reverse=True)[:MOST_CHARTS]


def _chart(chart: LineChart, cache: Cache | None) -> dict[str, str]:
    return {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "svg": render_svg(chart, cache=cache),
        "alt": chart.description(),
    }


def _row(finding: Finding) -> dict[str, Any]:
    row = page_row(finding, Middle.MEDIAN)
    points = [SparkPoint(point.label, point.value, point.signal) for point in row.trend]
    return {
        "title": row.title,
        "words": row.words[:1].upper() + row.words[1:],
        "latest": row.latest,
        "period": row.period,
        "notes": list(row.notes),
        "spark": spark_picture(row.title, sparkline(points, unit=row.trend_unit)) if len(points) > 1 else None,
        "change": row.change,
        "target": row.target,
        "rag_status": row.rag_status,
        "rag_words": row.rag_words,
        "neighbours": row.beside.neighbours,
        "used": row.beside.used,
        "england": row.beside.england,
        "no_england": row.beside.why_none.capitalize(),
        "when": ", ".join(filter(None, [row.beside.when, "similar measure" if row.beside.similar else ""])),
        "signal_status": row.signal_status,
        "signal": row.signal or "–",
        "says": row.says,
        "says_whom": row.says_whom,
    }


def spark_picture(name: str, line: Sparkline) -> dict[str, str] | None:
    """The small trend as SVG with its words; None without a figure."""
    if line.last is None:
        return None
    shapes = [f'<path d="{escape(line.path)}" fill="none" stroke="#5b6368" stroke-width="1.5"/>' if line.path else ""]
    shapes += [f'<circle cx="{mark.x}" cy="{mark.y}" r="1.6" fill="#5b6368"/>' for mark in line.lone]
    shapes.append(f'<circle cx="{line.last.x}" cy="{line.last.y}" r="3" fill="#12558c"/>')
    shapes += [f'<path d="{escape(shape)}" fill="#b3261e" stroke="#ffffff"/>' for shape in line.diamonds]
    box = f'viewBox="0 0 {line.width} {line.height}" width="{line.width}" height="{line.height}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(shapes)}</svg>'
    return {"svg": svg, "alt": f"{name}. {line.title}. {line.description}"}


def _exception(item: ExceptionItem) -> dict[str, str]:
    return {
        "title": item.title,
        "status": item.kind.status,
        "kind": item.kind.words,
        "what": item.what,
        "since": item.since,
        "who": item.who_words,
    }


def _exceptions_words(asked: PackRequest) -> str:
    if not asked.exceptions:
        return "No target is missed, no figure is out of its usual range, and nothing waits for an answer."
    if asked.period:
        return f"What needed somebody in the figures up to {asked.period.label}, worst first. Returns are left out."
    return "What needs somebody, worst first."


def _definition(finding: Finding) -> dict[str, str]:
    definition = finding.definition
    return {
        "id": definition.id,
        "title": definition.title,
        "meaning": definition.meaning,
        "numerator": definition.numerator,
        "denominator": definition.denominator or "–",
        "unit": reading_of(definition).unit_name,
        "cautions": definition.cautions,
    }
