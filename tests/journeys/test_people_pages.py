"""Stories of the people pages in a real browser, at a desk and on a phone, each page checked with axe."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import DESK, PHONE
from tests.workspace.fairmead import Fairmead, add_rows, furnish
from tests.world import World
from trefoil.people.models import Person

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]


@pytest.fixture
def fairmead(live_server: object, world: World) -> Fairmead:
    """The furnished world, for a browser."""
    return furnish(world, now=timezone.now())


def looked_at(page: Page, check: Check, name: str) -> None:
    """Check with axe, and that nothing is wider than the screen; keep a picture in $TREFOIL_PICTURES if that is set."""
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        f"{name} is wider than the screen"
    )
    if folder := os.environ.get("TREFOIL_PICTURES"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def no_check(page: Page) -> None:
    """Where `test_every_page` has run axe at this width already."""


def addresses(fairmead: Fairmead) -> dict[str, str]:
    """Every page of the people pages that a business manager opens, by a short name."""
    world = fairmead.world
    bob = world.bob
    pages = {
        "home": "",
        "partnership": "partnership/",
        "agency": f"agencies/{world.social_care.pk}/",
        "groups": "groups/",
        "group": "groups/executive/",
        "people": "people/",
        "person": f"people/{bob.pk}/",
        "person-new": "people/new/",
        "end-access": f"people/{bob.pk}/end-access/",
        "second-step": f"people/{bob.pk}/second-step/",
        "group-new": "groups/new/",
        "group-move": "groups/quality/reports-to/",
        "seat-new": "groups/executive/seats/new/",
        "seat-end": f"groups/executive/seats/{fairmead.executive.members.get().pk}/end/",
        "agency-new": "agencies/new/",
        "agency-leave": f"agencies/{world.social_care.pk}/leave/",
        "give": "duties/give/",
        "end": f"duties/{bob.duties.order_by('pk').first().pk}/end/",
        "trail": "trail/",
        "record": f"trail/record/person:{bob.pk}/",
        "mine": "trail/mine/",
        "emergency": "emergency/",
    }
    return {name: f"/fairmead/{rest}" for name, rest in pages.items()}


def test_every_page_reads_well_at_a_desk_and_on_a_phone(
    page: Page, fairmead: Fairmead, sign_in: SignIn, check_accessible: Check
) -> None:
    """The business manager opens every page; none has a fault that axe can find and none is wider than a screen."""
    add_rows(fairmead, 3, now=timezone.now())
    sign_in(page, fairmead.world.manager)
    for name, where in {**addresses(fairmead), "accessibility": "/accessibility/"}.items():
        page.set_viewport_size(DESK)
        page.goto(where)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        looked_at(page, check_accessible, name)
        page.set_viewport_size(PHONE)
        looked_at(page, no_check, name)


def test_agency_lead_comes_to_the_late_return_first(
    page: Page, fairmead: Fairmead, sign_in: SignIn, check_accessible: Check
) -> None:
    """Bob opens the front page, is taken to his partnership, and the return that is twelve days late stands first."""
    sign_in(page, fairmead.world.bob)
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/fairmead/$"))
    first = page.locator(".tf-need").first
    expect(first).to_contain_text("12 days ago")
    expect(first).to_contain_text("Late")
    looked_at(page, check_accessible, "home-agency-lead")


def test_business_manager_gives_a_duty_and_ends_it(
    page: Page, fairmead: Fairmead, sign_in: SignIn, check_accessible: Check
) -> None:
    """The manager gives Dana a duty for a day to come, is told of a mistake on the way, and then ends it."""
    sign_in(page, fairmead.world.manager)
    page.goto("/fairmead/people/")
    page.get_by_role("button", name="Give a duty").click()
    page.get_by_role("button", name="Give this duty").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the e-mail address of the person’s account.")
    looked_at(page, check_accessible, "give-errors")
    page.get_by_label("E-mail address of their account").fill("dana@example.org")
    page.get_by_label("Duty", exact=True).select_option("agency_lead")
    page.get_by_label("Agency").select_option(str(fairmead.world.police.pk))
    page.get_by_role("button", name="Give this duty").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dana")
    expect(page.get_by_role("alert")).to_contain_text("Dana is Agency safeguarding lead from")
    looked_at(page, check_accessible, "given")
    page.get_by_role("link", name="End the duty Agency safeguarding lead").click()
    expect(page.locator(".tf-lead")).to_contain_text(
        "You are about to end the duty of Dana as Agency safeguarding lead."
    )
    page.get_by_role("button", name="End this duty").click()
    expect(page.get_by_role("alert")).to_contain_text("The last day of Dana as Agency safeguarding lead is")
    expect(page.get_by_role("row", name="Agency safeguarding lead")).to_contain_text(
        f"{timezone.localdate():%-d %B %Y}"
    )


def test_agency_lead_opens_emergency_access_and_others_see_it(
    page: Page, phone: Page, fairmead: Fairmead, sign_in: SignIn, check_accessible: Check
) -> None:
    """Bob opens the trail in an emergency; each page of his says so; the manager sees it on her phone and ends it."""
    sign_in(page, fairmead.world.bob)
    page.goto("/fairmead/emergency/")
    page.get_by_role("button", name="Open emergency access").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why you need it.")
    looked_at(page, check_accessible, "emergency-errors")
    page.get_by_label("See who read and changed what").check()
    page.get_by_label("Why do you need it now?").fill("Somebody has to know tonight who read the March return.")
    page.get_by_role("button", name="Open emergency access").click()
    expect(page.get_by_label("Emergency access", exact=True)).to_contain_text("You have emergency access until")
    looked_at(page, check_accessible, "emergency-open")
    page.get_by_role("link", name="Who read what").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who read what")
    sign_in(phone, fairmead.world.manager)
    phone.goto("/fairmead/")
    expect(phone.locator(".tf-need").first).to_contain_text("Bob has emergency access")
    looked_at(phone, check_accessible, "emergency-seen")
    phone.get_by_role("link", name="See it or end it").click()
    phone.get_by_role("button", name="End it now").click()
    expect(phone.get_by_role("alert")).to_contain_text("Emergency access has ended.")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")


def test_business_manager_narrows_the_trail_and_downloads_it(
    page: Page, fairmead: Fairmead, sign_in: SignIn, check_accessible: Check
) -> None:
    """The manager reads a person's page, finds that read on the trail, asks for a day without events, downloads."""
    sign_in(page, fairmead.world.manager)
    page.goto(f"/fairmead/people/{fairmead.world.bob.pk}/")
    page.goto("/fairmead/trail/")
    page.get_by_text("Show only some of it").click()
    page.get_by_label("What", exact=True).select_option("record_read")
    page.get_by_role("button", name="Show these").click()
    row = page.get_by_role("row", name="Bob")
    expect(row).to_contain_text("Record read")
    looked_at(page, check_accessible, "trail-filtered")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download these events (CSV)").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "Number,When,Who,What,About,Details,Reason"
    assert f"person:{fairmead.world.bob.pk}" in text
    later = timezone.localdate() + timedelta(days=3)
    group = page.get_by_role("group", name="From")
    for label, number in (("Day", later.day), ("Month", later.month), ("Year", later.year)):
        group.get_by_label(label).fill(str(number))
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("heading", name="Nothing on the trail fits")).to_be_visible()
    looked_at(page, check_accessible, "trail-empty")


def test_person_without_a_duty_is_told_whom_to_ask(
    page: Page, fairmead: Fairmead, sign_in: SignIn, check_accessible: Check
) -> None:
    """Somebody with an account and no duty comes to a page that says whom to ask."""
    sign_in(page, fairmead.world.nobody)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have no duty yet")
    expect(page.get_by_text("nobody@example.org")).to_be_visible()
    looked_at(page, check_accessible, "no-duty")
