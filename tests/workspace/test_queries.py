"""Kinds of agency, seats by agency, and how an agency's returns came in."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.workspace.fairmead import Fairmead
from tests.workspace.test_needs import hand_in
from trefoil.access.queries import groups_visible_to, memberships_visible_to, seats_visible_to, standing_of
from trefoil.access.rules import Standing
from trefoil.indicators.rules import returns_visible_to
from trefoil.workspace.governance import governance_chart
from trefoil.workspace.queries import by_agency, by_kind, hand_ins, in_time_words
from trefoil.workspace.words import counted, listed


@pytest.fixture
def standing(fairmead: Fairmead, now: datetime) -> Standing:
    return standing_of(fairmead.world.manager, fairmead.world.fairmead, now=now)


def test_agencies_stand_in_the_order_of_the_law(fairmead: Fairmead, standing: Standing) -> None:
    partners, relevant, other = by_kind(memberships_visible_to(standing))
    assert [str(one.agency) for one in partners.memberships] == [
        "Fairmead Children's Services",
        "Fairmead Health",
        "Fairmead Police",
    ]
    assert [one.agency for one in relevant.memberships] == [fairmead.school]
    assert other.memberships == []


def test_seats_stand_under_their_agency(fairmead: Fairmead, standing: Standing) -> None:
    found = by_agency(seats_visible_to(standing))
    assert [group.heading for group in found] == ["Fairmead Children's Services", "Fairmead Police"]


def test_chart_begins_with_the_executive(fairmead: Fairmead, standing: Standing) -> None:
    nodes, lines = governance_chart(list(groups_visible_to(standing)))
    assert [node.key for node in nodes] == ["executive", "quality"]
    assert [(line.upper, line.lower) for line in lines] == [("executive", "quality")]


def test_returns_say_whether_they_came_in_time(fairmead: Fairmead, standing: Standing) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    before = hand_ins(returns_visible_to(standing), most=9, today=today)
    assert [one.words for one in before] == ["Not due yet", "12 days late so far"]
    assert in_time_words(before) == "None of these has been handed in yet."
    hand_in(fairmead, fairmead.due, now)
    assert in_time_words(hand_ins(returns_visible_to(standing), most=9, today=today)).endswith("came in time.")
    hand_in(fairmead, fairmead.late, now)
    after = hand_ins(returns_visible_to(standing), most=9, today=today + timedelta(days=30))
    assert [one.words.rpartition(", ")[2] for one in after] == ["in time", "12 days late"]
    assert in_time_words(after) == "1 of the 2 handed in came in time."


def test_returns_shown_are_the_newest(fairmead: Fairmead, standing: Standing) -> None:
    (newest,) = hand_ins(returns_visible_to(standing), most=1, today=timezone.localdate())
    assert newest.agency_return == fairmead.due


def test_counts_and_lists_read_as_people_write_them() -> None:
    assert [counted(number, "agency", "agencies") for number in (0, 1, 1200)] == [
        "0 agencies",
        "1 agency",
        "1,200 agencies",
    ]
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
