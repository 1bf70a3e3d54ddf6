"""The box that warns before a session ends, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from trefoil.access import session
from trefoil.people.models import Person

pytestmark = pytest.mark.journey


@pytest.fixture
def _short_session(settings, monkeypatch) -> None:
    """Eight seconds for the hour, five for the warning; every use counts, so asking too early would revive it."""
    settings.SESSION_IDLE_SECONDS = 8
    settings.SESSION_WARNING_SECONDS = 5
    monkeypatch.setattr(session, "SEEN_EVERY", 0)


@pytest.mark.usefixtures("_short_session")
def test_session_warns_is_kept_by_one_press_and_ends_when_it_is_not(
    robin: Person, page: Page, sign_in: Callable, check_accessible: Callable
) -> None:
    sign_in(page, robin)
    page.goto("/front/")
    box = page.get_by_role("dialog", name="You are about to be signed out")
    expect(box).to_be_hidden()
    expect(box).to_be_visible(timeout=10_000)
    check_accessible(page)
    with page.expect_response("**/account/session/keep/") as answer:
        box.get_by_role("button", name="Stay signed in").click()
    assert answer.value.json()["seconds"] in {7, 8}
    expect(box).to_be_hidden()
    expect(box).to_be_visible(timeout=10_000)
    expect(box).to_contain_text("You have been signed out.", timeout=10_000)
    page.goto("/front/")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
