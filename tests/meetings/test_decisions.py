"""Decisions of three equal partners: all agree or it is not made, and what each said is kept."""

import threading
from datetime import datetime

import pytest
from django.db import connection

from tests.meetings.meetings_made import bound, called, everybody_there, executive, held
from tests.world import build_world
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.meetings.enums import Authority, DecisionState, Stance
from trefoil.meetings.models import Decision
from trefoil.meetings.operations.agenda import add_item
from trefoil.meetings.operations.attendance import declare_interest
from trefoil.meetings.operations.calling import cancel_meeting
from trefoil.meetings.operations.decisions import put_decision, take_position, withdraw_decision
from trefoil.meetings.operations.minutes import approve_minutes, circulate_minutes, draft_minutes

WHY = "The money is not in our budget this year."


def put(made, now, meeting=None, **named):
    return put_decision(
        meeting=meeting or held(made, now),
        headline="Fund a worker",
        words="To fund a worker for a year.",
        by=made.chair,
        now=now,
        **named,
    )


def say(decision, made, agency, now, stance=Stance.AGREE, **named):
    given = {"authority": Authority.LEAD, "by": made.partners[agency.pk], **named}
    return take_position(decision=decision, agency=agency, stance=stance, now=now, **given)


def test_decision_is_made_when_the_last_partner_agrees(made, now, last) -> None:
    decision, world = put(made, now), made.world
    assert last(EventType.DECISION_PUT).detail["number"] == 1
    say(decision, made, world.social_care, now)
    say(decision, made, world.police, now, authority=Authority.DELEGATED, authority_words="the chief constable in May")
    assert decision.state == DecisionState.OPEN
    say(decision, made, world.health, now)
    assert (decision.state, decision.settled_at) == (DecisionState.MADE, now)
    assert last(EventType.POSITION_TAKEN).detail["agency"] == world.health.pk
    assert last(EventType.DECISION_SETTLED).detail == {"state": "made"}


def test_decision_is_not_made_when_one_does_not_agree_and_can_be_put_again(made, now) -> None:
    decision, world = put(made, now), made.world
    say(decision, made, world.social_care, now)
    say(decision, made, world.police, now, Stance.DISAGREE, reason=WHY)
    say(decision, made, world.health, now)
    assert decision.state == DecisionState.NOT_MADE
    assert decision.positions.get(agency=world.police).reason == WHY
    with pytest.raises(NotAllowedError, match="No position is awaited"):
        say(decision, made, world.police, now)
    again = put(made, now, meeting=called(made, now), follows=decision)
    assert (again.number, again.follows) == (2, decision)
    with pytest.raises(NotAllowedError, match="put again"):
        put(made, now, meeting=called(made, now, days=9), follows=again)


def test_position_can_change_until_the_last_is_in_and_the_first_is_kept(made, now) -> None:
    decision, world = put(made, now), made.world
    say(decision, made, world.police, now, Stance.DISAGREE, reason=WHY)
    say(decision, made, world.police, now)
    assert [one.stance for one in decision.positions.order_by("pk")] == [Stance.DISAGREE, Stance.AGREE]
    assert decision.positions.get(is_current=True).stance == Stance.AGREE


def test_position_needs_a_reason_and_whose_authority(made, now) -> None:
    decision, police = put(made, now), made.world.police
    with pytest.raises(NotAllowedError, match="Say why"):
        say(decision, made, police, now, Stance.DISAGREE)
    with pytest.raises(NotAllowedError, match="who delegated"):
        say(decision, made, police, now, authority=Authority.DELEGATED)


def test_position_is_taken_by_that_partner_or_noted_by_who_runs_the_meeting(made, now) -> None:
    decision, world = put(made, now), made.world
    with pytest.raises(NotAllowedError, match="duty of safeguarding partner"):
        say(decision, made, world.police, now, by=made.health)
    with pytest.raises(NotAllowedError, match="duty of safeguarding partner"):
        say(decision, made, world.police, now, by=world.manager)
    with pytest.raises(NotAllowedError, match="duty of safeguarding partner"):
        say(decision, made, world.police, now, by=world.manager, person=made.health)
    position = say(decision, made, world.police, now, by=world.manager, person=made.police)
    assert (position.person, position.taken_by) == (made.police, world.manager)


