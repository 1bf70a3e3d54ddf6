"""Accounts and duties from the command line."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from tests.access.conftest import PASSWORD
from trefoil.access.operations import close_dormant_accounts
from trefoil.audit.enums import EventType
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, Person


def test_create_person_prints_a_link_that_leads_to_a_password_and_in(world, client, capsys):
    call_command("create_person", "Ash@Example.org", "Ash Grove", "--agency", "Fairmead Police")
    printed = capsys.readouterr().out
    path = re.search(r"http://localhost:8000(/\S+)", printed)[1]
    form = client.get(path, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    person = Person.objects.get(email="ash@example.org")
    assert (person.name, person.agency) == ("Ash Grove", world.police)
    answer = Client().post("/account/login/", {"login": "ash@example.org", "password": PASSWORD})
    assert answer["Location"] == "/front/"


def test_create_person_sends_the_link_instead(db, capsys):
    call_command("create_person", "ash@example.org", "Ash Grove", "--mail")
    assert "http" not in capsys.readouterr().out
    assert mail.outbox[0].to == ["ash@example.org"]
    assert "http://localhost:8000/account/password/reset/key/" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["not an address", "Ash"], "is not an e-mail address"),
        (["Alice@example.org", "Alice"], "already"),
        (["ash@example.org", "Ash", "--agency", "Nobody"], "no agency called"),
    ],
)
def test_create_person_refuses_in_words_and_makes_nothing(world, arguments, words):
    before = Person.objects.count()
    with pytest.raises(CommandError, match=words):
        call_command("create_person", *arguments)
    assert Person.objects.count() == before


def test_give_duty_gives_it_from_today_or_the_day_named(world, trail, capsys):
    call_command("give_duty", "nobody@example.org", "fairmead", "analyst", "--from", "2026-04-01")
    duty = Duty.objects.get(person=world.nobody)
    assert (duty.kind, str(duty.starts_on), duty.ends_on) == (DutyKind.ANALYST, "2026-04-01", None)
    assert trail(EventType.DUTY_GIVEN)[-1].actor is None
    assert "Data and quality analyst" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x@example.org", "fairmead", "analyst"], "no account under"),
        (["nobody@example.org", "nowhere", "analyst"], "there are: fairmead, harbury"),
        (["nobody@example.org", "fairmead", "agency_lead"], "name it with --agency"),
        (["nobody@example.org", "fairmead", "agency_lead", "--agency", "X"], "no agency called"),
        (["nobody@example.org", "fairmead", "analyst", "--from", "2026-04-02", "--until", "2026-04-01"], "before"),
    ],
)
def test_give_duty_refuses_in_words_and_gives_nothing(world, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("give_duty", *arguments)
    assert not Duty.objects.filter(person=world.nobody).exists()


def test_close_dormant_accounts_spares_the_used_and_the_new(world, now, trail):
    later = now + timedelta(days=91)
    Person.objects.filter(pk=world.alice.pk).update(last_login=later - timedelta(days=90))
    Person.objects.filter(pk=world.bob.pk).update(last_login=later - timedelta(days=90, seconds=1))
    Person.objects.filter(pk=world.dana.pk).update(joined_at=later - timedelta(days=1))
    closed = close_dormant_accounts(days=90, by=None, now=later)
    assert world.bob in closed
    assert not {world.alice, world.dana} & set(closed)
    assert set(Person.objects.filter(is_active=True)) == {world.alice, world.dana}
    rows = trail(EventType.PERSON_DEACTIVATED)
    assert {row.subject for row in rows} == {f"person:{person.pk}" for person in closed}
    assert {row.reason for row in rows} == {"not used for 90 days"}


def test_close_dormant_accounts_refuses_a_slip_of_the_finger(world, now):
    with pytest.raises(ValueError, match="30 days"):
        close_dormant_accounts(days=9, by=None, now=now)
    with pytest.raises(CommandError, match="30 days"):
        call_command("close_dormant_accounts", "--days", "9")
    assert not Person.objects.filter(is_active=False).exists()
