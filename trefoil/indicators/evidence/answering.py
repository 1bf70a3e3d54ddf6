"""Who answers for an indicator in a partnership: the agencies of its sector, and their safeguarding leads by name."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Q

from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Partnership, in_force

from ..catalogue.schema import Definition


@dataclass(frozen=True)
class Answerer:
    """One agency of the partnership and those who lead on safeguarding there; no names for who may not read people."""

    agency_id: int
    name: str
    sector: str
    leads: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its key in an address."""
        return str(self.agency_id)

    @property
    def words(self) -> str:
        """`Fairmead Police (Sam Example)`."""
        return f"{self.name} ({', '.join(self.leads)})" if self.leads else self.name


Answerers = Mapping[int, Answerer]


def answerers_of(partnership: Partnership, *, today: date, with_names: bool) -> Answerers:
    """The partnership's agencies of today by key, each with its leads. One query."""
    leads = Q(duties__partnership=partnership, duties__kind=DutyKind.AGENCY_LEAD) & in_force(today, "duties__")
    rows = (
        Agency.objects.filter(in_force(today, "memberships__"), memberships__partnership=partnership)
        .annotate(lead=FilteredRelation("duties", condition=leads))
        .values_list("pk", "name", "sector", "lead__person__name", "lead__person__is_active")
        .order_by("name", "lead__person__name")
    )
    names: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for pk, name, sector, person, is_active in rows:
        known = names[pk, name, sector]
        if with_names and person and is_active and person not in known:
            known.append(person)
    return {pk: Answerer(pk, name, sector, tuple(people)) for (pk, name, sector), people in names.items()}


def answering_for(definition: Definition, answerers: Answerers) -> tuple[Answerer, ...]:
    """The agencies of the indicator's own sector; where the partnership has none, those of the next one named."""
    for sector in (definition.owner_agency, *definition.also_answering):
        found = tuple(one for one in answerers.values() if one.sector == sector.value)
        if found:
            return found
    return ()
