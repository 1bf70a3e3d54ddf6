"""An executive for tests, built through the operations: three partners who sit in it, one of them in the chair."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.world import BEGINNING, World
from trefoil.meetings.enums import CycleUnit, Nth, Presence, Weekday
from trefoil.meetings.models import Meeting
from trefoil.meetings.operations.agenda import add_item
from trefoil.meetings.operations.attendance import Note, note_attendance
from trefoil.meetings.operations.calling import call_meeting, hold_meeting
from trefoil.meetings.operations.groups import agree_terms, set_cycle, write_terms
from trefoil.people.enums import DutyKind, GroupKind, GroupRole
from trefoil.people.models import Agency, Group, Person
from trefoil.people.operations import create_group, create_person, give_duty, give_seat


@dataclass
class Executive:
    """The group, and by agency the person who is its partner's delegate. Council's is in the chair."""

    world: World
    group: Group
    partners: dict[int, Person] = field(default_factory=dict)

    @property
    def chair(self) -> Person:
        return self.partners[self.world.social_care.pk]

    @property
    def police(self) -> Person:
        return self.partners[self.world.police.pk]

    @property
    def health(self) -> Person:
        return self.partners[self.world.health.pk]


def executive(world: World, now: datetime) -> Executive:
    """Made anew; its three seats are held since the beginning."""
    named: dict[str, Any] = {"by": None, "now": now}
    group = create_group(
        partnership=world.fairmead, slug="partners", name="Partners", kind=GroupKind.EXECUTIVE, **named
    )
    made = Executive(world, group)
    for agency in (world.social_care, world.police, world.health):
        made.partners[agency.pk] = partner(world, agency, now)
        role = GroupRole.CHAIR if agency == world.social_care else GroupRole.MEMBER
        give_seat(group=group, person=made.partners[agency.pk], agency=agency, role=role, starts_on=BEGINNING, **named)
    return made


def partner(world: World, agency: Agency, now: datetime) -> Person:
    """Somebody who works in an agency and speaks for it as safeguarding partner."""
    name = f"Partner of {agency.name}"
    email = f"partner.{agency.pk}@example.org"
    person = create_person(email=email, name=name, agency=agency, by=None, now=now, is_invented=True)
    give_duty(
        person=person,
        partnership=world.fairmead,
        kind=DutyKind.SAFEGUARDING_PARTNER,
        starts_on=BEGINNING,
        by=None,
        now=now,
    )
    return person


def called(made: Executive, now: datetime, *, days: int = 7, **named: Any) -> Meeting:
    """A meeting so many days from now."""
    return call_meeting(
        group=made.group,
        starts_at=now + timedelta(days=days),
        minutes_long=named.pop("minutes_long", 120),
        by=made.world.manager,
        now=now,
        **named,
    )


def everybody_there(made: Executive, meeting: Meeting, now: datetime) -> None:
    notes = [Note(person.pk, Presence.PRESENT) for person in made.partners.values()]
    note_attendance(meeting=meeting, notes=notes, by=made.world.manager, now=now)


def held(made: Executive, now: datetime, *, days: int = -7) -> Meeting:
    """A meeting so many days from now (before it), with one item, that everybody came to."""
    then = now + timedelta(days=days)
    meeting = called(made, now, days=days)
    add_item(meeting=meeting, title="The plan", by=made.world.manager, now=then)
    everybody_there(made, meeting, then)
    hold_meeting(meeting=meeting, by=made.world.manager, now=then)
    return meeting


def bound(made: Executive, now: datetime, *, quorum: int = 2, days: int = -100) -> None:
    """Terms agreed at a meeting: so many members, and the council and the police have to be there."""
    terms = write_terms(
        group=made.group,
        purpose="Lead together.",
        quorum_number=quorum,
        quorum_agencies=[made.world.social_care, made.world.police],
        by=made.world.manager,
        now=now,
    )
    agree_terms(terms=terms, meeting=held(made, now, days=days), by=made.world.manager, now=now)


def cycle(made: Executive, now: datetime, **named: Any) -> None:
    """The second Tuesday of every second month from January 2026, at ten."""
    cycle_for(made.group, made.world.manager, now, **named)


def cycle_for(group: Group, by: Person, now: datetime, **named: Any) -> None:
    """The same for any group."""
    given = {
        "every": 2,
        "unit": CycleUnit.MONTHS,
        "weekday": Weekday.TUESDAY,
        "nth": Nth.SECOND,
        "starts_on": date(2026, 1, 1),
        "begins": time(10, 0),
        "place": "Room 1",
        **named,
    }
    set_cycle(group=group, by=by, now=now, **given)
