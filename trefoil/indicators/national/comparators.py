"""Which areas an authority is compared with: its neighbours, its region, England. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from .figures import Area, AreaKind, Neighbour

ENGLAND = "E92000001"


class UnknownAreaError(LookupError):
    """No area has that code or name. The message says what was asked for."""


@dataclass(frozen=True, slots=True)
class Comparators:
    """Areas by code, and each authority's neighbours in order. Made by `comparators_from`."""

    areas: dict[str, Area]
    neighbours: dict[str, tuple[str, ...]]

    def area(self, code: str) -> Area:
        """The area with this code. Raises UnknownAreaError."""
        if code not in self.areas:
            raise UnknownAreaError(f"no area has the code “{code}”")
        return self.areas[code]

    def region_of(self, code: str) -> str | None:
        """The region's code: London for a London borough. None for England and for a region."""
        return self.area(code).region or None

    def london_part_of(self, code: str) -> str | None:
        """The code of inner or outer London, a borough's region in the interactive tool; None elsewhere."""
        return self.area(code).london_part or None

    def neighbours_of(self, code: str) -> tuple[str, ...]:
        """Ten statistical neighbours (2025 model), nearest first; none but for a standing authority."""
        self.area(code)
        return self.neighbours.get(code, ())

    def authorities(self, *, region: str | None = None) -> tuple[str, ...]:
        """Codes of the authorities now standing, of one region or of all England, by three-digit code."""
        return tuple(
            area.code
            for area in self.areas.values()
            if area.kind is AreaKind.LOCAL_AUTHORITY
            and area.ended_on is None
            and region in {None, area.region, area.london_part}
        )


def england_code() -> str:
    """The code of England."""
    return ENGLAND


def comparators_from(areas: Iterable[Area], neighbours: Iterable[Neighbour]) -> Comparators:
    """Comparators for these areas; neighbours are put in order of rank."""
    found: dict[str, list[Neighbour]] = {}
    for neighbour in neighbours:
        found.setdefault(neighbour.area_code, []).append(neighbour)
    ordered = {
        code: tuple(one.neighbour_code for one in sorted(several, key=lambda one: one.rank))
        for code, several in found.items()
    }
    return Comparators({area.code: area for area in areas}, ordered)


def area_named(text: str, areas: Iterable[Area]) -> Area:
    """The area with this name, other name, or code, in any case. Its own name wins over another's other name.

    Raises UnknownAreaError.
    """
    wanted = text.strip().casefold()
    known = list(areas)
    for area in known:
        if wanted in {area.name.casefold(), area.code.casefold(), area.old_code}:
            return area
    for area in known:
        if wanted in {name.casefold() for name in (*area.other_names, *area.former_codes)}:
            return area
    raise UnknownAreaError(f"no area is called “{text}”")
