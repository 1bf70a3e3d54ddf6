"""`trefoil prepare` on an empty database, in a process of its own."""

import os
import sqlite3
import subprocess
import sys


def test_prepare_makes_tables_and_the_shared_cache_and_can_be_run_again(tmp_path):
    environment = {"PATH": os.environ["PATH"], "TREFOIL_MODE": "demo", "TREFOIL_HOME": str(tmp_path)}
    for _ in range(2):
        command = [sys.executable, "manage.py", "prepare"]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert ran.stdout.endswith("The database is ready\n")
    with sqlite3.connect(tmp_path / "demo.sqlite3") as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    database.close()
    assert {"cache", "people_person", "audit_auditevent", "mfa_authenticator", "usersessions_usersession"} <= tables
