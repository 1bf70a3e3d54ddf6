"""A local child safeguarding practice review put in a reviewer's hands."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Agency, Person

from ..enums import NextStepKind, ReviewState
from ..models import STANDS, Commission, Review, undoing
from ..moving import check_not_before, held, keep_decision_clock, on_review
from ..queries import involved_agencies
from ..rules import check_day, check_leads, check_words


@dataclass(frozen=True)
class Terms:
    """What is agreed with the reviewer. `conflict` is what they declared, or that there is nothing; cost in pounds."""

    terms: str
    method: str
    reviewer: str
    conflict: str
    works_for: Agency | None = None
    cost: Decimal | None = None


@transaction.atomic
def commission_review(
    *, review: Review, terms: Terms, agreed_on: date, by: Person, now: datetime, reason: str = ""
) -> Commission:
    """Write down who reviews, what is asked of them, how, for how much, and what they declared.

    Somebody from an agency that was asked for its part is refused: they would review their own agency. A change takes
    a reason, and what was agreed before stays to read.
    """
    check_leads(by, review, now)
    own = held(review)
    _check_day(own, agreed_on, timezone.localdate(now))
    agreed = _checked(own, terms)
    standing = own.commissions.filter(STANDS)
    if standing.exists():
        standing.update(**undoing(by, now, check_words(reason, "Say why it is changed")))
    made = Commission.objects.create(review=own, agreed_on=agreed_on, written_at=now, written_by=by, **agreed)
    keep_decision_clock(own, by=by, now=now)
    record(event=EventType.REVIEW_COMMISSIONED, by=by, now=now, **on_review(own))
    return made


def _check_day(review: Review, agreed_on: date, today: date) -> None:
    step = review.next_steps.filter(STANDS, kind=NextStepKind.LOCAL_REVIEW).first()
    if step is None or review.state not in {ReviewState.DECIDED, ReviewState.SENT}:
        raise NotAllowedError("No local review was decided, so none is commissioned.")
    check_day(agreed_on, today, "The day on which it was agreed")
    check_not_before(agreed_on, step.decided_on, "It cannot have been agreed before the local review was decided.")


def _checked(review: Review, terms: Terms) -> dict[str, object]:
    """What is stored. Raises NotAllowedError for what is missing, and for a reviewer from an involved agency."""
    method, reviewer = terms.method.strip(), terms.reviewer.strip()
    if not method or not reviewer:
        raise NotAllowedError("Say who reviews, and by which method.")
    if terms.works_for is not None and terms.works_for in involved_agencies(review):
        raise NotAllowedError(
            f"{terms.works_for} was asked for its part in this review, so its people cannot review it. Working "
            "Together asks the partners to look for a real or perceived conflict of interest in a reviewer."
        )
    if terms.cost is not None and terms.cost < 0:
        raise NotAllowedError("The cost cannot be less than nothing.")
    return {
        "terms": check_words(terms.terms, "Say what the review is asked"),
        "conflict": check_words(terms.conflict, "Say what the reviewer declared, or that there was nothing to declare"),
        "method": method,
        "reviewer": reviewer,
        "works_for": terms.works_for,
        "cost": terms.cost,
    }
