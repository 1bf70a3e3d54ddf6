"""What stands around a page: navigation by duty, and the notes of invented and published partnerships."""

from datetime import datetime

import pytest
from django.test import RequestFactory

from tests.world import World
from trefoil.access.queries import standing_of
from trefoil.access.rules import Standing
from trefoil.config.navigation import ROOMS, navigation_for, section_for
from trefoil.config.page import frame_of
from trefoil.design.frame import PageFrame
from trefoil.design.palette import PARTNERSHIP_COLOURS
from trefoil.people.enums import AreaKind, Colour, DutyKind
from trefoil.people.models import Area
from trefoil.people.operations import create_partnership


def words(standing: Standing) -> list[str]:
    return [item.label for item in navigation_for(standing, f"/{standing.partnership.slug}/")]


def test_navigation_has_at_most_seven_words() -> None:
    assert len(ROOMS) <= 7


@pytest.mark.parametrize(
    ("kind", "shut"),
    [
        (DutyKind.BUSINESS_MANAGER, set()),
        (DutyKind.AGENCY_LEAD, set()),
        (DutyKind.READER, {"Returns", "Plan", "Meetings"}),
    ],
)
def test_navigation_shows_a_room_to_those_whose_duties_open_it(
    world: World, now: datetime, kind: DutyKind, shut: set[str]
) -> None:
    everything = set(words(standing_of(world.manager, world.fairmead, now=now)))
    seen = set(words(standing_of(world.holder[kind], world.fairmead, now=now)))
    assert seen == everything - shut


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/fairmead/", "Home"),
        ("/fairmead/agencies/4/", "Partnership"),
        ("/fairmead/groups/", "Partnership"),
        ("/fairmead/duties/give/", "Partnership"),
        ("/fairmead/trail/mine/", "Partnership"),
        ("/fairmead/figures/", "How we are doing"),
        ("/fairmead/dictionary/", "Library"),
    ],
)
def test_navigation_marks_the_room_of_the_page(world: World, now: datetime, path: str, current: str) -> None:
    standing = standing_of(world.manager, world.fairmead, now=now)
    assert [item.label for item in navigation_for(standing, path) if item.current] == [current]


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        (DutyKind.BUSINESS_MANAGER, ["Organisations", "Groups", "Budget", "People", "Who read what"]),
        (DutyKind.AGENCY_LEAD, ["Organisations", "Groups", "People"]),
        (DutyKind.READER, ["Organisations", "Groups"]),
    ],
)
def test_section_shows_the_pages_of_a_room_to_those_whose_duties_open_them(
    world: World, now: datetime, kind: DutyKind, seen: list[str]
) -> None:
    items = section_for(standing_of(world.holder[kind], world.fairmead, now=now), "/fairmead/groups/executive/")
    assert [item.label for item in items] == seen
    assert [item.label for item in items if item.current] == ["Groups"]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("plan/", "This year"),
        ("plan/priorities/3/", "This year"),
        ("plan/actions/3/evidence/new/", "Actions"),
        ("plan/evidence/3/", "Actions"),
        ("plan/evidence/3/withdraw/", "Actions"),
        ("plan/tests/3/", "Actions"),
        ("plan/controls/3/change/", "Risks"),
        ("meetings/3/", "Meetings"),
        ("clocks/limits/", "Time limits"),
    ],
)
def test_section_marks_the_page_that_a_path_lies_under(world: World, now: datetime, path: str, current: str) -> None:
    items = section_for(standing_of(world.manager, world.fairmead, now=now), f"/fairmead/{path}")
    assert [item.label for item in items if item.current] == [current]


def test_section_is_left_out_where_there_is_no_choice(world: World, now: datetime) -> None:
    standing = standing_of(world.holder[DutyKind.READER], world.fairmead, now=now)
    assert section_for(standing, "/fairmead/dictionary/") == section_for(standing, "/fairmead/nowhere/") == ()


def frame(standing: Standing | None) -> PageFrame:
    return frame_of(RequestFactory().get("/"), standing)


def test_frame_of_an_invented_partnership_says_so(world: World, now: datetime) -> None:
    found = frame(standing_of(world.manager, world.fairmead, now=now))
    assert found.demo_note == "Fairmead is an invented borough. Every figure and person on this page is invented."
    assert found.published_note == found.emergency_note == ""


def test_frame_of_a_published_partnership_says_so_and_invents_nothing(world: World, now: datetime) -> None:
    area = Area.objects.create(code="E09000099", name="Realborough", kind=AreaKind.LOCAL_AUTHORITY)
    partnership = create_partnership(
        slug="realborough",
        name="Realborough Partnership",
        short_name="Realborough",
        area=area,
        by=None,
        now=now,
        published_only=True,
    )
    found = frame(Standing(person=world.manager, partnership=partnership))
    assert found.demo_note == ""
    assert "published figures for Realborough" in found.published_note
    assert "Nobody’s name is held here" in found.published_note


def test_frame_outside_a_partnership_offers_the_way_in(db: None) -> None:
    found = frame(None)
    assert found.sign_in_href == "/account/login/"
    assert found.navigation == ()


def test_every_colour_of_a_partnership_can_be_drawn() -> None:
    assert sorted(set(Colour.values) - set(PARTNERSHIP_COLOURS)) == []
