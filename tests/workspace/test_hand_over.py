"""A person leaves: what they had in hand is listed, and given to somebody else in one go or not at all."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.plan.made import a_year
from tests.publishing.made import a_care
from tests.workspace.governed import WHY, Governed, govern
from tests.world import BEGINNING, World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_in
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.meetings.enums import BoardKind
from trefoil.meetings.models import AgendaItem
from trefoil.meetings.operations.programme import write_board
from trefoil.people.enums import DutyKind, GroupRole
from trefoil.people.models import Person
from trefoil.people.operations import create_person, give_duty, give_seat
from trefoil.plan.models import Action, Risk
from trefoil.plan.operations.controls import add_control
from trefoil.plan.operations.evidence import set_retest
from trefoil.plan.operations.priorities import add_priority, add_workstream
from trefoil.workspace.belongings import belongings_of
from trefoil.workspace.hand_over_operations import hand_over_belongings
from trefoil.workspace.subjects import page_of

ClientFor = Callable[[Person], Client]


@pytest.fixture
def moment() -> datetime:
    return timezone.now()


@pytest.fixture
def governed(world: World, moment: datetime) -> Governed:
    made = govern(world, moment)
    give_seat(group=made.made.group, person=world.bob, role=GroupRole.MEMBER, starts_on=BEGINNING, by=None, now=moment)
    return made


@pytest.fixture
def fern(governed: Governed, moment: datetime) -> Person:
    """Bob's successor."""
    world = governed.world
    person = create_person(
        email="fern@example.org", name="Fern", agency=world.social_care, by=None, now=moment, is_invented=True
    )
    give_duty(
        person=person,
        partnership=world.fairmead,
        kind=DutyKind.AGENCY_LEAD,
        agency=world.social_care,
        starts_on=BEGINNING,
        by=None,
        now=moment,
    )
    return person


def held_by(person: Person, governed: Governed, moment: datetime) -> list[tuple[str, str]]:
    standing = standing_in(governed.world.manager, "fairmead", now=moment)
    return [(one.kind, one.title) for one in belongings_of(person, standing)]


def hand(governed: Governed, to: Person, moment: datetime, *references: str, by: Person | None = None) -> int:
    return hand_over_belongings(
        person=governed.world.bob,
        to_person=to,
        references=references,
        partnership=governed.world.fairmead,
        reason=WHY,
        by=by or governed.world.manager,
        now=moment,
    )


def everything(governed: Governed) -> list[str]:
    return [
        governed.late.reference,
        governed.risk.reference,
        f"clock:{governed.clock.pk}",
        f"item:{governed.item.pk}",
    ]


def test_belongings_are_everything_in_hand(governed: Governed, moment: datetime) -> None:
    assert held_by(governed.world.bob, governed, moment) == [
        ("Action", "Train the panel"),
        ("Risk", "Too few health visitors"),
        ("Time limit", "Yearly report 2026"),
        ("Agenda item", "The plan"),
        ("Seat in a group", "Partners"),
    ]
    assert held_by(governed.world.dana, governed, moment) == []


def test_hand_over_gives_each_thing_and_its_time_limits(governed: Governed, fern: Person, moment: datetime) -> None:
    assert hand(governed, fern, moment, *everything(governed)) == 4
    assert Action.objects.get(pk=governed.late.pk).person == fern
    assert Risk.objects.get(pk=governed.risk.pk).person == fern
    assert AgendaItem.objects.get(pk=governed.item.pk).owner == fern
    assert Clock.objects.get(pk=governed.clock.pk).person == fern
    assert {clock.person for clock in Clock.objects.about(governed.late.reference).open()} == {fern}
    assert held_by(governed.world.bob, governed, moment) == [("Seat in a group", "Partners")]
    for event in (EventType.ACTION_HANDED_OVER, EventType.RISK_CHANGED, EventType.CLOCK_HANDED_OVER):
        assert AuditEvent.objects.filter(event=event, actor=governed.world.manager.pk).exists()


def test_hand_over_gives_all_or_nothing(governed: Governed, moment: datetime) -> None:
    """Dana works for the police, so social care's action cannot be hers; the risk stays where it was, too."""
    dana = governed.world.dana
    with pytest.raises(NotAllowedError, match="“Train the panel” cannot go to Dana: Dana holds no duty here for"):
        hand(governed, dana, moment, governed.risk.reference, governed.late.reference)
    assert Risk.objects.get(pk=governed.risk.pk).person == governed.world.bob


