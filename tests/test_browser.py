"""The browser fixtures: they open a page, and find a fault when there is one."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import DESK, opened_page
from tests.world import build_world

SOUND = """<!doctype html><html lang="en"><head><title>A page</title></head>
<body><main><h1>A page</h1><label>Name <input name="name"></label></main></body></html>"""
SMALL = '<button style="width: 9px; height: 9px; padding: 0">{}</button>'
SMALL_UNTIL_STYLED = SOUND.replace("<title>", '<link rel="stylesheet" href="/slow.css"><title>').replace(
    "</main>", f"<div>{SMALL.format('A')}{SMALL.format('B')}</div></main>"
)
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
@pytest.mark.parametrize("elsewhere", ["http://192.0.2.1/picture.png", "https://elsewhere.example/picture.png"])
def test_page_that_asks_elsewhere_is_refused_and_fails(
    browser: Browser, live_server: LiveServer, elsewhere: str
) -> None:
    opened = opened_page(browser, live_server, DESK)
    page = next(opened)
    with page.expect_event("requestfailed") as failed:
        page.set_content(SOUND.replace("</main>", f'<img alt="" src="{elsewhere}"></main>'))
    assert failed.value.failure == "net::ERR_NAME_NOT_RESOLVED"
    with pytest.raises(AssertionError, match=f"asked for {elsewhere}"):
        next(opened)


@pytest.mark.journey
def test_check_accessible_passes_a_sound_page(page: Page, check_accessible: Callable[[Page], None]) -> None:
    page.set_content(SOUND)
    check_accessible(page)


@pytest.mark.journey
def test_check_accessible_names_the_fault(page: Page, check_accessible: Callable[[Page], None]) -> None:
    page.set_content(UNSOUND)
    with pytest.raises(AssertionError, match="label"):
        check_accessible(page)


class SlowStyles(BaseHTTPRequestHandler):
    """A page of buttons that are big enough once its stylesheet has come, which takes a while."""

    def do_GET(self) -> None:
        styles = self.path == "/slow.css"
        if styles:
            time.sleep(2)
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if styles else "text/html")
        self.end_headers()
        with suppress(BrokenPipeError):
            self.wfile.write(b"button { min-height: 44px; min-width: 44px }" if styles else SMALL_UNTIL_STYLED.encode())

    def log_message(self, *args: object) -> None:
        """A test is no place for a web server's log."""


@pytest.fixture
def slow_server() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), SlowStyles)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.journey
def test_check_accessible_waits_for_the_stylesheet(
    page: Page, slow_server: str, check_accessible: Callable[[Page], None]
) -> None:
    page.goto(slow_server, wait_until="commit")
    check_accessible(page)
