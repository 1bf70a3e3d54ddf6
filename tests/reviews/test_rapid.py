"""The rapid review: agencies' parts, sections, criteria, three partners' positions, the next step, the plan."""

from datetime import date, datetime, timedelta

import pytest

from tests.reviews.made import PART, TEXT, Partners, agreed, asked, handed_in, notified, partners, reading, written
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.plan.models import Recommendation
from trefoil.reviews.editions import criteria, edition_on
from trefoil.reviews.enums import Answer, NextStepKind, ReviewState
from trefoil.reviews.models import Review
from trefoil.reviews.needs import parts_owed_by
from trefoil.reviews.operations.rapid import (
    answer_criterion,
    decide_next_step,
    recommend,
    send_rapid_review,
    take_review_position,
    write_section,
)
from trefoil.reviews.operations.undoing import undo_last_step

LOCAL = NextStepKind.LOCAL_REVIEW


def step(review: Review, now: datetime, kind: NextStepKind = LOCAL, decided_on: date = date(2026, 11, 21)) -> None:
    decide_next_step(review=review, kind=kind, reasons=TEXT, decided_on=decided_on, by=review.recorded_by, now=now)


@pytest.fixture
def ready(world: World, now: datetime) -> tuple[Review, Partners]:
    """Everything is written, and nobody has taken a position."""
    review = notified(world, now)
    written(review, now)
    return review, partners(world, now)


def test_edition_on_asks_for_inequality_from_the_panels_guidance_on() -> None:
    assert [one.code for one in edition_on(date(2025, 5, 31)).sections] == ["facts", "safety", "improvement", "next"]
    assert "inequality" in [one.code for one in edition_on(date(2025, 6, 1)).sections]
    assert edition_on(date(2026, 3, 18)).code == "wt2026"
    assert edition_on(date(2000, 1, 1)).code == "wt2018"
    assert [one.must for one in criteria()] == [True] * 4 + [False] * 4


def test_hand_in_part_takes_it_off_the_list_and_a_correction_stays_beside_it(world: World, now: datetime) -> None:
    review = notified(world, now)
    request = asked(review, world.police, world.dana, now)
    standing = standing_of(world.dana, world.fairmead, now=now)
    assert list(parts_owed_by(standing)) == [request]
    handed_in(request, now)
    assert not parts_owed_by(standing).exists()
    handed_in(request, now, safety="The lock was changed.")
    assert [one.safety for one in request.parts.all()] == [PART["safety"], "The lock was changed."]
    assert AuditEvent.objects.filter(event=EventType.REVIEW_PART_HANDED_IN).count() == 2


def test_hand_in_part_twice_or_for_the_wrong_review_is_refused(world: World, now: datetime) -> None:
    first, second = notified(world, now), notified(world, now)
    request = asked(first, world.police, world.dana, now)
    handed_in(request, now)
    with pytest.raises(NotAllowedError, match="handed in already"):
        handed_in(request, now)
    with pytest.raises(NotAllowedError, match="meant for this one"):
        handed_in(asked(second, world.police, world.dana, now), now)
    with pytest.raises(NotAllowedError, match="Only the person who was asked"):
        handed_in(request, now, by=world.bob, safety=TEXT)


def test_hand_in_part_is_refused_when_the_reading_has_ended(world: World, now: datetime) -> None:
    request = asked(notified(world, now), world.police, world.dana, now, due_on=date(2026, 11, 24))
    # Two weeks after it was due, on 8 December, is the last day.
    with pytest.raises(NotAllowedError, match="Only the person who was asked"):
        handed_in(request, now + timedelta(days=17))
    handed_in(request, now + timedelta(days=16))
    assert request.parts.count() == 1


@pytest.mark.parametrize(
    ("named", "why"), [({"due_on": date(2026, 11, 21)}, "due between"), ({"due_on": date(2028, 1, 1)}, "due between")]
)
def test_ask_agency_refuses_days_that_cannot_be(world: World, now: datetime, named: dict[str, date], why: str) -> None:
    with pytest.raises(NotAllowedError, match=why):
        asked(notified(world, now), world.police, world.dana, now, **named)


def test_ask_agency_once_and_only_somebody_here(world: World, now: datetime) -> None:
    review = notified(world, now)
    with pytest.raises(NotAllowedError, match="holds no duty"):
        asked(review, world.police, world.charlie, now)
    asked(review, world.police, world.dana, now)
    with pytest.raises(NotAllowedError, match="asked already"):
        asked(review, world.police, world.bob, now)


