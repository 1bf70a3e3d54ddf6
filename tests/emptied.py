"""The database emptied after a test with real transactions: rows are taken from the tables that hold some.

Django empties all hundred and sixty tables, and then makes the kinds of content and the permissions anew, which are the
same ones each time. Here those stay.
"""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Made by migrations or by Django after them, and written by no test.
STAY = {"django_migrations", "django_content_type", "auth_permission"}
TRAIL = "audit_auditevent"
# SQLite joins five hundred questions at most.
AT_ONCE = 400


def empty_database() -> None:
    """Take every row of every table but those of `STAY`."""
    filled = filled_tables()
    with _unguarded(is_needed=TRAIL in filled), transaction.atomic(), connection.cursor() as cursor:
        # Keys to other rows are looked at when the transaction ends, so the order of the tables does not matter.
        for name in filled:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")


def filled_tables() -> list[str]:
    """The tables, but those of `STAY`, that hold a row."""
    names = sorted(set(connection.introspection.table_names()) - STAY)
    found: list[str] = []
    for start in range(0, len(names), AT_ONCE):
        found += _filled_of(names[start : start + AT_ONCE])
    return found


def _filled_of(names: list[str]) -> list[str]:
    quote = connection.ops.quote_name
    asked = (f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {quote(name)})" for place, name in enumerate(names))
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [names[place] for (place,) in cursor.fetchall()]


@contextmanager
def _unguarded(*, is_needed: bool) -> Iterator[None]:
    """The trail's own triggers refuse to lose a line. They are off for this moment alone."""
    append_only = importlib.import_module("trefoil.audit.migrations.0002_append_only")
    if not is_needed:
        yield
        return
    with connection.schema_editor() as editor:
        append_only.down(None, editor)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            append_only.up(None, editor)
