"""Fairmead's reviews: each page has something good, something bad and something late."""

from datetime import datetime, timedelta

from django.utils import timezone

from trefoil.access.queries import standing_of
from trefoil.clocks.models import Clock
from trefoil.demo.borough import Borough, read_toml
from trefoil.demo.fairmead import _found, _people
from trefoil.demo.fairmead_reviews import invent_reviews
from trefoil.reviews.enums import LetterSubject, NextStepKind, Recipient, ReviewState
from trefoil.reviews.queries import owed_parts
from trefoil.reviews.rules import access_requests_for, requests_visible_to, reviews_visible_to


def test_reviews_of_the_demo_are_of_every_sort(db: None, now: datetime) -> None:
    plan, began = read_toml("fairmead.toml"), now - timedelta(days=800)
    borough: Borough = _found(plan, began)
    _people(borough, plan, began)
    invent_reviews(borough, now=now)
    standing = standing_of(borough.people["manager"], borough.partnership, now=now)
    states = sorted(reviews_visible_to(standing).values_list("state", flat=True))
    assert states == sorted(
        [ReviewState.RECORDED, ReviewState.NOT_NOTIFIED, ReviewState.RAPID, ReviewState.SENT, ReviewState.SENT]
    )
    local = reviews_visible_to(standing).get(next_steps__kind=NextStepKind.LOCAL_REVIEW)
    told = local.letters.filter(subject=LetterSubject.DECISION).values_list("to", flat=True)
    assert set(told) == {Recipient.PANEL, Recipient.OFSTED}
    assert local.commissions.get().cost
    assert Clock.objects.about(local.subject).under("SI-DEC").get().is_open
    parts = owed_parts(requests_visible_to(standing), timezone.localdate(now))
    assert {one.status[1] for one in parts} == {"Handed in", "Late", "Asked"}
    assert access_requests_for(standing).count() == 1
    assert {clock.status_at(now).value for clock in Clock.objects.all()} >= {"met", "withdrawn"}
