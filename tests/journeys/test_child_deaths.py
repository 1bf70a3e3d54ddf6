"""A baby’s death, from the hospital’s notice to a recommendation in the plan and a practice review begun from it.

Every day is an invented one of 2025, and every time limit was counted by hand.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.child_deaths.made import ANSWER, CHILD, STORY, notified, somebody, who
from tests.world import World
from trefoil.child_deaths.models import Death
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]

BORN, DIED = date(2025, 7, 30), date(2025, 8, 27)
# Known at half past nine on Monday 1 September: 48 hours end on Wednesday 3 September at half past nine.
KNOWN, NOTICE = date(2025, 9, 1), "3 September 2025, 09:30"
# Three months after Wednesday 27 August are over on Thursday 27 November.
MEETING = "27 November 2025"
# The report came on Monday 13 October: six weeks end on Monday 24 November.
HELD, REPORTED, PANEL = date(2025, 10, 8), date(2025, 10, 13), "24 November 2025"
JUDGED, SENT = date(2025, 11, 3), date(2025, 11, 5)
NAMED = f"{CHILD.split()[0]} was found in the morning. Both parents smoke, and the bed was shared."
PAPER = "A baby of four weeks, found in the morning. Both parents smoke, and the bed was shared."
CHANGE = "Talk about safer sleep at each visit, in the family’s language."


def _date(page: Page, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#id_{name}_{part}").fill(str(value))


def _words(page: Page, **fields: str) -> None:
    for name, words in fields.items():
        page.locator(f"#id_{name}").fill(words)


def _tick(page: Page, *fields: str) -> None:
    for name in fields:
        page.locator(f"#id_{name}").check()


def _press(page: Page, name: str, says: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(says).first).to_be_visible()


def the_hospital_notifies_and_sees_nothing_more(page: Page) -> str:
    page.goto(reverse("death_list", args=["fairmead"]))
    page.get_by_role("button", name="Notify a child’s death").click()
    _words(page, child_name=CHILD, known_time="09:30", notifier="A ward sister, 01632 960001", circumstances=STORY)
    _date(page, "born_on", BORN)
    _date(page, "died_on", DIED)
    _date(page, "known_on", KNOWN)
    page.get_by_label("Unexpected", exact=True).check()
    page.get_by_label("Female", exact=True).check()
    _press(page, "Notify", "It is notified. Whoever runs child death reviews here is told")
    reference = Death.objects.latest("pk").reference
    expect(page.get_by_text(reference)).to_have_count(0)
    return reference


def the_officer_takes_it_up_and_sees_its_time_limits(page: Page, reference: str) -> None:
    page.goto(reverse("death_list", args=["fairmead"]))
    page.get_by_role("link", name=f"Take up {reference}").click()
    _press(page, "Take it up", "You run this review now.")
    due = page.locator("section", has=page.get_by_role("heading", name="What is due"))
    expect(due).to_contain_text(f"Notice of a child’s death: {NOTICE}")
    expect(due).to_contain_text(f"Child death review meeting: {MEETING}")


def the_officer_finds_that_it_was_notified_twice(page: Page, again: str, reference: str) -> None:
    same = page.locator("section", has=page.get_by_role("heading", name="May be the same child"))
    expect(same).to_contain_text("A name that sounds alike, and the same date of birth")
    page.goto(reverse("death_take_up", args=["fairmead", again]))
    _press(page, "Take it up", "You run this review now.")
    page.get_by_role("link", name="Withdraw it").click()
    page.locator("#id_same_as").select_option(label=f"Yes: {reference}")
    _words(page, reason="The nursery notified the same child.")
    _press(page, "Withdraw it", f"It is the same child as {reference}.")


def health_police_and_social_care_respond_together(page: Page, reference: str) -> None:
    page.goto(reverse("death_detail", args=["fairmead", reference]))
    page.get_by_role("button", name="Decide on a joint agency response").click()
    _tick(page, "jar_1_1", "jar_2_0", "jar_3_1", "jar_4_1", "jar_5_1", "is_needed_0")
    _words(page, reasons="Sudden, and no cause is known yet.", deciders="A consultant, an inspector, a manager")
    _date(page, "decided_on", KNOWN)
    _press(page, "Put it on record", "The decision is on record.")
    for code in ("contacts", "visit"):
        page.goto(reverse("death_step", args=["fairmead", reference, code]))
        _date(page, "done_on", KNOWN)
        _words(page, words="A nurse and a detective, together.")
        _press(page, "Put it on record", "The step is on record.")


def an_agency_is_asked(page: Page, world: World) -> None:
    page.get_by_role("link", name="Ask an agency what it knows").click()
    page.locator("#id_agency").select_option(str(world.police.pk))
    page.locator("#id_person").select_option(str(world.dana.pk))
    _press(page, "Ask them", "They are told that their agency is asked.")


def the_agency_answers_and_reads_nothing_else(page: Page, reference: str) -> None:
    page.goto(reverse("my_work", args=["fairmead"]))
    page.get_by_role("link", name="Write it").click()
    _tick(page, "known_0")
    _words(page, involvement=ANSWER, factors="Smoke in the home.", care="Seen twice.")
    _press(page, "Send it", "It is sent.")
    answer = page.goto(reverse("death_detail", args=["fairmead", reference]))
    assert answer is not None
    assert answer.status == 404


def the_review_meeting_is_put_on_record(page: Page, reference: str) -> None:
    page.goto(reverse("death_detail", args=["fairmead", reference]))
    expect(page.get_by_text("Answered").first).to_be_visible()
    page.get_by_role("button", name="Put the review meeting on record").click()
    _date(page, "held_on", HELD)
    _date(page, "report_on", REPORTED)
    _words(page, provider="Fairmead Hospital", words="No cause was found.", family="They asked whether he was cold.")
    _press(page, "Put it on record", "The meeting is on record.")
    expect(page.get_by_text(f"Panel reviews the death: {PANEL}")).to_be_visible()


def the_paper_must_not_name_the_child(page: Page) -> None:
    page.get_by_role("button", name="Write the paper for the panel").click()
    _words(page, words=NAMED)
    _press(page, "Save the paper", "a part of the child’s name on line 1")
    _words(page, words=PAPER)
    _press(page, "Save the paper", "The paper is written.")


def a_panel_is_called_with_a_member(page: Page, member: Person) -> str:
    page.goto(reverse("panel_new", args=["fairmead"]))
    _date(page, "meets_on", JUDGED)
    _press(page, "Call it", "Panel of 3 November 2025")
    panel = page.url
    page.get_by_role("link", name="Put somebody on this panel").click()
    page.locator("#id_person").select_option(str(member.pk))
    _date(page, "ends_on", timezone.localdate() + timedelta(days=30))
    _press(page, "Put them on", "They may read the papers from now on.")
    return panel


def the_death_is_put_before_it(page: Page, reference: str) -> None:
    page.goto(reverse("death_detail", args=["fairmead", reference]))
    page.get_by_role("button", name="Put it before a panel").click()
    page.locator("#id_panel").select_option(index=0)
    _press(page, "Put it before the panel", "It is before the panel.")


def the_member_reads_a_paper_without_a_name(page: Page, panel: str, reference: str) -> None:
    page.goto(panel)
    expect(page.get_by_role("heading", name="Death A")).to_be_visible()
    text = page.locator("main").inner_text()
    assert PAPER in text
    assert not [words for words in (*CHILD.split(), reference, "27 August") if words in text]


def the_highest_category_counts_and_a_factor_can_be_changed(page: Page, reference: str) -> None:
    page.goto(reverse("death_analysis", args=["fairmead", reference]))
    page.get_by_label("9: Infection").check()
    page.get_by_label("10: Sudden unexpected, unexplained death").check()
    _tick(page, "A_score_1", "B_score_2", "C_score_1", "D_score_0")
    _words(page, B_words="Smoke, and a shared bed.", B_change=CHANGE, words="The panel agreed.")
    _date(page, "judged_on", JUDGED)
    _press(page, "Put it on record", "The analysis is on record.")
    expect(page.get_by_text("the highest that applies is the category, so it is 9")).to_be_visible()
    expect(page.get_by_text("Modifiable").first).to_be_visible()


def what_was_learnt_goes_into_the_plan(page: Page, reference: str) -> None:
    page.goto(reverse("death_recommend", args=["fairmead", reference]))
    _words(page, words=CHANGE)
    _press(page, "Put it into the plan", "It is in the plan.")
    page.get_by_role("link", name="Talk about safer sleep").click()
    expect(page.get_by_text("Talk about safer sleep").first).to_be_visible()
    assert reference not in page.content()


def the_manager_is_put_on_it(page: Page, manager: Person, reference: str) -> None:
    page.goto(reverse("death_reader_new", args=["fairmead", reference]))
    page.locator("#id_person").select_option(str(manager.pk))
    _tick(page, "role_1", "sees_identity_0")
    _date(page, "ends_on", timezone.localdate() + timedelta(days=30))
    _words(page, reason="Begins the practice review.")
    _press(page, "Put them on", "They may read it from now on.")


def a_practice_review_begins_and_nobody_types_the_name_again(page: Page, reference: str) -> None:
    page.goto(reverse("death_detail", args=["fairmead", reference]))
    page.get_by_role("link", name="Begin a practice review").click()
    expect(page.locator("#id_words")).to_have_value(STORY)
    _date(page, "known_on", timezone.localdate())
    _tick(page, "is_in_care_1")
    _press(page, "Record it", "The serious incident is recorded, and you lead its review.")
    page.locator("section", has=page.get_by_role("heading", name="Practice review")).get_by_role("link").click()
    page.get_by_role("link", name="Who it is about").click()
    expect(page.get_by_text(CHILD).first).to_be_visible()


def the_review_is_closed_in_time(page: Page, reference: str) -> None:
    page.goto(reverse("death_close", args=["fairmead", reference]))
    _date(page, "sent_on", SENT)
    _press(page, "Close it", "The review is closed.")
    due = page.locator("section", has=page.get_by_role("heading", name="What is due")).locator("li")
    expect(due.filter(has_text="Panel reviews the death")).not_to_contain_text("late")
    expect(due.filter(has_text="Notice of a child’s death")).to_contain_text("Met late")


def test_death_is_notified_reviewed_and_learnt_from(
    page: Page, phone: Page, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    officer, now = world.holder[DutyKind.CHILD_DEATH_OFFICER], timezone.now()
    hospital = somebody(world, "Hospital lead", DutyKind.AGENCY_LEAD, now, agency=world.health, for_agency=True)
    sign_in(phone, hospital)
    reference = the_hospital_notifies_and_sees_nothing_more(phone)
    check_accessible(phone)
    alike = who(child_name="Linet Ashgrove-Pyke", born_on=BORN)
    again = notified(world, now, by=world.bob, identity=alike, died_on=DIED).reference

    sign_in(page, officer)
    the_officer_takes_it_up_and_sees_its_time_limits(page, reference)
    check_accessible(page)
    the_officer_finds_that_it_was_notified_twice(page, again, reference)
    health_police_and_social_care_respond_together(page, reference)
    an_agency_is_asked(page, world)
    sign_in(phone, world.dana)
    the_agency_answers_and_reads_nothing_else(phone, reference)
    the_review_meeting_is_put_on_record(page, reference)
    the_paper_must_not_name_the_child(page)
    panel = a_panel_is_called_with_a_member(page, world.analyst)
    check_accessible(page)
    the_death_is_put_before_it(page, reference)
    sign_in(phone, world.analyst)
    the_member_reads_a_paper_without_a_name(phone, panel, reference)
    check_accessible(phone)
    the_highest_category_counts_and_a_factor_can_be_changed(page, reference)
    check_accessible(page)
    what_was_learnt_goes_into_the_plan(page, reference)
    the_manager_is_put_on_it(page, world.manager, reference)
    sign_in(phone, world.manager)
    a_practice_review_begins_and_nobody_types_the_name_again(phone, reference)
    the_review_is_closed_in_time(page, reference)
    check_accessible(page)
