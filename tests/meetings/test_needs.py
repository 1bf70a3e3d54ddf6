"""What needs somebody: each question answers with what is theirs, and with nothing once it is done."""

from datetime import date

import pytest

from tests.meetings.meetings_made import bound, called, held
from trefoil.access.queries import standing_of
from trefoil.meetings import needs
from trefoil.meetings.enums import Authority, Presence, Stance
from trefoil.meetings.operations.agenda import add_item
from trefoil.meetings.operations.attendance import send_word
from trefoil.meetings.operations.calling import send_agenda
from trefoil.meetings.operations.decisions import put_decision, take_position
from trefoil.meetings.operations.groups import plan_chairs
from trefoil.meetings.operations.minutes import circulate_minutes, draft_minutes


@pytest.fixture
def chair(made, now):
    return standing_of(made.chair, made.world.fairmead, now=now)


@pytest.fixture
def police(made, now):
    return standing_of(made.police, made.world.fairmead, now=now)


def test_agendas_and_words_are_needed_until_they_are_sent(made, now, chair, police) -> None:
    meeting = called(made, now)
    called(made, now, days=60)
    assert list(needs.agendas_needing(chair, now)) == [meeting]
    assert not needs.agendas_needing(police, now).exists()
    assert list(needs.words_needing(police, now)) == [meeting]
    add_item(meeting=meeting, title="x", by=made.chair, now=now)
    send_agenda(meeting=meeting, by=made.chair, now=now)
    send_word(meeting=meeting, presence=Presence.EXPECTED, by=made.police, now=now)
    assert not needs.agendas_needing(chair, now).exists()
    assert not needs.words_needing(police, now).exists()


def test_minutes_are_needed_from_the_meeting_to_their_approval(made, now, chair) -> None:
    meeting = held(made, now, days=-30)
    assert list(needs.drafts_needing(chair, now)) == [meeting]
    minutes = draft_minutes(meeting=meeting, by=made.chair, now=now)
    assert list(needs.drafts_needing(chair, now)) == [meeting]
    circulate_minutes(minutes=minutes, by=made.chair, now=now)
    assert not needs.drafts_needing(chair, now).exists()
    assert not needs.approvals_needing(chair, now).exists()
    held(made, now)
    assert list(needs.approvals_needing(chair, now)) == [minutes]


def test_meeting_that_is_over_needs_closing(made, now, chair) -> None:
    meeting = called(made, now, days=-2)
    assert list(needs.closings_needing(chair, now)) == [meeting]


def test_position_is_needed_of_who_has_not_spoken(made, now, police, chair) -> None:
    decision = put_decision(meeting=called(made, now), headline="h", words="w", by=made.chair, now=now)
    assert list(needs.positions_needing(police, now)) == [decision]
    named = {"decision": decision, "agency": made.world.police, "by": made.police, "now": now}
    take_position(stance=Stance.AGREE, authority=Authority.LEAD, **named)
    assert not needs.positions_needing(police, now).exists()
    assert list(needs.positions_needing(chair, now)) == [decision]
    bob = standing_of(made.world.bob, made.world.fairmead, now=now)
    assert not needs.positions_needing(bob, now).exists()


def test_turns_and_terms_are_needed_by_who_runs_the_group(made, now, chair, police) -> None:
    assert not needs.terms_needing(chair, now).exists(), "a group that does not meet needs no terms yet"
    called(made, now)
    assert list(needs.terms_needing(chair, now)) == [made.group]
    bound(made, now)
    assert not needs.terms_needing(chair, now).exists()
    agencies = [made.world.police]
    plan_chairs(group=made.group, agencies=agencies, starts_on=date(2027, 1, 1), by=made.chair, now=now)
    assert [turn.agency for turn in needs.turns_needing(chair, now)] == agencies
    assert not needs.turns_needing(police, now).exists()
