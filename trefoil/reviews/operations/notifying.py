"""Whether to notify, and the notification itself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from ..enums import Abuse, Place
from ..models import Notification, NotifyDecision, Review
from ..moving import (
    DEATH_IN_CARE,
    NOTIFY,
    RAPID,
    begin_clock,
    check_not_before,
    drop_clocks,
    end_clocks,
    held,
    move,
    on_review,
)
from ..rules import check_day, check_leads, check_move, check_words

LAW = "Children Act 2004, section 16C(1)"


@dataclass(frozen=True)
class Test:
    """The test in law, limb by limb. All three together make the duty to notify."""

    __test__ = False  # not a test of pytest's

    abuse: Abuse
    is_grave: bool
    place: Place

    @property
    def is_met(self) -> bool:
        return self.abuse != Abuse.NEITHER and self.is_grave and self.place != Place.ELSEWHERE


@transaction.atomic
def decide_whether_to_notify(
    *,
    review: Review,
    is_to_notify: bool,
    test: Test,
    reasons: str,
    decided_on: date,
    deciders: str,
    by: Person,
    now: datetime,
) -> NotifyDecision:
    """Write down whether the incident is notified, who decided and why.

    Not to notify although the test is met is refused. To notify although it is not is allowed, with the reasons: the
    death of a child in care is notified whatever its cause. Not notifying withdraws the clocks.
    """
    check_leads(by, review, now)
    own = held(review)
    to = check_move("decide to notify" if is_to_notify else "decide not to notify", own)
    if test.is_met and not is_to_notify:
        raise NotAllowedError(
            f"All three parts of the test are met, so the authority must notify ({LAW}). If one is not met, answer "
            "that part so."
        )
    why, who = check_words(reasons, "Say why"), deciders.strip()
    if not who:
        raise NotAllowedError("Say who decided.")
    check_day(decided_on, timezone.localdate(now), "The day of the decision")
    check_not_before(decided_on, own.known_on, "It cannot have been decided before the incident was known.")
    decision = NotifyDecision.objects.create(
        review=own,
        is_to_notify=is_to_notify,
        abuse=test.abuse,
        is_grave=test.is_grave,
        place=test.place,
        reasons=why,
        decided_on=decided_on,
        deciders=who,
        written_at=now,
        written_by=by,
    )
    if not is_to_notify:
        drop_clocks(own, NOTIFY, DEATH_IN_CARE, reason="It was decided not to notify.", by=by, now=now)
    move(own, to, by=by, now=now)
    record(event=EventType.NOTIFYING_DECIDED, by=by, now=now, **on_review(own))
    review.refresh_from_db()
    return decision


@transaction.atomic
def note_notification(
    *, review: Review, sent_on: date, by: Person, now: datetime, panel_reference: str = ""
) -> Notification:
    """The notification went out. The time to notify ends and the time of the rapid review begins, both on that day."""
    check_leads(by, review, now)
    own = held(review)
    to = check_move("note_notification", own)
    check_day(sent_on, timezone.localdate(now), "The day on which it was sent")
    check_not_before(sent_on, own.happened_on, "It cannot have been notified before it happened.")
    check_not_before(sent_on, own.known_on, "It cannot have been notified before it was known.")
    sent = Notification.objects.create(
        review=own, sent_on=sent_on, panel_reference=panel_reference.strip(), written_at=now, written_by=by
    )
    end_clocks(own, NOTIFY, DEATH_IN_CARE, done_on=sent_on, by=by, now=now)
    begin_clock(own, RAPID, sent_on, by=by, now=now)
    move(own, to, by=by, now=now)
    record(event=EventType.NOTIFICATION_SENT, by=by, now=now, detail={"sent_on": sent_on.isoformat()}, **on_review(own))
    review.refresh_from_db()
    return sent
