"""The sweep: what a crash left goes, what is being written stays, what is missing or changed is named."""

import os
from datetime import datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command

from tests.documents.attached import attached
from tests.world import World
from trefoil.documents import storage
from trefoil.documents.sweeping import GRACE, sweep


def left(name: str, at: datetime) -> None:
    path = storage.root() / name
    path.write_bytes(b"left behind")
    os.utime(path, (at.timestamp(), at.timestamp()))


def test_sweep_removes_old_orphans_alone(world: World, now: datetime) -> None:
    held = attached(world, now=now).versions.get()
    os.utime(storage.place(held.key), (0, 0))
    young = uuid4().hex
    left(uuid4().hex, now - GRACE - timedelta(seconds=1))
    left(f"{uuid4().hex}.part", now - GRACE - timedelta(seconds=1))
    left(young, now - GRACE + timedelta(seconds=1))
    assert sweep(now=now).removed == 2
    assert {path.name for path in storage.root().iterdir()} == {held.key.hex, young}


def test_sweep_names_what_is_missing_and_changed(world: World, now: datetime) -> None:
    gone, other = attached(world, now=now).versions.get(), attached(world, now=now).versions.get()
    assert sweep(now=now) == sweep(now=now)
    storage.remove(gone.key)
    storage.place(other.key).write_bytes(b"something else")
    swept = sweep(now=now)
    assert (swept.missing, swept.changed) == ((gone,), (other,))


def test_command_says_what_it_did(world: World, now: datetime) -> None:
    version = attached(world, now=now).versions.get()
    out = StringIO()
    call_command("sweep_documents", stdout=out)
    assert out.getvalue() == "Files that no document names, removed: 0\n"
    storage.remove(version.key)
    with pytest.raises(SystemExit):
        call_command("sweep_documents", stdout=out)
    assert "Missing: document:" in out.getvalue()
