"""The measures' pages: the table with its four arrows, one measure, its forms, a file."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.indicators.handed_in import hand_in, months_of
from tests.plan.made import IN_WORDS, a_priority
from tests.plan.registered import a_measure, type_in
from tests.world import World
from trefoil.indicators.periods import month
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.plan.forms.measures import offered_periods
from trefoil.plan.models import Measure, MeasureFigure
from trefoil.plan.operations.measures import Counted, Course

ClientFor = Callable[[Person], Client]
TABLE = "/fairmead/plan/measures/"


@pytest.fixture
def manager(world: World, client_for: ClientFor) -> Client:
    return client_for(world.manager)


def test_table_shows_previous_latest_change_and_baseline(world: World, now: datetime, manager: Client) -> None:
    measure = a_measure(world, now=now, priority=a_priority(world, now=now))
    for number, part in ((5, 40), (8, 60), (9, 70)):
        type_in(world, measure, number, part, now=now)
    page = manager.get(TABLE).content.decode()
    assert "1. Neglect" in page
    assert "up 10 points, better" in page
    assert "up 30 points, better" in page
    assert "from 40%, May 2026 (Inspection of children&#x27;s services)" in page
    assert "Below target" in page
    assert "Of 1 measure, 1 moved the right way and 0 the wrong way." in page


def test_table_says_why_a_figure_is_missing_and_shows_no_arrow(world: World, now: datetime, manager: Client) -> None:
    measure = a_measure(world, now=now)
    type_in(world, measure, 9, 70, now=now)
    type_in(world, measure, 10, None, now=now)
    page = manager.get(TABLE).content.decode()
    assert "the new system does not record it yet" in page
    assert "No figure yet, so there is nothing to compare." in page
    assert "For 1 the latest figure has not come." in page
    assert page.count('class="tf-arrow ') == 4  # the key alone


def test_table_takes_an_indicators_figures_from_returns(world: World, now: datetime, manager: Client) -> None:
    hand_in(world, months_of("CP08", [80, 85, 90], 100), now=now, approved=True)
    a_measure(world, now=now, title="Conferences on time", counted=Counted(indicator="CP08"), course=Course())
    page = manager.get(TABLE).content.decode()
    assert "90.0%" in page
    assert "up 5.0 points, better" in page
    assert "No baseline is set." in page


def test_table_of_nothing_says_who_starts_it(world: World, manager: Client, client_for: ClientFor) -> None:
    assert "You can add the first one" in manager.get(TABLE).content.decode()
    reader = client_for(world.holder[DutyKind.GROUP_MEMBER])
    assert "The business manager adds measures" in reader.get(TABLE).content.decode()


def test_table_costs_the_same_for_many(world: World, now: datetime, manager: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            manager.get(TABLE)
        return len(caught)

    type_in(world, a_measure(world, now=now, priority=a_priority(world, now=now)), 9, 70, now=now)
    before = queries()
    for _ in range(3):
        type_in(world, a_measure(world, now=now, priority=a_priority(world, now=now)), 9, 70, now=now)
    assert queries() == before


def test_measure_new_asks_for_a_unit_only_without_an_indicator(world: World, manager: Client) -> None:
    asked = manager.post(f"{TABLE}new/", {"title": "x", "places": 0}).content.decode()
    assert "Choose the unit of the figures." in asked
    assert "Choose which way is good." in asked
    answer = manager.post(f"{TABLE}new/", {"title": "x", "indicator": "CP11", "places": 0})
    assert answer.status_code == 302
    assert Measure.objects.get().indicator == "CP11"


def test_measure_change_by_the_second_of_two_shows_both(world: World, now: datetime, manager: Client) -> None:
    measure = a_measure(world, now=now)
    address = f"{TABLE}{measure.pk}/change/"
    sent = {"title": "Mine", "target": "80", "seen_version": 1}
    assert manager.post(address, sent).status_code == 302
    answer = manager.post(address, {**sent, "title": "Theirs", "target": "70"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine" in page
    assert ">80<" in page


def figure(**changed: Any) -> dict[str, Any]:
    period = offered_periods(timezone.localdate())[0].code
    return {"period": period, "numerator": "3", "denominator": "4", "source": "Tracker", **changed}


def test_measure_figure_is_typed_in_and_corrected(world: World, now: datetime, manager: Client) -> None:
    measure = a_measure(world, now=now)
    manager.post(f"{TABLE}{measure.pk}/figure/", figure())
    manager.post(f"{TABLE}{measure.pk}/figure/", figure(numerator="4"))
    assert list(MeasureFigure.objects.order_by("pk").values_list("value", "is_current")) == [
        (Decimal(75), False),
        (Decimal(100), True),
    ]
    page = manager.get(f"{TABLE}{measure.pk}/").content.decode()
    assert "3 of 4" in page
    assert "Replaced" in page
    assert "Corrected" in page


def test_measure_figure_says_what_is_wrong(world: World, now: datetime, manager: Client) -> None:
    measure = a_measure(world, now=now)
    page = manager.post(f"{TABLE}{measure.pk}/figure/", figure(source="")).content.decode()
    assert "Say where the figure comes from." in page


def test_measure_figure_of_an_indicator_leads_back(world: World, now: datetime, manager: Client) -> None:
    measure = a_measure(world, now=now, counted=Counted(indicator="CP11"))
    assert manager.get(f"{TABLE}{measure.pk}/figure/")["Location"] == f"{TABLE}{measure.pk}/"


def test_measure_is_withdrawn_and_leaves_the_table(world: World, now: datetime, manager: Client) -> None:
    measure = a_measure(world, now=now)
    manager.post(f"{TABLE}{measure.pk}/withdraw/", {"reason": IN_WORDS})
    assert measure.title not in manager.get(TABLE).content.decode()
    assert "This measure has been withdrawn." in manager.get(f"{TABLE}{measure.pk}/").content.decode()


def test_measure_file_gives_figures_as_numbers(world: World, now: datetime, manager: Client) -> None:
    measure = a_measure(world, now=now, priority=a_priority(world, now=now))
    for number, part in ((5, 40), (9, 70)):
        type_in(world, measure, number, part, now=now)
    text = manager.get("/fairmead/plan/measures.csv").content.decode("utf-8-sig")
    assert 'May 2026,40,September 2026,70,,30,"up 30 points, better"' in text
    assert manager.get("/fairmead/plan/measures.pdf").status_code == 404


def test_offered_periods_have_ended() -> None:
    today = date(2026, 11, 22)
    offered = offered_periods(today)
    assert offered[0] == month(2026, 10)
    assert all(period.end < today for period in offered)
    assert {period.kind for period in offered} == {"month", "quarter", "year"}
    assert len(offered) == 25 + 8 + 3
