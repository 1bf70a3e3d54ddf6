"""What stands in the tests' Fairmead beyond its people: groups, a relevant agency, returns."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from tests.world import BEGINNING, World
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.returns import open_return
from trefoil.indicators.periods import Period
from trefoil.people.enums import AgencyKind, DutyKind, GroupKind, GroupRole, Sector
from trefoil.people.models import Agency, Group
from trefoil.people.operations import create_agency, create_group, create_person, give_duty, give_seat, join_partnership


@dataclass
class Fairmead:
    """The world, with what was added to it."""

    world: World
    school: Agency
    executive: Group
    quality: Group
    late: AgencyReturn
    due: AgencyReturn


def furnish(world: World, *, now: datetime) -> Fairmead:
    """Two groups with people in them, a school as a relevant agency, and two returns of Alice's agency."""
    today = timezone.localdate(now)
    school = create_agency(name="Fairmead Academy Trust", sector=Sector.EDUCATION, by=None, now=now, is_invented=True)
    join_partnership(
        partnership=world.fairmead,
        agency=school,
        kind=AgencyKind.RELEVANT_AGENCY,
        starts_on=BEGINNING,
        why_chosen="It teaches two in three of the borough’s children.",
        source="Published arrangements 2025, page 4",
        by=None,
        now=now,
    )
    executive = create_group(
        partnership=world.fairmead,
        slug="executive",
        name="Executive of the three partners",
        kind=GroupKind.EXECUTIVE,
        purpose="The three partners decide together here.",
        by=None,
        now=now,
    )
    quality = add_group(world, "quality", executive, now)
    give_seat(
        group=executive,
        person=world.holder[DutyKind.SAFEGUARDING_PARTNER],
        role=GroupRole.CHAIR,
        starts_on=BEGINNING,
        agency=world.social_care,
        by=None,
        now=now,
    )
    return Fairmead(
        world=world,
        school=school,
        executive=executive,
        quality=quality,
        late=ask(world, world.social_care, now, due_on=today - timedelta(days=12), month=1),
        due=ask(world, world.social_care, now, due_on=today + timedelta(days=5), month=2),
    )


def add_group(world: World, slug: str, upper: Group, now: datetime) -> Group:
    """One more subgroup, with one member."""
    group = create_group(
        partnership=world.fairmead,
        slug=slug,
        name=f"Subgroup for {slug}",
        kind=GroupKind.SUBGROUP,
        reports_to=upper,
        by=None,
        now=now,
    )
    give_seat(
        group=group,
        person=world.analyst,
        role=GroupRole.MEMBER,
        starts_on=BEGINNING,
        agency=world.police,
        by=None,
        now=now,
    )
    return group


def ask(world: World, agency: Agency, now: datetime, *, due_on: date, month: int) -> AgencyReturn:
    """One return, opened by the analyst."""
    return open_return(
        partnership=world.fairmead,
        agency=agency,
        title="Monthly figures",
        period=Period(date(2026, month, 1), date(2026, month, monthrange(2026, month)[1])),
        indicators=["CSC-01"],
        opens_on=BEGINNING,
        due_on=due_on,
        by=world.analyst,
        now=now,
    )


def add_rows(fairmead: Fairmead, number: int, *, now: datetime) -> None:
    """`number` more of everything that the pages list."""
    world = fairmead.world
    for place in range(number):
        agency = create_agency(name=f"Agency {place}", sector=Sector.HEALTH, by=None, now=now, is_invented=True)
        join_partnership(
            partnership=world.fairmead,
            agency=agency,
            kind=AgencyKind.OTHER,
            starts_on=BEGINNING,
            by=None,
            now=now,
        )
        person = create_person(email=f"new{place}@example.org", name=f"New {place}", agency=agency, by=None, now=now)
        give_duty(
            person=person,
            partnership=world.fairmead,
            kind=DutyKind.AGENCY_LEAD,
            agency=world.social_care,
            starts_on=BEGINNING,
            by=world.manager,
            now=now,
        )
        give_duty(
            person=world.bob,
            partnership=world.fairmead,
            kind=DutyKind.AGENCY_RETURNS,
            agency=agency,
            starts_on=BEGINNING,
            by=world.manager,
            now=now,
        )
        group = add_group(world, f"topic-{place}", fairmead.executive, now)
        give_seat(group=fairmead.quality, person=person, role=GroupRole.MEMBER, starts_on=BEGINNING, by=None, now=now)
        give_seat(group=group, person=world.bob, role=GroupRole.MEMBER, starts_on=BEGINNING, by=None, now=now)
        ask(world, world.social_care, now, due_on=timezone.localdate(now) - timedelta(days=place), month=3 + place)
