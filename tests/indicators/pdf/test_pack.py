"""The pack as a document: tagged, titled, worded, numbered, and deaf to whatever a commentary says."""

import io
from collections.abc import Callable
from datetime import datetime

import pypdf
import pytest
from django.test import Client
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from tests.indicators.handed_in import ENGLAND, figure, hand_in, months_of, publish, surround
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.indicators.operations.steering import write_commentary
from trefoil.indicators.periods import month
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
UNSETTLING = '#panic("no") $x$ *bold* "quoted" \\ ] } @who </w> =cmd()'
FALL = [90, 91, 89, 90, 92, 90, 91, 89, 90, 91, 90, 40]


@pytest.fixture
def pack(world: World, now: datetime, client_for: ClientFor) -> pypdf.PdfReader:
    hand_in(world, [*months_of("FD01", FALL), *months_of("CN01", [30, 31])], now=now)
    write_commentary(
        partnership=world.fairmead,
        agency=world.social_care,
        indicator="FD01",
        period=month(2026, 10),
        says=UNSETTLING,
        doing="",
        by=world.bob,
        now=now,
    )
    response = client_for(world.manager).get("/fairmead/pack.pdf")
    assert response["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(response.content))


def elements(reader: pypdf.PdfReader) -> list[DictionaryObject]:
    """Every element of the structure, from the root down."""
    found, left = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while left:
        node = left.pop()
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, ArrayObject):
            left.extend(node)
        elif isinstance(node, DictionaryObject):
            found.append(node)
            if "/K" in node:
                left.append(node["/K"])
    return found


def kinds(reader: pypdf.PdfReader) -> list[str]:
    return [str(element.get("/S", "")) for element in elements(reader)]


def test_pack_is_tagged_titled_and_in_english(pack: pypdf.PdfReader) -> None:
    root = pack.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert pack.metadata is not None
    assert pack.metadata.title == "Performance pack, Fairmead"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()


def test_every_picture_has_words(pack: pypdf.PdfReader) -> None:
    figures = [element for element in elements(pack) if element.get("/S") == "/Figure"]
    words = [str(element.get("/Alt", "")) for element in figures]
    assert len(words) == 3, "two small trends and the chart of the fall"
    assert all(len(text) > 30 for text in words)
    assert any(text.startswith("Line chart. Contacts") for text in words)


def test_tables_have_headings(pack: pypdf.PdfReader) -> None:
    found = kinds(pack)
    assert found.count("/Table") == 4
    assert found.count("/TH") >= 9 * 2 + 5 + 5


def test_pack_has_its_parts_in_order(pack: pypdf.PdfReader) -> None:
    text = "\n".join(page.extract_text() for page in pack.pages)
    places = [text.rindex(part) for part in ("Front door", "The exceptions", "What the measures mean", "Sources and")]
    assert places == sorted(places)
    assert 6 <= len(pack.pages) <= 9
    last = len(pack.pages)
    assert f"Page {last} of {last}" in pack.pages[-1].extract_text()


def test_every_page_says_that_it_is_invented(pack: pypdf.PdfReader) -> None:
    assert [number for number, page in enumerate(pack.pages) if "nvented" not in page.extract_text()] == []


def test_words_are_set_as_text_and_never_run(pack: pypdf.PdfReader) -> None:
    text = " ".join("".join(page.extract_text() for page in pack.pages).split())
    assert '#panic("no") $x$ *bold* "quoted" \\ ] } @who </w> =cmd()' in text


def test_same_figures_give_the_same_bytes_and_each_is_on_the_trail(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    hand_in(world, [figure("FD01", month(2026, 10), 40)], now=now)
    client = client_for(world.manager)
    first, second = (client.get("/fairmead/pack.pdf").content for _ in range(2))
    assert first == second
    assert AuditEvent.objects.filter(event=EventType.EXPORTED, subject="page:pack").count() == 2


def test_pack_of_a_period_leaves_later_figures_away(world: World, now: datetime, client_for: ClientFor) -> None:
    hand_in(world, months_of("FD01", [71, 82, 93]), now=now)
    content = client_for(world.manager).get("/fairmead/pack.pdf", {"period": "2026-09"}).content
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert "Figures up to September 2026" in text
    assert "October 2026" not in text.replace("November 2026", "")


def test_empty_partnership_has_a_pack_too(world: World, client_for: ClientFor) -> None:
    content = client_for(world.manager).get("/fairmead/pack.pdf").content
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert "No target is missed" in text


def test_count_of_a_country_is_not_called_unpublished(world: World, now: datetime, client_for: ClientFor) -> None:
    near = surround(world.fairmead.area, now=now)
    publish("CPP_Num", {world.fairmead.area.code: ["130"], near[0]: ["140"], ENGLAND: ["49420"]}, now=now)
    response = client_for(world.manager).get("/fairmead/pack.pdf")
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "A count, not compared" in text
    assert "49420" not in text
    assert "Not published" not in text
