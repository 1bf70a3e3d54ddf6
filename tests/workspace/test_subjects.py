"""What references on the trail mean to whom."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.repository.url_samples import Asking, addresses
from tests.workspace.fairmead import furnish
from tests.world import World
from trefoil.access.queries import standing_of
from trefoil.people.models import Person
from trefoil.workspace.subjects import PAGES, page_of, subjects_of


def test_subjects_are_named_and_lead_to_their_pages(world: World, now: datetime) -> None:
    fairmead = furnish(world, now=now)
    references = [
        f"person:{world.bob.pk}",
        f"agency:{world.police.pk}",
        "group:fairmead/quality",
        f"return:{fairmead.due.pk}",
        "partnership:fairmead",
        "trail",
        "indicator:FD01",
        "opening:4",
        "",
    ]
    found = subjects_of(references, standing_of(world.manager, world.fairmead, now=now))
    assert [found[reference].words for reference in references][:6] == [
        "Bob",
        "Fairmead Police",
        "Subgroup for quality",
        "Monthly figures, February 2026",
        "Fairmead Safeguarding Children Partnership",
        "The trail",
    ]
    assert found["group:fairmead/quality"].href == "/fairmead/groups/quality/"
    assert found[f"person:{world.bob.pk}"].href == f"/fairmead/people/{world.bob.pk}/"
    assert found["indicator:FD01"].href == "/fairmead/figures/indicator/FD01/"
    assert found["opening:4"].words == "Opening 4"
    assert found[""].words == ""


def test_subjects_that_the_reader_may_not_see_stay_references(world: World, now: datetime) -> None:
    fairmead = furnish(world, now=now)
    standing = standing_of(world.charlie, world.harbury, now=now)
    references = [f"person:{world.bob.pk}", f"return:{fairmead.due.pk}", "group:fairmead/quality"]
    found = subjects_of(references, standing)
    assert [subject.href for subject in found.values()] == ["", "", ""]
    assert found[f"person:{world.bob.pk}"].words == f"Person {world.bob.pk}"


def test_subjects_with_keys_that_are_no_numbers_are_harmless(world: World, now: datetime) -> None:
    standing = standing_of(world.manager, world.fairmead, now=now)
    assert subjects_of(["person:x", "return:1 or 1=1"], standing)["person:x"].href == ""


def test_subjects_ask_once_for_all_kinds(world: World, now: datetime, django_assert_num_queries: object) -> None:
    fairmead = furnish(world, now=now)
    standing = standing_of(world.manager, world.fairmead, now=now)
    references = [f"person:{world.bob.pk}", f"return:{fairmead.due.pk}", "group:fairmead/quality", "agency:1"]
    with django_assert_num_queries(1):
        subjects_of(references, standing)


@pytest.mark.parametrize("kind", PAGES)
def test_subject_of_every_kind_is_named_and_its_page_opens(
    kind: str, world: World, client_for: Callable[[Person], Client]
) -> None:
    asking = Asking(world=world, now=timezone.now(), person=world.bob)
    address = next(one for one in addresses() if one.name == PAGES[kind]).url(asking)
    reference = f"{kind}:{address.rstrip('/').rpartition('/')[2]}"
    for reader in (world.manager, world.analyst):
        found = subjects_of([reference], standing_of(reader, world.fairmead, now=asking.now))[reference]
        if found.href:
            break
    assert (found.href, page_of(reference, "fairmead")) == (address, address)
    assert found.words != reference.replace(":", " ").capitalize()
    page = client_for(reader).get(address, follow=True)
    assert page.status_code == 200
    anchor = page.redirect_chain[-1][0].partition("#")[2] if page.redirect_chain else ""
    assert f'id="{anchor}"' in page.content.decode() if anchor else "<h1" in page.content.decode()
