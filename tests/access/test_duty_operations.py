"""Giving and ending duties: who may, for whom, and from which day to which."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.world import World
from trefoil.access.duty_operations import end_duty, give_duty
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people import operations
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty


@pytest.fixture
def today(now: datetime) -> date:
    return timezone.localdate(now)


def test_give_duty_by_manager_gives_its_permissions(world: World, now: datetime, today: date) -> None:
    give_duty(
        person=world.nobody,
        partnership=world.fairmead,
        kind=DutyKind.AGENCY_LEAD,
        agency=world.police,
        starts_on=today,
        by=world.manager,
        now=now,
    )
    standing = standing_of(world.nobody, world.fairmead, now=now)
    assert standing.may_for(Permission.ENTER_RETURN, world.police.pk)
    event = AuditEvent.objects.first()
    assert (event.event, event.actor, event.subject) == (
        EventType.DUTY_GIVEN,
        world.manager.pk,
        f"person:{world.nobody.pk}",
    )


@pytest.mark.parametrize("kind", [kind for kind in DutyKind if kind != DutyKind.BUSINESS_MANAGER])
def test_give_duty_by_any_other_duty_is_refused(world: World, now: datetime, today: date, kind: DutyKind) -> None:
    with pytest.raises(NotAllowedError, match="do not include giving"):
        give_duty(
            person=world.nobody,
            partnership=world.fairmead,
            kind=DutyKind.READER,
            starts_on=today,
            by=world.holder[kind],
            now=now,
        )


def test_give_duty_by_another_partnerships_manager_is_refused(world: World, now: datetime, today: date) -> None:
    with pytest.raises(NotAllowedError, match="do not include giving"):
        give_duty(
            person=world.nobody,
            partnership=world.fairmead,
            kind=DutyKind.READER,
            starts_on=today,
            by=world.charlie,
            now=now,
        )


def test_give_duty_to_oneself_is_refused(world: World, now: datetime, today: date) -> None:
    with pytest.raises(NotAllowedError, match="to themselves"):
        give_duty(
            person=world.manager,
            partnership=world.fairmead,
            kind=DutyKind.ANALYST,
            starts_on=today,
            by=world.manager,
            now=now,
        )


def test_give_duty_to_a_closed_account_is_refused(world: World, now: datetime, today: date) -> None:
    operations.close_account(person=world.nobody, by=world.manager, now=now)
    world.nobody.refresh_from_db()
    with pytest.raises(NotAllowedError, match="closed"):
        give_duty(
            person=world.nobody,
            partnership=world.fairmead,
            kind=DutyKind.READER,
            starts_on=today,
            by=world.manager,
            now=now,
        )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(-1, None, "today at the earliest"), (3, 2, "before the first day")],
)
def test_give_duty_on_impossible_days_is_refused(
    world: World, now: datetime, today: date, first: int, last: int | None, words: str
) -> None:
    with pytest.raises(NotAllowedError, match=words):
        give_duty(
            person=world.nobody,
            partnership=world.fairmead,
            kind=DutyKind.READER,
            starts_on=today + timedelta(days=first),
            ends_on=today + timedelta(days=last) if last is not None else None,
            by=world.manager,
            now=now,
        )


def test_give_duty_for_an_agency_without_one_is_refused(world: World, now: datetime, today: date) -> None:
    with pytest.raises(NotAllowedError, match="Choose which"):
        give_duty(
            person=world.nobody,
            partnership=world.fairmead,
            kind=DutyKind.AGENCY_LEAD,
            starts_on=today,
            by=world.manager,
            now=now,
        )


def test_give_duty_for_an_agency_outside_is_refused(world: World, now: datetime, today: date) -> None:
    with pytest.raises(NotAllowedError, match="not a member"):
        give_duty(
            person=world.nobody,
            partnership=world.harbury,
            kind=DutyKind.AGENCY_LEAD,
            agency=world.police,
            starts_on=today,
            by=world.charlie,
            now=now,
        )


def test_give_duty_twice_for_the_same_days_is_refused(world: World, now: datetime, today: date) -> None:
    later = today + timedelta(days=30)
    reader = {"person": world.nobody, "partnership": world.fairmead, "kind": DutyKind.READER}
    give_duty(starts_on=later, by=world.manager, now=now, **reader)
    with pytest.raises(NotAllowedError, match="already holds"):
        give_duty(starts_on=today, by=world.manager, now=now, **reader)
    give_duty(starts_on=today, ends_on=later - timedelta(days=1), by=world.manager, now=now, **reader)
    assert Duty.objects.filter(person=world.nobody).count() == 2


def test_end_duty_yesterday_takes_access_away_now(world: World, now: datetime, today: date) -> None:
    end_duty(duty=world.bob.duties.get(), ends_on=today - timedelta(days=1), by=world.manager, now=now)
    assert standing_of(world.bob, world.fairmead, now=now).permissions == frozenset()
    assert AuditEvent.objects.first().event == EventType.DUTY_ENDED


def test_end_duty_today_leaves_access_until_tomorrow(world: World, now: datetime, today: date) -> None:
    end_duty(duty=world.bob.duties.get(), ends_on=today, by=world.manager, now=now)
    assert standing_of(world.bob, world.fairmead, now=now).may(Permission.READ_FIGURES)
    assert not standing_of(world.bob, world.fairmead, now=now + timedelta(days=1)).may(Permission.READ_FIGURES)


def test_end_duty_further_back_than_yesterday_is_refused(world: World, now: datetime, today: date) -> None:
    with pytest.raises(NotAllowedError, match="yesterday at the earliest"):
        end_duty(duty=world.bob.duties.get(), ends_on=today - timedelta(days=2), by=world.manager, now=now)


def test_end_duty_before_its_first_day_is_refused(world: World, now: datetime, today: date) -> None:
    duty = give_duty(
        person=world.nobody,
        partnership=world.fairmead,
        kind=DutyKind.READER,
        starts_on=today + timedelta(days=7),
        by=world.manager,
        now=now,
    )
    with pytest.raises(NotAllowedError, match="before the duty’s first day"):
        end_duty(duty=duty, ends_on=today, by=world.manager, now=now)


def test_end_duty_that_has_ended_is_refused(world: World, now: datetime, today: date) -> None:
    end_duty(duty=world.bob.duties.get(), ends_on=today - timedelta(days=1), by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="already ended"):
        end_duty(duty=world.bob.duties.get(), ends_on=today, by=world.manager, now=now)


def test_end_duty_by_an_analyst_is_refused(world: World, now: datetime, today: date) -> None:
    with pytest.raises(NotAllowedError, match="do not include"):
        end_duty(duty=world.bob.duties.get(), ends_on=today, by=world.analyst, now=now)


def test_end_duty_own_last_as_manager_is_refused(world: World, now: datetime, today: date) -> None:
    with pytest.raises(NotAllowedError, match="your own last duty"):
        end_duty(duty=world.manager.duties.get(), ends_on=today, by=world.manager, now=now)


def test_end_duty_of_one_manager_by_another(world: World, now: datetime, today: date) -> None:
    give_duty(
        person=world.nobody,
        partnership=world.fairmead,
        kind=DutyKind.BUSINESS_MANAGER,
        starts_on=today,
        by=world.manager,
        now=now,
    )
    end_duty(duty=world.manager.duties.get(), ends_on=today - timedelta(days=1), by=world.nobody, now=now)
    assert not standing_of(world.manager, world.fairmead, now=now).may(Permission.MANAGE_PEOPLE)
