"""What was typed into a form of the budget and not sent is there again; what was agreed stands above any draft."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client

from tests.budget.test_operations import agreed
from tests.budget.years import sample_year
from tests.world import World
from trefoil.budget.enums import EntryKind
from trefoil.budget.operations.entries import change_entry
from trefoil.editing.models import Draft
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
YEAR = "/fairmead/budget/2026/"
KEPT = "You wrote this and did not send it."


def shown(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_drafts_of_the_forms_of_a_year_come_back_to_their_writer_alone(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    year = sample_year(world, now=now)
    line = year.budgetlines.earliest("pk")
    manager = client_for(world.manager)
    forms = {
        f"{YEAR}line/new/": {"side": "spending", "item": "Half typed", "budget": "many"},
        f"{YEAR}line/{line.pk}/": {"which": "change", "side": "spending", "item": "Half typed", "seen_version": "x"},
        f"{YEAR}totals/": {"contingency": "Half typed", "contributions": "1,234", "seen_version": "1"},
        "/fairmead/budget/new/": {"first_year": "Half typed"},
    }
    for path, sent in forms.items():
        assert manager.post(path, sent).status_code == 200, path
        assert KEPT in shown(manager, path), path
        if path != "/fairmead/budget/new/":
            assert "Half typed" in shown(manager, path), path
    assert 'value="1,234"' in shown(manager, f"{YEAR}totals/")
    assert Draft.objects.filter(person=world.manager).count() == len(forms)


def test_draft_goes_when_the_form_is_sent(world: World, now: datetime, client_for: ClientFor) -> None:
    sample_year(world, now=now)
    manager = client_for(world.manager)
    manager.post(f"{YEAR}line/new/", {"side": "spending", "item": "Half", "budget": "many"})
    assert Draft.objects.exists()
    manager.post(f"{YEAR}line/new/", {"side": "spending", "item": "Whole", "budget": "100"})
    assert not Draft.objects.exists()


def test_reason_to_take_an_entry_out_leaves_its_draft_alone(world: World, now: datetime, client_for: ClientFor) -> None:
    line = sample_year(world, now=now).budgetlines.earliest("pk")
    manager, path = client_for(world.manager), f"{YEAR}line/{line.pk}/"
    manager.post(path, {"which": "change", "side": "spending", "item": "Half typed", "seen_version": "x"})
    answer = manager.post(path, {"which": "withdraw", "reason": "short"})
    assert "There is a problem" in answer.content.decode()
    assert "Half typed" in shown(manager, path)


def test_draft_does_not_show_over_what_was_agreed_since(world: World, now: datetime, client_for: ClientFor) -> None:
    one = sample_year(world, now=now).contributions.earliest("pk")
    manager, path = client_for(world.manager), f"{YEAR}contribution/{one.pk}/"
    sent = {"which": "change", "agreed": "77,777", "note": "Half a note", "paid": "many", "seen_version": "1"}
    manager.post(path, sent)
    assert "77,777" in shown(manager, path)
    agreed(world, now)
    page = shown(manager, path)
    assert "77,777" not in page
    assert "Half a note" in page


def test_draft_written_before_a_change_overwrites_nothing_unseen(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    line = sample_year(world, now=now).budgetlines.earliest("pk")
    manager, path = client_for(world.manager), f"{YEAR}line/{line.pk}/"
    sent = {"which": "change", "side": line.side, "item": "Mine", "budget": "many", "seen_version": "1"}
    manager.post(path, sent)
    fields = {"item": "Theirs"}
    change_entry(entry=line, kind=EntryKind.LINE, seen_version=1, fields=fields, by=world.manager, now=now)
    assert 'name="seen_version" value="1"' in shown(manager, path)
    answer = manager.post(path, {**sent, "budget": "100"})
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
