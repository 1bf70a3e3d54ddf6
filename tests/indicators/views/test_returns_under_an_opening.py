"""What emergency access opens is on the trail, each time and as an opening; and it opens no form of another agency."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.indicators.returns_made import entered, faulty, opened
from tests.world import World
from trefoil.access.enums import Permission
from trefoil.access.operations import break_glass
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.models import AgencyReturn
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.people.operations import give_duty

ClientFor = Callable[[Person], Client]
REASON = "A child is missing tonight and the analyst cannot be reached."
FAULT = "adds up to 90"


@pytest.fixture
def theirs(world: World, now: datetime) -> AgencyReturn:
    """The police's return, not handed in, with a fault in it; and Bob, of social care, has opened every return."""
    held = opened(world, now, agency=world.police)
    entered(held, world.dana, now, *faulty())
    break_glass(
        partnership=world.fairmead,
        permission=Permission.READ_ALL_RETURNS,
        reason=REASON,
        lasting=timedelta(hours=1),
        by=world.bob,
        now=now,
    )
    return held


def trail(world: World, event: EventType, **asked: Any) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=event, **asked).order_by("sequence"))


@pytest.mark.parametrize("page", ["form/", "upload/", "submit/"])
def test_opening_gives_no_page_to_enter_for_another_agency(
    world: World, theirs: AgencyReturn, client_for: ClientFor, page: str
) -> None:
    client = client_for(world.bob)
    assert client.get(f"/fairmead/returns/{theirs.pk}/{page}").status_code == 404
    assert len(trail(world, EventType.REFUSED, actor=world.bob.pk)) == 1
    assert client_for(world.dana).get(f"/fairmead/returns/{theirs.pk}/{page}").status_code == 200


def test_duty_to_read_all_gives_no_form_of_another_agency(
    world: World, theirs: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    give_duty(
        person=world.analyst,
        partnership=world.fairmead,
        kind=DutyKind.AGENCY_RETURNS,
        agency=world.social_care,
        starts_on=date(2026, 1, 1),
        by=None,
        now=now,
    )
    client = client_for(world.analyst)
    assert client.get(f"/fairmead/returns/{theirs.pk}/").status_code == 200
    assert client.get(f"/fairmead/returns/{theirs.pk}/form/").status_code == 404


def test_form_of_ones_own_agency_is_read_on_the_trail(world: World, held: AgencyReturn, client_for: ClientFor) -> None:
    client_for(world.alice).get(f"/fairmead/returns/{held.pk}/form/")
    read = trail(world, EventType.RECORD_READ, subject=f"return:{held.pk}")
    assert [row.actor for row in read] == [world.alice.pk]


@pytest.mark.parametrize("address", ["exceptions/", "download/exceptions.csv"])
def test_exceptions_keep_to_duties_whatever_is_opened(
    world: World, theirs: AgencyReturn, client_for: ClientFor, address: str
) -> None:

    where = f"/fairmead/{address}"
    seen = client_for(world.bob).get(where)
    assert seen.status_code == 200
    assert FAULT not in seen.content.decode()
    assert FAULT in client_for(world.dana).get(where).content.decode()
    assert FAULT in client_for(world.analyst).get(where).content.decode()


def test_download_of_an_opened_return_says_opened(world: World, theirs: AgencyReturn, client_for: ClientFor) -> None:
    client_for(world.bob).get(f"/fairmead/returns/{theirs.pk}/figures.csv")
    client_for(world.dana).get(f"/fairmead/returns/{theirs.pk}/figures.csv")
    taken = trail(world, EventType.EXPORTED, subject=f"return:{theirs.pk}")
    assert [row.detail.get("opened") for row in taken] == [True, None]


def test_download_of_the_list_says_opened(world: World, theirs: AgencyReturn, client_for: ClientFor) -> None:
    for reader in (world.bob, world.dana, world.analyst):
        assert client_for(reader).get("/fairmead/download/returns.csv").status_code == 200
    taken = trail(world, EventType.EXPORTED, subject="page:returns")
    assert [row.detail.get("opened") for row in taken] == [True, None, None]


def test_download_of_figures_owes_nothing_to_an_opening(
    world: World, theirs: AgencyReturn, client_for: ClientFor
) -> None:
    assert client_for(world.bob).get("/fairmead/download/figures.csv").status_code == 200
    assert [row.detail.get("opened") for row in trail(world, EventType.EXPORTED)] == [None]
