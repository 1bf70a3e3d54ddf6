"""The life of an extract as the analyst lives it, in a real browser, each page checked with axe."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.extracts.room.loaded import AS_AT, quickly_stored, tables, write
from tests.world import World
from trefoil.extracts import job
from trefoil.extracts.models import Extract
from trefoil.extracts.progress import teller
from trefoil.people.models import Person

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]


def send(page: Page, folder: Path) -> None:
    """Fill in the form and send every file of the folder."""
    page.get_by_label("Which agency does it come from?").select_option(label="Fairmead Children's Services")
    page.get_by_label("Standard Safeguarding Dataset").check()
    for part, number in (("Day", AS_AT.day), ("Month", AS_AT.month), ("Year", AS_AT.year)):
        page.get_by_label(part, exact=True).fill(str(number))
    page.get_by_label("The files").set_input_files(sorted(folder.iterdir()))
    page.get_by_role("button", name="Upload").click()


def test_analyst_sends_an_extract_watches_it_and_says_what_a_value_means(
    page: Page, live_server: object, world: World, sign_in: SignIn, check_accessible: Check, tmp_path: Path
) -> None:
    """She sends it, sees it wait, and when it is checked the page turns by itself; a value waits for her word."""
    found = tables(4)
    found["ssd_contacts"][0]["cont_contact_source_code"] = "Neighbour over fence"
    sign_in(page, world.analyst)
    page.goto("/fairmead/returns/")
    page.get_by_role("main").get_by_role("link", name="Child-level extracts").click()
    page.get_by_role("button", name="Upload an extract").click()
    check_accessible(page)
    send(page, write(tmp_path / "ssd", found))
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    check_accessible(page)

    teller(Extract.objects.get())(27, "Checking every value, 1,200 rows so far")
    expect(page.get_by_text("1,200 rows so far")).to_be_visible()
    expect(page.get_by_text("27%", exact=True)).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Checking every value, 27% of the whole")
    check_accessible(page)

    job.run(Extract.objects.get().pk, now=timezone.now())
    expect(page.get_by_text("Nothing was stored yet: 1 row holds a value")).to_be_visible()
    page.get_by_role("button", name="Say what the values mean").click()
    page.get_by_role("link", name="Referral source").click()
    check_accessible(page)
    page.get_by_label("Neighbour over fence").check()
    page.get_by_label("They mean").select_option("1B")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The meaning of 1 value is saved.")).to_be_visible()
    page.get_by_role("button", name="Undo for Neighbour over fence").click()
    expect(page.get_by_text("waits again")).to_be_visible()

    page.goto(f"/fairmead/extracts/{Extract.objects.get().pk}/")
    check_accessible(page)
    page.get_by_role("button", name="Check it again").click()
    expect(page.get_by_text("The file is checked again")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()


def test_analyst_reads_figures_and_gives_a_reason_before_a_row_is_shown(
    page: Page, live_server: object, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    """From the list of figures to one measure, to its localities, to the rows behind one of them."""
    quickly_stored(world, now=timezone.now())
    sign_in(page, world.analyst)
    page.goto("/fairmead/extracts/figures/")
    page.get_by_role("link", name="Referrals to children's social care", exact=True).click()
    page.get_by_label("By", exact=True).select_option("locality")
    page.get_by_role("button", name="Show").click()
    page.goto("/fairmead/extracts/journey/?by=locality&group=Harbour")
    expect(page.get_by_role("heading", name="From contact to plan, Harbour")).to_be_visible()
    check_accessible(page)
    page.goto(f"/fairmead/extracts/{Extract.objects.get().pk}/rows/FD12/2026-01..2026-01/")
    page.get_by_role("button", name="Show the rows").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.get_by_label("Why do you need to see the rows?").fill("to check why January has so many referrals")
    page.get_by_role("button", name="Show the rows").click()
    expect(page.get_by_role("cell", name="January 2026").first).to_be_visible()
    check_accessible(page)
