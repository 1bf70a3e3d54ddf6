"""What every answer tells the browser."""

import pytest

pytestmark = pytest.mark.urls("tests.access.urls")


def policy_of(answer) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: sources for name, _, sources in parts}


def test_policy_allows_our_own_files_alone(client, db):
    policy = policy_of(client.get("/account/login/"))
    assert policy["default-src"] == "'none'"
    for kind in ("script-src", "style-src", "connect-src", "font-src", "form-action"):
        assert policy[kind] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "unsafe" not in str(policy)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_headers_on_every_page(client, db, header, value):
    assert client.get("/account/login/").headers[header] == value
    assert client.get("/no-such-page/").headers[header] == value


def test_permissions_policy_leaves_passkeys_alone(client, db):
    policy = client.get("/account/login/").headers["Permissions-Policy"]
    assert "camera=()" in policy
    assert "geolocation=()" in policy
    assert "publickey-credentials-get=(self)" in policy


def test_signed_in_pages_are_kept_by_nobody(world, client, client_for):
    assert "no-store" in client_for(world.alice).get("/front/").headers["Cache-Control"]
    assert "no-store" in client_for(world.alice).get("/account/").headers["Cache-Control"]
    assert "Cache-Control" not in client.get("/no-such-page/").headers


def test_only_signed_in_readers_are_told_how_long_a_page_took(world, client, client_for):
    assert client_for(world.alice).get("/account/").headers["Server-Timing"].startswith("app;dur=")
    assert "Server-Timing" not in client_for(world.alice).get("/no-such-page/").headers
    assert "Server-Timing" not in client.get("/account/login/").headers
