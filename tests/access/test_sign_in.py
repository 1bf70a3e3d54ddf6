"""Signing in by password, and what it leaves on the trail."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.access.conftest import PASSWORD
from trefoil.access.sign_in import (
    FAILURES_RECORDED_IN_ALL,
    FAILURES_RECORDED_PER_ADDRESS,
    keyed_address,
    record_failed_sign_in,
    set_password_link,
)
from trefoil.audit.enums import EventType
from trefoil.people.models import Person
from trefoil.people.operations import close_account, create_person


def test_sign_in_with_password_opens_and_is_on_the_trail(robin, client, sign_in_with_password, trail):
    answer = sign_in_with_password("Robin@Example.org")
    assert answer.status_code == 302
    assert answer["Location"] == "/front/"
    assert client.get("/front/").status_code == 200
    row = trail(EventType.SIGNED_IN)[0]
    assert (row.actor, row.subject, row.detail) == (robin.pk, f"person:{robin.pk}", {"by": ["password"]})


def test_sign_in_wrong_password_is_refused_in_plain_words(robin, sign_in_with_password, trail):
    answer = sign_in_with_password("robin@example.org", "wrong")
    assert answer.status_code == 200
    assert "The e-mail address or the password is wrong." in answer.content.decode()
    assert not trail(EventType.SIGNED_IN)
    row = trail(EventType.SIGN_IN_FAILED)[0]
    assert row.detail == {"address": keyed_address("robin@example.org"), "step": "password"}
    assert "robin" not in str(row.detail)


def test_sign_in_unknown_address_gets_the_same_words(robin, sign_in_with_password):
    known = sign_in_with_password("robin@example.org", "wrong").content.decode()
    unknown = sign_in_with_password("nobody@example.org", "wrong").content.decode()
    words = "The e-mail address or the password is wrong."
    assert words in known
    assert words in unknown


def test_sign_in_closed_account_says_so_after_the_right_password(robin, client, sign_in_with_password, now):
    close_account(person=robin, by=None, now=now)
    answer = sign_in_with_password("robin@example.org")
    assert answer["Location"] == "/account/inactive/"
    assert "This account is closed" in client.get("/account/inactive/").content.decode()
    assert client.get("/front/").status_code == 302


def test_sign_in_goes_on_to_the_page_asked_for_and_never_to_another_site(robin, client):
    form = {"login": robin.email, "password": PASSWORD}
    assert client.post("/account/login/?next=/account/", form)["Location"] == "/account/"
    client.post("/account/logout/")
    assert client.post("/account/login/?next=https://elsewhere.example/", form)["Location"] == "/front/"


def test_sign_out_is_on_the_trail(robin, client, sign_in_with_password, trail):
    sign_in_with_password(robin.email)
    answer = client.post("/account/logout/")
    assert answer["Location"] == "/account/login/"
    assert trail(EventType.SIGNED_OUT)[0].detail == {"why": "asked"}


def test_sign_up_does_not_exist(client, db):
    assert client.get("/account/signup/").status_code == 404
    assert client.post("/account/signup/", {"email": "new@example.org"}).status_code == 404
    assert "sign up" not in client.get("/account/login/").content.decode().lower()


def test_sign_in_try_after_five_wrong_ones_is_refused(robin, client, sign_in_with_password):
    for _ in range(5):
        assert "password is wrong" in sign_in_with_password(robin.email, "wrong").content.decode()
    refused = sign_in_with_password(robin.email)
    assert "Too many failed tries. Wait five minutes, then try again." in refused.content.decode()
    assert client.get("/front/").status_code == 302


def test_sign_in_tries_are_counted_for_all_processes_together(robin, sign_in_with_password, settings):
    """With the shared cache of production: the table that `trefoil prepare` makes."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    call_command("createcachetable", verbosity=0)
    for _ in range(5):
        sign_in_with_password(robin.email, "wrong")
    settings.CACHES = dict(settings.CACHES)  # as another process would: a cache object without memory
    assert "Too many failed tries" in sign_in_with_password(robin.email).content.decode()


