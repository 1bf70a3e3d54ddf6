"""Reviews of the national panel, and what the partnership answers to each of their recommendations."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from trefoil.access.at_once import unless_just_entered
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person
from trefoil.plan.enums import SourceKind
from trefoil.plan.operations.recommendations import add_recommendation

from ..enums_local import NationalAnswer
from ..models import NationalRecommendation, NationalReview
from ..rules import check_day, check_words


def _check_runs(by: Person, partnership: Partnership, now: datetime) -> None:
    if not standing_of(by, partnership, now=now).may(Permission.RUN_REVIEWS):
        raise NotAllowedError("Your duties do not include answering national reviews.")


@transaction.atomic
def add_national_review(
    *, partnership: Partnership, title: str, published_on: date, address: str, by: Person, now: datetime
) -> NationalReview:
    """A review that the national panel published."""
    _check_runs(by, partnership, now)
    called = title.strip()
    if not called:
        raise NotAllowedError("Say what it is called.")
    check_day(published_on, timezone.localdate(now), "The day of publication")
    if NationalReview.objects.filter(partnership=partnership, title=called).exists():
        raise NotAllowedError("It is on record already.")
    with unless_just_entered("this national review"):
        made = NationalReview.objects.create(
            partnership=partnership,
            title=called,
            published_on=published_on,
            address=address.strip(),
            added_at=now,
            added_by=by,
        )
    subject = f"national_review:{made.pk}"
    record(event=EventType.NATIONAL_REVIEW_ADDED, by=by, now=now, partnership=partnership.slug, subject=subject)
    return made


@transaction.atomic
def add_national_recommendation(
    *, national_review: NationalReview, words: str, by: Person, now: datetime
) -> NationalRecommendation:
    """One of its recommendations, in its own words."""
    _check_runs(by, national_review.partnership, now)
    held = NationalReview.objects.select_for_update(of=("self",)).get(pk=national_review.pk)
    last = held.recommendations.aggregate(last=Max("number"))["last"] or 0
    made = NationalRecommendation.objects.create(
        national_review=held,
        number=last + 1,
        words=check_words(words, "Say what it recommends"),
        added_at=now,
        added_by=by,
    )
    slug, subject = national_review.partnership.slug, f"national_review:{held.pk}"
    detail = {"number": made.number}
    record(
        event=EventType.NATIONAL_RECOMMENDATION_ADDED, by=by, now=now, detail=detail, partnership=slug, subject=subject
    )
    return made


@transaction.atomic
def answer_national_recommendation(
    *, recommendation: NationalRecommendation, answer: NationalAnswer, words: str, by: Person, now: datetime
) -> None:
    """What the partnership answers. What applies goes into the plan, with the national review as its source. Once."""
    review = recommendation.national_review
    _check_runs(by, review.partnership, now)
    said, kind = check_words(words, "Say why, and what is in place"), NationalAnswer(answer)
    held = NationalRecommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if held.answered_at is not None:
        raise NotAllowedError("It was answered already.")
    if kind == NationalAnswer.APPLIES:
        held.recommendation = add_recommendation(
            partnership=review.partnership,
            words=held.words,
            source_kind=SourceKind.NATIONAL_REVIEW,
            source_reference=review.title,
            made_on=review.published_on,
            by=by,
            now=now,
        )
    held.answer, held.answer_words, held.answered_at, held.answered_by = kind, said, now, by
    held.save()
    slug, subject = review.partnership.slug, f"national_review:{review.pk}"
    detail = {"number": held.number, "answer": held.answer}
    record(
        event=EventType.NATIONAL_RECOMMENDATION_ANSWERED,
        by=by,
        now=now,
        detail=detail,
        partnership=slug,
        subject=subject,
    )
    recommendation.refresh_from_db()
