"""A local review put in a reviewer's hands: what is agreed, changed and refused."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.at_once import at_once
from tests.reviews.made import TEXT, agreed, asked, chosen, handed_in, notified, partners
from tests.reviews.test_letters import TERMS, TODAY, commissioned, decide, events
from tests.world import World, build_world
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.reviews.models import STANDS, Review
from trefoil.reviews.operations.agencies import withdraw_asking
from trefoil.reviews.operations.commissions import commission_review


def test_commission_review_keeps_what_was_agreed_before(world: World, now: datetime) -> None:
    review = chosen(world, now)
    first = commissioned(review, now, replace(TERMS, cost=Decimal("14500.00")))
    with pytest.raises(NotAllowedError, match="why it is changed"):
        commissioned(review, now)
    second = commissioned(review, now, reason="The first reviewer fell ill.")
    first.refresh_from_db()
    assert (first.undone_reason, first.cost) == ("The first reviewer fell ill.", Decimal("14500.00"))
    assert review.commissions.get(STANDS) == second
    assert len(events(EventType.REVIEW_COMMISSIONED)) == 2


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"terms": "All."}, "what the review is asked"),
        ({"conflict": " "}, "declared"),
        ({"reviewer": " "}, "Say who reviews"),
        ({"method": ""}, "Say who reviews"),
        ({"cost": Decimal(-1)}, "less than nothing"),
    ],
)
def test_commission_review_refuses_what_is_missing(
    world: World, now: datetime, changed: dict[str, object], why: str
) -> None:
    with pytest.raises(NotAllowedError, match=why):
        commissioned(chosen(world, now), now, replace(TERMS, **changed))


def test_commission_review_refuses_a_reviewer_of_an_involved_agency(world: World, now: datetime) -> None:
    """Also one whose asking was withdrawn after it handed in its part; not one that never had anything to say."""
    review = notified(world, now)
    police = asked(review, world.police, world.dana, now)
    handed_in(police, now)
    withdraw_asking(request=police, reason="It was asked twice.", by=world.manager, now=now)
    withdraw_asking(request=asked(review, world.health, world.bob, now), reason=TEXT, by=world.manager, now=now)
    agreed(review, partners(world, now), now)
    review = decide(world, now, review)
    with pytest.raises(NotAllowedError, match="was asked for its part"):
        commissioned(review, now, replace(TERMS, works_for=world.police))
    assert commissioned(review, now, replace(TERMS, works_for=world.health)).works_for == world.health


def test_commission_review_without_a_decision_or_before_it_is_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="No local review was decided"):
        commissioned(notified(world, now), now)
    review = chosen(world, now)
    for day, why in ((TODAY - timedelta(days=1), "before the local review"), (TODAY + timedelta(days=1), "future")):
        with pytest.raises(NotAllowedError, match=why):
            commissioned(review, now, agreed_on=day)
    with pytest.raises(NotAllowedError, match="Only who leads"):
        commission_review(review=review, terms=TERMS, agreed_on=TODAY, by=world.bob, now=now)


def test_commissioning_at_once_leaves_one_that_stands(transactional_db: None, now: datetime) -> None:
    review = chosen(build_world(now=now), now)

    def act(number: int) -> None:
        commissioned(Review.objects.get(pk=review.pk), now, replace(TERMS, reviewer=f"Reviewer {number}"))

    told = at_once(act)
    assert told.count("") == 1
    assert review.commissions.count() == 1
