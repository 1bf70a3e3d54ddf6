"""What the pages do and write down, without a browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.workspace.fairmead import Fairmead
from trefoil.access.models import BrokenGlass
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.people.models import Duty, Person
from trefoil.people.operations import give_duty

ClientFor = Callable[[Person], Client]


def last_event() -> tuple[str, int | None, str]:
    event = AuditEvent.objects.first()
    return event.event, event.actor, event.subject


def test_home_of_one_partnership_leads_straight_there(fairmead: Fairmead, client_for: ClientFor) -> None:
    assert client_for(fairmead.world.bob).get("/")["Location"] == "/fairmead/"


def test_home_of_several_partnerships_is_a_choice(fairmead: Fairmead, client_for: ClientFor) -> None:
    world = fairmead.world
    give_duty(
        person=world.bob,
        partnership=world.harbury,
        kind=DutyKind.READER,
        starts_on=timezone.localdate(),
        by=None,
        now=timezone.now(),
    )
    text = client_for(world.bob).get("/").content.decode()
    assert 'href="/fairmead/"' in text
    assert 'href="/harbury/"' in text
    assert "Your other partnerships" in client_for(world.bob).get("/fairmead/").content.decode()
    assert "Your other partnerships" not in client_for(world.alice).get("/fairmead/").content.decode()


def test_home_without_a_duty_says_whom_to_ask(fairmead: Fairmead, client_for: ClientFor) -> None:
    text = client_for(fairmead.world.nobody).get("/").content.decode()
    assert "Ask the business manager" in text
    assert "nobody@example.org" in text


@pytest.mark.parametrize(
    ("page", "subject"),
    [
        ("people/", "people"),
        ("people/{bob}/", "person:{bob}"),
        ("trail/", "trail"),
        ("groups/quality/", "group:fairmead/quality"),
    ],
)
def test_reading_a_page_with_names_is_on_the_trail(
    page: str, subject: str, fairmead: Fairmead, client_for: ClientFor
) -> None:
    world = fairmead.world
    client_for(world.manager).get(f"/fairmead/{page.format(bob=world.bob.pk)}")
    assert last_event() == (EventType.RECORD_READ, world.manager.pk, subject.format(bob=world.bob.pk))


def test_refusal_is_on_the_trail(fairmead: Fairmead, client_for: ClientFor) -> None:
    assert client_for(fairmead.world.bob).get("/fairmead/trail/").status_code == 404
    assert last_event() == (EventType.REFUSED, fairmead.world.bob.pk, "trail")


def test_download_of_the_trail_is_on_the_trail_with_what_was_asked(fairmead: Fairmead, client_for: ClientFor) -> None:
    answer = client_for(fairmead.world.manager).get("/fairmead/trail/download/?kind=duty_given")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 1 + AuditEvent.objects.filter(partnership="fairmead", event="duty_given").count()
    assert last_event() == (EventType.EXPORTED, fairmead.world.manager.pk, "trail")
    assert AuditEvent.objects.first().detail == {"format": "csv", "kind": "duty_given"}


def test_trail_with_an_impossible_date_says_so(fairmead: Fairmead, client_for: ClientFor) -> None:
    address = "/fairmead/trail/?first_day_day=31&first_day_month=2&first_day_year=2026"
    assert "Enter a real date" in client_for(fairmead.world.manager).get(address).content.decode()


def test_trail_past_fifty_events_goes_on_to_a_second_page(fairmead: Fairmead, client_for: ClientFor) -> None:
    client = client_for(fairmead.world.manager)
    for _ in range(40):
        client.get("/fairmead/people/")
    assert "?page=2" in client.get("/fairmead/trail/").content.decode()
    assert "Partnership created" in client.get("/fairmead/trail/?page=2").content.decode()


def test_own_trail_holds_nothing_of_others(fairmead: Fairmead, client_for: ClientFor) -> None:
    client_for(fairmead.world.manager).get("/fairmead/people/")
    bob = client_for(fairmead.world.bob)
    bob.get(f"/fairmead/people/{fairmead.world.dana.pk}/")
    text = bob.get("/fairmead/trail/mine/").content.decode()
    assert "Dana" in text
    assert "The list of people" not in text


def test_emergency_access_opens_the_trail_until_it_is_ended(fairmead: Fairmead, client_for: ClientFor) -> None:
    bob = client_for(fairmead.world.bob)
    form = {"permission": "read_trail", "reason": "A child may be at risk tonight.", "hours": "2"}
    assert bob.post("/fairmead/emergency/open/", form).status_code == 302
    opening = BrokenGlass.objects.get()
    assert opening.ends_at - opening.opened_at == timedelta(hours=2)
    text = bob.get("/fairmead/trail/").content.decode()
    assert "You have emergency access until" in text
    assert bob.post(f"/fairmead/emergency/{opening.pk}/end/").status_code == 302
    assert bob.get("/fairmead/trail/").status_code == 404
    assert "You have emergency access until" not in bob.get("/fairmead/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": "Because."}, "Say why in at least 20 characters"),
        ({"permission": "manage_people"}, "Select a valid choice"),
        ({"hours": "5"}, "Select a valid choice"),
        ({"permission": ""}, "Choose what you need to see."),
    ],
)
def test_emergency_access_that_is_asked_for_wrongly_stays_shut(
    change: dict[str, str], words: str, fairmead: Fairmead, client_for: ClientFor
) -> None:
    form = {"permission": "read_trail", "reason": "A child may be at risk tonight.", "hours": "2"} | change
    answer = client_for(fairmead.world.bob).post("/fairmead/emergency/open/", form)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not BrokenGlass.objects.exists()


def test_emergency_access_of_another_is_not_for_everybody_to_end(fairmead: Fairmead, client_for: ClientFor) -> None:
    form = {"permission": "read_trail", "reason": "A child may be at risk tonight.", "hours": "1"}
    client_for(fairmead.world.bob).post("/fairmead/emergency/open/", form)
    address = f"/fairmead/emergency/{BrokenGlass.objects.get().pk}/end/"
    assert client_for(fairmead.world.alice).post(address).status_code == 404
    assert client_for(fairmead.world.manager).post(address).status_code == 302
    assert BrokenGlass.objects.get().closed_by == fairmead.world.manager


def test_duty_given_to_an_unknown_address_is_refused_in_words(fairmead: Fairmead, client_for: ClientFor) -> None:
    today = timezone.localdate()
    form = {
        "email": "unknown@example.org",
        "kind": "reader",
        "starts_on_day": today.day,
        "starts_on_month": today.month,
        "starts_on_year": today.year,
    }
    client = client_for(fairmead.world.manager)
    assert "There is no open account" in client.post("/fairmead/duties/give/", form).content.decode()
    own = client.post("/fairmead/duties/give/", form | {"email": fairmead.world.manager.email}).content.decode()
    assert "Nobody can give a duty to themselves" in own
    assert not Duty.objects.filter(given_by=fairmead.world.manager).exists()


def test_duty_of_another_partnership_cannot_be_ended_here(fairmead: Fairmead, client_for: ClientFor) -> None:
    elsewhere = fairmead.world.charlie.duties.get()
    assert client_for(fairmead.world.manager).post(f"/fairmead/duties/{elsewhere.pk}/end/").status_code == 404


def test_reader_sees_groups_and_no_name(fairmead: Fairmead, client_for: ClientFor) -> None:
    client = client_for(fairmead.world.holder[DutyKind.READER])
    chair = fairmead.world.holder[DutyKind.SAFEGUARDING_PARTNER].name
    for page in ("groups/", "groups/executive/", "groups/chart.svg", f"agencies/{fairmead.world.social_care.pk}/"):
        text = client.get(f"/fairmead/{page}").content.decode()
        assert chair not in text
        assert "Alice" not in text


def test_chart_download_is_a_picture_of_the_groups(fairmead: Fairmead, client_for: ClientFor) -> None:
    answer = client_for(fairmead.world.bob).get("/fairmead/groups/chart.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "fairmead-governance.svg" in answer["Content-Disposition"]
    assert "To Executive of the three partners report: Subgroup for quality." in answer.content.decode()
