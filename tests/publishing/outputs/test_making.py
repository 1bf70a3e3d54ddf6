"""Files of a draft and of an edition: by their pages, and by `trefoil build_document`."""

import hashlib
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from docx import Document

from tests.publishing.made import a_document, frozen, section_of, wrote
from tests.publishing.test_pages import address
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.publishing.enums import PublicKind
from trefoil.publishing.models import Edition, Offer
from trefoil.publishing.outputs.making import FileKind, paper_of_edition

ClientFor = Callable[[Person], Client]


def test_draft_is_marked_in_each_way_and_its_taking_is_on_the_trail(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    document = a_document(world, now=now)
    wrote(section_of(document, "summary"), world, now=now, prose="Words of the summary.")
    files = {}
    for kind in FileKind.values:
        response = client_for(world.manager).get(address("publishing_file", document.pk, kind))
        assert response.status_code == 200
        assert f"-draft.{kind}" in response["Content-Disposition"]
        files[kind] = response.content
        assert AuditEvent.objects.filter(
            event=EventType.EXPORTED, detail__sha256=hashlib.sha256(response.content).hexdigest()
        ).exists()
    said = {
        "html": files["html"].decode(),
        "docx": "\n".join(line.text for line in Document(io.BytesIO(files["docx"])).paragraphs),
        "pdf": "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages),
    }
    for text in said.values():
        assert "This is a draft of" in text
        assert "Words of the summary." in text
    assert client_for(world.manager).get(address("publishing_file", document.pk, "odt")).status_code == 404


def test_edition_is_read_by_everybody_and_a_draft_is_not(world: World, now: datetime, client_for: ClientFor) -> None:
    member = client_for(world.holder[DutyKind.GROUP_MEMBER])
    edition = frozen(world, now=now)
    response = member.get(address("publishing_edition_file", edition.pk, "html"))
    assert edition.digest in response.content.decode()
    assert "draft" not in response["Content-Disposition"]
    assert member.get(address("publishing_file", edition.document_id, "html")).status_code == 404


def test_edition_that_was_tampered_with_says_so(world: World, now: datetime) -> None:
    edition = frozen(world, now=now)
    content = {**edition.offer.content, "title": "Something else"}
    Offer.objects.filter(pk=edition.offer_id).update(content=content)
    made = paper_of_edition(Edition.objects.select_related("offer", "document__partnership").get(pk=edition.pk))
    assert made.mark == "NOT AS FROZEN"
    assert "Do not rely on it" in made.notice[0]


def test_build_document_writes_all_three(
    world: World, now: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = a_document(world, now=now)
    out = tmp_path / "files"
    call_command("build_document", "yearly-report", area=world.fairmead.area.name, year="2025-26", out=out)
    assert sorted(path.suffix for path in out.iterdir()) == [".docx", ".html", ".pdf"]
    assert all(path.stem.endswith("-draft") for path in out.iterdir())
    assert f"{document.title}, draft of" in capsys.readouterr().out


def test_build_document_takes_the_edition_before_a_later_draft(world: World, now: datetime, tmp_path: Path) -> None:
    edition = frozen(world, now=now)
    a_document(world, now=now + timedelta(days=1), kind=PublicKind.COMMITTEE_REPORT, law="", title="Another one")
    call_command("build_document", "committee-report", area=world.fairmead.area.name, year="2025-26", out=tmp_path)
    (page,) = tmp_path.glob("*.html")
    assert edition.digest in page.read_text()


def test_build_document_refuses_what_is_not_there(world: World, now: datetime, tmp_path: Path) -> None:
    a_document(world, now=now)
    for year, said in (("2024-25", "begins in 2024"), ("2025-27", "as 2025-26"), ("soon", "as 2025-26")):
        with pytest.raises(CommandError, match=said):
            call_command("build_document", "yearly-report", area=world.fairmead.area.name, year=year, out=tmp_path)
    with pytest.raises(CommandError, match="none"):
        call_command("build_document", "arrangements", area=world.fairmead.area.name, year="2025-26", out=tmp_path)
    with pytest.raises(CommandError):
        call_command("build_document", "yearly-report", area="Nowhere", year="2025-26", out=tmp_path)
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command(
            "build_document", "yearly-report", area=world.fairmead.area.name, year="2025-26", out=tmp_path / "taken"
        )
