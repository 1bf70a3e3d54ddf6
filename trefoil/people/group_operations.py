"""What happens to groups after they were made: reporting lines, seats that end or follow a duty. No law is here."""

from datetime import date, datetime

from django.db import transaction

from trefoil.audit.enums import EventType
from trefoil.audit.operations import Actor, record

from .enums import DutyKind, GroupRole
from .models import Agency, DutySeat, Group, GroupMember


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


@transaction.atomic
def give_duty_seat(
    *,
    group: Group,
    duty: DutyKind,
    role: GroupRole,
    starts_on: date,
    by: Actor | None,
    now: datetime,
    agency: Agency | None = None,
) -> DutySeat:
    """A seat in a group for whoever holds a duty, for an agency if one is named."""
    seat = DutySeat.objects.create(group=group, duty=duty, agency=agency, role=role, starts_on=starts_on)
    _record_duty_seat(EventType.DUTY_SEAT_GIVEN, seat, by=by, now=now)
    return seat


@transaction.atomic
def end_duty_seat(*, seat: DutySeat, ends_on: date, by: Actor | None, now: datetime) -> None:
    """End a seat that follows a duty, on a day (its last day)."""
    DutySeat.objects.filter(pk=seat.pk).update(ends_on=ends_on)
    _record_duty_seat(EventType.DUTY_SEAT_ENDED, seat, by=by, now=now)


def _record_duty_seat(event: EventType, seat: DutySeat, *, by: Actor | None, now: datetime) -> None:
    record(
        event=event,
        by=by,
        now=now,
        partnership=seat.group.partnership.slug,
        subject=f"group:{seat.group.partnership.slug}/{seat.group.slug}",
        detail={"duty": seat.duty, "agency": seat.agency_id},
    )
