"""The dictionary."""

from collections.abc import Callable
from datetime import datetime
from html import unescape

import pytest
from django.test import Client

from tests.indicators.handed_in import figure, hand_in
from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.periods import month
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]


@pytest.fixture
def read(world: World, client_for: ClientFor) -> Callable[[str], str]:
    """`read(address)`: the words of a page of Fairmead's dictionary."""
    client = client_for(world.manager)
    return lambda address: unescape(" ".join(client.get(f"/fairmead/dictionary/{address}").content.decode().split()))


def test_every_definition_is_listed(read: Callable[[str], str]) -> None:
    text = read("")
    assert f"{len(catalogue())} of {len(catalogue())} measures" in text
    assert [one.id for one in catalogue() if f'/fairmead/dictionary/{one.id}/"' not in text] == []


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("theme=police", lambda one: one.theme.slug == "police"),
        ("owner=health", lambda one: "health" in (one.owner_agency, *one.also_answering)),
        ("core=on", lambda one: one.core),
        (
            "theme=police&owner=police",
            lambda one: one.theme.slug == "police" and "police" in (one.owner_agency, *one.also_answering),
        ),
        ("theme=nonsense", lambda one: bool(one.id)),
    ],
)
def test_search_narrows_the_list_down(read: Callable[[str], str], asked: str, fits: Callable[..., bool]) -> None:
    number = sum(fits(one) for one in catalogue())
    assert f"{number} of {len(catalogue())} measures" in read(f"?{asked}")


def test_words_are_sought_in_titles_and_meanings(read: Callable[[str], str]) -> None:
    text = read("?words=DENTAL checks")
    assert "Dental checks in the last 12 months" in text
    assert "Contacts received" not in text


def test_search_that_fits_nothing_says_so(read: Callable[[str], str]) -> None:
    assert "No measure fits" in read("?words=zebra")


def test_definition_is_given_in_full_with_its_published_measure(read: Callable[[str], str]) -> None:
    text = read("CV02/")
    definition = catalogue()["CV02"]
    assert definition.published is not None
    assert definition.published.difference in text
    assert definition.cautions in text
    assert "This measure has no figures here yet." in text


def test_definition_says_when_it_has_figures(world: World, now: datetime, read: Callable[[str], str]) -> None:
    hand_in(world, [figure("CL01", month(2026, 10), 300)], now=now)
    assert "This measure has figures here." in read("CL01/")
    assert '/fairmead/figures/indicator/CL01/"' in read("")


def test_unknown_definition_is_not_found(world: World, client_for: ClientFor) -> None:
    assert client_for(world.manager).get("/fairmead/dictionary/XX99/").status_code == 404


def test_entry_says_whether_extracts_can_give_it_and_why_not(read) -> None:
    for definition in catalogue():
        if definition.id in ("FD12", "AS02", "FD20"):
            text = read(f"{definition.id}/")
            assert ("Worked out from child-level extracts too." in text) is (definition.extract is not None)
    assert "No extract can give it. The standard has no field for when the sender of a referral was answered." in read(
        "FD20/"
    )
