"""The page that moves the dates of a return, and the ways that lead to it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from tests.indicators.returns_made import entered, opened, whole
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.returns import approve_return, move_dates, query_return, submit_return
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
WHY = "The new system was down for a week."
DUE, CLOSES = date(2026, 11, 10), date(2026, 11, 15)


@pytest.fixture
def closed(world: World, now: datetime) -> AgencyReturn:
    """Alice's return, empty, a week after its closing date."""
    return opened(world, now, due_on=DUE, closes_on=CLOSES)


def where(held: AgencyReturn, rest: str = "dates/") -> str:
    return f"/fairmead/returns/{held.pk}/{rest}"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def sent(due: str = "1 12 2026", closes: str = "20 12 2026", reason: str = WHY) -> dict[str, str]:
    """What a browser sends; a date is written with spaces between its boxes."""
    data = {"reason": reason}
    for name, day in (("due_on", due), ("closes_on", closes)):
        boxes = day.split() or ["", "", ""]
        data |= {f"{name}_{part}": box for part, box in zip(("day", "month", "year"), boxes, strict=True)}
    return data


@pytest.mark.parametrize(("closes", "stored"), [("20 12 2026", date(2026, 12, 20)), ("", None)])
def test_dates_are_moved_and_the_agency_can_enter_again(
    world: World, closed: AgencyReturn, client_for: ClientFor, closes: str, stored: date | None
) -> None:
    alice = client_for(world.alice)
    assert "Upload a file" not in text(alice, where(closed, ""))
    answer = client_for(world.manager).post(where(closed), sent(closes=closes), follow=True)
    assert answer.redirect_chain == [(where(closed, ""), 302)]
    end = "closes on 20 December 2026" if stored else "has no closing date"
    assert f"The return is due on 1 December 2026 and {end}." in answer.content.decode()
    closed.refresh_from_db()
    assert (closed.due_on, closed.closes_on) == (date(2026, 12, 1), stored)
    assert "Upload a file" in text(alice, where(closed, ""))


def test_dates_page_shows_the_dates_as_they_are(world: World, closed: AgencyReturn, client_for: ClientFor) -> None:
    page = client_for(world.analyst).get(where(closed))
    form = page.context["form"]
    assert (form["due_on"].value(), form["closes_on"].value()) == (DUE, CLOSES)
    assert "Late is not locked." in page.content.decode()
    assert "15 November 2026" in page.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (sent(due="31 10 2026"), "The due date must not come before the day it opens."),
        (sent(closes="30 11 2026"), "The closing date must not come before the due date."),
        (sent(due="31 2 2026"), "Enter a real date"),
        (sent(due=""), "Enter the day on which it is due."),
        (sent(reason=""), "Say why the dates are moved."),
        (sent(reason="too late"), "Write at least 10 characters."),
        (sent(due="10 11 2026", closes="15 11 2026"), "These are the dates that the return has already."),
    ],
)
def test_dates_with_a_mistake_say_so_and_keep_what_was_typed(
    world: World, closed: AgencyReturn, client_for: ClientFor, data: dict[str, str], said: str
) -> None:
    page = client_for(world.analyst).post(where(closed), data).content.decode()
    assert said in page
    assert "There is a problem" in page
    assert "Error: " in page
    assert data["reason"] in page
    for name, box in data.items():
        if box and name != "reason":
            assert f'value="{box}"' in page, name
    closed.refresh_from_db()
    assert (closed.due_on, closed.closes_on) == (DUE, CLOSES)
    assert not AuditEvent.objects.filter(event=EventType.RETURN_DATES_MOVED).exists()


def test_dates_page_is_not_there_for_others(world: World, closed: AgencyReturn, client_for: ClientFor) -> None:
    others = [world.holder[kind] for kind in DutyKind if kind not in {DutyKind.BUSINESS_MANAGER, DutyKind.ANALYST}]
    for person in (*others, world.dana, world.charlie, world.nobody):
        client = client_for(person)
        answers = [client.get(where(closed)), client.post(where(closed), sent())]
        assert [answer.status_code for answer in answers] == [404, 404], person.name
    closed.refresh_from_db()
    assert closed.due_on == DUE


def test_dates_page_of_another_partnerships_return_is_not_found(
    world: World, closed: AgencyReturn, client_for: ClientFor
) -> None:
    address = f"/harbury/returns/{closed.pk}/dates/"
    charlie = client_for(world.charlie)
    assert [charlie.get(address).status_code, charlie.post(address, sent()).status_code] == [404, 404]
    closed.refresh_from_db()
    assert closed.due_on == DUE


