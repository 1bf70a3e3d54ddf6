"""Several people with one review at the same moment: each step is taken once, and nothing is half done."""

from datetime import date, datetime, timedelta

import pytest

from tests.at_once import WRITERS, at_once
from tests.reviews.made import (
    MET,
    PART,
    TEXT,
    agreed,
    asked,
    decided,
    notified,
    partners,
    reading,
    recorded,
    somebody,
    written,
)
from tests.world import World, build_world
from trefoil.access.errors import NotAllowedError
from trefoil.clocks.models import Clock
from trefoil.people.enums import DutyKind
from trefoil.reviews.enums import Abuse, NextStepKind, Place, ReaderRole, ReviewState
from trefoil.reviews.models import STANDS, NextStep, NotifyDecision, Part, Position, Reader, Review
from trefoil.reviews.operations.agencies import ask_agency, hand_in_part
from trefoil.reviews.operations.notifying import Test, decide_whether_to_notify, note_notification
from trefoil.reviews.operations.rapid import decide_next_step, take_review_position
from trefoil.reviews.operations.readers import answer_request, ask_for_access, hand_over_review, put_on
from trefoil.reviews.operations.undoing import undo_last_step
from trefoil.reviews.rules import leads_on

NOT_MET = Test(Abuse.NEITHER, is_grave=True, place=Place.HERE)


@pytest.fixture
def crowded(transactional_db: None, now: datetime) -> World:
    return build_world(now=now)


def held(review: Review) -> Review:
    """The review as a request of its own would load it."""
    return Review.objects.select_related("partnership").get(pk=review.pk)


def open_rules(review: Review) -> list[str]:
    return sorted(Clock.objects.about(review.subject).open().values_list("rule_id", flat=True))


def test_deciding_whether_to_notify_at_once_is_one_decision(crowded: World, now: datetime) -> None:
    review = recorded(crowded, now)

    def decide(number: int) -> None:
        decide_whether_to_notify(
            review=held(review),
            is_to_notify=bool(number),
            test=MET if number else NOT_MET,
            reasons=TEXT,
            decided_on=review.known_on,
            deciders="The director",
            by=crowded.manager,
            now=now,
        )

    told = at_once(decide)
    assert told.count("") == 1
    assert all("cannot be done now" in words for words in told if words)
    decision = NotifyDecision.objects.get()
    assert held(review).state == (ReviewState.TO_NOTIFY if decision.is_to_notify else ReviewState.NOT_NOTIFIED)
    assert open_rules(review) == (["SI-NOT"] if decision.is_to_notify else [])
    assert review.moves.count() == 2


def test_notifying_at_once_begins_one_rapid_review(crowded: World, now: datetime) -> None:
    review = decided(recorded(crowded, now), now)
    sent_on = date(2026, 11, 17)
    told = at_once(lambda _: note_notification(review=held(review), sent_on=sent_on, by=crowded.manager, now=now))
    assert told.count("") == 1
    assert review.notifications.filter(STANDS).count() == 1
    assert open_rules(review) == ["SI-RR"]


def test_undoing_at_once_takes_back_step_after_step_and_no_step_twice(crowded: World, now: datetime) -> None:
    """Three may succeed in turn: each then takes back another step. What stands at the end is whole."""
    review = notified(crowded, now)
    told = at_once(lambda _: undo_last_step(review=held(review), reason=TEXT, by=crowded.manager, now=now))
    assert told == ["", "", "There is no step to undo."]
    assert held(review).state == ReviewState.RECORDED
    assert not review.notifications.filter(STANDS).exists()
    assert not review.notify_decisions.filter(STANDS).exists()
    assert open_rules(review) == ["SI-NOT"]


def test_two_panel_members_taking_positions_at_once_both_stand(crowded: World, now: datetime) -> None:
    review, three = notified(crowded, now), partners(crowded, now)
    for person in three.all():
        reading(review, person, now)

    def speak(number: int) -> None:
        person = three.all()[number]
        assert person.agency is not None
        stance = NextStepKind.LOCAL_REVIEW
        take_review_position(
            review=held(review), agency=person.agency, person=person, stance=stance, by=person, now=now
        )

    assert at_once(speak) == [""] * WRITERS
    assert Position.objects.filter(is_current=True).count() == WRITERS


def test_positions_for_one_partner_at_once_leave_one_that_stands(crowded: World, now: datetime) -> None:
    review, person = notified(crowded, now), partners(crowded, now).health
    stances = list(NextStepKind)

    def speak(number: int) -> None:
        assert person.agency is not None
        take_review_position(
            review=held(review),
            agency=person.agency,
            person=person,
            stance=stances[number],
            by=crowded.manager,
            now=now,
        )

    assert at_once(speak) == [""] * WRITERS
    assert Position.objects.count() == WRITERS
    assert Position.objects.filter(is_current=True).count() == 1


