"""Saving what somebody else may be saving: one takes, the other is told, on both databases."""

import threading
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from tests.editing.planted import Note, change_note, make_note, table_of_notes
from tests.world import World, build_world
from trefoil.access.errors import NotAllowedError
from trefoil.editing.models import Draft
from trefoil.editing.versions import ChangedMeanwhileError


def test_save_takes_and_counts_up(notes: None, world: World, now: datetime) -> None:
    note = make_note(world.alice, now)
    change_note(note=note, seen_version=1, by=world.bob, now=now, words="Second words")
    held = Note.objects.get()
    assert (held.words, held.version, held.changed_by, held.changed_at) == ("Second words", 2, world.bob, now)
    assert (note.words, note.version, note.changed_by) == ("Second words", 2, world.bob)


def test_save_of_an_old_version_writes_nothing_and_shows_the_newer(notes: None, world: World, now: datetime) -> None:
    note, stale = make_note(world.alice, now), Note.objects.get()
    change_note(note=note, seen_version=1, by=world.bob, now=now, words="Bob’s words")
    with pytest.raises(ChangedMeanwhileError, match="Bob has saved this since you opened it") as told:
        change_note(note=stale, seen_version=1, by=world.alice, now=now, words="Alice’s words")
    assert told.value.held.words == Note.objects.get().words == "Bob’s words"
    assert (stale.words, stale.version) == ("First words", 1)
    assert isinstance(told.value, NotAllowedError)


def test_save_of_a_record_that_is_gone_says_so(notes: None, world: World, now: datetime) -> None:
    note = make_note(world.alice, now)
    Note.objects.all().delete()
    with pytest.raises(ChangedMeanwhileError, match="not there any more") as told:
        change_note(note=note, seen_version=1, by=world.alice, now=now, words="Alice’s words")
    assert told.value.held is None


def test_save_by_a_command_leaves_moment_and_person_empty(notes: None, world: World, now: datetime) -> None:
    note = make_note(world.alice, now)
    change_note(note=note, seen_version=1, by=None, now=now, words="Loaded")
    held = Note.objects.get()
    assert (held.version, held.changed_at, held.changed_by) == (2, None, None)


def test_record_names_its_rule_after_itself() -> None:
    (rule,) = Note._meta.constraints
    assert rule.name == "planted_note_changed_by_somebody"


@pytest.mark.django_db(transaction=True)
def test_two_savers_at_once_are_one_saver_and_one_told(now: datetime) -> None:
    world = build_world(now=now)
    with table_of_notes():
        note = make_note(world.alice, now)
        start, said = threading.Barrier(2), []

        def save(words: str) -> None:
            try:
                own = Note.objects.get(pk=note.pk)
                start.wait(10)
                change_note(note=own, seen_version=1, by=world.bob, now=now, words=words)
                said.append("saved")
            except ChangedMeanwhileError:
                said.append("told")
            finally:
                connection.close()

        threads = [threading.Thread(target=save, args=[words]) for words in ("one", "two")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(said) == ["saved", "told"]
        assert Note.objects.get().version == 2


def test_draft_is_one_for_each_form(world: World, now: datetime) -> None:
    whose = {"person": world.alice, "partnership": world.fairmead, "key": "note:1", "saved_at": now}
    Draft.objects.create(**whose, sealed_fields="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(**whose, sealed_fields="y")
