"""Two people who change different fields of one record: each keeps what the other did not touch."""

import html
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client

from tests.editing.planted import Note, change_note, make_note
from tests.world import World
from trefoil.design.forms import DayMonthYearField
from trefoil.editing.merging import as_sent, told
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
FIELD = re.compile(r'<input type="hidden" name="(seen_\w+)" value="([^"]*)"')


def opened(client: Client, page: str) -> dict[str, str]:
    """The hidden words of the form as the page gives them."""
    return {name: html.unescape(value) for name, value in FIELD.findall(client.get(page).content.decode())}


def test_untouched_fields_take_what_the_other_saved(
    note_pages: None, world: World, client_for: ClientFor, now: datetime
) -> None:
    note = make_note(world.bob, now, due_on=date(2026, 5, 3))
    client, page = client_for(world.alice), f"/fairmead/notes/{note.pk}/"
    seen = opened(client, page)
    change_note(note=note, seen_version=1, by=world.bob, now=now, kind="late", due_on=date(2026, 6, 4))
    mine = {"words": "Alice’s words", "kind": "early"}
    due = {"due_on_day": "3", "due_on_month": "5", "due_on_year": "2026"}
    text = client.post(page, {**seen, **mine, **due}).content.decode()
    assert text.count("They changed it") == 2
    assert text.count("You changed it") == 1
    assert "Both changed it" not in text
    form = text[text.index("Both put together") :]
    assert re.search(r'<option value="late" selected', form)
    assert re.search(r'name="due_on_day"[^>]* value="4"', form)
    assert re.search(r'name="due_on_month"[^>]* value="6"', form)
    assert ">\nAlice’s words</textarea>" in form
    assert "Save both together" in form


def test_saving_both_together_keeps_both_peoples_changes(
    note_pages: None, world: World, client_for: ClientFor, now: datetime
) -> None:
    note = make_note(world.bob, now)
    client, page = client_for(world.alice), f"/fairmead/notes/{note.pk}/"
    seen = opened(client, page)
    change_note(note=note, seen_version=1, by=world.bob, now=now, kind="late")
    text = client.post(page, {**seen, "words": "Alice’s words", "kind": "early"}).content.decode()
    again = {name: html.unescape(value) for name, value in FIELD.findall(text)}
    assert again["seen_version"] == "2"
    assert client.post(page, {**again, "words": "Alice’s words", "kind": "late"}).status_code == 302
    held = Note.objects.get()
    assert (held.words, held.kind, held.version) == ("Alice’s words", "late", 3)


def test_third_saver_is_measured_against_what_the_page_showed(
    note_pages: None, world: World, client_for: ClientFor, now: datetime
) -> None:
    note = make_note(world.bob, now)
    client, page = client_for(world.alice), f"/fairmead/notes/{note.pk}/"
    seen = opened(client, page)
    change_note(note=note, seen_version=1, by=world.bob, now=now, kind="late")
    text = client.post(page, {**seen, "words": "Alice’s words", "kind": "early"}).content.decode()
    again = {name: html.unescape(value) for name, value in FIELD.findall(text)}
    change_note(note=note, seen_version=2, by=world.bob, now=now, kind="early")
    text = client.post(page, {**again, "words": "Alice’s words", "kind": "late"}).content.decode()
    assert re.search(r'<option value="early" selected', text)
    assert text.count("They changed it") == 1


def test_field_that_both_changed_keeps_mine_and_says_so(
    note_pages: None, world: World, client_for: ClientFor, now: datetime
) -> None:
    note = make_note(world.bob, now)
    client, page = client_for(world.alice), f"/fairmead/notes/{note.pk}/"
    seen = opened(client, page)
    change_note(note=note, seen_version=1, by=world.bob, now=now, words="Bob’s words")
    text = client.post(page, {**seen, "words": "Alice’s words", "kind": "early"}).content.decode()
    assert text.count("Both changed it") == 1
    assert ">\nAlice’s words</textarea>" in text
    assert "Save mine over the newer version" in text


@pytest.mark.parametrize("marks", ["", "{", "[1]", '{"words": 7}', '{"words": "made up"}', "null"])
def test_marks_that_are_missing_or_made_up_take_nothing_of_theirs(
    note_pages: None, world: World, client_for: ClientFor, now: datetime, marks: str
) -> None:
    note = make_note(world.bob, now)
    client, page = client_for(world.alice), f"/fairmead/notes/{note.pk}/"
    change_note(note=note, seen_version=1, by=world.bob, now=now, words="Bob’s words")
    sent = {"seen_version": 1, "seen_marks": marks, "words": "Alice’s words", "kind": "early"}
    answer = client.post(page, sent)
    assert answer.status_code == 409
    assert ">\nAlice’s words</textarea>" in answer.content.decode()


def test_draft_keeps_what_its_writer_had_seen(
    note_pages: None, world: World, client_for: ClientFor, now: datetime
) -> None:
    note = make_note(world.bob, now)
    client, page = client_for(world.alice), f"/fairmead/notes/{note.pk}/"
    seen = opened(client, page)
    client.post("/fairmead/drafts/keep/", {**seen, "draft_key": f"note:{note.pk}", "words": "Mine", "kind": "early"})
    change_note(note=note, seen_version=1, by=world.bob, now=now, kind="late")
    assert opened(client, page) == seen
    text = client.post(page, {**seen, "words": "Mine", "kind": "early"}).content.decode()
    assert re.search(r'<option value="late" selected', text)


def test_draft_kept_without_marks_is_never_measured_against_a_newer_version(
    note_pages: None, world: World, client_for: ClientFor, now: datetime
) -> None:
    note = make_note(world.bob, now)
    client, page = client_for(world.alice), f"/fairmead/notes/{note.pk}/"
    kept = {"draft_key": f"note:{note.pk}", "seen_version": "1", "words": "Mine", "kind": "early"}
    client.post("/fairmead/drafts/keep/", kept)
    change_note(note=note, seen_version=1, by=world.bob, now=now, words="Bob’s words")
    assert opened(client, page) == {"seen_version": "1"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, ""),
        (False, None),
        ("a\r\nb ", "a\nb"),
        (Decimal("52000.00"), 52000),
        ([3, 4], ["4", "3"]),
        (3, "3"),
        (time(10, 0), "10:00"),
    ],
)
def test_values_that_are_the_same_are_told_alike(one: object, other: object) -> None:
    assert told(one) == told(other)


@pytest.mark.parametrize(("one", "other"), [(None, 0), (False, True), ("a", "b"), ([3], []), (Decimal("0.5"), 5)])
def test_values_that_differ_are_told_apart(one: object, other: object) -> None:
    assert told(one) != told(other)


class EveryKind(forms.Form):
    words = forms.CharField()
    sure = forms.BooleanField(required=False)
    kinds = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    day = DayMonthYearField()
    number = forms.DecimalField()


def test_saved_values_are_written_as_the_form_would_send_them() -> None:
    values = {"words": "w", "sure": True, "kinds": ["a", "b"], "day": date(2026, 5, 3), "number": Decimal("1.50")}
    form, data = EveryKind(), QueryDict(mutable=True)
    for name, value in values.items():
        for key, texts in as_sent(form[name], value).items():
            data.setlist(key, texts)
    again = EveryKind(data)
    assert again.is_valid()
    assert again.cleaned_data == values
    assert as_sent(form["sure"], value=False) == {"sure": []}
