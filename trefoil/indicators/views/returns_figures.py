"""The figures and faults of a return as rows for its page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from ..catalogue.loader import catalogue
from ..catalogue.schema import Definition
from ..checks.figures import instruction_for
from ..evidence.observations import value_of
from ..evidence.readings import reading_of
from ..expected import Expected, expected_figures, missing_figures
from ..fingerprint import plain
from ..forms_returns import AnswerForm
from ..models import AgencyReturn, Fault, Figure
from ..periods import Period
from .returns_words import counted, day_words


@dataclass(frozen=True)
class FigureLine:
    """One figure as it stands, with the earlier versions of it, newest first."""

    figure: Figure
    title: str
    known: bool
    amount: str
    missing: str
    entered: str
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Progress:
    """How many of the figures that are waited for are there."""

    expected: int
    given: int
    with_reason: int
    missing: tuple[Expected, ...]

    @property
    def words(self) -> str:
        """One sentence."""
        if not self.expected:
            return "No figure is asked for by name; any measure of the dictionary may be sent."
        said = f"{self.given} of {counted(self.expected, 'figure')} given"
        if self.with_reason:
            said += f", {self.with_reason} with a reason why there is none"
        return f"{said}, {len(self.missing)} still to come." if self.missing else f"{said}. Nothing is missing."


@dataclass(frozen=True)
class FaultLine:
    """One thing found in the figures, what must hold, and the form to answer it if the reader may."""

    fault: Fault
    about: str
    instruction: str
    form: AnswerForm | None


def figure_lines(figures: Iterable[Figure]) -> list[FigureLine]:
    """The current figures in order, each with what it replaced. `figures` holds every version."""
    every = {figure.pk: figure for figure in figures}
    return [_line(figure, every) for figure in every.values() if figure.is_current]


def progress_of(agency_return: AgencyReturn, figures: Iterable[Figure]) -> Progress:
    """Whole figures that are asked for, against those given; a figure given in parts alone counts."""
    current = [figure for figure in figures if figure.is_current]
    asked = (agency_return.indicators, agency_return.period, catalogue())
    expected = expected_figures(*asked, breakdowns=False)
    missing = missing_figures(*asked, [(one.indicator, one.breakdown, one.period) for one in current])
    reasons = {(one.indicator, one.period) for one in current if one.missing_reason and not one.breakdown}
    amounts = {(one.indicator, one.period) for one in current if not one.missing_reason}
    wanted = {(one.definition.id, one.period) for one in expected}
    return Progress(
        expected=len(expected),
        given=len(wanted & amounts),
        with_reason=len(wanted & reasons - amounts),
        missing=tuple(missing),
    )


def fault_lines(
    faults: Iterable[Fault], *, may_answer: bool, bound: Mapping[int, AnswerForm] | None = None
) -> list[FaultLine]:
    """Faults that wait for an answer first, then those answered, then notes."""
    order = sorted(faults, key=lambda fault: (not fault.needs_answer, fault.severity != "fault", fault.pk))
    return [
        FaultLine(
            fault=fault,
            about=about(fault.indicator, fault.breakdown, fault_period(fault)),
            instruction=instruction_for(fault.rule),
            form=_answer_form(fault, bound or {}) if may_answer and fault.needs_answer else None,
        )
        for fault in order
    ]


def fault_period(fault: Fault) -> Period | None:
    """The period that a fault is about."""
    if fault.period_start is None or fault.period_end is None:
        return None
    return Period(fault.period_start, fault.period_end)


def about(indicator: str, breakdown: str, period: Period | None) -> str:
    """`Contacts received, outcome: referral, February 2019`."""
    definition = catalogue().get(indicator)
    named = definition.title if definition else indicator
    return ", ".join(part for part in (named, breakdown, period.label if period else "") if part)


def amount_words(definition: Definition | None, figure: Figure) -> str:
    """`12`, `36 of 40 (90%)`, `4.5 days`; empty where only a reason is given."""
    above, below, value = figure.numerator, figure.denominator, figure.value
    worked = value
    if definition is not None and worked is None and above is not None and below:
        worked = value_of(definition, numerator=above, denominator=below, returned=None, population=None)
    said = _said(definition, worked, figure.value_places)
    if above is None:
        return said
    counts = _number(above) + (f" of {_number(below)}" if below is not None else "")
    is_plain_count = worked is None or (below is None and worked == above)
    return counts if is_plain_count or not said else f"{counts} ({said})"


def _said(definition: Definition | None, value: Decimal | None, places: int) -> str:
    if value is None:
        return ""
    if definition is None or places > definition.decimal_places:
        return f"{value:,.{places}f}"
    return reading_of(definition).say(value)


def _number(number: Decimal) -> str:
    return f"{Decimal(plain(number)):,f}"


def _line(figure: Figure, every: Mapping[int, Figure]) -> FigureLine:
    definition = catalogue().get(figure.indicator)
    earlier, before = [], every.get(figure.replaces_id or 0)
    while before is not None:
        earlier.append(_was(definition, before))
        before = every.get(before.replaces_id or 0)
    return FigureLine(
        figure=figure,
        title=definition.title if definition else figure.indicator,
        known=definition is not None,
        amount=amount_words(definition, figure),
        missing=figure.missing_reason,
        entered=entered_words(figure),
        earlier=tuple(earlier),
    )


def _was(definition: Definition | None, figure: Figure) -> str:
    """`was 12, entered on 3 March 2026 by Alice`."""
    what = amount_words(definition, figure) or f"not given ({figure.missing_reason})"
    return f"was {what}, entered on {entered_words(figure)}"


def entered_words(figure: Figure) -> str:
    """`3 March 2026 by Alice`."""
    by = figure.entered_by.name if figure.entered_by else "the installation"
    return f"{day_words(timezone.localdate(figure.entered_at))} by {by}"


def _answer_form(fault: Fault, bound: Mapping[int, AnswerForm]) -> AnswerForm:
    return bound.get(fault.pk) or AnswerForm(prefix=f"fault-{fault.pk}")


def missing_words(missing: Sequence[Expected]) -> list[str]:
    """Each missing figure by name and period."""
    return [f"{one.definition.title}, {one.period.label}" for one in missing]
