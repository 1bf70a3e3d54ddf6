"""Passkeys in a real browser, with Chromium's virtual authenticator: added, used alone, used as a second step."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import CDPSession, Page, expect

from tests.access.conftest import PASSWORD
from trefoil.audit.enums import EventType
from trefoil.people.models import Person

pytestmark = pytest.mark.journey


@pytest.fixture
def site(live_server) -> str:
    """The live server under the name `localhost`: a passkey belongs to a name, and an IP address is none."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def device(page: Page) -> CDPSession:
    """A device in the browser that keeps passkeys and always recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def sign_in_by_password(page: Page, site: str, person: Person) -> None:
    page.goto(f"{site}/account/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page, site: str, *, alone: bool) -> None:
    page.goto(f"{site}/account/passkeys/add/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_label("Sign in with this passkey alone").set_checked(alone)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def sign_out(page: Page, site: str) -> None:
    page.goto(f"{site}/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_passkey_signs_in_alone(
    robin: Person, page: Page, device: CDPSession, site: str, trail: Callable, check_accessible: Callable
) -> None:
    sign_in_by_password(page, site, robin)
    add_passkey(page, site, alone=True)
    assert Authenticator.objects.get(user=robin, type="webauthn").wrap().is_passwordless
    sign_out(page, site)
    check_accessible(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Front page")).to_be_visible()
    assert trail(EventType.SIGNED_IN)[-1].detail == {"by": ["webauthn"]}
    assert trail(EventType.SIGNED_IN)[-1].actor == robin.pk


def test_passkey_is_the_second_step_after_a_password(
    robin: Person, page: Page, device: CDPSession, site: str, trail: Callable, check_accessible: Callable
) -> None:
    sign_in_by_password(page, site, robin)
    add_passkey(page, site, alone=False)
    sign_out(page, site)
    sign_in_by_password(page, site, robin)
    expect(page.get_by_role("heading", name="Second step", exact=True)).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Front page")).to_be_visible()
    assert trail(EventType.SIGNED_IN)[-1].detail == {"by": ["password", "webauthn"]}


def test_device_without_a_passkey_is_told_so_in_words(page: Page, device: CDPSession, site: str) -> None:
    page.goto(f"{site}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("No passkey was used")


def test_account_pages_are_accessible(
    robin: Person, page: Page, device: CDPSession, site: str, check_accessible: Callable
) -> None:
    sign_in_by_password(page, site, robin)
    for address in ("", "second-factor/", "passkeys/", "session/", "password/change/", "logout/", "confirm/"):
        page.goto(f"{site}/account/{address}")
        check_accessible(page)
