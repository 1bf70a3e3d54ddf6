"""Who there is: the only writer of areas, partnerships, agencies, groups, people and duties.

Permission to call these is the command line's (an installer) or `access`'s (a business manager, checked by the
operation there that calls them), because this floor is below the one that knows what duties give.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from trefoil.audit.enums import EventType
from trefoil.audit.operations import Actor, record

from .enums import AgencyKind, Colour, DutyKind, GroupKind, GroupRole, Sector
from .models import RESERVED_SLUGS, Agency, Area, Duty, Group, GroupMember, Membership, Partnership, Person


@transaction.atomic
def create_partnership(
    *,
    slug: str,
    name: str,
    short_name: str,
    area: Area,
    by: Actor | None,
    now: datetime,
    colour: Colour = Colour.PLUM,
    is_invented: bool = False,
    published_only: bool = False,
) -> Partnership:
    """A new partnership for an area. `published_only` marks a real authority shown with published figures alone.

    Raises ValueError for a slug that is an address of the installation itself.
    """
    if slug in RESERVED_SLUGS:
        raise ValueError(f"/{slug}/ is an address of Trefoil’s own; give the partnership another")
    partnership = Partnership.objects.create(
        slug=slug,
        name=name,
        short_name=short_name,
        area=area,
        colour=colour,
        is_invented=is_invented,
        published_only=published_only,
    )
    record(event=EventType.PARTNERSHIP_CREATED, by=by, now=now, partnership=slug, subject=f"partnership:{slug}")
    return partnership


@transaction.atomic
def create_agency(*, name: str, sector: Sector, by: Actor | None, now: datetime, is_invented: bool = False) -> Agency:
    """A new organisation, which any partnership may then take in."""
    agency = Agency.objects.create(name=name, sector=sector, is_invented=is_invented)
    record(
        event=EventType.AGENCY_CREATED,
        by=by,
        now=now,
        subject=f"agency:{agency.pk}",
        detail={"sector": sector},
    )
    return agency


@transaction.atomic
def join_partnership(
    *,
    partnership: Partnership,
    agency: Agency,
    kind: AgencyKind,
    starts_on: date,
    by: Actor | None,
    now: datetime,
    why_chosen: str = "",
    source: str = "",
) -> Membership:
    """Take an agency into a partnership, with why it was chosen."""
    membership = Membership.objects.create(
        partnership=partnership,
        agency=agency,
        kind=kind,
        starts_on=starts_on,
        why_chosen=why_chosen,
        source=source,
    )
    record(
        event=EventType.AGENCY_JOINED,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject=f"agency:{agency.pk}",
        detail={"kind": kind},
    )
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, ends_on: date, by: Actor | None, now: datetime) -> None:
    """Let an agency leave a partnership; `ends_on` is its last day in it."""
    Membership.objects.filter(pk=membership.pk).update(ends_on=ends_on)
    record(
        event=EventType.AGENCY_LEFT,
        by=by,
        now=now,
        partnership=membership.partnership.slug,
        subject=f"agency:{membership.agency_id}",
        detail={"ends_on": ends_on.isoformat()},
    )


@transaction.atomic
def create_group(
    *,
    partnership: Partnership,
    slug: str,
    name: str,
    kind: GroupKind,
    by: Actor | None,
    now: datetime,
    purpose: str = "",
    source: str = "",
    reports_to: Group | None = None,
) -> Group:
    """A board, subgroup or panel, and whom it reports to."""
    group = Group.objects.create(
        partnership=partnership,
        slug=slug,
        name=name,
        kind=kind,
        purpose=purpose,
        source=source,
        reports_to=reports_to,
    )
    record(
        event=EventType.GROUP_CREATED,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject=f"group:{partnership.slug}/{slug}",
    )
    return group


@transaction.atomic
def create_person(
    *,
    email: str,
    name: str,
    by: Actor | None,
    now: datetime,
    password: str | None = None,
    job_title: str = "",
    agency: Agency | None = None,
    is_invented: bool = False,
    partnership: Partnership | None = None,
) -> Person:
    """An account. Without a password the person signs in by passkey, by their organisation, or by resetting it.

    `partnership` is the one whose business manager makes it, so that it stands on that partnership's trail.
    """
    person = Person.objects.create_user(
        email, password, name=name, job_title=job_title, agency=agency, is_invented=is_invented, joined_at=now
    )
    record(
        event=EventType.PERSON_CREATED,
        by=by,
        now=now,
        partnership=partnership.slug if partnership else "",
        subject=f"person:{person.pk}",
    )
    return person


@transaction.atomic
def give_duty(
    *,
    person: Person,
    partnership: Partnership,
    kind: DutyKind,
    starts_on: date,
    by: Person | None,
    now: datetime,
    agency: Agency | None = None,
    ends_on: date | None = None,
) -> Duty:
    """Give a person something to do in a partnership. What it lets them see follows from `access.rules`."""
    duty = Duty.objects.create(
        person=person,
        partnership=partnership,
        kind=kind,
        agency=agency,
        starts_on=starts_on,
        ends_on=ends_on,
        given_at=now,
        given_by=by,
    )
    record(
        event=EventType.DUTY_GIVEN,
        by=by,
        now=now,
        partnership=partnership.slug,
        subject=f"person:{person.pk}",
        detail={"duty": kind, "agency": agency.pk if agency else None},
    )
    return duty


@transaction.atomic
def end_duty(*, duty: Duty, ends_on: date, by: Person, now: datetime) -> None:
    """End a duty on a day (its last day)."""
    Duty.objects.filter(pk=duty.pk).update(ends_on=ends_on)
    record(
        event=EventType.DUTY_ENDED,
        by=by,
        now=now,
        partnership=duty.partnership.slug,
        subject=f"person:{duty.person_id}",
        detail={"duty": duty.kind, "ends_on": ends_on.isoformat()},
    )


@transaction.atomic
def withdraw_duty(*, duty: Duty, by: Person, now: datetime) -> None:
    """Take back a duty on its first day or before it. It stays on record and is in force on no day."""
    Duty.objects.filter(pk=duty.pk).update(ends_on=duty.starts_on - timedelta(days=1), is_withdrawn=True)
    record(
        event=EventType.DUTY_WITHDRAWN,
        by=by,
        now=now,
        partnership=duty.partnership.slug,
        subject=f"person:{duty.person_id}",
        detail={"duty": duty.kind, "starts_on": duty.starts_on.isoformat()},
    )


@transaction.atomic
def close_account(*, person: Person, by: Actor | None, now: datetime, reason: str = "") -> None:
    """Close an account. The person and what they did stay on record; nobody can sign in with it."""
    Person.objects.filter(pk=person.pk).update(is_active=False)
    record(event=EventType.PERSON_DEACTIVATED, by=by, now=now, subject=f"person:{person.pk}", reason=reason)


@transaction.atomic
def give_seat(
    *,
    group: Group,
    person: Person,
    role: GroupRole,
    starts_on: date,
    by: Actor | None,
    now: datetime,
    agency: Agency | None = None,
) -> GroupMember:
    """A seat in a group; a group has one chair at a time, which the database holds too."""
    seat = GroupMember.objects.create(group=group, person=person, role=role, starts_on=starts_on, agency=agency)
    record(
        event=EventType.GROUP_SEAT_GIVEN,
        by=by,
        now=now,
        partnership=group.partnership.slug,
        subject=f"group:{group.partnership.slug}/{group.slug}",
        detail={"person": person.pk, "role": role},
    )
    return seat
