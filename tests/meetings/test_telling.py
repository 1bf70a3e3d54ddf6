"""Members hear that agenda and minutes are out, that a meeting moved: which one, and nothing of what it is about."""

from datetime import timedelta

import pytest

from tests.meetings.meetings_made import called, held
from tests.world import BEGINNING
from trefoil.access.structure_operations import give_duty_seat
from trefoil.meetings.operations.agenda import add_item
from trefoil.meetings.operations.calling import cancel_meeting, move_meeting, send_agenda
from trefoil.meetings.operations.minutes import approve_minutes, circulate_minutes, draft_minutes, reopen_minutes
from trefoil.meetings.telling import told_of
from trefoil.notifications.enums import LetterState, MailChoice
from trefoil.notifications.models import Letter, Message
from trefoil.notifications.operations import set_mail_choice
from trefoil.people.enums import DutyKind, GroupRole
from trefoil.people.models import Duty
from trefoil.people.operations import give_seat

REASON = "The room is not to be had that day."


@pytest.fixture
def agenda(made, now):
    meeting = called(made, now)
    add_item(meeting=meeting, title="A child of Larch Street", summary="It says a name.", by=made.chair, now=now)
    return meeting


def heard(person):
    return list(Message.objects.filter(person=person).order_by("pk").values_list("words", flat=True))


def test_send_agenda_tells_the_members_and_says_no_more_than_which_meeting(made, now, agenda) -> None:
    send_agenda(meeting=agenda, by=made.chair, now=now)
    assert heard(made.police) == heard(made.health) == [f"The agenda and papers of {agenda} are out."]
    assert Message.objects.filter(person=made.police).get().path == f"/fairmead/meetings/{agenda.pk}/"
    assert heard(made.chair) == []  # who sends it knows
    assert heard(made.world.bob) == []  # sits in another group
    assert not Message.objects.filter(words__contains="Larch").exists()


def test_send_agenda_after_a_move_is_told_again(made, now, agenda) -> None:
    send_agenda(meeting=agenda, by=made.chair, now=now)
    moved = agenda.starts_at + timedelta(days=1)
    move_meeting(meeting=agenda, starts_at=moved, reason=REASON, place="Room 2", by=made.chair, now=now)
    send_agenda(meeting=agenda, by=made.chair, now=now)
    first, second, third = heard(made.police)
    assert (
        second
        == "Partners does not meet as planned on 29 November 2026, but on Monday 30 November 2026, 10:00, Room 2."
    )
    assert (first, third) == (
        "The agenda and papers of Partners, 29 November 2026 are out.",
        "The agenda and papers of Partners, 30 November 2026 are out.",
    )


def test_cancel_meeting_is_told_while_it_is_to_come(made, now, agenda) -> None:
    cancel_meeting(meeting=agenda, reason=REASON, by=made.chair, now=now)
    assert heard(made.police) == [f"{agenda} is cancelled."]
    past = called(made, now, days=-3)
    cancel_meeting(meeting=past, reason=REASON, by=made.chair, now=now)
    assert len(heard(made.police)) == 1


def test_minutes_are_told_when_out_out_again_and_approved(made, now) -> None:
    meeting = held(made, now, days=-30)
    minutes = draft_minutes(meeting=meeting, by=made.chair, now=now)
    assert heard(made.police) == []
    circulate_minutes(minutes=minutes, by=made.chair, now=now)
    reopen_minutes(minutes=minutes, reason=REASON, by=made.chair, now=now)
    circulate_minutes(minutes=minutes, by=made.chair, now=now)
    approve_minutes(minutes=minutes, approved_in=held(made, now), by=made.world.manager, now=now)
    out = f"The draft minutes of {meeting} are out. The next meeting is asked to approve them."
    assert heard(made.police) == [out, out, f"The minutes of {meeting} are approved."]
    assert set(Message.objects.values_list("path", flat=True)) == {f"/fairmead/meetings/{meeting.pk}/minutes/"}
    assert heard(made.chair) == [f"The minutes of {meeting} are approved."]


def test_each_is_told_as_they_chose(made, now, agenda) -> None:
    partnership = made.group.partnership
    set_mail_choice(choice=MailChoice.NONE, partnership=partnership, by=made.health, now=now)
    set_mail_choice(choice=MailChoice.AT_ONCE, partnership=partnership, by=made.police, now=now)
    send_agenda(meeting=agenda, by=made.chair, now=now)
    waiting = Letter.objects.filter(state=LetterState.WAITING)
    assert [(one.person, one.due_at) for one in waiting] == [(made.police, now)]
    assert heard(made.health)  # the inbox has it whatever they chose


def test_told_are_those_who_can_open_it_today(made, now) -> None:
    world, day = made.world, now.date()
    named = {"group": made.group, "starts_on": BEGINNING, "by": None, "now": now}
    give_seat(person=world.holder[DutyKind.READER], role=GroupRole.MEMBER, **named)
    give_seat(person=world.bob, role=GroupRole.MEMBER, **{**named, "starts_on": day + timedelta(days=1)})
    give_duty_seat(
        group=made.group, duty=DutyKind.SCRUTINEER, role=GroupRole.ADVISER, starts_on=day, by=world.manager, now=now
    )
    assert world.holder[DutyKind.SCRUTINEER] in told_of(made.group, now)
    assert world.holder[DutyKind.READER] not in told_of(made.group, now)
    assert world.bob not in told_of(made.group, now)
    Duty.objects.filter(person=made.police).update(ends_on=day - timedelta(days=1))
    assert made.police not in told_of(made.group, now)
