"""A serious incident is recorded, decided on and notified; an agency hands in its part and sees nothing else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.reviews.made import CHILD, PART, STORY
from tests.world import World
from trefoil.people.models import Person
from trefoil.reviews.models import Review
from trefoil.reviews.operations.agencies import ask_agency

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]


def _filled(page: Page, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#id_{name}_{part}").fill(str(value))


def _record(page: Page, today: date) -> None:
    page.get_by_role("button", name="Record a serious incident").click()
    page.get_by_label("A child was seriously harmed").check()
    page.locator("#id_is_in_care_1").check()
    _filled(page, "happened_on", today - timedelta(days=2))
    _filled(page, "known_on", today - timedelta(days=1))
    page.locator("#id_words").fill(f"{STORY} broke an arm.")
    page.locator("#id_child_name").fill(CHILD)
    _filled(page, "born_on", today - timedelta(days=400))
    page.get_by_role("button", name="Record it").click()


def _decide(page: Page) -> None:
    page.get_by_role("button", name="Decide whether to notify").click()
    page.get_by_label("Yes, it is suspected").check()
    page.locator("#id_is_grave_0").check()
    page.get_by_label("In the local authority’s area").check()
    page.get_by_label("Not to notify").check()
    page.locator("#id_reasons").fill("Nobody is sure about this yet.")
    page.locator("#id_deciders").fill("The director, with both partners")
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_role("alert").get_by_text("the authority must notify")).to_be_visible()
    page.get_by_label("To notify the national panel").check()
    page.get_by_role("button", name="Put it on record").click()


def test_incident_is_notified_and_an_agency_hands_in_its_part(
    page: Page, phone: Page, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    sign_in(page, world.manager)
    now, today = timezone.now(), timezone.localdate()
    page.goto(reverse("review_list", args=["fairmead"]))
    expect(page.get_by_text("No review is open to you")).to_be_visible()
    _record(page, today)
    expect(page.get_by_role("link", name="Serious incident notified")).to_be_visible()
    _decide(page)
    page.get_by_role("button", name="Prepare the notification").click()
    expect(page.get_by_text(CHILD).first).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="It was sent").click()
    expect(page.get_by_text("The notification is on record.")).to_be_visible()
    check_accessible(page)

    review = Review.objects.get()
    days = {"due_on": today + timedelta(days=7)}
    ask_agency(review=review, agency=world.police, person=world.dana, by=world.manager, now=now, **days)
    sign_in(phone, world.dana)
    phone.goto(reverse("my_work", args=["fairmead"]))
    phone.get_by_role("link", name="Write it").click()
    for name, words in PART.items():
        phone.locator(f"#id_{name}").fill(words)
    phone.get_by_role("button", name="Hand it in").click()
    expect(phone.get_by_text("It is handed in.")).to_be_visible()
    check_accessible(phone)
    answer = phone.goto(reverse("review_detail", args=["fairmead", review.reference]))
    assert answer is not None
    assert answer.status == 404

    page.reload()
    expect(page.get_by_text("Handed in").first).to_be_visible()
