"""Who is in the chair of a group on a day. Every page and every rule that asks for the chair asks here.

It is who holds the chair's seat. While nobody holds it, the chair goes with its turn: to the members who hold the duty
of safeguarding partner for the agency whose turn it is, as long as that agency is a safeguarding partner. Where several
speak for it each of them may run the meeting, and the first by name is shown as its chair.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from trefoil.access.queries import groups_visible_to
from trefoil.access.rules import Standing
from trefoil.people.enums import AgencyKind, DutyKind, GroupRole
from trefoil.people.models import Duty, DutySeat, Group, GroupMember, Membership, Person, in_force

from .models import ChairTerm

# A key, or a reference to one in the query around: `OuterRef("pk")`.
Key = int | OuterRef


def groups_chaired_by(standing: Standing, day: date) -> QuerySet[Group]:
    """The groups of the partnership in whose chair the reader is on a day. `settings.GROUPS_CHAIRED` names it."""
    return groups_visible_to(standing).filter(_in_the_chair(day, person=standing.person.pk, group=OuterRef("pk")))


def chairs_of(groups: Iterable[int], day: date) -> dict[int, Person]:
    """The key of a group to who is shown as its chair on a day; without the groups that have none. Two queries."""
    theirs = Person.objects.filter(_in_the_chair(day, person=OuterRef("pk"), group=OuterRef(OuterRef("pk"))))
    first = Subquery(theirs.order_by("name", "pk").values("pk")[:1])
    known = dict(Group.objects.filter(pk__in=groups).order_by().annotate(chair=first).values_list("pk", "chair"))
    people = Person.objects.select_related("agency").in_bulk({one for one in known.values() if one is not None})
    return {group: people[chair] for group, chair in known.items() if chair is not None}


def _in_the_chair(day: date, *, person: Key, group: Key) -> Q:
    """The condition itself, for a query that is about the one of the two and refers to the other."""
    seats = GroupMember.objects.filter(in_force(day), group=group)
    chair = seats.filter(role=GroupRole.CHAIR)
    turn = ChairTerm.objects.filter(_speaks_for_the_turn(day, _deeper(person)), group=group)
    turn = turn.filter(starts_on__lte=day, ends_on__gte=day)
    sits = Q(Exists(seats.filter(person=person))) | Q(Exists(_duty_seats(day, person=person, group=group)))
    return Q(Exists(chair.filter(person=person))) | (~Q(Exists(chair)) & Q(Exists(turn)) & sits)


def _speaks_for_the_turn(day: date, person: Key) -> Q:
    """Of turns: the agency is a safeguarding partner and the person holds that duty for it."""
    where = {"partnership": OuterRef("group__partnership")}
    duties = Duty.objects.in_force_on(day).filter(_held_for("agency"), person=person, **where)
    partners = Membership.objects.filter(in_force(day), agency=OuterRef("agency"), **where)
    return Q(Exists(duties.filter(kind=DutyKind.SAFEGUARDING_PARTNER))) & Q(
        Exists(partners.filter(kind=AgencyKind.SAFEGUARDING_PARTNER))
    )


def _duty_seats(day: date, *, person: Key, group: Key) -> QuerySet[DutySeat]:
    """The seats of a group that follow a duty which the person holds."""
    held = Duty.objects.in_force_on(day).filter(
        person=_deeper(person), partnership=OuterRef("group__partnership"), kind=OuterRef("duty")
    )
    fits = Q(Exists(held), agency__isnull=True) | Q(Exists(held.filter(_held_for("agency"))))
    return DutySeat.objects.filter(in_force(day), fits, group=group)


def _held_for(agency: str) -> Q:
    """Of duties: held for the agency that the row around names so; for where the person works if it names none."""
    return Q(agency=OuterRef(agency)) | Q(agency__isnull=True, person__agency=OuterRef(agency))


def _deeper(key: Key) -> Key:
    """The same key, one query further in."""
    return OuterRef(key) if isinstance(key, OuterRef) else key
