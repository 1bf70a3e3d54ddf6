"""The invented borough while it is being built, and what its parts share."""

import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Group, Partnership, Person


def read_toml(name: str) -> dict[str, Any]:
    """One of the demo's own files, such as `levels.toml`."""
    return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))


@dataclass
class Borough:
    """Fairmead while it is being built."""

    partnership: Partnership
    agencies: dict[str, Agency] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


def data_contact(agency: Agency) -> Person | None:
    """Who enters an agency's figures: its data contact, else its lead."""
    duties = agency.duties.filter(kind__in=[DutyKind.AGENCY_RETURNS, DutyKind.AGENCY_LEAD]).order_by("-kind")
    found = duties.select_related("person").first()
    return found.person if found else None
