"""Findings in plain English, made from the figures' own arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

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
    come.
    """

    name: str
    polarity: Polarity
    rag: Rag = Rag.NONE
    streak: Streak = Streak(0, Side.HIGH)
    better_or_worse: Direction | None = None
    missing: bool = False


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


def page_sentences(summaries: Sequence[Summary]) -> tuple[str, str, str]:
    """Three sentences for the head of a page: what is better, what is worse, what is missing."""
    present = [summary for summary in summaries if not summary.missing]
    better = [summary.name for summary in present if summary.better_or_worse is Direction.BETTER]
    worse = [summary.name for summary in present if summary.better_or_worse is Direction.WORSE]
    missing = [summary.name for summary in summaries if summary.missing]
    return (
        _sentence("Better than last time", better, "No measure is better than last time."),
        _sentence("Worse than last time", worse, "No measure is worse than last time."),
        _sentence("Missing", missing, "No figure is missing." if summaries else "No figures are expected here."),
    )


def _sentence(opening: str, names: list[str], nothing: str) -> str:
    if not names:
        return nothing
    shown = [name[:1].lower() + name[1:] if name[1:2].islower() else name for name in names[:NAMED]]
    if len(names) > NAMED:
        shown.append(counted(len(names) - NAMED, "other", "others"))
    return f"{opening}: {listed(shown)}."