def test_hand_over_is_refused(governed: Governed, fern: Person, moment: datetime) -> None:
    world = governed.world
    with pytest.raises(NotAllowedError, match="Your duties do not include"):
        hand(governed, fern, moment, governed.late.reference, by=world.analyst)
    with pytest.raises(NotAllowedError, match="They have it already"):
        hand(governed, world.bob, moment, governed.late.reference)
    with pytest.raises(NotAllowedError, match="Choose what is handed over"):
        hand(governed, fern, moment, governed.done.reference, "seat:1", "action:999999")


def test_page_hands_over_what_was_ticked(governed: Governed, fern: Person, client_for: ClientFor) -> None:
    client, page = client_for(governed.world.manager), f"/fairmead/people/{governed.world.bob.pk}/hand-over/"
    text = client.get(page).content.decode()
    assert "5 things to hand over" in text
    assert text.count("checked") == 4
    assert f'href="{page_of(governed.late.reference, "fairmead")}"' in text
    assert "Nobody else leads on safeguarding" not in text
    assert "Seat in a group" in text
    sent = {"things": [governed.late.reference], "to_person": fern.pk, "reason": WHY}
    assert "1 thing is with Fern now." in client.post(page, sent, follow=True).content.decode()
    wrong = client.post(page, {"things": [], "to_person": "", "reason": ""}).content.decode()
    for words in ("Choose what is handed over.", "Choose who takes it on.", "Say why."):
        assert words in wrong
    refused = {"things": [governed.clock.reference], "to_person": governed.world.bob.pk, "reason": WHY}
    assert client.post(page, refused).status_code == 200


def test_page_links_each_thing_and_names_the_agency_left_alone(governed: Governed, client_for: ClientFor) -> None:
    bob = governed.world.bob
    client, page = client_for(governed.world.manager), f"/fairmead/people/{bob.pk}/hand-over/"
    answer = client.get(page)
    text = answer.content.decode()
    assert "Nobody else leads on safeguarding for Fairmead Children&#x27;s Services." in text
    links = [cells[0] for cells in answer.context["everything"].rows]
    assert len(links) == 5
    for cell in links:
        assert client.get(re.search('href="([^"]+)"', cell)[1]).status_code == 200


def test_belongings_leave_nothing_behind(governed: Governed, moment: datetime) -> None:
    """What they lead, controls they see to, other boards, and a test of an action that they have no longer in hand."""
    world, manager = governed.world, governed.world.manager
    year = a_year(world, now=moment)
    led = add_priority(year=year, title="Neglect", success=WHY, lead=world.bob, by=manager, now=moment)
    add_workstream(priority=led, title="Training", lead=world.bob, by=manager, now=moment)
    add_control(risk=governed.risk, words="Agency staff fill the posts", person=world.bob, by=manager, now=moment)
    day = timezone.localdate(moment) + timedelta(days=90)
    set_retest(action=governed.done, due_on=day, words="Ten pathways are read.", by=manager, now=moment)
    seats = [(world.bob, "Member")]
    adults = {"kind": BoardKind.ADULTS, "name": "Safeguarding adults board"}
    write_board(partnership=world.fairmead, people=seats, by=manager, now=moment, **adults)
    kinds = [kind for kind, _title in held_by(world.bob, governed, moment)]
    assert kinds == [
        "Action",
        "Risk",
        "Time limit",
        "Time limit",
        "Priority they lead",
        "Workstream they lead",
        "Control of a risk",
        "Agenda item",
        "Seat in a group",
        "Seat on another board",
    ]


def test_belongings_hold_the_policies_that_somebody_keeps(world: World, moment: datetime) -> None:
    care = a_care(world, now=moment)
    standing = standing_in(world.manager, "fairmead", now=moment)
    (held,) = [one for one in belongings_of(care.owner, standing) if one.reference.startswith("policy:")]
    assert (held.kind, held.title) == ("Policy they look after", care.document.title)
    assert held.href == reverse("publishing_care", args=["fairmead", care.document_id])
    assert not held.can_be_given


def test_ending_access_leads_to_what_is_left(governed: Governed, client_for: ClientFor) -> None:
    bob = governed.world.bob
    answer = client_for(governed.world.manager).post(f"/fairmead/people/{bob.pk}/end-access/")
    assert answer["Location"] == f"/fairmead/people/{bob.pk}/hand-over/"
    dana = governed.world.dana
    answer = client_for(governed.world.manager).post(f"/fairmead/people/{dana.pk}/end-access/")
    assert answer["Location"] == f"/fairmead/people/{dana.pk}/"


def test_page_of_somebody_elsewhere_is_not_found(governed: Governed, client_for: ClientFor) -> None:
    client = client_for(governed.world.manager)
    assert client.get(f"/fairmead/people/{governed.world.charlie.pk}/hand-over/").status_code == 404
