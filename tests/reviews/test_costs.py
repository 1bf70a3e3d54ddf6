"""A page costs the same number of queries with one row and with three."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.reviews.made import TEXT, agreed, asked, handed_in, notified, partners, reading, recorded, somebody, written
from tests.world import World
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.reviews.models import Review
from trefoil.reviews.operations.rapid import recommend
from trefoil.reviews.operations.readers import ask_for_access

ClientFor = Callable[[Person], Client]


def cost(client: Client, path: str) -> int:
    """The queries of a second opening: the first may have to look up what is kept."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def filled(world: World, now: datetime, scrutineer: Person) -> Review:
    """A review that the manager leads, with everything that its line and its page show; and one that they do not."""
    review = notified(world, now)
    reading(review, world.analyst, now)
    handed_in(asked(review, world.police, world.dana, now), now, practice=f"Seen in {review.reference}.")
    asked(review, world.social_care, world.manager, now)
    ask_for_access(review=review, reason=TEXT, by=scrutineer, now=now)
    spare = Person.objects.filter(name="Spare").first()
    recorded(world, now, by=spare or somebody(world, "Spare", DutyKind.BUSINESS_MANAGER, now))
    return review


def test_list_costs_the_same_for_one_review_and_for_three(world: World, now: datetime, client_for: ClientFor) -> None:
    page, client = reverse("review_list", args=["fairmead"]), client_for(world.manager)
    scrutineer = world.holder[DutyKind.SCRUTINEER]
    filled(world, now, scrutineer)
    once = cost(client, page)
    for _ in range(2):
        filled(world, now, scrutineer)
    shown = client.get(page).content.decode()
    assert shown.count("asks to read review") == shown.count("Your part of ") == 3
    assert cost(client, page) == once


def test_review_costs_the_same_with_one_row_in_each_part_and_with_three(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    client, review = client_for(world.manager), filled(world, now, world.holder[DutyKind.SCRUTINEER])
    written(review, now)
    agreed(review, partners(world, now), now)
    page = reverse("review_detail", args=["fairmead", review.reference])
    recommend(review=review, words="Agree when a visit is missed.", by=world.manager, now=now)
    once = cost(client, page)
    for number in range(2):
        recommend(review=review, words=f"Agree it once more, {number}.", by=world.manager, now=now)
        reading(review, somebody(world, f"Reader {number}", DutyKind.GROUP_MEMBER, now), now)
    handed_in(asked(review, world.health, world.bob, now), now)
    written(review, now)
    assert cost(client, page) == once


def test_trail_of_a_review_costs_the_same_with_more_lines(world: World, now: datetime, client_for: ClientFor) -> None:
    client, review = client_for(world.manager), recorded(world, now)
    page = reverse("review_trail", args=["fairmead", review.reference])
    once = cost(client, page)
    for number in range(3):
        reading(review, somebody(world, f"Reader {number}", DutyKind.GROUP_MEMBER, now), now)
    assert cost(client, page) == once


def test_my_work_costs_the_same_with_one_part_owed_and_with_three(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    client, page = client_for(world.manager), reverse("my_work", args=["fairmead"])
    scrutineer = world.holder[DutyKind.SCRUTINEER]
    filled(world, now, scrutineer)
    once = cost(client, page)
    for _ in range(2):
        filled(world, now, scrutineer)
    assert cost(client, page) == once
