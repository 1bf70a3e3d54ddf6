"""Adding somebody, ending their access, and helping somebody who lost their second step: who may, and for whom."""

from datetime import date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from tests.world import World
from trefoil.access.duty_operations import end_access, end_duty, give_duty
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.people_operations import Added, add_person, remove_lost_second_factor
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, Person


@pytest.fixture
def today(now: datetime) -> date:
    return timezone.localdate(now)


def add(world: World, now: datetime, **named: object) -> Added:
    facts = {"email": "Hazel@Example.org", "name": "Hazel", "job_title": "Nurse", "kind": DutyKind.READER}
    facts |= {"partnership": world.fairmead, "starts_on": timezone.localdate(now), "by": world.manager, "now": now}
    with transaction.atomic():
        return add_person(**(facts | named))


def test_add_person_makes_an_account_with_its_first_duty(world: World, now: datetime) -> None:
    added = add(world, now, kind=DutyKind.AGENCY_RETURNS, works_for=world.police, duty_agency=world.police)
    person = added.duty.person
    assert added.is_new
    assert (person.email, person.job_title, person.agency) == ("hazel@example.org", "Nurse", world.police)
    assert not person.has_usable_password()
    assert standing_of(person, world.fairmead, now=now).may_for(Permission.ENTER_RETURN, world.police.pk)
    made = AuditEvent.objects.get(event=EventType.PERSON_CREATED, subject=f"person:{person.pk}")
    assert (made.actor, made.partnership) == (world.manager.pk, "fairmead")


def test_add_person_under_an_address_that_is_there_gives_that_account_the_duty_unchanged(
    world: World, now: datetime
) -> None:
    added = add(world, now, email="CHARLIE@example.org", name="Somebody else", job_title="Other")
    assert not added.is_new
    assert added.duty.person == world.charlie
    assert (added.duty.person.name, added.duty.person.job_title) == ("Charlie", "")
    assert standing_of(world.charlie, world.harbury, now=now).may(Permission.MANAGE_PEOPLE)
    assert not standing_of(world.charlie, world.fairmead, now=now).may(Permission.MANAGE_PEOPLE)


@pytest.mark.parametrize("kind", [kind for kind in DutyKind if kind != DutyKind.BUSINESS_MANAGER])
def test_add_person_by_any_other_duty_makes_nothing(world: World, now: datetime, kind: DutyKind) -> None:
    with pytest.raises(NotAllowedError, match="do not include"):
        add(world, now, by=world.holder[kind])
    assert not Person.objects.filter(name="Hazel").exists()


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"kind": DutyKind.AGENCY_LEAD}, "held for an agency"),
        ({"starts_on": date(2020, 1, 1)}, "today at the earliest"),
        ({"email": "business.manager@example.org"}, "to themselves"),
    ],
)
def test_add_person_with_an_impossible_duty_makes_no_account(
    world: World, now: datetime, named: dict[str, object], words: str
) -> None:
    before = (Person.objects.count(), Duty.objects.count(), AuditEvent.objects.count())
    with pytest.raises(NotAllowedError, match=words):
        add(world, now, **named)
    assert (Person.objects.count(), Duty.objects.count(), AuditEvent.objects.count()) == before


def test_end_access_ends_duties_of_before_today_and_later_at_once(world: World, now: datetime, today: date) -> None:
    for kind, starts in ((DutyKind.READER, today), (DutyKind.GROUP_MEMBER, today + timedelta(days=9))):
        give_duty(person=world.bob, partnership=world.fairmead, kind=kind, starts_on=starts, by=world.manager, now=now)
    assert end_access(person=world.bob, partnership=world.fairmead, by=world.manager, now=now) == 3
    for day in (0, 1, 9, 400):
        assert standing_of(world.bob, world.fairmead, now=now + timedelta(days=day)).permissions == frozenset()
    assert sorted(world.bob.duties.values_list("kind", "is_withdrawn")) == [
        ("agency_lead", False),
        ("group_member", True),
        ("reader", True),
    ]
    events = AuditEvent.objects.filter(event__in=[EventType.DUTY_ENDED, EventType.DUTY_WITHDRAWN])
    assert events.count() == 3


def test_end_access_leaves_other_partnerships_alone(world: World, now: datetime, today: date) -> None:
    give_duty(
        person=world.bob, partnership=world.harbury, kind=DutyKind.READER, starts_on=today, by=world.charlie, now=now
    )
    end_access(person=world.bob, partnership=world.fairmead, by=world.manager, now=now)
    assert standing_of(world.bob, world.harbury, now=now).may(Permission.READ_FIGURES)


