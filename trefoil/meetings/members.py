"""Who belongs to a group on a day: by a seat of their own, or because a duty has one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from trefoil.people.enums import GroupRole
from trefoil.people.models import Agency, Duty, DutySeat, Group, GroupMember, Person, in_force

from .chairs import chairs_of

VOTES = frozenset({GroupRole.CHAIR, GroupRole.VICE_CHAIR, GroupRole.MEMBER})


@dataclass(frozen=True)
class Member:
    """Somebody who sits in a group. `by_duty` says which duty gave the seat; empty for a seat of one's own."""

    person: Person
    agency: Agency | None
    role: GroupRole
    by_duty: str = ""

    @property
    def counts(self) -> bool:
        """Whether they count towards the quorum. An adviser does not."""
        return self.role in VOTES


def members_of(group: Group, day: date) -> list[Member]:
    """Everybody who sits there on that day, each once, by agency and name. Five queries at most.

    While nobody holds the chair's seat, the chair goes with its turn: to who is safeguarding partner for the agency
    whose turn it is. Their `by_duty` says so.
    """
    seats = GroupMember.objects.filter(in_force(day), group=group).select_related("person__agency", "agency")
    found = {seat.person_id: Member(seat.person, seat.agency, GroupRole(seat.role)) for seat in seats}
    for member in _by_duty(group, day):
        found.setdefault(member.person.pk, member)
    if found and not any(member.role == GroupRole.CHAIR for member in found.values()):
        for chair in chairs_of([group.pk], day).values():
            found[chair.pk] = replace(found[chair.pk], role=GroupRole.CHAIR, by_duty="Turn in the chair")
    return sorted(
        found.values(), key=lambda one: (one.agency is None, one.agency.name if one.agency else "", one.person.name)
    )


def _by_duty(group: Group, day: date) -> Iterable[Member]:
    seats = list(DutySeat.objects.filter(in_force(day), group=group).select_related("agency"))
    if not seats:
        return
    duties = Duty.objects.in_force_on(day).filter(
        partnership=group.partnership_id, kind__in={one.duty for one in seats}
    )
    for duty in duties.select_related("person__agency", "agency"):
        agency = duty.agency or duty.person.agency
        for seat in seats:
            if seat.duty == duty.kind and seat.agency_id in {None, agency.pk if agency else None}:
                yield Member(duty.person, seat.agency or agency, GroupRole(seat.role), seat.get_duty_display())


def chair_of(members: Iterable[Member]) -> Member | None:
    """Who is in the chair."""
    return next((one for one in members if one.role == GroupRole.CHAIR), None)
