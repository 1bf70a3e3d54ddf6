"""One look at a whole plan: every check over every row, the gravest first."""

from collections.abc import Iterator, Sequence
from datetime import date

from .checks_actions import of_action
from .checks_owners import of_owners
from .checks_plan import of_measure, of_priority, of_recommendation, of_risk
from .days import day_words
from .rows import PlanRows, RecommendationRow
from .similar import alike, score_words
from .vocabulary import Check, Finding, Limits

_ORDER = {check: place for place, check in enumerate(Check)}


def look(rows: PlanRows, *, today: date, limits: Limits | None = None) -> list[Finding]:
    """Everything that the checks find on `today`: by check, then what weighs most, then by the record's words."""
    found = _everything(rows, today, limits or Limits())
    return sorted(found, key=lambda one: (_ORDER[one.check], -one.weight, one.title, one.subject))


def _everything(rows: PlanRows, today: date, limits: Limits) -> Iterator[Finding]:
    for action in rows.actions:
        yield from of_action(action, today, limits)
    yield from of_owners(rows)
    for priority in rows.priorities:
        yield from of_priority(priority)
    for recommendation in rows.recommendations:
        yield from of_recommendation(recommendation, today, limits)
    for measure in rows.measures:
        yield from of_measure(measure, today, limits)
    for risk in rows.risks:
        yield from of_risk(risk, today, limits)
    yield from same_again(rows.recommendations, limits)


def same_again(made: Sequence[RecommendationRow], limits: Limits) -> Iterator[Finding]:
    """Open recommendations that repeat an earlier one, closed before or open still."""
    for pair in alike(made, threshold=limits.alike):
        if pair.later.closed_on is not None:
            continue
        earlier = pair.earlier
        if pair.earlier_was_closed and earlier.closed_on:
            check, since = Check.SAME_AGAIN, f"closed on {day_words(earlier.closed_on)}"
        elif earlier.closed_on is None:
            check, since = Check.SAME_TWICE, "which is open still"
        else:
            # It was open when this one was made and has been closed since: one piece of work, and it is done.
            continue
        reason = f"It {score_words(pair.score)} one made on {day_words(earlier.made_on)} ({earlier.source})"
        yield Finding(
            check,
            f"recommendation:{pair.later.key}",
            pair.later.words,
            f"{reason}, {since}.",
            beside=f"recommendation:{earlier.key}",
            quote=earlier.words,
            score=pair.score,
            weight=pair.score,
        )
