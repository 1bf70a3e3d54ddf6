"""How many children of each group live in an area: as the partnership settled it, else estimated from the census.

The census of 2021 is shipped for residents of all ages. Where nothing better is settled, the area's children (mid-year
estimate) are shared out as its residents are. That is an estimate with a known lean: in most areas children are more
often of a minority ethnic group than adults are, so such groups seem larger against their children than they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from trefoil.indicators.models import EthnicGroup, Population
from trefoil.people.models import Partnership

from .models import GroupChildren

# The groups of each breakdown as figures name them. Children not recorded in any have no population.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "ethnicity": ("White", "Mixed", "Asian", "Black", "Other"),
    "sex": ("female", "male"),
    "disability": ("disabled", "no disability recorded"),
}
CENSUS = (
    "Census 2021, residents of all ages (Office for National Statistics, table TS021, Open Government Licence v3.0)"
)


@dataclass(frozen=True)
class KnownChildren:
    """Children of each group of one breakdown, in the order of `GROUPS`, and where the numbers come from."""

    children: Mapping[str, int]
    source: str
    is_estimate: bool

    @property
    def in_all(self) -> int:
        return sum(self.children.values())


def children_of_groups(partnership: Partnership, breakdown: str) -> KnownChildren | None:
    """What is known of a breakdown; None when nothing is. Raises KeyError for a breakdown that has no groups."""
    groups = GROUPS[breakdown]
    held = list(GroupChildren.objects.filter(partnership=partnership, breakdown=breakdown))
    if held:
        numbers = {one.group: one.children for one in held}
        return KnownChildren({group: numbers.get(group, 0) for group in groups}, held[0].source, is_estimate=False)
    return _estimated(partnership) if breakdown == "ethnicity" else None


def children_in_area(partnership: Partnership) -> tuple[int, int] | None:
    """Mid-year and children aged 0 to 17 of the newest estimate; None when there is none."""
    newest = Population.objects.filter(area=partnership.area).order_by("-mid_year").first()
    return (newest.mid_year, newest.children) if newest else None


def _estimated(partnership: Partnership) -> KnownChildren | None:
    newest = children_in_area(partnership)
    pairs = EthnicGroup.objects.filter(area=partnership.area).values_list("name", "people")
    residents = census_groups(cast("Sequence[tuple[str, int]]", list(pairs)))
    everybody = sum(residents.values())
    if newest is None or not everybody:
        return None
    mid_year, children = newest
    shared = {group: children * people // everybody for group, people in residents.items()}
    source = f"Estimated: {children:,} children (mid-{mid_year}), shared out as in the {CENSUS}"
    return KnownChildren(shared, source, is_estimate=True)


def census_groups(rows: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Residents by the five groups, from the census's own names (`Asian, Asian British or Asian Welsh: Indian`)."""
    found = dict.fromkeys(GROUPS["ethnicity"], 0)
    for name, people in rows:
        group = next((one for one in found if name.startswith(one)), None)
        if group:
            found[group] += people
    return found
