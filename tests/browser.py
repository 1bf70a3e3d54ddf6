"""A real browser for the journeys: Chromium, driven by Playwright, that can reach this machine alone.

No address but this machine's is found in it, and a page that asks another fails its test. Requests are watched, not led
through the test: while they are, Chromium keeps no stylesheet from one page to the next.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from trefoil.people.models import Person

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# A busy machine is slow; what passes is not slower for it.
MOST_MS = 30_000
AXE = Axe().axe_script
THIS_MACHINE = {"127.0.0.1", "localhost"}
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run: $CHROMIUM, or Debian's."""
    # Playwright keeps an event loop in this thread; Django would refuse to ask the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=MOST_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=CHROMIUM,
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page as wide as a desk's screen. Addresses may begin with a slash."""
    yield from opened_page(browser, live_server, DESK)


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page as wide as a phone's screen."""
    yield from opened_page(browser, live_server, PHONE)


def opened_page(browser: Browser, server: LiveServer, size: dict[str, int]) -> Iterator[Page]:
    """A page of the size (CSS pixels), closed in the end; then what went wrong on it is raised."""
    context = browser.new_context(base_url=server.url, viewport=size, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(MOST_MS)
    faults: list[str] = []

    def failed(request: Request) -> None:
        host = urlsplit(request.url).hostname or ""
        if host not in THIS_MACHINE and not host.endswith(".localhost"):
            faults.append(f"the page asked for {request.url}")

    def heard(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    context.on("requestfailed", failed)
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    opened.on("console", heard)
    yield opened
    # Read before closing: requests that a closing page drops are no fault.
    seen = list(faults)
    context.close()
    assert not seen, "\n".join(seen)


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, Person], None]:
    """`sign_in(page, person)`: the page's next request is that person's, without going through the sign-in form."""

    def take_seat(page: Page, person: Person) -> None:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return take_seat


@pytest.fixture(scope="session")
def check_accessible() -> Callable[[Page], None]:
    """`check_accessible(page)` fails with what axe found against WCAG 2.2 AA, in lines a person can act on."""
    return _judge


@pytest.fixture(scope="session")
def check_narrow() -> Callable[[Page], None]:
    """`check_narrow(page)`, of a page that was found accessible and made narrow since: all of it but the colours.

    Colours do not hang on the width, and to weigh them takes axe as long as everything else together.
    """
    return lambda page: _judge(page, {"color-contrast": {"enabled": False}})


def _judge(page: Page, rules: Mapping[str, object] | None = None) -> None:
    # A click returns when the next page has begun: what is judged before its stylesheet came is another page.
    page.wait_for_load_state("load")
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
        # What is looked at once is looked at again: the next pages have it without half a megabyte more each.
        page.context.add_init_script(AXE)
    # Of what passes one example is enough: to describe every node of it takes as long as the check itself.
    options = {
        "runOnly": {"type": "tag", "values": STANDARD},
        "resultTypes": ["violations"],
        "selectors": False,
        "rules": rules or {},
    }
    found = page.evaluate("options => axe.run(options)", options)
    lines = [
        f"{fault['id']} ({fault['impact']}): {fault['help']}: {node['html'][:160]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
    assert not lines, f"{page.url} is not accessible:\n" + "\n".join(lines)
    assert found["passes"], f"{page.url} gave axe nothing to look at"
