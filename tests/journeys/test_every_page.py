"""Every page there is, opened at a desk and on a phone by somebody who may, and checked with axe."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

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


def who_may(world: World, address: Address) -> Person:
    """Somebody whose duties open the page: Bob, the agency's lead, where he may, else the first who may."""
    assert address.rule is not None
    permission = address.rule.permission
    kinds = [DutyKind.AGENCY_LEAD, *DutyKind]
    return world.holder[next(kind for kind in kinds if permission in DUTY_GIVES[kind])]


def pages_within(world: World, part: int) -> Pages:
    """The pages of one part that answer with a page: not a picture, a file or a form's address."""
    found: Pages = {}
    for address in addresses_within()[part::PARTS]:
        person = who_may(world, address)
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        url = address.url(Asking(world=world, now=timezone.now(), person=person))
        answer = client.get(url)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[address.name] = (person, url)
    return found


def pages_of_one_person(world: World) -> Pages:
    """Pages that are about nobody's partnership: the account's own, and those open to everybody."""
    found: Pages = {}
    for address in addresses():
        if address.parts or address.rule not in {PUBLIC, SIGNED_IN}:
            continue
        person, url = world.bob, address.url(Asking(world=world, now=timezone.now(), person=world.bob))
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = client.get(url)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[address.name] = (person, url)
    return found


def walk(page: Page, pages: Pages, sign_in: SignIn, check: Check) -> list[str]:
    """Open each page, check it as wide as a desk's screen and as a phone's, and say which are wider than either."""
    faults = []
    for name, (person, url) in pages.items():
        page.set_viewport_size(DESK)
        sign_in(page, person)
        page.goto(url)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            check(page)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                faults.append(f"{name} is wider than a screen of {size['width']}")
        if (headings := page.locator("h1").count()) != 1:
            faults.append(f"{name} has {headings} first headings")
    return faults


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_of_a_partnership_is_accessible_at_a_desk_and_on_a_phone(
    page: Page, world: World, sign_in: SignIn, check_accessible: Check, part: int
) -> None:
    pages = pages_within(world, part)
    assert len(pages) >= 6
    assert walk(page, pages, sign_in, check_accessible) == []


def test_every_page_of_an_account_is_accessible(
    page: Page, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    pages = pages_of_one_person(world)
    assert len(pages) >= 8
    assert walk(page, pages, sign_in, check_accessible) == []
