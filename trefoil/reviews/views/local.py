"""What follows the rapid review, on one page: other processes, family, practitioners, report, publication, learning."""

from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within

from ..enums import STATE_COLOURS, NextStepKind, Recipient, ReviewState
from ..models import STANDS, Review
from ..operations.supervision import LAW_OF_REQUESTS, UNSURE_OF_REQUESTS
from ..queries_chronology import hides_names
from ..queries_local import (
    delays_of,
    family_of,
    practitioner_events_of,
    processes_of,
    untold_of_delay,
    written_requests_of,
)
from ..queries_report import earliest_publication, letters_on_report, publishing_positions_of, responses_of
from ..rules import identities_visible_to, is_lead, partnerships_of, reviews_visible_to, statutory_partners_of
from ..rules_local import NOT_UNDER_REVIEW
from .frame import found_review, page, way

LEADS = {
    NextStepKind.LOCAL_REVIEW: "The local review: who has a part in it, what else runs beside it, its report and its "
    "publication.",
    NextStepKind.OTHER_LEARNING: "Learning without a local review: what is done, by when, and what came of it.",
    NextStepKind.NOTHING_MORE: "The rapid review is enough. What runs beside it, and the family’s part, stand here.",
}


@within(Permission.READ_REVIEWS)
@require_safe
@logs_read("review:{reference}")
def review_local(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """All of it, for the review's readers."""
    review = found_review(request, reference)
    found_or_refused(reviews_visible_to(request.standing).exclude(state__in=NOT_UNDER_REVIEW), request, pk=review.pk)
    step = review.next_steps.filter(STANDS).first()
    kind = NextStepKind(step.kind) if step else None
    state, leads = ReviewState(review.state), is_lead(request.standing, review)
    return page(
        request,
        "local",
        title=f"Review {reference}: {'the local review' if kind == NextStepKind.LOCAL_REVIEW else 'what follows'}",
        lead=LEADS[kind] if kind else "What follows is not decided yet. What runs beside it stands here already.",
        above=way(request, review),
        review=review,
        colour=STATE_COLOURS[state],
        leads=leads,
        redactor=hides_names(request.standing, review),
        sees_identity=identities_visible_to(request.standing).filter(review=review).exists(),
        step=step,
        is_local=kind == NextStepKind.LOCAL_REVIEW,
        is_learning=kind == NextStepKind.OTHER_LEARNING,
        is_published=state == ReviewState.PUBLISHED,
        is_ended=state in {ReviewState.PUBLISHED, ReviewState.LEARNT},
        law_of_requests=LAW_OF_REQUESTS,
        unsure_of_requests=UNSURE_OF_REQUESTS,
        today=timezone.localdate(),
        **_beside(review),
        **_report(request, review),
    )


def _beside(review: Review) -> dict[str, Any]:
    today, delays = timezone.localdate(), delays_of(review)
    return {
        "processes": processes_of(review, today),
        "family": family_of(review),
        "events": practitioner_events_of(review),
        "supervisions": list(review.supervisions.filter(STANDS).select_related("written_by")),
        "requests": written_requests_of(review, today),
        "delays": delays,
        "untold_of_delay": untold_of_delay(review, delays),
        "partnerships": partnerships_of(review),
        "joined": list(review.joined.filter(STANDS).select_related("partnership")),
        "learning": review.learning_reviews.filter(STANDS).first(),
    }


def _report(request: PageRequest, review: Review) -> dict[str, Any]:
    today, standing = timezone.localdate(), request.standing
    positions = publishing_positions_of(review, statutory_partners_of(review, today))
    sent_to = letters_on_report(review)
    drafts = review.drafts.filter(STANDS).select_related("full__document", "redacted__document")
    return {
        "drafts": list(drafts),
        "findings": list(review.findings.filter(STANDS)),
        "responses": responses_of(review, today),
        "own_agency": standing.person.agency_id,
        "impact": review.impact_assessments.filter(STANDS).first(),
        "positions": positions,
        "plan": review.publication_plans.filter(STANDS).first(),
        "sent_lines": [(one.label, sent_to.get(one)) for one in Recipient],
        "earliest": earliest_publication(review),
        "publication": review.publications.filter(STANDS).first(),
        "may_speak": any(map(standing.may, (Permission.TAKE_POSITION, Permission.RUN_REVIEWS))),
    }
