"""The life of a return as its people live it, in a real browser, each page checked with axe."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.indicators.returns_made import OUTCOMES, entered, faulty, opened, whole
from tests.world import World
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.returns import submit_return
from trefoil.people.models import Person

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]


@pytest.fixture
def held(live_server: object, world: World) -> AgencyReturn:
    """Alice's return for October 2026, open for three days and due in nine, whatever day the test runs on."""
    today = timezone.localdate()
    return opened(world, timezone.now(), opens_on=today - timedelta(days=3), due_on=today + timedelta(days=9))


def looked_at(page: Page, check: Check, name: str) -> None:
    """Check a page with axe and its width against the screen's; keep a picture when $TREFOIL_PICTURES says where."""
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        f"{name} is wider than the screen"
    )
    if folder := os.environ.get("TREFOIL_PICTURES"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(folder) / f"returns-{name}-{width}.png", full_page=True)


def fill(template: Path, figures: dict[tuple[str, str], int]) -> None:
    """Fill in a workbook as a person would: numbers in the column of numerators, other rows deleted."""
    book = load_workbook(template)
    page = book["Return"]
    for number in range(page.max_row, 1, -1):
        key = (page.cell(number, 1).value, page.cell(number, 3).value or "")
        if key in figures:
            page.cell(number, 5, figures[key])
        else:
            page.delete_rows(number)
    book.save(template)


