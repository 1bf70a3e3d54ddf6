"""The response, the meeting, agencies, the analysis and what follows: what each refuses."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.child_deaths.made import (
    ANSWERED,
    CHILD,
    TEXT,
    answered,
    asked,
    closed,
    discussed,
    factors,
    gathering,
    heard,
    judged,
    notified,
    reading,
    somebody,
    who,
)
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.child_deaths.enums import Domain, Known, Score
from trefoil.child_deaths.models import PracticeReview
from trefoil.child_deaths.needs import replies_owed_by
from trefoil.child_deaths.operations.analysis import (
    Factors,
    add_learning,
    begin_practice_review,
    close_death,
    recommend,
)
from trefoil.child_deaths.operations.deaths import withdraw_death
from trefoil.child_deaths.operations.requests import Answered, answer_request, withdraw_request
from trefoil.child_deaths.operations.response import Discussed, decide_response, hold_meeting, write_step
from trefoil.clocks.models import Clock
from trefoil.notifications.models import Message
from trefoil.people.enums import DutyKind
from trefoil.reviews.enums import IncidentKind
from trefoil.reviews.rules import identities_visible_to

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"is_needed": False}, "JAR-1, JAR-2 are met, so there is"),
        ({"met": ["JAR-9"]}, "no such criterion"),
        ({"deciders": " "}, "Say who decided"),
        ({"reasons": "so"}, "Say why"),
        ({"days": 1}, "future"),
        ({"days": -11}, "before the death"),
    ],
)
def test_decide_response_refuses(world: World, now: datetime, changed: dict, words: str) -> None:
    death, given = notified(world, now), {"met": ["JAR-1", "JAR-2"], "is_needed": True, "reasons": TEXT}
    given |= {"decided_on": timezone.localdate(now) + changed.pop("days", 0) * DAY, "deciders": "A doctor"}
    with pytest.raises(NotAllowedError, match=words):
        decide_response(death=death, by=world.manager, now=now, **(given | changed))


def test_write_step_refuses(world: World, now: datetime) -> None:
    none, day = gathering(world, now, is_needed=False), timezone.localdate(now)
    with pytest.raises(NotAllowedError, match="no joint agency response"):
        write_step(death=none, code="contacts", done_on=day, words=TEXT, by=world.manager, now=now)
    death = gathering(world, now, another=TEXT)
    for code, done_on, words in (("tea", day, "no such step"), ("visit", day - 11 * DAY, "before the death")):
        with pytest.raises(NotAllowedError, match=words):
            write_step(death=death, code=code, done_on=done_on, words=TEXT, by=world.manager, now=now)


def test_hold_meeting_refuses(world: World, now: datetime) -> None:
    death, day = gathering(world, now), timezone.localdate(now)
    for meeting, words in (
        (Discussed(day, day + DAY, "A", TEXT, TEXT), "future"),
        (Discussed(day - 20 * DAY, day, "A", TEXT, TEXT), "held before the death"),
        (Discussed(day, day - DAY, "A", TEXT, TEXT), "come before the meeting"),
        (Discussed(day, day, " ", TEXT, TEXT), "Say which hospital"),
        (Discussed(day, day, "A", TEXT, ""), "Say what the family asked"),
    ):
        with pytest.raises(NotAllowedError, match=words):
            hold_meeting(death=death, meeting=meeting, by=world.manager, now=now)


def test_ask_agency_by_the_rule_pack_and_what_it_refuses(world: World, now: datetime) -> None:
    death = notified(world, now)
    request = asked(death, world.police, world.dana, now)
    # Fifteen working days from Sunday 22 November 2026: Friday 11 December.
    assert f"{request.due_on:%Y-%m-%d}" == "2026-12-11"
    told = Message.objects.get(person=world.dana)
    assert told.words == "Your agency is asked what it knows."
    assert [one.pk for one in replies_owed_by(standing_of(world.dana, world.fairmead, now=now))] == [request.pk]
    today = timezone.localdate(now)
    for agency, person, due_on, words in (
        (world.police, world.dana, None, "asked already"),
        (world.health, world.charlie, None, "holds no duty"),
        (world.health, world.bob, today - DAY, "between today"),
        (world.health, world.bob, today + 360 * DAY, "between today"),
    ):
        with pytest.raises(NotAllowedError, match=words):
            asked(death, agency, person, now, due_on=due_on)
    with pytest.raises(NotAllowedError, match="until the death is before the panel"):
        asked(heard(world, now, another=TEXT), world.health, world.bob, now)


def test_answer_request_twice_or_for_another_child_is_refused(world: World, now: datetime) -> None:
    death = notified(world, now)
    request = asked(death, world.police, world.dana, now)
    answered(request, now)
    with pytest.raises(NotAllowedError, match="answered already"):
        answered(request, now)
    other = asked(notified(world, now, another=TEXT), world.police, world.dana, now)
    with pytest.raises(NotAllowedError, match="Is it meant for this one"):
        answered(other, now)
    answered(other, now, said=Answered(Known.NO, "A nurse"))
    for said, words in (
        (Answered(Known.NO, "A nurse"), "answered already"),
        (Answered(Known.YES, "A nurse", care=TEXT), "Say how your agency knew"),
        (Answered(Known.FAMILY, " ", involvement=TEXT, care=TEXT), "Say who wrote it"),
    ):
        with pytest.raises(NotAllowedError, match=words):
            answered(other, now, said=said)
    with pytest.raises(NotAllowedError, match="Only the person who was asked"):
        answer_request(request=other, answered=ANSWERED, by=world.bob, now=now)
    assert Message.objects.filter(person=world.manager, words__startswith="An agency has answered").count() == 2


def test_withdraw_request_ends_the_reading(world: World, now: datetime) -> None:
    death = notified(world, now)
    request = asked(death, world.police, world.dana, now)
    withdraw_request(request=request, reason=TEXT, by=world.manager, now=now)
    assert not replies_owed_by(standing_of(world.dana, world.fairmead, now=now)).exists()
    assert death.readers.get(person=world.dana).ended_at == now
    for refused in (lambda: withdraw_request(request=request, reason=TEXT, by=world.manager, now=now),):
        with pytest.raises(NotAllowedError, match="withdrawn already"):
            refused()
    with pytest.raises(NotAllowedError, match="not asked for any more"):
        answered(request, now)


def test_answer_after_the_meeting_closed_is_refused(world: World, now: datetime) -> None:
    death = heard(world, now)
    early = notified(world, now, another=TEXT)
    request = asked(early, world.police, world.dana, now)
    type(early).objects.filter(pk=early.pk).update(state=death.state)
    with pytest.raises(NotAllowedError, match="not gathered any more"):
        answered(request, now)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"applying": []}, "at least one of the ten"),
        ({"factors": factors()[:3]}, "Each of the four domains"),
        ({"factors": [Factors(one, Score.MAY_HAVE) for one in Domain]}, "say which factors"),
        (
            {"factors": [Factors(one, Score.NO_PART, is_modifiable=True, change=TEXT) for one in Domain]},
            "only what may",
        ),
        (
            {"factors": [Factors(one, Score.MAY_HAVE, words=TEXT, is_modifiable=True) for one in Domain]},
            "say what could be changed",
        ),
        ({"days": 1}, "future"),
        ({"days": -1}, "before the report"),
    ],
)
def test_judge_death_refuses(world: World, now: datetime, changed: dict, words: str) -> None:
    death = heard(world, now)
    if "days" in changed:
        changed = {"judged_on": timezone.localdate(now) + changed["days"] * DAY}
    with pytest.raises(NotAllowedError, match=words):
        judged(death, now, **changed)


def test_judge_death_anew_takes_a_reason_and_keeps_the_first(world: World, now: datetime) -> None:
    death = heard(world, now)
    judged(death, now)
    with pytest.raises(NotAllowedError, match="Say why it is changed"):
        judged(death, now)
    judged(death, now, applying=[3, 10], reason=TEXT)
    assert [(one.category.number, one.undone_at is None) for one in death.analyses.all()] == [(10, False), (3, True)]


def test_close_death_needs_the_analysis_and_its_day(world: World, now: datetime) -> None:
    death, day = heard(world, now), timezone.localdate(now)
    with pytest.raises(NotAllowedError, match="analysis is written first"):
        close_death(death=death, sent_on=day, by=world.manager, now=now)
    judged(death, now)
    with pytest.raises(NotAllowedError, match="before the panel judged"):
        close_death(death=death, sent_on=day - DAY, by=world.manager, now=now)


def test_learning_and_recommendations(world: World, now: datetime) -> None:
    death = notified(world, now)
    add_learning(death=death, words=TEXT, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="come out of the review meeting"):
        recommend(death=death, words=TEXT, by=world.manager, now=now)
    added = recommend(death=discussed(world, now, another=TEXT), words="Agree to say so.", by=world.manager, now=now)
    assert added.source_reference == "Learning from practice"
    withdraw_death(death=death, reason=TEXT, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="withdrawn"):
        add_learning(death=death, words=TEXT, by=world.manager, now=now)


def begun(world: World, now: datetime, death: object, by: object = None) -> object:
    day = timezone.localdate(now)
    given = {"known_on": day, "words": TEXT, "is_in_care": True}
    return begin_practice_review(death=death, by=by or world.manager, now=now, **given)


def test_begin_practice_review_carries_who_the_child_was(world: World, now: datetime) -> None:
    death = notified(world, now)
    review = begun(world, now, death)
    assert (review.kind, review.happened_on, review.is_in_care) == (IncidentKind.DEATH, death.died_on, True)
    standing = standing_of(world.manager, world.fairmead, now=now)
    carried = identities_visible_to(standing).get(review=review)
    assert (carried.child_name, carried.born_on, carried.numbers) == (CHILD, who().born_on.isoformat(), who().numbers)
    assert PracticeReview.objects.get().review == review
    assert Clock.objects.about(review.subject).under("SI-CLADEATH").exists()
    with pytest.raises(NotAllowedError, match="belongs to this death already"):
        begun(world, now, death)


def test_begin_practice_review_refuses(world: World, now: datetime) -> None:
    death = notified(world, now)
    with pytest.raises(NotAllowedError, match="Only who reads this"):
        begun(world, now, death, by=world.analyst)
    spare = somebody(world, "Spare", DutyKind.BUSINESS_MANAGER, now)
    reading(death, spare, now)
    with pytest.raises(NotAllowedError, match="do not see who the child was"):
        begun(world, now, death, by=spare)
    with pytest.raises(NotAllowedError, match="nothing is added"):
        begun(world, now, closed(world, now, another=TEXT))
