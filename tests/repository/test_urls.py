"""Every URL declares who may open it, and every duty is tried on every page of a partnership."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import get_resolver, path
from django.views.decorators.http import require_POST

from tests.world import World
from trefoil.access.enums import Permission
from trefoil.access.rules import DUTY_GIVES
from trefoil.access.url_rules import DEMO_ONLY, SIGNED_IN, PageRequest, Rule, within
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

from .url_samples import Address, Asking, addresses, addresses_within

ANSWERED = {200, 302, 405}
ClientFor = Callable[[Person], Client]


def rule_faults(found: list[Address]) -> list[str]:
    """URLs that nobody said who may open, and pages of a partnership without a permission."""
    faults = [f"{address.name} declares no rule" for address in found if address.rule is None]
    faults += [
        f"{address.name} holds a partnership's slug and is not within it"
        for address in found
        if "slug" in address.parts and address.rule is not None and address.rule.kind != "within"
    ]
    return faults


def outsider_faults(found: list[Address], client: Client, asking: Asking) -> list[str]:
    """Pages of a partnership that answer somebody without a duty in it, or refuse without a word on the trail."""
    faults = []
    for address in found:
        for ask in (client.get, client.post):
            before = AuditEvent.objects.filter(event=EventType.REFUSED).count()
            status = ask(address.url(asking)).status_code
            if status != 404:
                faults.append(f"{address.name} answers an outsider {status}")
            elif AuditEvent.objects.filter(event=EventType.REFUSED).count() != before + 1:
                faults.append(f"{address.name} refuses an outsider without a line on the trail")
    return faults


def stranger_faults(found: list[Address], asking: Asking | None) -> list[str]:
    """Pages that answer somebody who has not signed in with anything but the way to the sign-in page."""
    faults = []
    for address in found:
        response = Client().get(address.url(asking))
        if response.status_code == 405:
            response = Client().post(address.url(asking))
        if response.status_code != 302 or not response["Location"].startswith(resolve_url(settings.LOGIN_URL)):
            faults.append(f"{address.name} answers a stranger {response.status_code}")
    return faults


def duty_faults(found: list[Address], kind: DutyKind, client: Client, asking: Asking) -> list[str]:
    """Pages that a duty opens although it does not give the permission, or does not although it does."""
    faults = []
    for address in found:
        status = client.get(address.url(asking)).status_code
        given = address.rule is not None and not address.rule.permissions.isdisjoint(DUTY_GIVES[kind])
        if status not in (ANSWERED if given else {404}):
            faults.append(f"{address.name} answers {kind} {status}, which {'has' if given else 'lacks'} {address.rule}")
    return faults


def test_every_url_declares_a_rule() -> None:
    assert addresses()
    assert rule_faults(addresses()) == []


def test_rules_for_libraries_name_pages_that_exist() -> None:
    assert sorted(settings.THIRD_PARTY_RULES.keys() - {address.name for address in addresses()}) == []


def test_outsider_finds_nothing_within(world: World, now: datetime, client_for: ClientFor) -> None:
    asking = Asking(world, now, world.alice)
    assert outsider_faults(addresses_within(), client_for(world.charlie), asking) == []
    assert outsider_faults(addresses_within(), client_for(world.nobody), asking) == []


def test_stranger_is_sent_to_sign_in(world: World, now: datetime) -> None:
    assert stranger_faults(addresses_within(), Asking(world, now, world.alice)) == []


def test_stranger_opens_no_page_for_the_signed_in(db: None) -> None:
    plain = [address for address in addresses() if address.rule == SIGNED_IN and not address.parts]
    assert stranger_faults(plain, None) == []


def test_demo_pages_are_not_there_outside_the_demo(db: None) -> None:
    assert settings.DEMO is False
    found = [address for address in addresses() if address.rule == DEMO_ONLY and not address.parts]
    assert [address.name for address in found if Client().post(address.url(None)).status_code != 404] == []


# What a page asks of the database is asked by those who open most of them.
ON_BOTH_DATABASES = {DutyKind.BUSINESS_MANAGER, DutyKind.ANALYST}
ONE = pytest.mark.one_database("the manager's and the analyst's walks ask PostgreSQL all that this one would")
WALKS = [pytest.param(kind, marks=() if kind in ON_BOTH_DATABASES else ONE) for kind in DutyKind]


@pytest.mark.parametrize("kind", WALKS)
def test_duty_opens_what_it_gives(world: World, now: datetime, client_for: ClientFor, kind: DutyKind) -> None:
    person = world.holder[kind]
    assert duty_faults(addresses_within(), kind, client_for(person), Asking(world, now, person)) == []


# Planted pages: one that is right, one that says it is within a partnership and asks nobody, one that says nothing.


@within(Permission.READ_TRAIL)
def _sound(request: PageRequest) -> HttpResponse:
    return HttpResponse("read")


def _leaking(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("read")


@require_POST
def _leaking_post(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("written")


_leaking_post.access_rule = _leaking.access_rule = Rule("within", Permission.READ_TRAIL)


def _silent(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse("read")


@pytest.fixture
def planted(settings: object) -> dict[str, Address]:
    class Planted:
        urlpatterns = [
            path("<slug:slug>/planted/sound/", _sound, name="planted_sound"),
            path("<slug:slug>/planted/leaking/", _leaking, name="planted_leaking"),
            path("<slug:slug>/planted/post/", _leaking_post, name="planted_post"),
            path("<slug:slug>/planted/silent/", _silent, name="planted_silent"),
            path("<slug:slug>/planted/<int:odd>/", _sound, name="planted_odd"),
            *get_resolver().url_patterns,
        ]

    settings.ROOT_URLCONF = Planted
    return {address.name: address for address in addresses() if address.name.startswith("planted")}


def test_rule_faults_finds_the_silent_page(planted: dict[str, Address]) -> None:
    assert rule_faults(list(planted.values())) == ["planted_silent declares no rule"]


def test_silent_page_is_not_served(
    planted: dict[str, Address], world: World, now: datetime, client_for: ClientFor
) -> None:
    url = planted["planted_silent"].url(Asking(world, now, world.manager))
    assert client_for(world.manager).get(url).status_code == 404


def test_walkers_pass_the_sound_page_and_find_the_leaking_one(
    planted: dict[str, Address], world: World, now: datetime, client_for: ClientFor
) -> None:
    sound, leaking = planted["planted_sound"], planted["planted_leaking"]
    asking = Asking(world, now, world.alice)
    charlie, alice, manager = client_for(world.charlie), client_for(world.alice), client_for(world.manager)
    assert outsider_faults([sound], charlie, asking) == stranger_faults([sound], asking) == []
    assert outsider_faults([leaking], charlie, asking) == ["planted_leaking answers an outsider 200"] * 2
    assert stranger_faults([leaking], asking) == ["planted_leaking answers a stranger 200"]
    assert stranger_faults([planted["planted_post"]], asking) == ["planted_post answers a stranger 200"]
    assert duty_faults([sound], DutyKind.AGENCY_RETURNS, alice, asking) == []
    assert duty_faults([sound], DutyKind.BUSINESS_MANAGER, manager, asking) == []
    assert len(duty_faults([leaking], DutyKind.AGENCY_RETURNS, alice, asking)) == 1
    assert len(duty_faults([sound], DutyKind.BUSINESS_MANAGER, alice, asking)) == 1


def test_part_without_a_sample_is_named(planted: dict[str, Address], world: World, now: datetime) -> None:
    with pytest.raises(LookupError, match="the part 'odd' of 'planted_odd'"):
        planted["planted_odd"].url(Asking(world, now, world.alice))
