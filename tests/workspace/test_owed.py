"""What agencies owe: counted by hand here, shown without ranks, and only what the reader may read."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.plan.made import IN_WORDS, a_colleague, an_action
from tests.world import World
from trefoil.access.queries import standing_of
from trefoil.indicators.operations.returns import open_return
from trefoil.indicators.periods import parse_period
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.plan.enums import ActionState
from trefoil.plan.operations.action_moves import accept_action, finish_action, hand_over_action
from trefoil.workspace.owed import Owed, Share, actions_to_do, owed_by_agencies

ClientFor = Callable[[Person], Client]


def owed(world: World, now: datetime, kind: DutyKind = DutyKind.BUSINESS_MANAGER) -> dict[str, Owed]:
    standing = standing_of(world.holder[kind], world.fairmead, now=now)
    return {one.agency.name: one for one in owed_by_agencies(standing, today=timezone.localdate(now))}


def social_care(world: World, now: datetime) -> Owed:
    return owed(world, now)["Fairmead Children's Services"]


def days_before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)


def a_return(world: World, now: datetime, due: date) -> None:
    open_return(
        partnership=world.fairmead,
        agency=world.social_care,
        title="Monthly",
        period=parse_period("2026-09"),
        indicators=["FD01"],
        opens_on=date(2026, 10, 1),
        due_on=due,
        by=None,
        now=now,
    )


def test_owed_counts_what_is_open_and_overdue(world: World, now: datetime) -> None:
    an_action(world, now=days_before(now, 40), state=ActionState.ACCEPTED, due_in=30)
    an_action(world, now=now, state=ActionState.UNDER_WAY)
    an_action(world, now=now, state=ActionState.CLOSED)
    an_action(world, now=now, state=ActionState.REFUSED)
    one = social_care(world, now)
    assert (one.actions.to_do, one.actions.overdue) == (2, 1)
    standing = standing_of(world.manager, world.fairmead, now=now)
    days = [action.due_on for action in actions_to_do(standing, world.social_care.pk)]
    assert days == sorted(days)
    assert len(days) == 2


def test_owed_counts_days_to_answer_and_what_waits_too_long(world: World, now: datetime) -> None:
    quick = an_action(world, now=days_before(now, 30))
    accept_action(action=quick, by=world.bob, now=days_before(now, 27))
    an_action(world, now=days_before(now, 25))
    an_action(world, now=days_before(now, 2))
    one = social_care(world, now)
    assert sorted(one.days_to_answer) == [3, 25]
    assert (one.answers, one.usual_days) == (Share(1, 2), 14)


def test_owed_does_not_blame_an_agency_for_the_one_before(world: World, now: datetime) -> None:
    action = an_action(world, now=days_before(now, 60))
    hand_over_action(
        action=action,
        to_agency=world.police,
        to_person=None,
        reason=IN_WORDS,
        by=world.manager,
        now=days_before(now, 5),
    )
    lead = a_colleague(world, world.police, DutyKind.AGENCY_LEAD, now=now)
    action.refresh_from_db()
    accept_action(action=action, by=lead, now=days_before(now, 4))
    assert owed(world, now)["Fairmead Police"].days_to_answer == [1]
    assert social_care(world, now).days_to_answer == []


def test_owed_counts_updates_of_the_last_quarter(world: World, now: datetime) -> None:
    an_action(world, now=days_before(now, 93), state=ActionState.UNDER_WAY, due_in=300)
    an_action(world, now=days_before(now, 92), state=ActionState.UNDER_WAY, due_in=300)
    assert social_care(world, now).updates == Share(1, 2)


def test_owed_counts_done_by_the_date(world: World, now: datetime) -> None:
    in_time, late = (an_action(world, now=days_before(now, 50), state=ActionState.ACCEPTED, due_in=20) for _ in "ab")
    finish_action(action=in_time, reason=IN_WORDS, by=world.bob, now=days_before(now, 30))
    finish_action(action=late, reason=IN_WORDS, by=world.bob, now=days_before(now, 29))
    an_action(world, now=days_before(now, 50), state=ActionState.ACCEPTED, due_in=20)
    an_action(world, now=days_before(now, 50), state=ActionState.REFUSED, due_in=20)
    one = social_care(world, now)
    assert one.done == Share(1, 3)
    assert one.trend[-1].value == Decimal(33)
    assert [point.value for point in one.trend[:-1]] == [None] * 4


def test_owed_counts_returns_for_those_who_read_them(world: World, now: datetime) -> None:
    a_return(world, now, date(2026, 11, 1))
    one = social_care(world, now)
    assert (one.handed_in, len(one.returns_late)) == (Share(0, 1), 1)
    assert one.trend[-1].value == Decimal(0)
    member = owed(world, now, DutyKind.GROUP_MEMBER)
    assert {held.returns for held in member.values()} == {None}
    assert {held.contributions for held in member.values()} == {None}
    lead = owed(world, now, DutyKind.AGENCY_LEAD)
    assert lead["Fairmead Children's Services"].returns_late
    assert lead["Fairmead Police"].returns is None


def test_owes_page_puts_the_readers_own_agency_first(world: World, now: datetime, client_for: ClientFor) -> None:
    an_action(world, now=timezone.now() - timedelta(days=40), state=ActionState.ACCEPTED, due_in=10)
    page = client_for(world.bob).get("/fairmead/owes/").content.decode()
    assert page.index("Your agency") < page.index("The other agencies")
    assert "1 action in hand or waiting for an answer, 1 of them overdue." in page
    assert "Not shown to you" in page
    assert "Not paid yet</th>" not in page
    assert "Not paid yet</th>" in client_for(world.manager).get("/fairmead/owes/").content.decode()


def test_owes_page_names_agencies_by_name_and_gives_no_rank(world: World, client_for: ClientFor) -> None:
    page = client_for(world.manager).get("/fairmead/owes/").content.decode()
    names = ["Fairmead Children", "Fairmead Health", "Fairmead Police"]
    assert sorted(names, key=page.index) == names
    assert "not to rank" in page


def test_agency_owes_page_lists_each_thing(world: World, client_for: ClientFor) -> None:
    action = an_action(world, now=timezone.now() - timedelta(days=40), state=ActionState.ACCEPTED, due_in=10)
    page = client_for(world.bob).get(f"/fairmead/owes/{world.social_care.pk}/").content.decode()
    assert action.title in page
    assert "Overdue" in page
    assert "Contribution of this financial year" not in page
    assert client_for(world.charlie).get(f"/harbury/owes/{world.social_care.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/fairmead/owes/"])
def test_owes_page_costs_the_same_for_many(world: World, now: datetime, client_for: ClientFor, address: str) -> None:
    client = client_for(world.manager)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    an_action(world, now=now)
    before = queries()
    for _ in range(3):
        an_action(world, now=now)
    assert queries() == before
