"""The invented world that tests happen in, built through operations as the real one is.

Fairmead has three agencies and one holder of each duty. Three people stand for three distances from a record of
Fairmead's social care: Alice entered it, Bob works beside her, Charlie runs another partnership and may see none of
it. Dana does what Alice does, for another agency of the same partnership.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.kept_world import Kept
from trefoil.people.enums import DUTIES_FOR_AN_AGENCY, AgencyKind, AreaKind, DutyKind, Sector
from trefoil.people.models import Agency, Area, Partnership, Person
from trefoil.people.operations import create_agency, create_partnership, create_person, give_duty, join_partnership

BEGINNING = date(2020, 4, 1)


@dataclass
class World:
    """What was built. `holder[kind]` holds that one duty in Fairmead and no other duty anywhere."""

    fairmead: Partnership
    harbury: Partnership
    social_care: Agency
    police: Agency
    health: Agency
    charlie: Person
    dana: Person
    nobody: Person
    holder: dict[DutyKind, Person] = field(default_factory=dict)

    @property
    def alice(self) -> Person:
        """Enters the figures of Fairmead's social care."""
        return self.holder[DutyKind.AGENCY_RETURNS]

    @property
    def bob(self) -> Person:
        """Leads on safeguarding in Alice's agency."""
        return self.holder[DutyKind.AGENCY_LEAD]

    @property
    def manager(self) -> Person:
        return self.holder[DutyKind.BUSINESS_MANAGER]

    @property
    def analyst(self) -> Person:
        return self.holder[DutyKind.ANALYST]


def build_world(*, now: datetime) -> World:
    """The world in the database, which was empty; built by operations the first time, put back row by row later."""
    return _KEPT.at(now)


def _build(now: datetime) -> World:
    fairmead = _partnership("fairmead", "Fairmead", "X99000001", now)
    harbury = _partnership("harbury", "Harbury", "X99000002", now)
    agencies = [
        _agency("Fairmead Children's Services", Sector.CHILDREN_SOCIAL_CARE, fairmead, now),
        _agency("Fairmead Police", Sector.POLICE, fairmead, now),
        _agency("Fairmead Health", Sector.HEALTH, fairmead, now),
    ]
    social_care, police, health = agencies
    world = World(
        fairmead=fairmead,
        harbury=harbury,
        social_care=social_care,
        police=police,
        health=health,
        charlie=_person("Charlie", None, now),
        dana=_person("Dana", police, now),
        nobody=_person("Nobody", None, now),
    )
    _duty(world.charlie, harbury, DutyKind.BUSINESS_MANAGER, None, now)
    _duty(world.dana, fairmead, DutyKind.AGENCY_RETURNS, police, now)
    names = {DutyKind.AGENCY_RETURNS: "Alice", DutyKind.AGENCY_LEAD: "Bob"}
    for kind in DutyKind:
        agency = social_care if kind in DUTIES_FOR_AN_AGENCY else None
        world.holder[kind] = _person(names.get(kind, kind.label), agency, now)
        _duty(world.holder[kind], fairmead, kind, agency, now)
    return world


def _partnership(slug: str, name: str, code: str, now: datetime) -> Partnership:
    area, _ = Area.objects.get_or_create(code=code, defaults={"name": name, "kind": AreaKind.INVENTED})
    return create_partnership(
        slug=slug,
        name=f"{name} Safeguarding Children Partnership",
        short_name=name,
        area=area,
        by=None,
        now=now,
        is_invented=True,
    )


def _agency(name: str, sector: Sector, partnership: Partnership, now: datetime) -> Agency:
    agency = create_agency(name=name, sector=sector, by=None, now=now, is_invented=True)
    join_partnership(
        partnership=partnership,
        agency=agency,
        kind=AgencyKind.SAFEGUARDING_PARTNER,
        starts_on=BEGINNING,
        by=None,
        now=now,
    )
    return agency


def _person(name: str, agency: Agency | None, now: datetime) -> Person:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return create_person(email=email, name=name, agency=agency, by=None, now=now, is_invented=True)


def _duty(person: Person, partnership: Partnership, kind: DutyKind, agency: Agency | None, now: datetime) -> None:
    give_duty(person=person, partnership=partnership, kind=kind, agency=agency, starts_on=BEGINNING, by=None, now=now)


_KEPT = Kept(_build)
