"""Builds the invented borough through the same operations that real people use, dated as if they had used them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.operations.steering import write_commentary
from trefoil.people.enums import AgencyKind, AreaKind, Colour, DutyKind, GroupKind, GroupRole, Sector
from trefoil.people.models import Agency, Area, Partnership, Person
from trefoil.people.operations import (
    create_agency,
    create_group,
    create_partnership,
    create_person,
    give_duty,
    give_seat,
    join_partnership,
)

from .borough import Borough, data_contact, read_toml
from .fairmead_budget import invent_budget
from .fairmead_chronology import invent_chronology
from .fairmead_clocks import invent_clocks
from .fairmead_deaths import invent_deaths
from .fairmead_kinds import invent_other_documents
from .fairmead_local import invent_local_reviews
from .fairmead_meetings import hold_meetings
from .fairmead_messages import read_old_messages
from .fairmead_plan import make_plan
from .fairmead_publishing import invent_documents
from .fairmead_returns import MONTHS, invent_returns
from .fairmead_reviews import invent_reviews
from .fairmead_risks import invent_register
from .fairmead_website import open_site


def build_fairmead(*, now: datetime) -> Partnership:
    """The borough with its people, two years of returns, targets and commentary. Does nothing when it is there."""
    plan = read_toml("fairmead.toml")
    existing = Partnership.objects.filter(slug=plan["partnership"]["slug"]).first()
    if existing is not None:
        return existing
    began = now - timedelta(days=31 * (MONTHS + 2))
    borough = _found(plan, began)
    _people(borough, plan, began)
    invent_returns(borough, plan, now)
    _commentary(borough, plan, now)
    make_plan(borough, now=now)
    invent_budget(borough, now=now)
    invent_register(borough, now=now)
    invent_clocks(borough, now)
    hold_meetings(borough, now=now)
    local, learnt = invent_reviews(borough, now=now)
    invent_local_reviews(borough, local, learnt, now=now)
    invent_chronology(borough, now=now)
    invent_documents(borough, now=now)
    invent_other_documents(borough, now=now)
    open_site(borough, now=now)
    invent_deaths(borough, now=now)
    read_old_messages(borough, now=now)
    return borough.partnership


def _found(plan: dict[str, Any], began: datetime) -> Borough:
    area = Area.objects.create(**plan["area"], kind=AreaKind.INVENTED)
    facts = plan["partnership"] | {"colour": Colour(plan["partnership"]["colour"])}
    borough = Borough(create_partnership(**facts, area=area, is_invented=True, by=None, now=began))
    for key, facts in plan["agencies"].items():
        agency = create_agency(name=facts["name"], sector=Sector(facts["sector"]), is_invented=True, by=None, now=began)
        borough.agencies[key] = agency
        join_partnership(
            partnership=borough.partnership,
            agency=agency,
            kind=AgencyKind(facts["kind"]),
            why_chosen=facts["why"],
            starts_on=began.date(),
            by=None,
            now=began,
        )
    for key, facts in plan["groups"].items():
        borough.groups[key] = create_group(
            partnership=borough.partnership,
            slug=key.replace("_", "-"),
            name=facts["name"],
            kind=GroupKind(facts["kind"]),
            purpose=facts["purpose"],
            reports_to=borough.groups.get(facts["reports_to"]),
            by=None,
            now=began,
        )
    return borough


def _people(borough: Borough, plan: dict[str, Any], began: datetime) -> None:
    for key, facts in plan["people"].items():
        agency = borough.agencies.get(facts["agency"])
        person = create_person(
            email=f"{key.replace('_', '.')}@fairmead.example",
            name=facts["name"],
            job_title=facts["job_title"],
            agency=agency,
            is_invented=True,
            by=None,
            now=began,
        )
        borough.people[key] = person
        _duty(borough.partnership, person, DutyKind(facts["duty"]), agency, began)
        for group, role in facts["seats"].items():
            give_seat(
                group=borough.groups[group],
                person=person,
                agency=agency,
                role=GroupRole(role),
                starts_on=began.date(),
                by=None,
                now=began,
            )
    for key, agency in borough.agencies.items():
        if plan["agencies"][key]["returns"] and not data_contact(agency):
            _invent_contact(borough, key, agency, began)


def _duty(partnership: Partnership, person: Person, kind: DutyKind, agency: Agency | None, began: datetime) -> None:
    give_duty(
        person=person,
        partnership=partnership,
        kind=kind,
        agency=agency if kind in {DutyKind.AGENCY_LEAD, DutyKind.AGENCY_RETURNS} else None,
        starts_on=began.date(),
        by=None,
        now=began,
    )


def _invent_contact(borough: Borough, key: str, agency: Agency, began: datetime) -> None:
    """An agency that owes figures has somebody to enter them, named after the office and not after a person."""
    person = create_person(
        email=f"{key.replace('_', '.')}.data@fairmead.example",
        name=f"Data contact, {agency.name}",
        job_title="Data contact",
        agency=agency,
        is_invented=True,
        by=None,
        now=began,
    )
    _duty(borough.partnership, person, DutyKind.AGENCY_RETURNS, agency, began)


def _commentary(borough: Borough, plan: dict[str, Any], now: datetime) -> None:
    for said in plan["commentary"]:
        definition = catalogue()[said["indicator"]]
        person = borough.people[said["by"]]
        figure = borough.partnership.figures.filter(indicator=definition.id).order_by("-period_end", "pk").first()
        if person.agency is not None and figure is not None:
            write_commentary(
                partnership=borough.partnership,
                agency=person.agency,
                indicator=definition.id,
                period=figure.period,
                says=said["says"],
                doing=said["doing"],
                by=person,
                now=max(now - timedelta(days=4), figure.entered_at),  # nobody writes about a figure before it came
            )


def demo_people(partnership: Partnership) -> Iterator[Person]:
    """The invented people who can be signed in as, in the order they are worth trying."""
    yield from Person.objects.filter(is_invented=True, duties__partnership=partnership).distinct()
