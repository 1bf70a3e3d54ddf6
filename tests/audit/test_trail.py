"""The trail: it grows in order, it cannot be changed, and a change made by force is found."""

import importlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from trefoil.audit.chain import BEGINNING, seal
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.audit.operations import record
from trefoil.audit.queries import verify_chain

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
append_only = importlib.import_module("trefoil.audit.migrations.0002_append_only")


class Actor:
    """Whoever did it, in a test that needs no account."""

    def __init__(self, pk: int, name: str) -> None:
        self.pk, self.name = pk, name


def written(count: int) -> list[AuditEvent]:
    """That many rows, a minute apart."""
    return [
        record(
            event=EventType.EXPORTED,
            by=Actor(7, "Alice"),
            now=AT + timedelta(minutes=number),
            subject=f"page:{number}",
            detail={"rows": number, "name": "Fairmead – ünïcode"},
        )
        for number in range(count)
    ]


@pytest.fixture
def unguarded(db):
    """The triggers are taken off, as somebody with the database's password could."""
    for statement in append_only.POSTGRES_DOWN if connection.vendor == "postgresql" else append_only.SQLITE_DOWN:
        by_force(statement)


def by_force(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_record_keeps_who_what_and_when_and_links_to_the_row_before(db):
    first, second = written(2)
    assert (first.sequence, second.sequence) == (1, 2)
    assert first.previous_hash == BEGINNING
    assert second.previous_hash == first.hash
    stored = AuditEvent.objects.get(sequence=2)
    assert (stored.actor, stored.actor_name, stored.at) == (7, "Alice", AT + timedelta(minutes=1))
    assert stored.detail == {"rows": 1, "name": "Fairmead – ünïcode"}


def test_record_is_undone_with_the_operation_that_failed(db):
    written(1)

    @transaction.atomic
    def operation_that_fails() -> None:
        written(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        operation_that_fails()
    assert AuditEvent.objects.count() == 1
    written(1)
    assert verify_chain().is_whole


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET reason = 'x'",
        "UPDATE audit_auditevent SET actor_name = 'x' WHERE sequence = 1",
        "DELETE FROM audit_auditevent",
        "DELETE FROM audit_auditevent WHERE sequence = 2",
    ],
)
def test_raw_sql_cannot_change_or_delete(db, statement):
    written(2)
    with pytest.raises(DatabaseError, match="audit trail cannot be"), transaction.atomic():
        by_force(statement)
    assert verify_chain().rows == 2


# Each database has its own ways of writing over a row that is there.
OVERWRITING = {
    "sqlite": [
        "INSERT OR REPLACE INTO audit_auditevent SELECT id, {others} FROM audit_auditevent WHERE sequence = 2",
        "INSERT OR REPLACE INTO audit_auditevent SELECT id + 90, {others} FROM audit_auditevent WHERE sequence = 2",
        "REPLACE INTO audit_auditevent SELECT id, {others} FROM audit_auditevent WHERE sequence = 2",
        "UPDATE OR REPLACE audit_auditevent SET sequence = 1 WHERE sequence = 2",
    ],
    "postgresql": [
        "INSERT INTO audit_auditevent SELECT id, {others} FROM audit_auditevent WHERE sequence = 2"
        " ON CONFLICT (sequence) DO UPDATE SET reason = EXCLUDED.reason",
    ],
}
OTHERS = (
    "sequence, at, event, actor, actor_name, partnership, subject, detail, 'another' AS reason, previous_hash, hash"
)


def test_raw_sql_cannot_write_over_a_row(db):
    written(2)
    for statement in OVERWRITING[connection.vendor]:
        with pytest.raises(DatabaseError, match="audit trail cannot be"), transaction.atomic():
            by_force(statement.format(others=OTHERS))
        assert list(AuditEvent.objects.values_list("sequence", "reason")) == [(2, ""), (1, "")], statement
    written(1)
    assert verify_chain().rows == 3


@pytest.mark.parametrize("column", ["id", "sequence", "hash"])
def test_a_row_cannot_take_the_place_of_another_by_one_column(db, column):
    """One column in common is enough for SQLite to throw the old row out."""
    first, _ = written(2)
    fresh = {"id": 900, "sequence": 900, "hash": "9" * 64}
    names = [field.column for field in AuditEvent._meta.fields]
    row = {**AuditEvent.objects.filter(pk=first.pk).values().get(), **fresh, column: getattr(first, column)}
    row |= {"detail": "{}", "reason": "another"}
    marks = ", ".join(["%s"] * len(names))
    how = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(DatabaseError), transaction.atomic():
        by_force(
            f"{how} INTO audit_auditevent ({', '.join(names)}) VALUES ({marks})",
            *(row[name] for name in names),
        )
    assert AuditEvent.objects.get(pk=first.pk).reason == ""


