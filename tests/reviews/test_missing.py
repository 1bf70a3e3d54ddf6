"""What the page of a review puts first: what is missing, and what the lead does next."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse

from tests.reviews.made import (
    TEXT,
    a_letter,
    agreed,
    asked,
    chosen,
    decided,
    handed_in,
    notified,
    partners,
    recorded,
    written,
)
from tests.world import World
from trefoil.people.models import Person
from trefoil.reviews.enums import LetterSubject, Recipient
from trefoil.reviews.models import AgencyRequest, Review
from trefoil.reviews.operations.rapid import send_rapid_review, write_section
from trefoil.reviews.queries import untold
from trefoil.reviews.views.missing import may_decide, missing_of

ClientFor = Callable[[Person], Client]


def shown(client: Client, review: Review) -> str:
    return client.get(reverse("review_detail", args=["fairmead", review.reference])).content.decode()


def test_rapid_review_says_what_is_missing_before_all_else(world: World, now: datetime, client_for: ClientFor) -> None:
    review, client = notified(world, now), client_for(world.manager)
    handed_in(asked(review, world.police, world.dana, now), now)
    late = asked(review, world.health, world.bob, now)
    AgencyRequest.objects.filter(pk=late.pk).update(due_on=now.date() - timedelta(days=1))
    write_section(review=review, code="facts", words=TEXT, by=world.manager, now=now)
    page = shown(client, review)
    for words in ("Agencies’ parts: 1 of 2 to come, 1 late", "Criteria: 8 of 8 to answer", "of 3 awaited", "to write"):
        assert words in page, words
    assert page.index("What is missing") < page.index("The incident")
    assert "Decide the next step" not in page
    written(review, now)
    agreed(review, partners(world, now), now)
    page = shown(client, review)
    assert "Decide the next step" in page
    assert "Criteria:" not in page


def test_may_decide_is_not_held_up_by_an_agency() -> None:
    whole: dict[str, list[object]] = {"parts": [], "sections": [], "criteria": [("LC-1", "yes")], "positions": []}
    assert missing_of(whole) == []
    assert may_decide([("Agencies’ parts: 1 of 2 to come", "agencies")])
    assert missing_of(whole | {"criteria": [("LC-1", None)]}) == [("Criteria: 1 of 1 to answer", "criteria")]
    assert not may_decide([("Criteria: 1 of 1 to answer", "criteria")])


def test_local_review_says_who_is_to_be_told_and_asks_for_a_reviewer(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    review, client = chosen(world, now), client_for(world.manager)
    send_rapid_review(review=review, sent_on=now.date(), by=world.manager, now=now)
    a_letter(review, now, to=Recipient.PANEL, subject=LetterSubject.DECISION)
    assert untold(review, review.next_steps.get()) == ["Ofsted", "The Department for Education"]
    page = shown(client, review)
    assert "A local review follows." in page
    assert "Still to be told of the local review: Ofsted, The Department for Education." in page
    assert page.count("Commission the local review") == 2


def test_notification_that_went_says_when_and_asks_nothing_more(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    client, waiting = client_for(world.manager), decided(recorded(world, now), now)
    pages = [reverse("review_pack", args=["fairmead", one.reference]) for one in (waiting, notified(world, now))]
    before, after = (client.get(page).content.decode() for page in pages)
    assert "It was sent" in before
    assert "It went on 17 November 2026." in after
    assert "It was sent" not in after


def test_part_page_says_you_to_whoever_was_asked(world: World, now: datetime, client_for: ClientFor) -> None:
    request = asked(notified(world, now), world.police, world.dana, now)
    page = reverse("part_detail", args=["fairmead", request.review.reference, request.pk])
    assert "Asked of you, due on" in client_for(world.dana).get(page).content.decode()
    assert f"Asked of {world.dana}, due on" in client_for(world.manager).get(page).content.decode()
