"""Drafts: kept sealed, only ever their writer's, gone when the form is sent or after 90 days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.field_encryption import LostKeyError, open_text
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.editing.models import Draft
from trefoil.editing.operations import MOST_DRAFTS, delete_old_drafts, empty_draft, keep_draft
from trefoil.editing.queries import draft_of
from trefoil.editing.sealing import seal_drafts_again
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
KEEP, EMPTY = "/fairmead/drafts/keep/", "/fairmead/drafts/empty/"
WORDS = {"words": ["We agreed to look again in May."]}


def kept(world: World, now: datetime, by: Person | None = None, key: str = "note:1") -> Draft:
    return keep_draft(partnership=world.fairmead, key=key, fields=WORDS, by=by or world.alice, now=now)


def words_of(world: World, person: Person, now: datetime, key: str = "note:1") -> dict[str, list[str]] | None:
    return draft_of(standing_of(person, world.fairmead, now=now), key).fields


def test_keep_draft_seals_and_gives_back(world: World, now: datetime) -> None:
    draft = kept(world, now)
    assert "May" not in draft.sealed_fields
    assert words_of(world, world.alice, now) == WORDS


def test_keep_draft_again_replaces_the_words(world: World, now: datetime) -> None:
    kept(world, now)
    later = keep_draft(
        partnership=world.fairmead, key="note:1", fields={"words": ["More"]}, by=world.alice, now=now + timedelta(1)
    )
    assert Draft.objects.get() == later
    assert words_of(world, world.alice, now) == {"words": ["More"]}


def test_draft_is_its_writers_alone(world: World, now: datetime) -> None:
    kept(world, now)
    assert words_of(world, world.bob, now) is None
    assert words_of(world, world.manager, now) is None
    assert words_of(world, world.alice, now, "note:2") is None


@pytest.mark.parametrize("key", ["", "note", "Note:1", "note:1 ", "note:" + "x" * 200, "note:../1", "note:1:2:3:4:5"])
def test_keep_draft_of_no_form_is_refused(world: World, now: datetime, key: str) -> None:
    with pytest.raises(NotAllowedError, match="no form of this name"):
        kept(world, now, key=key)


def test_keep_draft_too_long_or_too_many_is_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="too long"):
        keep_draft(partnership=world.fairmead, key="note:1", fields={"words": ["x" * 100_001]}, by=world.alice, now=now)
    Draft.objects.bulk_create(
        Draft(person=world.alice, partnership=world.fairmead, key=f"note:{n}", sealed_fields="", saved_at=now)
        for n in range(MOST_DRAFTS)
    )
    with pytest.raises(NotAllowedError, match="100 drafts"):
        kept(world, now, key="note:new")
    assert kept(world, now, key="note:1").saved_at == now
    assert kept(world, now, by=world.bob, key="note:new")


def test_empty_draft_takes_the_writers_own(world: World, now: datetime) -> None:
    kept(world, now)
    whose = {"partnership": world.fairmead, "key": "note:1", "now": now}
    assert not empty_draft(by=world.bob, **whose)
    assert empty_draft(by=world.alice, **whose)
    assert not empty_draft(by=world.alice, **whose)


def test_delete_old_drafts_after_90_days_and_not_before(world: World, now: datetime) -> None:
    kept(world, now - timedelta(days=90))
    kept(world, now - timedelta(days=90, minutes=1), by=world.bob)
    assert delete_old_drafts(by=None, now=now) == 1
    assert Draft.objects.get().person == world.alice
    (event,) = AuditEvent.objects.filter(event=EventType.DRAFTS_EXPIRED)
    assert event.detail == {"number": 1}
    assert delete_old_drafts(by=None, now=now) == 0
    assert AuditEvent.objects.filter(event=EventType.DRAFTS_EXPIRED).count() == 1


def test_delete_old_drafts_command_says_how_many(world: World) -> None:
    kept(world, timezone.now() - timedelta(days=91))
    said = StringIO()
    call_command("delete_old_drafts", stdout=said)
    assert said.getvalue() == "1 draft deleted\n"


def test_draft_under_a_lost_key_is_as_good_as_none(world: World, now: datetime, settings: object) -> None:
    kept(world, now)
    settings.FIELD_KEYS = ["another key of at least thirty-two signs"]
    assert words_of(world, world.alice, now) is None


def test_seal_again_puts_drafts_under_the_new_key(world: World, now: datetime, settings: object) -> None:
    old, new = "the old key of at least thirty-two signs", "the new key of at least thirty-two signs"
    settings.FIELD_KEYS = [old]
    kept(world, now)
    settings.FIELD_KEYS = [new, old]
    said = StringIO()
    call_command("seal_again", stdout=said)
    assert said.getvalue() == "1 sealed with the newest key\n"
    settings.FIELD_KEYS = [new]
    assert words_of(world, world.alice, now) == WORDS
    settings.FIELD_KEYS = [old]
    with pytest.raises(LostKeyError):
        seal_drafts_again()
    with pytest.raises(LostKeyError):
        open_text(Draft.objects.get().sealed_fields)


def test_keep_page_keeps_and_says_when(world: World, client_for: ClientFor, settings: object) -> None:
    client = client_for(world.alice)
    answer = client.post(KEEP, {"draft_key": "note:7", "words": "Half a sent", "csrfmiddlewaretoken": "x"})
    assert answer.status_code == 200
    told = answer.json()
    assert told["kept_at"] == f"{timezone.localtime(Draft.objects.get().saved_at):%H:%M}"
    # Keeping a draft is using the session, and the page has to know it.
    assert settings.SESSION_IDLE_SECONDS - 60 < told["seconds"] <= settings.SESSION_IDLE_SECONDS
    assert words_of(world, world.alice, timezone.now(), "note:7") == {"words": ["Half a sent"]}


def test_keep_page_says_why_not(world: World, client_for: ClientFor) -> None:
    answer = client_for(world.alice).post(KEEP, {"draft_key": "?", "words": "Half"})
    assert (answer.status_code, answer.json()) == (400, {"why_not": "There is no form of this name."})


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [("/fairmead/notes/1/?a=b", "/fairmead/notes/1/?a=b"), ("https://evil.example/fairmead/", "/fairmead/")],
)
def test_empty_page_empties_and_stays_here(
    world: World, client_for: ClientFor, now: datetime, path: str, leads_to: str
) -> None:
    kept(world, now)
    answer = client_for(world.alice).post(EMPTY, {"draft_key": "note:1", "draft_path": path})
    assert (answer.status_code, answer["Location"]) == (302, leads_to)
    assert not Draft.objects.exists()
