"""What the pages read that no other room answers for them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Min, Q, QuerySet

from trefoil.indicators.enums import ReturnState
from trefoil.indicators.models import AgencyReturn
from trefoil.people.enums import AgencyKind, GroupRole
from trefoil.people.models import Agency, GroupMember, Membership

from .words import counted, day_words


def database_answers() -> None:
    """One question that needs no table. Raises what the database raises."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


@dataclass(frozen=True)
class KindOfAgency:
    """The agencies of one kind, with the heading that they stand under."""

    heading: str
    memberships: list[Membership]


_HEADINGS = {
    AgencyKind.SAFEGUARDING_PARTNER: "Statutory safeguarding partners",
    AgencyKind.RELEVANT_AGENCY: "Relevant agencies",
    AgencyKind.OTHER: "Other organisations",
}


def by_kind(memberships: Iterable[Membership]) -> list[KindOfAgency]:
    """The three kinds in the order of the law, each with its agencies by name."""
    known = list(memberships)
    return [
        KindOfAgency(heading, [one for one in known if one.kind == kind]) for kind, heading in _HEADINGS.items()
    ]


@dataclass(frozen=True)
class SeatsOfAgency:
    """Who sits in a group for one agency; without an agency they sit in their own right."""

    agency: Agency | None
    seats: list[GroupMember] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return self.agency.name if self.agency else "In their own right"


_ROLE_ORDER = {role.value: place for place, role in enumerate(GroupRole)}


def by_agency(seats: Iterable[GroupMember]) -> list[SeatsOfAgency]:
    """Seats under their agencies, by name; in each the chair first."""
    found: dict[int | None, SeatsOfAgency] = {}
    for seat in sorted(seats, key=lambda one: (_ROLE_ORDER[one.role], one.person.name)):
        found.setdefault(seat.agency_id, SeatsOfAgency(seat.agency)).seats.append(seat)
    return sorted(found.values(), key=lambda group: (group.agency is None, group.heading))


def with_hand_in(returns: QuerySet[AgencyReturn]) -> QuerySet[AgencyReturn]:
    """Returns with `handed_in_at`, the moment when each was first submitted, newest period first."""
    first = Min("moves__moved_at", filter=Q(moves__to_state=ReturnState.SUBMITTED))
    return returns.annotate(handed_in_at=first).order_by("-period_end", "title", "pk")


def timeliness_words(due_on: date, handed_in_on: date | None, today: date) -> str:
    """`In time`, `4 days late`, `Not yet due` or `Late, not handed in`."""
    if handed_in_on is None:
        return "Not handed in, not yet due" if today <= due_on else f"{counted((today - due_on).days, 'day')} late so far"
    days = (handed_in_on - due_on).days
    when = f"Handed in on {day_words(handed_in_on)}"
    return f"{when}, {counted(days, 'day')} late" if days > 0 else f"{when}, in time"