def test_models_cannot_change_or_delete(db):
    (row,) = written(1)
    row.reason = "another"
    for attempt in (
        row.save,
        row.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(reason="x"),
        lambda: AuditEvent.objects.bulk_update([row], ["reason"]),
    ):
        with pytest.raises(DatabaseError, match="audit trail cannot be"), transaction.atomic():
            attempt()
    assert AuditEvent.objects.get().reason == ""


def test_verify_whole_trail(db):
    rows = written(5)
    verdict = verify_chain()
    assert (verdict.is_whole, verdict.rows, verdict.head) == (True, 5, rows[-1].hash)


def test_verify_empty_trail_is_whole(db):
    assert verify_chain().is_whole


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", 8),
        ("actor_name", "Alicf"),
        ("event", "refused"),
        ("partnership", "f"),
        ("subject", "page:9"),
        ("detail", json.dumps({"rows": 2, "name": "Fairmead – ünïcode"})),
        ("reason", "."),
        ("at", "2026-11-22 10:00:00.000001+00:00"),
        ("previous_hash", "0" * 63 + "1"),
        ("hash", "0" * 64),
    ],
)
def test_verify_finds_one_changed_byte_in_any_column(unguarded, column, value):
    written(5)
    by_force(f"UPDATE audit_auditevent SET {column} = %s WHERE sequence = 2", value)
    verdict = verify_chain()
    assert (verdict.is_whole, verdict.broken_at) == (False, 2)


def test_verify_finds_a_row_taken_out(unguarded):
    written(5)
    by_force("DELETE FROM audit_auditevent WHERE sequence = 3")
    verdict = verify_chain()
    assert (verdict.broken_at, verdict.why) == (4, "row 3 is missing")


def test_verify_finds_a_cut_end_only_with_the_head_noted_earlier(unguarded):
    head = written(5)[-1]
    by_force("DELETE FROM audit_auditevent WHERE sequence = 5")
    assert verify_chain().is_whole
    verdict = verify_chain(expected_sequence=5, expected_hash=head.hash)
    assert (verdict.is_whole, verdict.broken_at) == (False, 5)


def test_verify_finds_a_trail_written_anew_only_with_the_head_noted_earlier(unguarded):
    head = written(3)[-1]
    by_force("DELETE FROM audit_auditevent")
    for number in range(4):
        record(event=EventType.EXPORTED, by=None, now=AT, subject=f"another:{number}")
    assert verify_chain().is_whole
    assert verify_chain(expected_sequence=3, expected_hash=head.hash).broken_at == 3


def test_verify_audit_command_notes_the_head_and_compares_it_next_time(unguarded, tmp_path, capsys):
    note = tmp_path / "head"
    rows = written(3)
    call_command("verify_audit", "--head-file", str(note))
    assert note.read_text() == f"3 {rows[-1].hash}\n"
    assert "The audit trail is whole: 3 rows" in capsys.readouterr().out
    written(1)
    call_command("verify_audit", "--head-file", str(note))
    assert note.read_text().startswith("4 ")
    by_force("UPDATE audit_auditevent SET reason = 'x' WHERE sequence = 1")
    with pytest.raises(CommandError, match="broken at row 1"):
        call_command("verify_audit", "--head-file", str(note))
    assert note.read_text().startswith("4 ")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_unbroken_chain():
    """On SQLite the immediate transaction puts them in line, on PostgreSQL the advisory lock."""

    def write(number: int) -> int:
        try:
            return record(
                event=EventType.EXPORTED, by=Actor(number, "Alice"), now=AT, subject=f"page:{number}"
            ).sequence
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as writers:
        sequences = list(writers.map(write, range(40)))
    assert sorted(sequences) == list(range(1, 41))
    verdict = verify_chain()
    assert (verdict.is_whole, verdict.rows) == (True, 40)


SAID = {
    "sequence": 1,
    "at": AT,
    "event": "exported",
    "actor": 7,
    "actor_name": "Alice",
    "partnership": "fairmead",
    "subject": "page:1",
    "detail": {"a": 1, "b": [2]},
    "reason": "",
    "previous_hash": BEGINNING,
}


@given(st.sampled_from(["actor_name", "partnership", "subject", "reason"]), st.text(max_size=30))
def test_seal_differs_whenever_a_text_does(column, text):
    same = text == SAID[column]
    assert (seal(**SAID | {column: text}) == seal(**SAID)) is same


def test_seal_does_not_depend_on_the_order_of_the_detail_or_the_time_zone():
    turned = SAID | {"detail": {"b": [2], "a": 1}, "at": AT.astimezone()}
    assert seal(**turned) == seal(**SAID)


def test_seal_cannot_be_moved_between_neighbouring_columns():
    assert seal(**SAID | {"partnership": "fair", "subject": "meadpage:1"}) != seal(**SAID)
