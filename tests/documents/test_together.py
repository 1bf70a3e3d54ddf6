"""Versions of one document at the same moment: each gets a number of its own, or is told; no file is left behind."""

import threading
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.documents.attached import attached
from tests.world import build_world
from trefoil.access.errors import NotAllowedError
from trefoil.documents import storage
from trefoil.documents.models import Document
from trefoil.documents.operations import add_version

WRITERS = 3


@pytest.mark.django_db(transaction=True)
def test_versions_at_once_leave_a_file_for_each_row(now: datetime, settings: Any, tmp_path: Path) -> None:
    settings.DOCUMENT_STORE = tmp_path / "documents"
    world = build_world(now=now)
    document = attached(world, now=now)
    start, told = threading.Barrier(WRITERS), []

    def add(number: int) -> None:
        file = BytesIO(f"Version of writer {number}.".encode())
        try:
            start.wait(10)
            held = Document.objects.select_related("partnership").get(pk=document.pk)
            add_version(document=held, file=file, name=f"{number}.txt", by=world.manager, now=now)
        except NotAllowedError as error:
            told.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    versions = list(document.versions.order_by("number"))
    assert [one.number for one in versions] == list(range(1, len(versions) + 1))
    assert len(versions) + len(told) == WRITERS + 1
    assert all("added a version in the meantime" in words for words in told)
    assert {path.name for path in storage.root().iterdir()} == {one.key.hex for one in versions}
