"""What happens to groups after they were made: whom they report to, and seats that end. Permission is `access`'s."""

from datetime import date, datetime

from django.db import transaction

from trefoil.audit.enums import EventType
from trefoil.audit.operations import Actor, record

from .models import Group, GroupMember


@transaction.atomic
def move_group(*, group: Group, reports_to: Group | None, by: Actor | None, now: datetime) -> None:
    """Let a group report to another one of its partnership, or to nobody. Raises ValueError for a circle."""
    # Two moves at once, each sound by itself, could close a circle; so one waits for the other.
    list(Group.objects.select_for_update().filter(partnership=group.partnership_id).order_by("pk"))
    if reports_to is not None and reports_to.partnership_id != group.partnership_id:
        raise ValueError("a group reports to a group of its own partnership")
    if group.is_above(reports_to):
        raise ValueError("a group cannot come to report to itself")
    Group.objects.filter(pk=group.pk).update(reports_to=reports_to)
    record(
        event=EventType.GROUP_MOVED,
        by=by,
        now=now,
        partnership=group.partnership.slug,
        subject=f"group:{group.partnership.slug}/{group.slug}",
        detail={"reports_to": reports_to.name if reports_to else "nobody"},
    )


@transaction.atomic
def end_seat(*, seat: GroupMember, ends_on: date, by: Actor | None, now: datetime) -> None:
    """End a seat in a group on a day (its last day)."""
    GroupMember.objects.filter(pk=seat.pk).update(ends_on=ends_on)
    record(
        event=EventType.GROUP_SEAT_ENDED,
        by=by,
        now=now,
        partnership=seat.group.partnership.slug,
        subject=f"group:{seat.group.partnership.slug}/{seat.group.slug}",
        detail={"person": seat.person_id, "ends_on": ends_on.isoformat()},
    )
