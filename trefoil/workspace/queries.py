"""What the pages read that no other room answers for them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

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
    note: str
    memberships: list[Membership]


# Source of the notes: Working Together to Safeguard Children 2023, chapter 2.
_HEADINGS = {
    AgencyKind.SAFEGUARDING_PARTNER: (
        "Statutory safeguarding partners",
        "The local authority, the integrated care board and the police. Each has an equal share of the duty.",
    ),
    AgencyKind.RELEVANT_AGENCY: (
        "Relevant agencies",
        "Organisations that the partners chose, and that must act in line with the arrangements.",
    ),
    AgencyKind.OTHER: ("Other organisations", "They take part without being named as relevant agencies."),
}


def by_kind(memberships: Iterable[Membership]) -> list[KindOfAgency]:
    """The three kinds in the order of the law, each with its agencies by name."""
    known = list(memberships)
    return [
        KindOfAgency(heading, note, [one for one in known if one.kind == kind])
        for kind, (heading, note) in _HEADINGS.items()
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


@dataclass(frozen=True)
class HandIn:
    """A return and when the agency first handed it in; None while it has not."""

    agency_return: AgencyReturn
    handed_in_on: date | None
    today: date

    @property
    def is_late(self) -> bool:
        return (self.handed_in_on or self.today) > self.agency_return.due_on

    @property
    def words(self) -> str:
        """`Handed in on 3 March 2026, 2 days late`, or how it stands today."""
        due = self.agency_return.due_on
        days = ((self.handed_in_on or self.today) - due).days
        if self.handed_in_on is None:
            return f"{counted(days, 'day')} late so far" if self.is_late else "Not due yet"
        handed_in = f"Handed in on {day_words(self.handed_in_on)}"
        return f"{handed_in}, {counted(days, 'day')} late" if self.is_late else f"{handed_in}, in time"


def hand_ins(returns: QuerySet[AgencyReturn], *, most: int, today: date) -> list[HandIn]:
    """The newest returns with the day on which each was first submitted. One query."""
    first = Min("moves__moved_at", filter=Q(moves__to_state=ReturnState.SUBMITTED))
    newest = returns.annotate(handed_in_at=first).order_by("-period_end", "title", "pk")[:most]
    return [HandIn(one, timezone.localdate(one.handed_in_at) if one.handed_in_at else None, today) for one in newest]


def in_time_words(found: list[HandIn]) -> str:
    """`3 of the 5 returns handed in came in time.`"""
    handed_in = [one for one in found if one.handed_in_on]
    if not handed_in:
        return "None of these has been handed in yet."
    in_time = sum(not one.is_late for one in handed_in)
    if len(handed_in) == 1:
        return f"The one that was handed in came {'in time' if in_time else 'late'}."
    return f"{in_time} of the {len(handed_in)} handed in came in time."
