"""Every page there is, opened at a desk and on a phone by somebody who may, and checked with axe."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Error, Page

from tests.browser import DESK, PHONE
from tests.repository.url_samples import Address, Asking, addresses, addresses_within
from tests.world import World
from trefoil.access.rules import DUTY_GIVES
from trefoil.access.url_rules import PUBLIC, SIGNED_IN
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]
Pages = dict[str, tuple[Person, str]]
# So that both cores walk: a part takes every so many-th page.
PARTS = 6
# What the browser says of a file to keep, and of a refusal without a word in it.
FILE, NO_WORDS = "Download is starting", "ERR_HTTP_RESPONSE_CODE_FAILURE"


def who_may(world: World, address: Address) -> Person:
    """Somebody whose duties open the page: Bob, the agency's lead, where he may, else the first who may."""
    assert address.rule is not None
    permission = address.rule.permission
    kinds = [DutyKind.AGENCY_LEAD, *DutyKind]
    return world.holder[next(kind for kind in kinds if permission in DUTY_GIVES[kind])]


def pages_within(world: World, part: int) -> Pages:
    """The addresses of one part, each with somebody who may open it."""
    found: Pages = {}
    for address in addresses_within()[part::PARTS]:
        person = who_may(world, address)
        found[address.name] = person, address.url(Asking(world=world, now=timezone.now(), person=person))
    return found


def pages_of_one_person(world: World) -> Pages:
    """Addresses that are about nobody's partnership: the account's own, and those open to everybody."""
    asking = Asking(world=world, now=timezone.now(), person=world.bob)
    about_nobody = (each for each in addresses() if not each.parts and each.rule in {PUBLIC, SIGNED_IN})
    return {address.name: (world.bob, address.url(asking)) for address in about_nobody}


def open_page(page: Page, url: str) -> bool:
    """Whether there is a page at the address: no file, no picture, no refusal and no way on to another page."""
    try:
        answer = page.goto(url)
    except Error as error:
        if NO_WORDS in error.message:
            page.wait_for_url("chrome-error://chromewebdata/")  # else it would break into the way to the next page
        elif FILE not in error.message:
            raise
        return False
    came = answer is not None and answer.status == 200 and urlsplit(page.url)[2:4] == urlsplit(url)[2:4]
    return came and answer.headers["content-type"].startswith("text/html")


def walk(page: Page, pages: Pages, sign_in: SignIn, checks: tuple[Check, Check]) -> tuple[int, list[str]]:
    """Open each page, check it as wide as a desk's screen and as a phone's; how many there were, and their faults."""
    walked, faults, seated = 0, [], None
    for name, (person, url) in sorted(pages.items(), key=lambda each: each[1][0].pk):
        page.set_viewport_size(DESK)
        if person != seated:
            sign_in(page, person)
            seated = person
        if not open_page(page, url):
            continue
        walked += 1
        for size, check in zip((DESK, PHONE), checks, strict=True):
            page.set_viewport_size(size)
            check(page)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                faults.append(f"{name} is wider than a screen of {size['width']}")
        if (headings := page.locator("h1").count()) != 1:
            faults.append(f"{name} has {headings} first headings")
    return walked, faults


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_of_a_partnership_is_accessible_at_a_desk_and_on_a_phone(
    page: Page, world: World, sign_in: SignIn, check_accessible: Check, check_narrow: Check, part: int
) -> None:
    walked, faults = walk(page, pages_within(world, part), sign_in, (check_accessible, check_narrow))
    assert faults == []
    assert walked >= 30


def test_every_page_of_an_account_is_accessible(
    page: Page, world: World, sign_in: SignIn, check_accessible: Check, check_narrow: Check
) -> None:
    walked, faults = walk(page, pages_of_one_person(world), sign_in, (check_accessible, check_narrow))
    assert faults == []
    assert walked >= 8
