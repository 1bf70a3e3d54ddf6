"""The register's pages: the picture, the list, one risk, its forms, two people at once, a file."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.plan.made import IN_WORDS, a_priority
from tests.plan.registered import a_risk
from tests.world import World
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.plan.heat import Placed, heat_map
from trefoil.plan.models import Risk, RiskControl
from trefoil.plan.operations.controls import add_control
from trefoil.plan.operations.risks import Scores, close_risk, review_risk

ClientFor = Callable[[Person], Client]
REGISTER = "/fairmead/plan/risks/"


def day_parts(name: str, days: int = 90) -> dict[str, int]:
    """A date to come, as the three boxes send it."""
    day = timezone.localdate() + timedelta(days=days)
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def filled(world: World, **changed: Any) -> dict[str, Any]:
    return {
        "title": "Too few health visitors",
        "cause": IN_WORDS,
        "event": IN_WORDS,
        "effect": IN_WORDS,
        "agency": world.social_care.pk,
        "person": world.bob.pk,
        "likelihood": 4,
        "impact": 4,
        "likelihood_after": 3,
        "impact_after": 4,
        **day_parts("review_on"),
        **changed,
    }


@pytest.fixture
def manager(world: World, client_for: ClientFor) -> Client:
    return client_for(world.manager)


def test_heat_map_places_each_risk_once() -> None:
    placed = [Placed("R1", "a", "/1", 5, 4), Placed("R2", "b", "/2", 1, 1)]
    heat = heat_map(placed)
    found = {(cell.likelihood, cell.impact): cell for row in heat.rows for cell in row.cells}
    assert [row.likelihood for row in heat.rows] == [5, 4, 3, 2, 1]
    assert len(found) == 25
    assert [one.name for one in found[5, 4].risks] == ["R1"]
    assert sum(len(cell.risks) for cell in found.values()) == 2
    assert heat.sentence == "With their controls: 1 high, 0 medium, 1 low."


def test_register_shows_the_picture_and_the_trend(world: World, now: datetime, manager: Client) -> None:
    risk = a_risk(world, now=now, priorities=[a_priority(world, now=now)])
    review_risk(
        risk=risk,
        scores=Scores(4, 4, 4, 4),
        words=IN_WORDS,
        next_review_on=timezone.localdate(now),
        seen_version=1,
        by=world.manager,
        now=now,
    )
    page = manager.get(REGISTER).content.decode()
    assert "1 open risk, 1 of them high" in page
    assert "Up from 9, worse" in page
    assert "Priority 1, Neglect" in page
    assert 'class="rg-heat"' in page


def test_register_of_nothing_says_who_starts_it(world: World, manager: Client, client_for: ClientFor) -> None:
    assert "You can raise the first one" in manager.get(REGISTER).content.decode()
    reader = client_for(world.holder[DutyKind.SCRUTINEER])
    assert "The business manager puts risks here" in reader.get(REGISTER).content.decode()


def test_register_is_not_there_for_those_who_may_not_read_it(world: World, client_for: ClientFor) -> None:
    assert client_for(world.holder[DutyKind.GROUP_MEMBER]).get(REGISTER).status_code == 404


def test_risk_new_raises_it_and_leads_to_its_page(world: World, manager: Client) -> None:
    answer = manager.post(f"{REGISTER}new/", filled(world))
    risk = Risk.objects.get()
    assert answer["Location"] == f"{REGISTER}{risk.pk}/"
    page = manager.get(answer["Location"]).content.decode()
    assert "It scores 12 of 25 with its controls, 16 without." in page
    assert "Nothing stands against it yet" in page


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"likelihood_after": 5}, "Controls never make a risk worse"),
        ({"title": ""}, "Fill in “What is the risk, in a few words?”."),
        ({"cause": "no"}, "Say what it comes from"),
        ({"review_on_year": 2020}, "The next review cannot lie in the past."),
    ],
)
def test_risk_new_says_what_is_wrong(world: World, manager: Client, changed: dict[str, Any], why: str) -> None:
    page = manager.post(f"{REGISTER}new/", filled(world, **changed)).content.decode()
    assert "There is a problem" in page
    assert why in page
    assert not Risk.objects.exists()


def test_risk_change_by_the_second_of_two_shows_both(world: World, now: datetime, manager: Client) -> None:
    risk = a_risk(world, now=now)
    address = f"{REGISTER}{risk.pk}/change/"
    assert manager.post(address, filled(world, title="Mine", seen_version=1)).status_code == 302
    answer = manager.post(address, filled(world, title="Theirs", seen_version=1))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine" in page
    assert "Theirs" in page
    assert manager.post(address, filled(world, title="Theirs", seen_version=2)).status_code == 302
    assert Risk.objects.get().title == "Theirs"


def test_risk_review_by_the_second_of_two_shows_both(world: World, now: datetime, manager: Client) -> None:
    risk = a_risk(world, now=now)
    address = f"{REGISTER}{risk.pk}/review/"
    sent = filled(world, words=IN_WORDS, seen_version=1, **day_parts("next_review_on"))
    assert manager.post(address, sent).status_code == 302
    assert manager.post(address, {**sent, "impact_after": 2}).status_code == 409
    assert risk.reviews.count() == 2


def test_risk_draft_comes_back(world: World, manager: Client) -> None:
    manager.post(f"{REGISTER}new/", filled(world, title=""))
    page = manager.get(f"{REGISTER}new/").content.decode()
    assert "You wrote this and did not send it" in page
    assert IN_WORDS in page


def test_risk_is_closed_and_opened_again(world: World, now: datetime, manager: Client) -> None:
    risk = a_risk(world, now=now)
    manager.post(f"{REGISTER}{risk.pk}/close/", {"reason": IN_WORDS})
    assert IN_WORDS in manager.get(f"{REGISTER}?closed=1").content.decode()
    assert "1 closed risk" in manager.get(REGISTER).content.decode()
    assert "This risk is closed." in manager.get(f"{REGISTER}{risk.pk}/").content.decode()
    manager.post(f"{REGISTER}{risk.pk}/reopen/", {"reason": IN_WORDS, **day_parts("review_on")})
    risk.refresh_from_db()
    assert not risk.is_closed


def test_control_is_added_tested_and_withdrawn(world: World, now: datetime, manager: Client) -> None:
    risk = a_risk(world, now=now)
    manager.post(f"{REGISTER}{risk.pk}/controls/new/", {"words": "Bank staff fill gaps", "assurance": "none"})
    control = RiskControl.objects.get()
    untested = manager.post(
        f"/fairmead/plan/controls/{control.pk}/change/",
        {"words": control.words, "assurance": "works", "seen_version": 1},
    ).content.decode()
    assert "Say what the test showed." in untested
    assert "Say on which day it was tested." in untested
    manager.post(
        f"/fairmead/plan/controls/{control.pk}/change/",
        {
            "words": control.words,
            "assurance": "works",
            "assurance_words": IN_WORDS,
            **day_parts("assured_on", -3),
            "seen_version": 1,
        },
    )
    assert "Tested, and it works" in manager.get(f"{REGISTER}{risk.pk}/").content.decode()
    manager.post(f"/fairmead/plan/controls/{control.pk}/withdraw/", {"reason": IN_WORDS})
    assert "Nothing stands against it yet" in manager.get(f"{REGISTER}{risk.pk}/").content.decode()


def test_register_costs_the_same_for_many(world: World, now: datetime, manager: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            manager.get(REGISTER)
        return len(caught)

    a_risk(world, now=now, priorities=[a_priority(world, now=now)])
    before = queries()
    for _ in range(3):
        risk = a_risk(world, now=now, priorities=[a_priority(world, now=now)])
        add_control(risk=risk, words=IN_WORDS, by=world.manager, now=now)
    assert queries() == before


def test_risk_file_holds_the_open_ones_and_is_noted(world: World, now: datetime, manager: Client) -> None:
    close_risk(risk=a_risk(world, now=now, title="Over"), reason=IN_WORDS, by=world.manager, now=now)
    a_risk(world, now=now)
    text = manager.get("/fairmead/plan/risks.csv").content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("R2,Too few health visitors,")
    assert "Over" not in text
    assert AuditEvent.objects.filter(event=EventType.EXPORTED, subject="page:risks").count() == 1
    assert manager.get("/fairmead/plan/risks.exe").status_code == 404


def test_register_holds_no_risk_of_another_partnership(world: World, now: datetime, client_for: ClientFor) -> None:
    risk = a_risk(world, now=now)
    charlie = client_for(world.charlie)
    assert charlie.get(f"/harbury/plan/risks/{risk.pk}/").status_code == 404
    assert "No risk is on the register" in charlie.get("/harbury/plan/risks/").content.decode()


def test_forms_tell_priorities_of_one_name_apart_by_their_year(world: World, now: datetime, manager: Client) -> None:
    year = a_priority(world, now=now).year.title
    for path in (f"{REGISTER}new/", "/fairmead/plan/measures/new/"):
        assert f"Neglect ({year})" in manager.get(path).content.decode()
