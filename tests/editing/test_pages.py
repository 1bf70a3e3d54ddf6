"""A form that was not sent comes back; two people who save one record both see both versions."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.test import Client

from tests.editing.planted import Note, change_note, make_note
from tests.world import World
from trefoil.editing.comparison import compared
from trefoil.editing.models import Draft
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
KEEP = "/fairmead/drafts/keep/"


def sent(**changed: object) -> dict[str, object]:
    due = {"due_on_day": "3", "due_on_month": "5", "due_on_year": "2026"}
    return {"seen_version": 1, "words": "Alice’s words", "kind": "late", **due, **changed}


def test_form_without_a_draft_shows_the_record(
    note_pages: None, world: World, client_for: ClientFor, now: datetime
) -> None:
    note = make_note(world.bob, now)
    text = client_for(world.alice).get(f"/fairmead/notes/{note.pk}/").content.decode()
    assert "First words" in text
    assert f'data-draft="note:{note.pk}"' in text
    assert "You wrote this and did not send it" not in text


@pytest.mark.parametrize(
    ("saved", "written", "said"),
    [("52000.00", "52000", "52,000"), ("52000.50", "52000.5", "52,000.5"), ("0.00", "0", "0"), ("-5.0", "-5", "-5")],
)
def test_sums_that_are_equal_are_said_alike(saved: str, written: str, said: str) -> None:
    form = SumForm({"paid": written})
    assert form.is_valid()
    (line,) = compared(form, {"paid": Decimal(saved)}, {})
    assert (line.saved, line.written, line.is_same) == (said, said, True)


class SumForm(forms.Form):
    paid = forms.DecimalField()


def test_draft_fills_every_kind_of_field(note_pages: None, world: World, client_for: ClientFor) -> None:
    client = client_for(world.alice)
    client.post(
        KEEP,
        {
            "draft_key": "note:new",
            "words": "Half",
            "kinds": ["early", "late"],
            "is_open": "on",
            "due_on_day": "3",
            "due_on_month": "ma",
            "due_on_year": "",
        },
    )
    text = client.get("/fairmead/notes/new/").content.decode()
    assert "You wrote this and did not send it. It was kept at" in text
    assert text.count("checked") == 3
    assert ">\nHalf</textarea>" in text
    assert 'value="ma"' in text


def test_draft_of_ticks_taken_away_stays_without_them(note_pages: None, world: World, client_for: ClientFor) -> None:
    client = client_for(world.alice)
    client.post(KEEP, {"draft_key": "note:new", "words": "Half"})
    assert "checked" not in client.get("/fairmead/notes/new/").content.decode()


def test_sending_the_form_empties_the_draft(note_pages: None, world: World, client_for: ClientFor) -> None:
    client = client_for(world.alice)
    client.post(KEEP, {"draft_key": "note:new", "words": "Half"})
    assert client.post("/fairmead/notes/new/", {"words": "Whole"}).status_code == 302
    assert not Draft.objects.exists()


def test_form_with_an_error_is_kept_without_a_script(note_pages: None, world: World, client_for: ClientFor) -> None:
    client = client_for(world.alice)
    answer = client.post("/fairmead/notes/new/", {"words": "Mine", "due_on_day": "40"})
    assert answer.status_code == 200
    text = client.get("/fairmead/notes/new/").content.decode()
    assert ">\nMine</textarea>" in text
    assert 'value="40"' in text


def test_form_too_long_to_keep_still_answers(note_pages: None, world: World, client_for: ClientFor) -> None:
    answer = client_for(world.alice).post("/fairmead/notes/new/", {"words": "x" * 100_001, "due_on_day": "40"})
    assert answer.status_code == 200
    assert not Draft.objects.exists()


def test_second_saver_sees_both_versions_and_loses_nothing(
    note_pages: None, world: World, client_for: ClientFor, now: datetime
) -> None:
    note = make_note(world.bob, now, due_on=date(2026, 5, 3))
    client, page = client_for(world.alice), f"/fairmead/notes/{note.pk}/"
    change_note(note=note, seen_version=1, by=world.bob, now=now, words="Bob’s words")
    answer = client.post(page, sent(action="approve"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Bob saved <strong>Minutes of March</strong> at 10:00 on 22 November 2026" in text
    assert "2 fields differ from what you sent." in text
    for words in ("Bob’s words", "Alice’s words", "Early help", "Late help", "3 May 2026"):
        assert words in text
    assert text.count('<tr role="row" class="govuk-table__row ed-differs">') == 2
    assert '<input type="hidden" name="action" value="approve">' in text
    assert 'name="seen_version" value="2"' in text
    assert Note.objects.get().words == "Bob’s words"
    # The words are a draft too, written against the version that was seen: coming back to them overwrites nothing.
    again = client.get(page).content.decode()
    assert ">\nAlice’s words</textarea>" in again
    assert 'name="seen_version" value="1"' in again


def test_second_saver_saves_over_the_newer_knowingly(
    note_pages: None, world: World, client_for: ClientFor, now: datetime
) -> None:
    note = make_note(world.bob, now)
    client, page = client_for(world.alice), f"/fairmead/notes/{note.pk}/"
    change_note(note=note, seen_version=1, by=world.bob, now=now, words="Bob’s words")
    client.post(page, sent())
    assert client.post(page, sent(seen_version=2)).status_code == 302
    held = Note.objects.get()
    assert (held.words, held.version, held.changed_by) == ("Alice’s words", 3, world.alice)
    assert not Draft.objects.exists()


def test_third_version_is_shown_again(note_pages: None, world: World, client_for: ClientFor, now: datetime) -> None:
    note = make_note(world.bob, now)
    client, page = client_for(world.alice), f"/fairmead/notes/{note.pk}/"
    for version in (1, 2):
        change_note(note=note, seen_version=version, by=world.bob, now=now, words=f"Bob’s words {version}")
    assert "Bob’s words 2" in client.post(page, sent(seen_version=2)).content.decode()


def test_same_words_twice_say_that_there_is_nothing_to_choose(
    note_pages: None, world: World, client_for: ClientFor, now: datetime
) -> None:
    note = make_note(world.bob, now)
    client, page = client_for(world.alice), f"/fairmead/notes/{note.pk}/"
    change_note(note=note, seen_version=1, by=world.bob, now=now, words="Same", due_on=None)
    text = client.post(page, {"seen_version": 1, "words": "Same", "kind": "early"}).content.decode()
    assert "there is nothing to choose" in text
    assert "Nothing</td>" in text


def test_form_without_its_version_is_an_error_in_words(
    note_pages: None, world: World, client_for: ClientFor, now: datetime
) -> None:
    note = make_note(world.bob, now)
    answer = client_for(world.alice).post(f"/fairmead/notes/{note.pk}/", sent(seen_version=""))
    assert answer.status_code == 200
    assert "Load this page again" in answer.content.decode()
