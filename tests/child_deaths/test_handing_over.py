"""The review of a death handed over, in one step or not at all."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.child_deaths.made import TEXT, answered, asked, gathering, reading, somebody
from tests.child_deaths.test_pages import Walk, day
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.child_deaths.models import Death, DeathReader
from trefoil.child_deaths.operations import readers
from trefoil.child_deaths.operations.readers import hand_over_death
from trefoil.child_deaths.rules import leads_on
from trefoil.notifications.models import Message
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]


def running(now: datetime) -> list[str]:
    return sorted(leads_on(timezone.localdate(now)).values_list("person__name", flat=True))


def officer(world: World, now: datetime) -> Person:
    return somebody(world, "Officer", DutyKind.CHILD_DEATH_OFFICER, now)


def given_to(death: Death, to: Person, now: datetime, **named: Any) -> DeathReader:
    ends_on = timezone.localdate(now) + timedelta(days=60)
    return hand_over_death(
        death=death, to=to, ends_on=ends_on, reason=TEXT, now=now, **({"by": death.recorded_by} | named)
    )


def test_death_is_handed_over_and_its_answers_are_told_to_who_runs_it(world: World, now: datetime) -> None:
    death, to = gathering(world, now), officer(world, now)
    reading(death, to, now)
    request = asked(death, world.police, world.dana, now)
    given_to(death, to, now)
    assert running(now) == [to.name]
    Message.objects.all().delete()
    answered(request, now)
    assert [one.person for one in Message.objects.all()] == [to]
    with pytest.raises(NotAllowedError, match="Only who runs"):
        given_to(death, to, now)
    assert AuditEvent.objects.filter(event=EventType.DEATH_HANDED_OVER, subject=death.subject).count() == 1


def test_crash_in_the_middle_leaves_one_who_runs_it(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    death, to = gathering(world, now), officer(world, now)
    real = readers.record

    def crash(**told: Any) -> AuditEvent:
        if told["event"] == EventType.DEATH_READER_ENDED:
            raise SystemError("the machine stopped")
        return real(**told)

    monkeypatch.setattr(readers, "record", crash)
    with pytest.raises(SystemError):
        given_to(death, to, now)
    assert running(now) == [world.manager.name]


def test_hand_over_death_refuses(world: World, now: datetime) -> None:
    death = gathering(world, now)
    with pytest.raises(NotAllowedError, match="run it already"):
        given_to(death, world.manager, now)
    with pytest.raises(NotAllowedError, match="cannot run it"):
        given_to(death, world.analyst, now)
    assert running(now) == [world.manager.name]


def test_handing_over_from_its_page(world: World, now: datetime, client_for: ClientFor) -> None:
    death, to = gathering(world, now), officer(world, now)
    walk, until = Walk(client_for(world.manager), death.reference), timezone.localdate(now) + timedelta(days=30)
    assert world.analyst.name not in walk.see("death_hand_over")
    assert "It is handed over" in walk.send("death_hand_over", person=to.pk, reason=TEXT, **day("ends_on", until))
    assert running(now) == [to.name]
