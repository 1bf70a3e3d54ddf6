"""The forward work programme of a group, and the links to other boards."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.models import Group, Partnership, Person

from ..enums import BoardKind, Purpose, Recurrence
from ..models import BoardLink, BoardSeat, ForwardItem, Meeting
from ..rules import check_reason, check_runs
from ..trail import on_group


@transaction.atomic
def add_forward_item(
    *,
    group: Group,
    title: str,
    by: Person,
    now: datetime,
    purpose: Purpose = Purpose.DISCUSS,
    recurrence: Recurrence = Recurrence.ONCE,
    meeting: Meeting | None = None,
    month: int | None = None,
    owner: Person | None = None,
    minutes_long: int = 15,
    why: str = "",
) -> ForwardItem:
    """Plan something for a later meeting: once (for `meeting`, or not yet placed), every year in `month`, or always."""
    check_runs(by, group, now=now)
    if (recurrence == Recurrence.YEARLY) != (month is not None):
        raise NotAllowedError("Say in which month it comes up every year, and only for those.")
    _check_meeting(group, recurrence, meeting)
    item = ForwardItem.objects.create(
        group=group,
        title=title.strip(),
        purpose=purpose,
        recurrence=recurrence,
        meeting=meeting,
        month=month,
        owner=owner,
        minutes_long=minutes_long,
        why=why.strip(),
        added_at=now,
        added_by=by,
    )
    record(event=EventType.PROGRAMME_CHANGED, by=by, now=now, detail={"added": item.pk}, **on_group(group))
    return item


def _check_meeting(group: Group, recurrence: Recurrence, meeting: Meeting | None) -> None:
    if meeting is None:
        return
    if recurrence != Recurrence.ONCE:
        raise NotAllowedError("Only something that comes up once is placed at a meeting.")
    if meeting.group_id != group.pk or not meeting.is_open:
        raise NotAllowedError("Choose a meeting of this group that is still to come.")


@transaction.atomic
def place_forward_item(*, item: ForwardItem, meeting: Meeting | None, by: Person, now: datetime) -> None:
    """Put something that comes up once at another meeting, or at none yet."""
    check_runs(by, item.group, now=now)
    if item.recurrence != Recurrence.ONCE:
        raise NotAllowedError("Only something that comes up once is placed at a meeting.")
    _check_meeting(item.group, Recurrence.ONCE, meeting)
    if not ForwardItem.objects.filter(pk=item.pk, withdrawn_reason="").update(meeting=meeting):
        raise NotAllowedError("It has been taken out of the programme in the meantime.")
    detail = {"placed": item.pk, "meeting": meeting.pk if meeting else None}
    record(event=EventType.PROGRAMME_CHANGED, by=by, now=now, detail=detail, **on_group(item.group))
    item.refresh_from_db()


@transaction.atomic
def withdraw_forward_item(*, item: ForwardItem, reason: str, by: Person, now: datetime) -> None:
    """Take something out of the programme, with a reason. Agendas that have it keep it."""
    check_runs(by, item.group, now=now)
    why = check_reason(reason)
    if not ForwardItem.objects.filter(pk=item.pk, withdrawn_reason="").update(withdrawn_reason=why[:300]):
        raise NotAllowedError("It has been taken out of the programme already.")
    record(
        event=EventType.PROGRAMME_CHANGED,
        by=by,
        now=now,
        detail={"withdrawn": item.pk},
        reason=why,
        **on_group(item.group),
    )


@transaction.atomic
def write_board(
    *,
    partnership: Partnership,
    kind: BoardKind,
    name: str,
    by: Person,
    now: datetime,
    link: BoardLink | None = None,
    we_report: str = "",
    they_report: str = "",
    how_often: str = "",
    next_report_on: date | None = None,
    people: Sequence[tuple[Person, str]] = (),
    seen_version: int | None = None,
) -> BoardLink:
    """Enter another board of the area, or write its entry anew. `people` sit on both: each with their role there.

    Raises ChangedMeanwhileError when the entry is not at `seen_version` any more; None takes whatever there is.
    """
    _check_runs_meetings(by, partnership, now)
    others = BoardLink.objects.filter(partnership=partnership, name__iexact=name.strip(), withdrawn_reason="")
    if any(other != link for other in others):
        raise NotAllowedError(f"{name.strip()} is on the list already.")
    held = _entry(link, seen_version) if link else BoardLink(partnership=partnership, version=0)
    held.kind, held.name, held.how_often = kind, name.strip(), how_often.strip()
    held.we_report, held.they_report, held.next_report_on = we_report.strip(), they_report.strip(), next_report_on
    held.changed_at, held.changed_by, held.version = now, by, held.version + 1
    held.save()
    BoardSeat.objects.filter(link=held).delete()
    BoardSeat.objects.bulk_create(BoardSeat(link=held, person=person, role=role.strip()) for person, role in people)
    record(event=EventType.BOARD_LINK_WRITTEN, by=by, now=now, partnership=partnership.slug, subject=f"board:{held.pk}")
    return held


def _entry(link: BoardLink, seen_version: int | None) -> BoardLink:
    """The entry as it is now, kept from others. Raises when it left the list or another was quicker."""
    rows = BoardLink.objects.select_for_update(of=("self",)).select_related("changed_by")
    held = rows.get(pk=link.pk)
    if held.withdrawn_reason:
        raise NotAllowedError(f"{held} was taken off the list in the meantime.")
    if seen_version is not None and held.version != seen_version:
        raise ChangedMeanwhileError(held)
    return held


@transaction.atomic
def withdraw_board(*, link: BoardLink, reason: str, by: Person, now: datetime) -> None:
    """Take a board off the list, with a reason. It stays on record."""
    _check_runs_meetings(by, link.partnership, now)
    why = check_reason(reason)
    standing = BoardLink.objects.filter(pk=link.pk, withdrawn_reason="")
    if not standing.update(withdrawn_reason=why[:300], changed_at=now, changed_by=by):
        raise NotAllowedError("It has been taken off the list already.")
    record(
        event=EventType.BOARD_LINK_WITHDRAWN,
        by=by,
        now=now,
        partnership=link.partnership.slug,
        subject=f"board:{link.pk}",
        reason=why,
    )


def _check_runs_meetings(by: Person, partnership: Partnership, now: datetime) -> None:
    if not standing_of(by, partnership, now=now).may(Permission.RUN_MEETINGS):
        raise NotAllowedError("Your duties do not include running meetings.")
