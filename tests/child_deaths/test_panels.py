"""The panel: its papers name nobody, its members read them alone, and other partnerships may bring deaths to it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.child_deaths.made import CHILD, PAPER, TEXT, discussed, heard, hearing, notice, panel, somebody, who
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.child_deaths.models import Death
from trefoil.child_deaths.operations.deaths import notify_death, write_identity
from trefoil.child_deaths.operations.panels import end_seat, put_to_panel, seat_member, write_paper
from trefoil.child_deaths.operations.response import Discussed, decide_response, hold_meeting
from trefoil.child_deaths.operations.undoing import undo_last_step
from trefoil.child_deaths.queries import papers_before
from trefoil.child_deaths.rules import deaths_visible_to, panels_visible_to
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
MONTH = timedelta(days=30)


@pytest.mark.parametrize(
    "words", [f"{CHILD} was found.", "Born on 2 August 2026.", "NHS 9434765919", "Lived at zz9 4qt."]
)
def test_write_paper_that_names_the_child_is_refused(world: World, now: datetime, words: str) -> None:
    death = discussed(world, now)
    with pytest.raises(NotAllowedError, match=r"still holds: .* on line 2") as refused:
        write_paper(death=death, words=f"{PAPER}\n{words}", by=world.manager, now=now)
    assert words not in str(refused.value)
    assert not death.papers.exists()


def test_put_to_panel_holds_the_paper_against_a_corrected_name(world: World, now: datetime) -> None:
    death, before = discussed(world, now), panel(world, now)
    with pytest.raises(NotAllowedError, match="Write the paper"):
        put_to_panel(death=death, panel=before, by=world.manager, now=now)
    write_paper(death=death, words=f"{PAPER} Robin had a cold.", by=world.manager, now=now)
    write_identity(death=death, identity=who(child_name="Robin Pike"), by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="not anonymous any more"):
        put_to_panel(death=death, panel=before, by=world.manager, now=now)
    write_paper(death=death, words=PAPER, by=world.manager, now=now)
    put_to_panel(death=death, panel=before, by=world.manager, now=now)
    assert [(one.letter, one.text.number) for one in papers_before(before)] == [("A", 2)]


def test_letters_are_not_given_twice(world: World, now: datetime) -> None:
    before = panel(world, now)
    first = heard(world, now, before=before)
    undo_last_step(death=first, reason=TEXT, by=world.manager, now=now)
    put_to_panel(death=first, panel=before, by=world.manager, now=now)
    assert hearing(first).letter == "B"
    assert [one.letter for one in papers_before(before)] == ["B"]


def test_members_read_papers_and_nothing_else(world: World, now: datetime, client_for: ClientFor) -> None:
    before, day = panel(world, now), timezone.localdate(now)
    death = heard(world, now, before=before)
    page = reverse("panel_detail", args=["fairmead", before.pk])
    client = client_for(world.bob)
    assert client.get(page).status_code == 404
    seat = seat_member(panel=before, person=world.bob, ends_on=day + MONTH, by=world.manager, now=now)
    shown = client.get(page).content.decode()
    assert PAPER in shown
    assert death.reference not in shown
    assert CHILD not in shown
    assert client.get(reverse("death_detail", args=["fairmead", death.reference])).status_code == 404
    assert not deaths_visible_to(standing_of(world.bob, world.fairmead, now=now)).exists()
    assert PAPER not in client_for(world.manager).get(page).content.decode()
    end_seat(member=seat, by=world.manager, now=now)
    assert client.get(page).status_code == 404
    with pytest.raises(NotAllowedError, match="ended already"):
        end_seat(member=seat, by=world.manager, now=now)


def test_seat_member_refuses(world: World, now: datetime) -> None:
    before, day = panel(world, now), timezone.localdate(now)
    seat_member(panel=before, person=world.bob, ends_on=day + MONTH, by=world.manager, now=now)
    for person, ends_on, home, words in (
        (world.bob, day + MONTH, None, "on this panel already"),
        (world.charlie, day + MONTH, None, "holds no duty in Fairmead"),
        (world.charlie, day + MONTH, world.harbury, "no guest"),
        (world.dana, day - MONTH, None, "between today"),
    ):
        with pytest.raises(NotAllowedError, match=words):
            seat_member(panel=before, person=person, ends_on=ends_on, reads_for=home, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="Only who may call"):
        seat_member(panel=before, person=world.dana, ends_on=day + MONTH, by=world.charlie, now=now)


def test_call_panel_refuses(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="do not include calling"):
        panel(world, now, by=world.bob)
    with pytest.raises(NotAllowedError, match="has a theme"):
        panel(world, now, guests=[world.harbury])


def discussed_in_harbury(world: World, now: datetime) -> Death:
    day = timezone.localdate(now)
    death = notify_death(partnership=world.harbury, notice=notice(now), identity=who(), by=world.charlie, now=now)
    given = {"death": death, "by": world.charlie, "now": now}
    decide_response(met=[], is_needed=False, reasons=TEXT, decided_on=day, deciders="A doctor", **given)
    hold_meeting(meeting=Discussed(day, day, "Harbury Hospital", TEXT, TEXT), **given)
    write_paper(words="A child of another place.", **given)
    return death


def test_themed_panel_takes_deaths_of_its_guests_and_of_nobody_else(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    away, day = discussed_in_harbury(world, now), timezone.localdate(now)
    alone = panel(world, now)
    with pytest.raises(NotAllowedError, match="takes no deaths of this partnership"):
        put_to_panel(death=away, panel=alone, by=world.charlie, now=now)
    themed = panel(world, now, theme="Asthma", guests=[world.harbury, world.fairmead])
    heard(world, now, before=themed)
    put_to_panel(death=away, panel=themed, by=world.charlie, now=now)
    assert hearing(away).letter == "B"
    guest = standing_of(world.charlie, world.harbury, now=now)
    assert list(panels_visible_to(guest)) == [themed]
    seat_member(panel=themed, person=world.charlie, ends_on=day, reads_for=world.harbury, by=world.manager, now=now)
    shown = client_for(world.charlie).get(reverse("panel_detail", args=["harbury", themed.pk])).content.decode()
    assert PAPER in shown
    assert "A child of another place." in shown
    assert client_for(world.charlie).get(reverse("panel_detail", args=["harbury", alone.pk])).status_code == 404
    assert client_for(world.charlie).get(reverse("panel_detail", args=["fairmead", themed.pk])).status_code == 404


def test_panel_takes_twenty_six(world: World, now: datetime) -> None:
    before = panel(world, now)
    death = heard(world, now, before=before)
    kind = type(hearing(death))
    for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ":
        row = {"death": death, "panel": before, "letter": letter, "put_at": now, "put_by": world.manager}
        kind.objects.create(**row, undone_at=now, undone_by=world.manager, undone_reason=TEXT)
    other = discussed(world, now, another=TEXT)
    write_paper(death=other, words=PAPER, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="26 deaths at most"):
        put_to_panel(death=other, panel=before, by=world.manager, now=now)


def test_somebody_else_of_the_partnership_sees_no_panel(world: World, now: datetime) -> None:
    panel(world, now)
    partner = somebody(world, "A partner", DutyKind.SAFEGUARDING_PARTNER, now)
    assert not panels_visible_to(standing_of(partner, world.fairmead, now=now)).exists()
