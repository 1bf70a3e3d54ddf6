"""Learning without a local review, and what the partnership answers to national reviews."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.reviews.late import a_finding, learning, local, planned
from tests.reviews.made import TEXT
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.plan.models import Recommendation
from trefoil.reviews.enums import ReviewState
from trefoil.reviews.enums_local import NationalAnswer
from trefoil.reviews.models import STANDS, NationalReview
from trefoil.reviews.operations.learning import end_learning
from trefoil.reviews.operations.national import (
    add_national_recommendation,
    add_national_review,
    answer_national_recommendation,
)
from trefoil.reviews.operations.undoing import undo_last_step


def test_learning_is_planned_changed_and_ended(world: World, now: datetime) -> None:
    review, today = learning(world, now), timezone.localdate(now)
    given = {"review": review, "ended_on": today, "learnt": TEXT, "by": world.manager, "now": now}
    with pytest.raises(NotAllowedError, match="not on record yet"):
        end_learning(**given)
    planned(review, now)
    with pytest.raises(NotAllowedError, match="Say why it is changed"):
        planned(review, now, due_on=today + timedelta(days=90))
    planned(review, now, due_on=today + timedelta(days=90), reason="The auditor was ill.")
    assert review.learning_reviews.filter(STANDS).get().due_on == today + timedelta(days=90)
    with pytest.raises(NotAllowedError, match="at least one finding"):
        end_learning(**given)
    a_finding(review, now)
    end_learning(**given)
    assert review.state == ReviewState.LEARNT
    with pytest.raises(NotAllowedError, match="has ended"):
        planned(review, now, reason="One more change to it.")
    begun_and_ended = {EventType.REVIEW_LEARNING_BEGUN, EventType.REVIEW_LEARNING_ENDED}
    assert AuditEvent.objects.filter(event__in=begun_and_ended).count() == 3


def test_undo_ending_keeps_what_was_learnt_as_undone(world: World, now: datetime) -> None:
    review, today = learning(world, now), timezone.localdate(now)
    planned(review, now)
    a_finding(review, now)
    end_learning(review=review, ended_on=today, learnt=TEXT, by=world.manager, now=now)
    undo_last_step(review=review, reason="One agency is missing.", by=world.manager, now=now)
    assert review.state == ReviewState.SENT
    assert review.learning_reviews.filter(STANDS).get().ended_on is None
    assert review.learning_reviews.exclude(STANDS).get().learnt == TEXT


def test_learning_is_not_for_a_local_review(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="not decided to follow"):
        planned(local(world, now), now)
    with pytest.raises(NotAllowedError, match="before it was decided"):
        planned(learning(world, now), now, due_on=date(2026, 11, 1))


def _national(world: World, now: datetime, **named: object) -> NationalReview:
    given = {"title": "Babies in danger", "published_on": date(2026, 9, 1), "address": "", **named}
    return add_national_review(partnership=world.fairmead, by=world.manager, now=now, **given)


def test_national_recommendation_that_applies_goes_into_the_plan(world: World, now: datetime) -> None:
    review = _national(world, now)
    first = add_national_recommendation(national_review=review, words=TEXT, by=world.manager, now=now)
    other = add_national_recommendation(national_review=review, words=TEXT, by=world.manager, now=now)
    assert (first.number, other.number) == (1, 2)
    given = {"words": "Nobody asks about it here.", "by": world.manager, "now": now}
    answer_national_recommendation(recommendation=first, answer=NationalAnswer.APPLIES, **given)
    answer_national_recommendation(recommendation=other, answer=NationalAnswer.IN_PLACE, **given)
    made = Recommendation.objects.get()
    assert (made.source_kind, made.source_reference) == ("national_review", "Babies in danger")
    assert first.recommendation == made
    with pytest.raises(NotAllowedError, match="answered already"):
        answer_national_recommendation(recommendation=first, answer=NationalAnswer.IN_PLACE, **given)
    written = {
        EventType.NATIONAL_REVIEW_ADDED,
        EventType.NATIONAL_RECOMMENDATION_ADDED,
        EventType.NATIONAL_RECOMMENDATION_ANSWERED,
    }
    assert AuditEvent.objects.filter(event__in=written).count() == 5


def test_national_review_is_added_once_and_by_who_runs_reviews(world: World, now: datetime) -> None:
    _national(world, now)
    with pytest.raises(NotAllowedError, match="already"):
        _national(world, now)
    with pytest.raises(NotAllowedError, match="future"):
        _national(world, now, title="Another", published_on=date(2027, 1, 1))
    with pytest.raises(NotAllowedError, match="called"):
        _national(world, now, title=" ")
    with pytest.raises(NotAllowedError, match="duties"):
        add_national_review(
            partnership=world.fairmead, title="A", published_on=date(2026, 9, 1), address="", by=world.bob, now=now
        )
