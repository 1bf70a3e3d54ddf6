"""The index of figures and a theme's page."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.indicators.handed_in import ENGLAND, figure, hand_in, months_of, publish, surround
from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.operations.steering import set_target
from trefoil.indicators.periods import month
from trefoil.indicators.rows import Finding as Fault
from trefoil.indicators.rows import Place, Severity
from trefoil.people.models import Person

OCTOBER = month(2026, 10)
ClientFor = Callable[[Person], Client]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_index_of_an_empty_partnership_says_what_goes_here(world: World, client_for: ClientFor) -> None:
    text = page(client_for(world.charlie), "/harbury/figures/")
    assert "Figures will stand here" in text
    assert "Front door" in text


def test_index_counts_by_theme(world: World, now: datetime, client_for: ClientFor) -> None:
    hand_in(world, months_of("CL07", [80, 90], 100), now=now)
    text = page(client_for(world.manager), "/fairmead/figures/")
    total = len(catalogue().in_theme("children-in-care"))
    assert f"1 of {total}" in text
    assert "Better than last time: care visits on time." in text


def test_theme_shows_the_row_of_a_measure(world: World, now: datetime, client_for: ClientFor) -> None:
    hand_in(world, months_of("CL07", [95, 94, 93, 80], 100), now=now)
    set_target(
        partnership=world.fairmead,
        indicator="CL07",
        value=Decimal(90),
        tolerance=Decimal(2),
        starts_on=month(2020, 4).start,
        by=world.analyst,
        now=now,
    )
    text = page(client_for(world.manager), "/fairmead/figures/children-in-care/")
    assert "Worse than last time: care visits on time." in text
    for words in ("80.0%", "Not approved yet", "Below target, and falling for three months", "down 13.0 points, worse"):
        assert words in text


def test_theme_lists_silent_measures_with_who_answers(world: World, client_for: ClientFor) -> None:
    text = page(client_for(world.manager), "/fairmead/figures/police/")
    assert "No figures for this theme yet" in text
    assert f"{len(catalogue().in_theme('police'))} measures without figures yet" in text
    assert ": Police" in text


def test_theme_links_to_faults_nobody_has_answered(world: World, now: datetime, client_for: ClientFor) -> None:
    fault = Fault(Severity.FAULT, "parts", Place(), "118", "128", "The parts add up to 118.", "CL01", "", OCTOBER)
    hand_in(world, [figure("CL01", OCTOBER, 128)], now=now, faults=[fault])
    text = page(client_for(world.manager), "/fairmead/figures/children-in-care/")
    assert '/fairmead/figures/indicator/CL01/#quality">1 question about this figure' in text


@pytest.mark.parametrize(("asked", "shown", "offered"), [("", "median", "mean"), ("mean", "mean", "median")])
def test_theme_says_how_neighbours_are_put_together(
    world: World, now: datetime, client_for: ClientFor, asked: str, shown: str, offered: str
) -> None:
    near = surround(world.fairmead.area, now=now)
    publish("CPP_rate", dict(zip(near, (["32"], ["44"], ["80"]), strict=True)), now=now)
    publish("CPP_rate", {world.fairmead.area.code: ["24"], ENGLAND: ["41.1"]}, now=now)
    text = page(client_for(world.manager), f"/fairmead/figures/child-protection/?neighbours={asked}")
    assert f"Neighbours ({shown})" in text
    assert f'href="?neighbours={offered}"' in text
    assert ("44.0" if shown == "median" else "52.0") in text
    assert "published, 2024-25" in text


def test_theme_of_no_catalogue_is_not_found(world: World, client_for: ClientFor) -> None:
    assert client_for(world.manager).get("/fairmead/figures/no-such-theme/").status_code == 404


@pytest.mark.parametrize("address", ["/fairmead/figures/", "/fairmead/figures/children-in-care/"])
def test_figures_of_another_partnership_are_not_found(world: World, client_for: ClientFor, address: str) -> None:
    assert client_for(world.charlie).get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", ["/fairmead/figures/", "/fairmead/figures/children-in-care/"])
def test_pages_ask_at_most_twelve_questions_whatever_the_rows(
    world: World,
    now: datetime,
    client_for: ClientFor,
    rows: int,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    surround(world.fairmead.area, now=now)
    publish("LAC", {world.fairmead.area.code: ["30", "24"]}, now=now)
    for indicator in ("CL07", "CL08", "CL11")[:rows]:
        hand_in(world, months_of(indicator, [80, 90], 100), now=now)
    client = client_for(world.manager)
    client.get(address)
    with django_assert_max_num_queries(12) as asked:
        client.get(address)
    assert len(asked) == 4


def test_country_beside_a_count_is_said_not_to_be_compared(world: World, now: datetime, client_for: ClientFor) -> None:
    surround(world.fairmead.area, now=now)
    for measure, own, country in (("CPP_Num", "130", "49420"), ("CPP_rate", "24", "41.1")):
        publish(measure, {world.fairmead.area.code: [own], ENGLAND: [country]}, now=now)
    text = page(client_for(world.manager), "/fairmead/figures/child-protection/")
    england = [cell.partition("</td>")[0] for cell in text.split('data-label="England">')[1:]]
    assert "a count, not compared" in england[0]
    assert "41.1" in england[1]
