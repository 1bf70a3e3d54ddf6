"""Pages of a business manager from form to trail, and reads that emergency access alone made possible."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.workspace.fairmead import Fairmead
from trefoil.access.enums import Permission
from trefoil.access.operations import break_glass
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.models import Group, Person

ClientFor = Callable[[Person], Client]


def form(**named: object) -> dict[str, object]:
    today = timezone.localdate()
    return {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year, **named}


@pytest.fixture
def manager(fairmead: Fairmead, client_for: ClientFor) -> Client:
    return client_for(fairmead.world.manager)


def test_new_person_gets_a_letter_with_a_link_that_works(manager: Client, fairmead: Fairmead, client: Client) -> None:
    sent = form(name="Hazel Thorn", email="hazel@example.org", kind="reader")
    answer = manager.post("/fairmead/people/new/", sent, follow=True)
    assert "Hazel Thorn is Reader of published figures from" in answer.content.decode()
    (letter,) = mail.outbox
    assert letter.to == ["hazel@example.org"]
    (link,) = [line for line in letter.body.splitlines() if line.startswith("http")]
    assert link not in answer.content.decode()
    assert "Set a password" in client.get("/" + link.split("/", 3)[3], follow=True).content.decode()


def test_known_address_gets_the_duty_and_no_letter(manager: Client, fairmead: Fairmead) -> None:
    sent = form(name="Somebody", email="charlie@example.org", kind="reader")
    text = manager.post("/fairmead/people/new/", sent, follow=True).content.decode()
    assert "There was an account under this address" in text
    assert "Harbury" not in text
    assert mail.outbox == []


def test_new_person_with_mistakes_is_told_at_the_field(manager: Client, fairmead: Fairmead) -> None:
    text = manager.post("/fairmead/people/new/", form(kind="agency_lead")).content.decode()
    for words in ("Enter their full name.", "Enter their e-mail address.", "This duty is held for an agency."):
        assert text.count(words) >= 2
    assert not Person.objects.filter(name="").exists()


def test_link_to_give_a_duty_names_the_person_by_key_and_never_by_address(manager: Client, fairmead: Fairmead) -> None:
    """An address of a page ends up in logs and histories, where a personal e-mail address does not belong."""
    world = fairmead.world
    text = manager.get(f"/fairmead/people/{world.bob.pk}/").content.decode()
    hrefs = re.findall(r'href="([^"]*)"', text)
    assert f"/fairmead/duties/give/?person={world.bob.pk}" in hrefs
    assert not [href for href in hrefs if "@" in unquote(href)]
    form = manager.get(f"/fairmead/duties/give/?person={world.bob.pk}").context["form"]
    assert form["email"].value() == world.bob.email


@pytest.mark.parametrize("asked", ["charlie", "bob@example.org", "99999999", "9" * 40, "-1"])
def test_duty_form_for_somebody_outside_is_404(manager: Client, fairmead: Fairmead, asked: str) -> None:
    person = fairmead.world.charlie.pk if asked == "charlie" else asked
    assert manager.get("/fairmead/duties/give/", {"person": person}).status_code == 404


@pytest.mark.parametrize("page", ["duties/give/", "people/new/"])
def test_forms_take_no_e_mail_address_from_their_own_address(manager: Client, page: str) -> None:
    form = manager.get(f"/fairmead/{page}", {"email": "bob@example.org"}).context["form"]
    assert not form["email"].value()


def test_access_is_ended_after_a_question(manager: Client, fairmead: Fairmead) -> None:
    where = f"/fairmead/people/{fairmead.world.bob.pk}/end-access/"
    assert "Agency safeguarding lead" in manager.get(where).content.decode()
    assert fairmead.world.bob.duties.get().ends_on is None
    assert "has no access to this partnership any more" in manager.post(where, follow=True).content.decode()
    assert "holds no duty in this partnership" in manager.post(where).content.decode()


def test_group_is_added_and_a_circle_refused(manager: Client, fairmead: Fairmead) -> None:
    sent = {"name": "Audit panel", "kind": "panel", "reports_to": fairmead.quality.pk}
    assert "Audit panel" in manager.post("/fairmead/groups/new/", sent, follow=True).content.decode()
    made = Group.objects.get(slug="audit-panel")
    text = manager.post("/fairmead/groups/executive/reports-to/", {"reports_to": made.pk}).content.decode()
    assert "comes to report to" in text
    assert Group.objects.get(slug="executive").reports_to is None


def test_read_by_emergency_access_alone_says_so(fairmead: Fairmead, client_for: ClientFor) -> None:
    world = fairmead.world
    client = client_for(world.bob)
    pages = {f"/fairmead/agencies/{world.police.pk}/": True, f"/fairmead/agencies/{world.social_care.pk}/": False}
    for permission in (Permission.READ_ALL_RETURNS, Permission.READ_TRAIL):
        break_glass(
            partnership=world.fairmead,
            permission=permission,
            reason="A child of another agency's is at risk tonight",
            lasting=timedelta(hours=1),
            by=world.bob,
            now=timezone.now(),
        )
    pages |= {"/fairmead/trail/": True, "/fairmead/people/": False, f"/fairmead/returns/{fairmead.late.pk}/": False}
    for page, opened in pages.items():
        assert client.get(page).status_code == 200, page
        event = AuditEvent.objects.filter(event=EventType.RECORD_READ, actor=world.bob.pk).first()
        assert event.detail == ({"opened": True} if opened else {}), page


@pytest.mark.parametrize(
    ("who", "page", "key"),
    [
        ("manager", "people/{charlie}/", "pk"),
        ("manager", "people/{charlie}/end-access/", "pk"),
        ("manager", "duties/give/?person={charlie}", "pk"),
        ("manager", "duties/999999/end/", "pk"),
        ("manager", "agencies/999999/", "agency_id"),
        ("manager", "agencies/999999/leave/", "agency_id"),
        ("manager", "groups/nowhere/", "slug"),
        ("manager", "publication/999999.csv", "pk"),
        ("bob", "figures/indicator/ED08/commentary/", "indicator"),
    ],
)
def test_record_that_is_not_the_readers_is_404_with_one_refusal_on_the_trail(
    fairmead: Fairmead, client_for: ClientFor, who: str, page: str, key: str
) -> None:
    world = fairmead.world
    person = getattr(world, who)
    address = f"/fairmead/{page.format(charlie=world.charlie.pk)}"
    assert client_for(person).get(address).status_code == 404
    row = AuditEvent.objects.get(event=EventType.REFUSED)
    assert (row.actor, row.partnership) == (person.pk, "fairmead")
    assert set(row.detail) == {"asked_for", key}


def test_ending_somebody_elses_emergency_access_is_refused_on_the_trail(
    fairmead: Fairmead, client_for: ClientFor
) -> None:
    assert client_for(fairmead.world.alice).post("/fairmead/emergency/999999/end/").status_code == 404
    assert AuditEvent.objects.get(event=EventType.REFUSED).detail["pk"] == "999999"
