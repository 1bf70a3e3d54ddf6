"""What waits for a statutory partner's answer, on the page of what needs them."""

from datetime import datetime

from tests.publishing.made import IN_WORDS, answered, offered, partner_of
from tests.world import World
from trefoil.access.queries import standing_of
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.publishing.models import PublicDocument
from trefoil.publishing.needs import documents_waiting_for
from trefoil.publishing.operations.approving import draw_back, offer_to_partners
from trefoil.workspace.needs import needs_of


def waiting(world: World, person: Person, now: datetime) -> list[PublicDocument] | None:
    found = documents_waiting_for(standing_of(person, world.fairmead, now=now))
    return None if found is None else list(found)


def test_documents_waiting_until_the_own_agency_answers(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    police = partner_of(world, world.police)
    assert waiting(world, police, now) == [document]
    answered(document, world, world.health, now=now)
    assert waiting(world, partner_of(world, world.police), now) == [document]
    answered(document, world, world.police, now=now)
    assert waiting(world, police, now) == []


def test_documents_waiting_again_once_they_are_offered_anew(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    answered(document, world, world.police, now=now)
    draw_back(document=document, reason=IN_WORDS, by=world.manager, now=now)
    police = partner_of(world, world.police)
    assert waiting(world, police, now) == []
    offer_to_partners(document=document, by=world.manager, now=now)
    assert waiting(world, police, now) == [document]


def test_documents_wait_for_nobody_who_answers_for_no_partner(world: World, now: datetime) -> None:
    offered(world, now=now)
    for kind in DutyKind:
        assert waiting(world, world.holder[kind], now) is None


def test_needs_name_the_document_with_its_page(world: World, now: datetime) -> None:
    document, _ = offered(world, now=now)
    standing = standing_of(partner_of(world, world.police), world.fairmead, now=now)
    found = [one for one in needs_of(standing, now=now) if one.title == document.title]
    assert [one.href for one in found] == [f"/fairmead/publishing/{document.pk}/"]
