"""A load that is killed in the middle of its transaction leaves the database as it was. Real processes, real kills."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

from tests.indicators.returns_made import as_file, line, opened
from tests.world import build_world
from trefoil.audit.queries import verify_chain
from trefoil.indicators.models import AgencyReturn, Fault, Figure

ROWS = 4000
PATIENCE = 60


def address() -> str:
    """The test's database as the child process is told of it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    who = f"{settings['USER']}:{settings['PASSWORD']}@" if settings["PASSWORD"] else f"{settings['USER']}@"
    return f"postgresql://{who}{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


def begin(file: Path) -> subprocess.Popen[bytes]:
    """`trefoil load_return` in a process of its own."""
    command = [sys.executable, "-m", "trefoil.config.cli", "load_return", str(file), "--area", "Fairmead"]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "trefoil.config.settings",
        "TREFOIL_MODE": "test",
        "TREFOIL_DATABASE": address(),
    }
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def is_writing() -> bool:
    """Whether another process is inside a transaction that writes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE granted AND mode = 'RowExclusiveLock' "
                "AND relation = 'indicators_figure'::regclass AND pid <> pg_backend_pid()"
            )
            return bool(cursor.fetchone()[0])
    probe = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
    try:
        probe.execute("BEGIN IMMEDIATE")
        probe.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        probe.close()
    return False


def wait_until(true: Callable[[], bool], child: subprocess.Popen[bytes]) -> bool:
    """Whether it came true while the child was still running."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and child.poll() is None:
        if true():
            return True
        time.sleep(0.002)
    return False


def as_it_stands() -> tuple[int, int, int, list[str]]:
    """Figures, faults, rows of the trail, and the status of each return."""
    verdict = verify_chain()
    assert verdict.is_whole
    states = list(AgencyReturn.objects.order_by("pk").values_list("state", flat=True))
    return Figure.objects.count(), Fault.objects.count(), verdict.rows, states


@pytest.mark.django_db(transaction=True)
def test_load_killed_inside_its_transaction_leaves_nothing_and_can_be_run_again(now: datetime, tmp_path: Path) -> None:
    opened(build_world(now=now), now)
    file = tmp_path / "october.csv"
    rows = [line(numerator=7, breakdown=f"agency: team {number}") for number in range(ROWS)]
    file.write_bytes(as_file([line(numerator=90), line("FD12", 30), *rows]))
    before, killed = as_it_stands(), 0
    for delay in (0.0, 0.15, 0.4):
        child = begin(file)
        assert wait_until(is_writing, child), "the load never wrote"
        time.sleep(delay)
        if child.poll() is None and is_writing():
            child.send_signal(signal.SIGKILL)
            assert child.wait() == -signal.SIGKILL
            killed += 1
            assert as_it_stands() == before
        else:
            child.wait()
            break
    assert killed, "no process was killed inside its transaction"
    again = begin(file)
    assert again.wait(PATIENCE) == 0
    figures, _, trail, states = as_it_stands()
    assert (figures, states) == (ROWS + 2, ["open"])
    assert trail > before[2]
