"""Each page by who asks for it, and how many questions it puts to the database."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.workspace.fairmead import Fairmead, add_rows
from trefoil.access.enums import Permission
from trefoil.access.rules import DUTY_GIVES
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

MOST_QUESTIONS = 12
# A group's page is many lists, from its seats and terms to its decisions and attendance; each is one question.
MORE_QUESTIONS = {"groups/quality/": 24}

# Address after the slug -> the permission that opens it.
PAGES = {
    "": Permission.READ_FIGURES,
    "partnership/": Permission.READ_FIGURES,
    "agencies/{social_care}/": Permission.READ_FIGURES,
    "groups/": Permission.READ_FIGURES,
    "groups/chart.svg": Permission.READ_FIGURES,
    "groups/quality/": Permission.READ_FIGURES,
    "people/": Permission.READ_PEOPLE,
    "people/{bob}/": Permission.READ_PEOPLE,
    "people/new/": Permission.MANAGE_PEOPLE,
    "people/{bob}/end-access/": Permission.MANAGE_PEOPLE,
    "people/{bob}/second-step/": Permission.MANAGE_PEOPLE,
    "groups/new/": Permission.MANAGE_PEOPLE,
    "groups/quality/reports-to/": Permission.MANAGE_PEOPLE,
    "groups/quality/seats/new/": Permission.MANAGE_PEOPLE,
    "groups/executive/seats/{seat}/end/": Permission.MANAGE_PEOPLE,
    "agencies/new/": Permission.MANAGE_PEOPLE,
    "agencies/{social_care}/leave/": Permission.MANAGE_PEOPLE,
    "duties/give/": Permission.MANAGE_PEOPLE,
    "duties/{duty}/end/": Permission.MANAGE_PEOPLE,
    "trail/": Permission.READ_TRAIL,
    "trail/download/": Permission.READ_TRAIL,
    "trail/record/person:{bob}/": Permission.READ_TRAIL,
    "trail/record/return:{late}/": Permission.READ_TRAIL,
    "trail/mine/": Permission.READ_FIGURES,
    "emergency/": Permission.READ_FIGURES,
}
ClientFor = Callable[[Person], Client]


def address(page: str, fairmead: Fairmead) -> str:
    world = fairmead.world
    places = {
        "social_care": world.social_care.pk,
        "bob": world.bob.pk,
        "duty": world.bob.duties.get().pk,
        "seat": fairmead.executive.members.get().pk,
        "late": fairmead.late.pk,
    }
    return f"/fairmead/{page.format(**places)}"


@pytest.mark.parametrize("kind", DutyKind)
def test_page_opens_to_a_duty_that_gives_it_and_no_other(
    kind: DutyKind, fairmead: Fairmead, client_for: ClientFor
) -> None:
    client = client_for(fairmead.world.holder[kind])
    found = {page: client.get(address(page, fairmead)).status_code for page in PAGES}
    assert found == {page: 200 if permission in DUTY_GIVES[kind] else 404 for page, permission in PAGES.items()}


def test_page_outsider_finds_nothing(fairmead: Fairmead, client_for: ClientFor) -> None:
    client = client_for(fairmead.world.charlie)
    assert {client.get(address(page, fairmead)).status_code for page in PAGES} == {404}


def test_page_anonymous_is_sent_to_sign_in(fairmead: Fairmead, client: Client) -> None:
    for page in PAGES:
        answer = client.get(address(page, fairmead))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/?next=/fairmead/")


def test_page_of_another_partnerships_record_is_not_found(fairmead: Fairmead, client_for: ClientFor) -> None:
    client = client_for(fairmead.world.charlie)
    world = fairmead.world
    elsewhere = [f"people/{world.bob.pk}/", f"agencies/{world.police.pk}/", "groups/quality/"]
    assert [client.get(f"/harbury/{page}").status_code for page in elsewhere] == [404, 404, 404]


@pytest.mark.parametrize("page", [page for page in PAGES if not page.endswith(("svg", "download/"))])
def test_page_asks_as_much_for_one_row_as_for_three(
    page: str, fairmead: Fairmead, client_for: ClientFor, questions: Callable[[Client, str], int]
) -> None:
    clients = [client_for(fairmead.world.manager), client_for(fairmead.world.analyst), client_for(fairmead.world.bob)]
    where = address(page, fairmead)
    clients = [client for client in clients if client.get(where).status_code == 200]
    assert clients
    few = [questions(client, where) for client in clients]
    add_rows(fairmead, 3, now=timezone.now())
    # The process reads the figures behind the headlines anew, once, after a return has changed.
    clients[0].get(where)
    many = [questions(client, where) for client in clients]
    assert few == many
    assert max(many) <= MORE_QUESTIONS.get(page, MOST_QUESTIONS)


@pytest.mark.parametrize("page", [page for page in PAGES if not page.endswith(("svg", "download/"))])
def test_page_has_one_heading_a_lead_and_the_invented_note(
    page: str, fairmead: Fairmead, client_for: ClientFor
) -> None:
    text = client_for(fairmead.world.manager).get(address(page, fairmead)).content.decode()
    assert text.count("<h1") == 1
    assert '<p class="govuk-body-l tf-lead"></p>' not in text
    assert "Fairmead is an invented borough." in text


def test_open_pages_answer_everybody(client: Client, db: None) -> None:
    assert client.get("/health/").content == b"ok"
    assert "We do not claim full compliance" in client.get("/accessibility/").content.decode()


def test_trail_sends_at_most_twelve_statements_with_those_of_its_transaction(
    fairmead: Fairmead, client_for: ClientFor
) -> None:
    client = client_for(fairmead.world.manager)
    client.get("/fairmead/trail/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/fairmead/trail/?day=").status_code == 200
    assert len(asked) <= MOST_QUESTIONS


@pytest.mark.parametrize("kind", [DutyKind.BUSINESS_MANAGER, DutyKind.ANALYST, DutyKind.AGENCY_LEAD])
def test_home_asks_little_of_the_database_for_the_first_and_for_every_later_reader(
    fairmead: Fairmead, client_for: ClientFor, questions: Callable[[Client, str], int], kind: DutyKind
) -> None:
    """The first reader after a figure has changed has it read anew for everybody in this process."""
    client = client_for(fairmead.world.holder[kind])
    first, later = questions(client, "/fairmead/"), questions(client, "/fairmead/")
    assert later < first <= MOST_QUESTIONS
