"""Words that were typed and not sent: kept while they are typed, there again after the session has ended."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.editing.planted import Note, change_note, make_note, planted_urls, table_of_notes
from tests.world import World, build_world
from trefoil.access import session
from trefoil.access.session import SEEN_KEY
from trefoil.editing.models import Draft

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
SignIn = Callable[..., None]
Check = Callable[[Page], None]


@pytest.fixture
def world(transactional_db: None, settings: object) -> Iterator[World]:
    """The world, with a table of notes and their pages."""
    with table_of_notes():
        settings.ROOT_URLCONF = planted_urls()
        yield build_world(now=timezone.now())


def looked_at(page: Page, check: Check, name: str) -> None:
    check(page)
    if folder := os.environ.get("TREFOIL_PICTURES"):
        page.screenshot(path=Path(folder) / f"drafts-{name}.png", full_page=True)


def end_sessions() -> None:
    """An hour passes without use."""
    for held in Session.objects.all():
        session = held.get_decoded()
        session[SEEN_KEY] -= timedelta(hours=2).total_seconds()
        held.session_data = Session.objects.encode(session)
        held.save()


def test_draft_outlives_a_timeout_and_a_new_sign_in(
    page: Page, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    note = make_note(world.bob, timezone.now())
    address = f"/fairmead/notes/{note.pk}/"
    sign_in(page, world.alice)
    page.goto(address)
    page.get_by_label("Words").fill("We agreed to look again in May.")
    expect(page.get_by_role("status")).to_contain_text("Kept as your draft at")
    looked_at(page, check_accessible, "kept")
    end_sessions()
    page.get_by_label("Words").fill("We agreed to look again in May, and to ask the schools.")
    expect(page.get_by_role("status")).to_contain_text("You have been signed out.")
    looked_at(page, check_accessible, "signed-out")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")

    sign_in(page, world.alice)
    page.goto(address)
    expect(page.get_by_label("Words")).to_have_value("We agreed to look again in May.")
    expect(page.get_by_role("status")).to_contain_text("You wrote this and did not send it.")
    looked_at(page, check_accessible, "back")
    sign_in(page, world.bob)
    page.goto(address)
    expect(page.get_by_label("Words")).to_have_value("First words")

    sign_in(page, world.alice)
    page.goto(address)
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url("/fairmead/")
    assert Note.objects.get().words == "We agreed to look again in May."
    assert not Draft.objects.exists()


@pytest.fixture
def _short_session(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight seconds for the hour, and a warning five before; every use counts."""
    settings.SESSION_IDLE_SECONDS = 8
    settings.SESSION_WARNING_SECONDS = 5
    monkeypatch.setattr(session, "SEEN_EVERY", 0)


@pytest.mark.usefixtures("_short_session")
def test_warning_before_the_session_ends_says_what_becomes_of_the_words(
    page: Page, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    note = make_note(world.bob, timezone.now())
    sign_in(page, world.manager)
    box = page.get_by_role("dialog", name="You are about to be signed out")
    page.goto(f"/fairmead/notes/{note.pk}/")
    page.get_by_label("Words").fill("Words that are kept.")
    expect(box).to_contain_text("You will be signed out in about", timeout=10_000)
    expect(page.get_by_role("status")).to_contain_text("Kept as your draft at")
    expect(box).to_contain_text("What you typed is kept as your draft.")
    expect(box).not_to_contain_text("lost")
    looked_at(page, check_accessible, "warned")
    expect(box).to_contain_text("You have been signed out. What you typed is kept as your draft.", timeout=10_000)
    expect(box).not_to_contain_text("lost")

    sign_in(page, world.manager)
    page.goto("/fairmead/people/new/")
    page.get_by_label("Name").fill("Somebody")
    expect(box).to_contain_text("What you typed and did not save will be lost.", timeout=10_000)
    expect(box).to_contain_text(
        "You have been signed out. What you typed and did not save is lost. Copy it first", timeout=10_000
    )

    sign_in(page, world.manager)
    page.goto("/fairmead/")
    expect(box).to_contain_text("You will be signed out in about", timeout=10_000)
    expect(box).not_to_contain_text("What you typed")


def test_draft_is_kept_on_leaving_and_emptied_by_a_button(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.alice)
    page.goto("/fairmead/notes/new/")
    page.get_by_label("Words").fill("Left at once.")
    page.goto("/fairmead/")
    page.goto("/fairmead/notes/new/")
    expect(page.get_by_label("Words")).to_have_value("Left at once.")
    page.get_by_role("button", name="Empty it").click()
    expect(page.get_by_text("What you had written and not sent is gone.")).to_be_visible()
    expect(page.get_by_label("Words")).to_have_value("")
    assert not Draft.objects.exists()


def test_sent_form_leaves_no_draft_although_one_was_on_its_way(page: Page, world: World, sign_in: SignIn) -> None:
    sign_in(page, world.alice)
    page.goto("/fairmead/notes/new/")
    page.get_by_label("Words").fill("Sent at once.")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange')); window.dispatchEvent(new Event('pagehide'))")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url("/fairmead/")
    assert not Draft.objects.exists()


def test_two_people_saving_see_both_versions(
    page: Page, phone: Page, world: World, sign_in: SignIn, check_accessible: Check
) -> None:
    note = make_note(world.bob, timezone.now())
    for shown, name in ((page, "desk"), (phone, "phone")):
        note.refresh_from_db()
        sign_in(shown, world.alice)
        shown.goto(f"/fairmead/notes/{note.pk}/")
        shown.get_by_label("Words").fill(f"Alice at the {name}")
        change_note(note=note, seen_version=note.version, by=world.bob, now=timezone.now(), words=f"Bob for the {name}")
        shown.get_by_role("button", name="Save").click()
        expect(shown.get_by_role("heading", level=1)).to_have_text("Somebody else has saved this")
        row = shown.get_by_role("row", name="Words")
        expect(row).to_contain_text(f"Bob for the {name}")
        expect(row).to_contain_text(f"Alice at the {name}")
        looked_at(shown, check_accessible, f"both-{name}")
        shown.get_by_role("button", name="Save mine over the newer version").click()
        expect(shown).to_have_url("/fairmead/")
        assert Note.objects.get().words == f"Alice at the {name}"
