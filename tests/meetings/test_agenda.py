"""The agenda: put on, changed, moved, taken off, filled from the programme."""

from datetime import timedelta

import pytest

from tests.meetings.meetings_made import called, held
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.meetings.enums import Purpose, Recurrence
from trefoil.meetings.models import ForwardItem
from trefoil.meetings.operations.agenda import add_item, change_item, fill_agenda, move_item, remove_item
from trefoil.meetings.operations.calling import cancel_meeting
from trefoil.meetings.operations.decisions import put_decision
from trefoil.meetings.operations.programme import (
    add_forward_item,
    place_forward_item,
    withdraw_board,
    withdraw_forward_item,
    write_board,
)
from trefoil.meetings.pack.contents import cover_of
from trefoil.meetings.programme import due_at
from trefoil.meetings.tables import agenda_lines

REASON = "It comes back in spring."


def titles(meeting):
    return [item.title for item in meeting.items.on_the_agenda()]


def test_add_item_goes_to_the_end(made, now, last) -> None:
    meeting = called(made, now)
    add_item(meeting=meeting, title="First", by=made.chair, now=now)
    item = add_item(meeting=meeting, title=" Second ", owner=made.police, owner_words="x", by=made.chair, now=now)
    assert titles(meeting) == ["First", "Second"]
    assert (item.brought_by, item.owner_words) == (made.police.name, "")
    assert last(EventType.AGENDA_CHANGED).detail == {"added": item.pk}


def test_item_that_nobody_brings_is_the_chairs(made, now) -> None:
    meeting = called(made, now)
    add_item(meeting=meeting, title="First", by=made.chair, now=now)
    add_item(meeting=meeting, title="Second", owner_words="A guest", by=made.chair, now=now)
    lines = agenda_lines(meeting, list(meeting.items.all()))
    assert [line.brought_by for line in lines] == ["The chair", "A guest"]
    assert [item[-1] for item in cover_of(meeting).items] == ["The chair", "A guest"]


def test_add_item_to_a_cancelled_meeting_or_by_a_member_is_refused(made, now) -> None:
    meeting = called(made, now)
    with pytest.raises(NotAllowedError, match="chair of Partners"):
        add_item(meeting=meeting, title="x", by=made.police, now=now)
    cancel_meeting(meeting=meeting, reason="Nobody can come.", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="stays as it is"):
        add_item(meeting=meeting, title="x", by=made.chair, now=now)


def test_change_item_keeps_what_somebody_else_wrote_meanwhile(made, now) -> None:
    item = add_item(meeting=called(made, now), title="First", by=made.chair, now=now)
    words = {"purpose": Purpose.DECIDE, "minutes_long": 30, "by": made.chair, "now": now, "seen_version": 1}
    change_item(item=item, title="Changed", owner_words="A guest", **words)
    assert (item.title, item.brought_by, item.version) == ("Changed", "A guest", 2)
    with pytest.raises(ChangedMeanwhileError) as told:
        change_item(item=item, title="Lost", **words)
    assert told.value.held.title == "Changed"


def test_move_item_up_and_down_stops_at_the_ends(made, now) -> None:
    meeting = called(made, now)
    first, _, third = (add_item(meeting=meeting, title=title, by=made.chair, now=now) for title in "abc")
    move_item(item=third, places=-1, by=made.chair, now=now)
    assert titles(meeting) == ["a", "c", "b"]
    move_item(item=first, places=-5, by=made.chair, now=now)
    move_item(item=first, places=9, by=made.chair, now=now)
    assert titles(meeting) == ["c", "b", "a"]


def test_remove_item_stays_on_record_and_needs_a_reason(made, now) -> None:
    meeting = called(made, now)
    item = add_item(meeting=meeting, title="a", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="Say why"):
        remove_item(item=item, reason="", by=made.chair, now=now)
    remove_item(item=item, reason=REASON, by=made.chair, now=now)
    assert titles(meeting) == []
    with pytest.raises(NotAllowedError, match="any more"):
        move_item(item=item, places=1, by=made.chair, now=now)
    kept = add_item(meeting=meeting, title="b", by=made.chair, now=now)
    put_decision(meeting=meeting, item=kept, headline="h", words="w", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="stays on the agenda"):
        remove_item(item=kept, reason=REASON, by=made.chair, now=now)


def programme(made, now, title, **named):
    return add_forward_item(group=made.group, title=title, by=made.chair, now=now, **named)


