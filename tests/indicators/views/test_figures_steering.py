"""Commentary and targets."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client

from tests.indicators.handed_in import hand_in, months_of
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.indicators.models import Commentary, Target
from trefoil.indicators.operations.steering import write_commentary
from trefoil.indicators.periods import month
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
COMMENTARY = "/fairmead/figures/indicator/CL07/commentary/"
TARGET = "/fairmead/figures/indicator/CL07/target/"
GOOD_TARGET = {
    "value": "90",
    "tolerance": "2.5",
    "starts_on_day": "1",
    "starts_on_month": "4",
    "starts_on_year": "2026",
    "ends_on_day": "",
    "ends_on_month": "",
    "ends_on_year": "",
    "source": "the board",
}


@pytest.fixture(autouse=True)
def _figures(world: World, now: datetime) -> None:
    hand_in(world, months_of("CL07", [80, 90], 100), now=now)


def test_commentary_is_saved_for_its_period_and_shown(world: World, client_for: ClientFor) -> None:
    client = client_for(world.bob)
    sent = {"period": "2026-09", "says": "Two workers left. Cover came late.", "doing": "Two start in May."}
    answer = client.post(COMMENTARY, sent, follow=True)
    assert answer.redirect_chain[-1][0] == "/fairmead/figures/indicator/CL07/#commentary"
    text = answer.content.decode()
    assert "Your commentary on September 2026 is saved." in text
    assert "Two start in May." in text
    written = Commentary.objects.get()
    assert (written.period, written.agency, written.written_by) == (month(2026, 9), world.social_care, world.bob)
    assert "Two workers left." in client.get("/fairmead/figures/children-in-care/").content.decode()


def test_commentary_without_words_is_asked_for_again_and_the_rest_is_kept(world: World, client_for: ClientFor) -> None:
    answer = client_for(world.bob).post(COMMENTARY, {"period": "2026-10", "says": " ", "doing": "Two start in May."})
    text = answer.content.decode()
    assert "There is a problem" in text
    assert "Two start in May." in text
    assert not Commentary.objects.exists()


def test_commentary_on_a_period_without_a_figure_is_refused(world: World, client_for: ClientFor) -> None:
    answer = client_for(world.bob).post(COMMENTARY, {"period": "2020-01", "says": "Something."})
    assert answer.status_code == 200
    assert not Commentary.objects.exists()


def test_commentary_is_for_measures_of_ones_own_sector(world: World, client_for: ClientFor, now: datetime) -> None:
    assert client_for(world.bob).get("/fairmead/figures/indicator/PO01/commentary/").status_code == 404
    with pytest.raises(NotAllowedError, match="does not answer for"):
        write_commentary(
            partnership=world.fairmead,
            agency=world.social_care,
            indicator="PO01",
            period=month(2026, 10),
            says="Not ours.",
            doing="",
            by=world.bob,
            now=now,
        )


@pytest.mark.parametrize("who", ["alice", "analyst", "charlie"])
def test_commentary_form_is_not_there_for_others(world: World, client_for: ClientFor, who: str) -> None:
    assert client_for(getattr(world, who)).get(COMMENTARY).status_code == 404


def test_target_is_set_and_shown(world: World, client_for: ClientFor) -> None:
    answer = client_for(world.analyst).post(TARGET, GOOD_TARGET, follow=True)
    assert "The target of 90.0% is set from 1 April 2026." in answer.content.decode()
    target = Target.objects.get()
    assert (target.value, target.tolerance, target.ends_on, target.set_by) == (90, Decimal("2.5"), None, world.analyst)
    assert "90.0% from 1 April 2026 (the board)" in " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"value": "120"}, "between 0 and 100"),
        ({"value": "-1"}, "greater than or equal to 0"),
        ({"value": ""}, "Fill in “Target”."),
        ({"starts_on_month": "13"}, "real date"),
        ({"ends_on_day": "1", "ends_on_month": "3", "ends_on_year": "2026"}, "must not come before"),
    ],
)
def test_target_that_cannot_be_is_refused_with_words(
    world: World, client_for: ClientFor, changed: dict[str, str], said: str
) -> None:
    text = client_for(world.analyst).post(TARGET, {**GOOD_TARGET, **changed}).content.decode()
    assert "There is a problem" in text
    assert said in text
    assert "the board" in text
    assert not Target.objects.exists()


@pytest.mark.parametrize("who", ["alice", "bob", "charlie"])
def test_target_form_is_not_there_for_others(world: World, client_for: ClientFor, who: str) -> None:
    assert client_for(getattr(world, who)).get(TARGET).status_code == 404
