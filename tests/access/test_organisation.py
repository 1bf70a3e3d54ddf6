"""Signing in by the organisation's identity provider, against a real OpenID Connect provider on this machine."""

from urllib.parse import urlsplit

import pytest
import requests
from oidc_provider_mock import User, run_server_in_thread

from trefoil.audit.enums import EventType
from trefoil.config.environment import Environment
from trefoil.config.outside_services import organisation_sign_in
from trefoil.people.models import Person
from trefoil.people.operations import close_account

# The provider's own libraries warn of their next versions; nothing of ours does.
pytestmark = pytest.mark.filterwarnings(
    "ignore:get_jwt_config:DeprecationWarning", "ignore::DeprecationWarning:authlib"
)

PEOPLE = [
    User(sub="robin", claims={"email": "Robin@Example.org", "email_verified": True, "amr": ["pwd", "mfa"]}),
    User(sub="unverified", claims={"email": "robin@example.org", "email_verified": False}),
    User(sub="silent", claims={"email": "robin@example.org"}),
    User(sub="wordy", claims={"email": "robin@example.org", "email_verified": "false"}),
    User(sub="stranger", claims={"email": "stranger@example.org", "email_verified": True}),
    User(sub="analyst", claims={"email": "data.and.quality.analyst@example.org", "email_verified": True}),
    User(
        sub="strong", claims={"email": "data.and.quality.analyst@example.org", "email_verified": True, "amr": ["mfa"]}
    ),
]


@pytest.fixture(scope="module")
def provider():
    with run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def arrive(provider, client, settings):
    """`arrive(sub)`: the answer after that person of the organisation has come back from its provider."""
    variables = {
        "TREFOIL_OIDC_NAME": "Fairmead Council",
        "TREFOIL_OIDC_ISSUER": provider,
        "TREFOIL_OIDC_CLIENT_ID": "trefoil",
        "TREFOIL_OIDC_CLIENT_SECRET": "between us",
    }
    found = Environment("test", "", "", [], [], variables)
    apps = organisation_sign_in(found)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}

    def come(sub, query=""):
        start = client.post(f"/account/organisation/login/{query}")
        back = requests.post(start["Location"], data={"sub": sub}, allow_redirects=False, timeout=10)
        address = urlsplit(back.headers["Location"])
        return client.get(f"{address.path}?{address.query}")

    return come


def test_organisation_is_offered_on_the_sign_in_page(arrive, client, db):
    page = client.get("/account/login/").content.decode()
    assert "Sign in with Fairmead Council" in page


def test_no_organisation_no_button(client, db):
    assert "With your organisation" not in client.get("/account/login/").content.decode()
    assert client.post("/account/organisation/login/").status_code == 404


def test_verified_address_opens_the_account_that_exists(arrive, robin, client, trail):
    assert arrive("robin")["Location"] == "/front/"
    assert client.get("/front/").status_code == 200
    row = trail(EventType.SIGNED_IN)[0]
    assert (row.actor, row.detail) == (robin.pk, {"by": ["socialaccount"]})
    assert Person.objects.get(pk=robin.pk).has_usable_password()


@pytest.mark.parametrize("sub", ["unverified", "silent", "wordy", "stranger"])
def test_address_that_is_not_verified_or_not_known_opens_nothing(arrive, robin, client, sub):
    before = Person.objects.count()
    answer = arrive(sub)
    assert "You have no account here" in answer.content.decode()
    assert client.get("/front/").status_code == 302
    assert Person.objects.count() == before


def test_closed_account_is_not_opened_by_the_organisation(arrive, robin, client, now):
    close_account(person=robin, by=None, now=now)
    arrive("robin")
    assert client.get("/front/").status_code == 302


def test_joining_a_second_account_is_refused(arrive, world, client):
    client.force_login(world.alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = arrive("stranger", "?process=connect")
    assert answer["Location"] == "/account/login/"
    assert not world.alice.socialaccount_set.exists()


def test_attested_second_factor_opens_the_gate_and_an_unattested_one_does_not(arrive, world, client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.OIDC_SECOND_FACTOR = {"amr": frozenset({"mfa"})}
    arrive("analyst")
    assert client.get("/front/")["Location"] == "/account/second-factor/"
    client.post("/account/logout/")
    arrive("strong")
    assert client.get("/front/").status_code == 200


def test_provider_that_does_not_answer_is_told_in_words(arrive, client, db, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://localhost:9"
    answer = client.post("/account/organisation/login/")
    assert "Sign-in with your organisation did not work" in answer.content.decode()