def test_deciding_while_a_partner_changes_its_mind_is_never_against_a_partner(crowded: World, now: datetime) -> None:
    review, three = notified(crowded, now), partners(crowded, now)
    written(review, now)
    agreed(review, three, now)
    other = NextStepKind.NOTHING_MORE

    def act(number: int) -> None:
        if number:
            agency = three.health.agency
            assert agency is not None
            take_review_position(
                review=held(review), agency=agency, person=three.health, stance=other, by=crowded.manager, now=now
            )
        else:
            kind, day = NextStepKind.LOCAL_REVIEW, now.date()
            decide_next_step(review=held(review), kind=kind, reasons=TEXT, decided_on=day, by=crowded.manager, now=now)

    at_once(act)
    stances = set(Position.objects.filter(is_current=True).values_list("stance", flat=True))
    if held(review).state == ReviewState.DECIDED:
        assert NextStep.objects.get().kind == NextStepKind.LOCAL_REVIEW
        assert stances == {NextStepKind.LOCAL_REVIEW}
    else:
        assert not NextStep.objects.exists()
        assert stances == {NextStepKind.LOCAL_REVIEW, other}


def test_handing_in_at_once_numbers_each_version(crowded: World, now: datetime) -> None:
    review = notified(crowded, now)
    request = asked(review, crowded.police, crowded.dana, now)

    def hand_in(number: int) -> None:
        said = {**PART, "practice": f"A visit was missed on day {number}."}
        hand_in_part(request=type(request).objects.get(pk=request.pk), author="A", by=crowded.dana, now=now, **said)

    assert at_once(hand_in) == [""] * WRITERS
    assert sorted(Part.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_handing_in_the_same_at_once_is_one_part(crowded: World, now: datetime) -> None:
    review = notified(crowded, now)
    request = asked(review, crowded.police, crowded.dana, now)

    def hand_in(_number: int) -> None:
        hand_in_part(request=type(request).objects.get(pk=request.pk), author="A", by=crowded.dana, now=now, **PART)

    assert at_once(hand_in) == ["", *["This text was handed in already."] * (WRITERS - 1)]
    assert Part.objects.count() == 1


def test_asking_an_agency_at_once_is_one_request_and_one_reader(crowded: World, now: datetime) -> None:
    review, due_on = notified(crowded, now), now.date() + timedelta(days=5)

    def ask(_number: int) -> None:
        ask_agency(
            review=held(review),
            agency=crowded.police,
            person=crowded.dana,
            due_on=due_on,
            by=crowded.manager,
            now=now,
        )

    told = at_once(ask)
    assert told.count("") == 1
    assert review.agency_requests.count() == 1
    assert review.readers.filter(person=crowded.dana).count() == 1


def test_putting_one_person_on_at_once_is_one_place(crowded: World, now: datetime) -> None:
    review, last = recorded(crowded, now), now.date() + timedelta(days=9)

    def put(_number: int) -> None:
        put_on(
            review=held(review),
            person=crowded.analyst,
            role=ReaderRole.PANEL,
            ends_on=last,
            reason=TEXT,
            by=crowded.manager,
            now=now,
        )

    assert at_once(put).count("") == 1
    assert Reader.objects.filter(person=crowded.analyst).count() == 1


def test_handing_over_at_once_leaves_one_lead(crowded: World, now: datetime) -> None:
    review, last = recorded(crowded, now), now.date() + timedelta(days=9)
    others = [somebody(crowded, f"Manager {number}", DutyKind.BUSINESS_MANAGER, now) for number in range(WRITERS)]

    def hand_over(number: int) -> None:
        to, by = others[number], crowded.manager
        hand_over_review(review=held(review), to=to, ends_on=last, reason=TEXT, by=by, now=now)

    told = at_once(hand_over)
    assert told.count("") == 1
    assert all("Only who leads" in words for words in told if words)
    assert leads_on(now.date()).get().person in others


def test_answering_one_request_at_once_is_one_answer(crowded: World, now: datetime) -> None:
    review, scrutineer = recorded(crowded, now), crowded.holder[DutyKind.SCRUTINEER]
    asking = ask_for_access(review=review, reason=TEXT, by=scrutineer, now=now)

    def answer(number: int) -> None:
        answer_request(
            request=type(asking).objects.get(pk=asking.pk),
            is_given=bool(number),
            answer=TEXT,
            ends_on=now.date(),
            by=crowded.manager,
            now=now,
        )

    assert at_once(answer).count("") == 1
    asking.refresh_from_db()
    assert Reader.objects.filter(person=scrutineer).count() == int(bool(asking.is_given))


def test_asking_for_access_at_once_waits_once(crowded: World, now: datetime) -> None:
    review, scrutineer = recorded(crowded, now), crowded.holder[DutyKind.SCRUTINEER]
    told = at_once(lambda _: ask_for_access(review=held(review), reason=TEXT, by=scrutineer, now=now))
    assert told.count("") == 1
    assert review.access_requests.count() == 1
    with pytest.raises(NotAllowedError, match="asked already"):
        ask_for_access(review=review, reason=TEXT, by=scrutineer, now=now)