def test_position_of_somebody_who_left_for_the_item_is_refused(made, now) -> None:
    meeting = called(made, now)
    item = add_item(meeting=meeting, title="A contract", by=made.chair, now=now)
    declare_interest(
        meeting=meeting, person=made.police, item=item, words="A trustee", withdrew=True, by=made.police, now=now
    )
    decision = put(made, now, meeting=meeting, item=item)
    with pytest.raises(NotAllowedError, match="declared an interest"):
        say(decision, made, made.world.police, now)
    other = put(made, now, meeting=meeting)
    say(other, made, made.world.police, now)


def test_group_decision_is_made_at_once_and_only_when_quorate(made, now) -> None:
    bound(made, now)
    meeting = called(made, now, days=0)
    with pytest.raises(NotAllowedError, match="not quorate"):
        put(made, now, meeting=meeting, is_joint=False)
    everybody_there(made, meeting, now)
    decision = put(made, now, meeting=meeting, is_joint=False)
    assert decision.state == DecisionState.MADE
    with pytest.raises(NotAllowedError, match="No position"):
        say(decision, made, made.world.police, now)


def test_group_decides_nothing_before_the_day_of_its_meeting(made, now) -> None:
    """Whoever says that they come is noted before; that is no quorum yet."""
    meeting = called(made, now, days=30)
    everybody_there(made, meeting, now)
    with pytest.raises(NotAllowedError, match="has not begun yet"):
        put(made, now, meeting=meeting, is_joint=False)
    assert put(made, now, meeting=meeting).state == DecisionState.OPEN


def test_nothing_is_put_to_a_meeting_whose_minutes_are_out(made, now, client_for) -> None:
    """Who reads them, and the meeting that approves them, would not find it there."""
    meeting = held(made, now)
    minutes = draft_minutes(meeting=meeting, by=made.chair, now=now)
    put(made, now, meeting=meeting)
    client, path = client_for(made.world.manager), f"/fairmead/meetings/{meeting.pk}/"
    assert "Put a decision" in client.get(path).content.decode()
    circulate_minutes(minutes=minutes, by=made.chair, now=now)
    assert "Put a decision" not in client.get(path).content.decode()
    for is_joint in (True, False):
        with pytest.raises(NotAllowedError, match="Open them again"):
            put(made, now, meeting=meeting, is_joint=is_joint)
    approve_minutes(minutes=minutes, approved_in=held(made, now, days=-1), by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="approved"):
        put(made, now, meeting=meeting)


def test_put_decision_refusals(made, now) -> None:
    meeting, other = called(made, now), called(made, now, days=9)
    item = add_item(meeting=other, title="x", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="another meeting"):
        put(made, now, meeting=meeting, item=item)
    cancel_meeting(meeting=meeting, reason="Nobody can come.", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="cancelled"):
        put(made, now, meeting=meeting)


def test_withdraw_decision_while_it_is_open(made, now, last) -> None:
    decision = put(made, now)
    withdraw_decision(decision=decision, reason=WHY, by=made.chair, now=now)
    assert (decision.state, decision.withdrawn_reason) == (DecisionState.WITHDRAWN, WHY)
    assert last(EventType.DECISION_WITHDRAWN).reason == WHY
    with pytest.raises(NotAllowedError, match="stands as it is"):
        withdraw_decision(decision=decision, reason=WHY, by=made.chair, now=now)


@pytest.mark.django_db(transaction=True)
def test_positions_taken_at_once_settle_the_decision_once(now: datetime) -> None:
    made = executive(build_world(now=now), now)
    decision = put(made, now)
    start, wrong = threading.Barrier(3), []

    def speak(agency) -> None:
        try:
            start.wait(10)
            say(Decision.objects.get(pk=decision.pk), made, agency, now)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    world = made.world
    threads = [threading.Thread(target=speak, args=(one,)) for one in (world.social_care, world.police, world.health)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert wrong == []
    decision.refresh_from_db()
    assert decision.state == DecisionState.MADE
    assert decision.positions.filter(is_current=True).count() == 3
