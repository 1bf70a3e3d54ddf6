"""Publication: what it needs first, its days worked out by hand, what the plan says then, and taking it down."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.reviews.late import TITLE, a_draft, impact, local, positions, published, ready, recommended, sent_to_all
from tests.reviews.made import CHILD, TEXT, a_letter
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.clocks.reckoning.status import Status
from trefoil.plan.models import Recommendation
from trefoil.reviews.enums import LetterSubject, Recipient, ReviewState
from trefoil.reviews.enums_local import HowPublished
from trefoil.reviews.models import STANDS, Review
from trefoil.reviews.operations.letters import take_back_letter
from trefoil.reviews.operations.publication import plan_publication, take_down, take_publishing_position
from trefoil.reviews.operations.taking_back import take_back
from trefoil.reviews.operations.undoing import undo_last_step
from trefoil.reviews.queries_report import earliest_publication

# Christmas 2026, by hand: before Monday 4 January 2027 the working days are 31, 30, 29, 24, 23, 22 and 21 December.
# 25 and 28 December and 1 January are bank holidays.
PLANNED, SEND_BY = date(2027, 1, 4), date(2026, 12, 21)


def _at(now: datetime, day: date) -> datetime:
    return now + timedelta(days=(day - timezone.localdate(now)).days)


def _clock(review: Review, rule: str) -> Clock:
    return Clock.objects.about(review.subject).under(rule).latest("pk")


def test_plan_publication_says_by_when_the_report_goes(world: World, now: datetime) -> None:
    review = local(world, now)
    plan_publication(review=review, planned_on=date(2027, 1, 22), by=world.manager, now=now)
    assert _clock(review, "SI-PRE").due_day == date(2027, 1, 13)
    plan_publication(review=review, planned_on=PLANNED, by=world.manager, now=now)
    assert _clock(review, "SI-PRE").due_day == SEND_BY
    assert Clock.objects.about(review.subject).under("SI-PRE").open().count() == 1
    with pytest.raises(NotAllowedError, match="today or in the future"):
        plan_publication(review=review, planned_on=date(2026, 11, 1), by=world.manager, now=now)
    assert AuditEvent.objects.filter(event=EventType.REVIEW_PUBLICATION_PLANNED).count() == 2
    row = review.publication_plans.filter(STANDS).get()
    take_back(review=review, row=row, reason="The trial is in the way.", by=world.manager, now=now)
    assert not Clock.objects.about(review.subject).under("SI-PRE").open().exists()


def test_publish_review_in_time_ends_and_begins_its_clocks(world: World, now: datetime) -> None:
    review = local(world, now)
    made = recommended(review, now)
    plan_publication(review=review, planned_on=PLANNED, by=world.manager, now=now)
    then = _at(now, SEND_BY)
    ready(review, then)
    sent_to_all(review, then, SEND_BY)
    assert _clock(review, "SI-PRE").status_at(then) is Status.MET
    assert earliest_publication(review) == PLANNED
    published(review, _at(now, PLANNED), PLANNED)
    assert review.state == ReviewState.PUBLISHED
    assert _clock(review, "SI-LCSPR").status_at(_at(now, PLANNED)) is Status.MET
    assert _clock(review, "SI-AVAIL").due_day == date(2028, 1, 4)
    told = Recommendation.objects.get(pk=made.recommendation_id)
    assert (told.source_kind, told.source_reference) == ("lcspr", TITLE)
    assert AuditEvent.objects.filter(event=EventType.REVIEW_PUBLISHED).count() == 1


def test_publish_review_a_day_early_is_refused_with_the_rule(world: World, now: datetime) -> None:
    review = local(world, now)
    then = _at(now, date(2026, 12, 22))
    ready(review, then)
    sent_to_all(review, then, date(2026, 12, 22))
    # One day later than the last good day: seven working days on is Tuesday 5 January.
    with pytest.raises(NotAllowedError, match=r"rule SI-PRE.*5 January 2027 at the earliest"):
        published(review, _at(now, PLANNED), PLANNED)
    published(review, _at(now, date(2027, 1, 5)), date(2027, 1, 5))
    assert review.state == ReviewState.PUBLISHED


def test_publish_review_needs_everything_first(world: World, now: datetime) -> None:
    review, late = local(world, now), _at(now, date(2027, 1, 20))

    def refused(why: str, **named: object) -> None:
        with pytest.raises(NotAllowedError, match=why):
            published(review, late, timezone.localdate(late), **named)

    refused("final report is not")
    a_draft(review, now)
    refused("assessed first")
    with pytest.raises(NotAllowedError, match="assessed first"):
        positions(review, now)
    impact(review, now, HowPublished.REDACTED)
    refused("another conclusion")
    refused("Still silent: Fairmead Children's Services, Fairmead Health, Fairmead Police", how=HowPublished.REDACTED)
    speakers = positions(review, now, HowPublished.REDACTED)
    agency = speakers[0].agency
    assert agency is not None
    take_publishing_position(
        review=review, agency=agency, person=speakers[0], stance=HowPublished.WHOLE, by=world.manager, now=now
    )
    refused(f"Talk it out first with: {agency}", how=HowPublished.REDACTED)
    positions(review, now, HowPublished.REDACTED)
    refused("reasons why not all of it", how=HowPublished.REDACTED)
    a_letter(review, now, to=Recipient.PANEL, subject=LetterSubject.WITHHELD)
    refused("Not sent to: The national panel, Ofsted", how=HowPublished.REDACTED)
    sent_to_all(review, now, timezone.localdate(now))
    refused("names a child", how=HowPublished.REDACTED, title=f"The review about {CHILD.split()[0]}")
    refused("under which title", how=HowPublished.REDACTED, title=" ")
    published(review, late, timezone.localdate(late), HowPublished.REDACTED)
    with pytest.raises(NotAllowedError, match="cannot be done now"):
        published(review, late, timezone.localdate(late), HowPublished.REDACTED)
    for again in (impact, positions):
        with pytest.raises(NotAllowedError, match="published already"):
            again(review, late)
    assessed = {EventType.REVIEW_IMPACT_ASSESSED, EventType.REVIEW_PUBLISHING_POSITION_TAKEN}
    assert AuditEvent.objects.filter(event__in=assessed).count() == 1 + 3 + 1 + 3


def test_report_is_sent_only_once_it_is_final(world: World, now: datetime) -> None:
    review = local(world, now)
    a_draft(review, now, is_final=False)
    with pytest.raises(NotAllowedError, match="final report had not come"):
        a_letter(review, now, subject=LetterSubject.REPORT)


def test_taking_back_a_letter_lets_the_days_before_run_again(world: World, now: datetime) -> None:
    review = local(world, now)
    plan_publication(review=review, planned_on=PLANNED, by=world.manager, now=now)
    a_draft(review, now)
    sent_to_all(review, now, timezone.localdate(now))
    assert not _clock(review, "SI-PRE").is_open
    letter = review.letters.filter(STANDS, subject=LetterSubject.REPORT, to=Recipient.OFSTED).get()
    take_back_letter(letter=letter, reason="It went to another office.", by=world.manager, now=now)
    assert _clock(review, "SI-PRE").is_open
    assert earliest_publication(review) is None


def _out(world: World, now: datetime) -> tuple[Review, datetime]:
    review, day = local(world, now), date(2026, 12, 10)
    ready(review, now)
    sent_to_all(review, now, timezone.localdate(now))
    published(review, _at(now, day), day)
    return review, _at(now, day)


def test_take_down_within_a_year_says_too_early_and_keeps_its_reason(world: World, now: datetime) -> None:
    review, then = _out(world, now)
    with pytest.raises(NotAllowedError, match="before it was published"):
        take_down(review=review, taken_down_on=date(2026, 12, 9), reason=TEXT, by=world.manager, now=then)
    day = then + timedelta(days=30)
    taken_down_on = timezone.localdate(day)
    take_down(review=review, taken_down_on=taken_down_on, reason="The family asked.", by=world.manager, now=day)
    clock = _clock(review, "SI-AVAIL")
    assert clock.status_at(day) is Status.TOO_EARLY
    assert clock.explained_at == day
    assert not clock.moves.filter(reason__contains="family").exists()
    with pytest.raises(NotAllowedError, match="Nothing is published"):
        take_down(review=review, taken_down_on=taken_down_on, reason=TEXT, by=world.manager, now=day)
    assert AuditEvent.objects.filter(event=EventType.REVIEW_TAKEN_DOWN).count() == 1


def test_take_down_after_a_year_breaks_nothing(world: World, now: datetime) -> None:
    """Published on 10 December 2026: from 10 December 2027 on."""
    review, then = _out(world, now)
    after = then + timedelta(days=365)
    assert timezone.localdate(after) == date(2027, 12, 10)
    row = review.readers.get(person=world.manager)
    type(row).objects.filter(pk=row.pk).update(ends_on=date(2028, 12, 31))
    take_down(review=review, taken_down_on=timezone.localdate(after), reason=TEXT, by=world.manager, now=after)
    assert _clock(review, "SI-AVAIL").status_at(after) is not Status.TOO_EARLY


def test_undo_publication_lets_the_six_months_run_and_hides_the_source(world: World, now: datetime) -> None:
    review = local(world, now)
    made, day = recommended(review, now), date(2026, 12, 10)
    ready(review, now)
    sent_to_all(review, now, timezone.localdate(now))
    published(review, _at(now, day), day)
    undo_last_step(review=review, reason="It was not published.", by=world.manager, now=_at(now, day))
    assert review.state == ReviewState.SENT
    assert _clock(review, "SI-LCSPR").is_open
    assert _clock(review, "SI-LCSPR").due_day == date(2027, 5, 22)
    assert not Clock.objects.about(review.subject).under("SI-AVAIL").open().exists()
    assert Recommendation.objects.get(pk=made.recommendation_id).source_reference == "Learning from practice"
    undo_last_step(review=review, reason="It was not sent.", by=world.manager, now=_at(now, day))
    with pytest.raises(NotAllowedError, match="Work has begun"):
        undo_last_step(review=review, reason="It was not decided.", by=world.manager, now=_at(now, day))