def test_write_section_and_answer_criterion_know_the_lists(world: World, now: datetime) -> None:
    review = notified(world, now)
    with pytest.raises(NotAllowedError, match="no such section"):
        write_section(review=review, code="weather", words=TEXT, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="no such criterion"):
        answer_criterion(review=review, code="LC-9", answer=Answer.NO, words=TEXT, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="Say why, for LC-1"):
        answer_criterion(review=review, code="LC-1", answer=Answer.NO, words="No.", by=world.manager, now=now)


def test_decide_next_step_needs_every_section_criterion_and_partner(world: World, now: datetime) -> None:
    review, speakers = notified(world, now), partners(world, now)
    with pytest.raises(NotAllowedError, match="Inequality"):
        step(review, now)
    for section in edition_on(date(2026, 11, 17)).sections:
        write_section(review=review, code=section.code, words=TEXT, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="Still open: LC-1, LC-2"):
        step(review, now)
    written(review, now)
    with pytest.raises(NotAllowedError, match="Still silent"):
        step(review, now)
    agreed(review, speakers, now)
    step(review, now)
    assert review.state == ReviewState.DECIDED


def test_decide_next_step_waits_until_partners_hold_the_same_right(
    world: World, now: datetime, ready: tuple[Review, Partners]
) -> None:
    review, speakers = ready
    agreed(review, speakers, now)
    apart = {"agency": world.police, "person": speakers.police, "by": world.manager, "now": now}
    take_review_position(review=review, stance=NextStepKind.NOTHING_MORE, reason="Nothing new.", **apart)
    with pytest.raises(NotAllowedError, match="Fairmead Police holds another step right"):
        step(review, now)
    assert review.positions.filter(agency=world.police).count() == 2
    take_review_position(review=review, stance=LOCAL, **apart)
    step(review, now)


def test_take_review_position_is_a_partners_own(world: World, now: datetime, ready: tuple[Review, Partners]) -> None:
    review, speakers = ready
    named = {"review": review, "agency": world.police, "stance": LOCAL, "now": now}
    with pytest.raises(NotAllowedError, match="reads this review"):
        take_review_position(person=speakers.police, by=speakers.police, **named)
    reading(review, speakers.police, now)
    take_review_position(person=speakers.police, by=speakers.police, **named)
    assert AuditEvent.objects.filter(event=EventType.REVIEW_POSITION_TAKEN).count() == 1
    with pytest.raises(NotAllowedError, match="does not hold the duty"):
        take_review_position(person=speakers.health, by=world.manager, **named)
    reading(review, speakers.health, now)
    with pytest.raises(NotAllowedError, match="Only who leads"):
        take_review_position(person=speakers.police, by=speakers.health, **named)


def test_send_rapid_review_ends_its_time_and_can_be_undone(
    world: World, now: datetime, ready: tuple[Review, Partners]
) -> None:
    review, speakers = ready
    agreed(review, speakers, now)
    with pytest.raises(NotAllowedError, match="before the incident was notified"):
        step(review, now, decided_on=date(2026, 11, 16))
    step(review, now)
    with pytest.raises(NotAllowedError, match="before the next step"):
        send_rapid_review(review=review, sent_on=date(2026, 11, 20), by=world.manager, now=now)
    send_rapid_review(review=review, sent_on=date(2026, 11, 22), by=world.manager, now=now)
    clocks = Clock.objects.about(review.subject).under("SI-RR")
    assert clocks.get().status_at(now) == "met"
    undo_last_step(review=review, reason="It went without its last page.", by=world.manager, now=now)
    assert clocks.open().get().due_day == date(2026, 12, 8)
    undo_last_step(review=review, reason="A partner thinks again.", by=world.manager, now=now)
    assert review.state == ReviewState.RAPID
    assert review.next_steps.get().undone_reason == "A partner thinks again."


def test_recommend_puts_words_into_the_plan_and_not_the_review(world: World, now: datetime) -> None:
    review = notified(world, now)
    recommend(review=review, words="Ask about windows at the first visit.", by=world.manager, now=now)
    added = Recommendation.objects.get()
    assert (added.source_kind, added.source_reference) == ("other", "Learning from practice")
    said = str(AuditEvent.objects.filter(event=EventType.RECOMMENDATION_ADDED).values_list("detail", "subject"))
    assert review.reference not in said
    assert review.recommendations.get().recommendation == added
