"""Before sealed words open, the reader says again who they are; whoever may not read gets the same 404 as ever."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.reviews.made import CHILD, STORY, recorded
from tests.world import BEGINNING, World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.people.operations import create_person, give_duty
from trefoil.reviews.models import Review

PASSWORD = "otter teaspoon lighthouse"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def lead(world: World, now: datetime) -> Person:
    """A second business manager, with a password."""
    email = "lead@example.org"
    person = create_person(email=email, name="Lead", password=PASSWORD, by=None, now=now, is_invented=True)
    kind = DutyKind.BUSINESS_MANAGER
    give_duty(person=person, partnership=world.fairmead, kind=kind, starts_on=BEGINNING, by=None, now=now)
    return person


@pytest.fixture
def review(world: World, now: datetime, lead: Person) -> Review:
    return recorded(world, now, by=lead)


@contextmanager
def later(minutes: int) -> Iterator[None]:
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes), tick=True):
        yield


def path(name: str, review: Review) -> str:
    return reverse(name, args=["fairmead", review.reference])


def signed_in(person: Person) -> Client:
    client = Client()
    client.post("/account/login/", {"login": person.email, "password": PASSWORD})
    return client


def confirmed(client: Client, asked: HttpResponse, **given: str) -> HttpResponse:
    """The answer to a page that asks, sent as its form sends it."""
    page, _, back = asked["Location"].partition("?next=")
    return client.post(page, {"next": back, **given})


def reads(event: EventType) -> int:
    return AuditEvent.objects.filter(event=event).count()


def test_identity_asks_for_the_password_a_quarter_of_an_hour_later(lead: Person, review: Review) -> None:
    client, page = signed_in(lead), path("review_identity", review)
    assert CHILD in client.get(page).content.decode()
    with later(minutes=16):
        asked = client.get(page)
        assert asked["Location"] == f"/account/confirm/?next={page}"
        assert reads(EventType.RECORD_READ) == 1
        assert "few may read" in client.get(asked["Location"]).content.decode()
        assert confirmed(client, asked, password="wrong").status_code == 200
        assert client.get(page).status_code == 302
        assert confirmed(client, asked, password=PASSWORD)["Location"] == page
        assert CHILD in client.get(page).content.decode()


def test_review_asks_an_hour_later_and_not_before(lead: Person, review: Review) -> None:
    client, page = signed_in(lead), path("review_detail", review)
    with later(minutes=50):
        assert STORY in client.get(page).content.decode()
        with later(minutes=11):
            assert client.get(page)["Location"] == f"/account/confirm/?next={page}"
            for name in ("review_correct", "review_decide", "criteria_answer", "review_trail", "review_pack"):
                assert client.get(path(name, review)).status_code == 302, name
            assert client.get(reverse("review_list", args=["fairmead"])).status_code == 200


def test_password_is_not_enough_for_who_has_an_app(lead: Person, review: Review) -> None:
    secret = generate_totp_secret()
    TOTP.activate(lead, secret)
    RecoveryCodes.activate(lead)
    client, page = signed_in(lead), path("review_identity", review)
    client.post("/account/second-factor/check/", {"code": code_for(secret)})
    assert client.get(page).status_code == 200
    with later(minutes=16):
        asked = client.get(page)
        assert asked["Location"] == f"/account/second-factor/confirm/?next={page}"
        client.post("/account/confirm/", {"next": page, "password": PASSWORD})
        again = client.get(page, follow=True)
        assert again.redirect_chain[0][0] == asked["Location"]
        assert "A password alone does not open this page." in again.content.decode()
        assert confirmed(client, asked, code=code_for(secret))["Location"] == page
        assert CHILD in client.get(page).content.decode()


def code_for(secret: str) -> str:
    """What an authenticator app would show now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_who_signs_in_by_their_organisation_alone_signs_in_again(
    world: World, now: datetime, client_for: Callable[[Person], Client]
) -> None:
    client, page = client_for(world.manager), path("review_identity", recorded(world, now))
    assert client.get(page).status_code == 200
    with later(minutes=16):
        assert client.get(page)["Location"] == f"/account/login/?next={page}"
        assert "asks again who you are" in client.get("/account/login/").content.decode()
    assert AuditEvent.objects.filter(event=EventType.SIGNED_OUT).latest("sequence").detail == {"why": "step_up"}
    assert reads(EventType.RECORD_READ) == 1


def test_outsider_is_not_asked_and_finds_nothing(
    world: World, review: Review, client_for: Callable[[Person], Client]
) -> None:
    client = client_for(world.bob)
    with later(minutes=30):
        for name in ("review_identity", "review_detail", "review_pack"):
            there = client.get(path(name, review))
            missing = client.get(reverse(name, args=["fairmead", "SI-222222"]))
            assert (there.status_code, missing.status_code) == (404, 404)


def test_what_was_typed_to_an_open_page_is_taken(lead: Person, review: Review) -> None:
    client, page = signed_in(lead), path("review_identity_change", review)
    assert client.get(page).status_code == 200
    with later(minutes=40):
        assert client.post(page, {"child_name": "Linnet Tumblethwaite"})["Location"] == path("review_identity", review)
    review.identity.refresh_from_db()
    assert review.identity.child_name == "Linnet Tumblethwaite"