def template_of(page: Page, folder: Path) -> Path:
    """Download the workbook from the page of a return."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel workbook").first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def send(page: Page, file: Path) -> None:
    page.get_by_label("Your file").set_input_files(file)
    page.get_by_role("button", name="Upload").click()


def outcomes(*counts: int) -> dict[tuple[str, str], int]:
    return {("FD01", f"outcome: {name}"): count for name, count in zip(OUTCOMES, counts, strict=True)}


def test_return_goes_from_template_to_approval(
    page: Page, held: AgencyReturn, world: World, sign_in: SignIn, check_accessible: Check, tmp_path: Path
) -> None:
    """Alice fills the template, sends it with a mistake, puts it right, answers a fault and submits; the analyst
    queries; Alice corrects a figure and submits again; the analyst sees what it was before and approves."""
    sign_in(page, world.alice)
    page.goto("/fairmead/returns/")
    looked_at(page, check_accessible, "list")
    page.get_by_role("link", name="Monthly figures, October 2026").click()
    expect(page.get_by_text("0 of 2 figures given, 2 still to come.")).to_be_visible()
    looked_at(page, check_accessible, "empty")
    file = template_of(page, tmp_path)
    figures = {("FD01", ""): 100, ("FD12", ""): -30, **outcomes(30, 20, 10, 10, 10, 10)}
    fill(file, figures)
    page.get_by_role("button", name="Upload a file").click()
    looked_at(page, check_accessible, "upload")
    send(page, file)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing was stored: the file has errors")
    wrong = page.get_by_role("row", name="row 9, column numerator")
    expect(wrong).to_contain_text("The numerator is -30; a count cannot be negative.")
    looked_at(page, check_accessible, "upload-errors")
    fill(file, figures | {("FD12", ""): 30})
    send(page, file)
    expect(page.get_by_role("alert")).to_contain_text("Stored: 8 new")
    expect(page.locator(".tf-lead")).to_contain_text("1 fault in the figures waits for an answer.")
    fault = page.locator(".rt-fault")
    fault.locator("summary").click()
    looked_at(page, check_accessible, "fault")
    fault.get_by_role("button", name="Save this answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why the figures stand.")
    looked_at(page, check_accessible, "fault-error")
    page.get_by_label("Why do the figures stand?").fill("Ten contacts had no outcome by the end of the month.")
    page.get_by_role("button", name="Save this answer").click()
    expect(page.locator(".rt-fault")).to_contain_text("Ten contacts had no outcome")
    page.get_by_role("button", name="Submit this return").click()
    looked_at(page, check_accessible, "submit")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.get_by_text("It has been submitted. The analyst can send it back with a query.")).to_be_visible()
    looked_at(page, check_accessible, "locked")

    sign_in(page, world.analyst)
    page.goto("/fairmead/returns/")
    expect(page.get_by_role("row", name="Monthly figures")).to_contain_text("You: query or approve it")
    page.get_by_role("link", name="Monthly figures, October 2026").click()
    page.get_by_role("button", name="Send back with a query").click()
    page.get_by_label("What should the agency look at?").fill("Referrals were 45 in September. Is 30 right?")
    looked_at(page, check_accessible, "query")
    page.get_by_role("button", name="Send it back").click()
    expect(page.get_by_role("alert")).to_contain_text("The return is back with the agency.")

    sign_in(page, world.alice)
    page.goto(f"/fairmead/returns/{held.pk}/")
    expect(page.get_by_role("heading", name="The analyst asks")).to_be_visible()
    looked_at(page, check_accessible, "queried")
    page.get_by_role("button", name="Type figures in").click()
    referrals = page.get_by_label("Referrals to children's social care, All, October 2026: number")
    expect(referrals).to_have_value("30")
    referrals.fill("4x")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("is not a number")
    expect(referrals).to_have_value("4x")
    looked_at(page, check_accessible, "form-error")
    referrals.fill("43")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Referrals to children's social care")).to_contain_text("was 30, entered on")
    page.get_by_role("button", name="Submit this return").click()
    page.get_by_role("button", name="Submit", exact=True).click()

    sign_in(page, world.analyst)
    page.goto(f"/fairmead/returns/{held.pk}/")
    expect(page.get_by_text("1 of them restated")).to_be_visible()
    looked_at(page, check_accessible, "restated")
    page.get_by_role("button", name="Approve").click()
    looked_at(page, check_accessible, "approve")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".rt-caption")).to_have_text("Approved")
    looked_at(page, check_accessible, "approved")


def test_figures_are_typed_and_submitted_by_keyboard_alone(
    page: Page, held: AgencyReturn, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    """Bob never touches the mouse: he tabs to each link, field and button and presses Enter."""
    sign_in(page, world.bob)
    page.goto(f"/fairmead/returns/{held.pk}/")

    def reach(words: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if words in page.evaluate("(document.activeElement.innerText || '').trim() || ''"):
                return
            named = page.evaluate("[...(document.activeElement.labels || [])].map(one => one.innerText).join(' ')")
            if words in named:
                return
        raise AssertionError(f"the keyboard never reached “{words}”")

    reach("Type figures in")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Front door")
    reach("Contacts received by the front door, All, October 2026: number")
    page.keyboard.type("100")
    reach("Referrals to children's social care, All, October 2026: why there is no figure")
    page.keyboard.type("The new system cannot count them yet.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Stored: 2 new")
    reach("Submit this return")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Submit this return")
    reach("Submit")
    page.keyboard.press("Enter")
    expect(page.locator(".rt-caption")).to_have_text("Submitted")
    looked_at(page, check_accessible, "keyboard")


def test_analyst_opens_a_return(
    page: Page, held: AgencyReturn, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    """The analyst asks the police for September; the measures of their sector are ticked already."""
    sign_in(page, world.analyst)
    page.goto("/fairmead/returns/")
    page.get_by_role("button", name="Open a return").click()
    looked_at(page, check_accessible, "open-agency")
    page.get_by_label("Agency").select_option(label="Fairmead Police")
    page.get_by_role("button", name="Continue").click()
    looked_at(page, check_accessible, "open")
    page.get_by_label("Period", exact=True).fill("2026-09")
    page.get_by_role("button", name="Open this return").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Monthly figures, September 2026")
    expect(page.get_by_role("alert")).to_contain_text("is open for Fairmead Police")


def test_every_page_reads_well_on_a_phone(
    phone: Page, held: AgencyReturn, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    """Each page at the width of a phone: for the agency while it is open, for the analyst when it is handed in."""
    entered(held, world.alice, timezone.now(), *faulty())
    entered(held, world.bob, timezone.now(), *whole(contacts=97))
    sign_in(phone, world.alice)
    for name in ("", "upload/", "form/", "submit/"):
        phone.goto(f"/fairmead/returns/{held.pk}/{name}")
        looked_at(phone, check_accessible, name.strip("/") or "detail")
    phone.get_by_role("link", name="Go back to the return").click()
    phone.goto("/fairmead/returns/")
    looked_at(phone, check_accessible, "list")
    submit_return(agency_return=AgencyReturn.objects.get(pk=held.pk), by=world.alice, now=timezone.now())
    sign_in(phone, world.analyst)
    for name in ("", "query/", "approve/", "reopen/"):
        phone.goto(f"/fairmead/returns/{held.pk}/{name}")
        looked_at(phone, check_accessible, f"analyst-{name.strip('/') or 'detail'}")
    phone.goto(f"/fairmead/returns/open/?agency={world.police.pk}")
    looked_at(phone, check_accessible, "open")


def test_two_people_typing_at_once_see_each_other(
    page: Page, held: AgencyReturn, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    """Alice types while Bob saves; she is shown both, and only her second save puts hers in place of his."""
    sign_in(page, world.alice)
    page.goto(f"/fairmead/returns/{held.pk}/form/")
    contacts = page.get_by_label("Contacts received by the front door, All, October 2026: number")
    contacts.fill("99")
    entered(held, world.bob, timezone.now(), *whole(contacts=104))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved: somebody else changed these figures")
    expect(page.get_by_role("row", name="Contacts received by the front door, All").first).to_contain_text("104")
    expect(contacts).to_have_value("99")
    looked_at(page, check_accessible, "clash")
