"""When something of a local review, or of what runs beside it, may be written. Each check raises with its reason."""

from datetime import date, datetime

from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.people.models import Person

from .enums import NextStepKind, ReviewState
from .models import STANDS, NextStep, Review
from .moving import held
from .rules import check_day, check_leads

NOT_UNDER_REVIEW = frozenset(
    {ReviewState.RECORDED, ReviewState.TO_NOTIFY, ReviewState.NOT_NOTIFIED, ReviewState.WITHDRAWN}
)


def led(review: Review, by: Person, now: datetime) -> tuple[Review, date]:
    """The review, held, and today. Raises NotAllowedError unless this person leads it and it was notified."""
    check_leads(by, review, now)
    own = held(review)
    if own.state in NOT_UNDER_REVIEW:
        raise NotAllowedError("This is written once the incident has been notified.")
    return own, timezone.localdate(now)


def led_local(review: Review, by: Person, now: datetime) -> tuple[Review, date, NextStep]:
    """The same for a local review, with the decision that began it. Raises NotAllowedError where there is none."""
    own, today = led(review, by, now)
    step = local_step(own)
    if step is None:
        raise NotAllowedError("No local review was decided, so this is not written.")
    return own, today, step


def local_step(review: Review) -> NextStep | None:
    """The decision for a local review that stands."""
    return review.next_steps.filter(STANDS, kind=NextStepKind.LOCAL_REVIEW).first()


def is_local(review: Review) -> bool:
    """Whether a local review was decided."""
    return local_step(review) is not None


def check_between(day: date, earliest: date, today: date, what: str, before: str) -> None:
    """Raises NotAllowedError for a day that has not come, or that lies before what it follows."""
    check_day(day, today, what)
    if day < earliest:
        raise NotAllowedError(before)
