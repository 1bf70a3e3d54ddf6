"""The public site in a browser: every page, without a script, and leaving quickly."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route
from pytest_django.live_server_helper import LiveServer

from tests.browser import DESK, PHONE
from tests.website.made import PHONE as NUMBER
from tests.website.made import a_shown_site, an_edition_out
from tests.world import World

pytestmark = pytest.mark.journey
Check = Callable[[Page], None]
HOST = "fairmead.localhost"
AWAY = "www.bbc.co.uk"


@pytest.fixture
def site(world: World, now: datetime, live_server: LiveServer) -> str:
    """Where the site of a partnership with one published edition begins, at a host name of its own."""
    an_edition_out(world, now=now)
    a_shown_site(world, now=now, host=HOST, lists_agencies=True, training="Ask the team.")
    return f"http://{HOST}:{urlsplit(live_server.url).port}/"


def only_the_site(route: Route) -> None:
    """The site itself, and an empty sheet for where “Leave this site” leads; nothing else."""
    host = urlsplit(route.request.url).hostname
    if host == HOST:
        return route.continue_()
    return (
        route.fulfill(status=200, content_type="text/html", body="<title>Weather</title>")
        if host == AWAY
        else route.abort()
    )


def links_of(page: Page, site: str) -> set[str]:
    """Pages of the site that this one leads to."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    return {urldefrag(link).url for link in found if link.startswith(site)}


def nested(page: Page) -> set[str]:
    """How its elements stand in each other: tags and classes from the body down. Colours hang on that alone."""
    return set(
        page.evaluate(
            """() => [...document.querySelectorAll('body *')].map(one => {
                const way = [];
                for (let at = one; at !== document.body; at = at.parentElement)
                    way.push(at.tagName + '.' + at.getAttribute('class'));
                return way.join(' ');
            })"""
        )
    )


def test_every_page_of_a_site_is_there_and_accessible(
    page: Page, site: str, check_accessible: Check, check_narrow: Check
) -> None:
    waiting, seen, files = [site], {site}, 0
    weighed: set[str] = set()
    while waiting:
        url = waiting.pop()
        if not url.endswith("/"):
            # The test's own client asks no name server for the host, so it goes by the number.
            place = url.replace(HOST, "127.0.0.1")
            assert page.request.get(place, headers={"Host": urlsplit(url).netloc}).status == 200, url
            files += 1
            continue
        answer = page.goto(url)
        assert answer is not None, url
        assert answer.status == 200, url
        # Colours take as long as all the rest: they are weighed where something stands as it stood nowhere before.
        new_ways = nested(page) - weighed
        (check_accessible if new_ways else check_narrow)(page)
        weighed |= new_ways
        assert page.locator("h1").count() == 1, url
        page.set_viewport_size(PHONE)
        assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth"), url
        page.set_viewport_size(DESK)
        new = links_of(page, site) - seen
        seen |= new
        waiting += sorted(new)
    assert len(seen) - files == 14
    assert files == 3


def test_site_works_without_a_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.route("**/*", only_the_site)
    page.goto(site)
    page.get_by_text("Menu").click()
    page.get_by_label("Main").get_by_role("link", name="Worried about a child?").click()
    assert page.get_by_role("link", name=NUMBER).first.is_visible()
    page.get_by_label("Search this site").fill("children")
    page.get_by_role("button", name="Search").click()
    assert "Search: children" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("listitem").get_by_role("link", name="Summary").first.click()
    assert "looked together" in page.get_by_role("main").inner_text()
    page.get_by_role("link", name="Leave this site").click()
    assert urlsplit(page.url).hostname == AWAY
    context.close()


def test_shift_three_times_leaves_and_back_does_not_return_to_the_page(page: Page, site: str) -> None:
    page.route("**/*", only_the_site)
    page.goto(f"{site}contact/")
    page.goto(f"{site}worried/")
    page.keyboard.press("Shift")
    assert "2 more times" in str(page.locator("[data-exit-said]").text_content())
    page.keyboard.press("a")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(f"https://{AWAY}/**")
    page.go_back()
    assert page.url == f"{site}contact/"
