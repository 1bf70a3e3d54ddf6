"""The register: every operation, its refusals and its line on the trail."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.plan.made import IN_WORDS, a_priority
from tests.plan.registered import a_risk
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.enums import DutyKind
from trefoil.plan.enums_register import Assurance, RiskBand, band_of
from trefoil.plan.models import Risk, RiskReview
from trefoil.plan.operations.controls import add_control, change_control, withdraw_control
from trefoil.plan.operations.risks import Scores, change_risk, close_risk, raise_risk, reopen_risk, review_risk


def told(event: EventType) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=event))


def change(risk: Risk, world: World, now: datetime, **changed: Any) -> None:
    fields = {
        "title": risk.title,
        "cause": risk.cause,
        "event": risk.event,
        "effect": risk.effect,
        "agency": risk.agency,
        "person": risk.person,
        "priorities": [],
        "seen_version": risk.version,
        "by": world.manager,
        **changed,
    }
    change_risk(risk=risk, now=now, **fields)


def look_again(risk: Risk, world: World, now: datetime, **changed: Any) -> RiskReview:
    fields = {
        "scores": Scores(4, 4, 2, 3),
        "words": "Two posts have been filled.",
        "next_review_on": timezone.localdate(now) + timedelta(days=90),
        "seen_version": risk.version,
        "by": world.manager,
        **changed,
    }
    return review_risk(risk=risk, now=now, **fields)


def test_raise_risk_scores_it_and_tells(world: World, now: datetime) -> None:
    priority = a_priority(world, now=now)
    risk = a_risk(world, now=now, priorities=[priority])
    (review,) = risk.reviews.all()
    assert (risk.number, review.score, review.score_after, review.band) == (1, 16, 9, RiskBand.MEDIUM)
    assert list(risk.priorities.all()) == [priority]
    assert [event.subject for event in told(EventType.RISK_RAISED)] == [f"risk:{risk.pk}"]
    assert a_risk(world, now=now).number == 2


@pytest.mark.parametrize("kind", [DutyKind.ANALYST, DutyKind.SCRUTINEER, DutyKind.AGENCY_LEAD])
def test_raise_risk_refuses_who_does_not_write_the_plan(world: World, now: datetime, kind: DutyKind) -> None:
    with pytest.raises(NotAllowedError, match="writing the plan"):
        raise_risk(
            partnership=world.fairmead,
            title="x",
            cause=IN_WORDS,
            event=IN_WORDS,
            effect=IN_WORDS,
            scores=Scores(1, 1, 1, 1),
            review_on=timezone.localdate(now),
            by=world.holder[kind],
            now=now,
        )


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"scores": Scores(0, 1, 1, 1)}, "from 1 to 5"),
        ({"scores": Scores(3, 6, 3, 3)}, "from 1 to 5"),
        ({"scores": Scores(2, 3, 3, 3)}, "never make a risk worse"),
        ({"scores": Scores(3, 2, 3, 3)}, "never make a risk worse"),
        ({"title": " "}, "give the risk a title"),
        ({"cause": "no"}, "what it comes from"),
        ({"event": "no"}, "what may happen"),
        ({"effect": "no"}, "what would follow"),
    ],
)
def test_raise_risk_refuses_what_says_nothing(world: World, now: datetime, changed: dict[str, Any], why: str) -> None:
    with pytest.raises(NotAllowedError, match=why):
        a_risk(world, now=now, **changed)
    assert not Risk.objects.exists()


def test_raise_risk_refuses_a_review_in_the_past(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="in the past"):
        a_risk(world, now=now, review_on=timezone.localdate(now) - timedelta(days=1))


def test_raise_risk_refuses_an_owner_from_outside(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="no duty"):
        a_risk(world, now=now, person=world.charlie)


def test_change_risk_keeps_the_scores(world: World, now: datetime) -> None:
    risk = a_risk(world, now=now)
    change(risk, world, now, title="Health visitors", person=None)
    risk.refresh_from_db()
    assert (risk.title, risk.person, risk.version, risk.reviews.count()) == ("Health visitors", None, 2, 1)
    assert len(told(EventType.RISK_CHANGED)) == 1


def test_change_risk_by_the_second_of_two_loses_nothing(world: World, now: datetime) -> None:
    risk, other = a_risk(world, now=now), Risk.objects.get()
    change(risk, world, now, title="Mine")
    with pytest.raises(ChangedMeanwhileError) as caught:
        change(other, world, now, title="Theirs")
    assert str(caught.value.held) == "Mine"


def test_review_risk_adds_to_the_history(world: World, now: datetime) -> None:
    risk = a_risk(world, now=now)
    review = look_again(risk, world, now + timedelta(days=30))
    risk.refresh_from_db()
    assert [one.score_after for one in risk.reviews.all()] == [9, 6]
    assert risk.review_on == review.next_review_on
    (event,) = told(EventType.RISK_REVIEWED)
    assert event.detail == {"score": 16, "with_controls": 6}


def test_review_risk_by_the_second_of_two_is_told(world: World, now: datetime) -> None:
    risk = a_risk(world, now=now)
    look_again(risk, world, now)
    with pytest.raises(ChangedMeanwhileError):
        look_again(risk, world, now, seen_version=1)
    assert risk.reviews.count() == 2


def test_review_risk_asks_for_words(world: World, now: datetime) -> None:
    risk = a_risk(world, now=now)
    with pytest.raises(NotAllowedError, match="what has changed"):
        look_again(risk, world, now, words="same")


def test_review_that_raises_a_score_is_refused_by_the_table(world: World, now: datetime) -> None:
    risk = a_risk(world, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskReview.objects.filter(risk=risk).update(impact_after=5)


def test_close_risk_and_open_it_again(world: World, now: datetime) -> None:
    risk = a_risk(world, now=now)
    close_risk(risk=risk, reason=IN_WORDS, by=world.manager, now=now)
    assert risk.is_closed
    with pytest.raises(NotAllowedError, match="closed already"):
        close_risk(risk=risk, reason=IN_WORDS, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="open it again first"):
        look_again(risk, world, now)
    with pytest.raises(NotAllowedError, match="open it again first"):
        change(risk, world, now)
    with pytest.raises(NotAllowedError, match="open it again first"):
        add_control(risk=risk, words=IN_WORDS, by=world.manager, now=now)
    day = timezone.localdate(now) + timedelta(days=7)
    reopen_risk(risk=risk, reason=IN_WORDS, review_on=day, by=world.manager, now=now)
    assert (risk.is_closed, risk.closed_reason, risk.review_on) == (False, "", day)
    with pytest.raises(NotAllowedError, match="the risk is open"):
        reopen_risk(risk=risk, reason=IN_WORDS, review_on=day, by=world.manager, now=now)
    assert [event.reason for event in told(EventType.RISK_CLOSED)] == [IN_WORDS]
    assert len(told(EventType.RISK_REOPENED)) == 1


def test_risk_has_one_running_clock_until_it_is_closed(world: World, now: datetime) -> None:
    risk = a_risk(world, now=now)
    look_again(risk, world, now + timedelta(days=70))
    change(risk, world, now + timedelta(days=71), person=world.manager, agency=None)
    clocks = Clock.objects.about(risk.reference).under("PL-RISK")
    (running,) = clocks.open()
    assert (running.due_on, running.person, running.label) == (risk.review_on, world.manager, "Review of risk R1")
    assert clocks.filter(stopped_at__isnull=False).count() == 1
    close_risk(risk=risk, reason=IN_WORDS, by=world.manager, now=now + timedelta(days=72))
    assert not clocks.open().exists()
    day = timezone.localdate(now) + timedelta(days=100)
    reopen_risk(risk=risk, reason=IN_WORDS, review_on=day, by=world.manager, now=now + timedelta(days=73))
    assert clocks.open().get().due_on == day


def test_close_risk_asks_for_a_reason(world: World, now: datetime) -> None:
    risk = a_risk(world, now=now)
    with pytest.raises(NotAllowedError, match="why it is closed"):
        close_risk(risk=risk, reason="ok", by=world.manager, now=now)


def test_add_control_and_say_that_it_works(world: World, now: datetime) -> None:
    risk = a_risk(world, now=now)
    control = add_control(risk=risk, words="Bank staff fill gaps", person=world.bob, by=world.manager, now=now)
    assert control.assurance == Assurance.NONE
    change_control(
        control=control,
        words=control.words,
        agency=None,
        person=world.bob,
        assurance=Assurance.WORKS,
        assurance_words="Rotas of three months were full.",
        assured_on=timezone.localdate(now),
        seen_version=1,
        by=world.manager,
        now=now,
    )
    control.refresh_from_db()
    assert (control.assurance, control.version) == (Assurance.WORKS, 2)
    assert {event.subject for event in told(EventType.CONTROL_ADDED)} == {risk.reference}
    assert told(EventType.CONTROL_CHANGED)[0].detail["assurance"] == "works"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"assured_on": None}, "on which day"),
        ({"days": 1}, "a day to come"),
        ({"assurance_words": ""}, "what the test showed"),
        ({"words": "no"}, "what the control is"),
    ],
)
def test_add_control_refuses_assurance_without_its_test(
    world: World, now: datetime, changed: dict[str, Any], why: str
) -> None:
    days = changed.pop("days", 0)
    fields = {
        "words": "Bank staff fill gaps",
        "assurance": Assurance.PARTLY,
        "assurance_words": "Two of three months were full.",
        "assured_on": timezone.localdate(now) + timedelta(days=days),
        **changed,
    }
    with pytest.raises(NotAllowedError, match=why):
        add_control(risk=a_risk(world, now=now), by=world.manager, now=now, **fields)


def test_withdraw_control_once(world: World, now: datetime) -> None:
    control = add_control(risk=a_risk(world, now=now), words="Bank staff fill gaps", by=world.manager, now=now)
    withdraw_control(control=control, reason=IN_WORDS, by=world.manager, now=now)
    assert control.is_withdrawn
    with pytest.raises(NotAllowedError, match="withdrawn already"):
        withdraw_control(control=control, reason=IN_WORDS, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="has been withdrawn"):
        change_control(
            control=control,
            words=IN_WORDS,
            agency=None,
            person=None,
            assurance=Assurance.NONE,
            assurance_words="",
            assured_on=None,
            seen_version=control.version,
            by=world.manager,
            now=now,
        )
    assert len(told(EventType.CONTROL_WITHDRAWN)) == 1


@pytest.mark.parametrize(
    ("score", "band"), [(1, "low"), (7, "low"), (8, "medium"), (14, "medium"), (15, "high"), (25, "high")]
)
def test_band_of_a_score(score: int, band: str) -> None:
    assert band_of(score) == band
