"""Opening a return, and the files that can be taken from one."""

import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.indicators.returns_made import entered, row, whole
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.expected import is_worked_out
from trefoil.indicators.models import AgencyReturn
from trefoil.people.models import Person

MOST_QUESTIONS = 12
ClientFor = Callable[[Person], Client]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def where(held: AgencyReturn, rest: str = "") -> str:
    return f"/fairmead/returns/{held.pk}/{rest}"


def test_open_asks_for_the_agency_and_ticks_its_measures(world: World, client_for: ClientFor) -> None:
    client = client_for(world.manager)
    assert "Choose an agency" in text(client, "/fairmead/returns/open/")
    page = client.get(f"/fairmead/returns/open/?agency={world.police.pk}")
    ticked = page.context["form"]["indicators"].value()
    answered = [one.id for one in catalogue() if one.owner_agency.value == "police" and not is_worked_out(one)]
    assert ticked == answered
    assert ticked


def sent(agency: object, **changes: str) -> dict[str, object]:
    days = {"opens_on": (1, 12, 2026), "due_on": (20, 12, 2026)}
    parts = {
        f"{name}_{part}": n for name, day in days.items() for part, n in zip(("day", "month", "year"), day, strict=True)
    }
    return {"agency": agency, "title": "Monthly", "period": "2026-11", "indicators": ["FD01"], **parts, **changes}


def test_open_makes_a_return(world: World, client_for: ClientFor) -> None:
    answer = client_for(world.analyst).post("/fairmead/returns/open/", sent(world.social_care.pk))
    made = AgencyReturn.objects.get()
    assert answer["Location"] == where(made)
    assert (made.agency, made.indicators, made.due_on) == (world.social_care, ["FD01"], date(2026, 12, 20))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"period": "soon"}, "is not a period"),
        ({"due_on_year": "2025"}, "The due date must not come before the day it opens."),
        ({"indicators": ""}, "Choose a valid"),
        ({"opens_on_day": "31", "opens_on_month": "2"}, "Enter a real date"),
        (
            {"closes_on_day": "1", "closes_on_month": "12", "closes_on_year": "2026"},
            "must not come before the due date",
        ),
    ],
)
def test_open_with_a_mistake_says_so_and_makes_none(
    world: World, client_for: ClientFor, changes: dict[str, str], said: str
) -> None:
    answer = client_for(world.analyst).post("/fairmead/returns/open/", sent(world.social_care.pk, **changes))
    assert said in answer.content.decode().replace("Select a valid", "Choose a valid")
    assert not AgencyReturn.objects.exists()


def test_open_twice_is_refused_in_words(world: World, client_for: ClientFor) -> None:
    client = client_for(world.analyst)
    client.post("/fairmead/returns/open/", sent(world.social_care.pk))
    answer = client.post("/fairmead/returns/open/", sent(world.social_care.pk))
    assert "already has a return with this title for this period" in answer.content.decode()
    assert AgencyReturn.objects.count() == 1


def test_template_holds_a_row_for_each_figure_waited_for(
    world: World, held: AgencyReturn, client_for: ClientFor
) -> None:
    client = client_for(world.alice)
    lines = client.get(where(held, "template.csv")).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("indicator,title,breakdown,period,numerator")
    assert lines[1] == "FD01,Contacts received by the front door,,2026-10,,,,,"
    book = load_workbook(io.BytesIO(client.get(where(held, "template.xlsx")).content))
    assert book["Return"].max_row == len(lines)
    assert client.get(where(held, "template.pdf")).status_code == 404


def test_figures_download_is_on_the_trail_and_can_be_sent_back(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, *whole())
    client = client_for(world.alice)
    file = io.BytesIO(client.get(where(held, "figures.xlsx")).content)
    event = AuditEvent.objects.get(event=EventType.EXPORTED)
    assert (event.subject, event.detail["format"]) == (f"return:{held.pk}", "xlsx")
    file.name = "figures.xlsx"
    client.post(where(held, "upload/"), {"file": file})
    assert held.figures.count() == 2


def test_figures_download_disarms_a_formula(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, row("FD01", None, reason="=HYPERLINK(1)"))
    text_of_file = client_for(world.alice).get(where(held, "figures.csv")).content.decode("utf-8-sig")
    assert ",'=HYPERLINK(1)," in text_of_file


def test_figures_download_without_the_trail_does_not_happen(
    world: World, held: AgencyReturn, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise NotAllowedError("the trail cannot be written")

    monkeypatch.setattr("trefoil.indicators.operations.entries.record", broken)
    with pytest.raises(NotAllowedError):
        client_for(world.alice).get(where(held, "figures.csv"))
