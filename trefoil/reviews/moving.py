"""What the operations share: a review held while it is changed, its moves, its clocks, and its lines on the trail."""

import secrets
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.clocks.models import Clock
from trefoil.clocks.operations import start_clock, stop_clock, withdraw_clock
from trefoil.people.models import Person

from .enums import IncidentKind, NextStepKind, Recipient, ReviewState
from .models import STANDS, Review, ReviewMove
from .queries import told_of
from .queries_report import letters_on_report

NOTIFY, DEATH_IN_CARE, RAPID, DECISION = "SI-NOT", "SI-CLADEATH", "SI-RR", "SI-DEC"
LOCAL, BEFORE, AVAILABLE = "SI-LCSPR", "SI-PRE", "SI-AVAIL"
LABELS = {
    NOTIFY: "Notify",
    DEATH_IN_CARE: "Notify the death of a child in care",
    RAPID: "Rapid review",
    DECISION: "Tell of the local review",
    LOCAL: "Publish the local review",
    BEFORE: "Send the report before it is published",
    AVAILABLE: "Keep the published review available",
}
# No letters or digits that are taken for one another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """`SI-7KQ4MX`: drawn by lot, so that one reference says nothing of how many others there are."""
    while True:
        drawn = "SI-" + "".join(secrets.choice(LETTERS) for _ in range(6))
        if not Review.objects.filter(reference=drawn).exists():
            return drawn


def held(review: Review) -> Review:
    """The review as it is now, locked until the transaction ends."""
    return Review.objects.select_for_update(of=("self",)).select_related("partnership").get(pk=review.pk)


def moment_of(day: date, now: datetime) -> datetime:
    """A day as a moment: now where it is today, else its noon in England."""
    if day == timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.combine(day, time(12)))


def move(
    review: Review, to: ReviewState, *, by: Person, now: datetime, reason: str = "", is_undoing: bool = False
) -> None:
    """Change the status of a held review, and write the move down beside it."""
    before = "" if review.state == to else review.state
    Review.objects.filter(pk=review.pk).update(state=to)
    review.state = to
    ReviewMove.objects.create(
        review=review, from_state=before, to_state=to, reason=reason, is_undoing=is_undoing, moved_at=now, moved_by=by
    )


def on_review(review: Review) -> dict[str, Any]:
    """Where a line of the trail belongs. No line holds words of the record: the trail is not sealed."""
    return {"partnership": review.partnership.slug, "subject": review.subject}


def begin_clock(review: Review, rule_id: str, started_on: date, *, by: Person, now: datetime) -> None:
    """Start one of its clocks, for its readers alone."""
    start_clock(
        partnership=review.partnership,
        rule_id=rule_id,
        subject=review.subject,
        label=f"{LABELS[rule_id]}: {review.reference}",
        started_at=moment_of(started_on, now),
        is_restricted=True,
        by=by,
        now=now,
    )


def begin_notify_clocks(review: Review, *, by: Person, now: datetime) -> None:
    """From the day it was known; for the death of a child in care a second one from the day of the death."""
    begin_clock(review, NOTIFY, review.known_on, by=by, now=now)
    if review.is_in_care and review.kind == IncidentKind.DEATH:
        begin_clock(review, DEATH_IN_CARE, review.happened_on, by=by, now=now)


def open_clocks(review: Review, *rule_ids: str) -> list[Clock]:
    """Its clocks under these rules that still run."""
    return list(Clock.objects.about(review.subject).open().filter(rule_id__in=rule_ids))


def end_clocks(review: Review, *rule_ids: str, done_on: date, by: Person, now: datetime) -> None:
    """What was owed is done."""
    for clock in open_clocks(review, *rule_ids):
        stop_clock(clock=clock, stopped_at=max(moment_of(done_on, now), clock.started_at), by=by, now=now)


def drop_clocks(review: Review, *rule_ids: str, reason: str, by: Person, now: datetime) -> None:
    """What was owed is not owed any more."""
    for clock in open_clocks(review, *rule_ids):
        withdraw_clock(clock=clock, reason=reason, by=by, now=now)


def keep_decision_clock(review: Review, *, by: Person, now: datetime) -> None:
    """It ends when all three know that a local review follows and a reviewer is named; else it runs, if one follows."""
    step = review.next_steps.filter(STANDS, kind=NextStepKind.LOCAL_REVIEW).first()
    if step is None:
        return
    told = told_of(review, step)
    agreed_on = review.commissions.filter(STANDS).values_list("agreed_on", flat=True).first()
    if agreed_on is not None and set(Recipient) <= set(told):
        end_clocks(review, DECISION, done_on=max(agreed_on, *told.values()), by=by, now=now)
    elif not open_clocks(review, DECISION):
        begin_clock(review, DECISION, step.decided_on, by=by, now=now)


def keep_before_clock(review: Review, *, by: Person, now: datetime) -> None:
    """It ends when panel, Ofsted and department all have the report; it runs again where a letter was taken back."""
    planned_on = review.publication_plans.filter(STANDS).values_list("planned_on", flat=True).first()
    if planned_on is None or review.publications.filter(STANDS).exists():
        return
    sent = letters_on_report(review)
    if set(Recipient) <= set(sent):
        for clock in open_clocks(review, BEFORE):
            stop_clock(clock=clock, stopped_at=moment_of(max(sent.values()), now), by=by, now=now)
    elif not open_clocks(review, BEFORE):
        begin_clock(review, BEFORE, planned_on, by=by, now=now)


def check_not_before(day: date, earliest: date, what: str) -> None:
    """Raises NotAllowedError for a day before the one that it follows."""
    if day < earliest:
        raise NotAllowedError(what)
