"""Who is there, who sends word, who declares an interest."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from tests.meetings.meetings_made import called, everybody_there, held
from tests.world import BEGINNING
from trefoil.access.errors import NotAllowedError
from trefoil.access.structure_operations import end_duty_seat, give_duty_seat
from trefoil.audit.enums import EventType
from trefoil.meetings.enums import Presence
from trefoil.meetings.members import chair_of, members_of
from trefoil.meetings.operations.agenda import add_item
from trefoil.meetings.operations.attendance import Note, add_guest, declare_interest, note_attendance, send_word
from trefoil.people.enums import DutyKind, GroupRole


def test_note_attendance_replaces_what_was_noted(made, now, last) -> None:
    meeting = called(made, now)
    everybody_there(made, meeting, now)
    note_attendance(
        meeting=meeting, notes=[Note(made.police.pk, Presence.SUBSTITUTE, " A deputy ")], by=made.chair, now=now
    )
    row = meeting.attendance.get(person=made.police)
    assert (row.presence, row.substitute_name, row.agency) == ("substitute", "A deputy", made.world.police)
    assert last(EventType.ATTENDANCE_NOTED).detail == {str(made.police.pk): "substitute"}


def test_note_attendance_of_a_stranger_or_a_nameless_substitute_is_refused(made, now) -> None:
    meeting = called(made, now)
    with pytest.raises(NotAllowedError, match="guests"):
        note_attendance(meeting=meeting, notes=[Note(made.world.bob.pk, Presence.PRESENT)], by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="instead of"):
        note_attendance(meeting=meeting, notes=[Note(made.police.pk, Presence.SUBSTITUTE)], by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="stays as it is"):
        everybody_there(made, held(made, now), now)


def test_note_attendance_of_whom_another_noted_meanwhile_is_refused(made, now) -> None:
    meeting, named = called(made, now), {"by": made.chair, "now": now}
    note_attendance(meeting=meeting, notes=[Note(made.police.pk, Presence.APOLOGIES, seen=("expected", ""))], **named)
    with pytest.raises(NotAllowedError, match="something else of"):
        note_attendance(meeting=meeting, notes=[Note(made.police.pk, Presence.PRESENT, seen=("expected", ""))], **named)
    note_attendance(meeting=meeting, notes=[Note(made.police.pk, Presence.PRESENT, seen=("apologies", ""))], **named)
    assert meeting.attendance.get(person=made.police).presence == Presence.PRESENT


def test_word_sent_while_the_page_was_open_stays(made, now, client_for) -> None:
    meeting, chair = called(made, now, days=3), client_for(made.chair)
    address = reverse("meeting_run", args=["fairmead", meeting.pk])
    opened = filled(chair.get(address).content.decode())
    send_word(meeting=meeting, presence=Presence.APOLOGIES, by=made.police, now=now)
    mine = {**opened, f"presence_{made.chair.pk}": "present"}
    assert chair.post(address, mine).status_code == 302
    noted = {row.person_id: row.presence for row in meeting.attendance.all()}
    assert (noted[made.chair.pk], noted[made.police.pk]) == ("present", "apologies")


def test_member_of_whom_two_note_different_things_is_asked_again(made, now, client_for) -> None:
    meeting, chair = called(made, now, days=3), client_for(made.chair)
    address = reverse("meeting_run", args=["fairmead", meeting.pk])
    opened = filled(chair.get(address).content.decode())
    send_word(meeting=meeting, presence=Presence.APOLOGIES, by=made.police, now=now)
    answer = chair.post(address, {**opened, f"presence_{made.police.pk}": "present"})
    page = unescape(answer.content.decode())
    assert f"noted “apologies” of {made.police.name} after you had opened this page. Say what holds." in page
    assert meeting.attendance.get(person=made.police).presence == Presence.APOLOGIES
    assert chair.post(address, filled(page)).status_code == 302
    assert meeting.attendance.get(person=made.police).presence == Presence.PRESENT


def filled(page: str) -> dict[str, str]:
    """The attendance form of a page as a browser would send it."""
    form = page.partition('id="there"')[2].partition("</form>")[0]
    boxes = [
        dict(re.findall(r'(\w+)="([^"]*)"', box)) | {"on": " checked" in box}
        for box in re.findall("<input[^>]*>", form)
    ]
    sent = [box for box in boxes if box.get("type") != "radio" or box["on"]]
    return {box["name"]: unescape(box.get("value", "")) for box in sent}


def test_send_word_is_for_oneself_before_the_meeting(made, now) -> None:
    meeting = called(made, now)
    send_word(meeting=meeting, presence=Presence.APOLOGIES, by=made.police, now=now)
    assert meeting.attendance.get().presence == Presence.APOLOGIES
    with pytest.raises(NotAllowedError, match="at the meeting itself"):
        send_word(meeting=meeting, presence=Presence.PRESENT, by=made.police, now=now)
    with pytest.raises(NotAllowedError, match="Only members"):
        send_word(meeting=meeting, presence=Presence.APOLOGIES, by=made.world.bob, now=now)
    with pytest.raises(NotAllowedError, match="has begun"):
        send_word(meeting=meeting, presence=Presence.APOLOGIES, by=made.police, now=now + timedelta(days=8))


def test_add_guest_needs_a_name_and_the_right(made, now) -> None:
    meeting = called(made, now)
    guest = add_guest(meeting=meeting, name="Somebody", agency=made.world.health, by=made.chair, now=now)
    assert guest.is_guest
    with pytest.raises(NotAllowedError, match="who the guest is"):
        add_guest(meeting=meeting, name=" ", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="chair of Partners"):
        add_guest(meeting=meeting, name="x", by=made.police, now=now)


def test_declare_interest_of_oneself_or_by_who_runs_the_meeting(made, now, last) -> None:
    meeting = called(made, now)
    item = add_item(meeting=meeting, title="A contract", by=made.chair, now=now)
    own = {"meeting": meeting, "words": "I sit on its board.", "now": now}
    declare_interest(person=made.police, item=item, withdrew=True, by=made.police, **own)
    assert last(EventType.INTEREST_DECLARED).detail["item"] == item.pk
    declare_interest(person=made.police, by=made.chair, **own)
    with pytest.raises(NotAllowedError, match="their own interests"):
        declare_interest(person=made.chair, by=made.police, **own)
    with pytest.raises(NotAllowedError, match="what the interest is"):
        declare_interest(person=made.police, by=made.police, **{**own, "words": " "})
    other = add_item(meeting=called(made, now, days=9), title="Other", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="another meeting"):
        declare_interest(person=made.police, item=other, by=made.police, **own)


def test_members_follow_a_duty_and_sit_once(made, now, last) -> None:
    manager, today = made.world.manager, now.date()
    named = {"group": made.group, "starts_on": BEGINNING, "by": manager, "now": now}
    seat = give_duty_seat(duty=DutyKind.BUSINESS_MANAGER, role=GroupRole.ADVISER, **named)
    give_duty_seat(duty=DutyKind.AGENCY_LEAD, role=GroupRole.MEMBER, agency=made.world.social_care, **named)
    give_duty_seat(duty=DutyKind.SAFEGUARDING_PARTNER, role=GroupRole.MEMBER, agency=made.world.police, **named)
    assert last(EventType.DUTY_SEAT_GIVEN).subject == "group:fairmead/partners"
    found = {member.person: member for member in members_of(made.group, today)}
    assert set(found) == {*made.partners.values(), manager, made.world.bob}
    assert found[manager].by_duty == "Business manager"
    assert not found[manager].counts
    assert found[made.police].by_duty == ""  # a seat of one's own goes before
    assert chair_of(found.values()).person == made.chair
    end_duty_seat(seat=seat, ends_on=today, by=manager, now=now)
    assert last(EventType.DUTY_SEAT_ENDED).detail["duty"] == "business_manager"
    assert manager not in {member.person for member in members_of(made.group, today + timedelta(days=1))}


def test_duty_seat_refusals(made, now) -> None:
    named = {"group": made.group, "starts_on": BEGINNING, "now": now}
    manager = made.world.manager
    with pytest.raises(NotAllowedError, match="chair is a person"):
        give_duty_seat(duty=DutyKind.ANALYST, role=GroupRole.CHAIR, by=manager, **named)
    with pytest.raises(NotAllowedError, match="no meetings"):
        give_duty_seat(duty=DutyKind.READER, role=GroupRole.MEMBER, by=manager, **named)
    with pytest.raises(NotAllowedError, match="duties do not include"):
        give_duty_seat(duty=DutyKind.ANALYST, role=GroupRole.MEMBER, by=made.chair, **named)
    seat = give_duty_seat(duty=DutyKind.ANALYST, role=GroupRole.MEMBER, by=manager, **named)
    with pytest.raises(NotAllowedError, match="already"):
        give_duty_seat(duty=DutyKind.ANALYST, role=GroupRole.MEMBER, by=manager, **named)
    end_duty_seat(seat=seat, ends_on=now.date(), by=manager, now=now)
    seat.refresh_from_db()
    with pytest.raises(NotAllowedError, match="already ended"):
        end_duty_seat(seat=seat, ends_on=now.date(), by=manager, now=now)
