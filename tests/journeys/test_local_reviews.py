"""A baby with injuries that ends in learning without a full review; a joint review of two partnerships that ends
published. Each time limit is held against days worked out by hand.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.reviews.late import TITLE, a_draft, a_finding, impact, positions, sent_to_all
from tests.reviews.made import CHILD, TEXT, agreed, asked, handed_in, notified, partners, reading, written
from tests.reviews.test_joint import neighbour
from tests.world import World
from trefoil.clocks.models import Clock
from trefoil.people.models import Person
from trefoil.reviews.enums import NextStepKind, ReviewState
from trefoil.reviews.enums_local import Theme
from trefoil.reviews.models import Review
from trefoil.reviews.operations.commissions import Terms, commission_review
from trefoil.reviews.operations.rapid import decide_next_step, send_rapid_review, take_review_position
from trefoil.reviews.rules import speakers_of

pytestmark = pytest.mark.journey
SignIn = Callable[[Page, Person], None]
Check = Callable[[Page], None]


def _filled(page: Page, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"#id_{name}_{part}").fill(str(value))


def _due(review: Review, rule: str) -> date | None:
    return Clock.objects.about(review.subject).under(rule).latest("pk").due_day


def test_baby_with_injuries_ends_in_learning_without_a_full_review(
    page: Page, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    """Known on Friday 13 November 2026, notified on Tuesday the 17th: the rapid review is due on Tuesday 8 December."""
    now = timezone.now()
    review = notified(world, now, words="A broken arm and two older rib fractures, three months old.")
    assert (_due(review, "SI-NOT"), _due(review, "SI-RR")) == (date(2026, 11, 20), date(2026, 12, 8))
    handed_in(asked(review, world.health, world.bob, now), now)
    written(review, now)
    agreed(review, partners(world, now), now, NextStepKind.OTHER_LEARNING)
    sign_in(page, world.manager)
    page.goto(reverse("review_detail", args=["fairmead", review.reference]))
    expect(page.get_by_role("img", name="The review drawn to scale in time").first).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Decide the next step").click()
    page.get_by_label("Learning in another way, without a local review").check()
    page.locator("#id_reasons").fill("The learning is plain; an audit brings it out sooner.")
    _filled(page, "decided_on", timezone.localdate())
    page.get_by_role("button", name="Put it on record").click()
    page.get_by_role("button", name="Say that it was sent").click()
    _filled(page, "sent_on", timezone.localdate())
    page.get_by_role("button", name="It was sent").or_(page.get_by_role("button", name="Put it on record")).click()
    page.get_by_role("link", name="What follows").click()
    page.get_by_role("link", name="Say what is done and by when").click()
    page.get_by_label("Multi-agency audit").check()
    page.locator("#id_words").fill("Thirty first visits are looked at by two agencies together.")
    _filled(page, "due_on", timezone.localdate() + timedelta(days=60))
    page.get_by_role("button", name="Put it on record").click()
    page.get_by_role("link", name="Write down a finding").click()
    page.get_by_label("Injuries to babies").check()
    page.locator("#id_words").fill("A bruise at seven weeks was shown to nobody.")
    page.get_by_role("button", name="Put it on record").click()
    check_accessible(page)
    page.get_by_role("link", name="Say what was learnt, and end it").click()
    page.locator("#id_learnt").fill("In nine of thirty visits nobody asked who else looks after the baby.")
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_text("The learning has ended.").first).to_be_visible()
    review.refresh_from_db()
    assert review.state == ReviewState.LEARNT
    assert not Clock.objects.about(review.subject).open().exists()
    page.goto(reverse("learning_library", args=["fairmead"]))
    expect(page.get_by_text("A bruise at seven weeks was shown to nobody.")).to_be_visible()
    check_accessible(page)


def _decided(world: World, review: Review, now: datetime) -> None:
    """By the partners of both sides; then a reviewer, a report, and what publishing would mean."""
    written(review, now)
    partners(world, now)
    day, by = timezone.localdate(now), world.manager
    for person in speakers_of(review, day):
        assert person.agency is not None
        stance = NextStepKind.LOCAL_REVIEW
        take_review_position(review=review, agency=person.agency, person=person, stance=stance, by=by, now=now)
    decide_next_step(review=review, kind=stance, reasons=TEXT, decided_on=day, by=by, now=now)
    send_rapid_review(review=review, sent_on=day, by=by, now=now)
    terms = Terms(TEXT, "Systems review", "An independent reviewer", TEXT)
    commission_review(review=review, terms=terms, agreed_on=day, by=by, now=now)
    a_draft(review, now)
    a_finding(review, now, Theme.MOVES, "Each area closed its record when the other opened one.")
    impact(review, now)


def _publishes(page: Page, review: Review, day: date) -> None:
    page.goto(reverse("note_new", args=["fairmead", review.reference, "publish"]))
    page.get_by_label("The whole report").check()
    _filled(page, "published_on", day)
    page.locator("#id_title").fill(TITLE)
    page.get_by_role("button", name="Put it on record").click()


def test_joint_review_of_two_partnerships_ends_published(
    page: Page, phone: Page, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    """Decided on Sunday 22 November 2026: six months are over on 22 May 2027. To be published on Monday 4 January
    2027, the report is owed on Monday 21 December; sent a day late, it is published on 5 January at the earliest, and
    stays until 5 January 2028.
    """
    now = timezone.now()
    review, (_agency, harbury) = notified(world, now), neighbour(world, now)
    sign_in(page, world.manager)
    page.goto(reverse("review_local", args=["fairmead", review.reference]))
    page.get_by_role("link", name="Carry it together with another partnership").click()
    page.locator("#id_partnership").select_option(label=str(world.harbury))
    page.locator("#id_words").fill("Fairmead leads; each side asks its own agencies.")
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_text("They carry it too.").first).to_be_visible()
    reading(review, harbury, now)
    _decided(world, review, now)
    assert _due(review, "SI-LCSPR") == date(2027, 5, 22)

    sign_in(phone, harbury)
    phone.goto(reverse("review_local", args=["harbury", review.reference]))
    assert CHILD not in phone.content()
    phone.get_by_role("link", name="Put a partner’s position on publishing on record").click()
    phone.locator("#id_speaker").select_option(index=0)
    phone.get_by_label("The whole report").check()
    phone.get_by_role("button", name="Put it on record").click()
    expect(phone.get_by_text("The position is on record.").first).to_be_visible()
    check_accessible(phone)

    page.goto(reverse("note_new", args=["fairmead", review.reference, "plan"]))
    _filled(page, "planned_on", date(2027, 1, 4))
    page.get_by_role("button", name="Set this day").click()
    expect(page.get_by_text("Monday 4 January 2027")).to_be_visible()
    assert _due(review, "SI-PRE") == date(2026, 12, 21)
    with time_machine.travel(now + timedelta(days=30), tick=True):
        sent_to_all(review, timezone.now(), date(2026, 12, 22))
        positions(review, timezone.now())
    with time_machine.travel(now + timedelta(days=43), tick=True):
        sign_in(page, world.manager)
        _publishes(page, review, date(2027, 1, 5))
        expect(page.get_by_role("alert").get_by_text("cannot lie in the future")).to_be_visible()
        _filled(page, "published_on", date(2027, 1, 4))
        page.get_by_role("button", name="Put it on record").click()
        expect(page.get_by_role("alert").get_by_text("Tuesday 5 January 2027 at the earliest")).to_be_visible()
        check_accessible(page)
    with time_machine.travel(now + timedelta(days=45), tick=True):
        sign_in(page, world.manager)
        _publishes(page, review, date(2027, 1, 5))
        expect(page.get_by_text("It is published.").first).to_be_visible()
        check_accessible(page)
        assert _due(review, "SI-AVAIL") == date(2028, 1, 5)
        assert _due(review, "SI-LCSPR") == date(2027, 5, 22)
        sign_in(phone, world.bob)
        answer = phone.goto(reverse("review_local", args=["fairmead", review.reference]))
        assert answer is not None
        assert answer.status == 404
        phone.goto(reverse("learning_library", args=["fairmead"]))
        expect(phone.get_by_text(TITLE).first).to_be_visible()
        assert review.reference not in phone.content()
        check_accessible(phone)
