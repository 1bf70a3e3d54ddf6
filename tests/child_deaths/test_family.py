"""Support for the family, children who lived elsewhere, the partners' reports, and a practice review that was first."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.child_deaths.made import (
    BORN,
    CHILD,
    TEXT,
    answered,
    asked,
    closed,
    gathering,
    heard,
    judged,
    notice,
    notified,
    reading,
    somebody,
    who,
)
from tests.child_deaths.test_pages import Walk, day
from tests.reviews.made import reading as reading_review
from tests.reviews.made import recorded
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.child_deaths.enums import DeathState, EthnicGroup, Home
from trefoil.child_deaths.figures import Block, notifications_in, reviews_in
from trefoil.child_deaths.linking import reviews_of_the_child
from trefoil.child_deaths.models import Death, FamilySupport, PartnersReport, PassedOn, PracticeReview
from trefoil.child_deaths.operations.analysis import begin_practice_review, close_death
from trefoil.child_deaths.operations.deaths import correct_notice
from trefoil.child_deaths.operations.family import note_family_support, pass_on
from trefoil.child_deaths.operations.practice import link_practice_review
from trefoil.child_deaths.operations.reports import note_report, take_back_report
from trefoil.child_deaths.operations.response import write_step
from trefoil.child_deaths.operations.retention import delete_words, set_death_retention
from trefoil.child_deaths.operations.undoing import undo_last_step
from trefoil.clocks.models import Clock
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.reviews.models import Review
from trefoil.reviews.operations.incidents import Identity

ClientFor = Callable[[Person], Client]
BLOCK = Block(2026)
WORKER = "Nurse Ivy Larkspur, bereavement team, 01632 960044"


def supported(death: Death, now: datetime, **named: Any) -> FamilySupport:
    given = {"key_worker": WORKER, "words": TEXT, "told_on": timezone.localdate(now), **named}
    return note_family_support(death=death, by=death.recorded_by, now=now, **given)


def away(world: World, now: datetime) -> Death:
    """A child of another area, who died here."""
    return gathering(world, now, home=Home.ELSEWHERE, home_area="Oakshire")


def passed(death: Death, now: datetime, **named: Any) -> PassedOn:
    given = {"to": "Oakshire panel", "passed_on": timezone.localdate(now), "words": TEXT, **named}
    return pass_on(death=death, by=death.recorded_by, now=now, **given)


def test_support_for_the_family_is_kept_and_counted(world: World, now: datetime) -> None:
    death = closed(world, now)
    assert [one.has_key_worker for one in reviews_in(world.fairmead, BLOCK)] == [False]
    supported(death, now)
    supported(death, now, key_worker="They want none.")
    assert [one.key_worker for one in death.family_support.all()] == [WORKER, "They want none."]
    assert [one.has_key_worker for one in reviews_in(world.fairmead, BLOCK)] == [True]
    lines = AuditEvent.objects.filter(event=EventType.DEATH_FAMILY_SUPPORTED)
    assert {(line.subject, str(line.detail), line.reason) for line in lines} == {(death.subject, "{}", "")}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"key_worker": " "}, "who the key worker is"),
        ({"words": "so"}, "Say what the family"),
        ({"days": 1}, "future"),
        ({"days": -11}, "before the death"),
    ],
)
def test_note_family_support_refuses(world: World, now: datetime, changed: dict, words: str) -> None:
    if "days" in changed:
        changed = {"told_on": timezone.localdate(now) + timedelta(days=changed["days"])}
    with pytest.raises(NotAllowedError, match=words):
        supported(notified(world, now), now, **changed)
    death = Death.objects.get()
    with pytest.raises(NotAllowedError, match="Only who runs"):
        note_family_support(
            death=death, key_worker=WORKER, words=TEXT, told_on=death.died_on, by=world.analyst, now=now
        )


def test_child_of_another_area_is_passed_on_and_counted_there(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="in which area"):
        notified(world, now, home=Home.ELSEWHERE)
    here = gathering(world, now, identity=who(child_name="Rowan Here", born_on=None), ethnic_group=EthnicGroup.ASIAN)
    death = away(world, now)
    assert [one.ethnic_group for one in notifications_in(world.fairmead, BLOCK)] == [EthnicGroup.ASIAN.label]
    with pytest.raises(NotAllowedError, match="normally lived here"):
        passed(here, now)
    request = asked(death, world.police, world.dana, now)
    with pytest.raises(NotAllowedError, match="still owe an answer"):
        passed(death, now)
    answered(request, now)
    with pytest.raises(NotAllowedError, match="to whom"):
        passed(death, now, to=" ")
    passed(death, now)
    assert death.state == DeathState.PASSED_ON
    running = Clock.objects.about(death.subject).open()
    assert set(running.values_list("rule_id", flat=True)) == {"CD-JAR"}
    with pytest.raises(NotAllowedError, match="Undo that first"):
        correct_notice(death=death, notice=notice(now), by=world.manager, now=now)
    # The response belongs to where the child died, and goes on.
    write_step(death=death, code="visit", done_on=death.died_on, words=TEXT, by=world.manager, now=now)
    undo_last_step(death=death, reason="They sent it back.", by=world.manager, now=now)
    assert death.state == DeathState.GATHERING
    assert running.under("CD-CDRM").exists()
    assert not death.passed_on.filter(undone_at__isnull=True).exists()


def test_what_was_passed_on_is_kept_for_its_time_and_then_deleted(world: World, now: datetime) -> None:
    death = away(world, now)
    supported(death, now)
    passed(death, now)
    set_death_retention(partnership=world.fairmead, years=1, why=TEXT, by=world.manager, now=now)
    given = {"death": death, "reason": TEXT, "by": world.manager}
    with pytest.raises(NotAllowedError, match="kept until 22 November 2027"):
        delete_words(now=now + timedelta(days=300), **given)
    death.readers.update(ends_on=date(2028, 1, 1))
    delete_words(now=now + timedelta(days=366), **given)
    row, support = PassedOn.objects.get(), FamilySupport.objects.get()
    assert (row.to, row.words, support.key_worker, support.words) == ("", "", "", "")
    assert Death.objects.get().home_area == ""


def reported(world: World, now: datetime, published_on: date, **named: Any) -> PartnersReport:
    given = {"title": "Two years of child death reviews", "address": "", "by": world.manager, **named}
    return note_report(partnership=world.fairmead, published_on=published_on, now=now, **given)


def running(world: World) -> list[tuple[date, date]]:
    """Of each clock of the reports that runs: its start, and the day on which it is due."""
    clocks = Clock.objects.under("CD-REP").open()
    return [(timezone.localdate(one.started_at), timezone.localdate(one.due_at)) for one in clocks if one.due_at]


def test_time_to_the_next_report_runs_from_the_latest(world: World, now: datetime) -> None:
    first = reported(world, now, date(2025, 3, 14))
    # Twelve months after 14 March 2025.
    assert running(world) == [(date(2025, 3, 14), date(2026, 3, 14))]
    second = reported(world, now, date(2026, 6, 1))
    assert running(world) == [(date(2026, 6, 1), date(2027, 6, 1))]
    stopped = Clock.objects.under("CD-REP").get(stopped_at__isnull=False)
    assert timezone.localdate(stopped.stopped_at) == date(2026, 6, 1)
    # One of between is history, and moves nothing.
    reported(world, now, date(2025, 9, 1))
    assert running(world) == [(date(2026, 6, 1), date(2027, 6, 1))]
    take_back_report(report=second, reason="It was a draft.", by=world.manager, now=now)
    assert running(world) == [(date(2025, 9, 1), date(2026, 9, 1))]
    with pytest.raises(NotAllowedError, match="already"):
        take_back_report(report=second, reason="It was a draft.", by=world.manager, now=now)
    assert not first.undone_at


def test_note_report_refuses(world: World, now: datetime) -> None:
    notified(world, now)
    today = timezone.localdate(now)
    with pytest.raises(NotAllowedError, match="names a child"):
        reported(world, now, today, title=f"Learning from {CHILD}")
    with pytest.raises(NotAllowedError, match="future"):
        reported(world, now, today + timedelta(days=1))
    with pytest.raises(NotAllowedError, match="which title"):
        reported(world, now, today, title=" ")
    with pytest.raises(NotAllowedError, match="duties here"):
        reported(world, now, today, by=world.analyst)
    assert not Clock.objects.under("CD-REP").exists()


def incident(world: World, now: datetime, **named: Any) -> Review:
    """A serious incident of the same child, recorded first."""
    died_on = timezone.localdate(now) - timedelta(days=10)
    identity = Identity(**({"child_name": CHILD, "born_on": BORN} | named))
    return recorded(world, now, identity=identity, happened_on=died_on, known_on=died_on)


def test_practice_review_that_was_first_is_linked_and_not_begun_twice(world: World, now: datetime) -> None:
    review, death = incident(world, now), notified(world, now)
    begin = {"known_on": death.died_on, "words": TEXT, "is_in_care": False}
    with pytest.raises(NotAllowedError, match=f"{review.reference}, which is about this child"):
        begin_practice_review(death=death, by=world.manager, now=now, **begin)
    link_practice_review(death=death, review=review, by=world.manager, now=now)
    assert PracticeReview.objects.get().review == review
    with pytest.raises(NotAllowedError, match="already"):
        link_practice_review(death=death, review=review, by=world.manager, now=now)
    assert AuditEvent.objects.filter(event=EventType.PRACTICE_REVIEW_LINKED).count() == 1


def test_link_offers_only_what_one_leads_of_the_same_child(world: World, now: datetime) -> None:
    review, death = incident(world, now), notified(world, now)
    other = incident(world, now, child_name="Rowan Elsewhere", born_on=date(2020, 1, 1))
    spare = somebody(world, "Spare", DutyKind.BUSINESS_MANAGER, now)
    reading(death, spare, now, sees_identity=True)
    identity = death.identity
    mine, theirs = (standing_of(one, world.fairmead, now=now) for one in (world.manager, spare))
    assert reviews_of_the_child(mine, identity) == [review]
    assert reviews_of_the_child(theirs, identity) == []
    # To read one is not to lead it.
    reading_review(review, spare, now, sees_identity=True)
    assert reviews_of_the_child(theirs, identity) == []
    for one, by in ((other, world.manager), (review, spare)):
        with pytest.raises(NotAllowedError, match="that you lead, of the same child"):
            link_practice_review(death=death, review=one, by=by, now=now)
    # Whoever does not lead it is not told of it either: they begin one, and the lead of the first sees two.
    begun = begin_practice_review(death=death, known_on=death.died_on, words=TEXT, is_in_care=False, by=spare, now=now)
    assert begun != review


def test_twin_is_no_double(world: World, now: datetime) -> None:
    incident(world, now, child_name="Robin Ashgrove-Pike")
    death = notified(world, now)
    given = {"known_on": death.died_on, "words": TEXT, "is_in_care": False}
    assert begin_practice_review(death=death, by=world.manager, now=now, **given)


def test_time_limit_of_a_step_done_again_counts_as_it_was_last(world: World, now: datetime) -> None:
    death = heard(world, now)
    judged(death, now)
    close_death(death=death, sent_on=timezone.localdate(now), by=world.manager, now=now)
    assert [one.panel_in_time for one in reviews_in(world.fairmead, BLOCK)] == [True]
    undo_last_step(death=death, reason="It was not sent.", by=world.manager, now=now)
    # Six weeks from the report have passed.
    then = now + timedelta(days=60)
    close_death(death=death, sent_on=timezone.localdate(then), by=world.manager, now=then)
    assert [one.panel_in_time for one in reviews_in(world.fairmead, BLOCK)] == [False]


def test_family_and_home_from_their_pages(world: World, now: datetime, client_for: ClientFor) -> None:
    death = away(world, now)
    walk, today = Walk(client_for(world.manager), death.reference), timezone.localdate(now)
    assert "No key worker for the family is on record" in walk.see("death_detail")
    after = walk.send("death_support", key_worker=WORKER, words=TEXT, **day("told_on", today))
    assert WORKER in after
    assert "In another area of England – Oakshire" in after
    after = walk.send("death_pass_on", to="Oakshire panel", words=TEXT, **day("passed_on", today))
    assert "Passed on to Oakshire panel" in after
    figures = Walk(client_for(world.manager))
    after = figures.send("death_report_new", title="Two years", address="", **day("published_on", today))
    assert "22 November 2027" in after
    report = PartnersReport.objects.get()
    assert "No report is on record" in figures.send("death_report_back", report.pk, reason="It was a draft.")
    partner = client_for(world.holder[DutyKind.SAFEGUARDING_PARTNER])
    assert partner.get(figures.path("death_figures")).status_code == 200
    assert partner.get(figures.path("death_report_new")).status_code == 404


def test_practice_review_is_linked_from_its_page(world: World, now: datetime, client_for: ClientFor) -> None:
    review, death = incident(world, now), notified(world, now)
    walk = Walk(client_for(world.manager), death.reference)
    assert "Link one that is already there" in walk.see("death_detail")
    assert review.reference in walk.send("death_practice_link", review=review.pk)
