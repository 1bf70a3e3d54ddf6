"""The pages of documents: attach, read, add a version, withdraw; what is not yours is 404; files are never shown."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.documents.attached import attached, pdf
from tests.documents.test_operations import group_of
from tests.world import World
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.documents import storage
from trefoil.documents.enums import Marking
from trefoil.documents.models import Document
from trefoil.documents.operations import withdraw
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
ABOUT = "/fairmead/documents/about/partnership:fairmead/"


def file(name: str = "minutes.pdf", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if data is None else data)


def test_attach_from_the_page(world: World, client_for: ClientFor) -> None:
    sent = {"upload": file(), "title": "", "marking": "open", "group": ""}
    answer = client_for(world.manager).post(ABOUT, sent, follow=True)
    assert answer.redirect_chain == [(reverse("partnership_page", args=["fairmead"]), 302)]
    assert "“minutes” is attached." in answer.content.decode()
    assert Document.objects.get().title == "minutes"
    page = client_for(world.alice).get(ABOUT).content.decode()
    assert "minutes" in page
    assert "Attach the document" not in page


def test_attach_of_a_refused_file_says_why(world: World, client_for: ClientFor) -> None:
    sent = {"upload": file("minutes.pdf", b"no pdf"), "title": "Kept words", "marking": "open", "group": ""}
    page = client_for(world.manager).post(ABOUT, sent).content.decode()
    assert "There is a problem" in page
    assert "is not a PDF inside" in page
    assert "Kept words" in page
    assert not Document.objects.exists()


def test_attach_by_who_may_not_changes_nothing(world: World, client_for: ClientFor) -> None:
    sent = {"upload": file(), "title": "x", "marking": "open", "group": ""}
    assert client_for(world.bob).post(ABOUT, sent).status_code == 200
    assert not Document.objects.exists()
    for wrong in ("partnership:harbury", "group:fairmead/none", "nothing:1", "nothing"):
        address = reverse("document_about", args=["fairmead", wrong])
        assert client_for(world.manager).post(address, sent).status_code == 404


def test_file_is_sent_to_be_saved(world: World, now: datetime, client_for: ClientFor) -> None:
    document = attached(world, now=now, file=BytesIO(pdf()), name="minutes é.pdf")
    answer = client_for(world.bob).get(reverse("document_file", args=["fairmead", document.pk, 1]))
    assert b"".join(answer.streaming_content) == pdf()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    read = AuditEvent.objects.get(event=EventType.RECORD_READ, subject=document.reference)
    assert read.actor == world.bob.pk


def test_document_that_is_not_yours_is_not_there(world: World, now: datetime, client_for: ClientFor) -> None:
    given = {"marking": Marking.GROUP_ONLY, "group": group_of(world, now)}
    document = attached(world, now=now, **given)
    for page in (("document_detail", document.pk), ("document_file", document.pk, 1)):
        address = reverse(page[0], args=["fairmead", *page[1:]])
        assert client_for(world.manager).get(address).status_code == 200
        assert client_for(world.alice).get(address).status_code == 404
        assert client_for(world.charlie).get(address.replace("fairmead", "harbury")).status_code == 404
    assert AuditEvent.objects.filter(event=EventType.REFUSED, actor=world.alice.pk).count() == 2


def test_version_and_withdrawal_from_the_page(world: World, now: datetime, client_for: ClientFor) -> None:
    document = attached(world, now=now)
    address = reverse("document_detail", args=["fairmead", document.pk])
    manager = client_for(world.manager)
    assert manager.post(address, {"which": "version", "upload": file()}).status_code == 302
    assert (
        "this very file is version 2 already"
        in manager.post(address, {"which": "version", "upload": file()}).content.decode().lower()
    )
    assert "Say why" in manager.post(address, {"which": "withdraw", "reason": "short"}).content.decode()
    assert manager.post(address, {"which": "withdraw", "reason": "It named a family."}).status_code == 302
    page = client_for(world.bob).get(address).content.decode()
    assert "It named a family." in page
    assert reverse("document_file", args=["fairmead", document.pk, 2]) not in page
    assert client_for(world.bob).get(reverse("document_file", args=["fairmead", document.pk, 2])).status_code == 404


def test_file_that_is_missing_is_said(world: World, now: datetime, client_for: ClientFor) -> None:
    document = attached(world, now=now)
    storage.remove(document.versions.get().key)
    answer = client_for(world.bob).get(reverse("document_file", args=["fairmead", document.pk, 1]), follow=True)
    assert "The file is missing" in answer.content.decode()


def shown(world: World, person: Person, now: datetime, tag: str) -> str:
    standing = standing_of(person, world.fairmead, now=now)
    context = Context({"standing": standing, "csrf_token": "token"})
    return Template(f"{{% load documents %}}{tag}").render(context)


def test_documents_of_shows_the_form_to_who_may(world: World, now: datetime) -> None:
    tag = '{% documents_of "partnership:fairmead" %}'
    assert "You can attach the first document" in shown(world, world.manager, now, tag)
    assert "Attach the document" not in shown(world, world.bob, now, tag)
    without = '{% documents_of "partnership:fairmead" may_attach=False %}'
    assert "Attach the document" not in shown(world, world.manager, now, without)
    assert "Nothing is attached that you can read" in shown(world, world.bob, now, '{% documents_of "nothing:1" %}')


def test_documents_of_shows_a_withdrawn_one_with_its_reason(world: World, now: datetime) -> None:
    withdraw(document=attached(world, now=now), reason="It named a family.", by=world.manager, now=now)
    page = shown(world, world.bob, now, '{% documents_of "partnership:fairmead" %}')
    assert "Withdrawn" in page
    assert "It named a family." in page


@pytest.mark.parametrize("person", ["bob", "manager"])
def test_documents_of_costs_the_same_for_one_and_three(world: World, now: datetime, person: str) -> None:
    reader, costs = getattr(world, person), []
    for more in (1, 2):
        for number in range(more):
            attached(world, now=now, title=f"{more} {number}")
        with CaptureQueriesContext(connection) as captured:
            shown(world, reader, now, '{% documents_of "partnership:fairmead" %}')
        costs.append(len(captured))
    assert costs[0] == costs[1]
