"""Pages taken away: every page in both kinds, on the trail, and nothing for those without the duty."""

import csv
import hashlib
import io
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.indicators.handed_in import figure, hand_in, months_of
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.periods import month
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
PAGES = {
    "index": [],
    "theme": ["front-door"],
    "indicator": ["FD01"],
    "dictionary": [],
    "returns": [],
    "compare": [],
    "exceptions": [],
}


@pytest.fixture
def returned(world: World, now: datetime) -> World:
    rows = [*months_of("FD01", [90, 91, 95]), figure("FD01", month(2026, 10), 6, breakdown="outcome: =cmd()")]
    hand_in(world, rows, now=now)
    return world


def address(page: str, ending: str) -> str:
    return reverse(f"download_{page}", args=["fairmead", *PAGES[page], ending])


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_comes_as_a_workbook_that_says_what_it_is(returned: World, client_for: ClientFor, page: str) -> None:
    response = client_for(returned.manager).get(address(page, "xlsx"))
    book = load_workbook(io.BytesIO(response.content))
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert "attachment; filename" in response["Content-Disposition"]
    assert {"What this is", "Partnership", "Invented", "Made", "Approved", "Who may see it"} <= about.keys()
    assert len(book.sheetnames) >= 2


@pytest.mark.parametrize("page", PAGES)
def test_every_page_comes_as_csv_and_is_on_the_trail(returned: World, client_for: ClientFor, page: str) -> None:
    response = client_for(returned.manager).get(address(page, "csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = lines(response.content)
    assert all(len(row) == len(rows[0]) for row in rows)
    event = AuditEvent.objects.get(event=EventType.EXPORTED)
    assert (event.actor, event.subject) == (returned.manager.pk, f"page:{page}")
    assert event.detail["sha256"] == hashlib.sha256(response.content).hexdigest()


def test_figures_are_numbers_with_their_status(returned: World, client_for: ClientFor) -> None:
    content = client_for(returned.manager).get(address("theme", "xlsx")).content
    page = load_workbook(io.BytesIO(content)).worksheets[1]
    headings = [cell.value for cell in page[1]]
    row = dict(zip(headings, (cell.value for cell in page[2]), strict=True))
    assert (row["Code"], row["Period"], row["Figure"], row["Figure before"]) == ("FD01", "October 2026", 95, 91)
    assert (row["Where from"], row["Status"]) == ("Return", "Submitted")


def test_formula_in_a_category_runs_nowhere(returned: World, client_for: ClientFor) -> None:
    content = client_for(returned.manager).get(address("indicator", "xlsx")).content
    page = load_workbook(io.BytesIO(content))["By outcome"]
    assert (page["A2"].value, page["A2"].data_type) == ("=cmd()", "s")


def test_returns_are_those_the_reader_may_see(returned: World, client_for: ClientFor) -> None:
    def names(person: Person) -> list[str]:
        return [row[0] for row in lines(client_for(person).get(address("returns", "csv")).content)[1:]]

    assert names(returned.bob) == ["Fairmead Children's Services"]
    assert names(returned.dana) == []


@pytest.mark.parametrize("name", ["theme/nothing.csv", "measure/XX99.csv", "figures.exe", "theme/front-door.pdf"])
def test_what_is_not_there_is_404(returned: World, client_for: ClientFor, name: str) -> None:
    assert client_for(returned.manager).get(f"/fairmead/download/{name}").status_code == 404
    assert not AuditEvent.objects.filter(event=EventType.EXPORTED).exists()


def test_reader_of_figures_gets_a_file_without_names(returned: World, client_for: ClientFor) -> None:
    content = client_for(returned.holder[DutyKind.READER]).get(address("exceptions", "csv")).content
    assert b"Bob" not in content
