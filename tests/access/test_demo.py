"""The demo's one-click sign-in, and that production has none."""

import os
import subprocess
import sys

import pytest
from allauth.core import context
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.session import SessionStorage
from django.http import Http404

from trefoil.access.demo import ORDER, demo_accounts, demo_sign_in
from trefoil.audit.enums import EventType
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty
from trefoil.people.operations import close_account, create_person, give_duty

ASK = """
import django
django.setup()
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
try:
    print(reverse("demo_sign_in"), resolve("/account/demo/sign-in/").url_name)
except (NoReverseMatch, Resolver404) as error:
    print(type(error).__name__)
"""

PRODUCTION = {
    "TREFOIL_MODE": "production",
    "TREFOIL_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP",
    "TREFOIL_HOSTS": "localhost",
    "TREFOIL_FIELD_KEYS": "0123456789abcdefghijklmnopqrstuvwxyz",
    "TREFOIL_PSEUDONYM_KEY": "zyxwvutsrqponmlkjihgfedcba9876543210",
    "TREFOIL_EMAIL": "smtp://localhost",
    "TREFOIL_DATABASE": "sqlite:///none.sqlite3",
}


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def press(rf, client, demo):
    """The view itself, behind its middleware of sessions: its address exists when the demo starts, not in tests."""

    def post(person):
        request = rf.post("/account/demo/sign-in/", {"person": person})
        request.session, request.user = client.session, AnonymousUser()
        request._messages = SessionStorage(request)
        with context.request_context(request):
            return demo_sign_in(request)

    return post


def listed(today):
    found = demo_accounts(today=today)
    return {account.name: account.duties for account in (*found.first, *found.more)}


def test_demo_accounts_name_each_person_once_with_what_they_do(world, now):
    names = listed(now.date())
    assert names["Alice"] == ("Agency data contact, Fairmead",)
    assert names["Charlie"] == ("Business manager, Harbury",)
    assert "Nobody" not in names


def test_demo_accounts_begin_with_one_person_for_each_duty(world, now):
    found = demo_accounts(today=now.date())
    assert [account.duties[0].split(",")[0] for account in found.first] == [kind.label for kind in ORDER]
    assert {account.name for account in found.more} == {"Business manager", "Alice"}
    assert found.all_read == ""


def test_demo_accounts_say_once_what_all_may_read(world, now):
    people = {duty.person for duty in Duty.objects.all()}
    for person in people:
        give_duty(
            person=person,
            partnership=world.harbury,
            kind=DutyKind.READER,
            starts_on=now.date(),
            by=None,
            now=now,
        )
    found = demo_accounts(today=now.date())
    assert found.all_read == "Harbury"
    assert listed(now.date())["Alice"] == ("Agency data contact, Fairmead",)


def test_demo_accounts_put_who_does_nothing_of_their_own_last(world, now):
    left = create_person(email="left@fairmead.example", name="Left", is_invented=True, by=None, now=now)
    for person in (left, *{duty.person for duty in Duty.objects.all()}):
        give_duty(
            person=person,
            partnership=world.harbury,
            kind=DutyKind.READER,
            starts_on=now.date(),
            by=None,
            now=now,
        )
    found = demo_accounts(today=now.date())
    assert "Left" not in {account.name for account in found.first}
    assert found.more[-1].name == "Left"


def test_demo_accounts_are_invented_open_and_on_duty(world, now, robin):
    close_account(person=world.alice, by=None, now=now)
    names = listed(now.date())
    assert "Alice" not in names
    assert robin.name not in names
    assert not demo_accounts(today=now.date().replace(year=2019))


def test_demo_sign_in_opens_an_invented_account_and_says_so_on_the_trail(world, press, trail):
    assert press(world.alice.pk)["Location"] == "/front/"
    assert trail(EventType.SIGNED_IN)[0].detail == {"by": ["demo"]}


@pytest.mark.parametrize("wanted", ["", "x", "999999", "-1", "9" * 30])
def test_demo_sign_in_nobody_is_404(world, press, wanted):
    with pytest.raises(Http404):
        press(wanted)


def test_demo_sign_in_never_opens_a_real_account(press, now, db):
    real = create_person(email="real@example.org", name="Real Person", by=None, now=now)
    with pytest.raises(Http404):
        press(real.pk)


def test_demo_sign_in_is_404_when_the_setting_is_off(world, press, settings):
    settings.DEMO = False
    with pytest.raises(Http404):
        press(world.alice.pk)


def test_sign_in_page_has_no_demo_buttons_outside_the_demo(world, client):
    page = client.get("/account/login/").content.decode()
    assert "Demo accounts" not in page
    assert "Alice" not in page


@pytest.mark.parametrize(
    ("mode", "expected"), [("production", "NoReverseMatch"), ("demo", "/account/demo/sign-in/ demo_sign_in")]
)
def test_demo_address_exists_in_the_demo_alone(tmp_path, mode, expected):
    """Started anew in each mode, with the settings that mode has."""
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "trefoil.config.settings"}
    environment |= {"TREFOIL_HOME": str(tmp_path), "TREFOIL_MODE": mode}
    environment |= PRODUCTION if mode == "production" else {}
    ran = subprocess.run([sys.executable, "-c", ASK], env=environment, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == expected


def test_demo_address_is_not_served_in_test_mode_either(client, db):
    assert client.post("/account/demo/sign-in/", {"person": "1"}).status_code == 404
