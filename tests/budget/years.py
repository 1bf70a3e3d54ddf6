"""Years of the tests' Fairmead, made through operations."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from tests.world import World
from trefoil.budget.enums import EntryKind
from trefoil.budget.models import BudgetYear
from trefoil.budget.operations.entries import add_entry, open_year

ENTRIES: tuple[tuple[EntryKind, Mapping[str, Any]], ...] = (
    (EntryKind.CONTRIBUTION, {"name": "Fairmead Children's Services", "agreed": Decimal(60000)}),
    (EntryKind.CONTRIBUTION, {"name": "Fairmead Health", "agreed": Decimal(30000)}),
    (EntryKind.LINE, {"side": "spending", "item": "Staff", "budget": Decimal(90000)}),
    (EntryKind.LINE, {"side": "spending", "item": "Training", "budget": Decimal(20000)}),
    (EntryKind.LINE, {"side": "income", "item": "Course fees", "budget": Decimal(5000)}),
    (EntryKind.RESERVE, {"name": "General", "opening": Decimal(40000), "planned": Decimal(15000)}),
    (EntryKind.REVIEW, {"review": "Review 1", "expected": Decimal(8000)}),
)


def sample_year(world: World, *, now: datetime, first_year: int = 2026) -> BudgetYear:
    """A draft whose totals add up, with an entry of each kind; the one that is there, if there is one."""
    held = BudgetYear.objects.filter(partnership=world.fairmead).order_by("-first_year").first()
    if held is not None:
        return held
    year = open_year(partnership=world.fairmead, first_year=first_year, by=world.manager, now=now)
    for kind, fields in ENTRIES:
        agency = {"agency": world.health} if fields.get("name") == "Fairmead Health" else {}
        add_entry(year=year, kind=kind, fields={**fields, **agency}, by=world.manager, now=now)
    return year