@pytest.mark.parametrize(
    ("who", "by", "words"),
    [
        ("manager", "manager", "your own access"),
        ("nobody", "manager", "holds no duty"),
        ("bob", "analyst", "do not include"),
        ("bob", "charlie", "do not include"),
    ],
)
def test_end_access_refused(world: World, now: datetime, who: str, by: str, words: str) -> None:
    with pytest.raises(NotAllowedError, match=words):
        end_access(person=getattr(world, who), partnership=world.fairmead, by=getattr(world, by), now=now)


def test_withdrawn_duty_can_be_given_again(world: World, now: datetime, today: date) -> None:
    facts = {"person": world.nobody, "partnership": world.fairmead, "kind": DutyKind.READER, "by": world.manager}
    duty = give_duty(**facts, starts_on=today + timedelta(days=3), now=now)
    end_duty(duty=duty, ends_on=today - timedelta(days=1), by=world.manager, now=now)
    duty.refresh_from_db()
    with pytest.raises(NotAllowedError, match="already ended"):
        end_duty(duty=duty, ends_on=today, by=world.manager, now=now)
    assert give_duty(**facts, starts_on=today, now=now).pk != duty.pk


def lost(world: World, now: datetime, **named: object) -> int:
    facts = {"person": world.bob, "partnership": world.fairmead, "reason": "Lost the phone, called back", "now": now}
    with transaction.atomic():
        return remove_lost_second_factor(**(facts | {"by": world.manager} | named))


def test_remove_lost_second_factor_removes_all_and_says_why_on_the_trail(world: World, now: datetime) -> None:
    Authenticator.objects.create(user=world.bob, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    assert lost(world, now) == 1
    assert not Authenticator.objects.filter(user=world.bob).exists()
    event = AuditEvent.objects.filter(event=EventType.SECOND_FACTOR_CHANGED, partnership="fairmead").get()
    assert (event.actor, event.subject) == (world.manager.pk, f"person:{world.bob.pk}")
    assert event.reason == "Lost the phone, called back"


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"by": "bob"}, "do not include"),
        ({"by": "charlie"}, "do not include"),
        ({"person": "manager"}, "your own second step"),
        ({"person": "charlie"}, "holds no duty"),
        ({"person": "alice"}, "has no second step"),
        ({"reason": "  lost it  "}, "at least 10 characters"),
    ],
)
def test_remove_lost_second_factor_refused_changes_nothing(
    world: World, now: datetime, named: dict[str, str], words: str
) -> None:
    Authenticator.objects.create(user=world.bob, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    people = {key: getattr(world, value) for key, value in named.items() if key != "reason"}
    with pytest.raises(NotAllowedError, match=words):
        lost(world, now, **{**named, **people})
    assert Authenticator.objects.count() == 1


def also_in_harbury(world: World, now: datetime, person: Person, kind: DutyKind, starts_on: date) -> None:
    give_duty(person=person, partnership=world.harbury, kind=kind, starts_on=starts_on, by=world.charlie, now=now)


@pytest.mark.parametrize("days", [0, 30])
def test_lost_second_factor_of_an_account_with_a_duty_elsewhere_is_left_to_the_command_line(
    world: World, now: datetime, today: date, days: int
) -> None:
    """One manager cannot weaken the account that another partnership relies on, nor learn which one that is."""
    Authenticator.objects.create(user=world.bob, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    also_in_harbury(world, now, world.bob, DutyKind.ANALYST, today + timedelta(days=days))
    rows = AuditEvent.objects.count()
    with pytest.raises(NotAllowedError, match="runs this installation") as refused:
        lost(world, now)
    assert "Harbury" not in str(refused.value)
    assert Authenticator.objects.filter(user=world.bob).exists()
    assert AuditEvent.objects.count() == rows


def test_lost_second_factor_is_on_the_trail_of_every_partnership_that_relies_on_the_account(
    world: World, now: datetime, today: date
) -> None:
    Authenticator.objects.create(user=world.bob, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    also_in_harbury(world, now, world.bob, DutyKind.READER, today)
    also_in_harbury(world, now, world.manager, DutyKind.BUSINESS_MANAGER, today)
    assert lost(world, now) == 1
    events = AuditEvent.objects.filter(event=EventType.SECOND_FACTOR_CHANGED).exclude(partnership="")
    assert sorted(events.values_list("partnership", flat=True)) == ["fairmead", "harbury"]
    assert set(events.values_list("reason", flat=True)) == {"Lost the phone, called back"}


def test_lost_second_factor_takes_no_account_of_a_duty_elsewhere_that_has_ended(world: World, now: datetime) -> None:
    Authenticator.objects.create(user=world.bob, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    also_in_harbury(world, now, world.bob, DutyKind.ANALYST, timezone.localdate(now))
    end_access(person=world.bob, partnership=world.harbury, by=world.charlie, now=now)
    assert lost(world, now) == 1
    assert not AuditEvent.objects.filter(event=EventType.SECOND_FACTOR_CHANGED, partnership="harbury").exists()
