"""Groups, seats and agencies of a partnership, changed by a business manager. `people` writes; the law is here."""

from datetime import date, datetime
from itertools import count

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from trefoil.people.enums import AgencyKind, DutyKind, GroupKind, GroupRole, Sector
from trefoil.people.group_operations import end_duty_seat as write_end_of_duty_seat
from trefoil.people.group_operations import end_seat as write_end_of_seat
from trefoil.people.group_operations import give_duty_seat as write_duty_seat
from trefoil.people.group_operations import move_group as write_move
from trefoil.people.models import Agency, Duty, DutySeat, Group, GroupMember, Membership, Partnership, Person
from trefoil.people.operations import create_agency, create_group, join_partnership
from trefoil.people.operations import end_membership as write_end_of_membership
from trefoil.people.operations import give_seat as write_seat

from .at_once import unless_just_entered
from .checks import check_manages_structure
from .errors import NotAllowedError

# A group's word in its address is made from its name; these are addresses of pages beside it.
TAKEN_GROUP_SLUGS = ("new",)


@transaction.atomic
def add_group(
    *,
    partnership: Partnership,
    name: str,
    kind: GroupKind,
    by: Person,
    now: datetime,
    purpose: str = "",
    reports_to: Group | None = None,
) -> Group:
    """A board, subgroup or panel; its address is made from its name. Raises NotAllowedError with the reason why not."""
    check_manages_structure(by, partnership, now)
    if Group.objects.filter(partnership=partnership, name__iexact=name.strip()).exists():
        raise NotAllowedError(f"There is a group called {name.strip()} already.")
    with unless_just_entered(f"a group called {name.strip()}, or one much like it"):
        return create_group(
            partnership=partnership,
            slug=_free_slug(partnership, name),
            name=name.strip(),
            kind=kind,
            purpose=purpose.strip(),
            reports_to=reports_to,
            by=by,
            now=now,
        )


@transaction.atomic
def move_group(*, group: Group, reports_to: Group | None, by: Person, now: datetime) -> None:
    """Let a group report to another, or to nobody. Raises NotAllowedError with the reason why not."""
    check_manages_structure(by, group.partnership, now)
    if reports_to is not None and group.is_above(reports_to):
        if reports_to.pk == group.pk:
            raise NotAllowedError(f"{group} cannot report to itself.")
        raise NotAllowedError(f"{reports_to} itself comes to report to {group}.")
    write_move(group=group, reports_to=reports_to, by=by, now=now)


@transaction.atomic
def give_seat(
    *,
    group: Group,
    person: Person,
    role: GroupRole,
    starts_on: date,
    by: Person,
    now: datetime,
    agency: Agency | None = None,
) -> GroupMember:
    """A seat in a group for somebody with a duty here. Raises NotAllowedError with the reason why not."""
    check_manages_structure(by, group.partnership, now)
    duties = Duty.objects.in_force_on(timezone.localdate(now))
    if not duties.filter(person=person, partnership=group.partnership).exists():
        raise NotAllowedError(f"{person} holds no duty in this partnership today. Give one first.")
    held = GroupMember.objects.filter(group=group, ends_on__isnull=True)
    if held.filter(person=person).exists():
        raise NotAllowedError(f"{person} already sits in {group}. End that seat first.")
    if role == GroupRole.CHAIR and held.filter(role=role).exists():
        raise NotAllowedError(f"{group} has a chair. End that seat first.")
    with unless_just_entered(f"a chair of {group}"):
        return write_seat(group=group, person=person, role=role, starts_on=starts_on, agency=agency, by=by, now=now)


@transaction.atomic
def end_seat(*, seat: GroupMember, ends_on: date, by: Person, now: datetime) -> None:
    """End a seat on its last day, today at the latest. Raises NotAllowedError with the reason why not."""
    check_manages_structure(by, seat.group.partnership, now)
    if seat.ends_on is not None:
        raise NotAllowedError("This seat has already ended.")
    _check_last_day(ends_on, seat.starts_on, timezone.localdate(now))
    write_end_of_seat(seat=seat, ends_on=ends_on, by=by, now=now)


