"""What the plan says of where a review's recommendations came from: nothing, until the review is published."""

from datetime import datetime

from trefoil.people.models import Person
from trefoil.plan.enums import SourceKind
from trefoil.plan.operations.recommendations import change_recommendation

from .models import Review

# What the plan says of a recommendation that comes from here: not that there was a review, and not which.
PLAN_SOURCE = "Learning from practice"


def tell_source(review: Review, kind: SourceKind, reference: str, *, by: Person, now: datetime) -> None:
    """Change what the plan says of the source of every recommendation of a review that was not withdrawn there."""
    for row in review.recommendations.select_related("recommendation__partnership", "recommendation__priority"):
        made = row.recommendation
        if made.is_withdrawn:
            continue
        change_recommendation(
            recommendation=made,
            words=made.words,
            source_kind=kind,
            source_reference=reference,
            made_on=made.made_on,
            priority=made.priority,
            seen_version=made.version,
            by=by,
            now=now,
        )


def hide_source(review: Review, *, by: Person, now: datetime) -> None:
    """The publication was put on record in error: the plan says again what it said before."""
    tell_source(review, SourceKind.OTHER, PLAN_SOURCE, by=by, now=now)
