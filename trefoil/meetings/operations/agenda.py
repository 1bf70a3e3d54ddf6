"""The agenda of a meeting: items put on, changed, moved and taken off, and filled from the forward work programme."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.versions import save_if_unchanged
from trefoil.people.models import Person

from ..enums import Purpose
from ..models import AgendaItem, ForwardItem, Meeting
from ..programme import CLOSING, LAST_MINUTES, OPENING, due_at
from ..queries import day_of, meeting_before
from ..rules import check_reason, check_runs
from ..trail import on_meeting


def _editable(meeting: Meeting, by: Person, now: datetime) -> Meeting:
    """The meeting, held until the end of the transaction. Raises NotAllowedError unless its agenda may be changed."""
    check_runs(by, meeting.group, now=now)
    held = Meeting.objects.select_for_update(of=("self",)).select_related("group", "partnership").get(pk=meeting.pk)
    if not held.is_open:
        raise NotAllowedError(f"This meeting is {held.get_state_display().lower()}, so its agenda stays as it is.")
    return held


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    title: str,
    by: Person,
    now: datetime,
    purpose: Purpose = Purpose.DISCUSS,
    summary: str = "",
    owner: Person | None = None,
    owner_words: str = "",
    minutes_long: int = 10,
    forward_item: ForwardItem | None = None,
) -> AgendaItem:
    """Put something at the end of the agenda, before the item that closes it. Raises NotAllowedError with why not."""
    held = _editable(meeting, by, now)
    item = AgendaItem.objects.create(
        meeting=held,
        position=_place_for_one_more(held),
        title=title.strip(),
        purpose=purpose,
        summary=summary.strip(),
        owner=owner,
        owner_words="" if owner else owner_words.strip(),
        minutes_long=minutes_long,
        forward_item=forward_item,
        changed_at=now,
        changed_by=by,
    )
    record(event=EventType.AGENDA_CHANGED, by=by, now=now, detail={"added": item.pk}, **on_meeting(held))
    return item


def _place_for_one_more(held: Meeting) -> int:
    """The next number; the item that closes the agenda moves up by one to make room before it."""
    items = AgendaItem.objects.filter(meeting=held)
    last: int = items.aggregate(last=Max("position"))["last"] or 0
    moved = items.filter(position=last, title__in=[title for title, _ in CLOSING]).update(position=last + 1)
    return last if moved else last + 1


@transaction.atomic
def change_item(
    *,
    item: AgendaItem,
    seen_version: int,
    title: str,
    purpose: Purpose,
    minutes_long: int,
    by: Person,
    now: datetime,
    summary: str = "",
    owner: Person | None = None,
    owner_words: str = "",
) -> AgendaItem:
    """Write an item anew. Raises ChangedMeanwhileError when somebody else has changed it since `seen_version`."""
    held = _editable(item.meeting, by, now)
    if AgendaItem.objects.filter(pk=item.pk).exclude(removed_reason="").exists():
        raise NotAllowedError("This item has been taken off the agenda in the meantime.")
    save_if_unchanged(
        item,
        seen_version=seen_version,
        by=by,
        now=now,
        title=title.strip(),
        purpose=purpose,
        minutes_long=minutes_long,
        summary=summary.strip(),
        owner=owner,
        owner_words="" if owner else owner_words.strip(),
    )
    record(event=EventType.AGENDA_CHANGED, by=by, now=now, detail={"changed": item.pk}, **on_meeting(held))
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, places: int, by: Person, now: datetime) -> None:
    """Move an item up (negative) or down the agenda by so many places; at the end it stays there."""
    held = _editable(item.meeting, by, now)
    order = list(AgendaItem.objects.filter(meeting=held).on_the_agenda())
    if item not in order:
        raise NotAllowedError("This item is not on the agenda any more.")
    place = order.index(item)
    order.insert(min(max(place + places, 0), len(order) - 1), order.pop(place))
    for position, one in enumerate(order, start=1):
        AgendaItem.objects.filter(pk=one.pk).update(position=position)
    record(event=EventType.AGENDA_CHANGED, by=by, now=now, detail={"moved": item.pk}, **on_meeting(held))


@transaction.atomic
def remove_item(*, item: AgendaItem, reason: str, by: Person, now: datetime) -> None:
    """Take an item off the agenda, with a reason. One on which something was decided stays."""
    held = _editable(item.meeting, by, now)
    why = check_reason(reason)
    if item.decisions.exists():
        raise NotAllowedError("Something has been put to the meeting under this item, so it stays on the agenda.")
    AgendaItem.objects.filter(pk=item.pk).update(removed_reason=why[:300], changed_at=now, changed_by=by)
    record(event=EventType.AGENDA_CHANGED, by=by, now=now, detail={"removed": item.pk}, reason=why, **on_meeting(held))


@transaction.atomic
def fill_agenda(*, meeting: Meeting, by: Person, now: datetime) -> list[AgendaItem]:
    """Put on what every meeting has, and what the forward work programme has for this one. What is there is left alone.

    Filling it again adds nothing twice.
    """
    held = _editable(meeting, by, now)
    there = list(AgendaItem.objects.filter(meeting=held))
    titles, known = {item.title for item in there}, {item.forward_item_id for item in there}
    before = meeting_before(held)
    opening = [*OPENING, LAST_MINUTES] if before else [*OPENING]
    planned = ForwardItem.objects.filter(group=held.group, withdrawn_reason="").select_related("owner").order_by("pk")
    due = due_at(day_of(held), day_of(before) if before else None, planned, held.pk)
    added = [_standing(held, title, minutes, by, now) for title, minutes in opening if title not in titles]
    added += [_planned(held, item, by, now) for item in due if item.pk not in known]
    added += [_standing(held, title, minutes, by, now) for title, minutes in CLOSING if title not in titles]
    return added


def _standing(meeting: Meeting, title: str, minutes: int, by: Person, now: datetime) -> AgendaItem:
    return add_item(meeting=meeting, title=title, purpose=Purpose.NOTE, minutes_long=minutes, by=by, now=now)


def _planned(meeting: Meeting, item: ForwardItem, by: Person, now: datetime) -> AgendaItem:
    return add_item(
        meeting=meeting,
        title=item.title,
        purpose=Purpose(item.purpose),
        summary=item.why,
        owner=item.owner,
        minutes_long=item.minutes_long,
        forward_item=item,
        by=by,
        now=now,
    )