@transaction.atomic
def give_duty_seat(
    *,
    group: Group,
    duty: DutyKind,
    role: GroupRole,
    starts_on: date,
    by: Person,
    now: datetime,
    agency: Agency | None = None,
) -> DutySeat:
    """A seat for whoever holds a duty. The chair is always a person. Raises NotAllowedError with the reason why not."""
    check_manages_structure(by, group.partnership, now)
    if role == GroupRole.CHAIR:
        raise NotAllowedError("The chair is a person. Give somebody the seat.")
    if duty == DutyKind.READER:
        raise NotAllowedError("A reader of published figures sees no meetings, so this duty cannot have a seat.")
    if DutySeat.objects.filter(group=group, duty=duty, agency=agency, ends_on__isnull=True).exists():
        raise NotAllowedError("This duty has a seat in the group already.")
    with unless_just_entered("a seat for this duty"):
        return write_duty_seat(group=group, duty=duty, role=role, starts_on=starts_on, agency=agency, by=by, now=now)


@transaction.atomic
def end_duty_seat(*, seat: DutySeat, ends_on: date, by: Person, now: datetime) -> None:
    """End a seat that follows a duty, today at the latest. Raises NotAllowedError with the reason why not."""
    check_manages_structure(by, seat.group.partnership, now)
    if seat.ends_on is not None:
        raise NotAllowedError("This seat has already ended.")
    _check_last_day(ends_on, seat.starts_on, timezone.localdate(now))
    write_end_of_duty_seat(seat=seat, ends_on=ends_on, by=by, now=now)


@transaction.atomic
def add_agency(
    *,
    partnership: Partnership,
    name: str,
    sector: Sector,
    kind: AgencyKind,
    starts_on: date,
    by: Person,
    now: datetime,
    why_chosen: str = "",
) -> Membership:
    """Take in an agency by its name: the one that other partnerships share under that name, or else a new one.

    One that is there keeps its sector. Raises NotAllowedError with the reason why not.
    """
    check_manages_structure(by, partnership, now)
    agency = Agency.objects.filter(name__iexact=name.strip()).first()
    members = Membership.objects.filter(partnership=partnership, agency=agency)
    if agency and members.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)).exists():
        raise NotAllowedError(f"{agency} is a member already.")
    with unless_just_entered(name.strip()):
        if agency is None:
            invented = partnership.is_invented
            agency = create_agency(name=name.strip(), sector=sector, is_invented=invented, by=by, now=now)
        return join_partnership(
            partnership=partnership,
            agency=agency,
            kind=kind,
            starts_on=starts_on,
            why_chosen=why_chosen.strip(),
            by=by,
            now=now,
        )


@transaction.atomic
def end_membership(*, membership: Membership, ends_on: date, by: Person, now: datetime) -> None:
    """Let an agency leave on its last day, today at the latest. Raises NotAllowedError with the reason why not.

    Duties held for it end first, one by one: each of them opens its figures.
    """
    check_manages_structure(by, membership.partnership, now)
    if membership.ends_on is not None:
        raise NotAllowedError(f"{membership.agency} has already left.")
    _check_last_day(ends_on, membership.starts_on, timezone.localdate(now))
    duties = Duty.objects.filter(agency=membership.agency, partnership=membership.partnership, is_withdrawn=False)
    lasting = duties.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on))
    if names := sorted(set(lasting.values_list("person__name", flat=True))):
        raise NotAllowedError(f"First end the duties held for {membership.agency}: {', '.join(names)}.")
    write_end_of_membership(membership=membership, ends_on=ends_on, by=by, now=now)


def _check_last_day(ends_on: date, starts_on: date, today: date) -> None:
    if ends_on > today:
        raise NotAllowedError("The last day can be today at the latest.")
    if ends_on < starts_on:
        raise NotAllowedError("The last day cannot be before the first day.")


def _free_slug(partnership: Partnership, name: str) -> str:
    """A word for the group's address that no group here has: `quality`, then `quality-2`."""
    word = slugify(name)[:40].strip("-") or "group"
    taken = {*TAKEN_GROUP_SLUGS, *Group.objects.filter(partnership=partnership).values_list("slug", flat=True)}
    words = (word if number == 1 else f"{word}-{number}" for number in count(1))
    return next(word for word in words if word not in taken)
