"""Several people at one moment: who comes second is told or takes the next number; nothing is lost or done twice."""

from datetime import datetime

import pytest

from tests.at_once import WRITERS, at_once
from tests.meetings.meetings_made import Executive, called, executive, held
from tests.world import build_world
from trefoil.meetings.enums import MinutesState, Purpose
from trefoil.meetings.models import AgendaItem, Decision, Meeting, Minutes, Terms
from trefoil.meetings.operations.agenda import add_item, change_item, fill_agenda, move_item
from trefoil.meetings.operations.calling import send_agenda
from trefoil.meetings.operations.decisions import put_decision
from trefoil.meetings.operations.groups import write_terms
from trefoil.meetings.operations.minutes import approve_minutes, circulate_minutes, draft_minutes, write_minutes
from trefoil.notifications.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(transactional_db: None, now: datetime) -> Executive:
    """The executive in a world that other connections see."""
    return executive(build_world(now=now), now)


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("group__partnership", "partnership").get(pk=meeting.pk)


def test_decisions_put_at_once_have_each_their_number(made, now) -> None:
    meeting = held(made, now)
    told = at_once(
        lambda number: put_decision(
            meeting=fresh(meeting), headline=f"Decision {number}", words="Words.", by=made.chair, now=now
        )
    )
    assert told == [""] * WRITERS
    assert sorted(Decision.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_approvals_of_minutes_at_once_are_one_approval(made, now) -> None:
    minutes = draft_minutes(meeting=held(made, now, days=-30), by=made.chair, now=now)
    circulate_minutes(minutes=minutes, by=made.chair, now=now)
    later = held(made, now)

    def approve(number: int) -> None:
        own = Minutes.objects.select_related("meeting__group__partnership", "meeting__partnership").get(pk=minutes.pk)
        words = f"Correction {number}."
        approve_minutes(minutes=own, approved_in=fresh(later), corrections=words, by=made.chair, now=now)

    told = at_once(approve)
    assert told[0] == ""
    assert all("cannot be done now" in words for words in told[1:])
    minutes.refresh_from_db()
    assert (minutes.state, minutes.version) == (MinutesState.APPROVED, 3)
    assert Message.objects.filter(person=made.police, key__endswith="approved").count() == 1


def test_drafts_of_minutes_at_once_are_one_draft(made, now) -> None:
    meeting = held(made, now)
    told = at_once(lambda _: draft_minutes(meeting=fresh(meeting), by=made.chair, now=now))
    assert told == ["", *["The minutes have been drafted already."] * (WRITERS - 1)]


def test_minutes_written_at_once_lose_nothing_unseen(made, now) -> None:
    minutes = draft_minutes(meeting=held(made, now), by=made.chair, now=now)
    entry = minutes.entries.earliest("position").pk

    def write(number: int) -> None:
        own = Minutes.objects.select_related("meeting__group__partnership", "meeting__partnership").get(pk=minutes.pk)
        write_minutes(minutes=own, words={entry: f"Writer {number}."}, seen_version=1, by=made.chair, now=now)

    told = at_once(write)
    assert told[0] == ""
    assert all("has saved this since you opened it" in words for words in told[1:])
    assert Minutes.objects.get(pk=minutes.pk).version == 2


def test_agenda_moved_about_at_once_keeps_every_item_in_its_own_place(made, now) -> None:
    meeting = called(made, now)
    items = [add_item(meeting=meeting, title=title, by=made.chair, now=now).pk for title in "abcd"]

    def move(number: int) -> None:
        item = AgendaItem.objects.select_related("meeting__group__partnership").get(pk=items[number])
        move_item(item=item, places=3 - number, by=made.chair, now=now)

    assert at_once(move) == [""] * WRITERS
    assert sorted(AgendaItem.objects.values_list("position", flat=True)) == [1, 2, 3, 4]


def test_agenda_filled_at_once_has_nothing_twice(made, now) -> None:
    meeting = called(made, now)
    assert at_once(lambda _: fill_agenda(meeting=fresh(meeting), by=made.chair, now=now)) == [""] * WRITERS
    titles = list(AgendaItem.objects.values_list("title", flat=True))
    assert len(titles) == len(set(titles)) == 2


def test_item_changed_at_once_is_changed_by_one_and_the_others_see_it(made, now) -> None:
    item = add_item(meeting=called(made, now), title="First", by=made.chair, now=now)

    def change(number: int) -> None:
        own = AgendaItem.objects.select_related("meeting__group__partnership").get(pk=item.pk)
        words = {"title": f"Writer {number}", "purpose": Purpose.NOTE, "minutes_long": 5, "seen_version": 1}
        change_item(item=own, by=made.chair, now=now, **words)

    told = at_once(change)
    assert told[0] == ""
    assert all("has saved this since you opened it" in words for words in told[1:])
    assert AgendaItem.objects.get().version == 2


def test_agenda_sent_at_once_is_sent_once(made, now) -> None:
    meeting = called(made, now)
    add_item(meeting=meeting, title="a", by=made.chair, now=now)
    told = at_once(lambda _: send_agenda(meeting=fresh(meeting), by=made.chair, now=now))
    assert told == ["", *["The agenda has been sent already."] * (WRITERS - 1)]
    assert Message.objects.filter(person=made.police).count() == 1


def test_first_drafts_of_terms_at_once_are_one_draft(made, now) -> None:
    told = at_once(
        lambda number: write_terms(
            group=made.group, purpose=f"Purpose {number}", quorum_number=2, by=made.chair, now=now
        )
    )
    assert told[0] == ""
    assert all("has saved this since you opened it" in words for words in told[1:])
    assert Terms.objects.get().version == 1
