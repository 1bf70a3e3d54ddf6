"""An area's own facts: how many children, which ethnic groups, and whom it resembles."""

from dataclasses import dataclass

from trefoil.people.models import Area

from ..models import EthnicGroup, Neighbour, Population


@dataclass(frozen=True)
class Place:
    """Facts of an area. `children` by mid-year, newest first; `ethnic_groups` of all ages, largest first."""

    area: Area
    children: tuple[tuple[int, int], ...]
    ethnic_groups: tuple[tuple[str, int], ...]
    neighbours: tuple[tuple[int, str, str], ...]
    model_year: int | None
    is_invented: bool

    @property
    def has_published_facts(self) -> bool:
        return bool(self.ethnic_groups or self.neighbours)


def place_of(area: Area) -> Place:
    """The facts of an area. Three queries."""
    populations = list(Population.objects.filter(area=area).order_by("-mid_year"))
    groups = EthnicGroup.objects.filter(area=area).order_by("-people", "code")
    neighbours = list(Neighbour.objects.filter(area=area).select_related("neighbour").order_by("-model_year", "rank"))
    newest = neighbours[0].model_year if neighbours else None
    return Place(
        area=area,
        children=tuple((row.mid_year, row.children) for row in populations),
        ethnic_groups=tuple(groups.values_list("name", "people")),
        neighbours=tuple(
            (row.rank, row.neighbour.name, row.closeness) for row in neighbours if row.model_year == newest
        ),
        model_year=newest,
        is_invented=any(row.is_invented for row in populations),
    )
