"""The pages themselves: what they say, how many questions they ask the database, and what their forms do."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.indicators.handed_in import figure, hand_in, months_of, publish
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.evidence.kept import forget
from trefoil.indicators.models import PublishedEdition
from trefoil.indicators.operations.returns import open_return
from trefoil.indicators.periods import month
from trefoil.people.enums import AreaKind, DutyKind
from trefoil.people.models import Area, Person

ClientFor = Callable[[Person], Client]
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _pack(world: World, now: datetime) -> None:
    """A small national pack."""
    Area.objects.create(code="E92000001", name="England", kind=AreaKind.ENGLAND)
    Area.objects.create(code="N1", name="Near 1", kind=AreaKind.LOCAL_AUTHORITY)
    publish("CLATotalRate", {"E92000001": ["60"], "N1": ["50"]}, now=now)


def overdue(world: World, now: datetime, title: str) -> None:
    open_return(
        partnership=world.fairmead,
        agency=world.police,
        title=title,
        period=month(2026, 9),
        indicators=[],
        opens_on=now.date() - timedelta(days=40),
        due_on=now.date() - timedelta(days=10),
        by=world.manager,
        now=now,
    )


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    "address", ["exceptions/", "compare/", "publication/", "publication/?measure=FD01&period=2026-10&by="]
)
def test_queries_do_not_grow_with_rows(world: World, now: datetime, client_for: ClientFor, address: str) -> None:
    client = client_for(world.manager)
    hand_in(world, [figure("FD01", month(2026, 10), 40)], now=now, approved=True)
    overdue(world, now, "One")
    one = queries(client, f"/fairmead/{address}")
    hand_in(world, months_of("CN01", [40, 50, 60]), now=now, approved=True)
    for title in ("Two", "Three"):
        overdue(world, now, title)
    three = queries(client, f"/fairmead/{address}")
    assert one == three
    assert three <= MOST_QUERIES


@pytest.mark.parametrize("address", ["exceptions/", "compare/", "figures/", "area/", "dictionary/"])
def test_first_reader_after_a_change_is_within_the_same_bound(
    world: World, now: datetime, client_for: ClientFor, address: str
) -> None:
    client = client_for(world.manager)
    hand_in(world, [figure("FD01", month(2026, 10), 40)], now=now, approved=True)
    overdue(world, now, "One")
    client.get(f"/fairmead/{address}")
    forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/fairmead/{address}").status_code == 200
    assert len(asked) <= MOST_QUERIES, [query["sql"][:100] for query in asked.captured_queries]


def test_exceptions_page_names_what_and_who(world: World, now: datetime, client_for: ClientFor) -> None:
    overdue(world, now, "September return")
    page = client_for(world.manager).get("/fairmead/exceptions/").content.decode()
    assert "1 thing needs somebody; 0 are off target." in page
    assert "Not handed in by Fairmead Police; 10 days late." in page


def test_exceptions_page_counts_old_figures_apart(world: World, now: datetime, client_for: ClientFor) -> None:
    overdue(world, now, "September return")
    hand_in(world, [figure("CL08", month(2019, 2), missing="not printed")], now=now)
    page = client_for(world.manager).get("/fairmead/exceptions/").content.decode()
    assert "1 thing needs somebody; 0 are off target. The worst come first. 1 more rests on figures more than" in page
    assert "Return overdue: <strong>1</strong>.</p>" in page
    assert "On figures more than two years old, the oldest of February 2019. Figure missing: <strong>1</strong>" in page
    assert page.index("September return") < page.index("The figure is seven years old.")


def test_exceptions_page_links_to_a_return_for_who_may_open_it(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    overdue(world, now, "September return")
    for reader, is_linked in ((world.manager, True), (world.dana, True), (world.bob, False)):
        page = client_for(reader).get("/fairmead/exceptions/").content.decode()
        assert "September return" in page
        assert ("/fairmead/returns/" in page.split("<main")[1]) is is_linked


def test_exceptions_page_filters_by_agency_and_theme(world: World, now: datetime, client_for: ClientFor) -> None:
    overdue(world, now, "September return")
    client = client_for(world.manager)
    other = client.get("/fairmead/exceptions/", {"agency": world.health.pk}).content.decode()
    assert "Nothing matches" in other
    assert "September return" in client.get("/fairmead/exceptions/", {"agency": world.police.pk}).content.decode()
    assert "Nothing matches" in client.get("/fairmead/exceptions/", {"theme": "police"}).content.decode()


def test_exceptions_page_without_any_says_so(world: World, client_for: ClientFor) -> None:
    assert "Nothing needs anybody" in client_for(world.manager).get("/fairmead/exceptions/").content.decode()


def test_compare_page_says_that_fairmead_is_invented(world: World, client_for: ClientFor) -> None:
    page = client_for(world.manager).get("/fairmead/compare/").content.decode()
    assert "Fairmead is invented, so it has no published figures." in page


def test_publication_is_confirmed_and_taken_away(world: World, now: datetime, client_for: ClientFor) -> None:
    hand_in(world, [figure("FD01", month(2026, 10), 41)], now=now, approved=True)
    client = client_for(world.analyst)
    asked = {"measure": "FD01", "period": "2026-10", "by": ""}
    seen = client.get("/fairmead/publication/", asked)
    digest = seen.context["ready"].digest
    answer = client.post("/fairmead/publication/", {**asked, "digest": digest}, follow=True)
    assert "is ready. Take it away below." in answer.content.decode()
    edition = PublishedEdition.objects.get()
    file = client.get(f"/fairmead/publication/{edition.pk}.csv").content.decode("utf-8-sig")
    assert file.splitlines()[:2] == ["Category,Number", "All,40"]
    assert "41" not in file
    assert AuditEvent.objects.filter(event=EventType.EXPORTED, subject="page:publication").exists()


def test_publication_of_another_table_than_seen_stores_nothing(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    hand_in(world, [figure("FD01", month(2026, 10), 41)], now=now, approved=True)
    asked = {"measure": "FD01", "period": "2026-10", "by": "", "digest": "0" * 64}
    answer = client_for(world.analyst).post("/fairmead/publication/", asked, follow=True)
    assert "Nothing was stored" in answer.content.decode()
    assert not PublishedEdition.objects.exists()


def test_publication_refuses_with_the_reason(world: World, now: datetime, client_for: ClientFor) -> None:
    rows = [figure("FD01", month(2026, 10), 40), figure("FD01", month(2026, 10), 45, breakdown="outcome: signposting")]
    hand_in(world, rows, now=now, approved=True)
    asked = {"measure": "FD01", "period": "2026-10", "by": "outcome"}
    page = client_for(world.analyst).get("/fairmead/publication/", asked).content.decode()
    assert "This cannot be published" in page
    assert "more than the whole of 40" in page


@pytest.mark.parametrize("kind", [DutyKind.AGENCY_LEAD, DutyKind.SCRUTINEER])
def test_publication_is_not_there_for_other_duties(world: World, client_for: ClientFor, kind: DutyKind) -> None:
    assert client_for(world.holder[kind]).get("/fairmead/publication/").status_code == 404
