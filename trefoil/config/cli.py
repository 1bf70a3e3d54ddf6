"""The command `trefoil`: Django's management commands under one name."""

import os
import secrets
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

# 1 says in the commands that read files that a file is refused, so what keeps a command from running is another.
NOT_RUN = 2


def main() -> None:
    """Run `trefoil COMMAND ...`; `trefoil help` lists the commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trefoil.config.settings")
    if needs_no_installation(sys.argv[1:]) and "TREFOIL_MODE" not in os.environ:
        # No database is opened and no secret is kept, so no file is left behind.
        os.environ |= {"TREFOIL_MODE": "demo", "TREFOIL_SECRET_KEY": secrets.token_urlsafe(64)}
    try:
        execute_from_command_line(["trefoil", *sys.argv[1:]])
    except ImproperlyConfigured as wrong:
        # In words, and not under forty lines of where in the code it was found.
        sys.exit(str(wrong))
    except DatabaseError:
        why = why_no_database()
        if not why:
            raise
        sys.stderr.write(f"{why}\n")
        sys.exit(NOT_RUN)


def needs_no_installation(arguments: list[str]) -> bool:
    """Whether the command touches files alone, as in an agency's pipeline on a machine without an installation."""
    if arguments[:1] == ["synthesise"]:
        return True
    return arguments[:1] in (["load_return"], ["load_extract"], ["load_finance"]) and "--dry-run" in arguments


def why_no_database() -> str:
    """In words, when the database cannot be opened or lacks tables of this version; else empty."""
    try:
        connection.close()
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as wrong:
        return f"The database cannot be opened ({str(wrong).splitlines()[0]}). Nothing was done."
    return (
        "The database is not set up for this version. Run `trefoil prepare` first. Nothing was done." if behind else ""
    )


if __name__ == "__main__":
    main()
