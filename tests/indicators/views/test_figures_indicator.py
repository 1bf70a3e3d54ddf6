"""An indicator's page and its pictures."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.indicators.handed_in import ENGLAND, figure, hand_in, months_of, publish, surround
from tests.world import World
from trefoil.indicators.periods import Period, month
from trefoil.indicators.rows import Finding as Fault
from trefoil.indicators.rows import Place, Severity
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

OCTOBER = month(2026, 10)
STEADY = [90, 91, 90, 91, 90, 91, 90, 91, 90, 91]
ClientFor = Callable[[Person], Client]


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_title_is_the_finding(world: World, now: datetime, client_for: ClientFor) -> None:
    hand_in(world, months_of("CL07", [*STEADY, 60], 100), now=now)
    text = page(client_for(world.manager), "/fairmead/figures/indicator/CL07/")
    assert "Care visits on time fell below the usual range in October 2026</h1>" in text
    assert "Visits to children in care made on time, Fairmead, October 2026" in text
    assert 'alt="Line chart. Care visits on time fell' in text
    assert "Below its usual range" in text


def test_title_speaks_of_the_target_while_figures_are_few(world: World, now: datetime, client_for: ClientFor) -> None:
    hand_in(world, [figure("LG03", OCTOBER, value="44.7")], now=now)
    text = page(client_for(world.manager), "/fairmead/figures/indicator/LG03/")
    assert "above target in October 2026</h1>" in text


def test_indicator_without_figures_says_who_would_answer(world: World, client_for: ClientFor) -> None:
    text = page(client_for(world.manager), "/fairmead/figures/indicator/PO01/")
    assert "No figures here yet" in text
    assert "It would be answered by: Police" in text


def test_breakdown_comparators_and_year_to_date_are_shown(world: World, now: datetime, client_for: ClientFor) -> None:
    near = surround(world.fairmead.area, neighbours=4, now=now)
    publish("ReReferral", {world.fairmead.area.code: ["14.8"], ENGLAND: ["22.6"]}, now=now)
    publish("ReReferral", dict(zip(near, (["10"], ["20"], ["25"], ["-"]), strict=True)), now=now)
    text = page(client_for(world.manager), "/fairmead/figures/indicator/FD14/")
    assert "Fairmead stands 2nd of 4 with its statistical neighbours" in text
    assert "Neighbours&#x27; median (3 of 4 neighbours)" in text
    rows = [*months_of("CL12", [10, 12]), figure("CL12", OCTOBER, 12, breakdown="sex: boys")]
    hand_in(world, rows, now=now)
    text = page(client_for(world.manager), "/fairmead/figures/indicator/CL12/")
    assert "By sex: highest for “boys”: 12" in text
    assert "The parts add up to the whole, 12." in text
    hand_in(world, months_of("FD01", [10, 12]), now=now)
    text = page(client_for(world.manager), "/fairmead/figures/indicator/FD01/")
    assert "two of its seven months make 22. Missing: April to August 2026." in text.replace(
        "April 2026 to", "April to"
    )


def test_picture_is_an_svg_that_is_sent_once(world: World, now: datetime, client_for: ClientFor) -> None:
    hand_in(world, months_of("CL07", [80, 90], 100), now=now)
    client = client_for(world.manager)
    answer = client.get("/fairmead/figures/indicator/CL07/returned.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg")
    assert "private" in answer["Cache-Control"]
    again = client.get("/fairmead/figures/indicator/CL07/returned.svg", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    narrow = client.get("/fairmead/figures/indicator/CL07/returned.svg?narrow=1")
    assert narrow["ETag"] != answer["ETag"]


@pytest.mark.parametrize("address", ["CL07/no-such-picture.svg", "XX99/", "XX99/returned.svg"])
def test_what_is_not_there_is_not_found(world: World, now: datetime, client_for: ClientFor, address: str) -> None:
    hand_in(world, months_of("CL07", [80, 90], 100), now=now)
    assert client_for(world.manager).get(f"/fairmead/figures/indicator/{address}").status_code == 404


def test_only_those_who_may_are_offered_the_forms(world: World, now: datetime, client_for: ClientFor) -> None:
    hand_in(world, months_of("CL07", [80, 90], 100), now=now)
    address = "/fairmead/figures/indicator/CL07/"
    offered = {
        kind: ("Write commentary" in text, "Set a target" in text)
        for kind in (DutyKind.AGENCY_LEAD, DutyKind.ANALYST, DutyKind.READER)
        for text in [page(client_for(world.holder[kind]), address)]
    }
    assert offered == {
        DutyKind.AGENCY_LEAD: (True, False),
        DutyKind.ANALYST: (False, True),
        DutyKind.READER: (False, False),
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_at_most_twelve_questions(
    world: World,
    now: datetime,
    client_for: ClientFor,
    rows: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    hand_in(world, [row for _ in range(rows) for row in months_of("CL12", [10] * rows)][-rows:], now=now)
    client = client_for(world.bob)
    client.get("/fairmead/figures/indicator/CL12/")
    with django_assert_max_num_queries(12) as asked:
        client.get("/fairmead/figures/indicator/CL12/")
    assert len(asked) == 5


def note_of(indicator: str, message: str, period: Period, breakdown: str = "") -> Fault:
    return Fault(Severity.NOTE, "jump", Place(), "0", "near 627", message, indicator, breakdown, period)


def test_notes_are_worth_a_second_look_also_where_the_part_is_used(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    part = "outcome: outcome of no further action"
    rows = [figure("FD01", OCTOBER, 600), figure("FD01", OCTOBER, 0, breakdown=part)]
    hand_in(world, rows, now=now, faults=[note_of("FD01", "It is 0 after 627 in September.", OCTOBER, part)])
    client = client_for(world.manager)
    for indicator in ("FD01", "FD05"):
        text = page(client, f"/fairmead/figures/indicator/{indicator}/")
        assert "Worth a second look</h3>" in text
        assert "It is 0 after 627 in September." in text
        assert "Nothing is known against these figures" not in text
    assert "Worth a second look" not in page(client, "/fairmead/figures/indicator/FD04/")


def test_many_notes_are_folded_after_the_newest_six(world: World, now: datetime, client_for: ClientFor) -> None:
    notes = [note_of("FD01", f"Note of {place}.", month(2026, place)) for place in range(1, 9)]
    hand_in(world, [figure("FD01", OCTOBER, 600)], now=now, faults=notes)
    shown, folded = page(client_for(world.manager), "/fairmead/figures/indicator/FD01/").split("Earlier ones")
    assert "Note of 8." in shown
    assert "Note of 3." in shown
    assert "Note of 2." not in shown
    assert "Note of 2." in folded


def test_contradiction_of_two_measures_stands_on_both_pages_in_words(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    message = "CL01 “Children in care” says 118, CL12 “In care under section 20” says 128: both count the same."
    fault = Fault(Severity.FAULT, "same-thing", Place(), "128", "118", message, "CL01", "", OCTOBER)
    hand_in(world, [figure("CL01", OCTOBER, 318), figure("CL12", OCTOBER, 128)], now=now, faults=[fault])
    client = client_for(world.manager)
    for indicator in ("CL01", "CL12"):
        text = page(client, f"/fairmead/figures/indicator/{indicator}/")
        assert f"Not answered yet:</strong> {message}" in text
        assert "CL12 is “Children in care by agreement under section 20”." in text
