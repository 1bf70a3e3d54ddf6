"""Compare areas, the exceptions and publication in a real browser, at a desk and on a phone, each checked with axe."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.indicators.handed_in import figure, hand_in, months_of, publish
from tests.world import World
from trefoil.indicators.operations.returns import open_return
from trefoil.indicators.periods import month
from trefoil.people.enums import AreaKind
from trefoil.people.models import Area, Person

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]
FALL = [90, 91, 89, 90, 92, 90, 91, 89, 90, 91, 90, 40]


@pytest.fixture
def furnished(live_server: object, world: World) -> World:
    """A return with a fall in it, an approved one with a small number, one overdue, and two published areas."""
    now = timezone.now()
    hand_in(world, [*months_of("FD01", FALL), figure("CL10", month(2026, 10), 45, 50)], now=now)
    parts = {"Looked at": 60, "Signposted": 3, "Closed": 27}
    rows = [figure("FD01", month(2025, 5), count, breakdown=f"agency: {name}") for name, count in parts.items()]
    hand_in(world, [*rows, figure("FD01", month(2025, 5), 90)], now=now, approved=True)
    open_return(
        partnership=world.fairmead,
        agency=world.police,
        title="Police figures",
        period=month(2026, 9),
        indicators=[],
        opens_on=now.date() - timedelta(days=40),
        due_on=now.date() - timedelta(days=10),
        by=world.manager,
        now=now,
    )
    Area.objects.create(code="E92000001", name="England", kind=AreaKind.ENGLAND)
    for place, name in enumerate(["Northmoor", "Southmoor"]):
        Area.objects.create(code=f"N{place}", name=name, kind=AreaKind.LOCAL_AUTHORITY)
    publish("CPPRateStock", {"N0": ["50"], "N1": ["c"], "E92000001": ["60"]}, now=now)
    return world


def is_narrow_enough(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("address", ["exceptions/", "compare/", "publication/?measure=FD01&period=2025-05&by=agency"])
def test_pages_are_accessible_at_a_desk_and_on_a_phone(
    furnished: World, page: Page, phone: Page, sign_in: SignIn, check_accessible: Check, address: str
) -> None:
    for screen in (page, phone):
        sign_in(screen, furnished.analyst)
        screen.goto(f"/fairmead/{address}")
        check_accessible(screen)
        assert is_narrow_enough(screen)


def test_exception_is_filtered_and_followed(furnished: World, page: Page, sign_in: SignIn) -> None:
    sign_in(page, furnished.manager)
    page.goto("/fairmead/exceptions/")
    page.get_by_label("Who should answer").select_option(label="Fairmead Police")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="Police figures, September 2026").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Police figures")


def test_comparison_is_changed_without_a_script(furnished: World, page: Page, sign_in: SignIn) -> None:
    sign_in(page, furnished.manager)
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/fairmead/compare/")
    page.get_by_label("Measure").select_option(value="CL10")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Fairmead is invented, so it has no published figures.")).to_be_visible()
    assert "measure=CL10" in page.url


def test_table_is_prepared_confirmed_and_taken_away(furnished: World, page: Page, sign_in: SignIn) -> None:
    sign_in(page, furnished.analyst)
    page.goto("/fairmead/publication/")
    page.get_by_label("Measure with approved figures").select_option(value="FD01")
    page.get_by_role("button", name="Choose").click()
    page.get_by_label("Breakdown").select_option(label="By agency")
    page.get_by_role("button", name="Look at what would be shown").click()
    expect(page.get_by_role("row", name="Signposted")).to_contain_text("fewer than 6")
    page.get_by_role("button", name="Confirm, and keep it as published").click()
    expect(page.get_by_text("is ready. Take it away below.")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV of").click()
    text = taken.value.path().read_text(encoding="utf-8-sig")
    assert "Signposted,fewer than 6" in text
    assert "Closed,withheld" in text
