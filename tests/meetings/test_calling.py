"""A meeting's life, and what is refused."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.meetings.meetings_made import bound, called, cycle, everybody_there, held
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.clocks.models import Clock
from trefoil.meetings.enums import MeetingState, Presence
from trefoil.meetings.operations.agenda import add_item
from trefoil.meetings.operations.attendance import Note, note_attendance
from trefoil.meetings.operations.calling import (
    call_meeting,
    cancel_meeting,
    hold_meeting,
    move_meeting,
    plan_dates,
    send_agenda,
)
from trefoil.meetings.operations.minutes import circulate_minutes, draft_minutes, reopen_minutes

REASON = "The room is not to be had that day."


def planned(made, now, start=date(2026, 1, 1), end=date(2026, 12, 31), by=None):
    return plan_dates(group=made.group, start=start, end=end, by=by or made.world.manager, now=now)


def test_plan_dates_calls_a_year_and_never_twice(made, now, last) -> None:
    cycle(made, now)
    found = planned(made, now)
    assert [timezone.localtime(one.starts_at).strftime("%d %m %H:%M") for one in found] == [
        "13 01 10:00",
        "10 03 10:00",
        "12 05 10:00",
        "14 07 10:00",
        "08 09 10:00",
        "10 11 10:00",
    ]
    assert last(EventType.MEETING_CALLED).subject == "group:fairmead/partners"
    assert planned(made, now) == []


def test_plan_dates_does_not_call_a_moved_or_cancelled_one_again(made, now) -> None:
    cycle(made, now)
    first, second, *_ = planned(made, now)
    by = {"by": made.world.manager, "now": now, "reason": REASON}
    move_meeting(meeting=first, starts_at=first.starts_at + timedelta(days=2), **by)
    cancel_meeting(meeting=second, **by)
    assert planned(made, now) == []


def test_plan_dates_without_a_cycle_or_the_right_is_refused(made, now) -> None:
    with pytest.raises(NotAllowedError, match="how often"):
        planned(made, now)
    cycle(made, now)
    with pytest.raises(NotAllowedError, match="chair of Partners"):
        planned(made, now, by=made.police)
    with pytest.raises(NotAllowedError, match="within two years"):
        planned(made, now, end=date(2030, 1, 1))
    assert planned(made, now, by=made.chair)


def test_call_meeting_twice_at_a_time_is_refused(made, now) -> None:
    called(made, now)
    with pytest.raises(NotAllowedError, match="already meets then"):
        called(made, now)


def test_call_meeting_needs_the_right(made, now) -> None:
    with pytest.raises(NotAllowedError, match="business manager"):
        call_meeting(group=made.group, starts_at=now, minutes_long=60, by=made.world.bob, now=now)


def test_move_meeting_keeps_where_it_was_and_sends_the_agenda_again(made, now, last) -> None:
    meeting = called(made, now)
    was = meeting.starts_at
    add_item(meeting=meeting, title="The plan", by=made.chair, now=now)
    send_agenda(meeting=meeting, by=made.chair, now=now)
    assert last(EventType.AGENDA_SENT).subject == f"meeting:{meeting.pk}"
    move_meeting(meeting=meeting, starts_at=was + timedelta(days=1), reason=REASON, by=made.chair, now=now)
    assert meeting.state == MeetingState.PLANNED
    assert meeting.instead_of == timezone.localdate(was)
    assert meeting.moves.last().was_at == was
    assert last(EventType.MEETING_MOVED).reason == REASON


def test_move_meeting_to_nowhere_or_without_reason_is_refused(made, now) -> None:
    meeting = called(made, now)
    with pytest.raises(NotAllowedError, match="Say why"):
        move_meeting(meeting=meeting, starts_at=now + timedelta(days=9), reason="no", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="meets already"):
        move_meeting(meeting=meeting, starts_at=meeting.starts_at, reason=REASON, by=made.chair, now=now)
    other = called(made, now, days=8)
    with pytest.raises(NotAllowedError, match="already meets then"):
        move_meeting(meeting=meeting, starts_at=other.starts_at, reason=REASON, by=made.chair, now=now)


def test_cancel_meeting_ends_it(made, now, last) -> None:
    meeting = called(made, now)
    cancel_meeting(meeting=meeting, reason=REASON, by=made.chair, now=now)
    assert last(EventType.MEETING_CANCELLED).reason == REASON
    with pytest.raises(NotAllowedError, match="cancelled"):
        cancel_meeting(meeting=meeting, reason=REASON, by=made.chair, now=now)
    called(made, now)  # the time is free again


def test_send_agenda_needs_one(made, now) -> None:
    meeting = called(made, now)
    with pytest.raises(NotAllowedError, match="nothing on the agenda"):
        send_agenda(meeting=meeting, by=made.chair, now=now)
    add_item(meeting=meeting, title="The plan", by=made.chair, now=now)
    send_agenda(meeting=meeting, by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="already"):
        send_agenda(meeting=meeting, by=made.chair, now=now)


def test_hold_meeting_records_the_quorum_and_who_was_absent(made, now, last) -> None:
    bound(made, now)
    meeting = called(made, now, days=0)
    there = [Note(made.chair.pk, Presence.PRESENT), Note(made.health.pk, Presence.PRESENT)]
    note_attendance(meeting=meeting, notes=there, by=made.chair, now=now)
    hold_meeting(meeting=meeting, by=made.chair, now=now)
    assert meeting.quorate is False
    assert meeting.quorum_words == "Not quorate: 2 members present, 2 needed. Nobody from Fairmead Police."
    assert meeting.attendance.get(person=made.police).presence == Presence.ABSENT
    assert last(EventType.MEETING_HELD).detail == {"quorate": False}


def test_hold_meeting_without_terms_needs_half(made, now) -> None:
    meeting = held(made, now)
    assert meeting.quorate is True
    assert meeting.quorum_words == "Quorate: 3 members present, 2 needed."


def test_hold_meeting_too_early_or_with_nobody_is_refused(made, now) -> None:
    meeting = called(made, now)
    with pytest.raises(NotAllowedError, match="not begun"):
        hold_meeting(meeting=meeting, by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="who is there"):
        hold_meeting(meeting=meeting, by=made.chair, now=meeting.starts_at)
    everybody_there(made, meeting, now)
    hold_meeting(meeting=meeting, by=made.chair, now=meeting.starts_at)
    with pytest.raises(NotAllowedError, match="held"):
        hold_meeting(meeting=meeting, by=made.chair, now=meeting.starts_at)


def clock(meeting, rule_id):
    return Clock.objects.filter(subject=f"meeting:{meeting.pk}", rule_id=rule_id).latest("pk")


def test_papers_have_a_clock_that_the_agenda_stops(made, now) -> None:
    meeting = called(made, now, days=9)  # Tuesday 1 December: five working days before is Tuesday 24 November
    assert clock(meeting, "MT-PAPERS").due_on == date(2026, 11, 24)
    add_item(meeting=meeting, title="The plan", by=made.chair, now=now)
    send_agenda(meeting=meeting, by=made.chair, now=now)
    assert clock(meeting, "MT-PAPERS").stopped_at == now
    move_meeting(meeting=meeting, starts_at=now + timedelta(days=10), reason=REASON, by=made.chair, now=now)
    assert (clock(meeting, "MT-PAPERS").due_on, clock(meeting, "MT-PAPERS").stopped_at) == (date(2026, 11, 25), None)
    cancel_meeting(meeting=meeting, reason=REASON, by=made.chair, now=now)
    assert clock(meeting, "MT-PAPERS").withdrawn_at == now


def test_minutes_have_a_clock_from_the_meeting_on(made, now) -> None:
    meeting = held(made, now, days=-5)  # Tuesday 17 November: ten working days later is Tuesday 1 December
    assert clock(meeting, "MT-MINUTES").due_on == date(2026, 12, 1)
    minutes = draft_minutes(meeting=meeting, by=made.chair, now=now)
    circulate_minutes(minutes=minutes, by=made.chair, now=now)
    assert clock(meeting, "MT-MINUTES").stopped_at == now
    reopen_minutes(minutes=minutes, reason=REASON, by=made.chair, now=now)
    assert clock(meeting, "MT-MINUTES").stopped_at is None
