"""Findings in plain English, made from the figures' own arithmetic."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..periods import MONTHS_IN_WORDS, Period, financial_year_of
from .change import Direction
from .numerals import counted, in_words, listed
from .polarity import Polarity
from .runs import Rule, Side
from .targets import Rag, rag_words
from .xmr import Chart, Signal

# A movement of one or two periods is not yet worth a phrase of its own.
WORTH_SAYING = 3
NAMED = 3


@dataclass(frozen=True, slots=True)
class Streak:
    """How many steps in a row the latest figures moved one way; 0 when the last step was level."""

    steps: int
    side: Side


@dataclass(frozen=True, slots=True)
class Summary:
    """What a page knows of one measure.

    `name` is the measure as a sentence would start with it (`Visits in time`). `better_or_worse` is the
    meaning of the latest change, None when there is none. `missing` is set when the latest figure did not
    come. `period` is the latest figure's.
    """

    name: str
    polarity: Polarity
    rag: Rag = Rag.NONE
    streak: Streak = Streak(0, Side.HIGH)
    better_or_worse: Direction | None = None
    missing: bool = False
    period: Period | None = None

    @property
    def ends_on(self) -> date | None:
        """The last day of the period."""
        return self.period.end if self.period else None


def streak(values: Sequence[Decimal | None]) -> Streak:
    """The unbroken movement that ends with the latest figure. A missing figure or an equal one ends it."""
    steps, side = 0, Side.HIGH
    for later, earlier in zip(reversed(values), list(reversed(values))[1:], strict=False):
        if later is None or earlier is None or later == earlier:
            break
        this = Side.HIGH if later > earlier else Side.LOW
        if steps and this is not side:
            break
        steps, side = steps + 1, this
    return Streak(steps, side)


def row_words(summary: Summary, *, period: str = "month") -> str:
    """What a row says beside its figures: `below target, and falling for seven months`.

    Empty when there is nothing to say. A movement is mentioned from three steps on.
    """
    if summary.missing:
        return "no figure returned"
    standing = "" if summary.rag is Rag.NONE else rag_words(summary.rag, summary.polarity)
    if summary.streak.steps < WORTH_SAYING:
        return standing
    moving = "rising" if summary.streak.side is Side.HIGH else "falling"
    movement = f"{moving} for {counted(summary.streak.steps, period, f'{period}s')}"
    if not standing:
        return movement
    helps = (summary.streak.side is Side.HIGH) == (summary.polarity is Polarity.HIGHER)
    joined = "and" if helps == (summary.rag is Rag.GREEN) else "but"
    return f"{standing}, {joined} {movement}"


def chart_title(name: str, chart: Chart) -> str:
    """The finding as a title: `Visits in time fell below the usual range in January 2019`.

    Written in the past tense so that it is right for one thing and for many.
    """
    if not chart.points:
        return f"{name}: no figures yet"
    if chart.current is None:
        return f"{name}: {chart.unjudged or 'too few figures to say what is usual'}"
    when = chart.points[-1].period.label
    if not chart.latest_signals:
        return f"{name} stayed within the usual range in {when}"
    return f"{name} {_happened(chart.latest_signals[0])} {when}"


def _happened(signal: Signal) -> str:
    high, count = signal.side is Side.HIGH, in_words(len(signal.points))
    return {
        Rule.OUTSIDE: f"{'rose above' if high else 'fell below'} the usual range in",
        Rule.RUN: f"stayed {'above' if high else 'below'} the usual level {count} times in a row to",
        Rule.TREND: f"{'rose' if high else 'fell'} steadily over {count} figures in a row to",
        Rule.NEAR: f"came close to the {'top' if high else 'bottom'} of the usual range in",
    }[signal.rule]


def page_sentences(summaries: Sequence[Summary]) -> tuple[str, ...]:
    """Sentences for the head of a page: of when the figures are, what is better, what is worse, what is missing.

    They speak of the newest figures. One whose period ended a year or more before the newest is counted in a sentence
    of its own year, after them.
    """
    newest = newest_end(summaries)
    current = [summary for summary in summaries if not is_older(summary.ends_on, newest)]
    older = [summary for summary in summaries if is_older(summary.ends_on, newest)]
    missing = [summary.name for summary in current if summary.missing]
    return (
        *_dated(current),
        _sentence("Better than last time", _moved(current, Direction.BETTER), "No measure is better than last time."),
        _sentence("Worse than last time", _moved(current, Direction.WORSE), "No measure is worse than last time."),
        _sentence("Missing", missing, "No figure is missing." if summaries else "No figures are expected here."),
        *_of_older(older),
    )


def newest_end(summaries: Iterable[Summary]) -> date | None:
    """The last day of the newest period, or None where no figure has one."""
    return max((summary.ends_on for summary in summaries if summary.ends_on), default=None)


def is_older(ends_on: date | None, newest: date | None) -> bool:
    """Whether a period ended a year or more before the newest one did, so that the two do not belong in one number."""
    if ends_on is None or newest is None:
        return False
    return _month_number(newest) - _month_number(ends_on) >= 12


def _month_number(day: date) -> int:
    return day.year * 12 + day.month


def _moved(summaries: Iterable[Summary], meaning: Direction) -> list[str]:
    return [one.name for one in summaries if not one.missing and one.better_or_worse is meaning]


def _dated(summaries: Iterable[Summary]) -> tuple[str, ...]:
    """Of when the figures are, in one sentence; none where they have no date."""
    periods = sorted({summary.period for summary in summaries if summary.period}, key=lambda period: period.end)
    if not periods:
        return ()
    if len(periods) == 1:
        return (f"The latest figures are of {periods[0].label}.",)
    first, last = (f"{MONTHS_IN_WORDS[period.end.month]} {period.end.year}" for period in (periods[0], periods[-1]))
    between = f"in {last}" if first == last else f"between {first} and {last}"
    return (f"The latest figures are of periods that end {between}.",)


def _of_older(summaries: Iterable[Summary]) -> tuple[str, ...]:
    """A sentence for each year to 31 March, newest first, of the figures that are too old to be counted with others."""
    years: dict[Period, list[Summary]] = defaultdict(list)
    for summary in summaries:
        if summary.period:
            years[financial_year_of(summary.period.end)].append(summary)
    return tuple(_of_year(year, years[year]) for year in sorted(years, reverse=True))


def _of_year(year: Period, summaries: Sequence[Summary]) -> str:
    periods = {summary.period for summary in summaries}
    when = periods.pop() if len(periods) == 1 else year
    counts = (
        (len(_moved(summaries, Direction.BETTER)), "better than before"),
        (len(_moved(summaries, Direction.WORSE)), "worse than before"),
        (sum(summary.missing for summary in summaries), "missing"),
    )
    what = [f"{in_words(number)} {word}" for number, word in counts if number]
    measures = counted(len(summaries), "measure", "measures")
    of = f"{measures} of {when.label if when else ''}"
    return f"Older, and not counted above: {of}{f', {listed(what)}' if what else ''}."


def _sentence(opening: str, names: list[str], nothing: str) -> str:
    if not names:
        return nothing
    shown = [name[:1].lower() + name[1:] if name[1:2].islower() else name for name in names[:NAMED]]
    if len(names) > NAMED:
        shown.append(counted(len(names) - NAMED, "other", "others"))
    return f"{opening}: {listed(shown)}."
