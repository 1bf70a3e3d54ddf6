"""A trigger against INSERT OR REPLACE, by which SQLite takes a row out without asking the trigger on deletion.

PostgreSQL needs none: what it does instead, ON CONFLICT DO UPDATE, is an update and is refused as one.
"""

from django.db import migrations

SQLITE_UP = """CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit_auditevent
    WHEN EXISTS (SELECT 1 FROM audit_auditevent
                 WHERE id = NEW.id OR sequence = NEW.sequence OR hash = NEW.hash)
    BEGIN SELECT RAISE(ABORT, 'the audit trail cannot be changed'); END"""
SQLITE_DOWN = "DROP TRIGGER audit_no_replace"


def _run(schema_editor, statement):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(statement)


def up(_apps, schema_editor):
    _run(schema_editor, SQLITE_UP)


def down(_apps, schema_editor):
    _run(schema_editor, SQLITE_DOWN)


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_dates_moved")]
    operations = [migrations.RunPython(up, down)]
