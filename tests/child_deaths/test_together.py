"""Several people with one death at the same moment: each step is taken once, and nothing is half done."""

from datetime import datetime

import pytest
from django.utils import timezone

from tests.at_once import WRITERS, at_once
from tests.child_deaths.made import PAPER, TEXT, discussed, notified, panel, somebody
from tests.world import World, build_world
from trefoil.child_deaths.models import Death, Panel
from trefoil.child_deaths.operations.deaths import take_up
from trefoil.child_deaths.operations.panels import put_to_panel, write_paper
from trefoil.child_deaths.operations.response import decide_response
from trefoil.people.enums import DutyKind


@pytest.fixture
def crowded(transactional_db: None, now: datetime) -> World:
    return build_world(now=now)


def held(death: Death) -> Death:
    """The death as a request of its own would load it."""
    return Death.objects.select_related("partnership").get(pk=death.pk)


def test_steps_taken_at_once_are_taken_once(crowded: World, now: datetime) -> None:
    """One run, for the sake of time: taking up, deciding, and letters of one panel."""
    able = [somebody(crowded, f"Manager {number}", DutyKind.BUSINESS_MANAGER, now) for number in range(WRITERS)]
    death = notified(crowded, now, by=crowded.bob)
    assert at_once(lambda number: take_up(death=held(death), by=able[number], now=now)).count("") == 1
    lead = death.readers.get().person

    def decide(_number: int) -> None:
        day = timezone.localdate(now)
        decide_response(
            death=held(death),
            met=["JAR-1"],
            is_needed=True,
            reasons=TEXT,
            decided_on=day,
            deciders="A doctor",
            by=lead,
            now=now,
        )

    assert at_once(decide).count("") == 1
    assert death.response_decisions.count() == 1
    before = panel(crowded, now)
    rows = [discussed(crowded, now, another=TEXT) for _ in range(WRITERS)]
    for row in rows:
        write_paper(death=row, words=PAPER, by=crowded.manager, now=now)

    def put(number: int) -> None:
        put_to_panel(death=held(rows[number]), panel=Panel.objects.get(pk=before.pk), by=crowded.manager, now=now)

    assert at_once(put) == [""] * WRITERS
    assert sorted(before.hearings.values_list("letter", flat=True)) == ["A", "B", "C"]