def test_dates_of_an_approved_return_stay(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, *whole())
    submit_return(agency_return=held, by=world.alice, now=now)
    approve_return(agency_return=held, by=world.analyst, now=now)
    client = client_for(world.manager)
    assert "The return is approved, so its dates stay as they are." in text(client, where(held))
    assert client.post(where(held), sent()).status_code == 200
    assert where(held) not in text(client, where(held, ""))
    held.refresh_from_db()
    assert held.due_on == date(2026, 12, 10)


def test_detail_leads_to_the_dates_for_who_may(world: World, held: AgencyReturn, client_for: ClientFor) -> None:
    link = f'href="{where(held)}"'
    assert text(client_for(world.manager), where(held, "")).count(link) == 1
    assert link not in text(client_for(world.alice), where(held, ""))


def test_detail_of_a_closed_return_leads_to_the_dates_from_the_message(
    world: World, closed: AgencyReturn, client_for: ClientFor
) -> None:
    said = "It closed on 15 November 2026. The business manager or analyst can move that date."
    link = f' <a class="govuk-link tf-no-print" href="{where(closed)}">Move the dates of this return</a>'
    assert f"{said}{link}" in text(client_for(world.manager), where(closed, ""))
    page = text(client_for(world.alice), where(closed, ""))
    assert said in page
    assert where(closed) not in page


def test_move_of_dates_is_among_the_changes_that_the_agency_sees(
    world: World, closed: AgencyReturn, client_for: ClientFor
) -> None:
    client_for(world.manager).post(where(closed), sent())
    assert "Dates of a return moved" in text(client_for(world.alice), "/fairmead/")
    assert "Dates of a return moved" not in text(client_for(world.dana), "/fairmead/")


def test_moved_dates_stand_under_what_has_happened(world: World, closed: AgencyReturn, client_for: ClientFor) -> None:
    client_for(world.manager).post(where(closed), sent(closes=""))
    for reader in (world.alice, world.analyst):
        happened = text(client_for(reader), where(closed, "")).split("What has happened")[1]
        moved, opened_ = happened.split('role="rowheader"')[1:]
        said = "due on 1 December 2026, before on 10 November 2026; closes never, before on 15 November 2026"
        assert f"Dates moved: {said}" in moved
        assert "Business manager" in moved
        assert WHY in moved
        assert "Open" in opened_


def test_only_the_date_that_moved_is_named(world: World, closed: AgencyReturn, client_for: ClientFor) -> None:
    client_for(world.manager).post(where(closed), sent(due="10 11 2026"))
    page = text(client_for(world.alice), where(closed, ""))
    assert "Dates moved: closes on 20 December 2026, before on 15 November 2026<" in page


def test_closed_return_says_so_and_is_handed_in_late(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    """Late is better than never: what is in it can be submitted, and everybody sees how late that was."""
    entered(held, world.alice, now, *whole())
    AgencyReturn.objects.filter(pk=held.pk).update(due_on=DUE, closes_on=CLOSES)
    alice = client_for(world.alice)
    page = text(alice, where(held, ""))
    assert "Late and closed" in page
    assert "You: it closed on 15 November 2026; submit late what is in it, or have the closing date moved" in page
    assert "Closed on 15 November 2026" in page
    late = "12 days after it was due and 7 days after it closed"
    assert f"Today is {late}. It is taken, and marked as late." in text(alice, where(held, "submit/"))
    assert alice.post(where(held, "submit/"), {"reason": ""}).status_code == 302
    page = text(client_for(world.analyst), where(held, ""))
    assert f"Submitted late: {late}<" in page
    assert f"22 November 2026, late: {late}<" in page
    assert AuditEvent.objects.get(event=EventType.RETURN_SUBMITTED).detail["late"] == late


def test_lateness_is_by_the_dates_of_that_day(
    world: World, closed: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    """Dates that are moved afterwards do not make a late return one in time, and an answer to a query is not late."""
    move_dates(agency_return=closed, due_on=DUE, closes_on=None, reason=WHY, by=world.manager, now=now)
    entered(closed, world.alice, now, *whole())
    submit_return(agency_return=closed, by=world.alice, now=now)
    later = now + timedelta(days=1)
    query_return(agency_return=closed, reason="Are the contacts right?", by=world.analyst, now=later)
    after = date(2026, 12, 30)
    move_dates(agency_return=closed, due_on=after, closes_on=None, reason=WHY, by=world.manager, now=later)
    submit_return(agency_return=closed, by=world.alice, now=later + timedelta(hours=1))
    page = text(client_for(world.analyst), where(closed, ""))
    assert page.count("Submitted late: 12 days after it was due<") == 1
    assert page.count("Submitted late") == 1
    handed_in = AuditEvent.objects.filter(event=EventType.RETURN_SUBMITTED).order_by("sequence")
    assert [event.detail.get("late", "") for event in handed_in] == ["12 days after it was due", ""]
