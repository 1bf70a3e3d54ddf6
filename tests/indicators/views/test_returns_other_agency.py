"""A duty in one agency gives nothing in another agency, whatever other duty the person holds there."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.indicators.returns_made import entered, opened, whole
from tests.world import World
from trefoil.access.duty_operations import give_duty
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.rules import can_move, check_can_move, returns_visible_to
from trefoil.indicators.rules_steering import agency_that_answers, check_can_comment
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Person

ClientFor = Callable[[Person], Client]


def also(world: World, now: datetime, person: Person, kind: DutyKind, agency: Agency) -> None:
    """A second duty, given as the manager gives it."""
    today = timezone.localdate(now)
    give_duty(
        person=person,
        partnership=world.fairmead,
        kind=kind,
        agency=agency,
        starts_on=today,
        by=world.manager,
        now=now,
    )


@pytest.fixture
def of_health(world: World, now: datetime) -> AgencyReturn:
    """A return of Health, and Dana, data contact of the police, who also sits in groups for Health."""
    also(world, now, world.dana, DutyKind.GROUP_MEMBER, world.health)
    return opened(world, now, agency=world.health)


@pytest.mark.parametrize("page", ["", "form/", "upload/", "submit/", "figures.csv", "template.csv"])
def test_pages_of_the_other_agencys_return_are_404(
    world: World, of_health: AgencyReturn, client_for: ClientFor, page: str
) -> None:
    assert client_for(world.dana).get(f"/fairmead/returns/{of_health.pk}/{page}").status_code == 404


def test_figures_of_the_other_agency_cannot_be_stored(world: World, of_health: AgencyReturn, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="only Fairmead Health"):
        entered(of_health, world.dana, now, *whole())
    assert not of_health.figures.exists()


def test_moves_and_lists_ask_each_duty_for_its_own_agency(world: World, of_health: AgencyReturn, now: datetime) -> None:
    own = opened(world, now, agency=world.police)
    standing = standing_of(world.dana, world.fairmead, now=now)
    assert list(returns_visible_to(standing)) == [own]
    assert can_move("submit_return", own, standing)
    assert not can_move("submit_return", of_health, standing)
    with pytest.raises(NotAllowedError, match="only Fairmead Health"):
        check_can_move("submit_return", of_health, standing)
    assert standing.agencies_for(Permission.ENTER_RETURN) == {world.police.pk}


def test_commentary_is_for_the_agency_that_one_leads_for(world: World, now: datetime) -> None:
    also(world, now, world.bob, DutyKind.AGENCY_RETURNS, world.health)
    standing = standing_of(world.bob, world.fairmead, now=now)
    assert {agency_that_answers(standing, one) for one in catalogue()} == {None, world.social_care}
    of_health = next(one for one in catalogue() if one.owner_agency.value == world.health.sector)
    with pytest.raises(NotAllowedError, match="only the safeguarding lead of Fairmead Health"):
        check_can_comment(standing, world.health, of_health)
