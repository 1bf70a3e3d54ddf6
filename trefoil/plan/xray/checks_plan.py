"""Checks of priorities, recommendations, measures and risks."""

from collections.abc import Iterator
from datetime import date

from .checks_actions import ON_TRACK
from .days import ago, day_words
from .rows import MeasureRow, PriorityRow, RecommendationRow, RiskRow
from .vocabulary import Check, Finding, Limits


def of_priority(priority: PriorityRow) -> Iterator[Finding]:
    """An open priority: whether it is measured, and whether green has anything behind it."""
    if not priority.is_open:
        return
    subject, owner = f"priority:{priority.key}", priority.owner.agency or priority.owner.person
    if not priority.measures:
        reason = "No indicator and no measure is tied to it."
        yield Finding(Check.PRIORITY_UNMEASURED, subject, priority.title, reason, owner)
    if priority.said == ON_TRACK and not priority.evidence_on:
        reason = "Every action under it is said to be on track. None of them has any evidence."
        yield Finding(Check.GREEN_WITHOUT_EVIDENCE, subject, priority.title, reason, owner)


def of_recommendation(made: RecommendationRow, today: date, limits: Limits) -> Iterator[Finding]:
    """An open recommendation for which nobody was asked to do anything."""
    waiting = (today - made.made_on).days
    if made.closed_on or made.is_withdrawn or made.actions or waiting <= limits.action_days:
        return
    reason = f"It was made {ago(made.made_on, today)} ({made.source}). No action has come of it."
    yield Finding(Check.NO_ACTION, f"recommendation:{made.key}", made.words, reason, weight=waiting)


def of_measure(measure: MeasureRow, today: date, limits: Limits) -> Iterator[Finding]:
    """A measure without a target, or whose newest figure is old or was never there."""
    if not measure.is_open:
        return
    subject = f"measure:{measure.key}"
    if not measure.has_target:
        yield Finding(Check.MEASURE_AIMLESS, subject, measure.title, "No target is set for it.")
    if measure.latest_end is None:
        yield Finding(Check.MEASURE_STALE, subject, measure.title, "It has never had a figure.", weight=10_000)
    elif (today - measure.latest_end).days > limits.stale_days:
        end = measure.latest_end
        reason = f"Its newest figure is for a period that ended on {day_words(end)}, {ago(end, today)}."
        yield Finding(Check.MEASURE_STALE, subject, measure.title, reason, weight=(today - end).days)


def of_risk(risk: RiskRow, today: date, limits: Limits) -> Iterator[Finding]:
    """An open risk: looked at in time, controlled when it is high, and its controls tested."""
    if not risk.is_open:
        return
    subject, owner = f"risk:{risk.key}", risk.owner.agency or risk.owner.person
    if risk.review_on is not None and risk.review_on < today:
        reason = f"Its review was due on {day_words(risk.review_on)}, {ago(risk.review_on, today)}."
        late = (today - risk.review_on).days
        yield Finding(Check.RISK_REVIEW_OVERDUE, subject, risk.title, reason, owner, weight=late)
    if risk.score_after is not None and risk.score_after >= limits.high_score and not risk.controls:
        reason = f"It scores {risk.score_after} of 25 and has no control."
        yield Finding(Check.RISK_UNCONTROLLED, subject, risk.title, reason, owner, weight=risk.score_after)
    yield from _untested(risk, subject, owner)


def _untested(risk: RiskRow, subject: str, owner: str) -> Iterator[Finding]:
    """The score falls although no control at all has any assurance."""
    if risk.score_before is None or risk.score_after is None or risk.score_after >= risk.score_before:
        return
    fell = f"Its score falls from {risk.score_before} to {risk.score_after}"
    if not risk.controls:
        reason = f"{fell} and it has no control."
    elif risk.untested_controls == risk.controls:
        reason = f"{fell}, and nothing shows that {'its control works' if risk.controls == 1 else 'its controls work'}."
    else:
        return
    drop = risk.score_before - risk.score_after
    yield Finding(Check.RISK_UNTESTED, subject, risk.title, reason, owner, weight=drop)
