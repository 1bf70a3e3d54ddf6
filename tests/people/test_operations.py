"""Every operation on people writes what it did, and who did it, on the trail."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people import operations
from trefoil.people.enums import AgencyKind, DutyKind, GroupKind, GroupRole, Sector
from trefoil.people.models import Area, Duty, Person

DAY = date(2026, 4, 1)


@pytest.fixture
def by(world, now):
    """What every call names: the business manager, and the moment."""
    return {"by": world.manager, "now": now}


def last(event: EventType) -> AuditEvent:
    return AuditEvent.objects.filter(event=event).latest("sequence")


def group(world, by, **named):
    return operations.create_group(
        partnership=world.fairmead, name="Executive", kind=GroupKind.EXECUTIVE, **{"slug": "executive", **named, **by}
    )


def test_create_partnership(world, by):
    area = Area.objects.get(code="X99000001")
    made = operations.create_partnership(slug="north", name="North", short_name="North", area=area, **by)
    row = last(EventType.PARTNERSHIP_CREATED)
    assert (row.actor, row.partnership, row.subject) == (world.manager.pk, "north", "partnership:north")
    assert made.area == area


def test_create_agency_and_join(world, by):
    agency = operations.create_agency(name="Fairmead Fire", sector=Sector.COMMUNITY_SAFETY, **by)
    joined = operations.join_partnership(
        partnership=world.fairmead,
        agency=agency,
        kind=AgencyKind.RELEVANT_AGENCY,
        starts_on=DAY,
        why_chosen="Visits homes",
        **by,
    )
    assert last(EventType.AGENCY_CREATED).detail == {"sector": "community_safety"}
    row = last(EventType.AGENCY_JOINED)
    assert (row.partnership, row.subject, row.detail) == (
        "fairmead",
        f"agency:{agency.pk}",
        {"kind": "relevant_agency"},
    )
    assert joined.why_chosen == "Visits homes"


def test_create_group_and_give_seat(world, by):
    executive = group(world, by)
    operations.give_seat(group=executive, person=world.bob, role=GroupRole.CHAIR, starts_on=DAY, **by)
    assert last(EventType.GROUP_CREATED).subject == "group:fairmead/executive"
    assert last(EventType.GROUP_SEAT_GIVEN).detail == {"person": world.bob.pk, "role": "chair"}


def test_create_person_keeps_the_address_in_lower_case_and_off_the_trail(world, by):
    person = operations.create_person(email="Ash@Example.ORG", name="Ash Grove", **by)
    assert person.email == "ash@example.org"
    assert not person.has_usable_password()
    row = last(EventType.PERSON_CREATED)
    assert row.subject == f"person:{person.pk}"
    assert "ash@" not in str((row.detail, row.reason, row.actor_name))


def test_give_and_end_duty(world, by, now):
    duty = operations.give_duty(
        person=world.nobody, partnership=world.fairmead, kind=DutyKind.READER, starts_on=DAY, **by
    )
    assert last(EventType.DUTY_GIVEN).detail == {"duty": "reader", "agency": None}
    assert duty.given_by == world.manager
    operations.end_duty(duty=duty, ends_on=DAY + timedelta(days=1), **by)
    assert last(EventType.DUTY_ENDED).detail == {"duty": "reader", "ends_on": "2026-04-02"}
    assert Duty.objects.get(pk=duty.pk).ends_on == DAY + timedelta(days=1)


def test_close_account_says_why(world, by):
    operations.close_account(person=world.bob, reason="left the council", **by)
    row = last(EventType.PERSON_DEACTIVATED)
    assert (row.actor, row.subject, row.reason) == (world.manager.pk, f"person:{world.bob.pk}", "left the council")
    assert not Person.objects.get(pk=world.bob.pk).is_active


def refused_by_the_database(world, by):
    """Each as a call that must fail."""
    executive = group(world, by)
    operations.give_seat(group=executive, person=world.bob, role=GroupRole.CHAIR, starts_on=DAY, **by)
    duty = {"person": world.nobody, "partnership": world.fairmead, **by}
    return {
        "same address": lambda: operations.create_person(email="ALICE@example.org", name="Another", **by),
        "agency twice": lambda: operations.join_partnership(
            partnership=world.fairmead, agency=world.police, kind=AgencyKind.OTHER, starts_on=DAY, **by
        ),
        "no agency": lambda: operations.give_duty(kind=DutyKind.AGENCY_LEAD, starts_on=DAY, **duty),
        "ends before": lambda: operations.give_duty(
            kind=DutyKind.READER, starts_on=DAY, ends_on=DAY - timedelta(days=1), **duty
        ),
        "second chair": lambda: operations.give_seat(
            group=executive, person=world.alice, role=GroupRole.CHAIR, starts_on=DAY, **by
        ),
        "same group": lambda: group(world, by),
        "invented and published": lambda: operations.create_partnership(
            slug="x", name="X", short_name="X", area=world.fairmead.area, is_invented=True, published_only=True, **by
        ),
    }


CASES = ["same address", "agency twice", "no agency", "ends before", "second chair", "same group"]


@pytest.mark.parametrize("case", [*CASES, "invented and published"])
def test_database_refuses_and_the_trail_says_nothing_of_it(world, by, case):
    attempt = refused_by_the_database(world, by)[case]
    rows = AuditEvent.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt()
    assert AuditEvent.objects.count() == rows


DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31))


@given(starts_on=DAYS, lasts=st.none() | st.integers(min_value=0, max_value=400), day=DAYS)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_duty_is_in_force_from_its_first_day_to_its_last(world, starts_on, lasts, day):
    """The world is built once; each example moves the same duty to its own dates."""
    ends_on = None if lasts is None else starts_on + timedelta(days=lasts)
    Duty.objects.filter(person=world.analyst).update(starts_on=starts_on, ends_on=ends_on)
    expected = starts_on <= day and (ends_on is None or day <= ends_on)
    assert Duty.objects.in_force_on(day).filter(person=world.analyst).exists() is expected
