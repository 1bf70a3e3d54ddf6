"""A scrutineer’s recommendation becomes an action, two agencies answer, an indicator moves, impact is judged.

And the priority’s page and the group’s papers show it.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.indicators.handed_in import figure, hand_in
from tests.meetings.meetings_made import executive
from tests.plan.made import a_colleague, a_year
from tests.world import World
from trefoil.indicators.periods import Period, month
from trefoil.meetings.models import Meeting
from trefoil.meetings.operations.agenda import add_item
from trefoil.meetings.operations.calling import call_meeting
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.plan.models import Action
from trefoil.plan.operations.priorities import add_priority

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]
BEFORE, SINCE = 12, 9


def _months_to(today: date, count: int) -> list[Period]:
    """The last whole months, oldest first."""
    last = today.year * 12 + today.month - 2
    return [month(index // 12, index % 12 + 1) for index in range(last - count + 1, last + 1)]


def _figures(world: World) -> Period:
    """Two levels of referrals, the change nine months ago; gives the month of the change."""
    now = timezone.now()
    months = _months_to(timezone.localdate(now), BEFORE + SINCE)
    amounts = [300 + place % 3 for place in range(BEFORE)] + [220 + place % 3 for place in range(SINCE)]
    rows = [figure("FD01", period, amount) for period, amount in zip(months, amounts, strict=True)]
    hand_in(world, rows, now=now, approved=True)
    return months[BEFORE]


def _filled(page: Page, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#id_{name}_{part}").fill(str(value))


def _executive_meets(world: World) -> Meeting:
    """The next meeting of the partners, with what they are to talk about."""
    now = timezone.now()
    made = executive(world, now)
    by = {"by": world.manager, "now": now}
    meeting = call_meeting(group=made.group, starts_at=now + timedelta(days=7), minutes_long=60, **by)
    for title in ("Welcome", "The plan: the front door"):
        add_item(meeting=meeting, title=title, **by)
    return meeting


def _put_into_the_papers(page: Page, priority: str, item: str) -> None:
    page.get_by_role("link", name="Put a priority of the plan into the papers").click()
    page.get_by_label("Which priority of the plan?").select_option(label=priority)
    page.get_by_label("Which item of the agenda is it for?").select_option(label=item)
    page.get_by_role("button", name="Put it into the papers").click()
    expect(page.get_by_text("The priority is in the papers, as the plan stands now.")).to_be_visible()


def _pack(page: Page, folder: Path) -> list[str]:
    """The words of each page of the papers, as they come out of the PDF that the reader saves."""
    with page.expect_download() as saved:
        page.get_by_role("link", name="Papers as one PDF").click()
    saved.value.save_as(folder / "papers.pdf")
    return [" ".join(one.extract_text().split()) for one in PdfReader(folder / "papers.pdf").pages]


def _has_the_chain(pages: list[str]) -> None:
    """The contents name the page on which the priority begins; there its chain stands, from source to impact."""
    for number, words in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in words
    item = "2. The plan: the front door"
    assert f"{item} 10 To discuss The chair 2" in pages[0]
    assert f"{item} Priority: Front door PDF 2" in pages[0]
    assert "Priority: Front door" in pages[1]
    paper = " ".join(pages[1:])
    for words in (
        "2 actions: 1 refused and 1 closed with impact shown.",
        "A manager should decide at the front door.",
        "Send notices twice a day",
        "refused",
        "Impact shown",
        "the last nine figures all lie below the level before",
        "The change is more than noise and nothing else changed.",
    ):
        assert words in paper, words


def test_recommendation_becomes_judged_impact(
    page: Page, phone: Page, world: World, sign_in: SignIn, check_accessible: Check, tmp_path: Path
) -> None:
    now, today = timezone.now(), timezone.localdate()
    year = a_year(world, now=now)
    priority = add_priority(
        year=year, title="Front door", success="Fewer contacts wait.", indicators=["FD01"], by=world.manager, now=now
    )
    changed = _figures(world)
    police = a_colleague(world, world.police, DutyKind.AGENCY_LEAD, now=now)
    scrutineer = world.holder[DutyKind.SCRUTINEER]

    sign_in(page, scrutineer)
    page.goto(reverse("priority_detail", args=["fairmead", priority.pk]))
    page.get_by_role("button", name="Add a recommendation").click()
    page.get_by_label("What ought to change?").fill("A manager should decide at the front door.")
    page.get_by_label("Where does it come from?").select_option("scrutiny")
    _filled(page, "made_on", today)
    page.get_by_role("button", name="Add this recommendation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recommendations")

    sign_in(page, world.manager)
    page.goto(reverse("recommendation_list", args=["fairmead"]))
    for agency, title in (
        (world.police, "Send notices twice a day"),
        (world.social_care, "A manager at the front door"),
    ):
        page.get_by_role("link", name="A manager should decide at the front door.").first.click()
        page.get_by_role("button", name="Give an action to an agency").click()
        page.get_by_label("What is to be done?").fill(title)
        page.get_by_label("Which agency owns it?").select_option(str(agency.pk))
        _filled(page, "due_on", date(today.year + 1, 3, 1))
        page.get_by_role("button", name="Propose this action").click()
        expect(page.get_by_text(title)).to_be_visible()
        page.goto(reverse("recommendation_list", args=["fairmead"]))
    notices, ours = (Action.objects.get(title__startswith=words) for words in ("Send notices", "A manager"))

    sign_in(page, police)
    page.goto(reverse("action_board", args=["fairmead"]))
    page.get_by_role("link", name=re.compile("Refuse.*Send notices")).click()
    page.get_by_label("Why?").fill("Our shifts end at three, so nobody could send the second.")
    page.get_by_role("button", name="Refuse it").click()
    expect(page.get_by_text("Your agency has refused the action.")).to_be_visible()
    assert Action.objects.get(pk=notices.pk).state == "refused"

    sign_in(page, world.bob)
    page.goto(reverse("action_detail", args=["fairmead", ours.pk]))
    page.get_by_role("button", name="Accept it").click()
    page.get_by_role("button", name="Accept it").click()
    page.get_by_role("button", name="It is done").click()
    page.get_by_label("What was done?").fill("A manager sits at the front door on each day.")
    page.get_by_role("button", name="It is done").click()
    page.get_by_role("link", name="Add evidence of impact").click()
    page.get_by_label("An indicator before and after").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What does this show, in a few words?").fill("Contacts before and after")
    _filled(page, "happened_on", today)
    page.get_by_label("Indicator", exact=True).select_option("FD01")
    _filled(page, "change_on", changed.start)
    page.get_by_role("button", name="Add this evidence").click()
    expect(page.get_by_text("the last nine figures all lie below the level before")).to_be_visible()
    page.get_by_role("link", name="Contacts before and after").click()
    expect(page.locator(".tf-chart__wide svg")).to_be_visible()
    check_accessible(page)

    sign_in(page, scrutineer)
    page.goto(reverse("action_judge", args=["fairmead", ours.pk]))
    page.get_by_label("Contacts before and after").check()
    page.get_by_label("Impact shown", exact=True).check()
    page.get_by_label("Why do you judge it so?").fill("The change is more than noise and nothing else changed.")
    page.get_by_role("button", name="Record this judgement").click()
    page.get_by_role("button", name="Close it").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("It is closed: impact shown.")).to_be_visible()

    page.goto(reverse("priority_detail", args=["fairmead", priority.pk]))
    expect(page.get_by_text("2 actions: 1 refused and 1 closed with impact shown.")).to_be_visible()
    expect(page.locator(".pl-chain__wide svg")).to_have_attribute("aria-label", re.compile("impact shown"))
    expect(page.get_by_role("heading", name="What the evidence shows")).to_be_visible()
    expect(page.locator(".tf-chart__wide svg")).to_have_attribute("aria-label", re.compile("Change, 1 "))
    check_accessible(page)
    sign_in(phone, world.bob)
    phone.goto(reverse("priority_detail", args=["fairmead", priority.pk]))
    expect(phone.locator(".pl-chain__narrow svg")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    meeting = _executive_meets(world)
    sign_in(page, world.manager)
    page.goto(reverse("meeting_detail", args=["fairmead", meeting.pk]))
    _put_into_the_papers(page, f"Front door, {year}", "2. The plan: the front door")
    check_accessible(page)
    sign_in(page, scrutineer)
    page.goto(reverse("meeting_detail", args=["fairmead", meeting.pk]))
    row = page.get_by_role("row", name="2. The plan: the front door").first
    expect(row.get_by_role("link", name="Priority: Front door")).to_be_visible()
    _has_the_chain(_pack(page, tmp_path))
