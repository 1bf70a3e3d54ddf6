"""What runs beside a review: other processes and delay, the family, practitioners, supervision, written requests."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.reviews.late import a_draft, a_member, a_process, local, passed
from tests.reviews.made import TEXT, a_letter, notified, recorded
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.reviews.enums import LetterSubject, Recipient
from trefoil.reviews.enums_local import FamilyStep, ProcessEffect, RequestStep
from trefoil.reviews.models import STANDS, ParallelProcess, PractitionerEvent, Review, WrittenRequest
from trefoil.reviews.operations.processes import give_delay_reason
from trefoil.reviews.operations.supervision import (
    call_practitioners,
    note_practitioner_event,
    note_request_step,
    note_supervision,
    request_information,
)
from trefoil.reviews.operations.taking_back import take_back
from trefoil.reviews.queries_local import delays_of, family_of, processes_of, untold_of_delay, written_requests_of


def _events(event: EventType) -> int:
    return AuditEvent.objects.filter(event=event).count()


def test_note_process_holds_it_up_on_the_days_it_says(world: World, now: datetime) -> None:
    review, today = notified(world, now), timezone.localdate(now)
    first = a_process(review, now, effect_until=today + timedelta(days=30))
    second = a_process(review, now, words="The trial has moved to the spring.", replaces=first)
    assert [line.process for line in processes_of(review, today)] == [second]
    assert processes_of(review, today)[0].holds
    assert review.processes.count() == 2
    assert _events(EventType.REVIEW_PROCESS_NOTED) == 2
    ended = a_process(review, now, ended_on=today, effect=ProcessEffect.NONE, effect_from=None, replaces=second)
    assert processes_of(review, today)[0].status == ("grey", "Ended")
    assert not processes_of(review, today)[0].holds
    with pytest.raises(NotAllowedError, match="newer"):
        a_process(review, now, replaces=second)
    take_back(review=review, row=ended, reason="It was another family.", by=world.manager, now=now)
    assert processes_of(review, today) == []
    assert _events(EventType.REVIEW_ROW_TAKEN_BACK) == 1
    with pytest.raises(NotAllowedError, match="already"):
        take_back(review=review, row=ended, reason="It was another family.", by=world.manager, now=now)


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"began_on": date(2026, 11, 23)}, "future"),
        ({"ended_on": date(2026, 11, 1)}, "ended before"),
        ({"effect_from": None}, "from which day"),
        ({"effect": ProcessEffect.NONE}, "holds nothing up"),
        ({"effect_from": date(2026, 11, 1)}, "before it began"),
        ({"effect_until": date(2026, 11, 1)}, "cannot end"),
        ({"words": "So."}, "where it stands"),
    ],
)
def test_note_process_refuses_days_that_cannot_be(
    world: World, now: datetime, named: dict[str, object], why: str
) -> None:
    with pytest.raises(NotAllowedError, match=why):
        a_process(notified(world, now), now, **named)
    assert not ParallelProcess.objects.exists()


def test_nothing_beside_is_written_before_the_notification_or_by_others(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="notified"):
        a_process(recorded(world, now), now)
    with pytest.raises(NotAllowedError, match="leads"):
        give_delay_reason(review=local(world, now), words=TEXT, expected_on=date(2027, 9, 1), by=world.analyst, now=now)


def test_local_review_is_due_six_months_after_its_decision(world: World, now: datetime) -> None:
    """Decided on 22 November 2026: due on 22 May 2027, counted by hand."""
    review = local(world, now)
    assert Clock.objects.about(review.subject).under("SI-LCSPR").get().due_day == date(2027, 5, 22)


def test_give_delay_reason_explains_the_late_clock_and_says_who_is_not_told(world: World, now: datetime) -> None:
    review = local(world, now)
    process = a_process(review, now)
    late = now + timedelta(days=190)
    given = {"words": "The trial is not over.", "process": process, "by": world.manager, "now": late}
    with pytest.raises(NotAllowedError, match="future"):
        give_delay_reason(review=review, expected_on=timezone.localdate(late), **given)
    give_delay_reason(review=review, expected_on=date(2027, 9, 1), **given)
    clock = Clock.objects.about(review.subject).under("SI-LCSPR").get()
    assert clock.explained_at == late
    assert not clock.moves.filter(reason__contains="trial").exists()
    assert untold_of_delay(review, delays_of(review)) == ["The national panel", "The Department for Education"]
    for to in (Recipient.PANEL, Recipient.DEPARTMENT):
        a_letter(review, late, to=to, subject=LetterSubject.DELAY)
    assert untold_of_delay(review, delays_of(review)) == []
    assert _events(EventType.REVIEW_DELAY_EXPLAINED) == 1
    newer = a_process(review, late, words="The trial is adjourned.", replaces=process)
    assert delays_of(review)[0].process == newer


def test_give_delay_reason_refuses_a_process_that_delays_nothing(world: World, now: datetime) -> None:
    review = local(world, now)
    idle = a_process(review, now, effect=ProcessEffect.NONE, effect_from=None)
    with pytest.raises(NotAllowedError, match="holds nothing up"):
        give_delay_reason(
            review=review, words=TEXT, expected_on=date(2027, 9, 1), process=idle, by=world.manager, now=now
        )
    with pytest.raises(NotAllowedError, match="No local review"):
        give_delay_reason(
            review=notified(world, now), words=TEXT, expected_on=date(2027, 9, 1), by=world.manager, now=now
        )


def test_family_is_offered_answers_and_reads_the_report(world: World, now: datetime) -> None:
    review = local(world, now)
    member = a_member(review, now)
    assert family_of(review)[0].status[1] == "Not offered yet"
    for kind in (FamilyStep.SAID, FamilyStep.TAKES_PART, FamilyStep.DECLINES):
        with pytest.raises(NotAllowedError, match="not been offered"):
            passed(member, kind, now)
    passed(member, FamilyStep.OFFERED, now)
    assert family_of(review)[0].status[1] == "Offered"
    passed(member, FamilyStep.DECLINES, now, words="It is too early for her.")
    assert family_of(review)[0].status[1] == "Declined"
    passed(member, FamilyStep.TAKES_PART, now)
    assert family_of(review)[0].status[1] == "Takes part"
    with pytest.raises(NotAllowedError, match="not been shown"):
        passed(member, FamilyStep.SAID_OF_REPORT, now)
    with pytest.raises(NotAllowedError, match="No draft"):
        passed(member, FamilyStep.SHOWN, now)
    a_draft(review, now, is_final=False)
    passed(member, FamilyStep.SHOWN, now)
    passed(member, FamilyStep.SAID_OF_REPORT, now)
    assert [one.kind for one in family_of(review)[0].words][-2:] == ["shown", "said_of_report"]
    assert _events(EventType.REVIEW_FAMILY_SPOKEN_TO) == 5
    assert _events(EventType.REVIEW_FAMILY_NAMED) == 1
    with pytest.raises(NotAllowedError, match="before the incident"):
        passed(member, FamilyStep.TOLD, now, happened_on=date(2026, 11, 1))


def _day(world: World, review: Review, now: datetime, held_on: date) -> PractitionerEvent:
    agencies = [world.police, world.health]
    return call_practitioners(review=review, held_on=held_on, words=TEXT, agencies=agencies, by=world.manager, now=now)


def test_practitioners_are_called_come_and_are_heard(world: World, now: datetime) -> None:
    review, today = notified(world, now), timezone.localdate(now)
    with pytest.raises(NotAllowedError, match="which agencies"):
        call_practitioners(review=review, held_on=today, words=TEXT, agencies=[], by=world.manager, now=now)
    day = _day(world, review, now, today + timedelta(days=7))
    with pytest.raises(NotAllowedError, match="not come yet"):
        note_practitioner_event(event=day, came=[world.police], learnt=TEXT, by=world.manager, now=now)
    after = now + timedelta(days=8)
    note_practitioner_event(event=day, came=[world.police], learnt=TEXT, by=world.manager, now=after)
    assert dict(day.invitations.values_list("agency", "came")) == {world.police.pk: True, world.health.pk: False}
    with pytest.raises(NotAllowedError, match="already"):
        note_practitioner_event(event=day, came=[], learnt=TEXT, by=world.manager, now=after)
    assert (_events(EventType.REVIEW_PRACTITIONERS_CALLED), _events(EventType.REVIEW_PRACTITIONERS_HEARD)) == (1, 1)


def test_supervision_needs_a_reviewer(world: World, now: datetime) -> None:
    today = timezone.localdate(now)
    with pytest.raises(NotAllowedError, match="nobody to supervise"):
        note_supervision(review=notified(world, now), held_on=today, words=TEXT, by=world.manager, now=now)
    review = local(world, now)
    note_supervision(review=review, held_on=today, words=TEXT, by=world.manager, now=now)
    assert review.supervisions.get().held_on == today
    assert _events(EventType.REVIEW_SUPERVISED) == 1


def _request(world: World, review: Review, now: datetime, **named: object) -> WrittenRequest:
    day = timezone.localdate(now)
    given = {"asked_for": world.health, "agency": world.police, "to": "", "asks": TEXT, "sent_on": day, **named}
    given.setdefault("due_on", day + timedelta(days=14))
    return request_information(review=review, by=world.manager, now=now, **given)


def test_written_request_is_answered_or_goes_to_court(world: World, now: datetime) -> None:
    review, today = notified(world, now), timezone.localdate(now)
    request = _request(world, review, now)

    def step(kind: RequestStep, at: datetime) -> None:
        day = timezone.localdate(at)
        note_request_step(request=request, kind=kind, happened_on=day, words=TEXT, by=world.manager, now=at)

    with pytest.raises(NotAllowedError, match="not refused"):
        step(RequestStep.COURT, now)
    assert written_requests_of(review, today)[0].status[1] == "Awaited"
    late = now + timedelta(days=15)
    assert written_requests_of(review, timezone.localdate(late))[0].is_late
    step(RequestStep.REFUSED, late)
    step(RequestStep.COURT, late)
    assert written_requests_of(review, today)[0].status == ("red", "Put to the court")
    step(RequestStep.ANSWERED, late)
    assert written_requests_of(review, today)[0].status[1] == "Answered"
    with pytest.raises(NotAllowedError, match="answered in full"):
        step(RequestStep.REMINDED, late)
    assert (_events(EventType.REVIEW_INFORMATION_REQUESTED), _events(EventType.REVIEW_REQUEST_STEP_NOTED)) == (1, 3)


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"due_on": date(2026, 11, 1)}, "due before"),
        ({"agency": None}, "to whom"),
        ({"sent_on": date(2026, 11, 1)}, "before the incident"),
        ({"asks": "All."}, "what is asked"),
    ],
)
def test_written_request_refuses_what_is_not_whole(
    world: World, now: datetime, named: dict[str, object], why: str
) -> None:
    with pytest.raises(NotAllowedError, match=why):
        _request(world, notified(world, now), now, **named)
    assert not WrittenRequest.objects.filter(STANDS).exists()


def test_written_request_is_a_partners_alone(world: World, now: datetime) -> None:
    review = notified(world, now)
    type(world.health.memberships.get()).objects.filter(agency=world.health).update(kind="relevant_agency")
    with pytest.raises(NotAllowedError, match="section 16H"):
        _request(world, review, now)
