"""What needs somebody: missed targets, signals, returns and figures that did not come, questions not answered.

Worst first. The order of the kinds is the order of `Kind`: a missed target that is also more than noise, a missed
target, a signal for the worse, a return that is overdue, one that was queried, a fault that nobody has answered, a
figure that did not come, a signal that is neither good nor bad, and last a signal for the better. Within a kind the
largest comes first: the furthest from target, then the longest waiting. What rests on old figures says how old they
are and stands after everything else, since nobody can do anything about it today.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from ..calculation.change import Direction
from ..calculation.targets import Rag, Tolerance, rag
from ..calculation.xmr import Signal
from ..catalogue.loader import catalogue
from ..catalogue.schema import Definition
from ..catalogue.vocabulary import Frequency, Theme
from ..enums import ReturnState
from .ages import age_words, is_old
from .answering import Answerer, Answerers, answering_for
from .findings import Evidence, Finding
from .observations import Observation, Origin
from .waiting import ReturnFault, Waiting


class Kind(Enum):
    """One kind of exception: its place in the order, the status of its tag, and the words on it."""

    MISSED_WITH_SIGNAL = (1, "act", "Off target, more than noise")
    MISSED = (2, "act", "Off target")
    WORSE = (3, "signal", "More than noise, worse")
    OVERDUE = (4, "late", "Return overdue")
    QUERIED = (5, "queried", "Return queried")
    FAULT = (6, "queried", "Fault not answered")
    MISSING = (7, "missing", "Figure missing")
    CHANGED = (8, "signal", "More than noise")
    BETTER = (9, "good", "More than noise, better")

    @property
    def place(self) -> int:
        """1 is the worst."""
        return self.value[0]

    @property
    def status(self) -> str:
        """The key of the tag's colour."""
        return self.value[1]

    @property
    def words(self) -> str:
        """What stands on the tag."""
        return self.value[2]


@dataclass(frozen=True)
class ExceptionItem:
    """One thing that needs somebody.

    `size` orders within the kind; `return_pk` is a return the reader may open; `figure_on` is the last day of the
    period of the figures it rests on, and `is_old` says that this is long ago.
    """

    kind: Kind
    title: str
    what: str
    since: str
    since_on: date | None
    who: tuple[Answerer, ...]
    definition: Definition | None = None
    return_pk: int | None = None
    size: Decimal = Decimal(0)
    figure_on: date | None = None
    is_old: bool = False

    @property
    def theme(self) -> Theme | None:
        return self.definition.theme if self.definition else None

    @property
    def who_words(self) -> str:
        """The agencies in words, or that there is none."""
        return "; ".join(one.words for one in self.who) or "No agency of this partnership answers for it yet"


def exceptions_in(
    evidence: Evidence, waiting: Sequence[Waiting], answerers: Answerers, *, today: date
) -> list[ExceptionItem]:
    """Everything that needs somebody, worst first; what rests on figures that were old by `today` comes last."""
    found = [item for finding in evidence.findings for item in _of_finding(finding, answerers)]
    found += [item for one in waiting for item in _of_return(one, answerers, today)]
    found += _not_handed_in(evidence, waiting, answerers)
    return sorted((_aged(item, today) for item in found), key=_worst_first)


def _aged(item: ExceptionItem, today: date) -> ExceptionItem:
    if item.figure_on is None or not is_old(item.figure_on, today):
        return item
    return replace(item, is_old=True, what=f"{item.what} {age_words(item.figure_on, today)}")


def _worst_first(item: ExceptionItem) -> tuple[bool, int, Decimal, date, str]:
    return (item.is_old, item.kind.place, -item.size, item.since_on or date.max, item.title)


def _of_finding(finding: Finding, answerers: Answerers) -> Iterator[ExceptionItem]:
    """At most one line for an indicator's latest figure: missing, off target, a signal, or nothing."""
    latest = finding.latest
    if latest is None:
        return
    who = answering_for(finding.definition, answerers)
    if latest.value is None:
        if latest.origin is Origin.RETURNED:
            yield _missing(finding, latest, who)
        return
    signals = finding.chart.latest_signals
    worse = [signal for signal in signals if signal.meaning is Direction.WORSE]
    if finding.rag is Rag.RED:
        yield _missed(finding, latest, worse, who)
    elif signals:
        yield _signalled(finding, latest, [*worse, *signals][0], who)


def _missing(finding: Finding, latest: Observation, who: tuple[Answerer, ...]) -> ExceptionItem:
    since = _first_of_run(finding.series, lambda item: item.value is None)
    reason = latest.why_missing.rstrip(".") or _no_reason(latest)
    return ExceptionItem(
        kind=Kind.MISSING,
        title=finding.definition.title,
        what=f"No figure for {latest.period_label}. {reason}.",
        since=since.period_label,
        since_on=since.period.end,
        figure_on=latest.period.end,
        who=who,
        definition=finding.definition,
    )


def _no_reason(latest: Observation) -> str:
    if latest.numerator is not None:
        return "It cannot be worked out: the number to divide by is not there"
    return "No reason was given"


