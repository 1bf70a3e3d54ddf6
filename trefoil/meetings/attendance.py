"""Who came to the meetings of a year, by agency, as a grid with its numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from trefoil.people.enums import GroupRole

from .enums import Presence
from .members import VOTES, Member
from .models import Attendance, Meeting

OWN_RIGHT = "In their own right"
# Where several people of one agency were expected: the best of what they did is the agency's.
_ORDER = (Presence.PRESENT, Presence.SUBSTITUTE, Presence.APOLOGIES, Presence.ABSENT, Presence.EXPECTED)
MARKS = {
    Presence.PRESENT: ("✓", "present"),
    Presence.SUBSTITUTE: ("S", "substitute"),
    Presence.APOLOGIES: ("A", "apologies"),
    Presence.ABSENT: ("✗", "absent"),
    Presence.EXPECTED: ("–", "not yet known"),
}


@dataclass
class AgencyYear:
    """One agency's line: for each meeting how it took part, None where nobody of it was expected."""

    name: str
    marks: list[Presence | None] = field(default_factory=list)

    @property
    def expected(self) -> int:
        return sum(mark is not None for mark in self.marks)

    @property
    def came(self) -> int:
        """Meetings to which one of its members came."""
        return sum(mark == Presence.PRESENT for mark in self.marks)

    @property
    def substitutes(self) -> int:
        return sum(mark == Presence.SUBSTITUTE for mark in self.marks)

    @property
    def words(self) -> str:
        """`5 of 6`, with substitutes apart."""
        said = f"{self.came} of {self.expected}"
        return f"{said}, and {self.substitutes} by a substitute" if self.substitutes else said

    @property
    def is_low(self) -> bool:
        """Represented, by a member or a substitute, at fewer than two meetings in three."""
        return 3 * (self.came + self.substitutes) < 2 * self.expected

    @property
    def cells(self) -> list[tuple[str, str, str]]:
        """For each meeting the mark, its word and the name of its colour."""
        return [("", "not expected", "none") if mark is None else (*MARKS[mark], mark.value) for mark in self.marks]


def year_by_agency(meetings: Sequence[Meeting], rows: Iterable[Attendance]) -> list[AgencyYear]:
    """One line for each agency, by name; advisers and guests are not counted."""
    found: dict[tuple[str, int], list[Presence]] = {}
    for row in rows:
        if not row.is_guest and GroupRole(row.role) in VOTES:
            name = row.agency.name if row.agency else OWN_RIGHT
            found.setdefault((name, row.meeting_id), []).append(Presence(row.presence))
    names = sorted({name for name, _ in found}, key=lambda name: (name == OWN_RIGHT, name))
    return [AgencyYear(name, [_best(found.get((name, meeting.pk))) for meeting in meetings]) for name in names]


def _best(presences: list[Presence] | None) -> Presence | None:
    return min(presences, key=_ORDER.index) if presences else None


def attendance_words(rows: Sequence[Attendance], members: Sequence[Member]) -> list[tuple[str, str]]:
    """`Present`, `Apologies` and so on with the names; of members who were not noted, that they are expected."""
    noted = {row.person_id for row in rows}
    said = [
        ("Present", [_name(row) for row in rows if row.presence == Presence.PRESENT and not row.is_guest]),
        ("Substitutes", [_substitute(row) for row in rows if row.presence == Presence.SUBSTITUTE]),
        ("Guests", [_name(row) for row in rows if row.is_guest]),
        ("Apologies", [_name(row) for row in rows if row.presence == Presence.APOLOGIES]),
        ("Absent without apologies", [_name(row) for row in rows if row.presence == Presence.ABSENT]),
        (
            "Expected",
            [_name(row) for row in rows if row.presence == Presence.EXPECTED]
            + [_member(one) for one in members if one.person.pk not in noted],
        ),
    ]
    return [(label, "; ".join(names)) for label, names in said if names]


def _name(row: Attendance) -> str:
    name = row.person.name if row.person else row.guest_name
    return f"{name} ({row.agency})" if row.agency else name


def _substitute(row: Attendance) -> str:
    return f"{row.substitute_name} for {_name(row)}"


def _member(member: Member) -> str:
    return f"{member.person.name} ({member.agency})" if member.agency else member.person.name
