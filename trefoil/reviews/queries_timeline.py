"""What of a review is drawn in time: its steps, its time limits, what runs beside it. No words of the record."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.utils import timezone

from trefoil.clocks.models import Clock
from trefoil.clocks.reckoning.status import Status
from trefoil.clocks.rules import rule_of

from .enums import LetterSubject, Recipient
from .enums_local import ProcessEffect
from .models import STANDS, Review
from .queries_local import ProcessLine
from .queries_report import letters_on_report
from .timeline import Point, Sort, Span, Story

_SORTS = {Status.LATE: (Sort.LATE, "late"), Status.MET: (Sort.MET, "in time"), Status.MET_LATE: (Sort.LATE, "too late")}

_HELD = {
    ProcessEffect.INTERVIEWS: "talks",
    ProcessEffect.REPORT: "the report",
    ProcessEffect.PUBLICATION: "publication",
}


def story_of(review: Review, clocks: Iterable[Clock], beside: Iterable[ProcessLine], now: datetime) -> Story:
    """All that is drawn of a review. Eight queries, however long it has run."""
    today = timezone.localdate(now)
    spans = [*_limits(clocks, now), *_processes(beside, today)]
    return Story.of(_points(review), spans, today)


def _points(review: Review) -> Iterator[Point]:
    yield Point(review.happened_on, "It happened")
    yield Point(review.known_on, "Known to the authority")
    for sent in review.notifications.filter(STANDS):
        yield Point(sent.sent_on, "Notified")
    for step in review.next_steps.filter(STANDS):
        yield Point(step.decided_on, f"Decided: {step.get_kind_display().lower()}")
    panel = {"to": Recipient.PANEL, "subject": LetterSubject.RAPID_REVIEW}
    for letter in review.letters.filter(STANDS, **panel):
        yield Point(letter.sent_on, "Rapid review sent to the panel")
    for commission in review.commissions.filter(STANDS):
        yield Point(commission.agreed_on, "Reviewer commissioned")
    for day in review.practitioner_events.filter(STANDS):
        yield Point(day.held_on, "Day with practitioners")
    for draft in review.drafts.filter(STANDS):
        yield Point(draft.received_on, "Final report came" if draft.is_final else f"Draft {draft.number} came")
    yield from _publication(review)


def _publication(review: Review) -> Iterator[Point]:
    sent = letters_on_report(review)
    if set(Recipient) <= set(sent):
        yield Point(max(sent.values()), "All three have the report")
    published = review.publications.filter(STANDS).first()
    if published is not None:
        yield Point(published.published_on, "Published")
        if published.taken_down_on is not None:
            yield Point(published.taken_down_on, "Taken down")
    else:
        for plan in review.publication_plans.filter(STANDS):
            yield Point(plan.planned_on, "To be published")
    for learning in review.learning_reviews.filter(STANDS):
        yield Point(learning.ended_on or learning.due_on, "Learning ended" if learning.ended_on else "Learning is due")


def _limits(clocks: Iterable[Clock], now: datetime) -> Iterator[Span]:
    """Time limits that were not withdrawn and have a day; what is late reaches to today or to when it was done."""
    today = timezone.localdate(now)
    for clock in clocks:
        due, began = clock.due_day, timezone.localdate(clock.started_at)
        if clock.withdrawn_at is not None or due is None:
            continue
        status = clock.status_at(now)
        sort, words = _SORTS.get(status, (Sort.RUNS, f"due {due.day} {due:%B %Y}"))
        done = timezone.localdate(clock.stopped_at) if clock.stopped_at else None
        first, last = sorted((began, due))
        if status in {Status.LATE, Status.MET_LATE}:
            last = max(last, done or today)
        yield Span(first, last, f"{rule_of(clock).name}: {words}", sort)


def _processes(beside: Iterable[ProcessLine], today: date) -> Iterator[Span]:
    for line in beside:
        one = line.process
        kind = one.get_kind_display().partition(" (")[0]
        yield Span(one.began_on, max(one.ended_on or today, one.began_on), kind, Sort.BESIDE)
        if one.effect != ProcessEffect.NONE and one.effect_from is not None:
            last = max(one.effect_until or today, one.effect_from)
            words = f"Holds up {_HELD[ProcessEffect(one.effect)]}: {kind.lower()}"
            yield Span(one.effect_from, last, words, Sort.HOLDS)
