"""The X-ray's page: what was found with its reason and its link, accepting it, showing it again, a file."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.plan.made import IN_WORDS, an_action
from tests.world import World
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.plan.models import AcceptedFinding

ClientFor = Callable[[Person], Client]
XRAY = "/fairmead/plan/x-ray/"


@pytest.fixture
def manager(world: World, client_for: ClientFor) -> Client:
    return client_for(world.manager)


def until(days: int = 30) -> dict[str, int]:
    day = timezone.localdate() + timedelta(days=days)
    return {"until_day": day.day, "until_month": day.month, "until_year": day.year}


def test_xray_shows_the_reason_and_where_it_is_mended(world: World, manager: Client) -> None:
    action = an_action(world, now=timezone.now() - timedelta(days=20))
    page = manager.get(XRAY).content.decode()
    assert "Proposed and not answered" in page
    assert "20 days ago and there is no answer." in page
    assert f'href="/fairmead/plan/actions/{action.pk}/"' in page


def test_xray_of_nothing_says_what_it_looks_for(world: World, manager: Client) -> None:
    page = manager.get(XRAY).content.decode()
    assert "Nothing in the plan looks finished that is not." in page
    assert "Overdue with no word" in page


def test_xray_lays_both_recommendations_beside_each_other(world: World, manager: Client) -> None:
    began = timezone.now() - timedelta(days=5)
    an_action(world, now=began)
    an_action(world, now=began)
    page = manager.get(XRAY).content.decode()
    assert "Same recommendation open twice" in page
    assert "It asks for the same as one made on 1 July 2026" in page
    assert "Alike: 100 of 100." in page


def test_xray_finding_is_accepted_and_shown_again(world: World, manager: Client) -> None:
    action = an_action(world, now=timezone.now() - timedelta(days=20))
    address = f"{XRAY}accept/?key=no-answer/action:{action.pk}"
    assert "Accept a finding" in manager.get(address).content.decode()
    assert manager.post(address, {"reason": "ok", **until()}).status_code == 200
    assert manager.post(address, {"reason": IN_WORDS, **until()})["Location"] == XRAY
    page = manager.get(XRAY).content.decode()
    assert "Accepted for now" in page
    assert IN_WORDS in page
    assert manager.get(address)["Location"] == XRAY
    accepted = AcceptedFinding.objects.get()
    manager.post(f"{XRAY}accepted/{accepted.pk}/show/")
    assert "Accepted for now" not in manager.get(XRAY).content.decode()
    assert manager.post(f"{XRAY}accepted/{accepted.pk}/show/").status_code == 404


def test_xray_offers_accepting_to_those_who_write_the_plan(world: World, client_for: ClientFor) -> None:
    an_action(world, now=timezone.now() - timedelta(days=20))
    scrutineer = client_for(world.holder[DutyKind.SCRUTINEER])
    assert "Accept with a reason" not in scrutineer.get(XRAY).content.decode()
    assert scrutineer.get(f"{XRAY}accept/").status_code == 404


def test_xray_costs_the_same_for_many(world: World, now: datetime, manager: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            manager.get(XRAY)
        return len(caught)

    an_action(world, now=now)
    before = queries()
    for _ in range(3):
        an_action(world, now=now)
    assert queries() == before


def test_xray_file_holds_what_was_found(world: World, manager: Client) -> None:
    action = an_action(world, now=timezone.now() - timedelta(days=20))
    text = manager.get("/fairmead/plan/x-ray.csv").content.decode("utf-8-sig")
    assert f"Proposed and not answered,action:{action.pk}," in text
    assert manager.get("/fairmead/plan/x-ray.txt").status_code == 404


def test_xray_shows_the_first_of_each_check_and_leads_to_all(
    world: World, manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trefoil.plan.views.xray.SHOWN", 2)
    keys = [an_action(world, now=timezone.now() - timedelta(days=20)).pk for _ in range(3)]
    links = [f'href="/fairmead/plan/actions/{key}/"' for key in keys]
    page = manager.get(XRAY).content.decode()
    assert "See all 3" in page
    assert sum(link in page for link in links) == 2
    every = manager.get(XRAY, {"check": "no-answer"}).content.decode()
    assert all(link in every for link in links)
    assert "Same recommendation open twice" not in every.partition("What else was looked for")[0]
    assert "See every check" in every
    assert manager.get(XRAY, {"check": "nonsense"}).content.decode().count("See all 3") == 1
