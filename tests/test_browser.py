"""The browser fixtures: they open a page, and find a fault when there is one."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page

from tests.world import build_world

SOUND = """<!doctype html><html lang="en"><head><title>A page</title></head>
<body><main><h1>A page</h1><label>Name <input name="name"></label></main></body></html>"""
UNSOUND = SOUND.replace("<label>Name ", "").replace("</label>", "")


@pytest.mark.journey
def test_sign_in_gives_the_page_to_that_person(page: Page, sign_in: Callable[..., None], now: datetime) -> None:
    world = build_world(now=now)
    page.goto("/account/")
    assert "/account/login/" in page.url
    sign_in(page, world.alice)
    page.goto("/account/")
    assert "/account/login/" not in page.url
    assert world.alice.name in page.inner_text("body")


@pytest.mark.journey
def test_page_is_as_wide_as_a_desk(page: Page) -> None:
    page.set_content(SOUND)
    assert page.evaluate("window.innerWidth") == 1280


@pytest.mark.journey
def test_phone_is_narrow(phone: Page) -> None:
    phone.set_content(SOUND)
    assert phone.evaluate("window.innerWidth") == 390


@pytest.mark.journey
def test_check_accessible_passes_a_sound_page(page: Page, check_accessible: Callable[[Page], None]) -> None:
    page.set_content(SOUND)
    check_accessible(page)


@pytest.mark.journey
def test_check_accessible_names_the_fault(page: Page, check_accessible: Callable[[Page], None]) -> None:
    page.set_content(UNSOUND)
    with pytest.raises(AssertionError, match="label"):
        check_accessible(page)
