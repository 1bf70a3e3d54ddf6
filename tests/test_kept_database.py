"""The kept database is what migrations make now."""

from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import kept_database
from tests.kept_database import copy_to


def test_tests_begin_with_every_migration_applied(db: None) -> None:
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_copy_to_puts_a_database_there_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        copy_to(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert (tmp_path / "one").stat().st_size > 1_000_000


def test_fingerprint_changes_with_the_command_that_makes_it(tmp_path: Path, monkeypatch) -> None:
    before = kept_database._fingerprint()
    changed = tmp_path / "prepare.py"
    changed.write_bytes(kept_database.PREPARE.read_bytes() + b"\n")
    monkeypatch.setattr(kept_database, "PREPARE", changed)
    assert kept_database._fingerprint() != before
