"""The list, the page of one return, opening, moving, and downloads."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from tests.indicators.returns_made import entered, faulty, opened, row, whole
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.enums import ReturnState
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.returns import approve_return, query_return, submit_return
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

MOST_QUESTIONS = 12
ClientFor = Callable[[Person], Client]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def where(held: AgencyReturn, rest: str = "") -> str:
    return f"/fairmead/returns/{held.pk}/{rest}"


def test_return_list_puts_late_first_with_words(world: World, client_for: ClientFor, now: datetime) -> None:
    opened(world, now, title="Due later")
    opened(world, now, title="Late one", due_on=date(2026, 11, 10))
    page = text(client_for(world.alice), "/fairmead/returns/")
    assert page.index("Late one") < page.index("Due later")
    assert "Was due on 10 November 2026, 12 days ago" in page
    assert "You: fill it in and submit it" in page
    assert "Open a return" not in page


def test_return_list_shows_an_agency_its_own_alone(world: World, client_for: ClientFor, now: datetime) -> None:
    opened(world, now, title="Of social care")
    opened(world, now, title="Of the police", agency=world.police)
    assert "Of the police" not in text(client_for(world.alice), "/fairmead/returns/")
    assert "Of social care" not in text(client_for(world.dana), "/fairmead/returns/")
    everything = text(client_for(world.analyst), "/fairmead/returns/")
    assert "Of the police" in everything
    assert "Of social care" in everything


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("state=submitted", set()),
        ("state=open", {"Monthly figures", "Of the police"}),
        ("agency={police}", {"Of the police"}),
        ("period=2026-09", {"Of the police"}),
        ("period=nonsense&agency=x", {"Monthly figures", "Of the police"}),
    ],
)
def test_return_list_narrows(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime, question: str, found: set[str]
) -> None:
    opened(world, now, title="Of the police", agency=world.police, number=9)
    page = text(client_for(world.analyst), f"/fairmead/returns/?{question.format(police=world.police.pk)}")
    assert {title for title in ("Monthly figures", "Of the police") if f"{title}, " in page} == found
    assert found or "No return fits" in page


def test_return_list_empty_says_who_can_begin(world: World, client_for: ClientFor) -> None:
    assert "The business manager or the analyst opens a return" in text(client_for(world.alice), "/fairmead/returns/")
    assert "You can open the first one" in text(client_for(world.manager), "/fairmead/returns/")


def test_return_list_goes_over_several_pages(world: World, client_for: ClientFor, now: datetime) -> None:
    for number in range(27):
        opened(world, now, title=f"Return {number:02}")
    client = client_for(world.analyst)
    assert "27 returns" in text(client, "/fairmead/returns/")
    assert text(client, "/fairmead/returns/?page=2").count("Monthly") == 0
    assert text(client, "/fairmead/returns/?page=2").count('class="govuk-table__row"') == 3


def test_detail_of_another_agency_is_not_found_and_on_the_trail(
    world: World, held: AgencyReturn, client_for: ClientFor
) -> None:
    client = client_for(world.dana)
    pages = ["", "template.csv", "figures.csv", "upload/", "form/", "submit/"]
    for rest in pages:
        assert client.get(where(held, rest)).status_code == 404, rest
    refused = AuditEvent.objects.filter(event=EventType.REFUSED, actor=world.dana.pk)
    assert refused.count() == len(pages)
    assert refused.latest("sequence").subject == "return_submit"
    assert not AuditEvent.objects.filter(event=EventType.RECORD_READ).exists()


def test_fault_of_another_return_is_refused_on_the_trail(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    """A fault that is there but not in this return, and a number that no fault has: nobody can tell which is which."""
    other = opened(world, now, title="Another", number=9)
    entered(held, world.alice, now, *faulty())
    fault = held.faults.filter(severity="fault").first()
    client = client_for(world.alice)
    for pk in (fault.pk, 999_999):
        assert client.post(where(other, f"faults/{pk}/"), {}).status_code == 404
        row = AuditEvent.objects.filter(event=EventType.REFUSED).latest("sequence")
        assert (row.subject, row.actor, row.detail["pk"]) == ("return_answer", world.alice.pk, str(pk))
    assert AuditEvent.objects.filter(event=EventType.REFUSED).count() == 2


def test_address_that_names_nothing_is_no_refusal(world: World, held: AgencyReturn, client_for: ClientFor) -> None:
    """There is nothing to refuse: no such measure, theme or kind of file exists for anybody."""
    client = client_for(world.analyst)
    for address in (where(held, "template.docx"), "/fairmead/figures/nothing/", "/fairmead/figures/indicator/ZZ99/"):
        assert client.get(address).status_code == 404, address
    assert not AuditEvent.objects.filter(event=EventType.REFUSED).exists()


def test_kind_of_file_that_nobody_makes_does_not_hide_a_refusal(
    world: World, held: AgencyReturn, client_for: ClientFor
) -> None:
    assert client_for(world.dana).get(where(held, "figures.docx")).status_code == 404
    assert client_for(world.analyst).get("/fairmead/publication/999999.docx").status_code == 404
    refused = AuditEvent.objects.filter(event=EventType.REFUSED).order_by("sequence")
    assert [(row.subject, row.detail["pk"]) for row in refused] == [
        ("return_figures", str(held.pk)),
        ("publication_file", "999999"),
    ]


def test_detail_read_is_on_the_trail(world: World, held: AgencyReturn, client_for: ClientFor) -> None:
    text(client_for(world.analyst), where(held))
    read = AuditEvent.objects.get(event=EventType.RECORD_READ)
    assert (read.subject, read.actor) == (f"return:{held.pk}", world.analyst.pk)


def test_detail_shows_faults_progress_and_earlier_versions(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, *faulty()[:1], *faulty()[2:])
    entered(held, world.bob, now + timedelta(hours=1), row("FD01", 95))
    page = text(client_for(world.alice), where(held))
    assert "1 of 2 figures given, 1 still to come." in page
    assert "Referrals to children&#x27;s social care, October 2026" in page
    assert "was 100, entered on 22 November 2026 by Alice" in page
    assert "adds up to 90, 5 less than its total of 95" in page
    assert "Why do the figures stand?" in page
    assert "You can submit it once you have given the 1 missing figure below" in page


def test_detail_says_what_the_analyst_asks(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, *whole())
    submit_return(agency_return=held, by=world.alice, now=now)
    query_return(agency_return=held, reason="Is the count of contacts right?", by=world.analyst, now=now)
    page = text(client_for(world.bob), where(held))
    assert "The analyst asks" in page
    assert "Is the count of contacts right?" in page


@pytest.mark.parametrize("approved", [False, True])
def test_detail_of_a_locked_return_says_why_and_who(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime, approved: bool
) -> None:
    entered(held, world.alice, now, *whole())
    submit_return(agency_return=held, by=world.alice, now=now)
    if approved:
        approve_return(agency_return=held, by=world.analyst, now=now)
    page = text(client_for(world.alice), where(held))
    said = "It has been approved. The analyst can open it again" if approved else "The analyst can send it back"
    assert said in page
    assert "Locked since 22 November 2026." in page
    assert "Upload a file" not in page
    assert said in text(client_for(world.alice), where(held, "upload/"))
    assert said in text(client_for(world.alice), where(held, "form/"))


def test_detail_offers_each_person_what_they_may_do(
    world: World, held: AgencyReturn, client_for: ClientFor, now: datetime
) -> None:
    entered(held, world.alice, now, *whole())
    assert "Submit this return" in text(client_for(world.alice), where(held))
    assert "Submit this return" not in text(client_for(world.analyst), where(held))
    submit_return(agency_return=held, by=world.alice, now=now)
    page = text(client_for(world.analyst), where(held))
    assert "Approve" in page
    assert "Send back with a query" in page
    assert "Send back with a query" not in text(client_for(world.manager), where(held))


def test_detail_questions_are_as_many_for_one_row_as_for_three(
    world: World, held: AgencyReturn, client_for: ClientFor, questions: Callable[[Client, str], int], now: datetime
) -> None:
    client, addresses = client_for(world.alice), ["/fairmead/returns/", *(where(held, rest) for rest in ("", "form/"))]
    entered(held, world.alice, now, row("FD01", 100))
    few = [questions(client, address) for address in addresses]
    entered(held, world.bob, now, *faulty(contacts=95))
    for number in (7, 8, 9):
        opened(world, now, number=number)
    many = [questions(client, address) for address in addresses]
    assert few == many
    assert max(many) <= MOST_QUESTIONS


def test_answer_is_saved_and_shown(world: World, held: AgencyReturn, client_for: ClientFor, now: datetime) -> None:
    entered(held, world.alice, now, *faulty())
    fault = held.faults.get(severity="fault")
    client = client_for(world.alice)
    refused = client.post(where(held, f"faults/{fault.pk}/"), {f"fault-{fault.pk}-answer": "short"})
    assert "Say why the figures stand, in at least 10 characters." in refused.content.decode()
    assert "Error: " in refused.content.decode()
    taken = client.post(where(held, f"faults/{fault.pk}/"), {f"fault-{fault.pk}-answer": "Ten had two outcomes."})
    assert taken.status_code == 302
    assert "Ten had two outcomes." in text(client, where(held))


def test_moves_through_the_pages(world: World, held: AgencyReturn, client_for: ClientFor, now: datetime) -> None:
    entered(held, world.alice, now, *whole())
    alice, analyst = client_for(world.alice), client_for(world.analyst)
    steps = [
        (alice, "submit/", {"reason": ""}, ReturnState.SUBMITTED),
        (analyst, "query/", {"reason": "short"}, ReturnState.SUBMITTED),
        (analyst, "query/", {"reason": "Please look at contacts again."}, ReturnState.QUERIED),
        (alice, "submit/", {"reason": "They are right."}, ReturnState.SUBMITTED),
        (analyst, "approve/", {}, ReturnState.APPROVED),
        (analyst, "approve/", {}, ReturnState.APPROVED),
        (analyst, "reopen/", {"reason": "A late admission came in."}, ReturnState.QUERIED),
    ]
    for client, rest, data, state in steps:
        assert client.get(where(held, rest)).status_code == 200
        client.post(where(held, rest), data)
        held.refresh_from_db()
        assert held.state == state, rest


def test_moves_need_a_post(world: World, held: AgencyReturn, client_for: ClientFor, now: datetime) -> None:
    entered(held, world.alice, now, *whole())
    client_for(world.alice).get(where(held, "submit/"))
    held.refresh_from_db()
    assert held.state == ReturnState.OPEN


def test_move_that_is_refused_says_why(world: World, held: AgencyReturn, client_for: ClientFor, now: datetime) -> None:
    entered(held, world.alice, now, row("FD01", 3))
    answer = client_for(world.alice).post(where(held, "submit/"), {"reason": ""})
    assert "1 figure that is asked for has neither an amount nor a reason" in answer.content.decode()
    page = text(client_for(world.analyst), where(held, "approve/"))
    assert "The return is open, so this cannot be done now." in page


@pytest.mark.parametrize("kind", [DutyKind.GROUP_MEMBER, DutyKind.READER])
def test_returns_are_not_there_for_duties_without_them(
    world: World, held: AgencyReturn, client_for: ClientFor, kind: DutyKind
) -> None:
    client = client_for(world.holder[kind])
    assert [client.get(address).status_code for address in ("/fairmead/returns/", where(held))] == [404, 404]