def _missed(finding: Finding, latest: Observation, worse: Sequence[Signal], who: tuple[Answerer, ...]) -> ExceptionItem:
    target = finding.target
    if target is None:
        raise ValueError(f"{finding.definition.id} is off target without one")
    tolerance, polarity = Tolerance(target.tolerance), finding.reading.polarity
    since = _first_of_run(finding.series, lambda item: rag(item.value, target.value, tolerance, polarity) is Rag.RED)
    figure, wanted = finding.reading.say(latest.value), finding.reading.say(target.value)
    said = f"{figure} in {latest.period_label}, {finding.rag_words} ({wanted})"
    return ExceptionItem(
        kind=Kind.MISSED_WITH_SIGNAL if worse else Kind.MISSED,
        title=finding.definition.title,
        what="; ".join([said, *(signal.words for signal in worse[:1])]) + ".",
        since=since.period_label,
        since_on=since.period.end,
        figure_on=latest.period.end,
        who=who,
        definition=finding.definition,
        size=abs(finding.variance or Decimal(0)),
    )


_SIGNAL_KINDS = {Direction.WORSE: Kind.WORSE, Direction.BETTER: Kind.BETTER}


def _signalled(finding: Finding, latest: Observation, signal: Signal, who: tuple[Answerer, ...]) -> ExceptionItem:
    first = signal.points[0].period
    since = next((item for item in finding.series if item.period == first), latest)
    return ExceptionItem(
        kind=_SIGNAL_KINDS.get(signal.meaning, Kind.CHANGED),
        title=finding.definition.title,
        what=f"{finding.reading.say(latest.value)} in {latest.period_label}; {signal.words}.",
        since=since.period_label,
        since_on=since.period.end,
        figure_on=latest.period.end,
        who=who,
        definition=finding.definition,
    )


def _first_of_run(series: Sequence[Observation], holds: Callable[[Observation], bool]) -> Observation:
    """The first of the observations that all hold up to the latest one."""
    first = series[-1]
    for item in reversed(series):
        if not holds(item):
            break
        first = item
    return first


def _of_return(waiting: Waiting, answerers: Answerers, today: date) -> Iterator[ExceptionItem]:
    who = tuple(one for one in [answerers.get(waiting.agency_id)] if one)
    title = f"{waiting.title}, {waiting.period.label}"
    if waiting.is_queried:
        asked = f" The question: {waiting.question}" if waiting.question else ""
        yield ExceptionItem(
            kind=Kind.QUERIED,
            title=title,
            what=f"Sent back to {waiting.agency} with a question.{asked}",
            since=f"{waiting.queried_on:%-d %B %Y}" if waiting.queried_on else waiting.period.label,
            since_on=waiting.queried_on,
            who=who,
            return_pk=waiting.key_to_open,
        )
    elif waiting.is_overdue(today):
        days = (today - waiting.due_on).days
        yield ExceptionItem(
            kind=Kind.OVERDUE,
            title=title,
            what=f"Not handed in by {waiting.agency}; {days} day{'s' * (days != 1)} late.",
            since=f"{waiting.due_on:%-d %B %Y}",
            since_on=waiting.due_on,
            who=who,
            return_pk=waiting.key_to_open,
            size=Decimal(days),
        )
    for fault in waiting.faults:
        yield _fault(waiting, fault, title, who)


def _fault(waiting: Waiting, fault: ReturnFault, title: str, who: tuple[Answerer, ...]) -> ExceptionItem:
    definition = catalogue().get(fault.indicator)
    return ExceptionItem(
        kind=Kind.FAULT,
        title=definition.title if definition else title,
        what=fault.message,
        since=waiting.period.label,
        since_on=waiting.period.end,
        figure_on=waiting.period.end,
        who=who,
        definition=definition,
        return_pk=waiting.key_to_open,
    )


def _not_handed_in(evidence: Evidence, waiting: Iterable[Waiting], answerers: Answerers) -> Iterator[ExceptionItem]:
    """Indicators that an agency's latest return was asked for and says nothing of, not even why.

    Nobody was asked for a printed pack, so nothing can be missing from one.
    """
    wanted = {finding.definition.id: finding.definition for finding in evidence.findings}
    for one in waiting:
        if not one.is_latest_handed_in or one.state == ReturnState.PRINTED:
            continue
        for indicator in one.asked:
            definition = wanted.get(indicator)
            if definition is None or definition.calculation or _came(evidence, definition, one):
                continue
            yield ExceptionItem(
                kind=Kind.MISSING,
                title=definition.title,
                what=f"Asked for in {one.title}, and neither a figure nor a reason came from {one.agency}.",
                since=one.period.label,
                since_on=one.period.end,
                figure_on=one.period.end,
                who=tuple(found for found in [answerers.get(one.agency_id)] if found),
                definition=definition,
                return_pk=one.key_to_open,
            )


# How many months may pass between two figures. What is returned as it happens is never missing by itself.
_MONTHS_BETWEEN = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.TERMLY: 5, Frequency.ANNUAL: 12}


def _came(evidence: Evidence, definition: Definition, waiting: Waiting) -> bool:
    """Whether the figure came, was not due yet, or may have come in parts that this page does not read."""
    between = _MONTHS_BETWEEN.get(definition.frequency)
    whole = evidence.figures.get((definition.id, ""), {})
    if between is None:
        return True
    if not whole:
        return bool(definition.breakdowns) or between > waiting.period.months
    latest = max(period.end for period in whole)
    return _months(waiting.period.end) - _months(latest) < between


def _months(day: date) -> int:
    return day.year * 12 + day.month
