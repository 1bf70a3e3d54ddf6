"""`trefoil prepare`, in a process of its own."""

import sqlite3
import subprocess
import sys
from contextlib import closing

from tests.kept_database import copy_to, environment


def tables(home):
    with closing(sqlite3.connect(home / "test.sqlite3")) as database:
        return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_prepare_makes_tables_and_the_shared_cache_and_can_be_run_again(tmp_path):
    # Made by `trefoil prepare` in an empty folder, and made again when that command or a migration changes.
    copy_to(tmp_path / "test.sqlite3")
    made = tables(tmp_path)
    assert {"cache", "people_person", "audit_auditevent", "mfa_authenticator", "usersessions_usersession"} <= made
    command = [sys.executable, "manage.py", "prepare"]
    ran = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("The database is ready\n")
    assert tables(tmp_path) == made
