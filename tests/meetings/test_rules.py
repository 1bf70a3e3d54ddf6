"""Who sees dates and headlines, who opens papers and minutes, and who may run a meeting."""

from datetime import date, timedelta

import pytest

from tests.meetings.meetings_made import called, held
from tests.world import BEGINNING
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.access.structure_operations import give_duty_seat
from trefoil.meetings.members import chair_of, members_of
from trefoil.meetings.operations.agenda import add_item
from trefoil.meetings.operations.decisions import put_decision
from trefoil.meetings.operations.groups import plan_chairs, write_terms
from trefoil.meetings.operations.minutes import circulate_minutes, draft_minutes
from trefoil.meetings.operations.programme import add_forward_item, write_board
from trefoil.meetings.rules import (
    boards_visible_to,
    decision_papers_visible_to,
    decisions_visible_to,
    items_visible_to,
    may_run,
    meetings_visible_to,
    minutes_visible_to,
    papers_visible_to,
    partner_agencies_of,
    programme_visible_to,
    reads_papers,
    terms_visible_to,
)
from trefoil.people.enums import DutyKind, GroupRole
from trefoil.people.group_operations import end_seat
from trefoil.people.models import Duty


@pytest.fixture
def stands(made, now):
    """`stands(person)`: their standing in Fairmead."""
    return lambda person: standing_of(person, made.group.partnership, now=now)


def test_everybody_sees_dates_and_headlines_and_only_seats_open_papers(made, now, stands) -> None:
    meeting = held(made, now)
    put_decision(meeting=meeting, headline="h", words="w", by=made.chair, now=now)
    member, outside, reader = stands(made.police), stands(made.world.bob), stands(made.world.holder[DutyKind.READER])
    assert meetings_visible_to(outside).get() == meeting
    assert decisions_visible_to(outside).count() == 1
    for filtered in (papers_visible_to, decision_papers_visible_to, items_visible_to):
        assert filtered(member).count() == 1
        assert not filtered(outside).exists()
        assert not filtered(reader).exists()
    assert not meetings_visible_to(reader).exists()
    assert not decisions_visible_to(reader).exists()
    assert reads_papers(member, made.group)
    assert not reads_papers(outside, made.group)
    assert not reads_papers(reader, made.group)


def test_another_partnership_sees_nothing(made, now) -> None:
    held(made, now)
    there = standing_of(made.world.charlie, made.world.harbury, now=now)
    assert not meetings_visible_to(there).exists()
    assert not papers_visible_to(there).exists()


def test_a_seat_by_duty_opens_papers(made, now, stands) -> None:
    held(made, now)
    give_duty_seat(
        group=made.group,
        duty=DutyKind.AGENCY_LEAD,
        agency=made.world.police,
        role=GroupRole.MEMBER,
        starts_on=BEGINNING,
        by=made.world.manager,
        now=now,
    )
    assert not papers_visible_to(stands(made.world.bob)).exists()  # leads for another agency
    give_duty_seat(
        group=made.group,
        duty=DutyKind.AGENCY_LEAD,
        role=GroupRole.MEMBER,
        starts_on=BEGINNING,
        by=made.world.manager,
        now=now,
    )
    assert papers_visible_to(stands(made.world.bob)).exists()


def test_draft_minutes_are_for_who_runs_the_meeting(made, now, stands) -> None:
    minutes = draft_minutes(meeting=held(made, now), by=made.chair, now=now)
    assert minutes_visible_to(stands(made.chair)).exists()
    assert minutes_visible_to(stands(made.world.manager)).exists()
    # A safeguarding partner reads every paper, but no draft of a group that they do not chair.
    assert not minutes_visible_to(stands(made.police)).exists()
    circulate_minutes(minutes=minutes, by=made.chair, now=now)
    assert minutes_visible_to(stands(made.police)).exists()
    assert not minutes_visible_to(stands(made.world.bob)).exists()


def test_chair_and_manager_run_meetings_and_nobody_else(made, now, stands) -> None:
    called(made, now)
    assert may_run(stands(made.chair), made.group)
    assert may_run(stands(made.world.manager), made.group)
    for person in (made.police, made.world.bob, made.world.holder[DutyKind.READER]):
        assert not may_run(stands(person), made.group)


def test_chair_goes_with_the_turn_while_nobody_holds_its_seat(made, now, stands) -> None:
    world, today = made.world, now.date()
    meeting = called(made, now)
    order = [world.police, world.health, world.social_care]
    plan_chairs(group=made.group, agencies=order, starts_on=date(2026, 4, 1), by=world.manager, now=now)
    # Somebody holds the seat: the turn gives nothing.
    assert not may_run(stands(made.police), made.group)
    end_seat(seat=made.group.members.get(person=made.chair), ends_on=today - timedelta(days=1), by=None, now=now)
    assert may_run(stands(made.police), made.group)
    assert papers_visible_to(stands(made.police)).get() == meeting
    assert not may_run(stands(made.health), made.group)
    chair = chair_of(members_of(made.group, today))
    assert (chair.person, chair.by_duty) == (made.police, "Turn in the chair")
    add_item(meeting=meeting, title="x", by=made.police, now=now)
    with pytest.raises(NotAllowedError, match="chair of Partners"):
        add_item(meeting=meeting, title="x", by=made.health, now=now)
    # The duty ends, and with it the chair.
    Duty.objects.filter(person=made.police).update(ends_on=today - timedelta(days=1))
    assert not may_run(stands(made.police), made.group)
    assert chair_of(members_of(made.group, today)) is None


def test_turn_without_a_seat_in_the_group_opens_nothing_to_run(made, now, stands) -> None:
    world, today = made.world, now.date()
    order = [world.police, world.health, world.social_care]
    plan_chairs(group=made.group, agencies=order, starts_on=date(2026, 4, 1), by=world.manager, now=now)
    for person in (made.chair, made.police):
        end_seat(seat=made.group.members.get(person=person), ends_on=today - timedelta(days=1), by=None, now=now)
    assert not may_run(stands(made.police), made.group)


def test_drafts_of_terms_and_the_programme_are_for_the_group(made, now, stands) -> None:
    write_terms(group=made.group, purpose="p", quorum_number=2, by=made.chair, now=now)
    add_forward_item(group=made.group, title="x", by=made.chair, now=now)
    write_board(partnership=made.group.partnership, kind="adults", name="Adults", by=made.world.manager, now=now)
    for filtered in (terms_visible_to, programme_visible_to):
        assert filtered(stands(made.chair)).exists()
        assert not filtered(stands(made.world.bob)).exists()
        assert not filtered(stands(made.world.holder[DutyKind.READER])).exists()
    assert boards_visible_to(stands(made.world.bob)).exists()
    assert not boards_visible_to(stands(made.world.holder[DutyKind.READER])).exists()


def test_partner_speaks_for_where_they_work(made, now, stands) -> None:
    today = now.date()
    assert list(partner_agencies_of(stands(made.police), today=today)) == [made.world.police]
    assert list(partner_agencies_of(stands(made.world.bob), today=today)) == []
    assert not partner_agencies_of(stands(made.world.holder[DutyKind.SAFEGUARDING_PARTNER]), today=today)
