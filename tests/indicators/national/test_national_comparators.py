"""Neighbours, regions and names, on the shipped pack and on small worlds."""

from collections.abc import Iterator

import pytest

from trefoil.indicators.national.comparators import (
    Comparators,
    UnknownAreaError,
    area_named,
    comparators_from,
    england_code,
)
from trefoil.indicators.national.figures import Area, AreaKind, Neighbour
from trefoil.indicators.national.reader import read_areas, read_neighbours

LONDON, OUTER_LONDON, NORTH_EAST = "E12000007", "E13000002", "E12000001"
BARNET, POOLE = "E09000003", "E06000029"


@pytest.fixture(scope="module")
def pack() -> Comparators:
    return comparators_from(read_areas(), read_neighbours())


def test_england_code_is_an_area_without_a_region(pack: Comparators) -> None:
    assert pack.area(england_code()).name == "England"
    assert pack.region_of(england_code()) is None


def test_region_of_a_borough_is_london_whatever_part(pack: Comparators) -> None:
    assert (pack.region_of(BARNET), pack.london_part_of(BARNET)) == (LONDON, OUTER_LONDON)
    assert pack.region_of(OUTER_LONDON) == LONDON


def test_region_of_every_authority_is_a_region(pack: Comparators) -> None:
    authorities = [area for area in pack.areas.values() if area.kind is AreaKind.LOCAL_AUTHORITY]
    assert len(authorities) == 158
    assert {pack.area(area.region).kind for area in authorities} == {AreaKind.REGION}
    assert pack.london_part_of("E06000001") is None


def test_neighbours_of_barnet_are_in_the_order_of_the_source(pack: Comparators) -> None:
    # Source: 320, 870, 310, 317, 315, 306, 209, 312, 309, 307.
    assert [pack.area(code).name for code in pack.neighbours_of(BARNET)] == [
        "Waltham Forest",
        "Reading",
        "Harrow",
        "Redbridge",
        "Merton",
        "Croydon",
        "Lewisham",
        "Hillingdon",
        "Haringey",
        "Ealing",
    ]


def test_neighbours_of_an_ended_authority_or_a_region_are_none(pack: Comparators) -> None:
    assert pack.neighbours_of(POOLE) == ()
    assert pack.neighbours_of(LONDON) == ()


def test_authorities_are_those_now_standing(pack: Comparators) -> None:
    assert len(pack.authorities()) == 153
    assert POOLE not in pack.authorities()
    assert (len(pack.authorities(region=LONDON)), len(pack.authorities(region=OUTER_LONDON))) == (33, 19)
    assert len(pack.authorities(region=NORTH_EAST)) == 12


def test_unknown_code_is_refused_by_name(pack: Comparators) -> None:
    with pytest.raises(UnknownAreaError, match="E99999999"):
        pack.neighbours_of("E99999999")


def test_comparators_from_puts_neighbours_in_order_of_rank() -> None:
    def shuffled() -> Iterator[Neighbour]:
        for rank in (3, 1, 2):
            yield Neighbour("A", rank, f"N{rank}", "Close")

    home = Area("A", "1", "Home", AreaKind.LOCAL_AUTHORITY)
    assert comparators_from([home], shuffled()).neighbours_of("A") == ("N1", "N2", "N3")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Barnet", "Barnet"),
        (" barnet ", "Barnet"),
        ("302", "Barnet"),
        ("e09000003", "Barnet"),
        ("Durham", "County Durham"),
        ("Bedford Borough", "Bedford"),
        ("St Helens", "St. Helens"),
        ("Dorset", "Dorset"),
        ("Dorset (Pre LG)", "Dorset (until March 2019)"),
        ("E10000002", "Buckinghamshire"),
    ],
)
def test_area_named_finds_the_area(text: str, name: str) -> None:
    assert area_named(text, read_areas()).name == name


def test_area_named_unknown_is_refused_with_the_text() -> None:
    with pytest.raises(UnknownAreaError, match="Fairmead"):
        area_named("Fairmead", read_areas())
