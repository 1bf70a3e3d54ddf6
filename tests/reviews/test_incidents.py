"""A serious incident: recorded, the decision whether to notify, the notification, corrections and undoing."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.reviews.made import CHILD, MET, STORY, TEXT, asked, decided, notified, reading, recorded, who
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.reviews.enums import Abuse, IncidentKind, Place, ReviewState
from trefoil.reviews.models import Review
from trefoil.reviews.operations.incidents import (
    correct_incident,
    withdraw_incident,
    write_identity,
)
from trefoil.reviews.operations.notifying import Test, note_notification
from trefoil.reviews.operations.undoing import undo_last_step

NOT_MET = Test(Abuse.NEITHER, is_grave=True, place=Place.HERE)


def clock(review: Review, rule_id: str) -> Clock:
    return Clock.objects.about(review.subject).under(rule_id).latest("pk")


def last(event: EventType) -> AuditEvent:
    return AuditEvent.objects.filter(event=event).latest("sequence")


def test_record_incident_starts_five_working_days(world: World, now: datetime) -> None:
    review = recorded(world, now)
    # Known on Friday 13 November 2026: Monday is the first working day, Friday 20 the fifth. Counted by hand.
    assert clock(review, "SI-NOT").due_day == date(2026, 11, 20)
    assert clock(review, "SI-NOT").is_restricted
    assert review.reference.startswith("SI-")
    assert last(EventType.INCIDENT_RECORDED).subject == review.subject
    assert not Clock.objects.about(review.subject).under("SI-CLADEATH").exists()


def test_record_incident_of_a_death_in_care_starts_a_second_clock(world: World, now: datetime) -> None:
    review = recorded(world, now, kind=IncidentKind.DEATH, is_in_care=True)
    # Died on Thursday 12 November 2026: the fifth working day is Thursday 19.
    assert clock(review, "SI-CLADEATH").due_day == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"known_on": date(2026, 11, 11)}, "known before it happened"),
        ({"happened_on": date(2026, 12, 1), "known_on": date(2026, 12, 1)}, "future"),
        ({"known_on": date(2026, 11, 23)}, "future"),
        ({"words": "Fell."}, "Say what happened"),
        ({"identity": who(child_name=" ")}, "who the child is"),
        ({"identity": who(born_on=date(2008, 11, 12))}, "18 or over"),
        ({"identity": who(born_on=date(2026, 11, 20))}, "born after"),
    ],
)
def test_record_incident_refuses_what_cannot_be(
    world: World, now: datetime, named: dict[str, object], why: str
) -> None:
    with pytest.raises(NotAllowedError, match=why):
        recorded(world, now, **named)
    assert not Review.objects.exists()


def test_record_incident_takes_a_child_on_the_day_before_eighteen(world: World, now: datetime) -> None:
    assert recorded(world, now, identity=who(born_on=date(2008, 11, 13))).pk


def test_record_incident_needs_the_duty(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="duties"):
        recorded(world, now, by=world.bob)


def test_decide_to_notify_waits_for_the_notification(world: World, now: datetime) -> None:
    review = decided(recorded(world, now), now)
    assert review.state == ReviewState.TO_NOTIFY
    assert clock(review, "SI-NOT").is_open
    assert last(EventType.NOTIFYING_DECIDED).detail == {}


def test_decide_not_to_notify_is_refused_when_the_test_is_met(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="must notify"):
        decided(recorded(world, now), now, to_notify=False, test=MET)


def test_decide_not_to_notify_withdraws_the_clock_and_keeps_why(world: World, now: datetime) -> None:
    review = decided(recorded(world, now), now, to_notify=False, test=NOT_MET)
    assert review.state == ReviewState.NOT_NOTIFIED
    assert clock(review, "SI-NOT").withdrawn_at == now
    assert review.notify_decisions.get().reasons == TEXT


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"deciders": " "}, "who decided"),
        ({"reasons": "No."}, "Say why"),
        ({"decided_on": date(2026, 11, 12)}, "before the incident was known"),
        ({"decided_on": date(2026, 11, 23)}, "future"),
    ],
)
def test_decide_whether_to_notify_refuses_half_a_decision(
    world: World, now: datetime, named: dict[str, object], why: str
) -> None:
    with pytest.raises(NotAllowedError, match=why):
        decided(recorded(world, now), now, **named)


def test_decide_whether_to_notify_is_decided_once(world: World, now: datetime) -> None:
    review = decided(recorded(world, now), now)
    with pytest.raises(NotAllowedError, match="cannot be done now"):
        decided(review, now)


def test_note_notification_ends_one_clock_and_starts_the_other(world: World, now: datetime) -> None:
    review = notified(world, now)
    assert clock(review, "SI-NOT").status_at(now) == "met"
    # Sent on Tuesday 17 November 2026: the fifteenth working day is Tuesday 8 December.
    assert clock(review, "SI-RR").due_day == date(2026, 12, 8)
    assert last(EventType.NOTIFICATION_SENT).detail == {"sent_on": "2026-11-17"}


@pytest.mark.parametrize(
    ("sent_on", "why"),
    [
        (date(2026, 11, 11), "before it happened"),
        (date(2026, 11, 12), "before it was known"),
        (date(2026, 11, 23), "fut"),
    ],
)
def test_note_notification_refuses_a_day_that_cannot_be(world: World, now: datetime, sent_on: date, why: str) -> None:
    review = decided(recorded(world, now), now)
    with pytest.raises(NotAllowedError, match=why):
        note_notification(review=review, sent_on=sent_on, by=world.manager, now=now)


def test_note_notification_late_shows_as_met_late(world: World, now: datetime) -> None:
    assert clock(notified(world, now, sent_on=date(2026, 11, 22)), "SI-NOT").status_at(now) == "met_late"


def correct(review: Review, now: datetime, **named: object) -> None:
    given = {
        "kind": IncidentKind.HARM,
        "is_in_care": False,
        "happened_on": review.happened_on,
        "known_on": review.known_on,
        "words": "A fall on the stairs.",
        "reason": "The police saw the place.",
        "by": review.recorded_by,
        **named,
    }
    correct_incident(review=review, now=now, **given)


def test_correct_incident_keeps_the_earlier_words_and_moves_the_clock(world: World, now: datetime) -> None:
    review = recorded(world, now)
    correct(review, now, known_on=date(2026, 11, 16))
    assert [one.words for one in review.accounts.all()] == [f"{STORY} broke an arm.", "A fall on the stairs."]
    assert clock(review, "SI-NOT").due_day == date(2026, 11, 23)
    assert last(EventType.INCIDENT_CORRECTED).detail == {"account": 2}
    correct(review, now, kind=IncidentKind.DEATH, is_in_care=True)
    assert clock(review, "SI-CLADEATH").is_open


def test_correct_incident_refuses_a_day_known_after_it_was_notified(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="notified before that day"):
        correct(notified(world, now), now, known_on=date(2026, 11, 18))


def test_write_identity_says_which_lines_changed_and_not_what_they_say(world: World, now: datetime) -> None:
    review = recorded(world, now)
    write_identity(review=review, identity=who(address="3 Larch Row"), by=world.manager, now=now)
    review.refresh_from_db()
    assert review.identity.address == "3 Larch Row"
    assert last(EventType.IDENTITY_WRITTEN).detail == {"changed": ["address"]}
    with pytest.raises(NotAllowedError, match="Nothing was changed"):
        write_identity(review=review, identity=who(address="3 Larch Row"), by=world.manager, now=now)


def test_withdraw_incident_keeps_it_and_stops_asking(world: World, now: datetime) -> None:
    review = recorded(world, now)
    withdraw_incident(review=review, reason="It was recorded twice.", by=world.manager, now=now)
    assert review.state == ReviewState.WITHDRAWN
    assert not Clock.objects.about(review.subject).open().exists()
    assert last(EventType.INCIDENT_WITHDRAWN).reason == ""
    with pytest.raises(NotAllowedError, match="withdrawn"):
        correct(review, now)


def test_undo_last_step_goes_back_one_by_one(world: World, now: datetime) -> None:
    review = notified(world, now)
    undo_last_step(review=review, reason="It went to the wrong office.", by=world.manager, now=now)
    assert review.state == ReviewState.TO_NOTIFY
    assert clock(review, "SI-RR").withdrawn_at == now
    assert clock(review, "SI-NOT").is_open
    undo_last_step(review=review, reason="A partner had not been heard.", by=world.manager, now=now)
    assert review.state == ReviewState.RECORDED
    assert review.notify_decisions.get().undone_reason == "A partner had not been heard."
    assert last(EventType.REVIEW_STEP_UNDONE).detail == {"back_to": "recorded"}
    with pytest.raises(NotAllowedError, match="no step to undo"):
        undo_last_step(review=review, reason="Once more, to be sure.", by=world.manager, now=now)


def test_undo_last_step_of_not_notifying_starts_the_clock_from_the_same_day(world: World, now: datetime) -> None:
    review = decided(recorded(world, now), now, to_notify=False, test=NOT_MET)
    undo_last_step(review=review, reason="New facts have come.", by=world.manager, now=now + timedelta(hours=1))
    assert clock(review, "SI-NOT").due_day == date(2026, 11, 20)


def test_undo_last_step_waits_until_no_agency_is_asked(world: World, now: datetime) -> None:
    review = notified(world, now)
    asked(review, world.police, world.dana, now)
    with pytest.raises(NotAllowedError, match="Withdraw what was asked"):
        undo_last_step(review=review, reason="It went to the wrong office.", by=world.manager, now=now)


def test_only_who_leads_changes_a_review(world: World, now: datetime) -> None:
    review = recorded(world, now)
    reading(review, world.bob, now, sees_identity=True)
    for by in (world.bob, world.dana, world.charlie):
        with pytest.raises(NotAllowedError, match="Only who leads"):
            correct(review, now, by=by)


def test_trail_never_holds_the_childs_words(world: World, now: datetime) -> None:
    review = notified(world, now)
    correct(review, now)
    said = str(list(AuditEvent.objects.values_list("detail", "reason", "subject")))
    assert CHILD not in said
    assert STORY not in said
    assert timezone.is_aware(review.recorded_at)
