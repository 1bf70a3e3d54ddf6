"""Minutes: drafted from the record, written, circulated, approved with corrections."""

import pytest

from tests.meetings.meetings_made import called, held
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.meetings.enums import Authority, MinutesState, Presence, Stance
from trefoil.meetings.operations.agenda import add_item
from trefoil.meetings.operations.attendance import Note, add_guest, declare_interest, note_attendance
from trefoil.meetings.operations.calling import hold_meeting
from trefoil.meetings.operations.decisions import put_decision, take_position
from trefoil.meetings.operations.minutes import (
    approve_minutes,
    circulate_minutes,
    draft_minutes,
    reopen_minutes,
    write_minutes,
)


def full_meeting(made, now):
    """One with everything that minutes tell of."""
    meeting = called(made, now, days=0)
    by = {"by": made.chair, "now": now}
    item = add_item(meeting=meeting, title="A worker", summary="A paper asks for money.", owner=made.health, **by)
    note_attendance(
        meeting=meeting,
        notes=[
            Note(made.chair.pk, Presence.PRESENT),
            Note(made.police.pk, Presence.SUBSTITUTE, "A deputy"),
            Note(made.health.pk, Presence.APOLOGIES),
        ],
        **by,
    )
    add_guest(meeting=meeting, name="A guest", **by)
    declare_interest(meeting=meeting, person=made.chair, item=item, words="A friend runs it.", **by)
    decision = put_decision(meeting=meeting, item=item, headline="h", words="To pay for a worker.", **by)
    for agency in (made.world.social_care, made.world.police, made.world.health):
        refuses = agency == made.world.health
        take_position(
            decision=decision,
            agency=agency,
            stance=Stance.DISAGREE if refuses else Stance.AGREE,
            reason="There is no money." if refuses else "",
            authority=Authority.LEAD,
            by=made.partners[agency.pk],
            now=now,
        )
    hold_meeting(meeting=meeting, **by)
    return meeting


def test_draft_minutes_tells_what_was_recorded(made, now, last) -> None:
    meeting = full_meeting(made, now)
    called(made, now, days=60, place="Room 2")
    minutes = draft_minutes(meeting=meeting, by=made.world.manager, now=now)
    there, interests, item, close = [entry.words for entry in minutes.entries.all()]
    assert "Substitutes: A deputy for Partner of Fairmead Police (Fairmead Police)." in there
    assert "Apologies: Partner of Fairmead Health (Fairmead Health)." in there
    assert "Guests: A guest." in there
    assert "Quorate: 2 members present, 2 needed." in there
    assert interests == (
        "Partner of Fairmead Children's Services declared an interest in “A worker”: A friend runs it. They stayed."
    )
    assert item.startswith("Partner of Fairmead Health brought this item.\nA paper asks for money.\n")
    assert "Not decided, because the partners did not agree (decision 1): To pay for a worker." in item
    assert "Fairmead Health did not agree (Partner of Fairmead Health): There is no money." in item
    assert close == "The next meeting is on Thursday 21 January 2027 at 10:00, Room 2."
    assert last(EventType.MINUTES_DRAFTED).subject == f"meeting:{meeting.pk}"
    with pytest.raises(NotAllowedError, match="drafted already"):
        draft_minutes(meeting=meeting, by=made.chair, now=now)


def test_draft_minutes_before_it_was_held_is_refused(made, now) -> None:
    with pytest.raises(NotAllowedError, match="has been held"):
        draft_minutes(meeting=called(made, now), by=made.chair, now=now)


def test_write_minutes_keeps_what_somebody_else_wrote_meanwhile(made, now, last) -> None:
    minutes = draft_minutes(meeting=held(made, now), by=made.chair, now=now)
    entry = minutes.entries.first()
    write_minutes(minutes=minutes, words={entry.pk: " Mine. "}, seen_version=1, by=made.chair, now=now)
    entry.refresh_from_db()
    assert entry.words == "Mine."
    assert last(EventType.MINUTES_WRITTEN).actor == made.chair.pk
    with pytest.raises(NotAllowedError, match="has saved this since you opened it"):
        write_minutes(minutes=minutes, words={entry.pk: "Lost."}, seen_version=1, by=made.chair, now=now)


def test_write_minutes_leaves_other_minutes_alone(made, now) -> None:
    minutes = draft_minutes(meeting=held(made, now), by=made.chair, now=now)
    other = draft_minutes(meeting=held(made, now, days=-30), by=made.chair, now=now).entries.first()
    write_minutes(minutes=minutes, words={other.pk: "Wrong."}, seen_version=1, by=made.chair, now=now)
    assert other.words == type(other).objects.get(pk=other.pk).words


def test_minutes_are_circulated_opened_again_and_approved(made, now, last) -> None:
    minutes = draft_minutes(meeting=held(made, now, days=-30), by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="draft"):
        approve_minutes(minutes=minutes, approved_in=held(made, now), by=made.chair, now=now)
    circulate_minutes(minutes=minutes, by=made.chair, now=now)
    assert last(EventType.MINUTES_CIRCULATED).actor == made.chair.pk
    reopen_minutes(minutes=minutes, reason="A name was wrong.", by=made.chair, now=now)
    assert (minutes.state, minutes.circulated_at) == (MinutesState.DRAFT, None)
    circulate_minutes(minutes=minutes, by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="circulated"):
        circulate_minutes(minutes=minutes, by=made.chair, now=now)
    later = minutes.meeting.group.meetings.latest("starts_at")
    approve_minutes(minutes=minutes, approved_in=later, corrections=" May is June. ", by=made.chair, now=now)
    assert (minutes.state, minutes.corrections, minutes.approved_in) == (MinutesState.APPROVED, "May is June.", later)
    assert last(EventType.MINUTES_APPROVED).detail == {"approved_in": later.pk, "corrected": True}
    with pytest.raises(NotAllowedError, match="approved"):
        reopen_minutes(minutes=minutes, reason="A name was wrong.", by=made.chair, now=now)


def test_approve_minutes_at_the_wrong_meeting_is_refused(made, now) -> None:
    minutes = draft_minutes(meeting=held(made, now), by=made.chair, now=now)
    circulate_minutes(minutes=minutes, by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="later meeting"):
        approve_minutes(minutes=minutes, approved_in=minutes.meeting, by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="not taken place"):
        approve_minutes(minutes=minutes, approved_in=called(made, now), by=made.chair, now=now)
