"""Authenticator app, recovery codes, and the gate for sensitive duties."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.access.conftest import PASSWORD
from trefoil.access.second_factor import ANSWER_KEY, attests_second_factor, owes_second_factor
from trefoil.access.sign_in import set_password_link
from trefoil.audit.enums import EventType
from trefoil.people.enums import DutyKind
from trefoil.people.operations import create_person, end_duty, give_duty


def code_for(secret: str) -> str:
    """What an authenticator app would show now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def with_app(robin, client, sign_in_with_password):
    """Robin sets up an app through the pages; the secret that the app holds."""
    sign_in_with_password(robin.email)
    page = client.get("/account/second-factor/app/add/", follow=True)
    assert "Confirm that it is you" in page.content.decode()
    page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = re.search(r'id="authenticator-key">(\w+)<', page.content.decode())[1]
    answer = client.post("/account/second-factor/app/add/", {"code": code_for(secret)})
    assert answer["Location"] == "/account/recovery-codes/"
    return secret


def test_app_is_asked_for_at_the_next_sign_in(robin, with_app, client, sign_in_with_password, trail):
    client.post("/account/logout/")
    assert sign_in_with_password(robin.email)["Location"].startswith("/account/second-factor/check/")
    assert client.get("/front/").status_code == 302
    wrong = client.post("/account/second-factor/check/", {"code": "000000"})
    assert "That code or passkey was not accepted." in wrong.content.decode()
    assert trail(EventType.SIGN_IN_FAILED)[0].detail["step"] == "second_factor"
    right = client.post("/account/second-factor/check/", {"code": code_for(with_app)})
    assert right["Location"] == "/front/"
    assert trail(EventType.SIGNED_IN)[-1].detail == {"by": ["password", "totp"]}


def test_person_who_came_by_the_first_link_can_set_up_an_app(db, client, now, sign_in_with_password):
    person = create_person(email="new@example.org", name="New Person", by=None, now=now)
    link = set_password_link(person).removeprefix("http://localhost:8000")
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    sign_in_with_password(person.email)
    page = client.get("/account/second-factor/app/add/", follow=True)
    page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    assert "Set up an authenticator app" in page.content.decode()


def test_recovery_code_works_once(robin, with_app, client, sign_in_with_password):
    shown = client.get("/account/recovery-codes/").content.decode()
    codes = re.findall(r"<li><code>(\d+)</code></li>", shown)
    assert len(codes) == 10
    for expected in ("/front/", None):
        client.post("/account/logout/")
        sign_in_with_password(robin.email)
        answer = client.post("/account/second-factor/check/", {"code": codes[0]})
        assert answer.headers.get("Location") == expected


def test_seeds_are_sealed_in_the_database(with_app, robin):
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data FROM mfa_authenticator ORDER BY type")
        rows = dict(cursor.fetchall())
    assert set(rows) == {"recovery_codes", "totp"}
    assert with_app not in str(rows)
    assert all("gAAAA" in str(data) for data in rows.values())


@pytest.mark.django_db(transaction=True)  # the library tells of an addition once it is committed
def test_second_factor_changes_are_on_the_trail(with_app, client, trail):
    client.post("/account/second-factor/app/remove/")
    changes = [(row.detail["change"], row.detail["kind"]) for row in trail(EventType.SECOND_FACTOR_CHANGED)]
    assert changes == [
        ("added", "totp"),
        ("added", "recovery_codes"),
        ("removed", "totp"),
        ("removed", "recovery_codes"),
    ]


def test_keys_are_changed_without_locking_anybody_out(with_app, robin, client, sign_in_with_password, settings):
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = ["a new key of more than thirty-two characters", *old]
    call_command("seal_again")
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    client.post("/account/logout/")
    sign_in_with_password(robin.email)
    answer = client.post("/account/second-factor/check/", {"code": code_for(with_app)})
    assert answer["Location"] == "/front/"


def test_lost_second_factor_is_removed_by_command(with_app, robin, capsys, trail):
    call_command("remove_second_factor", "Robin@example.org")
    assert not Authenticator.objects.filter(user=robin).exists()
    assert "2 removed" in capsys.readouterr().out
    assert {row.actor for row in trail(EventType.SECOND_FACTOR_CHANGED)[-2:]} == {None}


SENSITIVE = [
    *(DutyKind.BUSINESS_MANAGER, DutyKind.ANALYST, DutyKind.SAFEGUARDING_PARTNER, DutyKind.SCRUTINEER),
    DutyKind.CHILD_DEATH_OFFICER,
]


@pytest.mark.parametrize("kind", list(DutyKind))
def test_gate_serves_nothing_but_enrolment_to_a_sensitive_duty(world, client_for, settings, kind):
    settings.SECOND_FACTOR_REQUIRED = True
    client = client_for(world.holder[kind])
    answer = client.get("/front/")
    if kind in SENSITIVE:
        assert (answer.status_code, answer["Location"]) == (302, "/account/second-factor/")
        assert client.get("/account/").status_code == 302
        assert "You have none yet" in client.get("/account/second-factor/").content.decode()
    else:
        assert answer.status_code == 200


def test_gate_is_open_where_the_setting_says_optional(world, client_for, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert client_for(world.analyst).get("/front/").status_code == 200


def test_gate_opens_once_an_app_is_set_up_and_shuts_when_it_is_removed(robin, world, with_app, client, settings, now):
    settings.SECOND_FACTOR_REQUIRED = True
    give_duty(person=robin, partnership=world.fairmead, kind=DutyKind.ANALYST, starts_on=now.date(), by=None, now=now)
    assert client.get("/front/").status_code == 200
    client.post("/account/second-factor/app/remove/", follow=True)
    assert client.get("/front/")["Location"] == "/account/second-factor/"


def test_gate_asks_the_database_once_in_five_minutes(world, client_for, settings, django_assert_num_queries):
    settings.SECOND_FACTOR_REQUIRED = True
    client = client_for(world.alice)
    client.get("/front/")
    with django_assert_num_queries(2):  # the session and the person
        client.get("/front/")
    session = client.session
    session[ANSWER_KEY] = 0
    session.save()
    with django_assert_num_queries(6):  # one more, and the session is written (in a transaction of its own)
        client.get("/front/")


def test_owes_second_factor_only_while_the_duty_lasts(world, now):
    duty = world.analyst.duties.get()
    assert owes_second_factor(world.analyst, now=now)
    end_duty(duty=duty, ends_on=now.date(), by=world.manager, now=now)
    assert owes_second_factor(world.analyst, now=now)
    assert not owes_second_factor(world.analyst, now=now + timedelta(days=1))


@pytest.mark.parametrize(
    ("claims", "attested"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": "mfa"}, True),
        ({"acr": "urn:strong"}, True),
        ({"amr": ["pwd"]}, False),
        ({"acr": "mfa"}, False),
        ({"amr": {"mfa": True}}, False),
        ({}, False),
    ],
)
def test_provider_is_believed_for_named_claims_alone(claims, attested):
    trusted = {"amr": frozenset({"mfa", "hwk"}), "acr": frozenset({"urn:strong"})}
    assert attests_second_factor(claims, trusted) is attested
    assert attests_second_factor(claims, {}) is False


def test_gate_believes_an_attested_session(world, client_for, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client = client_for(world.analyst)
    session = client.session
    session["provider_attested_second_factor"] = True
    session.save()
    assert client.get("/front/").status_code == 200
    assert timezone.now().timestamp() > session["started_at"]
