"""An agency looks a file over and hands its chronology in; who leads the review sees it drawn, by agency, to scale."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect

from tests.reviews.chronologies import VISIT, entered, file, two_asked
from tests.world import World
from trefoil.people.models import Person
from trefoil.reviews.chronology.reading import Seen
from trefoil.reviews.operations.chronology_asking import ask_for_chronology

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]
KNOWN = ["March 2026", "Moved to another school.", "", "", "School roll"]


def _sends(page: Page, *rows: list[str]) -> None:
    payload = FilePayload(name="police.csv", mimeType="text/csv", buffer=file(*rows))
    page.get_by_label("File of entries").set_input_files(payload)
    page.get_by_role("button", name="Look the file over").click()


def test_agency_sends_its_chronology_and_the_lead_sees_it_by_agency(
    page: Page, phone: Page, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    now = timezone.now()
    police, health = two_asked(world, now)
    entered(health, now, seen=Seen.SEEN)
    due_on = timezone.localdate() + timedelta(days=3)
    ask_for_chronology(request=police, due_on=due_on, by=world.manager, now=now)

    sign_in(phone, world.dana)
    phone.goto(reverse("my_work", args=["fairmead"]))
    phone.get_by_role("link", name="Enter it").click()
    phone.get_by_role("button", name="Upload a file").click()
    _sends(phone, KNOWN, ["summer 2024", VISIT, "", "not seen", "Notebook"])
    expect(phone.get_by_text("between 1 June 2024 and 31 August 2024")).to_be_visible()
    check_accessible(phone)
    _sends(phone, KNOWN, ["3 March 2026", VISIT, "", "not seen", "Notebook"])
    expect(phone.get_by_text("Nothing is stored yet.")).to_be_visible()
    check_accessible(phone)
    phone.get_by_role("button", name="Store 2 entries").click()
    phone.get_by_role("link", name="Hand it in").click()
    phone.get_by_label("All that we know is entered").check()
    phone.get_by_role("button", name="Hand it in").click()
    expect(phone.get_by_text("It is handed in.")).to_be_visible()

    sign_in(page, world.manager)
    page.goto(reverse("chronology_merged", args=["fairmead", police.review.reference]))
    expect(page.get_by_text("Contradicted")).to_have_count(2)
    page.get_by_role("link", name="See it by agency and time").click()
    page.wait_for_load_state("load")  # until the stylesheet is there, the phone's picture shows beside the desk's
    expect(page.get_by_role("img", name="2 are contradicted by another agency")).to_be_visible()
    check_accessible(page)