def test_fill_agenda_takes_what_is_due_and_adds_nothing_twice(made, now, last) -> None:
    held(made, now)
    meeting = called(made, now)
    programme(made, now, "Risks", recurrence=Recurrence.STANDING)
    programme(made, now, "Yearly report", recurrence=Recurrence.YEARLY, month=meeting.starts_at.month)
    programme(made, now, "Yearly budget", recurrence=Recurrence.YEARLY, month=meeting.starts_at.month % 12 + 1)
    placed = programme(made, now, "Placed", meeting=meeting, why="The partners asked for it.")
    programme(made, now, "Waiting")
    assert last(EventType.PROGRAMME_CHANGED).subject == "group:fairmead/partners"
    fill_agenda(meeting=meeting, by=made.chair, now=now)
    found = titles(meeting)
    assert found[1] == "Minutes of the last meeting, and what came of it"
    # The group has met in this month already, so what comes up yearly came up then.
    assert found[2:-1] == ["Risks", "Placed"]
    assert meeting.items.get(forward_item=placed).summary == "The partners asked for it."
    assert fill_agenda(meeting=meeting, by=made.chair, now=now) == []
    add_item(meeting=meeting, title="Late", by=made.chair, now=now)
    assert titles(meeting)[-2:] == ["Late", "Any other business, and the next meeting"]


@pytest.mark.parametrize(
    ("month", "before", "is_due"), [(11, 9, True), (10, 9, True), (9, 9, False), (12, 9, False), (1, None, False)]
)
def test_yearly_item_is_due_at_the_first_meeting_in_its_month_or_after(made, now, month, before, is_due) -> None:
    item = ForwardItem(pk=1, title="x", recurrence=Recurrence.YEARLY, month=month)
    day = now.date()
    earlier = day.replace(month=before) if before else None
    assert bool(due_at(day, earlier, [item], 1)) is is_due


def test_yearly_item_is_due_over_the_turn_of_the_year(now) -> None:
    item = ForwardItem(pk=1, title="x", recurrence=Recurrence.YEARLY, month=12)
    assert due_at(now.date().replace(year=2027, month=1), now.date(), [item], 1) == [item]


def test_forward_item_is_placed_moved_and_withdrawn(made, now) -> None:
    first, second = called(made, now), called(made, now, days=60)
    item = programme(made, now, "x", meeting=first)
    place_forward_item(item=item, meeting=second, by=made.chair, now=now)
    assert item.meeting == second
    with pytest.raises(NotAllowedError, match="still to come"):
        place_forward_item(item=item, meeting=held(made, now), by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="Say why"):
        withdraw_forward_item(item=item, reason="", by=made.chair, now=now)
    withdraw_forward_item(item=item, reason=REASON, by=made.chair, now=now)
    assert made.group.forward_items.get().withdrawn_reason == REASON
    with pytest.raises(NotAllowedError, match="out of the programme already"):
        withdraw_forward_item(item=item, reason="Another reason.", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="in the meantime"):
        place_forward_item(item=item, meeting=None, by=made.chair, now=now)


def test_forward_item_that_contradicts_itself_is_refused(made, now) -> None:
    meeting = called(made, now)
    with pytest.raises(NotAllowedError, match="which month"):
        programme(made, now, "x", recurrence=Recurrence.YEARLY)
    with pytest.raises(NotAllowedError, match="comes up once"):
        programme(made, now, "x", recurrence=Recurrence.STANDING, meeting=meeting)
    standing = programme(made, now, "x", recurrence=Recurrence.STANDING)
    with pytest.raises(NotAllowedError, match="comes up once"):
        place_forward_item(item=standing, meeting=meeting, by=made.chair, now=now)


def test_board_is_written_anew_and_withdrawn(made, now, last) -> None:
    named = {"partnership": made.group.partnership, "kind": "adults", "by": made.world.manager, "now": now}
    link = write_board(name="Adults Board", people=[(made.police, "member")], **named)
    assert last(EventType.BOARD_LINK_WRITTEN).subject == f"board:{link.pk}"
    with pytest.raises(NotAllowedError, match="already"):
        write_board(name="adults board", **named)
    write_board(link=link, name="Adults Board", how_often="Yearly", people=[(made.chair, "chair")], **named)
    assert [seat.person for seat in link.seats.all()] == [made.chair]
    with pytest.raises(NotAllowedError, match="running meetings"):
        withdraw_board(link=link, reason=REASON, by=made.chair, now=now)
    withdraw_board(link=link, reason=REASON, by=made.world.manager, now=now + timedelta(days=1))
    assert last(EventType.BOARD_LINK_WITHDRAWN).reason == REASON
    with pytest.raises(NotAllowedError, match="off the list already"):
        withdraw_board(link=link, reason="Another reason.", by=made.world.manager, now=now)
    write_board(name="Adults Board", **named)