def test_failed_sign_in_flood_cannot_fill_the_trail(db, trail):
    now = timezone.now()
    for _ in range(FAILURES_RECORDED_PER_ADDRESS + 3):
        record_failed_sign_in(email="robin@example.org", now=now)
    rows = trail(EventType.SIGN_IN_FAILED)
    assert len(rows) == FAILURES_RECORDED_PER_ADDRESS
    assert rows[-1].detail["further_tries_this_hour"] == "not recorded"
    for number in range(FAILURES_RECORDED_IN_ALL + 10):
        record_failed_sign_in(email=f"{number}@example.org", now=now)
    assert len(trail(EventType.SIGN_IN_FAILED)) == FAILURES_RECORDED_IN_ALL


def test_keyed_address_is_the_same_for_the_same_address_and_key_alone(settings):
    here = keyed_address("robin@example.org")
    assert keyed_address(" Robin@Example.org ") == here
    assert keyed_address("robyn@example.org") != here
    settings.SECRET_KEY = "another" * 10
    assert keyed_address("robin@example.org") != here


def test_password_reset_by_link_works_once(robin, client, trail):
    client.post("/account/password/reset/", {"email": robin.email})
    assert len(mail.outbox) == 1
    link = re.search(r"http://\S+", mail.outbox[0].body)[0]
    form = client.get(link, follow=True)
    where = form.redirect_chain[-1][0]
    new = "velvet harbour bicycle"
    assert client.post(where, {"password1": new, "password2": new}, follow=True).status_code == 200
    assert Person.objects.get(pk=robin.pk).check_password(new)
    assert trail(EventType.PASSWORD_CHANGED)[0].detail == {"how": "reset"}
    again = Client().get(link, follow=True)
    assert "This link no longer works" in again.content.decode()


def test_password_reset_tells_nobody_whether_an_account_exists(robin, client):
    known = client.post("/account/password/reset/", {"email": robin.email}, follow=True)
    letters = len(mail.outbox)
    unknown = client.post("/account/password/reset/", {"email": "stranger@example.org"}, follow=True)
    assert known.content == unknown.content
    assert known.redirect_chain == unknown.redirect_chain
    assert len(mail.outbox) == letters


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short1", "at least 12 characters"),
        ("password123456", "too common"),
        ("robin@example.org", "too similar"),
    ],
)
def test_password_that_is_easy_to_guess_is_refused(robin, client, sign_in_with_password, password, words):
    sign_in_with_password(robin.email)
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post("/account/password/change/", form)
    assert words in answer.content.decode()
    assert Person.objects.get(pk=robin.pk).check_password(PASSWORD)


def test_password_change_is_on_the_trail_and_by_letter(robin, client, sign_in_with_password, trail):
    sign_in_with_password(robin.email)
    new = "velvet harbour bicycle"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert trail(EventType.PASSWORD_CHANGED)[0].detail == {"how": "changed"}
    assert "How you sign in to Trefoil was changed" in mail.outbox[-1].body
    assert client.get("/front/").status_code == 200


def test_set_password_link_lets_a_new_person_in_and_runs_out(db, client, now, settings):
    person = create_person(email="new@example.org", name="New Person", by=None, now=now)
    link = set_password_link(person)
    assert link.startswith("http://localhost:8000/account/password/reset/key/")
    form = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    assert "Set a password" in form.content.decode()
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert Person.objects.get(pk=person.pk).check_password(PASSWORD)
    settings.PASSWORD_RESET_TIMEOUT = -1
    late = Client().get(set_password_link(person).removeprefix("http://localhost:8000"), follow=True)
    assert "This link no longer works" in late.content.decode()


def test_every_sign_in_is_on_the_trail_with_its_hour(robin, sign_in_with_password, trail):
    before = timezone.now()
    sign_in_with_password(robin.email)
    assert before <= trail(EventType.SIGNED_IN)[0].at <= before + timedelta(seconds=30)
