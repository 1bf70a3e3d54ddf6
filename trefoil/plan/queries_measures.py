"""The lines of the improvement plan: measures with their figures, from the catalogue or typed in, by priority."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from trefoil.access.rules import Standing
from trefoil.indicators.calculation.polarity import Polarity
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.vocabulary import Unit
from trefoil.indicators.downloads.document import trimmed
from trefoil.indicators.evidence.findings import Finding
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.evidence.observations import Observation, Origin
from trefoil.indicators.evidence.readings import Reading
from trefoil.people.models import Partnership

from .measuring import Aim, Line, Point, line_of
from .models import Measure, MeasureFigure, Priority
from .rules_register import measures_visible_to

NO_READING = Reading(Unit.NUMBER, Polarity.MONITOR, 0)


@dataclass(frozen=True, eq=False)
class MeasureLine:
    """A measure, its line, and where its figures come from."""

    measure: Measure
    line: Line
    source: str

    @property
    def is_missing(self) -> bool:
        """The newest period has no figure, or there is no period at all."""
        return self.line.latest is None or self.line.latest.value is None

    @property
    def previous_words(self) -> str:
        return self.line.say(self.line.previous)

    @property
    def latest_words(self) -> str:
        return self.line.say(self.line.latest)

    @property
    def baseline_words(self) -> str:
        return self.line.say(self.line.baseline)

    @property
    def listed(self) -> list[tuple[str, str, str]]:
        """Each period, newest first: its label, its figure, and what a reader must know of it."""
        newest_first = self.line.points[::-1]
        return [(point.period.label, self.line.say(point), point.why_missing or point.note) for point in newest_first]


@dataclass(frozen=True, eq=False)
class PriorityLines:
    """A priority, or what stands outside any, with its measures."""

    priority: Priority | None
    lines: tuple[MeasureLine, ...]

    @property
    def title(self) -> str:
        return f"{self.priority.number}. {self.priority.title}" if self.priority else "Outside the priorities"


def measure_lines(standing: Standing, measures: QuerySet[Measure] | None = None) -> list[MeasureLine]:
    """The lines a reader may see, in the plan's order; without withdrawn ones unless `measures` says which.

    Four queries beyond what the indicators' evidence needs, however many measures.
    """
    if measures is None:
        measures = measures_visible_to(standing).filter(withdrawn_at__isnull=True)
    figures = MeasureFigure.objects.filter(is_current=True).order_by("period_end", "pk")
    found = list(measures.prefetch_related(Prefetch("figures", figures, to_attr="current_figures")))
    findings = _findings(standing.partnership, found)
    return [_line(measure, findings) for measure in found]


def by_priority(lines: Iterable[MeasureLine]) -> list[PriorityLines]:
    """The lines under their priorities, in the order of their numbers; those outside any come last."""
    ordered = sorted(lines, key=lambda one: _place(one.measure))
    groups = groupby(ordered, key=lambda one: one.measure.priority)
    return [PriorityLines(priority, tuple(its)) for priority, its in groups]


def _place(measure: Measure) -> tuple[bool, int, int, str, int]:
    priority = measure.priority
    number, key = (priority.number, priority.pk) if priority else (0, 0)
    return priority is None, number, key, measure.plan_reference, measure.pk


def _findings(partnership: Partnership, measures: Iterable[Measure]) -> Mapping[str, Finding]:
    wanted = sorted({measure.indicator for measure in measures if catalogue().get(measure.indicator)})
    if not wanted:
        return {}
    found = gather(partnership, [catalogue()[one] for one in wanted]).findings
    return {finding.definition.id: finding for finding in found}


def _line(measure: Measure, findings: Mapping[str, Finding]) -> MeasureLine:
    finding = findings.get(measure.indicator)
    if finding is not None:
        points = [_point_of_indicator(item) for item in finding.series]
        line = line_of(finding.reading, points, _aim(measure, finding))
        return MeasureLine(measure, line, _origin_words(finding))
    if measure.indicator:
        return MeasureLine(measure, line_of(NO_READING, [], _aim(measure, None)), "No longer in the catalogue")
    typed: list[MeasureFigure] = getattr(measure, "current_figures", [])
    reading = Reading(Unit(measure.unit), Polarity(measure.polarity), measure.places or 0)
    line = line_of(reading, [_point_of_figure(figure) for figure in typed], _aim(measure, None))
    return MeasureLine(measure, line, typed[-1].source if typed else "")


def _aim(measure: Measure, finding: Finding | None) -> Aim:
    """The measure's own target; where it has none, the one the partnership set for the indicator."""
    set_target = finding.target if finding is not None and measure.target is None else None
    return Aim(
        baseline_on=measure.baseline_on,
        baseline_words=measure.baseline_words,
        baseline=measure.baseline_value,
        baseline_source=measure.baseline_source,
        target=set_target.value if set_target else measure.target,
        target_on=None if set_target else measure.target_on,
        tolerance=set_target.tolerance if set_target else Aim().tolerance,
    )


def _point_of_indicator(item: Observation) -> Point:
    note = "Not approved yet" if item.state in {"submitted", "queried"} else ""
    return Point(item.period, item.value, item.why_missing, "Restated" if item.is_restated else note)


def _point_of_figure(figure: MeasureFigure) -> Point:
    note = "Corrected" if figure.replaces_id else ""
    return Point(figure.period, figure.value, figure.missing_reason, note)


def _origin_words(finding: Finding) -> str:
    return "Published nationally" if finding.origin is Origin.PUBLISHED else "Agencies’ returns"


@dataclass(frozen=True, eq=False)
class TypedRow:
    """A figure that was typed in, as the measure's page lists it."""

    figure: MeasureFigure
    shown: str
    parts: str


def typed_rows(one: MeasureLine) -> list[TypedRow]:
    """Every figure that was typed in, replaced ones included, newest period first. One query."""
    reading = one.line.reading
    found = one.measure.figures.select_related("entered_by").order_by("-period_end", "-entered_at", "-pk")
    return [TypedRow(figure, reading.say(figure.value), _parts(figure)) for figure in found]


def _parts(figure: MeasureFigure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return ""
    return f"{trimmed(figure.numerator)} of {trimmed(figure.denominator)}"
