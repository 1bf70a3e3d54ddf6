"""A worker that is killed in the middle of its work. Real processes, real kills, a real queue."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from tests.extracts.room.loaded import received, tables
from tests.indicators.test_returns_killed import address
from tests.world import build_world
from trefoil.audit.queries import verify_chain
from trefoil.extracts import spool, tasks
from trefoil.extracts.enums import ExtractState
from trefoil.extracts.models import Extract
from trefoil.extracts.storing import stored_folder

PATIENCE = 240

# The settings of the test, for a process of its own: its database and its folders.
WORKER = """
import os, sys
from trefoil.config import settings
from pathlib import Path
settings.EXTRACT_STORE, settings.EXTRACT_SPOOL = map(Path, sys.argv[1:3])
from django.core.management import execute_from_command_line
execute_from_command_line(["trefoil", "work", "--batch", "--interval", "0", "--no-startup-delay", "--verbosity", "0"])
"""


def worker() -> subprocess.Popen[bytes]:
    """`trefoil work --batch` in a process of its own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "trefoil.config.settings",
        "TREFOIL_MODE": "test",
        "TREFOIL_DATABASE": address(),
    }
    folders = [str(settings.EXTRACT_STORE), str(settings.EXTRACT_SPOOL)]
    return subprocess.Popen([sys.executable, "-c", WORKER, *folders], env=environment)


def wait_until(true: Callable[[], bool], child: subprocess.Popen[bytes]) -> bool:
    """Whether it came true while the child was still running."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and child.poll() is None:
        if true():
            return True
        time.sleep(0.01)
    return False


@pytest.mark.django_db(transaction=True)
def test_worker_killed_in_the_middle_leaves_an_extract_that_the_next_one_stores_once(
    now: datetime, tmp_path: Path, settings: object
) -> None:
    settings.EXTRACT_STORE, settings.EXTRACT_SPOOL = tmp_path / "store", tmp_path / "spool"
    extract = received(build_world(now=now), tables(), tmp_path / "sent", now=now)
    tasks.queue(extract)

    def is_storing() -> bool:
        extract.refresh_from_db()
        return extract.step.startswith("Working out")

    first = worker()
    assert wait_until(is_storing, first), "the first worker never came so far"
    first.send_signal(signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    extract.refresh_from_db()
    assert extract.state == ExtractState.CHECKING
    assert spool.has(extract.folder), "the raw file was lost with the worker"
    assert DBTaskResult.objects.running().count() == 1

    second = worker()
    assert second.wait(PATIENCE) == 0
    extract.refresh_from_db()
    met = list(DBTaskResult.objects.values_list("traceback", flat=True))
    assert (extract.state, extract.attempts) == (ExtractState.STORED, 2), met
    assert spool.folders() == []
    assert DBTaskResult.objects.running().count() == 0
    states = list(extract.moves.values_list("to_state", flat=True))
    assert states == ["received", "checking", "received", "checking", "stored"]
    assert [path.name for path in stored_folder(extract).parent.iterdir()] == [extract.folder]
    assert Extract.objects.stored().count() == 1
    assert verify_chain().is_whole
    connection.close()
