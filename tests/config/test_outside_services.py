"""Settings of the mail server and of the identity provider."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from trefoil.config.environment import Environment
from trefoil.config.outside_services import (
    mail_settings,
    organisation_origins,
    organisation_sign_in,
    second_factor_claims,
)

PROVIDER = {
    "TREFOIL_OIDC_NAME": "Council",
    "TREFOIL_OIDC_ISSUER": "https://login.example/tenant/",
    "TREFOIL_OIDC_CLIENT_ID": "trefoil",
    "TREFOIL_OIDC_CLIENT_SECRET": "word",
}


def said(**variables: str) -> Environment:
    return Environment("test", "", "", [], [], {f"TREFOIL_{name}": text for name, text in variables.items()})


def test_mail_over_tls_with_a_password_that_holds_signs():
    found = mail_settings(said(EMAIL="smtps://post%40council:p%2Fw@mail.example", EMAIL_FROM="trefoil@council.example"))
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_SSL"]) == ("mail.example", 465, True)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("post@council", "p/w")
    assert found["DEFAULT_FROM_EMAIL"] == "trefoil@council.example"


@pytest.mark.parametrize(
    ("url", "tls"),
    [("smtp://localhost", False), ("smtp://user:word@mail.example", True), ("smtp+tls://mail.example", True)],
)
def test_mail_password_is_never_sent_in_the_clear(url, tls):
    assert mail_settings(said(EMAIL=url))["EMAIL_USE_TLS"] is tls


def test_mail_without_a_server_is_printed():
    assert mail_settings(said())["EMAIL_BACKEND"].endswith("console.EmailBackend")


def test_mail_of_the_demo_is_kept_in_files_and_leads_to_its_port(tmp_path):
    demo = Environment("demo", "", "", [], [], {"TREFOIL_DEMO_PORT": "8001"}, home=tmp_path)
    found = mail_settings(demo)
    assert found["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert found["EMAIL_FILE_PATH"] == str(tmp_path / "letters")
    assert demo.public_address == "http://localhost:8001"
    assert said().public_address == "http://localhost:8000"


def test_no_provider_when_nothing_is_said():
    assert organisation_sign_in(said()) == []
    assert organisation_origins(said()) == []


@pytest.mark.parametrize("missing", list(PROVIDER))
def test_provider_needs_all_four_and_names_the_missing_one(missing):
    variables = {name: text for name, text in PROVIDER.items() if name != missing}
    with pytest.raises(ImproperlyConfigured, match=missing):
        organisation_sign_in(Environment("test", "", "", [], [], variables))


def test_provider_s_origin_is_where_the_form_may_lead():
    assert organisation_origins(Environment("test", "", "", [], [], PROVIDER)) == ["https://login.example"]


def test_second_factor_claims_are_read_by_claim():
    found = second_factor_claims(said(OIDC_SECOND_FACTOR="amr=mfa, amr=hwk,acr=https://refeds.org/profile/mfa"))
    assert found == {"amr": {"mfa", "hwk"}, "acr": {"https://refeds.org/profile/mfa"}}
    assert second_factor_claims(said()) == {}
