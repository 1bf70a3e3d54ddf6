"""What a test with real transactions leaves behind is taken away, and nothing else is."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction

from tests.emptied import STAY, empty_database, filled_tables
from tests.world import build_world
from trefoil.audit.models import AuditEvent


@pytest.mark.django_db(transaction=True)
def test_empty_database_leaves_what_migrations_made_and_guards_the_trail(now: datetime) -> None:
    build_world(now=now)
    assert {"people_person", "audit_auditevent"} <= set(filled_tables())
    permissions = Permission.objects.count()
    empty_database()
    assert filled_tables() == []
    assert Permission.objects.count() == permissions > 0
    build_world(now=now)
    # It cannot be emptied but by the function that takes the guard away.
    with pytest.raises(DatabaseError, match="the audit trail cannot be"), transaction.atomic():
        AuditEvent.objects.all()._raw_delete(connection.alias)


def test_what_stays_is_a_table(db: None) -> None:
    assert set(connection.introspection.table_names()) >= STAY
