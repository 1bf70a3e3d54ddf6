"""A page costs the same number of queries with one row and with three."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.child_deaths.made import TEXT, asked, closed, heard, judged, notified, panel, reading, somebody, who
from tests.reviews.test_costs import cost
from tests.world import World
from trefoil.child_deaths.models import Death
from trefoil.child_deaths.operations.analysis import add_learning, recommend
from trefoil.child_deaths.operations.panels import seat_member
from trefoil.child_deaths.operations.readers import ask_for_access
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]


def filled(world: World, now: datetime) -> Death:
    """One that the manager runs, with everything on its line; one to take up; a panel with a member."""
    death = notified(world, now, another=TEXT)
    asked(death, world.social_care, world.manager, now)
    ask_for_access(death=death, reason=TEXT, by=world.holder[DutyKind.SAFEGUARDING_PARTNER], now=now)
    notified(world, now, by=world.bob)
    return death


def test_list_and_my_work_cost_the_same_for_one_and_for_three(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    client = client_for(world.manager)
    pages = [reverse(name, args=["fairmead"]) for name in ("death_list", "my_work")]
    filled(world, now)
    panel(world, now)
    once = [cost(client, page) for page in pages]
    for _ in range(2):
        filled(world, now)
        panel(world, now)
    shown = client.get(pages[0]).content.decode()
    assert shown.count("Your answer to ") == shown.count("asks to read ") == shown.count("Take up ") == 3
    assert [cost(client, page) for page in pages] == once


def test_death_and_panel_cost_the_same_with_one_row_in_each_part_and_with_three(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    client, before, day = client_for(world.manager), panel(world, now), timezone.localdate(now)
    death = heard(world, now, before=before)
    notified(world, now, by=world.bob)
    seat_member(panel=before, person=world.manager, ends_on=day + timedelta(days=9), by=world.manager, now=now)
    judged(death, now)
    judged(death, now, reason=TEXT)
    pages = [
        reverse("death_detail", args=["fairmead", death.reference]),
        reverse("panel_detail", args=["fairmead", before.pk]),
    ]
    add_learning(death=death, words=TEXT, by=world.manager, now=now)
    recommend(death=death, words="Agree on it.", by=world.manager, now=now)
    once = [cost(client, page) for page in pages]
    for number in range(2):
        add_learning(death=death, words=TEXT, by=world.manager, now=now)
        recommend(death=death, words=f"Agree on it, {number}.", by=world.manager, now=now)
        reader = somebody(world, f"Reader {number}", DutyKind.GROUP_MEMBER, now)
        reading(death, reader, now)
        seat_member(panel=before, person=reader, ends_on=day + timedelta(days=9), by=world.manager, now=now)
        notified(world, now, by=world.bob)
        heard(world, now, before=before, another=TEXT)
    judged(death, now, reason=TEXT)
    assert [cost(client, page) for page in pages] == once


def test_figures_cost_the_same_with_more_deaths(world: World, now: datetime, client_for: ClientFor) -> None:
    client, page = client_for(world.manager), reverse("death_figures", args=["fairmead"])
    then = now - timedelta(days=300)
    born = timezone.localdate(then) - timedelta(days=400)
    closed(world, then, identity=who(born_on=born))
    once = cost(client, page)
    for _ in range(2):
        closed(world, then, identity=who(born_on=born), another=TEXT)
    assert cost(client, page) == once
    assert "April 2023 to March 2026" in client.get(page).content.decode()
