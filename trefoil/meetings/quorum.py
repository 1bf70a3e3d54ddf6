"""Whether enough of the right people are there. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from .enums import Presence


@dataclass(frozen=True)
class QuorumRule:
    """So many members, and somebody of each agency of `agencies` (key -> name)."""

    number: int
    agencies: tuple[tuple[int, str], ...] = ()
    substitutes_count: bool = True

    @property
    def words(self) -> str:
        """`A quorum is 3 members, with somebody of Council and Police.`"""
        said = f"A quorum is {self.number} member{'' if self.number == 1 else 's'}"
        names = tuple(name for _, name in self.agencies)
        return f"{said}, with somebody of {_listed(names)}." if names else f"{said}."


@dataclass(frozen=True)
class Seat:
    """A member (never a guest or adviser) of the meeting: their agency and how they took part."""

    agency_id: int | None
    presence: Presence


@dataclass(frozen=True)
class Quorum:
    """How it stands: `there` of `needed` members, and the names of partners nobody is there for."""

    there: int
    needed: int
    missing: tuple[str, ...]

    @property
    def met(self) -> bool:
        return self.there >= self.needed and not self.missing

    @property
    def words(self) -> str:
        """`Quorate: 4 members present, 3 are needed.`, with who is missing."""
        counted = f"{self.there} member{'' if self.there == 1 else 's'} present"
        said = f"{'Quorate' if self.met else 'Not quorate'}: {counted}, {self.needed} needed."
        if self.missing:
            said += f" Nobody from {_listed(self.missing)}."
        return said


def quorum_of(rule: QuorumRule, seats: Iterable[Seat]) -> Quorum:
    """The quorum with these seats."""
    counts = {Presence.PRESENT, Presence.SUBSTITUTE} if rule.substitutes_count else {Presence.PRESENT}
    there = [seat for seat in seats if seat.presence in counts]
    agencies = {seat.agency_id for seat in there}
    missing = tuple(name for key, name in rule.agencies if key not in agencies)
    return Quorum(there=len(there), needed=rule.number, missing=missing)


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
