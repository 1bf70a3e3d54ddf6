"""Stories of the pages of figures in a real browser, at a desk, on a phone and on paper."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.indicators.handed_in import ENGLAND, figure, hand_in, months_of, publish, surround
from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.catalogue.vocabulary import Unit
from trefoil.indicators.operations.steering import set_target
from trefoil.indicators.periods import month
from trefoil.people.models import Person

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]
OCTOBER = month(2026, 10)
FULL = "children-in-care"
ADDRESSES = (
    "figures/",
    f"figures/{FULL}/",
    "figures/police/",
    "figures/indicator/CL07/",
    "figures/indicator/CL12/",
    "figures/indicator/CL02/",
    "figures/indicator/PO01/",
    "dictionary/",
    "dictionary/CV02/",
)


@pytest.fixture
def furnished(live_server: object, world: World, now: datetime) -> World:
    """A theme full of figures, with a target, a breakdown and neighbours."""
    near = surround(world.fairmead.area, neighbours=4, now=now)
    publish("LAC", {world.fairmead.area.code: ["36", "37"], ENGLAND: ["68", "67"]}, now=now)
    publish("LAC", dict(zip(near, (["40"], ["50"], ["60"], ["c"]), strict=True)), now=now)
    rows = []
    for definition in catalogue().in_theme(FULL):
        if definition.calculation is None or definition.calculation.share is None:
            below = 100 if definition.unit is Unit.PERCENT else None
            rows += months_of(definition.id, [80, 82, 81, 84, 83, 85, 84, 86, 85, 87, 86, 60, 50], below)
    rows.append(figure("CL12", OCTOBER, 4, breakdown="sex: girls"))
    rows.append(figure("CL12", OCTOBER, 46, breakdown="sex: boys"))
    hand_in(world, rows, now=now)
    set_target(
        partnership=world.fairmead,
        indicator="CL07",
        value=Decimal(90),
        tolerance=Decimal(2),
        starts_on=month(2020, 4).start,
        by=world.analyst,
        now=now,
    )
    return world


def no_wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_every_page_is_accessible_and_fits(
    furnished: World, page: Page, sign_in: SignIn, check_accessible: Check
) -> None:
    sign_in(page, furnished.bob)
    for address in (*ADDRESSES, "figures/indicator/CL07/commentary/"):
        page.goto(f"/fairmead/{address}")
        check_accessible(page)
        assert no_wider_than_the_screen(page), address


def test_every_page_fits_a_phone(furnished: World, phone: Page, sign_in: SignIn) -> None:
    """Whether axe finds a fault on a phone is for `test_every_page`; here are the longest words and the most rows."""
    sign_in(phone, furnished.analyst)
    for address in (*ADDRESSES, "figures/indicator/CL07/target/"):
        phone.goto(f"/fairmead/{address}")
        assert no_wider_than_the_screen(phone), address


def test_full_theme_prints_on_one_sheet(furnished: World, page: Page, sign_in: SignIn) -> None:
    sign_in(page, furnished.manager)
    page.goto(f"/fairmead/figures/{FULL}/")
    assert page.locator(".fg-table tbody tr").count() > 18
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1
    assert b"841" in printed


def test_reader_goes_from_the_index_to_the_figures_behind_a_chart(
    furnished: World, page: Page, sign_in: SignIn
) -> None:
    sign_in(page, furnished.manager)
    page.goto("/fairmead/figures/")
    page.get_by_role("link", name="Children in care", exact=True).click()
    page.get_by_role("link", name="Visits to children in care made on time").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("fell below the usual range in October 2026")
    picture = page.locator("img").first
    assert picture.evaluate("image => image.complete || image.decode().then(() => true)")
    assert picture.evaluate("image => image.naturalWidth") > 0
    page.get_by_text("Figures behind this chart").first.click()
    expect(page.get_by_role("cell", name="50.0%").first).to_be_visible()


def test_owner_writes_what_lies_behind_a_figure(furnished: World, page: Page, sign_in: SignIn) -> None:
    sign_in(page, furnished.bob)
    page.goto("/fairmead/figures/indicator/CL07/")
    page.get_by_role("button", name="Write commentary").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    page.get_by_label("What lies behind this figure?").fill("Two workers left in September. Cover came late.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your commentary on October 2026 is saved.")).to_be_visible()
    page.goto(f"/fairmead/figures/{FULL}/")
    expect(page.get_by_text("Two workers left in September.")).to_be_visible()
