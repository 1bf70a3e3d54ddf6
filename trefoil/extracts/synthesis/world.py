"""What every part of one invented borough shares: its profile, its draws, its days and its staff. Pure."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .days import Calendar
from .draw import Draw
from .profile import AreaProfile
from .rows import Array
from .text import identifiers, table_of

TEAM_KINDS = ("Front door", "Assessment", "Support and protection", "Children in care", "Leaving care", "Early help")
"""One front door; of the others one for each locality."""


@dataclass(frozen=True)
class World:
    """One borough. `first` and `last` are the first and last day of the window, as numbers."""

    profile: AreaProfile
    draw: Draw
    calendar: Calendar
    first: int
    last: int

    @property
    def years(self) -> float:
        """The window's length in years."""
        return (self.last - self.first + 1) / 365.25

    def ids(self, letter: str, numbers: Array) -> pa.Array:
        """Identifiers of this area."""
        return identifiers(self.profile.old_code, letter, numbers)

    def inside(self, days: Array) -> Array:
        """Which days are in the window."""
        return (days >= self.first) & (days <= self.last)

    def teams(self, kind: str, locality: Array) -> Array:
        """The number of the team of this kind for each locality's number."""
        place = TEAM_KINDS.index(kind)
        return np.zeros_like(locality) if place == 0 else 1 + (place - 1) * self.places + locality

    @property
    def places(self) -> int:
        """How many localities."""
        return len(self.profile.localities)

    @property
    def team_count(self) -> int:
        """How many teams."""
        return 1 + (len(TEAM_KINDS) - 1) * self.places

    @property
    def workers_each(self) -> int:
        """Workers in a team."""
        return max(round(self.profile.levels["workers"] / self.team_count), 2)

    def workers(self, teams: Array, salt: Array) -> Array:
        """A worker of each team; the same salt (a child, say) in the same team has the same worker."""
        numbers: Array = teams * self.workers_each + (salt * 7919 + 13) % self.workers_each
        return numbers


def department_table(world: World) -> pa.Table:
    """`ssd_department`: the teams, under one service."""
    names = [TEAM_KINDS[0]]
    names += [f"{kind}, {place}" for kind in TEAM_KINDS[1:] for place in world.profile.localities]
    numbers = np.arange(len(names) + 1)
    parent = np.where(numbers == len(names), -1, len(names))
    service = "Children's services (invented)"
    columns = {
        "dept_team_id": world.ids("T", numbers),
        "dept_team_name": pa.array([*names, service]),
        "dept_team_parent_id": world.ids("T", parent),
        "dept_team_parent_name": pa.array([*[service] * len(names), None], pa.string()),
    }
    return table_of("ssd_department", len(numbers), columns)
