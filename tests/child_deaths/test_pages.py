"""The pages in the order in which somebody walks through them: each form sent, and what it refuses said there."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.child_deaths.made import BORN, CHILD, PAPER, TEXT, discussed, heard, notified, panel, reading
from tests.world import World
from trefoil.child_deaths.enums import DeathState
from trefoil.child_deaths.models import Death, DeathAsking, DeathReader, Panel, PanelMember
from trefoil.child_deaths.operations.readers import ask_for_access
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]


def day(name: str, when: date) -> dict[str, int]:
    """The three boxes of a date."""
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


class Walk:
    """One person on the pages of one death."""

    def __init__(self, client: Client, reference: str = "") -> None:
        self.client, self.reference = client, reference

    def path(self, name: str, *parts: object) -> str:
        return reverse(name, args=["fairmead", *([self.reference] if self.reference else []), *parts])

    def see(self, name: str, *parts: object) -> str:
        answer = self.client.get(self.path(name, *parts))
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.content.decode()

    def send(self, name: str, *parts: object, **fields: Any) -> str:
        """The page that follows a form that was taken."""
        self.see(name, *parts)
        answer = self.client.post(self.path(name, *parts), fields, follow=True)
        assert answer.redirect_chain, answer.content.decode()
        return answer.content.decode()

    def refused(self, name: str, *parts: object, **fields: Any) -> str:
        answer = self.client.post(self.path(name, *parts), fields)
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()
        return answer.content.decode()


@pytest.fixture
def walk(world: World, client_for: ClientFor) -> Walk:
    return Walk(client_for(world.manager))


def form_of_a_notification(today: date, **fields: Any) -> dict[str, Any]:
    given = {"child_name": CHILD, "known_time": "07:15", "notifier": "A ward sister", "expected": "unknown"}
    given |= {"ethnic_group": "unknown", "home": "here", "home_area": ""}
    given |= {"sex": "female", "address": "", "numbers": "", "circumstances": TEXT, "another": ""}
    return given | day("born_on", BORN) | day("died_on", today) | day("known_on", today) | fields


def test_notifying_from_a_page(world: World, now: datetime, walk: Walk, client_for: ClientFor) -> None:
    today = timezone.localdate(now)
    shown = walk.send("death_new", **form_of_a_notification(today))
    assert "Next it is decided whether" in shown
    first = Death.objects.get()
    assert first.reference in walk.refused("death_new", **form_of_a_notification(today))
    receipt = Walk(client_for(world.bob)).send("death_new", **form_of_a_notification(today))
    assert "It is notified." in receipt
    second = Death.objects.exclude(pk=first.pk).get()
    assert second.reference not in receipt

    own = Walk(walk.client, first.reference)
    assert "The same name and date of birth" in own.see("death_detail")
    assert walk.client.get(own.path("death_apart", "CD-222222")).status_code == 404
    own.send("death_apart", second.reference, reason=TEXT)
    assert "Told apart from other" in own.see("death_detail")
    assert second.reference in Walk(walk.client).see("death_list")
    other = Walk(walk.client, second.reference)
    assert "Nobody runs this review." in other.see("death_detail")
    other.send("death_take_up")
    assert "Withdrawn" in other.send("death_withdraw", reason=TEXT, same_as=first.pk)
    other.reference = first.reference
    fields = form_of_a_notification(today)
    identity = {name: value for name, value in fields.items() if "born" in name}
    other.send("death_identity_change", child_name="Linnet Pike", family="A brother", ethnicity="", **identity)
    assert "Linnet Pike" in other.see("death_identity")
    assert "It is corrected." in other.send("death_correct", **fields)


def test_review_from_its_pages(world: World, now: datetime, walk: Walk) -> None:
    death, today = notified(world, now), timezone.localdate(now)
    own = Walk(walk.client, death.reference)
    criteria = {f"jar_{number}": "no" for number in range(1, 6)}
    decision = {"is_needed": "yes", "reasons": TEXT, "deciders": "A doctor", **day("decided_on", today)}
    assert "are met" in own.refused(
        "death_response", **(criteria | {"jar_1": "yes", "jar_2": "yes"} | decision | {"is_needed": "no"})
    )
    own.send("death_response", **(criteria | {"jar_2": "yes"} | decision))
    own.send("death_step", "contacts", words=TEXT, **day("done_on", today))
    assert TEXT in own.see("death_step", "contacts")
    assert walk.client.get(own.path("death_step", "tea")).status_code == 404
    own.send("request_new", agency=world.police.pk, person=world.manager.pk, ask=TEXT, **day("due_on", today))
    request = death.requests.get()
    assert "It is sent." in own.send("reply_detail", request.agency_id, known="no", author="A nurse")
    assert "Answered" in own.see("death_detail")
    own.send("request_withdraw", request.agency_id, reason=TEXT)
    meeting = {"provider": "Fairmead Hospital", "words": TEXT, "family": TEXT}
    own.send("death_meeting", **meeting, **day("held_on", today), **day("report_on", today))
    assert "Write the paper for the panel" in own.see("death_detail")
    assert "on line 1" in own.refused("death_paper", words=f"{CHILD}: {PAPER}")
    own.send("death_paper", words=PAPER)
    assert "No panel has been called yet" in own.see("death_put")
    Walk(walk.client).send("panel_new", theme="Sleep", **day("meets_on", today))
    own.send("death_put", panel=Panel.objects.get().pk)
    scores: dict[str, Any] = {f"{letter}_score": 1 for letter in "ABCD"}
    scores |= {"C_score": 2, "C_words": TEXT, "C_change": TEXT, "words": TEXT, **day("judged_on", today)}
    shown = own.send("death_analysis", applying=[10, 9], **scores)
    assert "so it is 9" in shown
    assert "Modifiable" in shown
    own.send("death_analysis", applying=[3], reason=TEXT, **scores)
    own.send("death_learn", words=TEXT)
    own.send("death_recommend", words="Agree on it.")
    own.send("death_close", **day("sent_on", today))
    death.refresh_from_db()
    assert death.state == DeathState.CLOSED
    assert "With the panel" in own.send("death_undo", reason=TEXT)
    shown = own.send("death_practice_review", words=TEXT, is_in_care="no", **day("known_on", today))
    assert "This death and a serious incident belong together" in shown


def test_readers_from_their_pages(world: World, now: datetime, walk: Walk, client_for: ClientFor) -> None:
    death, until = notified(world, now), timezone.localdate(now) + timedelta(days=9)
    own = Walk(walk.client, death.reference)
    own.send(
        "death_reader_new", person=world.bob.pk, role="team", sees_identity="no", reason=TEXT, **day("ends_on", until)
    )
    assert "Next it is decided whether" in Walk(client_for(world.bob), death.reference).see("death_detail")
    place = DeathReader.objects.get(person=world.bob)
    assert "reads it no more" in own.send("death_reader_end", place.pk)
    partner = Walk(client_for(world.holder[DutyKind.SAFEGUARDING_PARTNER]), death.reference)
    assert "You have asked to read it." in partner.send("death_ask", reason=TEXT)
    asking = DeathAsking.objects.get()
    Walk(walk.client).send("death_answer", asking.pk, is_given="no", sees_identity="no", answer="It is not needed.")
    assert "It is not needed." in partner.see("death_detail")
    again = ask_for_access(death=death, reason=TEXT, by=world.holder[DutyKind.SAFEGUARDING_PARTNER], now=now)
    given = {"is_given": "yes", "sees_identity": "yes", "answer": TEXT, **day("ends_on", until)}
    Walk(walk.client).send("death_answer", again.pk, **given)
    assert partner.client.get(partner.path("death_ask")).status_code == 302
    assert CHILD in partner.see("death_identity")


def test_panels_from_their_pages(world: World, now: datetime, walk: Walk, client_for: ClientFor) -> None:
    today = timezone.localdate(now)
    shown = walk.send("panel_new", theme="Asthma", guests=[world.harbury.pk], **day("meets_on", today))
    assert "With deaths brought by Harbury" in shown
    made = Panel.objects.get()
    heard(world, now, before=made)
    page = Walk(walk.client)
    people = page.see("panel_member_new", made.pk)
    assert "Charlie (Harbury)" in people
    page.send("panel_member_new", made.pk, person=world.charlie.pk, **day("ends_on", today))
    seat = PanelMember.objects.get()
    assert seat.reads_for == world.harbury
    assert "reads the papers no more" in page.send("panel_member_end", made.pk, seat.pk)
    assert "has a theme" in page.refused("panel_new", theme="", guests=[world.harbury.pk], **day("meets_on", today))
    charlies = client_for(world.charlie)
    away = charlies.get(reverse("death_list", args=["harbury"])).content.decode()
    assert "Asthma" in away


def test_reading_a_death_without_running_it(world: World, now: datetime, client_for: ClientFor) -> None:
    death = discussed(world, now)
    panel(world, now)
    reading(death, world.bob, now)
    own = Walk(client_for(world.bob), death.reference)
    shown = own.see("death_detail")
    assert "Who the child was" not in shown
    assert "Undo the last step" not in shown
    assert own.client.get(own.path("death_identity")).status_code == 404
