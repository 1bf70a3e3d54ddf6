"""Checks of actions: what is silent, what nobody answered, what is called done or green with nothing behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .days import ago, counted, day_words
from .rows import ActionRow
from .vocabulary import Check, Finding, Limits

# The room's words for a state, and for how an owner says that an action stands.
PROPOSED, REFUSED, DONE, CLOSED, WITHDRAWN = "proposed", "refused", "done", "closed", "withdrawn"
ON_TRACK = "on_track"
# Nobody works on these any more, or they were never taken on.
SETTLED = frozenset({REFUSED, DONE, CLOSED, WITHDRAWN})


@dataclass(frozen=True, slots=True)
class _Look:
    """One action, seen on one day."""

    action: ActionRow
    today: date
    limits: Limits

    def found(self, check: Check, reason: str, weight: int = 0) -> Finding:
        action = self.action
        owner = ", ".join(word for word in (action.owner.agency, action.owner.person) if word)
        return Finding(check, f"action:{action.key}", action.title, reason, owner, weight=weight)


def of_action(action: ActionRow, today: date, limits: Limits) -> Iterator[Finding]:
    """Everything that is to be said of one action. Nothing of one that was withdrawn or refused."""
    if action.state in {REFUSED, WITHDRAWN}:
        return
    look = _Look(action, today, limits)
    for check in _CHECKS:
        yield from check(look)


def _overdue_silent(look: _Look) -> Iterator[Finding]:
    """Past its date, not done, and no word for `silent_days`."""
    action, today = look.action, look.today
    if action.due_on is None or action.due_on >= today or action.state in SETTLED:
        return
    heard = action.word_on or action.proposed_on
    if (today - heard).days < look.limits.silent_days:
        return
    said = f"The last word was {ago(heard, today)}." if action.word_on else "Nobody has ever said how it goes."
    late = f"It was due on {day_words(action.due_on)}, {ago(action.due_on, today)}."
    yield look.found(Check.OVERDUE_SILENT, f"{late} {said}", (today - action.due_on).days)


def _closed_without_impact(look: _Look) -> Iterator[Finding]:
    action = look.action
    if action.state != CLOSED or action.impact_shown:
        return
    closed = f"It was closed on {day_words(action.closed_on)}" if action.closed_on else "It is closed"
    why = f"The reason given: “{action.why_none}”" if action.why_none else "No reason is recorded."
    yield look.found(Check.CLOSED_WITHOUT_IMPACT, f"{closed} and no impact was shown. {why}")


def _green_without_evidence(look: _Look) -> Iterator[Finding]:
    action = look.action
    if action.said == ON_TRACK and not action.evidence_on and action.state not in {CLOSED, DONE, PROPOSED}:
        yield look.found(Check.GREEN_WITHOUT_EVIDENCE, "It is said to be on track, and no evidence is attached.")


def _no_answer(look: _Look) -> Iterator[Finding]:
    action = look.action
    waiting = (look.today - action.proposed_on).days
    if action.state == PROPOSED and action.owner.agency and waiting > look.limits.answer_days:
        reason = f"It was put to {action.owner.agency} {ago(action.proposed_on, look.today)} and there is no answer."
        yield look.found(Check.NO_ANSWER, reason, waiting)


def _moved_often(look: _Look) -> Iterator[Finding]:
    action = look.action
    if action.moves < look.limits.moves or action.state in SETTLED:
        return
    now_due = f" It is now due on {day_words(action.due_on)}." if action.due_on else ""
    yield look.found(
        Check.MOVED_OFTEN, f"Its date has been moved {counted(action.moves, 'time')}.{now_due}", action.moves
    )


def _done_not_judged(look: _Look) -> Iterator[Finding]:
    """Done for longer than `judge_days`, nobody has judged, and no re-test is still to come."""
    action, today = look.action, look.today
    if action.state != DONE or action.done_on is None or action.impact_shown is not None:
        return
    still_to_come = any(due >= today for due in action.retests_due)
    waiting = (today - action.done_on).days
    if waiting > look.limits.judge_days and not still_to_come:
        reason = f"It was done {ago(action.done_on, today)}. No judgement of its impact is recorded."
        yield look.found(Check.DONE_NOT_JUDGED, reason, waiting)


def _evidence_older(look: _Look) -> Iterator[Finding]:
    """All its evidence is from before the agency took it on, and the action counts on it: done, closed or green."""
    action = look.action
    counts = action.state in {DONE, CLOSED} or action.said == ON_TRACK
    if not action.evidence_on or action.accepted_on is None or not counts:
        return
    newest = max(action.evidence_on)
    if newest < action.accepted_on:
        reason = f"Its newest evidence is of {day_words(newest)}. It was accepted on {day_words(action.accepted_on)}."
        yield look.found(Check.EVIDENCE_OLDER, reason, (action.accepted_on - newest).days)


def _retest_overdue(look: _Look) -> Iterator[Finding]:
    past = [due for due in look.action.retests_due if due < look.today]
    if past:
        first = min(past)
        reason = f"A re-test was due on {day_words(first)}, {ago(first, look.today)}."
        yield look.found(Check.RETEST_OVERDUE, reason, (look.today - first).days)


_CHECKS = (
    _overdue_silent,
    _closed_without_impact,
    _green_without_evidence,
    _no_answer,
    _moved_often,
    _done_not_judged,
    _evidence_older,
    _retest_overdue,
)
