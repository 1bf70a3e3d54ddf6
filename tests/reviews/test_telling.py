"""Who hears that a review's time runs out: its readers alone, in words that name nothing."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.reviews.made import TEXT, asked, handed_in, notified, reading, recorded, somebody
from tests.world import World
from trefoil.access.queries import standing_of, trail_visible_to
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.clocks.rounds import run_clocks
from trefoil.notifications.models import Message
from trefoil.people.enums import DutyKind
from trefoil.reviews.enums import ReaderRole
from trefoil.reviews.models import Reader, Review
from trefoil.reviews.operations.agencies import withdraw_asking
from trefoil.reviews.operations.readers import ask_for_access, end_reading
from trefoil.reviews.rounds import round_of_parts, tell_of_parts
from trefoil.reviews.telling import heard_by

# Notified on Tuesday 17 November 2026: the fifteenth working day is Tuesday 8 December. Counted by hand.
SENT, DUE = date(2026, 11, 17), "8 December 2026"
LAST = date(2026, 12, 20)


def told() -> list[tuple[str, str]]:
    return sorted(Message.objects.filter(kind="clock").values_list("person__name", "words"))


def in_days(now: datetime, day: date) -> datetime:
    return now + (day - timezone.localdate(now))


def test_run_clocks_when_a_review_is_due_soon_tells_who_leads_it(world: World, now: datetime) -> None:
    review = notified(world, now, sent_on=SENT)
    reading(review, world.analyst, now)
    assert run_clocks(now=in_days(now, date(2026, 12, 4))).messages == 1
    assert told() == [(world.manager.name, f"A time limit of a review that you read is due on {DUE}.")]
    assert Message.objects.get(kind="clock").path == reverse("review_list", args=["fairmead"])


def test_run_clocks_when_a_review_is_late_tells_the_panel_too(world: World, now: datetime) -> None:
    review = notified(world, now, sent_on=SENT)
    gone = somebody(world, "Gone", DutyKind.GROUP_MEMBER, now)
    end_reading(reader=reading(review, gone, now), by=world.manager, now=now)
    reading(review, world.analyst, now)
    run_clocks(now=in_days(now, date(2026, 12, 9)))
    late = f"A time limit of a review that you read was due on {DUE} and is late."
    assert told() == sorted([(world.analyst.name, late), (world.manager.name, late)])
    assert not Message.objects.filter(words__contains=review.reference).exists()


def test_run_clocks_of_a_review_that_nobody_leads_tells_the_partners(world: World, now: datetime) -> None:
    review = notified(world, now, sent_on=SENT)
    Reader.objects.filter(review=review).update(ended_at=now, ended_by=world.manager)
    run_clocks(now=in_days(now, date(2026, 12, 4)))
    partner = world.holder[DutyKind.SAFEGUARDING_PARTNER]
    assert told() == [(partner.name, f"A time limit of a review that nobody leads any more is due on {DUE}.")]


def test_run_clocks_puts_a_review_on_its_own_line_of_the_trail(world: World, now: datetime) -> None:
    review = notified(world, now, sent_on=SENT)
    run_clocks(now=in_days(now, date(2026, 12, 4)))
    line = AuditEvent.objects.get(event=EventType.CLOCKS_TOLD)
    assert (line.subject, line.detail) == (review.subject, {"clocks": 1})
    scrutineer = standing_of(world.holder[DutyKind.SCRUTINEER], world.fairmead, now=now)
    assert not trail_visible_to(scrutineer).filter(event=EventType.CLOCKS_TOLD).exists()


def test_heard_by_costs_the_same_for_one_review_and_for_three(world: World, now: datetime) -> None:
    spent = []
    for number in (1, 3):
        while Review.objects.count() < number:
            reading(recorded(world, now), world.analyst, now)
        subjects = [one.subject for one in Review.objects.all()]
        with CaptureQueriesContext(connection) as seen:
            found = heard_by(subjects, now)
        assert len(found) == number
        spent.append(len(seen))
    assert spent == [6, 6]


def test_ask_for_access_where_nobody_leads_tells_the_partners(world: World, now: datetime) -> None:
    then = now - timedelta(days=500)
    review = recorded(world, then, happened_on=then.date(), known_on=then.date())
    ask_for_access(review=review, reason=TEXT, by=world.manager, now=now)
    said = Message.objects.get(kind="review")
    assert said.person == world.holder[DutyKind.SAFEGUARDING_PARTNER]
    assert "Nobody leads it any more" in said.words
    assert review.reference not in said.words


def test_put_on_as_a_second_lead_is_told_of_it_once(world: World, now: datetime) -> None:
    review = notified(world, now, sent_on=SENT)
    second = somebody(world, "Second manager", DutyKind.BUSINESS_MANAGER, now)
    reading(review, second, now, role=ReaderRole.LEAD)
    run_clocks(now=in_days(now, date(2026, 12, 4)))
    run_clocks(now=in_days(now, date(2026, 12, 5)))
    assert [name for name, _ in told()] == sorted([second.name, world.manager.name])


def test_tell_of_parts_warns_two_days_before_and_tells_the_lead_when_late(world: World, now: datetime) -> None:
    request = asked(notified(world, now), world.police, world.dana, now, due_on=date(2026, 11, 26), reads_until=LAST)
    assert tell_of_parts(now=in_days(now, date(2026, 11, 23))) == 0
    assert [tell_of_parts(now=in_days(now, date(2026, 11, 24))) for _ in range(2)] == [1, 0]
    assert [tell_of_parts(now=in_days(now, date(2026, 11, 27))) for _ in range(2)] == [2, 0]
    said = Message.objects.filter(key__startswith="review:part-").order_by("pk").values_list("person__name", "words")
    assert list(said) == [
        (world.dana.name, "Your agency’s part of a review is due on 26 November 2026."),
        (world.dana.name, "Your agency’s part of a review was due on 26 November 2026 and is late."),
        (world.manager.name, "An agency’s part of a review was due on 26 November 2026 and is late."),
    ]
    assert not Message.objects.filter(words__contains=request.review.reference).exists()


def test_tell_of_parts_leaves_out_what_came_or_was_withdrawn(world: World, now: datetime) -> None:
    review = notified(world, now)
    handed_in(asked(review, world.police, world.dana, now, reads_until=LAST), now)
    withdraw_asking(request=asked(review, world.health, world.bob, now), reason=TEXT, by=world.manager, now=now)
    assert tell_of_parts(now=in_days(now, date(2026, 11, 30))) == 0


def test_tell_of_parts_when_the_writer_reads_no_more_tells_the_lead_alone(world: World, now: datetime) -> None:
    request = asked(notified(world, now), world.police, world.dana, now, due_on=date(2026, 11, 24))
    assert request.review.readers.get(person=world.dana).ends_on == date(2026, 12, 8)
    assert tell_of_parts(now=in_days(now, date(2026, 12, 9))) == 1
    assert Message.objects.get(key__startswith="review:part-").person == world.manager


def test_round_of_parts_says_how_many_were_told(world: World, now: datetime) -> None:
    asked(notified(world, now), world.police, world.dana, now, due_on=date(2026, 11, 24))
    assert [round_of_parts(), round_of_parts()] == ["1 message about parts of reviews queued.", ""]


def test_tell_of_parts_costs_the_same_for_one_and_for_three(world: World, now: datetime) -> None:
    then, spent = in_days(now, date(2026, 11, 27)), []
    for new in (1, 1, 3):
        for _ in range(new):
            asked(notified(world, now), world.police, world.dana, now, due_on=date(2026, 11, 24), reads_until=LAST)
        with CaptureQueriesContext(connection) as seen:
            assert tell_of_parts(now=then) == 2 * new
        spent.append(len(seen))
    # The first of them also makes the e-mail that waits for each.
    assert spent[1] == spent[2] <= spent[0]
