"""The list of documents: exactly those whose page opens for the reader, narrowed down, in as few questions for many."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.budget.years import sample_year
from tests.documents.attached import attached, pdf
from tests.workspace.governed import Governed, govern
from tests.world import World
from trefoil.access.queries import standing_of
from trefoil.budget.models import Contribution
from trefoil.config.document_subjects import SUBJECTS
from trefoil.documents.enums import Marking
from trefoil.documents.models import Document
from trefoil.documents.operations import withdraw
from trefoil.documents.subjects import document_subject
from trefoil.meetings.operations.agenda import add_item
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.workspace.shelf import KINDS

ClientFor = Callable[[Person], Client]
SHELF = "/fairmead/documents/"


@pytest.fixture
def moment() -> datetime:
    return timezone.now()


@pytest.fixture
def governed(world: World, moment: datetime) -> Governed:
    """One document about each kind of record, and one that only those who read all papers may see."""
    made = govern(world, moment)
    year = sample_year(world, now=moment)
    group = made.made.group
    abouts = {
        "Arrangements": "partnership:fairmead",
        "Terms": f"group:fairmead/{group.slug}",
        "Paper": f"meeting:{made.soon.pk}",
        "Toolkit": made.late.reference,
        "Invoice": f"budget_year:{year.pk}",
    }
    for number, (title, subject) in enumerate(abouts.items()):
        attached(world, now=moment + timedelta(minutes=number), title=title, subject=subject)
    attached(world, now=moment, title="Sensitive", marking=Marking.OFFICIAL_SENSITIVE)
    return made


def titles(client: Client, question: str = "") -> list[str]:
    return [row.listed.document.title for row in client.get(f"{SHELF}{question}").context["rows"]]


def test_kinds_are_those_that_documents_can_be_attached_to() -> None:
    # Drafts of reviews stand on no shelf: only who reads the review learns that there are any.
    assert set(KINDS) == set(SUBJECTS) - {"review", "review_full"}


@pytest.mark.parametrize("kind", [kind for kind in DutyKind if kind != DutyKind.READER])
def test_list_holds_what_opens_and_nothing_else(governed: Governed, client_for: ClientFor, kind: DutyKind) -> None:
    client = client_for(governed.world.holder[kind])
    listed = set(titles(client))
    opens = {
        one.title for one in Document.objects.all() if client.get(f"/fairmead/documents/{one.pk}/").status_code == 200
    }
    assert listed == opens
    assert {"Arrangements", "Terms", "Toolkit"} <= listed


def test_list_is_not_for_who_reads_figures_alone(governed: Governed, client_for: ClientFor) -> None:
    assert client_for(governed.world.holder[DutyKind.READER]).get(SHELF).status_code == 404
    assert client_for(governed.world.charlie).get(SHELF).status_code == 404


def test_list_names_each_record_and_leads_to_it(governed: Governed, client_for: ClientFor) -> None:
    client = client_for(governed.world.manager)
    rows = client.get(SHELF).context["rows"]
    assert [row.listed.document.title for row in rows][:3] == ["Invoice", "Toolkit", "Paper"]
    words = {row.listed.document.title: row.about.words for row in rows}
    assert words["Toolkit"] == "Train the panel"
    assert words["Terms"] == "Partners"
    assert words["Invoice"].startswith("Budget 20")
    for row in rows:
        assert client.get(row.about.href).status_code == 200


def test_list_names_parts_of_records_as_their_own_pages_do(
    governed: Governed, client_for: ClientFor, moment: datetime
) -> None:
    world = governed.world
    entry = Contribution.objects.filter(year__partnership=world.fairmead).earliest("pk")
    for subject in (f"agenda_item:{governed.item.pk}", f"contribution:{entry.pk}"):
        attached(world, now=moment, title=subject, subject=subject)
    rows = client_for(world.manager).get(SHELF).context["rows"]
    found = {row.listed.document.title: row.about for row in rows if ":" in row.listed.document.title}
    standing = standing_of(world.manager, world.fairmead, now=moment)
    assert len(found) == 2
    for reference, about in found.items():
        record = document_subject(standing, reference)
        assert record is not None
        assert (about.words, about.href) == (record.words, record.href)


def test_list_is_narrowed_down(governed: Governed, client_for: ClientFor, moment: datetime) -> None:
    world = governed.world
    client = client_for(world.manager)
    attached(world, now=moment, title="Leaflet", file=BytesIO(pdf()), name="leaflet.pdf")
    assert titles(client, "?about=action") == ["Toolkit"]
    assert titles(client, "?file=pdf") == ["Leaflet"]
    assert titles(client, "?words=TOOL") == ["Toolkit"]
    assert len(titles(client, "?about=nonsense&file=nonsense")) == 7
    text = client.get(f"{SHELF}?words=nothing").content.decode()
    assert "No document fits" in text


def test_withdrawn_documents_stand_apart(governed: Governed, client_for: ClientFor, moment: datetime) -> None:
    client = client_for(governed.world.manager)
    paper = Document.objects.get(title="Toolkit")
    withdraw(document=paper, reason="It named a family.", by=governed.world.manager, now=moment)
    assert "Toolkit" not in titles(client)
    assert titles(client, "?state=withdrawn") == ["Toolkit"]
    assert "It named a family." in client.get(f"{SHELF}?state=withdrawn").content.decode()


def test_list_without_any_says_where_documents_come_from(world: World, client_for: ClientFor) -> None:
    text = client_for(world.manager).get(SHELF).content.decode()
    assert "Nothing is attached that you can read" in text


def test_list_asks_the_same_for_few_and_for_many(governed: Governed, client_for: ClientFor, moment: datetime) -> None:
    client = client_for(governed.world.manager)
    client.get(SHELF)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(SHELF)
    for number in range(8):
        subject = governed.done.reference if number % 2 else f"meeting:{governed.past.pk}"
        attached(governed.world, now=moment, title=f"More {number}", subject=subject)
    with CaptureQueriesContext(connection) as many:
        client.get(SHELF)
    assert len(many) == len(few)
    assert len(few) <= 10
    for number in range(4):
        meeting, by = governed.item.meeting, governed.world.manager
        item = add_item(meeting=meeting, title=f"Item {number}", by=by, now=moment)
        attached(governed.world, now=moment, title=item.title, subject=f"agenda_item:{item.pk}")
    with CaptureQueriesContext(connection) as most:
        client.get(SHELF)
    assert len(most) == len(few) + 1
